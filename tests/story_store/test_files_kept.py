"""Raw pages, pictures and originals: files that are there once and whole."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from newsroom.errors import NotFound

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
