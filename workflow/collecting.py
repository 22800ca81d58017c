"""Step one of the morning: a crawl job for each source, and its spool folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.job import CrawlJob, KnownPage
from crawler.launch import CrawlOutcome, Progress, crawl
from crawler.nursery import Nursery, loading
from workflow.backfill import resumed
from workflow.curfew import Curfew
from workflow.list_memory import lists_to_ask
from workflow.site_memory import SiteMemory, load_memory
from workflow.source_past import HISTORY_DAYS, missing_addresses, usual_listed
from workflow.source_rhythm import find_silence

if TYPE_CHECKING:
    from config import SourceSettings
    from story_store.store import Store
    from workflow.office import Office

KNOWN_DAYS = 400


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


def source_settings(office: Office, source_id: str) -> SourceSettings:
    """The settings of the source of this id."""
    return next(s for s in office.settings.sources if s.id == source_id)


@contextmanager
def loading_nursery(
    office: Office, sources: int, *, own: Nursery | None = None
) -> Iterator[Nursery | None]:
    """Where children are forked, loading while its user does something else.

    The run's ``own`` that its caller began and ends, the office's, or else one for this
    run; None where it would not pay. It may be closed before the end, once the sources
    are read.
    """
    if own or office.nursery:
        yield own or office.nursery
        return
    with loading(sources) as nursery:
        yield nursery


def collect(  # noqa: PLR0913 - each is a separate wish of the caller
    office: Office,
    store: Store,
    run_id: int,
    sources: Sequence[SourceSettings],
    *,
    since: date | None = None,
    whole: bool = True,
    until: float | None = None,
    on_progress: Callable[[Progress], None],
    on_outcome: Callable[[CrawlOutcome], None],
) -> tuple[CrawlOutcome, ...]:
    """Crawl the sources into spool folders ``run-<id>/<source>``.

    ``since`` lifts the first-run limits; ``whole`` lists may not answer that they did
    not change; at ``until`` of the steady clock
    (``time.monotonic``) the crawl stops with what it has. ``on_outcome`` is given
    each spool while other sources are still being read.
    """
    missing = missing_addresses(store, office.now.date())
    none: frozenset[str] = frozenset()
    jobs = [
        _job(
            office,
            store,
            source,
            run_id,
            since=since,
            whole=whole or since is not None,
            missing=missing.get(source.id, none),
        )
        for source in sources
    ]
    crawl_all = partial(
        crawl,
        jobs,
        parallel=office.settings.crawl.parallel,
        on_progress=on_progress,
        on_outcome=on_outcome,
    )
    if until is None:
        return crawl_all(nursery=office.nursery)
    with Curfew(jobs, until, office.nursery) as curfew:
        return crawl_all(nursery=curfew)


def _job(  # noqa: PLR0913 - the source, the run, and what is known of both
    office: Office,
    store: Store,
    source: SourceSettings,
    run_id: int,
    *,
    since: date | None,
    whole: bool,
    missing: frozenset[str],
) -> CrawlJob:
    known = store.known_pages(
        source.id, since=office.now.date() - timedelta(days=KNOWN_DAYS)
    )
    memory = load_memory(office, source.id)
    history = store.source_history(source.id, days=HISTORY_DAYS, now=office.now)
    return CrawlJob(
        source=resumed(office, source, since),
        crawl=office.settings.crawl,
        spool=spool_folder(office) / f"run-{run_id}" / source.id,
        now=office.now,
        since=since,
        first_run=not known,
        known=(
            *(
                KnownPage(k.url, k.etag, k.last_modified, k.published, k.fetched_at)
                for k in known
            ),
            *(() if whole else _lists(office, store, source, memory)),
        ),
        loopback=office.loopback,
        usual_listed=usual_listed(source, history),
        missing=tuple(sorted(missing)),
        robots=memory.robots,
        not_before=memory.not_before,
    )


def _lists(
    office: Office,
    store: Store,
    source: SourceSettings,
    memory: SiteMemory,
) -> tuple[KnownPage, ...]:
    """The lists to ask for by condition; a source that is overdue shows them whole."""
    lists = lists_to_ask(source, memory.lists, office.now)
    calendar = office.settings.rules.calendar
    if lists and find_silence(store, source.id, office.now.date(), calendar):
        return ()
    return lists
