"""What is wrong with an office: no edition, silent sources, old backups, a full disk.

The judging functions take values and give the alarm with its stable cause, or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.calendars import is_working_day
from newsroom.editions import is_any_reached
from newsroom.errors import NewsroomError
from newsroom.rules import Calendar
from workflow.backing_up import backup_folder
from workflow.clock_check import standing_doubt
from workflow.keeping import last_backup
from workflow.machine import GIGABYTE, existing_part, free_bytes
from workflow.office_state import read_state
from workflow.source_rhythm import find_silence

if TYPE_CHECKING:
    from story_store.store import Store
    from workflow.office import Office

NO_EDITION, NOT_BUILT = "no_edition", "not_built"
UNOPENED, DAMAGED = "store", "store:damaged"
DISK = "disk:"
CLOCK = "clock"
NO_SOURCE = "no_source"
UNSENT = "unsent"
BUILD_FAILED = 30
BACKUP_AGE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong; ``cause`` is the same each day, for telling once."""

    cause: str
    sentence: str


def check_office(office: Office) -> tuple[Found, ...]:
    """Everything that is wrong now."""
    found = machine_alarms(office)
    if not (office.data / "store.sqlite3").exists():
        gone = office.gone_store
        lost = (Found(UNOPENED, f"稿库打不开：{gone}"),) if gone else ()
        missing = judge_edition(office.now, _due(office), _calendar(office))
        return (*missing, *lost, *found)
    try:
        with office.store() as store:
            return (*check_store(office, store), *found)
    except NewsroomError as error:
        return (Found(UNOPENED, f"稿库打不开：{error}"), *found)


def check_store(office: Office, store: Store) -> Iterator[Found]:
    """What is wrong as far as the store tells: edition, sources, backup."""
    day = office.now.astimezone(CHINA).date()
    report = store.latest_report()
    yield from judge_edition(
        office.now,
        _due(office),
        _calendar(office),
        issued=store.edition(day) is not None,
        built=report is None or report.exit_code != BUILD_FAILED,
    )
    if report is not None and report.day == day and not is_any_reached(report.sources):
        yield Found(
            NO_SOURCE,
            "今天一个来源也没有读到：请检查这台电脑的网络，通了以后运行 "
            "gonghui morning --redo",
        )
    for source in office.settings.sources:
        if source.kind == "local" or not source.enabled:
            continue
        silence = find_silence(store, source.id, day, _calendar(office))
        if silence is not None:
            yield Found(
                f"silent:{source.id}",
                f"{source.name}：{silence.words}，请运行 "
                f"gonghui sources check {source.id} 看原因",
            )
    state = read_state(office.data)
    if state.store_damaged is not None:
        yield Found(DAMAGED, f"夜间核对：{state.store_damaged.sentence}")
    yield from _backups(office, store)


def machine_alarms(office: Office) -> tuple[Found, ...]:
    """What is wrong whatever the store holds: disks, clock, a message not sent."""
    return (
        *judge_disks(_disks(office)),
        *clock_alarm(office),
        *_unsent(office),
    )


def clock_alarm(office: Office) -> tuple[Found, ...]:
    """That the clock is not as most servers have it."""
    doubt = standing_doubt(office)
    return (Found(CLOCK, doubt),) if doubt else ()


def judge_edition(
    now: datetime,
    due: time,
    calendar: Calendar,
    *,
    issued: bool = False,
    built: bool = True,
) -> Iterator[Found]:
    """On a working day after the due time there is an edition, and its pages."""
    local = now.astimezone(CHINA)
    if not is_working_day(local.date(), calendar) or local.time() < due:
        return
    if not issued:
        yield Found(
            NO_EDITION,
            f"{local.month}月{local.day}日到 {due:%H:%M} 还没有编出简报："
            "请在办公电脑上运行 gonghui morning，看它说什么",
        )
    elif not built:
        yield Found(
            NOT_BUILT,
            "今天的简报编好了，但网页没有生成，看到的还是旧网页：请运行 gonghui build",
        )


def judge_backup(
    last: datetime | None, first_run: datetime | None, failure: str, now: datetime
) -> Iterator[Found]:
    """Whether the last backup is older than three days; a new office has three."""
    since = last or first_run
    if since is None or now - since <= BACKUP_AGE:
        return
    days = (now - since).days
    said = f"最近一次备份是 {days} 天前" if last else f"运行 {days} 天了，还没有备份过"
    why = f"（{failure}）" if failure else ""
    yield Found("backup", f"{said}{why}：请运行 gonghui backup，看它说什么")


def judge_disks(free: Mapping[Path, int]) -> Iterator[Found]:
    """Whether a disk has less than 1 GB left."""
    for folder, left in free.items():
        if left < GIGABYTE:
            yield Found(
                f"{DISK}{folder}",
                f"{folder} 所在磁盘只剩 {left / 1024**2:.0f} MB：请清理磁盘，"
                "或把 [store] folder、[site] output、[backup] folder 移到更大的盘",
            )


def _backups(office: Office, store: Store) -> Iterator[Found]:
    last = last_backup(office)
    if last is None and office.settings.schedule.backup is None:
        return iter(())  # the office backs up in its own way
    runs = store.runs(limit=400)
    failure = read_state(office.data).backup_failed
    return judge_backup(
        last,
        runs[-1].started_at if runs else None,
        failure.sentence if failure else "",
        office.now,
    )


def _unsent(office: Office) -> tuple[Found, ...]:
    """That the last message of the alarm did not go out: another way may tell it."""
    why = read_state(office.data).tell_failed
    return (Found(UNSENT, f"上一条告警消息没有发全：{why}"),) if why else ()


def _disks(office: Office) -> dict[Path, int]:
    """The free bytes of each disk once, under the folder that we use on it."""
    seen: dict[int, Path] = {}
    for folder in (office.data, office.output, backup_folder(office)):
        there = existing_part(folder)
        seen.setdefault(there.stat().st_dev, there)
    return {folder: free_bytes(folder) for folder in seen.values()}


def _due(office: Office) -> time:
    return office.settings.edition.due


def _calendar(office: Office) -> Calendar:
    return office.settings.rules.calendar
