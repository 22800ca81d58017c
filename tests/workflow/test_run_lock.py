"""Never two runs at once; a hung one is ended by the next, and nothing else is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from workflow.run_lock import NOTE, is_running, run_lock

NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)
ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from workflow.run_lock import run_lock
limit = timedelta(minutes=45) if sys.argv[2] == "limited" else None
with run_lock(Path(sys.argv[1]), datetime(2026, 9, 21, 6, 0), limit=limit):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(data: Path, limit: str = "limited"):
    """Another process that holds the lock until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", HOLD, str(data), limit],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout.readline().strip() == b"held"
        yield process
    finally:
        process.kill()
        process.communicate()


def an_hour_later() -> float:
    return time.monotonic() + 3600


def test_d14_a_second_run_ends_at_once_and_says_since_when(tmp_path):
    """D14: while a run goes on another is refused, with the time of the first."""
    with holder(tmp_path), pytest.raises(NewsroomError, match="2026-09-21 06:00"):
        run_lock(tmp_path, NOW).__enter__()


def test_d14_a_killed_run_lets_go_by_itself(tmp_path):
    """D14: kill -9 frees the lock, whatever note was left."""
    with holder(tmp_path) as process:
        assert is_running(tmp_path)
        process.kill()
        process.wait()

        with run_lock(tmp_path, NOW) as note:
            assert note == ""
    assert not is_running(tmp_path)
    assert not (tmp_path / NOTE).exists()


def test_d15_a_hung_run_is_ended_and_the_next_goes_on(tmp_path):
    """D15: after 45 minutes the next run ends the holder and says so."""
    with (
        holder(tmp_path) as process,
        run_lock(tmp_path, NOW, tick=an_hour_later) as note,
    ):
        assert not psutil.pid_exists(process.pid)
        assert "卡住了（60 分钟），已经终止" in note


def test_d15_a_run_that_may_take_long_is_not_ended(tmp_path):
    """D15: a run that fetches old pages (--since) has no limit."""
    with holder(tmp_path, "unlimited") as process:
        with pytest.raises(NewsroomError, match="正在进行"):
            run_lock(tmp_path, NOW, tick=an_hour_later).__enter__()

        assert process.poll() is None


def test_d15_another_program_under_that_number_is_left_alone(tmp_path):
    """D15: before a process is ended its command must be that of the note."""
    with holder(tmp_path) as process:
        noted = json.loads((tmp_path / NOTE).read_text(encoding="utf-8"))
        other = noted | {"command": ["/usr/bin/other"]}
        (tmp_path / NOTE).write_text(json.dumps(other), encoding="utf-8")
        with pytest.raises(NewsroomError, match="已经是别的程序，没有动它"):
            run_lock(tmp_path, NOW, tick=an_hour_later).__enter__()

        assert process.poll() is None


@pytest.mark.skipif(sys.platform != "linux", reason="reads the open files of /proc")
def test_d15_a_holder_is_known_by_its_lock_when_the_clock_was_moved(tmp_path):
    """D15, D16: a start time that no longer fits does not hide the holder."""
    with holder(tmp_path) as process:
        noted = json.loads((tmp_path / NOTE).read_text(encoding="utf-8"))
        moved = noted | {"created": noted["created"] - 86400 * 366}
        (tmp_path / NOTE).write_text(json.dumps(moved), encoding="utf-8")

        with run_lock(tmp_path, NOW, tick=an_hour_later):
            assert not psutil.pid_exists(process.pid)


@pytest.mark.parametrize("jump", [timedelta(days=366), timedelta(days=-1)])
def test_d16_a_jump_of_the_clock_ends_no_healthy_run(tmp_path, jump):
    """D16: a run is measured by the steady clock, not by the date."""
    with holder(tmp_path) as process:
        with pytest.raises(NewsroomError, match="正在进行"):
            run_lock(tmp_path, NOW + jump).__enter__()

        assert process.poll() is None


def test_a_note_cut_off_by_a_crash_is_no_obstacle(tmp_path):
    """A half-written note is as good as none: the lock itself decides."""
    (tmp_path / NOTE).write_text('{"pid": 1, "cre', encoding="utf-8")

    with run_lock(tmp_path, NOW) as note:
        assert note == ""


def test_a_note_that_cannot_be_removed_costs_no_run(tmp_path, monkeypatch):
    """Open in another program on Windows: what was done stands, the lock is free."""
    unlink = Path.unlink

    def refuse(file, *given, **named):
        if file.name == NOTE:
            raise PermissionError(13, "in use", str(file))
        unlink(file, *given, **named)

    monkeypatch.setattr(Path, "unlink", refuse)

    with run_lock(tmp_path, NOW):
        pass

    assert not is_running(tmp_path)
    assert (tmp_path / NOTE).exists()


def test_a_hung_run_of_another_user_is_a_sentence(tmp_path, monkeypatch):
    """D15: who may not end it learns whose it is to end; it is left alone."""

    def refuse(process):
        raise psutil.AccessDenied(process.pid)

    with holder(tmp_path) as process:
        monkeypatch.setattr(psutil.Process, "terminate", refuse)

        with pytest.raises(NewsroomError, match="没有权限结束它"):
            run_lock(tmp_path, NOW, tick=an_hour_later).__enter__()

        assert process.poll() is None
