"""A store that a disk spoils in silence: found at night, told, good backups kept."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from story_store.faults import StoreBroken
from story_store.wholeness import DATABASE
from tests.workflow.lively import NO_SITES
from workflow.alarming import DAMAGED, UNOPENED, check_office
from workflow.backing_up import own_backups
from workflow.cli import run
from workflow.keeping import do_night
from workflow.morning import run_morning
from workflow.office_state import read_state


def unchanged_outside(file: Path, data: bytes) -> None:
    """Write other bytes under the same size, time and number, as decay does."""
    before = file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def spoilt_page(file: Path) -> bytes:
    """The database with the page of one table gone to noise."""
    data = bytearray(file.read_bytes())
    place = data.index(b"0001_initial") // 4096 * 4096
    data[place : place + 4096] = b"\xa5" * 4096
    return bytes(data)


def spoilt_index(file: Path) -> bytes:
    """The database with an index that misses a row: only the full check sees it."""
    with closing(sqlite3.connect(file)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index'"
            " AND tbl_name = 'submission' AND sql IS NULL"
        ).fetchone()
    data = bytearray(file.read_bytes())
    page = (root - 1) * 4096
    cells = int.from_bytes(data[page + 3 : page + 5])
    data[page + 3 : page + 5] = (cells - 1).to_bytes(2)
    return bytes(data)


@pytest.mark.parametrize("spoil", [spoilt_page, spoilt_index])
def test_d21_damage_in_silence_is_found_by_the_nightly_backup(lively, spoil, capsys):
    """D21: no backup of it, none of the good ones goes; state and alarm tell."""
    office = lively.office
    for night in range(3):
        do_night(replace(office, now=office.now + timedelta(days=night)))
    good = own_backups(office)
    file = office.data / DATABASE
    unchanged_outside(file, spoil(file))

    tonight = replace(office, now=office.now + timedelta(days=3))
    with pytest.raises(StoreBroken, match="已损坏"):
        do_night(tonight)

    assert good == own_backups(office)
    state = read_state(office.data)
    assert state.store_damaged is not None
    assert "已损坏" in state.store_damaged.sentence
    causes = {one.cause for one in check_office(tonight)}
    assert causes & {UNOPENED, DAMAGED}
    arguments = ["-c", str(office.settings.file), "--as-of", "2026-09-24T22:10"]
    assert 20 == run(["alarm", *arguments])
    assert "gonghui restore" in capsys.readouterr().out


def test_d21_the_report_tells_of_damage_that_the_night_found(lively):
    """D21: where the store still opens, the morning's page says it in red."""
    office = lively.office
    file = office.data / DATABASE
    whole = file.read_bytes()
    unchanged_outside(file, spoilt_index(file))
    with pytest.raises(StoreBroken):
        do_night(office)
    unchanged_outside(file, whole)  # the morning reads what is left of it

    morning = replace(office, now=office.now + timedelta(days=1))
    result = run_morning(morning, NO_SITES, clock=lambda: morning.now)

    assert any(n.startswith("🔴 告警：夜间核对") for n in result.report.notes)
    do_night(morning)
    assert read_state(office.data).store_damaged is None
    assert DAMAGED not in [one.cause for one in check_office(morning)]
