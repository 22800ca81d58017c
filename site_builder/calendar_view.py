"""Months as weeks of days; a day with an edition is a link."""

from __future__ import annotations

import calendar
from datetime import date

from newsroom.outline import EditionOutline
from newsroom.wording import full_date
from site_builder.list_views import ArchiveView
from site_builder.standpoint import Standpoint
from site_builder.views import DayCell, MonthView


def month_view(day: date, at: Standpoint, *, current: date | None) -> MonthView:
    """The month of this day, Monday first."""
    return _month(day, _issued(at), at, current=current)


def _issued(at: Standpoint) -> dict[date, EditionOutline]:
    """By day the editions of the tree."""
    return {outline.day: outline for outline in at.shown.days}


def _month(
    day: date,
    issued: dict[date, EditionOutline],
    at: Standpoint,
    *,
    current: date | None,
) -> MonthView:
    weeks = calendar.Calendar().monthdatescalendar(day.year, day.month)
    return MonthView(
        f"{day.year}年{day.month}月",
        tuple(
            tuple(_cell(d, day, issued, at, current=current) for d in week)
            for week in weeks
        ),
    )


def archive_view(at: Standpoint) -> ArchiveView:
    """All months that have an edition, newest first."""
    issued = _issued(at)
    months = sorted({day.replace(day=1) for day in issued}, reverse=True)
    words = f"共 {len(issued)} 期，点日期看当天的内容。" if issued else "还没有出过。"
    return ArchiveView(
        "往期", words, tuple(_month(m, issued, at, current=None) for m in months)
    )


def _cell(
    day: date,
    month: date,
    issued: dict[date, EditionOutline],
    at: Standpoint,
    *,
    current: date | None,
) -> DayCell | None:
    if day.month != month.month:
        return None
    edition = issued.get(day)
    words = f"{full_date(day)} 第{edition.number}期" if edition else full_date(day)
    href = at.day(day) if edition else None
    return DayCell(day.day, href, words, current=day == current)
