"""A fetched page, and what pages say: articles, lists and feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.body import Body

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched document, as it came.

    ``url`` is the address that answered (after redirects), ``content_type`` the
    HTTP header (empty when unknown), ``fetched_at`` an aware time.
    """

    url: str
    body: bytes
    fetched_at: datetime
    content_type: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Witness:
    """One candidate for a value: which rule gave it and how sure it is (0 to 1)."""

    value: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that the article links to; it is linked, never fetched."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says.

    Attributes:
        url: the address it was read from.
        headline: as shown, without site or column.
        published: Asia/Shanghai; None rather than a wrong one.
        has_time: whether the hour was shown (else ``published`` is midnight).
        source_line: 来源 as shown, None when none is given.
        byline: names of journalists and contributors, 「、」-joined, None when none.
        editors: names after 责任编辑/编辑/审核, None when none.
        body: the text in blocks.
        attachments: linked documents.
        canonical: the address the page itself names as its own, if any.
        next_page: the address of the article's next page, if it has several.
        reprint_banned: the page says that it must not be reprinted.
        witnesses: for each field (``headline``, ``published`` ...) the candidates,
            the chosen one first.
    """

    url: str
    headline: str
    published: datetime | None
    body: Body
    has_time: bool = False
    source_line: str | None = None
    byline: str | None = None
    editors: str | None = None
    attachments: tuple[Attachment, ...] = ()
    canonical: str | None = None
    next_page: str | None = None
    reprint_banned: bool = False
    witnesses: dict[str, tuple[Witness, ...]] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day of publication in China, None when unknown."""
        return self.published.astimezone(CHINA).date() if self.published else None


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One row of a list page: an address, the title in full, the date if shown."""

    url: str
    title: str
    published: datetime | None = None
    has_time: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list page offers: its rows, and the address of the next list page.

    ``without_address`` counts the rows that lead nowhere (dead links).
    """

    url: str
    entries: tuple[ListEntry, ...]
    next_page: str | None = None
    without_address: int = 0


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed; ``fragment`` is its HTML as text, hostile until read."""

    url: str
    title: str
    published: datetime | None = None
    fragment: str = ""
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed offers."""

    url: str
    title: str
    entries: tuple[FeedEntry, ...]


def article_to_json(article: Article) -> dict[str, Any]:
    """A reading in the form of the pages' scorer: plain text body, ISO date."""
    published = article.published
    when = None
    if published is not None:
        local = published.astimezone(CHINA)
        when = local.isoformat() if article.has_time else local.date().isoformat()
    return {
        "url": article.url,
        "title": article.headline,
        "date": when,
        "source": article.source_line,
        "author": article.byline,
        "editors": article.editors,
        "body": article.body.text,
        "images": [picture.src for picture in article.body.pictures],
        "attachments": [attachment.url for attachment in article.attachments],
        "next": article.next_page,
    }
