"""The alarm's check: what is wrong, who is told of it, once a day and cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.calendars import lacks_table
from newsroom.errors import NewsroomError
from newsroom.report import ALARM_MARK
from site_builder.given import Audience
from workflow.alarming import (
    NO_EDITION,
    NO_SOURCE,
    NOT_BUILT,
    UNSENT,
    Found,
    check_office,
    check_store,
    machine_alarms,
)
from workflow.building import build_tree
from workflow.keeping import backup_words
from workflow.link_checks import dead_words
from workflow.office_state import (
    Alarm,
    OfficeState,
    change_state,
    in_beijing,
    read_state,
)
from workflow.retention import clock_doubt, take_counts, tidied_words, tidy
from workflow.run_lock import run_lock
from workflow.telling import Sent, can_tell, send_message

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

ASK_FROM_MONTH = 12
SETTINGS = "settings"
# What only the run itself can mend, and its pages say already.
OF_THIS_RUN = frozenset({NO_EDITION, NOT_BUILT, NO_SOURCE})


@dataclass(frozen=True, slots=True)
class Watch:
    """What a check gave: what is wrong, whether people were told, what failed."""

    found: tuple[Found, ...]
    told: bool
    failures: tuple[str, ...]


def watch(office: Office) -> Watch:
    """Check the office, tell people what they were not told today, keep the state."""
    found = check_office(office)
    today = office.now.astimezone(CHINA).date()
    new = untold(found, read_state(office.data).told, today)
    sent = Sent(reached=False, failures=())
    if new and can_tell(office):
        sent = send_message(office, _subject(office), message(office, new))
    if sent == Sent(reached=True, failures=()):
        found = tuple(one for one in found if one.cause != UNSENT)
    _keep(office, found, new if sent.reached else (), sent)
    _show(office, found)
    return Watch(found, sent.reached, sent.failures)


def note_told(office: Office) -> None:
    """A trial message arrived: what failed to be told before is mended."""
    change_state(
        office.data, lambda state: state.model_copy(update={"tell_failed": ""})
    )


def tell_unreadable(office: Office, error: NewsroomError) -> None:
    """Tell that config.toml cannot be read, once a day, by the settings before.

    Without them nothing runs and no alarm can be checked.
    """
    found = (Found(SETTINGS, f"设置改好之前，定时任务都停着。{error}"),)
    today = office.now.astimezone(CHINA).date()
    state = read_state(office.data)
    if not untold(found, state.told, today):
        return
    told = send_message(office, _subject(office), message(office, found)).reached
    now = in_beijing(office.now)
    standing = Alarm(cause=SETTINGS, sentence=found[0].sentence, since=now)

    def change(state: OfficeState) -> OfficeState:
        others = (alarm for alarm in state.alarms if alarm.cause != SETTINGS)
        days = state.told | ({SETTINGS: today} if told else {})
        update = {"alarms": (*others, standing), "told": days}
        return state.model_copy(update=update)

    with suppress(OSError):  # a full disk: the message still tells
        change_state(office.data, change)


def untold(
    found: Sequence[Found], told: Mapping[str, date], today: date
) -> tuple[Found, ...]:
    """What nobody was told of today."""
    return tuple(one for one in found if told.get(one.cause) != today)


def message(office: Office, found: Sequence[Found]) -> str:
    """The one message about all of these."""
    lines = [f"{number}. {one.sentence}" for number, one in enumerate(found, 1)]
    return "\n".join(
        (_subject(office), *lines, "办公电脑上运行 gonghui doctor 看全部情况。")
    )


def _subject(office: Office) -> str:
    at = office.now.astimezone(CHINA)
    name = office.settings.office.short_name
    return f"【工会之声】{name} {at.month}月{at.day}日 {at:%H:%M} 告警"


def _keep(
    office: Office,
    found: Sequence[Found],
    told: Sequence[Found],
    sent: Sent,
) -> None:
    now = in_beijing(office.now)
    tried = sent.reached or sent.failures or not can_tell(office)

    def change(state: OfficeState) -> OfficeState:
        since = {alarm.cause: alarm.since for alarm in state.alarms}
        standing = {one.cause for one in found}
        # what goes and comes back on one day is told once all the same
        kept = {
            cause: day
            for cause, day in state.told.items()
            if cause in standing or day == now.date()
        }
        alarms = tuple(
            Alarm(cause=f.cause, sentence=f.sentence, since=since.get(f.cause, now))
            for f in found
        )
        return state.model_copy(
            update={
                "checked_at": now,
                "alarms": alarms,
                "told": kept | {f.cause: now.date() for f in told},
                "tell_failed": "；".join(sent.failures) if tried else state.tell_failed,
            }
        )

    try:
        change_state(office.data, change)
    except OSError as error:  # a full disk: the exit code and the message still tell
        raise NewsroomError(
            f"{office.data} 写不进去（{error.strerror}）："
            + "；".join(one.sentence for one in found)
        ) from error


def _show(office: Office, found: Sequence[Found]) -> None:
    """Put what is wrong into the report of the internal page, or take it out."""
    if not (office.data / "store.sqlite3").exists():
        return
    try:
        with run_lock(office.data, office.now), office.store() as store:
            last = next((run for run in store.runs(limit=20) if run.report), None)
            if last is None or last.report is None:
                return
            notes = with_red(last.report.notes, found)
            if notes != last.report.notes:
                store.end_run(last.id, replace(last.report, notes=notes))
                build_tree(office, store, Audience.INTERNAL)
    except NewsroomError:
        return  # a run is at work and will show it, or the store is what is wrong


def with_red(notes: Sequence[str], found: Sequence[Found]) -> tuple[str, ...]:
    """The notes of a report with the red lines of now before the others."""
    plain = (note for note in notes if not note.startswith(ALARM_MARK))
    return (*(f"{ALARM_MARK}{one.sentence}" for one in found), *plain)


def upkeep_notes(office: Office, store: Store) -> tuple[str, ...]:
    """What the morning's report says of upkeep: alarms, backups, tidying, calendar."""
    tidy(office, store)
    found = (*check_store(office, store), *machine_alarms(office))
    standing = [one for one in found if one.cause not in OF_THIS_RUN]
    plain = (
        backup_words(office),
        tidied_words(take_counts(office)),
        clock_doubt(store, office.now),
        dead_words(store),
        _calendar(office),
        *_exceptions(office),
    )
    return with_red(tuple(filter(None, plain)), standing)


def _exceptions(office: Office) -> Iterator[str]:
    """The sources whose certificate is not looked at, each with its reason (F17)."""
    for source in office.settings.sources:
        if source.enabled and source.insecure_reason:
            yield (
                f"{source.name}：按设置不核对它的安全证书（{source.insecure_reason}）；"
                "对方换好证书以后，请删掉这个来源的 insecure_reason"
            )


def _calendar(office: Office) -> str:
    """The wish for the holidays of this year, and from December of the next."""
    today = office.now.astimezone(CHINA).date()
    calendar = office.settings.rules.calendar
    years = [today.year]
    if today.month >= ASK_FROM_MONTH:
        years.append(today.year + 1)
    lacking = [str(year) for year in years if lacks_table(year, calendar)]
    if not lacking:
        return ""
    return (
        f"{'、'.join(lacking)} 年放假安排还没有填，按周一至周五算工作日："
        "照国务院办公厅的通知，在 config.toml 里加 [[calendar]]"
    )
