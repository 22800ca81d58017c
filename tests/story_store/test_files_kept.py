"""Raw pages, pictures and backups: files that are there once and whole."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from newsroom.errors import NotFound
from story_store.backup import backup
from story_store.store import Store

DAY = date(2026, 11, 22)


@pytest.fixture
def spool_file(tmp_path):
    file = tmp_path / "part-1.warc.gz"
    file.write_bytes(b"pages")
    return file


def test_raw_pages_lie_by_day(store, spool_file):
    """A part moves out of the spool to its day, under its source's name."""
    name = store.keep_warc(spool_file, day=DAY, source_id="hbzgh", run_id=3)

    assert name == "pages/2026/11/22/hbzgh-000003.warc.gz"
    assert name == store.warc_name(day=DAY, source_id="hbzgh", run_id=3)
    assert not spool_file.exists()
    (kept,) = store.warcs_of(DAY)
    assert (kept.source_id, kept.path.read_bytes()) == ("hbzgh", b"pages")
    assert kept.path == store.warc_path(name)
    assert store.warcs_of(date(2026, 11, 21)) == ()


def test_a_move_done_again_keeps_the_pages_once(store, spool_file):
    """After a crash the move is done again, whether it had happened or not."""
    keep = {"day": DAY, "source_id": "hbzgh", "run_id": 3}
    name = store.keep_warc(spool_file, **keep)

    assert name == store.keep_warc(spool_file, **keep)
    spool_file.write_bytes(b"pages")
    assert name == store.keep_warc(spool_file, **keep)
    spool_file.write_bytes(b"other pages")
    assert name != store.keep_warc(spool_file, **keep)
    assert len(store.warcs_of(DAY)) == 2


def test_a_lost_part_is_a_sentence(store, tmp_path):
    """A part that is nowhere is said so."""
    with pytest.raises(NotFound, match="找不到原始网页"):
        store.keep_warc(tmp_path / "no.warc.gz", day=DAY, source_id="a", run_id=1)


def test_a_picture_is_kept_once_by_its_content(store):
    """The name of a picture is the hash of its bytes."""
    name = store.keep_picture(b"picture", ".JPG")

    assert f"{hashlib.sha256(b'picture').hexdigest()}.jpg" == name
    assert name == store.keep_picture(b"picture", "jpg")
    assert store.picture_path(name).read_bytes() == b"picture"


@pytest.mark.parametrize("name", ["../store.sqlite3", "a.jpg", f"{'0' * 64}.jpg"])
def test_what_is_no_kept_picture_is_not_found(store, name):
    """A43: only names that the store gave lead to files."""
    with pytest.raises(NotFound):
        store.picture_path(name)


def test_originals_are_sealed_under_their_key(store, tmp_path):
    """What a unit handed in is kept as it came, once, with its folders."""
    folder = tmp_path / "送清凉"
    (folder / "照片").mkdir(parents=True)
    (folder / "稿件.txt").write_bytes(b"text")
    (folder / "照片" / "1.jpg").write_bytes(b"photo")
    files = [folder / "稿件.txt", folder / "照片" / "1.jpg"]

    names = {store.keep_original("0a1b", folder, files) for _ in range(2)}

    assert names == {"originals/0a1b"}
    sealed = store.folder / "originals" / "0a1b"
    assert (sealed / "照片" / "1.jpg").read_bytes() == b"photo"
    assert len([p for p in sealed.rglob("*") if p.is_file()]) == 2


def test_d33_a_backup_can_be_restored(store, make, spool_file, tmp_path):
    """Copied back under the names of the manifest, everything is there again."""
    story = store.save_story(make.story(), [])
    picture = store.keep_picture(b"picture", "jpg")
    store.keep_warc(spool_file, day=DAY, source_id="hbzgh", run_id=1)

    made = backup(store, tmp_path / "backup", make.now)

    manifest = json.loads(made.manifest.read_text("utf-8"))
    assert (made.files, made.copied) == (2, 2)
    database = tmp_path / "backup" / manifest["database"]["file"]
    database.rename(tmp_path / "backup" / manifest["database"]["restore_as"])
    with Store.open(tmp_path / "backup", now=make.now) as restored:
        assert (story,) == restored.stories()
        assert restored.picture_path(picture).read_bytes() == b"picture"


def test_a_second_backup_copies_only_what_is_new(store, make, tmp_path):
    """Kept files never change, so they are copied once."""
    store.keep_picture(b"picture", "jpg")
    backup(store, tmp_path / "backup", make.now)

    assert backup(store, tmp_path / "backup", make.now).copied == 0


def test_d33_the_backup_is_whole(store, make, tmp_path):
    """The copy of the database is a sound database."""
    made = backup(store, tmp_path / "backup", make.now)

    name = json.loads(made.manifest.read_text("utf-8"))["database"]["file"]
    with closing(sqlite3.connect(made.manifest.with_name(name))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
