"""Working days by the office's yearly tables (State Council), 调休 included."""

from __future__ import annotations

from datetime import date, timedelta

from newsroom.rules import Calendar, CalendarYear

_SATURDAY = 5


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether the office works; a year without a table counts its weekdays."""
    table = _table(day.year, calendar)
    if table is not None:
        if day in table.workdays:
            return True
        if day in table.holidays:
            return False
    return day.weekday() < _SATURDAY


def previous_working_day(day: date, calendar: Calendar) -> date:
    """The last working day before ``day``."""
    return _step(day, calendar, timedelta(days=-1))


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first working day after ``day``."""
    return _step(day, calendar, timedelta(days=1))


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie after ``start`` up to and including ``end``.

    0 when ``end`` is not after ``start``.
    """
    days = (end - start).days
    return sum(
        is_working_day(start + timedelta(days=n), calendar) for n in range(1, days + 1)
    )


def lacks_table(year: int, calendar: Calendar) -> bool:
    """Whether the office has yet to enter this year's holidays."""
    return _table(year, calendar) is None


def _table(year: int, calendar: Calendar) -> CalendarYear | None:
    return next((table for table in calendar.years if table.year == year), None)


def _step(day: date, calendar: Calendar, step: timedelta) -> date:
    day += step
    while not is_working_day(day, calendar):
        day += step
    return day
