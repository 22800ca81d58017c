"""What killed runs leave in the system's temporary folder goes, and nothing else."""

from __future__ import annotations

import os
import tempfile

import pytest

from workflow.retention import tidy
from workflow.temporary import LEFT_AFTER, clear_left

PARTS = ("door", "links", "long", "mail", "press", "read", "visit")


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """A temporary folder of our own; called with a name it makes a folder in it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def make(name, *, hours=7.0, touched=None):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "letter.docx").write_bytes(b"x")
        then = folder.stat().st_mtime - hours * 3600
        for one in (folder / "letter.docx", folder):
            os.utime(one, (then, then))
        if touched is not None:
            os.utime(folder / "letter.docx", (then + touched * 3600,) * 2)
        return folder

    return make


@pytest.mark.parametrize("part", PARTS)
def test_d40_what_a_killed_run_left_goes(rooms, tmp_path, part):
    """D40: a temporary folder that nobody touched for hours is removed."""
    rooms(f"gonghui-{part}-ab12_cde")

    assert 1 == clear_left()
    assert not any(tmp_path.iterdir())


def test_what_may_be_at_work_stays(rooms):
    """A young folder stays, and an old one in which something was written lately."""
    young = rooms("gonghui-press-ab12_cde", hours=0)
    written = rooms("gonghui-read-ab12_cdf", hours=7, touched=5)

    assert 0 == clear_left()
    assert young.is_dir()
    assert written.is_dir()


def test_what_is_not_ours_stays(rooms, tmp_path):
    """Folders that people named, links and files are not touched."""
    kept = [
        rooms("gonghui-20261001"),
        rooms("gonghui-press-keep"),
        rooms("my-gonghui-press-ab12_cde"),
    ]
    (tmp_path / "gonghui-press-ab12_cdg").symlink_to(kept[0])
    (tmp_path / "gonghui-long-ab12_cdg").write_bytes(b"")

    assert 0 == clear_left()
    assert all((folder / "letter.docx").exists() for folder in kept)


def test_a_temporary_folder_that_is_not_there_is_no_obstacle(tmp_path):
    """A computer without one, or with a full one, goes on."""
    assert 0 == clear_left(tmp_path / "none")


def test_the_tidying_clears_them(rooms, office):
    """The morning and the night do it; the office's own time makes nothing old."""
    left = rooms("gonghui-long-ab12_cde")
    young = rooms("gonghui-long-ab12_cdf", hours=LEFT_AFTER / 3600 - 1)

    with office.store() as store:
        tidy(office, store)

    assert not left.exists()
    assert young.exists()
