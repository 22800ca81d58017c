"""A data folder on a shared disk: another computer's run, and disks without locks."""

from __future__ import annotations

import errno
import json
import os
import sys
import time
from contextlib import ExitStack

import pytest

from tests.workflow.test_run_lock import NOW, holder
from workflow.cli import run
from workflow.run_lock import LOCK, NOTE, RunBusy, is_busy, run_lock


def years_later() -> float:
    """The steady clock of a computer that has run for years longer."""
    return time.monotonic() + 1e8


@pytest.fixture
def elsewhere(tmp_path):
    """A run that goes on on another computer, and its process here."""
    with ExitStack() as stack:
        process = stack.enter_context(holder(tmp_path))
        noted = json.loads((tmp_path / NOTE).read_text(encoding="utf-8"))
        other = noted | {"place": "another start", "host": "二楼电脑"}
        (tmp_path / NOTE).write_text(json.dumps(other), encoding="utf-8")
        yield process


def test_d15_a_run_of_another_computer_is_named_and_not_ended(tmp_path, elsewhere):
    """D15: its number and its steady clock mean nothing here, whatever they are."""
    with pytest.raises(RunBusy, match="在另一台电脑“二楼电脑”上"):
        run_lock(tmp_path, NOW, tick=years_later).__enter__()

    assert elsewhere.poll() is None


def test_d14_the_schedule_waits_for_a_run_of_another_computer(tmp_path, elsewhere):
    """D14: it is at work, so that no try of the day is used up."""
    assert is_busy(tmp_path, years_later)
    assert elsewhere.poll() is None


def test_a_note_of_an_older_program_still_tells_who_hangs(tmp_path):
    """A run that began before the program was renewed is measured as before."""
    with holder(tmp_path) as process:
        noted = json.loads((tmp_path / NOTE).read_text(encoding="utf-8"))
        old = {key: noted[key] for key in noted if key not in {"place", "host"}}
        (tmp_path / NOTE).write_text(json.dumps(old), encoding="utf-8")

        with run_lock(tmp_path, NOW, tick=years_later) as note:
            assert "已经终止" in note
        assert process.wait(timeout=60) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="flock is of Unix")
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_d14_a_disk_without_locks_is_said_and_not_begun(
    office, monkeypatch, capsys, number
):
    """D14: no run without a lock, no false word of another run, no traceback."""
    import fcntl

    def refuse(_file: int, _how: int) -> None:
        raise OSError(number, os.strerror(number))

    office.data.mkdir(parents=True, exist_ok=True)
    (office.data / LOCK).touch()
    monkeypatch.setattr(fcntl, "flock", refuse)

    code = run(["build", "-c", str(office.settings.file)])

    said = capsys.readouterr().err
    assert 1 == code
    assert "不支持文件锁" in said
    assert "[store] folder" in said
    assert "正在进行" not in said
