"""What is due: once for its time, late when missed, never twice, on working days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import ScheduleSettings
from newsroom.article import CHINA
from newsroom.rules import Calendar, CalendarYear
from workflow.due import Done, Job, due_jobs
from workflow.office_state import Attempt

SCHEDULE = ScheduleSettings(light=time(16, 30))
CALENDAR = Calendar(
    (
        CalendarYear(
            2026,
            frozenset({date(2026, 9, 25), date(2026, 10, 1)}),
            frozenset({date(2026, 9, 20)}),
        ),
    )
)
MONDAY = date(2026, 9, 21)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def jobs(now: datetime, **done) -> list[Job]:
    known = Done(**({"backup": now, "alarm": now} | done))
    return list(due_jobs(now, SCHEDULE, time(8, 0), CALENDAR, known))


def attempt(now: datetime, count: int = 1, *, done: bool = False) -> Attempt:
    return Attempt(day=now.date(), count=count, last=now, done=done)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-09-21T05:59", []),
        ("2026-09-21T06:00", [Job.MORNING]),
        ("2026-09-20T06:00", [Job.MORNING]),
        ("2026-09-19T06:00", []),
        ("2026-09-25T06:00", []),
        ("2027-01-01T06:00", [Job.MORNING]),
    ],
    ids=["early", "on time", "working Sunday", "Saturday", "holiday", "no table yet"],
)
def test_the_morning_runs_on_working_days(now, wanted):
    """By the yearly table; a year without one counts its weekdays."""
    assert wanted == jobs(at(now))


def test_d17_a_missed_start_is_caught_up_once():
    """D17: asleep at six and back at nine, the morning is due; with its edition not."""
    back = at("2026-09-21T09:00")

    assert [Job.MORNING] == jobs(back, edition_day=date(2026, 9, 18))
    assert [] == jobs(back, edition_day=MONDAY)


def test_d16_a_clock_set_back_makes_no_second_edition():
    """D16: after an edition of a later day the earlier one is not made again."""
    assert [] == jobs(at("2026-09-21T06:00"), edition_day=MONDAY + timedelta(days=1))


def test_d16_a_year_that_was_jumped_over_is_one_edition():
    """D16: a clock a year ahead makes one edition of that day, not one for each."""
    ahead = at("2027-09-21T06:00")

    assert [Job.MORNING] == jobs(ahead, edition_day=MONDAY)
    assert [] == jobs(ahead, edition_day=ahead.date())


def test_d16_a_clock_that_was_ahead_costs_no_later_morning():
    """D16: an edition of 2031 in the store does not end the mornings till then."""
    friday = MONDAY - timedelta(days=3)
    ahead = {"edition_day": date(2031, 3, 3)}

    now = at("2026-09-21T06:00")
    assert [Job.MORNING] == jobs(now, **ahead, edition_before=friday)
    assert [] == jobs(now, **ahead, edition_before=MONDAY)
    assert [] == jobs(now, **ahead, edition_before=MONDAY - timedelta(days=400))


@given(
    moments=st.lists(
        st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2028, 12, 31)),  # noqa: DTZ001 - made aware below
        max_size=40,
    )
)
def test_d16_whatever_the_clock_does_a_day_has_one_edition(moments):
    """D16: leap day, year end, jumps there and back: never two editions of a day."""
    made: list[date] = []
    for moment in moments:
        now = moment.replace(tzinfo=CHINA)
        last = max(made, default=None)
        before = max((day for day in made if day <= now.date()), default=None)
        if Job.MORNING in jobs(now, edition_day=last, edition_before=before):
            made.append(now.date())

    assert len(set(made)) == len(made)


def test_a_failed_morning_is_tried_three_times():
    """Half an hour apart, three a day; the next day begins anew."""
    now = at("2026-09-21T07:00")

    def tried(minutes: int, count: int):
        made = attempt(now - timedelta(minutes=minutes), count)
        return jobs(now, attempts={"morning": made})

    assert [] == tried(29, 1)
    assert [Job.MORNING] == tried(30, 2)
    assert [] == tried(30, 3)
    yesterday = {"morning": attempt(now - timedelta(days=3), 3)}
    assert [Job.MORNING] == jobs(now, attempts=yesterday)


def test_what_is_done_is_done():
    """A job that ended well today is not started again by the schedule."""
    now = at("2026-09-21T07:00")

    assert [] == jobs(now, attempts={"morning": attempt(now, done=True)})


def test_the_light_run_is_once_in_the_afternoon():
    """Where it is set, once after its time, on working days."""
    now, had = at("2026-09-21T16:30"), {"edition_day": MONDAY}

    assert [Job.LIGHT] == jobs(now, **had)
    assert [] == jobs(now - timedelta(minutes=1), **had)
    assert [] == jobs(now, attempts={"light": attempt(now)}, **had)


def test_the_alarm_is_checked_when_the_edition_is_due():
    """Once after eight; a check before eight does not count."""
    now, had = at("2026-09-21T08:00"), {"edition_day": MONDAY}

    assert [Job.ALARM] == jobs(now, alarm=None, **had)
    assert [Job.ALARM] == jobs(now, alarm=now - timedelta(hours=1), **had)
    assert [] == jobs(now + timedelta(hours=2), alarm=now, **had)


def test_a_light_run_that_failed_is_tried_again():
    """Half an hour later, as every job."""
    first = at("2026-09-21T16:30")
    tried = {"attempts": {"light": attempt(first)}, "edition_day": MONDAY}

    assert [] == jobs(first + timedelta(minutes=20), **tried)
    assert [Job.LIGHT] == jobs(first + timedelta(minutes=30), **tried)


def test_an_alarm_that_reached_nobody_is_sent_again():
    """Mail was down at eight: half an hour later it is tried again, thrice a day."""
    first, now = at("2026-09-21T08:00"), at("2026-09-21T08:30")
    had = {"edition_day": MONDAY, "alarm": first, "untold": True}

    assert [] == jobs(first, attempts={"alarm": attempt(first)}, **had)
    assert [Job.ALARM] == jobs(now, attempts={"alarm": attempt(first)}, **had)
    assert [] == jobs(now, attempts={"alarm": attempt(first, 3)}, **had)


def test_a_backup_is_due_each_night_and_after_a_night_off():
    """Every day, also on Sundays; a night off is made good next day; none twice."""
    night = at("2026-09-12T22:00")

    assert [Job.BACKUP] == jobs(night, backup=night - timedelta(days=1))
    assert [] == jobs(night + timedelta(hours=3), backup=night)
    assert [Job.BACKUP] == jobs(
        night + timedelta(hours=12), backup=night - timedelta(hours=1)
    )
    assert [Job.BACKUP] == jobs(night, backup=None)
    assert [Job.BACKUP] == jobs(night, backup=night + timedelta(days=300))
    off = ScheduleSettings.model_validate({"backup": ""})
    assert () == due_jobs(night, off, time(8), CALENDAR, Done(alarm=night))
