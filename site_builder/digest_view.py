"""The digest of one day: the front page and the pages of earlier days."""

from __future__ import annotations

from newsroom.edition import BoardRow, Column, Edition, Entry, Passed
from newsroom.editions import NOT_UPDATED, WEEK_DAYS, best_of_week
from newsroom.report import ALARM_MARK, RunReport
from newsroom.story import Story
from newsroom.taxonomy import UnitKind
from newsroom.wording import date_span, full_date, short_date, weekday, without_emoji
from site_builder.board_view import board_view
from site_builder.calendar_view import month_view
from site_builder.cards import entry_card
from site_builder.headline import headline_pieces
from site_builder.links import Kind
from site_builder.shown import Shown
from site_builder.standpoint import Standpoint
from site_builder.views import (
    ColumnView,
    DigestView,
    EmptyFrontView,
    InternalView,
    LineView,
    Link,
    TileView,
)
from site_builder.wording import clock, reading_time, silence_words

COLUMN_IDS = {
    Column.HIGHLIGHTS: "highlights",
    Column.NEWS: "news",
    Column.RIGHTS: "rights",
    Column.ELSEWHERE: "elsewhere",
}

SILENT_SHOWN = 5
THIN = 3  # stories; a front page with fewer looks back on the week
MOST_LOOKED_BACK = 5


def digest_view(edition: Edition, at: Standpoint, *, is_front: bool) -> DigestView:
    """One edition as a page; the front page also carries towns and the calendar."""
    older, newer = _neighbours(edition, at)
    newer = None if is_front else newer
    lead = without_emoji(edition.lead)
    return DigestView(
        is_front=is_front,
        title=at.shown.given.site.title,
        day_iso=edition.day.isoformat(),
        day=full_date(edition.day),
        weekday=weekday(edition.day),
        number=f"第{edition.number}期（总第{edition.total}期）",
        summary=_summary(edition),
        source_line=edition.source_line.partition("；")[2] or None,
        lead=lead or None,
        lead_pieces=headline_pieces(lead, at.tree.words),
        covers=date_span(edition.covers_from, edition.day),
        columns=_columns(edition, at),
        week=tuple(entry_card(e, at) for e in _week(edition, at, is_front=is_front)),
        board=board_view(edition.board, at),
        reminders=edition.reminders,
        briefing_href=at.briefing(edition.day),
        previous=older,
        following=newer,
        towns=town_tiles(at) if is_front else (),
        month=month_view(edition.day, at, current=edition.day) if is_front else None,
        archive_href=at.to(Kind.ARCHIVE),
        internal=_internal(edition, at, is_front=is_front)
        if at.shown.is_internal
        else None,
    )


def empty_front(at: Standpoint) -> EmptyFrontView:
    """The front page before the first edition."""
    words = (
        "还没有编出第一期。运行“晨间采编”后，这里就是当天的内容。"
        if at.shown.is_internal
        else "第一期正在编辑，签发后就登在这里。"
    )
    title, pieces = at.shown.given.site.title, headline_pieces(words)
    return EmptyFrontView(title, pieces, town_tiles(at))


def town_tiles(at: Standpoint) -> tuple[TileView, ...]:
    """The towns and streets as tiles; a tile is no link while it has no story."""
    return tuple(
        TileView(unit.name, at.unit(unit.id), "", None)
        for unit in at.shown.given.units.units
        if unit.enabled and unit.kind is UnitKind.TOWN
    )


def _neighbours(edition: Edition, at: Standpoint) -> tuple[Link | None, Link | None]:
    days = [outline.day for outline in at.shown.days]
    place = days.index(edition.day)
    older = days[place + 1] if place + 1 < len(days) else None
    newer = days[place - 1] if place else None
    return (
        Link(f"上一期 {short_date(older)}", at.day(older)) if older else None,
        Link(f"下一期 {short_date(newer)}", at.day(newer)) if newer else None,
    )


def _summary(edition: Edition) -> tuple[str, ...]:
    """E.g. 三分钟读完 · 12 条 · 4 个来源 3 个正常 · 07:52 出版."""
    entries = edition.all_entries
    failed = edition.lead.startswith(NOT_UPDATED)
    nothing = NOT_UPDATED if failed else "今日无新稿"
    parts = [reading_time(edition), f"{len(entries)} 条"] if entries else [nothing]
    if edition.sources_total:
        parts.append(f"{edition.sources_total} 个来源 {edition.sources_normal} 个正常")
    return (*parts, f"{clock(edition.issued_at)} 出版")


def _week(edition: Edition, at: Standpoint, *, is_front: bool) -> tuple[Entry, ...]:
    """本周回顾: as the edition has it; on a thin front page of this tree anew.

    What was held back or not released leaves the public tree with less than the
    edition had; its front page then looks back on what this tree shows.
    """
    told = edition.all_entries
    if edition.week or not is_front or len(told) >= THIN:
        return edition.week
    earlier = (at.shown.edition(outline.day) for outline in at.shown.by_now[:WEEK_DAYS])
    taken = {entry.story_id for entry in told}
    found = best_of_week(filter(None, earlier), taken, day=edition.day)
    return found[:MOST_LOOKED_BACK]


SHORT = frozenset({Column.RIGHTS, Column.ELSEWHERE})


def _columns(edition: Edition, at: Standpoint) -> tuple[ColumnView, ...]:
    """The columns that have entries; the two short ones stand side by side."""
    gone = _taken_back(edition, at)
    filled = tuple(
        (c, edition.entries(c)) for c in Column if edition.entries(c) or c in gone
    )
    paired = frozenset(c for c, _ in filled) >= SHORT
    return tuple(
        ColumnView(
            COLUMN_IDS[column],
            column.value,
            paired and column in SHORT,
            tuple(entry_card(entry, at) for entry in entries),
            gone.get(column, ""),
        )
        for column, entries in filled
    )


def _taken_back(edition: Edition, at: Standpoint) -> dict[Column, str]:
    """By column the line that says how many of its stories were taken back."""
    counts = at.shown.taken_back(edition.day)
    return {
        column: f"这里有{count}篇稿件已撤下。"
        for column, count in counts.items()
        if count
    }


def _internal(edition: Edition, at: Standpoint, *, is_front: bool) -> InternalView:
    report = at.shown.given.report
    silent = _silent(edition, at)
    same_day = report is not None and report.day == edition.day
    return InternalView(
        unedited=not edition.was_edited,
        alarms=_alarms(report) if report and is_front else (),
        silent=silent[:SILENT_SHOWN],
        silent_more=silent[SILENT_SHOWN:],
        holds=hold_lines(at) if same_day else (),
        passed=passed_lines(edition, at),
        report_href=at.to(Kind.REPORT) if same_day else None,
        unreleased=edition.release is None,
    )


def _alarms(report: RunReport) -> tuple[str, ...]:
    """What the alarm has to say now, for the eyes of the office."""
    marked = (note for note in report.notes if note.startswith(ALARM_MARK))
    return tuple(note.removeprefix(ALARM_MARK).strip() for note in marked)


def _silent(edition: Edition, at: Standpoint) -> tuple[LineView, ...]:
    """The units that the board counts silent, the longest silence first.

    A unit whose first story stands in this very edition has no earlier day to count
    from, and is not silent.
    """
    quiet = [row for row in edition.board.rows if not (row.received or row.shown)]
    rows = sorted(quiet, key=_loudness)[: edition.board.silent]
    return tuple(
        LineView(r.name, at.unit(r.unit_id), silence_words(r.silent_days)) for r in rows
    )


def _loudness(row: BoardRow) -> tuple[float, str]:
    """Never heard comes first, then the longest silence."""
    days = float("inf") if row.silent_days is None else row.silent_days
    return (-days, row.unit_id)


def hold_lines(at: Standpoint) -> tuple[LineView, ...]:
    """What was held in the last run or is held in the store, and why."""
    report = at.shown.given.report
    holds = report.holds if report else ()
    lines = [LineView(h.headline, at.story_by_id(h.story_id), h.reason) for h in holds]
    told = {h.story_id for h in holds}
    lines += [
        LineView(s.headline, at.story(s), s.held_reason or "缓发")
        for s in held_stories(at.shown)
        if s.id not in told
    ]
    return tuple(lines)


def held_stories(shown: Shown) -> list[Story]:
    """What the store holds back."""
    ids = shown.stories.outlines.held()
    shown.stories.fetch(ids)
    return [shown.stories[story_id] for story_id in ids]


def passed_lines(edition: Edition, at: Standpoint) -> tuple[LineView, ...]:
    """What the edition does not carry, and why."""
    return tuple(_passed_line(passed, at) for passed in edition.passed)


def _passed_line(passed: Passed, at: Standpoint) -> LineView:
    score = f"（{passed.score.total:g}分）" if passed.score else ""
    return LineView(
        passed.headline, at.story_by_id(passed.story_id), f"{passed.reason}{score}"
    )


def chosen_lines(edition: Edition, at: Standpoint) -> tuple[LineView, ...]:
    """What the edition carries, and why."""
    return tuple(
        _chosen_line(column, entry, at)
        for column, entries in edition.columns
        for entry in entries
    )


def _chosen_line(column: Column, entry: Entry, at: Standpoint) -> LineView:
    why = "；".join(entry.reasons) or (entry.score.line if entry.score else "")
    return LineView(
        entry.headline,
        at.story_by_id(entry.story_id),
        f"{column.value}：{why}" if why else column.value,
    )
