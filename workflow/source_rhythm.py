"""A source's history from the store, judged by the newsroom's rules of health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.health import (
    LEARN_DAYS,
    Gap,
    Rhythm,
    Silence,
    expected_per_day,
    find_gaps,
    is_resting,
    measure,
    out_of_shape,
    silence,
)
from newsroom.source import SourceState

if TYPE_CHECKING:
    from config import SourceSettings
    from newsroom.rules import Calendar
    from newsroom.source import SourceReport
    from story_store.store import Store
    from workflow.office import Office

_RUNS_DAYS = 90
_SHAPES = 60


def article_days(store: Store, source_id: str, since: date) -> tuple[date, ...]:
    """The days on which a source's articles came out, or were first seen if unknown."""
    known = store.source_days(source_id, since=since)
    return tuple((out or seen).astimezone(CHINA).date() for out, seen in known)


def find_silence(
    store: Store, source_id: str, today: date, calendar: Calendar
) -> Silence | None:
    """The unusual silence of a source, None when there is none."""
    days = article_days(store, source_id, today - timedelta(days=2 * LEARN_DAYS))
    past = [day for day in days if day <= today]
    rhythm = expected_per_day(past, until=today, calendar=calendar)
    last = max(past, default=None)
    return silence(rhythm, last, today=today, calendar=calendar)


def source_gaps(
    store: Store, source_id: str, *, since: date, today: date, calendar: Calendar
) -> tuple[Rhythm | None, tuple[Gap, ...]]:
    """A source's rhythm and its gaps since the day."""
    days = article_days(store, source_id, date.min.replace(year=2000))
    rhythm = expected_per_day(days, until=today, calendar=calendar)
    found = find_gaps(days, since=since, until=today, calendar=calendar)
    return rhythm, found


def odd_values(store: Store, source_id: str, seen: datetime) -> str:
    """What is odd about the articles that were first seen at this moment."""
    kept = store.source_articles(source_id, limit=_SHAPES)
    new = [one for one in kept if one.first_seen == seen]
    before = [one for one in kept if one.first_seen != seen]
    return out_of_shape(
        [measure(one.article, one.first_seen.date()) for one in before],
        [measure(one.article, one.first_seen.date()) for one in new],
    )


def rests(store: Store, source: SourceSettings, now: datetime) -> bool:
    """Whether a source that failed for long is left alone in this run."""
    runs = store.source_history(source.id, days=_RUNS_DAYS, now=now)
    return is_resting([run.state for run in runs])


def health_notes(
    office: Office, before: Sequence[SourceReport], now: Sequence[SourceReport]
) -> tuple[str, ...]:
    """The sources whose state changed since the last run, and those that are new."""
    from workflow.source_samples import new_sources

    states = {report.source_id: report.state for report in before}
    changed = [
        f"{report.name}：{states[report.source_id].value} → {report.state.value}"
        + (f"（{report.sentence}）" if report.sentence else "")
        + _advice(report)
        for report in now
        if report.source_id in states and states[report.source_id] is not report.state
    ]
    added = [
        f"{source.name}是新加的来源，头三天请留意它的稿件"
        for source in new_sources(office, office.settings.sources)
    ]
    return (*changed, *added)


def _advice(report: SourceReport) -> str:
    if report.state is not SourceState.CHANGED:
        return ""
    return f"；可试 gonghui sources repair {report.source_id}"
