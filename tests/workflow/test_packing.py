"""Packing: the same tree the same bytes, and never the internal one."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from newsroom.errors import NewsroomError, NotAllowed
from workflow.cli import run
from workflow.packing import pack_tree


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "output" / "public"
    (root / "stories").mkdir(parents=True)
    (root / "index.html").write_text("首页", encoding="utf-8")
    (root / "stories" / "1.html").write_text("稿件", encoding="utf-8")
    (root / ".DS_Store").write_text("x", encoding="utf-8")
    say(root, audience="public", day="2026-09-21")
    return root


def say(root: Path, **edition: str) -> None:
    (root / "edition.json").write_text(json.dumps(edition), encoding="utf-8")


def test_the_zip_holds_the_tree_and_lies_beside_the_output(tree):
    """The zip is named by the day and holds every file but hidden ones, sorted."""
    packed = pack_tree(tree)

    assert tree.parent.parent / "工会之声-2026-09-21.zip" == packed.file
    with zipfile.ZipFile(packed.file) as zipped:
        assert zipped.namelist() == ["edition.json", "index.html", "stories/1.html"]
        assert zipped.read("stories/1.html").decode() == "稿件"
    assert packed.files == 3


def test_the_same_tree_gives_the_same_bytes(tree, tmp_path):
    """Times of files do not count: the same tree packs to the same bytes."""
    first = pack_tree(tree, tmp_path / "a.zip")
    os.utime(tree / "index.html", (1, 1))
    second = pack_tree(tree, tmp_path / "b.zip")

    assert first.file.read_bytes() == second.file.read_bytes()


def test_a_host_is_told_a_time_of_the_day_that_follows_the_content(tree, tmp_path):
    """Times lie on the edition's morning and differ when a page is corrected."""
    first = times(pack_tree(tree, tmp_path / "a.zip").file)
    (tree / "index.html").write_text("更正", encoding="utf-8")
    second = times(pack_tree(tree, tmp_path / "b.zip").file)

    assert {moment[:4] for moment in first.values()} == {(2026, 9, 21, 8)}
    assert first["index.html"] != second["index.html"]
    assert first["stories/1.html"] == second["stories/1.html"]


def times(file: Path) -> dict[str, tuple[int, ...]]:
    with zipfile.ZipFile(file) as zipped:
        return {member.filename: member.date_time for member in zipped.infolist()}


def test_a_tree_without_an_edition_is_refused(tree):
    """A public tree in which no day was released yet is not packed."""
    (tree / "edition.json").write_text(
        '{"audience": "public", "day": null}', encoding="utf-8"
    )

    with pytest.raises(NotAllowed, match="签发"):
        pack_tree(tree)


def test_the_command_tells_count_size_and_next_step(config_file, capsys):
    """``pack`` tells how much was packed and what to do with it."""
    root = config_file.parent / "output" / "public"
    root.mkdir(parents=True)
    (root / "index.html").write_text("首页", encoding="utf-8")
    say(root, audience="public", day="2026-09-21")
    code = run(["pack", "-c", str(config_file)])
    shown = capsys.readouterr().out

    assert code == 0
    assert "2 个文件" in shown
    assert "下一步" in shown
    assert (config_file.parent / "工会之声-2026-09-21.zip").is_file()


@pytest.mark.parametrize("audience", ["internal", "", "PUBLIC"])
def test_anything_but_a_public_tree_is_refused(tree, audience):
    """A tree that does not say ``audience: public`` is never packed."""
    say(tree, audience=audience, day="2026-09-21")

    with pytest.raises(NotAllowed, match="不是公开版"):
        pack_tree(tree)
    assert list(tree.parent.parent.glob("*.zip")) == []


def test_nothing_released_is_told_with_the_next_step(tmp_path):
    """Without a released tree the sentence names the release."""
    with pytest.raises(NotAllowed, match="gonghui release"):
        pack_tree(tmp_path / "output" / "public")


def test_a_broken_edition_file_is_a_sentence(tree):
    """A broken edition.json is told as a sentence."""
    (tree / "edition.json").write_text("{", encoding="utf-8")

    with pytest.raises(NewsroomError, match="gonghui build"):
        pack_tree(tree)


def test_a_link_to_elsewhere_is_refused(tree, tmp_path):
    """A link in the tree could carry a file of the office out: refused."""
    (tmp_path / "private.txt").write_text("内部", encoding="utf-8")
    (tree / "x.txt").symlink_to(tmp_path / "private.txt")

    with pytest.raises(NotAllowed, match=r"x\.txt"):
        pack_tree(tree)


def test_the_zip_does_not_pack_itself(tree):
    """A target inside the tree is refused."""
    with pytest.raises(NewsroomError, match="换个地方"):
        pack_tree(tree, tree / "a.zip")


def test_a_failed_write_leaves_the_old_zip(tree, tmp_path, monkeypatch):
    """A disk that fills up leaves the last zip as it was, and no half one."""
    packed = pack_tree(tree, tmp_path / "z" / "a.zip")
    before = packed.file.read_bytes()
    monkeypatch.setattr(Path, "replace", _no_space)

    with pytest.raises(NewsroomError, match="写不出"):
        pack_tree(tree, packed.file)
    assert before == packed.file.read_bytes()
    assert [packed.file] == list(packed.file.parent.iterdir())


def _no_space(*_):
    raise OSError(28, "No space left on device")
