"""The look at a tree's files, in both ways: each finds what the other finds."""

from __future__ import annotations

import os

import pytest

from site_builder import standing

WAYS = [
    standing._by_list,
    pytest.param(
        standing._by_folder,
        marks=pytest.mark.skipif(not standing._BY_FOLDER, reason="needs dir_fd"),
    ),
]
PATHS = ["404.html", "days/1.html", "days/2.html", "index.html", "stories/2026/1.html"]


@pytest.fixture
def tree(tmp_path):
    """A small tree, and how its files stand."""
    out = tmp_path / "out"
    for path in PATHS:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(path, "utf-8")
    told = ((path, (out / path).stat()) for path in PATHS)
    return out, [(path, one.st_size, one.st_mtime_ns) for path, one in told]


def lose(file):
    file.unlink()


def cut(file):
    file.write_bytes(b"")


def touch(file):
    os.utime(file, ns=(1, 1))


def put_a_folder(file):
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("harm", [lose, cut, touch, put_a_folder])
def test_each_file_that_was_harmed_is_found(tree, way, path, harm):
    """That one, and no other."""
    out, rows = tree
    harm(out / path)

    assert [path] == list(way(rows, out))


@pytest.mark.parametrize("way", WAYS)
def test_files_behind_a_link_do_not_stand(tree, way):
    """A folder of the tree that leads elsewhere holds none of our files."""
    out, rows = tree
    (out / "stories").rename(out.parent / "elsewhere")
    (out / "stories").symlink_to(out.parent / "elsewhere", target_is_directory=True)

    assert ["stories/2026/1.html"] == list(way(rows, out))


@pytest.mark.parametrize("way", WAYS)
def test_of_a_tree_that_is_gone_nothing_stands(tree, way):
    """Every file is named."""
    out, rows = tree
    out.rename(out.with_name("away"))

    assert PATHS == list(way(rows, out))
    assert [] == list(way(rows, out.with_name("away")))
