"""The schedule when its settings are broken under it, and when it is stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from newsroom.article import CHINA
from workflow.due import Job
from workflow.logbook import FOLDER
from workflow.office_state import OfficeState, change_state, read_state
from workflow.scheduling import HUNG, Children, Clerk, Ran
from workflow.telling import Sent
from workflow.watching import SETTINGS

NOW = datetime(2026, 9, 21, 9, 2, tzinfo=CHINA)


class Started(list):
    """Stands for the children: keeps what was started."""

    def __call__(self, arguments, _folder, _limit):
        self.append(arguments[0])
        return 0, ""


class Alarmed(Started):
    """Children of an office where something is wrong."""

    def __call__(self, arguments, folder, limit):
        super().__call__(arguments, folder, limit)
        return (20 if arguments[0] == "alarm" else 0), ""


@pytest.fixture
def sent(monkeypatch):
    """The messages, sent to somebody whom [alarm] names."""
    texts = []

    def send(_office, _subject, text):
        texts.append(text)
        return Sent(reached=True, failures=())

    monkeypatch.setattr("workflow.watching.send_message", send)
    return texts


def test_settings_that_cannot_be_read_are_told_once_a_day(config_file, sent):
    """D39: nothing can run then, and somebody must know: by the settings before."""
    whole = config_file.read_text(encoding="utf-8")
    now, started = [NOW], Started()
    clerk = Clerk(config_file, lambda: now[0], started)
    clerk.start(Job.ALARM)
    config_file.write_text(whole.replace('name = "枝', "name = “枝"), encoding="utf-8")
    for _ in range(12):
        assert () == clerk.catch_up()
        now[0] += timedelta(minutes=10)
    data = config_file.parent / "data"

    (message,) = sent
    assert "config.toml" in message
    assert "第 3 行" in message
    (alarm,) = read_state(data).alarms
    assert SETTINGS == alarm.cause
    assert ["alarm"] == started

    config_file.write_text(whole, encoding="utf-8")
    clerk.start(Job.MORNING)
    assert ["alarm", "morning"] == started


def test_settings_that_are_just_being_saved_raise_no_alarm(config_file, sent):
    """Half saved for a minute is daily life."""
    whole = config_file.read_text(encoding="utf-8")
    clerk = Clerk(config_file, lambda: NOW, Started())
    clerk.start(Job.ALARM)
    config_file.write_text(whole[:-40], encoding="utf-8")
    clerk.start(Job.MORNING)
    config_file.write_text(whole, encoding="utf-8")
    clerk.start(Job.MORNING)

    assert [] == sent


def test_d08_a_stopped_schedule_starts_nothing_more(tmp_path):
    """D08: what was due after the job that was ended is left to the next start."""
    children = Children()
    children.stop()

    assert (HUNG, "") == children.run(["doctor"], tmp_path, timedelta(seconds=60))
    assert not (tmp_path / FOLDER).exists()


def test_a_light_run_that_finds_an_alarm_does_not_crawl_again(config_file):
    """An alarm is no failure of the crawl; one that reached nobody is checked again."""
    with config_file.open("a", encoding="utf-8") as settings:
        settings.write('\n[schedule]\nlight = "16:30"\n')
    for failed, wanted in (("", []), ("邮件", ["alarm"])):
        started, now = Alarmed(), [NOW.replace(hour=16, minute=31)]
        checked = OfficeState(tell_failed=failed, checked_at=now[0])
        change_state(config_file.parent / "data", lambda _, state=checked: state)
        clerk = Clerk(config_file, lambda at=now: at[0], started)
        assert (Ran(Job.LIGHT, 20),) == clerk.start(Job.LIGHT)
        now[0] += timedelta(minutes=40)
        for job in (Job.LIGHT, Job.ALARM):
            clerk.start(job)

        assert ["crawl", "alarm", *wanted] == started
