"""Deciding what of a list is fetched: pure, the limits come in as values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.guard import OffSite, Refused, check_url
from crawler.job import CrawlJob
from newsroom.article import CHINA, ListEntry
from newsroom.source import FaultClass

_PAPERS = (".pdf", ".ofd", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".ppt", ".pptx")
_FILES = frozenset((*_PAPERS, ".zip", ".rar", ".7z", ".mp3", ".mp4"))
_DATED = re.compile(r"(?<!\d)(20\d\d)[-/_]?(\d\d)[-/_]?(\d\d)(?!\d)")
_ADDRESS_GRACE = timedelta(days=30)
_TELLING_TITLES = 4
_FAR_MORE = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows to fetch, and how many were left out for which reason."""

    wanted: tuple[ListEntry, ...]
    filtered: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What limits a choice.

    Attributes:
        job: the limits of this run.
        hosts: the hosts that the source may visit.
        seen: addresses already chosen in this run.
        known: addresses that the store has.
        room: how many more new articles this run may fetch.
    """

    job: CrawlJob
    hosts: frozenset[str]
    seen: Container[str]
    known: Container[str]
    room: int


def choose(entries: Sequence[ListEntry], bounds: Bounds) -> Choice:
    """Choose the rows that are new, ours, recent enough and within the limit."""
    wanted: dict[str, ListEntry] = {}
    filtered: Counter[str] = Counter()
    for entry in entries:
        if entry.url in bounds.seen or entry.url in wanted:
            continue
        reason = _reason_against(entry, bounds)
        if reason is None and len(wanted) >= bounds.room:
            reason = "max_new"
        if reason:
            filtered[reason] += 1
        else:
            wanted[entry.url] = entry
    return Choice(tuple(wanted.values()), filtered)


def list_fault(
    entries: Sequence[ListEntry], *, links: int, usual: int
) -> tuple[FaultClass, str] | None:
    """What speaks against reading this list, None when nothing does.

    Args:
        entries: the rows that were read.
        links: how many links the page has in all.
        usual: how many rows it usually has, 0 when unknown.
    """
    count = len(entries)
    if not count and links > _FAR_MORE:
        return (
            FaultClass.LAYOUT_CHANGED,
            "网页改版了：栏目页上认不出文章列表。请把网址告诉维护人员。",
        )
    if not count:
        return (FaultClass.EMPTY_LIST, "栏目页是空的，没有一条文章。请打开网址看看。")
    if usual and count > _FAR_MORE * usual:
        return (
            FaultClass.LAYOUT_CHANGED,
            f"网页改版了：平常约 {usual} 条，今天 {count} 条，没有采用。",
        )
    titles = {entry.title for entry in entries}
    if count >= _TELLING_TITLES and len(titles) == 1:
        return (
            FaultClass.LAYOUT_CHANGED,
            "网页改版了：列表里的标题全都一样，没有采用。",
        )
    return None


def goes_on(entries: Sequence[ListEntry], job: CrawlJob, *, fresh: int) -> bool:
    """Whether the next page of a list may hold something we want.

    A page without a single new row ends the list, unless we read back to a day; a
    page whose dated rows are all too old ends it always.
    """
    days = [_day(entry) for entry in entries]
    dated = [day for day in days if day]
    if dated and len(dated) == len(days) and max(dated) < job.oldest:
        return False
    return fresh > 0 or job.since is not None


def is_file(url: str) -> bool:
    """Whether an address names a document to link to, not a page to read."""
    return PurePosixPath(urlsplit(url).path).suffix.lower() in _FILES


def _reason_against(entry: ListEntry, bounds: Bounds) -> str | None:
    try:
        check_url(entry.url, bounds.hosts, bounds.job.loopback)
    except OffSite:
        return "offsite"
    except Refused:
        return "unsafe"
    if is_file(entry.url):
        return "file"
    if entry.url in bounds.known:
        return "known"
    return "too_old" if _is_too_old(entry, bounds.job.oldest) else None


def _is_too_old(entry: ListEntry, oldest: date) -> bool:
    """By the date shown; an undated row by its address, which may be weeks off."""
    shown, written = _day(entry), address_day(entry.url)
    if shown:
        return shown < oldest
    return written is not None and written < oldest - _ADDRESS_GRACE


def address_day(url: str) -> date | None:
    """The day that an address bears (``/2020-12-02/``, ``t20170804_1``), if any."""
    match = _DATED.search(urlsplit(url).path)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _day(entry: ListEntry) -> date | None:
    return entry.published.astimezone(CHINA).date() if entry.published else None
