"""What earlier runs tell of a source: its usual rows, and addresses that were gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crawler.columns import is_front_page
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from config import SourceSettings
    from newsroom.report import RunReport
    from newsroom.source import Loss
    from story_store.kept import SourceRun
    from story_store.store import Store

HISTORY_DAYS = 30
LEAST_RUNS = 3
LAST_RUNS = 12
MISSING_RUNS = 10


def usual_listed(source: SourceSettings, history: Sequence[SourceRun]) -> int:
    """How many rows one list of the source usually gives; 0 when that is unknown.

    The fewest of its last whole runs: a run that lost a list shows too few, one that
    turned pages too many, and only a tenfold change is told by it. A front page leads
    to columns whose number changes, so that its rows prove nothing.
    """
    if not source.urls or any(map(is_front_page, source.urls)):
        return 0
    whole = [run.listed for run in history if run.listed and not run.failed]
    if len(whole) < LEAST_RUNS:
        return 0
    return min(whole[:LAST_RUNS]) // len(source.urls)


def missing_addresses(
    store: Store, day: date, *, twice: bool = False
) -> dict[str, frozenset[str]]:
    """By source, the addresses that its last run before the day found gone (404, 410).

    Without those that the run before had found gone too: they have been asked for a
    second time and proposed (F49). ``twice`` keeps them.
    """
    gone: dict[str, list[frozenset[str]]] = {}
    for report in _before(store, day):
        for source in report.sources:
            gone.setdefault(source.source_id, []).append(_gone(source.losses))
    none: frozenset[str] = frozenset()
    return {
        source_id: days[0] - (none if twice else none.union(*days[1:2]))
        for source_id, days in gone.items()
    }


def _before(store: Store, day: date) -> list[RunReport]:
    """The last report of each earlier day, the newest first."""
    reports: dict[date, RunReport] = {}
    for run in store.runs(MISSING_RUNS):
        if run.report and run.report.day < day:
            reports.setdefault(run.report.day, run.report)
    return list(reports.values())


def _gone(losses: Iterable[Loss]) -> frozenset[str]:
    return frozenset(
        loss.url for loss in losses if loss.fault is FaultClass.NOT_FOUND and loss.url
    )
