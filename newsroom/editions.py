"""Putting the edition of a day together from what was chosen and counted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.edition import Board, BoardRow, Column, Edition, Entry
from newsroom.source import SourceReport, SourceState
from newsroom.taxonomy import UnitKind
from newsroom.wording import sentence

if TYPE_CHECKING:  # pages ask for a few words of this file: they need no rules
    from newsroom.choosing import Choice
    from newsroom.reminder import Reminder
    from newsroom.rules import Rules

LEAD_LIMIT = 60
WEEK_DAYS = 7
LATELY = timedelta(days=30)
NOT_UPDATED = "今日未能更新"
NO_NEWS = "今日暂无新稿。"
_NOT_COUNTED = frozenset({SourceState.UNCONFIRMED, SourceState.PAUSED})


def place_of_newest(days: Iterable[date], today: date) -> int:
    """Which of these days, newest first, is the newest edition by today's date.

    A day that has not come yet is one of a clock that was ahead once: it stands in
    front when it comes. Where the office has not worked lately by this date, it is this
    date that may be wrong, and the first of all is the newest.
    """
    for place, day in enumerate(days):
        if day <= today:
            return place if today - day <= LATELY else 0
    return 0


def make_edition(  # noqa: PLR0913 - the door names everything an edition rests on
    choice: Choice,
    *,
    day: date,
    number: int,
    total: int,
    covers_from: date,
    issued_at: datetime,
    board: Board,
    reminders: Sequence[str] = (),
    reports: Sequence[SourceReport] = (),
    recent: Sequence[Edition] = (),
    rules: Rules,
    edited: bool = False,
) -> Edition:
    """The edition of one day, ready to be issued.

    Args:
        choice: what ``choose`` took and passed.
        day: the day of the edition.
        number: its number within the year.
        total: its number for ever.
        covers_from: the first day whose news it carries.
        issued_at: when it is fixed.
        board: the counts of the month to date.
        reminders: the lines of 今日提示 (``reminders_for``).
        reports: how each source fared this morning.
        recent: the editions of the last days, for 本周回顾 on a thin day.
        rules: the office's rules.
        edited: whether an editor has touched it.
    """
    counted = [r for r in reports if r.state not in _NOT_COUNTED]
    return Edition(
        day=day,
        number=number,
        total=total,
        covers_from=covers_from,
        issued_at=issued_at,
        lead=lead_sentence(choice, reached=is_any_reached(counted)),
        columns=choice.columns,
        board=board,
        reminders=tuple(reminders),
        week=week_review(recent, choice, day=day, rules=rules),
        passed=choice.passed,
        sources_total=len(counted),
        sources_normal=sum(r.state is SourceState.NORMAL for r in counted),
        source_line=source_line(counted),
        edited=edited,
    )


def is_any_reached(reports: Sequence[SourceReport]) -> bool:
    """Whether at least one source could be read, or none was to be read."""
    counted = [r for r in reports if r.state not in _NOT_COUNTED]
    return not counted or any(r.listed or not r.losses for r in counted)


def lead_sentence(choice: Choice, *, reached: bool = True) -> str:
    """今日导读: counts and the best headline that fits, at most 60 characters.

    Without a single source reached there may well be news: it says so (F75).
    """
    counted = [(c.value, len(entries)) for c, entries in choice.columns if entries]
    if not reached:
        rest = "以下是先前收下的稿件" if counted else "请看本周回顾"
        return f"{NOT_UPDATED}：来源都没有打开，下次运行会再试；{rest}。"
    if not counted:
        return NO_NEWS
    counts = "、".join(f"{name}{count}条" for name, count in counted)
    lead = f"今日{counts}。"
    for column in (Column.HIGHLIGHTS, Column.NEWS, Column.RIGHTS, Column.ELSEWHERE):
        for entry in choice.entries(column):
            joint = "；" if "：" in entry.headline else "："  # never two in a row
            longer = f"{lead[:-1]}{joint}{sentence(entry.headline)}"
            if len(longer) <= LEAD_LIMIT:
                return longer
    return lead


def week_review(
    recent: Iterable[Edition], choice: Choice, *, day: date, rules: Rules
) -> tuple[Entry, ...]:
    """本周回顾 for a thin day: the best highlights of the last seven days.

    Empty when the day carries enough, and never a story that the day shows itself.
    """
    if len(choice.all_entries) >= rules.news.thin_day:
        return ()
    taken = {entry.story_id for entry in choice.all_entries}
    return best_of_week(recent, taken, day=day)[: rules.highlight.top]


def best_of_week(
    recent: Iterable[Edition], taken: Container[int], *, day: date
) -> tuple[Entry, ...]:
    """What the editions of the seven days before carried: highlights, then news.

    The newest comes first, each story once, and none of those that are ``taken``.
    """
    since = day - timedelta(days=WEEK_DAYS)
    past = sorted(
        (e for e in recent if since <= e.day < day), key=lambda e: e.day, reverse=True
    )
    review: dict[int, Entry] = {}
    for column in (Column.HIGHLIGHTS, Column.NEWS):
        for edition in past:
            for entry in edition.entries(column):
                if entry.story_id not in taken:
                    review.setdefault(entry.story_id, entry)
    return tuple(review.values())


def reminders_for(day: date, reminders: Iterable[Reminder]) -> tuple[str, ...]:
    """The lines of 今日提示 that hold on this day, in the office's order."""
    return tuple(r.text for r in reminders if r.since <= day <= r.until)


def source_line(reports: Sequence[SourceReport]) -> str:
    """E.g. 「4个来源3个正常；宜昌工会维权网：3天无新稿」; empty without sources."""
    if not reports:
        return ""
    normal = sum(r.state is SourceState.NORMAL for r in reports)
    troubled = [
        f"{r.name}：{r.sentence or r.state.value}"
        for r in reports
        if r.state is not SourceState.NORMAL
    ]
    if not troubled:
        return f"{len(reports)}个来源全部正常"
    return f"{len(reports)}个来源{normal}个正常；{'；'.join(troubled)}"


def make_board(  # noqa: PLR0913 - one argument a column
    rules: Rules,
    *,
    until: date,
    stories: int,
    received: Mapping[str, int],
    adopted: Mapping[str, int],
    shown: Mapping[str, int],
    last_shown: Mapping[str, date],
) -> Board:
    """数据看板 of the month to date, one row a ranked unit.

    Args:
        rules: the office's rules (units in the office's order).
        until: the day of the edition.
        stories: how many stories of all kinds came in.
        received: by unit id, submissions handed in.
        adopted: by unit id, submissions taken.
        shown: by unit id, stories that stood in editions.
        last_shown: by unit id, the day it last stood in an edition.
    """
    rows = tuple(
        BoardRow(
            unit.id,
            unit.name,
            received.get(unit.id, 0),
            adopted.get(unit.id, 0),
            shown.get(unit.id, 0),
            (until - last_shown[unit.id]).days if unit.id in last_shown else None,
        )
        for unit in rules.units.units
        if unit.enabled and unit.ranked and unit.kind is not UnitKind.OFFICE
    )
    return Board(
        since=until.replace(day=1),
        until=until,
        stories=stories,
        received=sum(received.values()),
        adopted=sum(adopted.values()),
        rows=rows,
        silent=sum(row.received == 0 and row.shown == 0 for row in rows),
    )
