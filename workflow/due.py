"""What is due now: decided from the time, the schedule and what was done, nothing else.

The same decision serves the daemon, a start after a night off, and cron: whatever
starts it, a job runs once for its time, and a missed one runs late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.calendars import is_working_day
from newsroom.editions import LATELY
from newsroom.rules import Calendar
from workflow.office_state import Attempt

if TYPE_CHECKING:
    from config import ScheduleSettings

MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=30)


class Job(Enum):
    """What the schedule starts; the value is the job's name in data/state.json."""

    MORNING = "morning"
    LIGHT = "light"
    ALARM = "alarm"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done so far.

    ``edition_day`` is the day of the last edition, ``edition_before`` that of the last
    one up to now; the times are of the last good
    backup and the last check of the alarm; ``untold`` says that what this check found
    reached nobody.
    """

    edition_day: date | None = None
    edition_before: date | None = None
    backup: datetime | None = None
    alarm: datetime | None = None
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    untold: bool = False


def due_jobs(
    now: datetime,
    schedule: ScheduleSettings,
    due: time,
    calendar: Calendar,
    done: Done,
) -> tuple[Job, ...]:
    """The jobs that should run now, in order; empty when all is done."""
    local = now.astimezone(CHINA)
    works = is_working_day(local.date(), calendar)
    judged = {
        Job.MORNING: works and _morning_due(local, schedule, done),
        Job.LIGHT: works and _light_due(local, schedule),
        Job.ALARM: works and _alarm_due(local, due, done),
        Job.BACKUP: _backup_due(local, schedule, done),
    }
    return tuple(job for job in Job if judged[job] and may_try(job, local, done))


def may_try(job: Job, now: datetime, done: Done) -> bool:
    """A job that fails is tried again after half an hour, three times a day."""
    last = done.attempts.get(job.value)
    if last is None or last.day != now.astimezone(CHINA).date():
        return True
    if last.done:
        return False
    return last.count < MOST_ATTEMPTS and abs(now - last.last) >= RETRY_AFTER


def _morning_due(now: datetime, schedule: ScheduleSettings, done: Done) -> bool:
    return now.time() >= schedule.morning and not _has_edition(now.date(), done)


def _has_edition(today: date, done: Done) -> bool:
    """Whether the day has had its edition, as far as the clock can be believed.

    A later edition means that the clock is behind, or that it was ahead once: where
    the office has worked lately by this date, the date is right.
    """
    if done.edition_day is None or done.edition_day <= today:
        return done.edition_day == today
    before = done.edition_before
    return before is None or before == today or today - before > LATELY


def _light_due(now: datetime, schedule: ScheduleSettings) -> bool:
    return schedule.light is not None and now.time() >= schedule.light


def _alarm_due(now: datetime, due: time, done: Done) -> bool:
    moment = datetime.combine(now.date(), due, CHINA)
    had = done.alarm is not None and moment <= done.alarm <= now
    return now >= moment and (done.untold or not had)


def _backup_due(now: datetime, schedule: ScheduleSettings, done: Done) -> bool:
    if schedule.backup is None:
        return False
    moment = datetime.combine(now.date(), schedule.backup, CHINA)
    if now < moment:
        moment -= timedelta(days=1)
    # A backup from the future was made under a wrong clock and does not count.
    return done.backup is None or not moment <= done.backup <= now
