"""Back-fill that goes on where it stopped: ``crawl --since`` cut short is noted.

When a spool of such a run is taken in, its lists are compared with what the store has;
the next run with the same ``--since`` begins at the first page of each list that still
has something to give. Rows move to later pages as news comes in, never to earlier ones,
so that nothing is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.choice import is_file
from crawler.columns import is_front_page
from crawler.job import job_from_json
from crawler.registry import layouts_of
from crawler.spool import SpoolEnd, SpoolLoss, SpoolPage, read_spool
from newsroom.article import CHINA, ListEntry, ListPage
from newsroom.errors import PageUnreadable
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from config import SourceSettings
    from crawler.job import CrawlJob
    from story_store.store import Store
    from workflow.office import Office

_JOB = "job.json"
_LISTS = frozenset({"list", "api"})
# A page that is gone or no article was asked for; it will be no other next time.
_DONE = frozenset({FaultClass.NOT_FOUND, FaultClass.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Backfill:
    """A back-fill that is not finished: to which day, and where its lists go on."""

    source_id: str
    since: date
    urls: tuple[str, ...]


def resumed(
    office: Office, source: SourceSettings, since: date | None
) -> SourceSettings:
    """The source with the lists at which an unfinished back-fill goes on."""
    kept = unfinished(office, source.id) if since else None
    if kept is None or since is None or since < kept.since:
        return source
    return source.model_copy(update={"urls": kept.urls})


def unfinished(office: Office, source_id: str) -> Backfill | None:
    """The back-fill of a source that was cut short, None when there is none."""
    try:
        note = json.loads(_file(office, source_id).read_text(encoding="utf-8"))
        since = date.fromisoformat(note["since"])
        return Backfill(source_id, since, tuple(note["urls"]))
    except (OSError, ValueError, KeyError):
        return None


def note_backfill(
    office: Office, store: Store, source: SourceSettings, spool: Path
) -> None:
    """Note where the back-fill of a spool that was taken in stopped, if it was one."""
    job = _job(spool)
    if job is None or job.since is None or source.kind == "feed":
        return
    if any(map(is_front_page, job.source.urls)):
        return
    file = _file(office, source.id)
    urls = () if _is_whole(spool) else _left(store, source, job, job.since, spool)
    if not urls:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    note = {"since": job.since.isoformat(), "urls": urls}
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    fresh.replace(file)


def _file(office: Office, source_id: str) -> Path:
    return office.data / "backfill" / f"{source_id}.json"


def _job(spool: Path) -> CrawlJob | None:
    try:
        return job_from_json((spool / _JOB).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError):
        return None


def _is_whole(spool: Path) -> bool:
    ends = [line for line in read_spool(spool) if isinstance(line, SpoolEnd)]
    return bool(ends) and ends[-1].is_complete


def _left(
    store: Store, source: SourceSettings, job: CrawlJob, since: date, spool: Path
) -> tuple[str, ...]:
    """For each list the page at which to go on; nothing for a list that is done."""
    done = {known.url for known in store.known_pages(source.id, since=date(2000, 1, 1))}
    lists: dict[str, ListPage] = {}
    for line in read_spool(spool):
        match line:
            case SpoolPage() if line.role in _LISTS:
                lists[line.requested_url] = _read(source, line)
            case SpoolLoss() if line.loss.fault in _DONE:
                done.add(line.loss.url)
    urls = (_go_on(url, lists, done, since) for url in job.source.urls)
    return tuple(url for url in urls if url)


def _go_on(
    start: str, lists: Mapping[str, ListPage], done: Container[str], since: date
) -> str | None:
    """The first page of a list that has something left, also one never asked for."""
    url = start
    for url, listing in _walk(start, lists):
        if any(_is_wanted(row, done, since) for row in listing.entries):
            return url
        if _is_past(listing.entries, since) or listing.next_page is None:
            return None
        if listing.next_page not in lists:
            return listing.next_page
    return url


def _walk(start: str, lists: Mapping[str, ListPage]) -> Iterator[tuple[str, ListPage]]:
    """The pages of a list from its first on, each once."""
    url: str | None = start
    seen = set()
    while url is not None and url in lists and url not in seen:
        seen.add(url)
        yield url, lists[url]
        url = lists[url].next_page


def _is_wanted(row: ListEntry, done: Container[str], since: date) -> bool:
    day = row.published.astimezone(CHINA).date() if row.published else None
    return row.url not in done and not is_file(row.url) and (not day or day >= since)


def _is_past(rows: Sequence[ListEntry], since: date) -> bool:
    days = [row.published.astimezone(CHINA).date() for row in rows if row.published]
    return bool(days) and len(days) == len(rows) and max(days) < since


def _read(source: SourceSettings, page: SpoolPage) -> ListPage:
    from page_reading import read_list, read_list_api

    layouts = [one for one in layouts_of(source) if one.valid_until is None]
    try:
        if page.role == "api" and source.api:
            from crawler.spiders.list_api import shape_of

            return read_list_api(page.page, shape_of(source.api))
        return read_list(page.page, layouts[0] if layouts else None)
    except PageUnreadable:
        return ListPage(page.page.url, ())


def describe(backfill: Backfill) -> str:
    """The unfinished back-fill for people, with the command that goes on."""
    return (
        f"补采到 {backfill.since:%Y-%m-%d} 还没有做完，接着做："
        f"gonghui crawl --since {backfill.since:%Y-%m-%d} --source {backfill.source_id}"
    )
