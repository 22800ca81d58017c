"""The schedule at work: real children, real APScheduler, hung and missed runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES
from apscheduler.schedulers.background import BackgroundScheduler

from config import load_settings
from newsroom.article import CHINA
from workflow import clock
from workflow.cli import run
from workflow.due import Job
from workflow.logbook import read_log
from workflow.office import Office
from workflow.office_state import OfficeState, change_state, read_state
from workflow.run_lock import run_lock
from workflow.scheduling import (
    HUNG,
    Children,
    Clerk,
    Ran,
    arrange,
    commands,
    follow_clock,
)

NOW = datetime(2026, 9, 21, 9, 2, tzinfo=CHINA)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def quiet_config(config_file):
    """An office whose only source on the web is paused."""
    text = config_file.read_text(encoding="utf-8")
    text = text.replace("urls = [", "enabled = false\nurls = [")
    config_file.write_text(text, encoding="utf-8")
    return config_file


@dataclass
class Fake:
    """Stands for the children: keeps what was started and ends as it is told."""

    codes: dict[str, int] = field(default_factory=dict)
    started: list[str] = field(default_factory=list)

    def __call__(self, arguments, _folder, _limit):
        self.started.append(arguments[0])
        return self.codes.get(arguments[0], 0), "words"


def test_d17_a_late_start_makes_the_edition_and_says_so(quiet_config):
    """D17: a real child at 09:02 makes the edition of the day, marked late, once."""
    children = Children()

    def at_nine(arguments, folder, limit):
        return children.run([*arguments, "--as-of", "2026-09-21T09:02"], folder, limit)

    clerk = Clerk(quiet_config, lambda: NOW, at_nine)
    first = clerk.start(Job.MORNING)
    second = clerk.start(Job.MORNING)

    assert (Ran(Job.MORNING, 0),) == first
    assert () == second
    office = Office(load_settings(quiet_config), NOW)
    with office.store() as store:
        (edition,) = store.editions()
        report = store.latest_report()
    assert NOW.date() == edition.day
    assert any("应在 06:00 开始，09:02 才开始" in note for note in report.notes)


def test_a_day_is_done_in_order_and_once(quiet_config):
    """Catching up starts what is due, one after the other; again it starts nothing."""
    fake = Fake()
    clerk = Clerk(quiet_config, lambda: NOW, fake)
    clerk.catch_up()
    again = [ran.job for ran in clerk.catch_up()]

    assert ["morning", "alarm", "backup", "links"] == fake.started
    assert [] == again


def test_a_failed_run_is_tried_again_and_no_more_than_thrice(quiet_config):
    """D15: each half hour one more, three in all; state and log tell of it."""
    fake, now = Fake({"morning": 1}), [NOW]
    clerk = Clerk(quiet_config, lambda: now[0], fake)
    for _ in range(20):
        clerk.start(Job.MORNING)
        now[0] += timedelta(minutes=10)

    data = quiet_config.parent / "data"
    assert 3 == len(fake.started)
    assert 3 == read_state(data).attempts["morning"].count
    logs = [read_log(file) for file in sorted((data / "logs").iterdir())]
    assert [("started", "ended")] * 3 == [
        tuple(event["event"] for event in events) for events in logs
    ]
    assert "words" == logs[0][1]["words"]


def test_losses_are_no_failure_and_an_alarm_has_done_its_work(quiet_config):
    """Exit code 10 and a raised alarm (20) are not tried again."""
    fake = Fake({"morning": 10, "alarm": 20})
    clerk = Clerk(quiet_config, lambda: NOW, fake)
    clerk.catch_up()
    clerk.catch_up()

    assert ["morning", "alarm", "backup", "links"] == fake.started


def test_a_run_that_finds_another_at_work_waits_its_turn(quiet_config):
    """D14: a long backfill uses up none of the three tries; after it the run starts."""
    fake, now = Fake(), [NOW]
    clerk = Clerk(quiet_config, lambda: now[0], fake)
    data = quiet_config.parent / "data"
    with run_lock(data, NOW, limit=None):
        for _ in range(12):
            assert () == clerk.start(Job.MORNING)
            now[0] += timedelta(minutes=10)
    after = clerk.start(Job.MORNING)

    assert (Ran(Job.MORNING, 0),) == after
    assert ["morning"] == fake.started
    assert 1 == read_state(data).attempts["morning"].count


def test_d15_a_run_that_finds_a_hung_one_starts_and_ends_it(quiet_config):
    """D15: it is not waited for: the child that starts ends it."""
    fake = Fake()
    with run_lock(quiet_config.parent / "data", NOW, limit=timedelta(0)):
        Clerk(quiet_config, lambda: NOW, fake).start(Job.MORNING)

    assert ["morning"] == fake.started


def test_an_alarm_that_could_not_be_told_is_not_done(quiet_config):
    """Code 20 with a message that failed, or any other code, is tried again."""
    for failed, code, wanted in (("", 20, True), ("邮件", 20, False), ("", 1, False)):
        data = quiet_config.parent / "data"
        change_state(data, lambda s, f=failed: OfficeState(tell_failed=f))
        Clerk(quiet_config, lambda: NOW, Fake({"alarm": code})).start(Job.ALARM)

        assert wanted == read_state(data).attempts["alarm"].done


def test_a_failed_backup_is_followed_by_the_alarm(quiet_config):
    """D35: a store found damaged in the night is told at once, not in three days."""
    fake = Fake({"backup": 1})
    Clerk(quiet_config, lambda: NOW, fake).start(Job.BACKUP)

    assert ["backup", "alarm"] == fake.started


def test_the_light_run_crawls_and_checks(quiet_config):
    """At half past four: only the crawl, then the alarm."""
    settings = load_settings(quiet_config)

    assert (["crawl"], ["alarm"]) == commands(Job.LIGHT, settings)
    assert ["morning", "--planned", "06:00"] in commands(Job.MORNING, settings)


def test_a_child_tells_its_code_and_its_last_words(tmp_path):
    """The code and the words of a real child come back, for the log."""
    code, words = Children().run(["nonsense"], tmp_path, timedelta(seconds=60))

    assert 2 == code
    assert "没有「nonsense」这个命令" in words


def test_d15_a_child_that_hangs_is_ended(tmp_path):
    """D15: beyond its limit a child is ended, and the schedule goes on."""
    code, _ = Children().run(["--help"], tmp_path, timedelta(0))

    assert HUNG == code


def test_d14_a_second_run_beside_the_schedule_is_refused(quiet_config):
    """D14: while a run by hand holds the lock, the child ends at once and says why."""
    office = Office(load_settings(quiet_config), NOW)
    children = Children()
    with run_lock(office.data, NOW):
        code, words = children.run(
            ["morning", "-c", str(quiet_config), "--as-of", "2026-09-21"],
            tmp := quiet_config.parent,
            timedelta(seconds=60),
        )

    assert tmp.is_dir()
    assert 1 == code
    assert "已有一次运行正在进行" in words


class Waiting:
    """A clerk whose jobs wait until they are let go."""

    def __init__(self) -> None:
        self.begun, self.go, self.count = threading.Event(), threading.Event(), 0
        self.events = []

    def start(self, _job):
        self.catch_up()

    def catch_up(self):
        self.count += 1
        self.begun.set()
        self.go.wait(120)

    def told(self, event):
        self.events.append(event.code)


@pytest.fixture
def scheduler(quiet_config):
    """A real scheduler with our jobs; its own clock is the machine's."""
    made = BackgroundScheduler()
    clerk = Waiting()
    arrange(made, load_settings(quiet_config), clerk, clock.now())
    for job in made.get_jobs():
        if job.id != "catch-up":
            job.remove()
    yield made, clerk
    clerk.go.set()
    if made.running:
        made.shutdown(wait=True)


def ended(made, code: int) -> threading.Event:
    seen = threading.Event()
    made.add_listener(lambda _: seen.set(), code)
    return seen


def test_d17_apscheduler_runs_what_was_missed_once(scheduler):
    """D17: two hours late and twelve times due, it runs once; the default drops it."""
    made, clerk = scheduler
    done = ended(made, EVENT_JOB_EXECUTED)
    clerk.go.set()
    made.modify_job("catch-up", next_run_time=clock.now() - timedelta(hours=2))
    made.start()

    assert done.wait(120)
    assert 1 == clerk.count


def test_d18_a_run_that_overlaps_the_next_is_not_doubled(scheduler):
    """D18: while one runs the next is left out, and it is noted."""
    made, clerk = scheduler
    left_out = ended(made, EVENT_JOB_MAX_INSTANCES)
    made.start()
    assert clerk.begun.wait(120)
    made.modify_job("catch-up", next_run_time=clock.now())

    assert left_out.wait(120)
    assert 1 == clerk.count
    assert EVENT_JOB_MAX_INSTANCES in clerk.events


def test_what_the_scheduler_leaves_out_is_in_the_log(quiet_config):
    """D18: the overlap stands in data/logs under the job's name."""
    clerk = Clerk(quiet_config, lambda: NOW, Fake())

    @dataclass
    class Event:
        code: int
        job_id: str

    clerk.told(Event(EVENT_JOB_MAX_INSTANCES, "catch-up"))

    (file,) = (quiet_config.parent / "data" / "logs").iterdir()
    (event,) = read_log(file)
    assert ("still running", "catch-up") == (event["event"], event["job"])


def test_d16_a_clock_set_back_does_not_put_the_schedule_to_sleep(
    scheduler, monkeypatch
):
    """D16: when the wall clock jumps, the jobs are set anew, the catch-up is due."""
    made, clerk = scheduler
    clerk.go.set()
    ran = ended(made, EVENT_JOB_EXECUTED)
    made.modify_job("catch-up", next_run_time=clock.now() + timedelta(days=366))
    made.start()
    stop, real = threading.Event(), clock.now()
    ticks = iter([1000.0, 1000.0 + 366 * 86400.0])
    monkeypatch.setattr("workflow.scheduling.LOOK_EVERY", 0.01)

    def tick() -> float:
        try:
            return next(ticks)
        except StopIteration:
            stop.set()
            return 1000.0 + 366 * 86400.0

    follow_clock(made, stop, lambda: real, tick)

    assert ran.wait(120)
    assert 1 == clerk.count


def test_the_jobs_stand_at_the_times_of_the_settings(quiet_config):
    """Beijing time whatever the machine's zone, one catch-up each ten minutes."""
    made = BackgroundScheduler()
    settings = load_settings(quiet_config)
    arrange(made, settings, Waiting(), NOW)
    triggers = {job.id: str(job.trigger) for job in made.get_jobs()}

    assert {"morning", "alarm", "backup", "catch-up"} == triggers.keys()
    assert "hour='6', minute='0'" in triggers["morning"]
    assert "hour='8', minute='0'" in triggers["alarm"]
    assert "Asia/Shanghai" in str(made.timezone)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_d08_the_schedule_stops_clean_and_only_one_runs(quiet_config, capfd):
    """D08: a second schedule is refused; SIGTERM ends the first in ten seconds."""
    first = subprocess.Popen(
        [sys.executable, "-m", "workflow.cli", "schedule", "-c", quiet_config],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert "值守中：早晨 06:00" in first.stdout.readline().decode()
        refused = run(["schedule", "-c", str(quiet_config)])
        quiet = run(["schedule", "--once-due", "-c", str(quiet_config)])
        began = time.monotonic()
        first.send_signal(signal.SIGTERM)
        shown, _ = first.communicate(timeout=60)
        took = time.monotonic() - began
    finally:
        first.kill()
        first.wait()

    assert (1, 0) == (refused, quiet)
    assert "只要开一个" in capfd.readouterr().err
    assert took < 10
    assert "值守已停止" in shown.decode()
