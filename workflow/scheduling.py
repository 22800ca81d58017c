"""The schedule: what is due is started as a process of its own, never two at once.

APScheduler wakes us at the times of [schedule] and every ten minutes to catch up; what
really runs is decided in ``workflow.due``. Each job is a child, so that nothing it
does can harm the schedule, and one that hangs is ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time as steady
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from config import Settings, load_settings
from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from workflow.due import Done, Job, due_jobs
from workflow.keeping import last_backup
from workflow.logbook import Logbook
from workflow.named_secrets import office_secrets
from workflow.office import Office
from workflow.office_state import Attempt, OfficeState, change_state, read_state
from workflow.run_lock import end_tree, is_busy
from workflow.watching import tell_unreadable

CATCH_UP = timedelta(minutes=10)
LATEST = timedelta(hours=6)
LOOK_EVERY = 60
JUMP = 120
MENDING = timedelta(minutes=5)  # settings are saved twice or thrice while at work
HUNG = -1
GOOD = frozenset({0, 10})
ALARMED = 20
RUNS = frozenset({Job.MORNING, Job.LIGHT})
CHECKS = frozenset({Job.ALARM, Job.LIGHT})  # they end with a check of the alarm
_TAIL = 2000
LIMITS = {
    Job.MORNING: timedelta(minutes=45),
    Job.LIGHT: timedelta(minutes=45),
    Job.ALARM: timedelta(minutes=5),
    Job.BACKUP: timedelta(hours=2),
}


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that was started: its exit code, ``HUNG`` when it had to be ended."""

    job: Job
    code: int


class Children:
    """The processes that the schedule started and that still run."""

    def __init__(self) -> None:
        self._running: set[int] = set()
        self._stopped = False

    def run(
        self, arguments: Sequence[str], folder: Path, limit: timedelta
    ) -> tuple[int, str]:
        """Run ``gonghui`` with these arguments; its exit code and last words."""
        if self._stopped:
            return HUNG, ""
        with tempfile.TemporaryFile() as words:
            child = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "workflow.cli", *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                env=_environment(),
            )
            self._running.add(child.pid)
            if self._stopped:  # just now, before it was among those that run
                _end(child.pid)
            try:
                code = child.wait(limit.total_seconds())
            except subprocess.TimeoutExpired:
                _end(child.pid)
                child.wait()
                code = HUNG
            finally:
                self._running.discard(child.pid)
            words.seek(max(0, words.seek(0, os.SEEK_END) - _TAIL))
            return code, words.read().decode("utf-8", "replace")

    def stop(self) -> None:
        """End what still runs; nothing is started any more."""
        self._stopped = True
        for pid in tuple(self._running):
            _end(pid)


Run = Callable[[Sequence[str], Path, timedelta], tuple[int, str]]


class Clerk:
    """Starts what is due; reads the settings anew each time."""

    def __init__(self, config: Path, clock: Callable[[], datetime], run: Run) -> None:
        self._config = config
        self._clock = clock
        self._run = run
        self._settings: Settings | None = None
        self._unreadable_since: datetime | None = None

    def catch_up(self) -> tuple[Ran, ...]:
        """Start whatever is due, one after the other."""
        return tuple(ran for job in Job for ran in self.start(job))

    def start(self, job: Job) -> tuple[Ran, ...]:
        """Start a job if it is due, and wait for it."""
        office = self._office()
        if office is None or job not in self._due(office):
            return ()
        log = Logbook.open(office.data, "schedule", self._clock, office_secrets(office))
        if job in RUNS and is_busy(office.data):
            log.note("waits", job=job.value)  # not counted: it is tried again soon
            return ()
        self._attempted(office, job, done=False)
        log.note("started", job=job.value)
        code = 0
        for arguments in commands(job, office.settings):
            command = [*arguments, "--config", str(office.settings.file)]
            code, words = self._run(command, office.settings.folder, LIMITS[job])
            log.note("ended", command=arguments, code=code, words=words)
            if code not in GOOD:
                break
        if job is Job.BACKUP and code not in GOOD:  # a damaged store is told at once
            command = ["alarm", "--config", str(office.settings.file)]
            self._run(command, office.settings.folder, LIMITS[Job.ALARM])
        self._ended(office, job, code)
        return (Ran(job, code),)

    def _ended(self, office: Office, job: Job, code: int) -> None:
        """Note whether a job is done for today."""
        is_told = not read_state(office.data).tell_failed
        found = code == ALARMED and job in CHECKS
        if code in GOOD or (found and (is_told or job is Job.LIGHT)):
            self._attempted(office, job, done=True)
        if found and job is Job.LIGHT and not is_told:
            # who missed it is told by the next check, without another crawl
            self._attempted(office, Job.ALARM, done=False)

    def told(self, event: JobEvent) -> None:
        """Note what the scheduler left out: one still running, one missed too long."""
        office = self._office()
        if office is None:
            return
        log = Logbook.open(office.data, "schedule", self._clock, office_secrets(office))
        names = {
            EVENT_JOB_MAX_INSTANCES: "still running",
            EVENT_JOB_MISSED: "missed",
            EVENT_JOB_ERROR: "failed",
        }
        error = getattr(event, "exception", None)
        log.note(names.get(event.code, "event"), job=event.job_id, error=error)

    def _office(self) -> Office | None:
        """The office by its settings of now; None, and told, when they are broken."""
        now = self._clock()
        try:
            self._settings = load_settings(self._config)
        except NewsroomError as error:
            since = self._unreadable_since = self._unreadable_since or now
            if self._settings is not None and now - since >= MENDING:
                tell_unreadable(Office(self._settings, now), error)
            return None
        self._unreadable_since = None
        return Office(self._settings, now)

    def _due(self, office: Office) -> tuple[Job, ...]:
        settings = office.settings
        state = read_state(office.data)
        known = Done(
            backup=last_backup(office),
            alarm=state.checked_at,
            attempts=state.attempts,
            untold=bool(state.tell_failed),
        )
        wanted = self._judge(office, settings, known)
        if Job.MORNING not in wanted:
            return wanted
        return self._judge(office, settings, _with_edition(office, known))

    @staticmethod
    def _judge(office: Office, settings: Settings, done: Done) -> tuple[Job, ...]:
        calendar = settings.rules.calendar
        return due_jobs(
            office.now, settings.schedule, settings.edition.due, calendar, done
        )

    @staticmethod
    def _attempted(office: Office, job: Job, *, done: bool) -> None:
        now = office.now.astimezone(CHINA)

        def change(state: OfficeState) -> OfficeState:
            last = state.attempts.get(job.value)
            count = last.count if last and last.day == now.date() else 0
            made = Attempt(
                day=now.date(), count=count + (not done), last=now, done=done
            )
            attempts = {**state.attempts, job.value: made}
            return state.model_copy(update={"attempts": attempts})

        with suppress(OSError):  # a full disk: the job itself must run all the same
            change_state(office.data, change)


def commands(job: Job, settings: Settings) -> tuple[list[str], ...]:
    """The commands of a job."""
    planned = f"{settings.schedule.morning:%H:%M}"
    return {
        Job.MORNING: (["morning", "--planned", planned],),
        Job.LIGHT: (["crawl"], ["alarm"]),
        Job.ALARM: (["alarm"],),
        Job.BACKUP: (["backup", "--nightly"], ["links"]),
    }[job]


def arrange(
    scheduler: BaseScheduler, settings: Settings, clerk: Clerk, now: datetime
) -> None:
    """Put the jobs on a scheduler: each at its time, a catch-up every ten minutes."""
    common: dict[str, Any] = {
        "coalesce": True,
        "max_instances": 1,
        "misfire_grace_time": int(LATEST.total_seconds()),
        "replace_existing": True,
    }
    scheduler.configure(
        timezone=CHINA,
        executors={"default": ThreadPoolExecutor(1), "alarm": ThreadPoolExecutor(1)},
    )
    times = {
        Job.MORNING: settings.schedule.morning,
        Job.LIGHT: settings.schedule.light,
        Job.ALARM: settings.edition.due,
        Job.BACKUP: settings.schedule.backup,
    }
    for job, moment in times.items():
        if moment is not None:
            scheduler.add_job(
                clerk.start,
                CronTrigger(hour=moment.hour, minute=moment.minute, timezone=CHINA),
                args=[job],
                id=job.value,
                executor="alarm" if job is Job.ALARM else "default",
                **common,
            )
    every = IntervalTrigger(seconds=int(CATCH_UP.total_seconds()), timezone=CHINA)
    scheduler.add_job(clerk.catch_up, every, id="catch-up", next_run_time=now, **common)
    scheduler.add_listener(
        clerk.told, EVENT_JOB_MAX_INSTANCES | EVENT_JOB_MISSED | EVENT_JOB_ERROR
    )


def follow_clock(
    scheduler: BaseScheduler,
    stop: threading.Event,
    clock: Callable[[], datetime],
    tick: Callable[[], float] = steady.monotonic,
) -> None:
    """Set the jobs anew when the wall clock was moved, until stopped.

    A scheduler sleeps until a time of day; set back by a year, it would sleep a year.
    """
    before = clock().timestamp() - tick()
    while not stop.wait(LOOK_EVERY):
        after = clock().timestamp() - tick()
        if abs(after - before) > JUMP:
            for job in scheduler.get_jobs():
                scheduler.reschedule_job(job.id, trigger=job.trigger)
            scheduler.modify_job("catch-up", next_run_time=clock())
        before = after


def _with_edition(office: Office, done: Done) -> Done:
    if not (office.data / "store.sqlite3").exists():
        return done
    try:
        with office.store() as store:
            last = store.editions(limit=1)
            before = store.last_edition(office.now.date() + timedelta(days=1))
    except NewsroomError:
        return done  # the run itself will say what is wrong with the store
    return replace(
        done,
        edition_day=last[0].day if last else None,
        edition_before=before.day if before else None,
    )


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parent.parent)
    paths = filter(None, [root, os.environ.get("PYTHONPATH", "")])
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _end(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        end_tree(psutil.Process(pid))
