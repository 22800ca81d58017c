"""Working days."""

from datetime import date

import pytest

from newsroom.calendars import (
    is_working_day,
    lacks_table,
    next_working_day,
    previous_working_day,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 25), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2027, 10, 1), True),
        (date(2027, 10, 2), False),
    ],
)
def test_working_day(rules, day, works):
    """Holidays and 调休 by the table; a year without one counts its weekdays."""
    assert is_working_day(day, rules.calendar) is works


def test_steps_over_a_holiday(rules):
    """The working days around National Day."""
    steps = (
        previous_working_day(date(2026, 10, 8), rules.calendar),
        next_working_day(date(2026, 9, 30), rules.calendar),
        next_working_day(date(2026, 10, 9), rules.calendar),
    )

    assert steps == (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 10))


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 7, 17), date(2026, 7, 20), 1),
        (date(2026, 7, 20), date(2026, 7, 20), 0),
        (date(2026, 7, 21), date(2026, 7, 20), 0),
        (date(2026, 9, 30), date(2026, 10, 10), 3),
    ],
)
def test_working_days_between(rules, start, end, count):
    """The first day is not counted, the last one is."""
    assert working_days_between(start, end, rules.calendar) == count


def test_a_year_without_a_table(rules):
    """The doctor can ask for the table that is missing."""
    assert lacks_table(2027, rules.calendar)
    assert not lacks_table(2026, rules.calendar)
