"""Step one of the morning: a crawl job for each source, and its spool folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.job import CrawlJob, KnownPage
from crawler.launch import CrawlOutcome, crawl

if TYPE_CHECKING:
    from config import SourceSettings
    from story_store.store import Store
    from workflow.office import Office

KNOWN_DAYS = 400


@dataclass(frozen=True)
class Collected:
    """What the crawl of one run left: the run and the outcome of each source."""

    run_id: int
    outcomes: tuple[CrawlOutcome, ...]


def spool_folder(office: Office) -> Path:
    """Where the crawl children write; emptied by the take-in."""
    return office.data / "spool"


def readable_sources(office: Office) -> tuple[SourceSettings, ...]:
    """The sources that a run asks: enabled, confirmed, and on the web."""
    return tuple(
        source
        for source in office.settings.sources
        if source.enabled and source.confirmed and source.kind != "local"
    )


def collect(  # noqa: PLR0913 - each is a separate wish of the caller
    office: Office,
    store: Store,
    run_id: int,
    *,
    since: date | None = None,
    only: Sequence[str] = (),
    on_progress: Callable[[Any], None] | None = None,
) -> Collected:
    """Crawl the readable sources into spool folders ``run-<id>/<source>``.

    ``only`` names sources to limit the run to; ``since`` lifts the first-run limits.
    """
    sources = [s for s in readable_sources(office) if not only or s.id in only]
    jobs = [_job(office, store, source, run_id, since) for source in sources]
    outcomes = crawl(
        jobs,
        parallel=office.settings.crawl.parallel,
        on_progress=on_progress or (lambda _: None),
    )
    return Collected(run_id, outcomes)


def _job(
    office: Office,
    store: Store,
    source: SourceSettings,
    run_id: int,
    since: date | None,
) -> CrawlJob:
    known = store.known_pages(
        source.id, since=office.now.date() - timedelta(days=KNOWN_DAYS)
    )
    return CrawlJob(
        source=source,
        crawl=office.settings.crawl,
        spool=spool_folder(office) / f"run-{run_id}" / source.id,
        now=office.now,
        since=since,
        first_run=not known,
        known=tuple(
            KnownPage(k.url, k.etag, k.last_modified, k.published, k.fetched_at)
            for k in known
        ),
        loopback=office.loopback,
    )
