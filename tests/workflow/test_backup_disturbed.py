"""Backups that are killed, made twice at once, or made under a wrong clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from newsroom.errors import NewsroomError
from workflow.alarming import check_office
from workflow.backing_up import make_backup, own_backups, prune_backups
from workflow.keeping import do_night, keep_backup, last_backup
from workflow.office_state import read_state
from workflow.rehearsing import PREFIX, rehearse

DAY = timedelta(days=1)


def days_later(office, days):
    return replace(office, now=office.now + days * DAY)


def test_d40_what_a_killed_backup_left_goes_with_the_next(lively):
    """D40: half a copy of the store with its names does not lie about for ever."""
    folder = lively.office.data / "backups"
    folder.mkdir(exist_ok=True)
    left = [
        folder / f".gonghui-20260901-220000.zip{ending}"
        for ending in (".part", ".store")
    ]
    left.append(folder / "..gonghui-20260901-220000.zip.store.part")
    kept = folder / "gonghui-20260902-220000.zip"
    for file in (*left, kept):
        file.write_bytes(b"half")

    made = make_backup(lively.office)

    assert {made.file, kept} == set(folder.iterdir())


def test_d40_what_a_killed_drill_left_goes_with_the_next(lively):
    """D40: a whole office restored aside is removed when its drill was cut short."""
    office = lively.office
    left = office.data / f"{PREFIX}abcd" / "office"
    left.mkdir(parents=True)
    (left / "config.toml").write_text("", encoding="utf-8")

    done = rehearse(office, make_backup(office).file)

    assert done.ok, done.sentence
    assert not list(office.data.glob(f"{PREFIX}*"))


def test_d14_two_backups_are_never_made_at_once(lively):
    """D14: the second says so, and leaves alone what the first is writing."""
    office = lively.office
    writing = office.data / "backups" / ".gonghui-20260921-060000.zip.part"
    writing.parent.mkdir(exist_ok=True)
    writing.write_bytes(b"half")
    with (
        FileLock(office.data / "backup.lock"),
        pytest.raises(NewsroomError, match="正在进行"),
    ):
        make_backup(office)

    assert writing.is_file()


def test_d16_a_clock_set_back_does_not_cost_the_new_backup(lively):
    """D16: it seems the oldest of all, and is kept; one of the others goes."""
    office = lively.office
    for night in range(14):
        keep_backup(days_later(office, night))
    back = days_later(office, -2000)

    made = do_night(back).backup

    assert made.file.is_file()
    assert 14 == len(own_backups(office))
    assert back.now == last_backup(back)


def test_d35_a_backup_of_the_future_hides_no_silence(lively):
    """D35: one made while the clock was ahead counts for no day before its own."""
    office = lively.office
    keep_backup(office)
    keep_backup(days_later(office, 900))
    now = days_later(office, 5)

    assert office.now == last_backup(now)
    assert "最近一次备份是 5 天前" in next(
        one.sentence for one in check_office(now) if one.cause == "backup"
    )


def test_d16_a_drill_of_the_future_does_not_end_the_drills(lively):
    """D16: the next night rehearses again when the last one lies ahead."""
    office = lively.office
    do_night(days_later(office, 900))

    assert do_night(office).rehearsal is not None
    assert office.now == read_state(office.data).rehearsal.at


def test_an_old_backup_that_cannot_go_costs_no_night(office, monkeypatch):
    """Open in another program: the others go, and the night's work goes on."""
    folder = office.data / "backups"
    folder.mkdir(parents=True)
    for day in range(1, 17):
        (folder / f"gonghui-202608{day:02}-220000.zip").touch()
    unlink = Path.unlink

    def refuse(file, *given, **named):
        if "20260801" in file.name:
            raise PermissionError(13, "in use", str(file))
        unlink(file, *given, **named)

    monkeypatch.setattr(Path, "unlink", refuse)

    removed = prune_backups(office)

    assert 1 == removed
    assert 15 == len(own_backups(office))
