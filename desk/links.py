"""Who sends: the correspondent behind a personal link, and what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from desk.office import Desk, the_desk
from newsroom.errors import NotAllowed, NotFound
from newsroom.taxonomy import Unit
from story_store.links import Link
from story_store.reviews import Review

KNOWN_FOR = timedelta(days=90)
_SALT = "gonghui.form.phone"
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Sender:
    """A correspondent at work: the link, its token, the unit, the desk."""

    link: Link
    token: str
    unit: Unit
    desk: Desk


def link_of(view: View) -> View:
    """The view is for whoever holds a living link, be the phone known or not."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the view
        return view(request, _sender(token), *args, **kwargs)

    guarded.guard = "link"  # type: ignore[attr-defined]
    return guarded


def personal(view: View) -> View:
    """The view is for whoever holds a living personal link; its second argument.

    Where the correspondent has set a PIN, a phone that is not known is asked for it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the view
        sender = _sender(token)
        if not known_phone(request, sender.link):
            if request.method == "GET" and "json" not in request.headers.get(
                "Accept", ""
            ):
                return redirect("pin", token)
            raise NotAllowed("请先打开您的报送链接，输入口令；您写的还在手机里")
        return view(request, sender, *args, **kwargs)

    guarded.guard = "link"  # type: ignore[attr-defined]
    return guarded


def known_phone(request: HttpRequest, link: Link) -> bool:
    """Whether the link has no PIN, or this phone has given it of late."""
    if not link.has_pin:
        return True
    try:
        told = loads(
            request.COOKIES.get(phone_cookie(link), ""), salt=_SALT, max_age=KNOWN_FOR
        )
    except BadSignature:
        return False
    return bool(told == [link.id, link.pin_mark])


def phone_cookie(link: Link) -> str:
    """The name of the cookie by which a phone is known to a link."""
    return f"phone-{link.id}"


def sign_phone(link: Link) -> str:
    """What a phone keeps once it has given the PIN."""
    return dumps([link.id, link.pin_mark], salt=_SALT)


def _sender(token: str) -> Sender:
    desk = the_desk()
    link = desk.store.find_link(token)
    unit = desk.settings.rules.units.unit(link.unit_id) if link else None
    if link is None or unit is None or not unit.enabled:
        raise NotFound("没有这条报送链接")
    return Sender(link, token, unit, desk)


def own_review(sender: Sender, number: str) -> Review:
    """The submission of this number, if the sender's unit handed it in.

    Raises:
        NotFound: there is none, or it is another unit's: both look the same.
    """
    review = sender.desk.store.review(number)
    if review.submission.unit_id != sender.link.unit_id:
        raise NotFound("没有这件投稿")
    return review
