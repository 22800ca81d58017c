"""The errors of the house: sentences for whoever can mend them."""


class NewsroomError(Exception):
    """The parent of every error that we raise on purpose.

    ``str(error)`` is a Chinese sentence that says what, where and what next; it is
    shown to people as it stands.
    """


class PageUnreadable(NewsroomError):  # noqa: N818 - the newsroom's word
    """A page cannot be read as what it was taken for.

    Attributes:
        url: the address of the page.
        reason: a short Chinese phrase, e.g. ``没有找到正文``.
    """

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url or '网页'}：{reason}")


class NotAllowed(NewsroomError):  # noqa: N818 - the newsroom's word
    """An act is against the rules of the house, e.g. a release by one person."""


class NotFound(NewsroomError):  # noqa: N818 - the newsroom's word
    """What was asked for is not in the store."""
