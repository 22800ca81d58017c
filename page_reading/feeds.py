"""Feeds: bytes only, bounded; what is no feed is named.

feedparser opens a path or an address when it is given one, so it gets a stream of
bytes. A document type declaration is refused unless it is a known harmless one: entity
expansion and outside entities have no place in a feed.
"""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from newsroom.article import CHINA, Feed, FeedEntry, Page
from newsroom.dates import is_plausible, read_date
from newsroom.errors import PageUnreadable
from newsroom.text import clean_text, strip_invisible
from page_reading.block_pages import is_block_page
from page_reading.charset import decode
from page_reading.document import resolve_link

if TYPE_CHECKING:
    from time import struct_time

MAX_BYTES = 8 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_FRAGMENT = 1_000_000
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_feed(page: Page) -> Feed:
    """The entries of an RSS or Atom feed, as it has them.

    Raises:
        PageUnreadable: it is a barrier, too large, hostile, HTML, or no feed.
    """
    text = _checked_text(page)
    import feedparser  # loaded late: most sources have no feed

    parsed = feedparser.parse(BytesIO(text.encode("utf-8", "replace")), response_headers={"content-type": "application/xml; charset=utf-8"}, sanitize_html=False, resolve_relative_uris=False)  # fmt: skip
    if not parsed.get("version") and not parsed.get("entries"):
        raise PageUnreadable(page.url, "不是订阅源，也没有条目")
    entries = [_entry(found, page) for found in parsed.entries[:MAX_ENTRIES]]
    title = clean_text(str(parsed.feed.get("title") or ""))
    return Feed(page.url, title, tuple(entry for entry in entries if entry))


def _checked_text(page: Page) -> str:
    if len(page.body) > MAX_BYTES:
        raise PageUnreadable(page.url, "订阅源太大")
    if not page.body.strip():
        raise PageUnreadable(page.url, "订阅源是空的")
    text = decode(page.body, page.content_type).text
    head = text[:2_000]
    if not _ROOT.search(text[:20_000]):
        if _HTML.search(head):
            blocked = is_block_page(page)
            raise PageUnreadable(page.url, blocked or "不是订阅源，是普通网页")
        raise PageUnreadable(page.url, "不是订阅源")
    if _ENTITY.search(text[:200_000]):
        raise PageUnreadable(page.url, "订阅源里有实体定义，拒绝展开")
    text = _DOCTYPE.sub("", text, count=1)
    return (
        '<?xml version="1.0" encoding="utf-8"?>' + _DECLARATION.sub("", text).lstrip()
    )


def _entry(found: Any, page: Page) -> FeedEntry | None:
    title = clean_text(_plain(str(found.get("title") or "")))
    address = resolve_link(page.url, str(found.get("link") or found.get("id") or ""))
    if not title and not address:
        return None
    published = _published(found, page.fetched_at)
    author = clean_text(str(found.get("author") or "")) or None
    return FeedEntry(address or "", title, published, _fragment(found), author)


_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def _plain(title: str) -> str:
    return _TAG.sub("", title)


def _fragment(found: Any) -> str:
    """The longest of content and summary, cut at a bound."""
    bodies = [str(content.get("value") or "") for content in found.get("content") or []]
    bodies.append(str(found.get("summary") or ""))
    return strip_invisible(max(bodies, key=len)[:MAX_FRAGMENT])


def _published(found: Any, now: datetime) -> datetime | None:
    """The entry's time: what feedparser read, else what we read of its words."""
    # dict.get: feedparser's own get warns when it maps updated to published
    for name in ("published", "updated", "created"):
        words = str(dict.get(found, name) or "")
        moment: struct_time | None = dict.get(found, f"{name}_parsed")
        value = _from_struct(moment) if moment else None
        if value is None or _is_local(words):
            reading = read_date(words, now=now)
            value = reading.value if reading else value or _from_mail_style(words)
        if value is not None and is_plausible(value, now=now):
            return value
    return None


_GLUED_ZONE = re.compile(r"(?<=:\d\d)(?=[+-]\d{4}$)")


def _from_mail_style(words: str) -> datetime | None:
    """RFC 822 with its zone run together: 「07:02:03+0800」."""
    try:
        value = parsedate_to_datetime(_GLUED_ZONE.sub(" ", words.strip()))
    except (ValueError, TypeError, IndexError):
        return None
    return value.astimezone(CHINA) if value.tzinfo else value.replace(tzinfo=CHINA)


def _from_struct(moment: struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).astimezone(CHINA)
    except (ValueError, OverflowError, OSError):
        return None


_ZONED = re.compile(r"(?:Z|GMT|UTC?|CST|[+-]\d\d:?\d\d|[A-Z]{3,4})\s*$")


def _is_local(words: str) -> bool:
    """「2026-03-01 08:00:00」 without a zone is Beijing time on a Chinese site."""
    return bool(words) and not _ZONED.search(words.strip())
