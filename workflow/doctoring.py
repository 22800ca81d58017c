"""The check-up of an office: settings, machine, store, sources, inbox, calendar.

The judging functions take values; ``examine`` gathers them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from config import advice, placeholders_left
from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from newsroom.source import SourceState
from newsroom.submission import SubmissionState
from newsroom.wording import relative_day
from submissions.found import ASIDE
from workflow.alarming import (
    CLOCK,
    DAMAGED,
    DISK,
    UNOPENED,
    check_office,
    clock_alarm,
)
from workflow.keeping import backup_words
from workflow.machine import (
    existing_part,
    free_bytes,
    has_chinese_font,
    is_remote,
    judge_clock,
    judge_disk,
    judge_folder,
    judge_fonts,
    newest_time,
    versions,
)
from workflow.verdict import Line, Verdict

if TYPE_CHECKING:
    from config import Settings, SourceSettings
    from config_faults import Fault
    from story_store.store import Store
    from workflow.office import Office

ASK_FROM_MONTH = 12
HISTORY_DAYS = 400
WAITING = frozenset(
    {
        SubmissionState.SUBMITTED,
        SubmissionState.CHECKED,
        SubmissionState.FIRST_OK,
        SubmissionState.SECOND_OK,
    }
)
# The lines of the store and the clock say these.
_SAID = frozenset({UNOPENED, CLOCK})
_STORE_PARTS = ("store.sqlite3", "pages", "pictures", "backups")


def examine(office: Office, clock: datetime | None) -> Iterator[Line]:
    """All lines of the check-up of one office, in order.

    ``clock`` is the machine's own time; None leaves its comparison with files out,
    for a run that plays another day.
    """
    settings = office.settings
    yield Line("程序", Verdict.GOOD, versions())
    yield Line("设置", Verdict.GOOD, f"{settings.file} 没有错误")
    yield from _advised("设置", advice(settings))
    yield from _folders(office)
    yield from _clock(office, clock)
    yield judge_fonts(has_chinese_font())
    yield from judge_calendar(settings, office.now.date())
    yield from _advised("签发", placeholders_left(settings))
    yield from _store(office)
    yield from _upkeep(office)


def settings_lines(faults: Sequence[Fault]) -> Iterator[Line]:
    """A line for each fault of settings that cannot be used."""
    for fault in faults:
        place = f"{fault.file.name} 第 {fault.line} 行" if fault.line else fault.file
        seen = f"{place}{'，' if fault.key else ''}{fault.key}：{fault.found}"
        expected = f"应当{fault.expected}；" if fault.expected else ""
        yield Line("设置", Verdict.MEND, seen, f"{expected}{fault.mend}")


def _advised(subject: str, faults: Sequence[Fault]) -> Iterator[Line]:
    for fault in faults:
        yield Line(subject, Verdict.MIND, f"{fault.key}：{fault.found}", fault.mend)


def _folders(office: Office) -> Iterator[Line]:
    for word, folder in (
        ("数据", office.data),
        ("投稿", office.inbox),
        ("生成", office.output),
    ):
        yield judge_folder(word, folder)
    yield judge_disk(existing_part(office.data), free_bytes(office.data))
    if is_remote(office.data):
        yield Line(
            "磁盘",
            Verdict.MIND,
            f"{office.data} 在网络盘上，断网时数据库可能损坏",
            "把 [store] folder 改到本机硬盘",
        )


def _clock(office: Office, clock: datetime | None) -> Iterator[Line]:
    doubts = clock_alarm(office)
    yield from (Line("时钟", Verdict.MEND, doubt.sentence) for doubt in doubts)
    if clock is None:
        yield Line("时钟", Verdict.GOOD, f"按 {office.now:%Y-%m-%d %H:%M} 检查")
        return
    if not doubts:
        newest = newest_time([office.settings.file, *office.data.glob("*.sqlite3")])
        yield judge_clock(clock, newest)
    offset = clock.astimezone().utcoffset()
    if offset != clock.astimezone(CHINA).utcoffset():
        yield Line(
            "时区",
            Verdict.MIND,
            "电脑的时区不是北京时间；简报和 gonghui schedule 仍按北京时间，"
            "只有自己另写的定时任务钟点会不同",
            "在系统设置里把时区改为（UTC+08:00）北京",
        )


def judge_calendar(settings: Settings, today: date) -> Iterator[Line]:
    """Whether the year's holidays are known; next year's from 1 December."""
    years = {table.year for table in settings.calendar}
    wanted = [today.year]
    if today.month >= ASK_FROM_MONTH:
        wanted.append(today.year + 1)
    for year in wanted:
        if year in years:
            yield Line("节假日", Verdict.GOOD, f"{year} 年放假安排已填")
        else:
            yield Line(
                "节假日",
                Verdict.MIND,
                f"{year} 年放假安排还没有填，按周一至周五算工作日",
                f"照国务院办公厅的通知，在 config.toml 里加 {year} 年的 [[calendar]]",
            )


def has_store(office: Office) -> bool:
    """Whether anything was ever kept; asking makes no store."""
    return any((office.data / part).exists() for part in _STORE_PARTS)


def _store(office: Office) -> Iterator[Line]:
    if office.gone_store:
        yield Line("稿库", Verdict.MEND, office.gone_store)
        return
    if not has_store(office):
        yield Line("稿库", Verdict.GOOD, "还没有，第一次运行 gonghui morning 时建立")
        yield from judge_sources(office.settings.sources, lambda _: None, office.now)
        return
    try:
        with office.store() as store:
            yield Line("稿库", Verdict.GOOD, f"打得开：{_last_run(store, office.now)}")
            yield from _inbox(office, store)
            yield from judge_sources(
                office.settings.sources, last_visits(store, office.now), office.now
            )
    except NewsroomError as error:
        yield Line("稿库", Verdict.MEND, str(error), "照上面的话做；做之前先备份")


def _last_run(store: Store, now: datetime) -> str:
    report = store.latest_report()
    if report is None:
        return "还没有运行过早晨任务"
    day = relative_day(report.day, today=now.date())
    return f"上次早晨任务 {report.day}（{day}）"


def _upkeep(office: Office) -> Iterator[Line]:
    """How the backups fare, and what the alarm would say now.

    Not of an office that never ran, and not what the lines above say already.
    """
    if not has_store(office):
        return
    words = backup_words(office)
    if words:
        yield Line("备份", Verdict.GOOD, words)
    for found in check_office(office):
        if found.cause not in _SAID and not found.cause.startswith(DISK):
            verdict = Verdict.MEND if found.cause == DAMAGED else Verdict.MIND
            yield Line("告警", verdict, found.sentence)


def judge_aside(folder: Path) -> Iterator[Line]:
    """What lies in the inbox for a person to read, day/town/story deep."""
    count = sum(1 for _ in folder.glob("*/*/*/"))
    if count:
        yield Line(
            "投稿",
            Verdict.MIND,
            f"{folder} 里有 {count} 份要人工处理",
            "照里面的 需人工.txt 做，做好后放回该镇的文件夹；不用的移走",
        )


def _inbox(office: Office, store: Store) -> Iterator[Line]:
    yield from judge_aside(office.inbox / ASIDE)
    waiting = store.known_submissions(WAITING)
    if not waiting:
        yield Line("投稿", Verdict.GOOD, f"没有待审的投稿（文件夹 {office.inbox}）")
        return
    oldest = min(submission.received_at for submission in waiting)
    when = relative_day(oldest.astimezone(CHINA).date(), today=office.now.date())
    yield Line(
        "投稿",
        Verdict.MIND,
        f"{len(waiting)} 件待审，最早的是{when}收到的",
        "gonghui submissions 看清单，gonghui accept 编号 --by 姓名 采用",
    )


LastVisit = tuple[SourceState, datetime | None]


def last_visits(
    store: Store, now: datetime
) -> Callable[[SourceSettings], LastVisit | None]:
    """How each source fared when last asked, and when it last gave something."""

    def last(source: SourceSettings) -> LastVisit | None:
        history = store.source_history(source.id, days=HISTORY_DAYS, now=now)
        return (history[0].state, history[0].last_good) if history else None

    return last


def judge_sources(
    sources: Sequence[SourceSettings],
    last: Callable[[SourceSettings], LastVisit | None],
    now: datetime,
) -> Iterator[Line]:
    """A line for each source that is asked, and one for those that are not."""
    asked = [s for s in sources if s.enabled and s.kind != "local"]
    if not asked:
        mend = "在 config.toml 里核对一个来源的地址，写 enabled = true"
        yield Line("来源", Verdict.MEND, "一个来源也没有启用，不会有新闻", mend)
    for source in asked:
        yield judge_source(source.name, last(source), now)
    unconfirmed = [source.name for source in sources if not source.confirmed]
    if unconfirmed:
        names = "、".join(unconfirmed)
        seen = f"待确认地址：{names}（{len(unconfirmed)}个，不采集，不算失败）"
        yield Line("来源", Verdict.GOOD, seen)
    paused = [s.name for s in sources if s.confirmed and not s.enabled]
    if paused:
        yield Line("来源", Verdict.GOOD, f"已停用：{'、'.join(paused)}")


def judge_source(name: str, last: LastVisit | None, now: datetime) -> Line:
    """How a source fared when it was last asked."""
    if last is None:
        return Line("来源", Verdict.GOOD, f"{name}：还没有采集过")
    state, good = last
    when = relative_day(good.astimezone(CHINA).date(), today=now.date()) if good else ""
    seen = f"{name}：{state.value}，" + (
        f"最近一次成功是{when}" if when else "从未成功"
    )
    if state is SourceState.NORMAL:
        return Line("来源", Verdict.GOOD, seen)
    return Line("来源", Verdict.MIND, seen, f"gonghui sources check {name} 看原因")
