"""One line of a cases file to one reading, in the form that the scorer documents."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from newsroom.article import (
    CHINA,
    Article,
    Feed,
    FeedEntry,
    ListEntry,
    ListPage,
    Page,
    article_to_json,
)
from newsroom.errors import PageUnreadable
from page_reading.article import read_article
from page_reading.feeds import read_feed
from page_reading.lists import read_list


def read_case(
    case: dict[str, Any], folder: Path, *, fetched_at: datetime | None = None
) -> dict[str, Any]:
    """The reading of one saved page.

    Args:
        case: ``id``, ``kind`` (article, list, feed), ``file`` relative to the folder,
            ``url`` or null, optionally ``fetched_at`` (ISO time) and ``content_type``.
        folder: where the cases file lies.
        fetched_at: when the page was fetched; without it and without the case's own,
            the file's time bounds dates, and dates that lean on the clock (昨天,
            yearless) are left out, for nobody knows what they meant.

    Returns:
        ``{"id": ...}`` with the reading, or with ``error`` in Chinese.
    """
    known = fetched_at or _moment(case)
    try:
        page = page_of(case, folder, fetched_at=known)
        reading = _READERS[case["kind"]](page, known is not None)
    except PageUnreadable as error:
        reading = {"error": error.reason}
    except OSError as error:
        reading = {"error": f"文件打不开：{error.strerror}"}
    except KeyError as error:
        reading = {"error": f"样例缺少或不认识 {error}"}
    return {"id": case.get("id"), **reading}


def page_of(
    case: dict[str, Any], folder: Path, *, fetched_at: datetime | None = None
) -> Page:
    """The saved page of a case; see ``read_case`` for its clock.

    Raises:
        OSError: the file cannot be opened.
        KeyError: the case names no file.
    """
    path = folder / case["file"]
    saved = datetime.fromtimestamp(path.stat().st_mtime, CHINA)
    return Page(
        case.get("url") or "",
        path.read_bytes(),
        fetched_at or saved,
        case.get("content_type") or "",
    )


def _moment(case: dict[str, Any]) -> datetime | None:
    """The case's own time of fetching; one without a zone is Beijing time."""
    value = (
        datetime.fromisoformat(case["fetched_at"]) if case.get("fetched_at") else None
    )
    return value if value is None or value.tzinfo else value.replace(tzinfo=CHINA)


def _article(page: Page, clock_known: bool) -> dict[str, Any]:
    article = read_article(page)
    reading = article_to_json(article)
    if not clock_known and _leans_on_clock(article):
        reading["date"] = None
    return reading


def _leans_on_clock(article: Article) -> bool:
    chosen = article.witnesses.get("published", ())
    return bool(chosen) and chosen[0].rule.endswith("（据抓取时间推算）")


def _list(page: Page, _clock_known: bool) -> dict[str, Any]:
    found: ListPage = read_list(page)
    return {
        "entries": [_row(entry) for entry in found.entries],
        "next": found.next_page,
    }


def _feed(page: Page, _clock_known: bool) -> dict[str, Any]:
    feed: Feed = read_feed(page)
    return {"title": feed.title, "entries": [_row(entry) for entry in feed.entries]}


def _row(entry: ListEntry | FeedEntry) -> dict[str, Any]:
    published = entry.published
    timed = isinstance(entry, FeedEntry) or entry.has_time
    when = None
    if published is not None:
        local = published.astimezone(CHINA)
        when = local.isoformat() if timed else local.date().isoformat()
    return {"url": entry.url, "title": entry.title, "date": when}


_READERS = {"article": _article, "list": _list, "feed": _feed}
