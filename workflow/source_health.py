"""How a source fared in a run, in a clerk's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.source import FaultClass, Loss, SourceReport, SourceState
from workflow.source_rhythm import find_silence, odd_values

if TYPE_CHECKING:
    from config import SourceSettings
    from newsroom.health import Silence
    from story_store.store import Store
    from workflow.office import Office
    from workflow.take_in import TakenIn

F = FaultClass
_STATES = {
    F.CERTIFICATE: SourceState.CERTIFICATE,
    F.MOVED: SourceState.MOVED,
    F.BLOCKED: SourceState.BLOCKED,
    F.NEEDS_BROWSER: SourceState.BLOCKED,
    F.REFUSED: SourceState.BLOCKED,
    F.RATE_LIMITED: SourceState.BLOCKED,
    F.ROBOTS: SourceState.BLOCKED,
    F.EMPTY_LIST: SourceState.CHANGED,
    F.LAYOUT_CHANGED: SourceState.CHANGED,
    F.NOT_OUR_SITE: SourceState.CHANGED,
}
NEVER_ASKED = frozenset({SourceState.PAUSED, SourceState.UNCONFIRMED})
SILENT_DAYS = 21
HISTORY_DAYS = 120
UNCONFIRMED = "地址还没有确认：请在 config.toml 里填好地址，再把 enabled 改为 true"
PAUSED = "已在 config.toml 里停用"


def report_sources(
    office: Office,
    store: Store,
    taken: Mapping[str, TakenIn],
    filtered: Mapping[str, int],
) -> tuple[SourceReport, ...]:
    """The report of every source on the web, in the order of the settings."""
    tiers = {s.id: s.tier.name for s in office.settings.newsroom_sources()}
    earlier = store.latest_report()
    known = {s.source_id: s for s in earlier.sources} if earlier else {}
    reports = []
    for source in office.settings.sources:
        if source.kind == "local":
            continue
        before = known.get(source.id)
        last_good = before.last_good if before else None
        if source.id not in taken:
            idle = idle_source(source, tiers[source.id], last_good)
            if not (source.enabled and source.confirmed):
                reports.append(idle)
            elif before is not None and before.state not in NEVER_ASKED:
                reports.append(before)
            continue  # one in use that was never asked has no state yet
        found = find_silence(
            store, source.id, office.now.date(), office.settings.rules.calendar
        )
        reports.append(
            judge_source(
                source,
                tiers[source.id],
                taken[source.id],
                filtered=filtered.get(source.id, 0),
                last_good=last_good,
                last_new=_last_new(store, source.id, office.now),
                now=office.now,
                silence=found,
                odd=odd_values(store, source.id, office.now),
            )
        )
    return tuple(reports)


def _last_new(store: Store, source_id: str, now: datetime) -> datetime | None:
    history = store.source_history(source_id, days=HISTORY_DAYS, now=now)
    return next((run.started_at for run in history if run.new), None)


def judge_source(  # noqa: PLR0913 - everything known of one source in one run
    source: SourceSettings,
    tier_name: str,
    taken: TakenIn,
    *,
    filtered: int,
    last_good: datetime | None,
    last_new: datetime | None,
    now: datetime,
    silence: Silence | None = None,
    odd: str = "",
) -> SourceReport:
    """The report of a source that was asked in this run.

    ``silence`` is an unusual one by the source's rhythm, ``odd`` what its new articles
    have that earlier ones had not.
    """
    end = taken.end
    listed = end.listed if end else 0
    reached = listed > 0 or taken.changes.total() > 0
    state = _state(taken.losses, reached=reached)
    if state is SourceState.NORMAL and odd:
        state = SourceState.CHANGED
    elif state is SourceState.NORMAL and (silence or _is_silent(taken, last_new, now)):
        state = SourceState.SILENT
    return SourceReport(
        source_id=source.id,
        name=source.name,
        tier_name=tier_name,
        state=state,
        listed=listed,
        new=taken.changes["new"],
        changed=taken.changes["changed"],
        unchanged=taken.changes["unchanged"],
        filtered=filtered,
        requests=end.requests if end else 0,
        losses=taken.losses,
        last_good=now if reached else last_good,
        sentence=_sentence(state, taken.losses, last_new, now, silence, odd),
    )


def idle_source(
    source: SourceSettings, tier_name: str, last_good: datetime | None
) -> SourceReport:
    """The report of a source that was not asked: unconfirmed or paused."""
    state = SourceState.PAUSED if source.confirmed else SourceState.UNCONFIRMED
    return SourceReport(
        source_id=source.id,
        name=source.name,
        tier_name=tier_name,
        state=state,
        last_good=last_good,
        sentence=PAUSED if source.confirmed else UNCONFIRMED,
    )


def _state(losses: Sequence[Loss], *, reached: bool) -> SourceState:
    faults = [loss.fault for loss in losses]
    grave = [f for f in faults if f is not F.NOT_FOUND]
    if not grave and (reached or not faults):
        return SourceState.NORMAL
    # where only our own time ran out, the source is not out of reach
    in_time = {F.DEADLINE} == set(grave)
    if (reached or in_time) and not any(f in _STATES for f in grave):
        return SourceState.PARTIAL
    named = next((_STATES[f] for f in faults if f in _STATES), None)
    return named or SourceState.DOWN


def _is_silent(taken: TakenIn, last_new: datetime | None, now: datetime) -> bool:
    if taken.changes["new"] or last_new is None:
        return False
    return (now - last_new).days >= SILENT_DAYS


def _sentence(  # noqa: PLR0913, PLR0917 - everything that may be said of a source
    state: SourceState,
    losses: Sequence[Loss],
    last_new: datetime | None,
    now: datetime,
    silence: Silence | None,
    odd: str,
) -> str:
    if odd and not losses:
        return f"读到的稿件不像平常（{odd}），可能改版了"
    if state is SourceState.SILENT and silence is not None:
        return silence.words
    if state is SourceState.SILENT and last_new is not None:
        return f"{(now - last_new).days} 天没有新稿"
    if losses:
        more = f"（共 {sum(loss.count for loss in losses)} 处）" if losses[1:] else ""
        return f"{losses[0].sentence}{more}"
    return ""
