"""Opening: made, migrated after a copy, or refused with advice; never emptied."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from newsroom.errors import NewsroomError
from story_store.faults import StoreBroken, StoreBusy, StoreTooNew
from story_store.models import StoryRow
from story_store.opening import APP, check_sound
from story_store.setup import configure, release
from story_store.store import Store
from story_store.wholeness import CHECKED, DATABASE


@pytest.fixture
def closed(tmp_path, make):
    """The folder of a store that has a story and was closed."""
    folder = tmp_path / "closed"
    with Store.open(folder, now=make.now) as store:
        store.save_story(make.story(), [])
    return folder


def test_the_connection_is_set_as_the_architecture_says(store):
    """Rollback journal, EXTRA sync, foreign keys, immediate transactions, 20 s."""
    with connections[store.alias].cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert found == ["delete", 3, 1, 20000]
    assert connections[store.alias].transaction_mode == "IMMEDIATE"


def test_a_store_opened_again_has_what_it_had(closed, make):
    """Closing and opening loses nothing, and makes no backup without need."""
    with Store.open(closed, now=make.now) as store:
        assert len(store.stories()) == 1
    assert not (closed / "backups").exists()


@pytest.mark.parametrize("harm", ["touched", "not noted", "note cut", "journal"])
def test_a_store_is_read_whole_where_it_may_have_changed(
    closed, make, monkeypatch, harm
):
    """As it was closed it is opened at once; else it is checked before use."""
    asked = []
    connect = sqlite3.connect
    monkeypatch.setattr(
        "story_store.opening.sqlite3.connect",
        lambda *args, **more: asked.append(args) or connect(*args, **more),
    )
    with Store.open(closed, now=make.now):
        assert not asked
    if harm == "touched":
        os.utime(closed / DATABASE, ns=(1, 1))
    elif harm == "not noted":
        (closed / CHECKED).unlink()
    elif harm == "note cut":
        (closed / CHECKED).write_bytes(b"\xff")
    else:
        Path(f"{closed / DATABASE}-journal").touch()

    with Store.open(closed, now=make.now) as store:
        assert len(store.stories()) == 1
    assert asked


def test_a_closed_store_leaves_django_usable(closed, make):
    """After the last store is closed rows can still be made, and a store opened."""
    StoryRow()

    with Store.open(closed, now=make.now) as store:
        assert len(store.stories()) == 1


def test_two_stores_are_open_at_once(tmp_path, make):
    """The demo's store and the office's never mix."""
    with (
        Store.open(tmp_path / "a", now=make.now) as one,
        Store.open(tmp_path / "b", now=make.now) as two,
    ):
        one.save_story(make.story(), [])

        assert (len(one.stories()), len(two.stories())) == (1, 0)


def test_d21_an_older_store_is_migrated_after_a_copy(tmp_path, make):
    """A store of the first version gets the later tables; the old file is kept."""
    folder = tmp_path / "older"
    folder.mkdir()
    alias = configure(folder / DATABASE)
    MigrationExecutor(connections[alias]).migrate([(APP, "0001_initial")])
    release(alias)

    with Store.open(folder, now=make.now) as store:
        assert store.submissions() == ()

    (copy,) = (folder / "backups").iterdir()
    assert copy.name == "store-20261122-070000-before-upgrade.sqlite3"
    with closing(sqlite3.connect(copy)) as old:
        tables = {row[0] for row in old.execute("SELECT name FROM sqlite_master")}
    assert "story" in tables
    assert "submission" not in tables


def test_d21_a_newer_store_is_refused_with_advice(closed, make):
    """A store that a newer version wrote is left alone."""
    with closing(sqlite3.connect(closed / DATABASE)) as connection, connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('story_store', '9999_future', '2030-01-01')"
        )

    with pytest.raises(StoreTooNew, match="请升级程序"):
        Store.open(closed, now=make.now)


@pytest.mark.parametrize("start", [0, 40])
def test_d21_a_broken_store_is_refused_and_left_as_it_is(closed, make, start):
    """D21: a damaged file is never replaced by an empty one."""
    file = closed / DATABASE
    damaged = bytearray(file.read_bytes())
    damaged[start : start + 8000] = b"\xff" * 8000
    file.write_bytes(damaged)

    with pytest.raises(StoreBroken, match="已损坏"):
        Store.open(closed, now=make.now)
    assert damaged == file.read_bytes()


def decay(database: Path) -> None:
    """Change a row's bytes as a bad disk does: size, time and number stay."""
    before = database.stat()
    data = bytearray(database.read_bytes())
    place = data.index(b"0001_initial")
    data[place - 200 : place] = bytes(200)
    database.write_bytes(data)
    os.utime(database, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_d21_damage_that_changes_no_size_and_time_is_found_by_reading_all(closed, make):
    """D21: opening trusts its note; the whole check finds it, and then opening too."""
    check_sound(closed)
    decay(closed / DATABASE)
    damaged = (closed / DATABASE).read_bytes()

    with pytest.raises(StoreBroken, match="已损坏"):
        check_sound(closed)
    with pytest.raises(StoreBroken, match="已损坏"):
        Store.open(closed, now=make.now)
    assert damaged == (closed / DATABASE).read_bytes()


def test_a_store_that_cannot_be_read_now_is_not_called_damaged(
    closed, make, monkeypatch
):
    """Another program holds it: come back later, no advice to restore a backup."""
    monkeypatch.setattr("story_store.opening.PATIENCE", 0)
    (closed / CHECKED).unlink()
    with closing(sqlite3.connect(closed / DATABASE)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StoreBusy, match="现在打不开"):
            Store.open(closed, now=make.now)


@pytest.mark.parametrize("emptied", [False, True])
def test_d21_a_store_that_is_gone_is_not_started_anew(closed, make, emptied):
    """D21: where pictures or backups are left, a missing file is an error."""
    with Store.open(closed, now=make.now) as store:
        store.keep_picture(b"picture", "jpg")
    file = closed / DATABASE
    if emptied:
        file.write_bytes(b"")
    else:
        file.unlink()

    with pytest.raises(StoreBroken, match="不见了"):
        Store.open(closed, now=make.now)


def test_a_locked_store_is_a_sentence(store, make, monkeypatch):
    """A write that finds the file locked for long tells how to mend it."""
    with connections[store.alias].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(store.folder / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreBusy, match="数据库写不进去"):
            store.save_story(make.story(), [])


def test_nothing_of_a_failed_write_stays(store, make):
    """A write is all or nothing."""

    def fail_half_way():
        with store.writing():
            store.save_story(make.story(), [])
            raise NewsroomError("中断")

    with pytest.raises(NewsroomError, match="中断"):
        fail_half_way()

    assert store.stories() == ()
    assert store.revision() == 0
