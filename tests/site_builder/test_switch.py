import errno
from pathlib import Path

import pytest
import samples

from site_builder.build import build_site
from site_builder.given import Audience
from site_builder.switch import Journal, Workshop


class CrashError(Exception):
    pass


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.mark.parametrize("step", range(0, 24, 3))
def test_d03_a_crash_at_any_step_is_completed_at_the_next_start(
    pictures, tmp_path, monkeypatch, step
):
    """However far the switch came, the next build ends with the whole new tree."""
    old = samples.given(pictures, samples.YESTERDAY)
    new = samples.given(pictures, samples.ORDINARY, samples.YESTERDAY)
    out, work = tmp_path / "out", tmp_path / "work"
    build_site(new, Audience.INTERNAL, tmp_path / "gold", tmp_path / "gold-work")
    build_site(old, Audience.INTERNAL, out, work)
    crash_after(monkeypatch, step)

    with pytest.raises(CrashError):
        build_site(new, Audience.INTERNAL, out, work)
    monkeypatch.undo()
    build_site(new, Audience.INTERNAL, out, work)

    assert tree(tmp_path / "gold") == tree(out)


def test_d03_a_crash_before_the_journal_leaves_the_old_tree(
    pictures, tmp_path, monkeypatch
):
    """Until the order stands in the journal not one file of the tree changes."""
    out, work = tmp_path / "out", tmp_path / "work"
    build_site(samples.given(pictures), Audience.PUBLIC, out, work)
    before = tree(out)
    monkeypatch.setattr(Workshop, "switch", crash)

    with pytest.raises(CrashError):
        build_site(
            samples.given(pictures, samples.YESTERDAY), Audience.PUBLIC, out, work
        )

    assert before == tree(out)


def test_a_file_that_is_held_for_a_moment_is_tried_again(tmp_path, monkeypatch):
    """On Windows a reader may hold a file: the switch waits and tries again."""
    waits = []
    workshop = Workshop(tmp_path / "work", pause=waits.append)
    workshop.stage("index.html", b"new")
    replace, refusals = Path.replace, [PermissionError("held")]

    def held(self, target):
        if self.parent.name == "next" and refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    workshop.switch(tmp_path / "out", Journal(("index.html",), ()))

    assert 1 == len(waits)
    assert b"new" == (tmp_path / "out/index.html").read_bytes()


def test_a_tree_on_another_disk_is_replaced_by_copies(tmp_path, monkeypatch):
    """Where a rename cannot cross disks each file is copied beside its place."""
    workshop = Workshop(tmp_path / "work")
    workshop.stage("index.html", b"new")
    replace = Path.replace

    def other_disk(self, target):
        if self.parent.name == "next":
            raise OSError(errno.EXDEV, "cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", other_disk)
    workshop.switch(tmp_path / "out", Journal(("index.html",), ()))

    assert {"index.html": b"new"} == tree(tmp_path / "out")


def test_a_new_folder_takes_its_place_whole(tmp_path):
    """Thousands of files of a folder that the tree lacks are one rename."""
    workshop, out = Workshop(tmp_path / "work"), tmp_path / "out"
    out.joinpath("days").mkdir(parents=True)
    paths = ("stories/2026/1.html", "stories/2026/2.html", "days/1.html", "index.html")
    for path in paths:
        workshop.stage(path, path.encode())
    folder = (workshop.next / "stories").stat().st_ino

    workshop.switch(out, Journal(paths, ()))

    assert {path: path.encode() for path in paths} == tree(out)
    assert folder == (out / "stories").stat().st_ino


def crash(*_args):
    raise CrashError


def crash_after(monkeypatch, steps: int) -> None:
    """Let so many files be put in place, then fall over."""
    put, left = Workshop._put, [steps]

    def counted(self, source, target):
        if not left[0]:
            raise CrashError
        left[0] -= 1
        put(self, source, target)

    monkeypatch.setattr(Workshop, "_put", counted)
