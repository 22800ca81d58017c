"""The schedule when its settings are broken under it, and when it is stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from newsroom.article import CHINA
from workflow.due import Job
from workflow.logbook import FOLDER
from workflow.office_state import read_state
from workflow.scheduling import HUNG, Children, Clerk
from workflow.watching import SETTINGS

NOW = datetime(2026, 9, 21, 9, 2, tzinfo=CHINA)


class Started(list):
    """Stands for the children: keeps what was started."""

    def __call__(self, arguments, _folder, _limit):
        self.append(arguments[0])
        return 0, ""


@pytest.fixture
def sent(monkeypatch):
    """The messages, sent to somebody whom [alarm] names."""
    texts = []
    monkeypatch.setattr("workflow.watching.can_tell", lambda _: True)
    monkeypatch.setattr(
        "workflow.watching.tell", lambda _office, _subject, text: texts.append(text)
    )
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
