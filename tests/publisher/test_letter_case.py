"""Hosts for which Foo.html and foo.html are one file, and names that read two ways."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import asyncssh
import pytest

from publisher.faults import PublishFailed, PublishRefused
from publisher.hosts.ftp import FtpHost
from publisher.hosts.sftp import SftpHost
from publisher.letter_case import other_names
from publisher.names import readable
from publisher.tree import EDITION

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


def folded(path: str) -> str:
    """The path as it stands on the disk, whatever the case of its letters."""
    found = Path("/")
    for part in Path(path).parts[1:]:
        names = [one.name for one in found.iterdir()] if found.is_dir() else []
        same = [name for name in names if name.casefold() == part.casefold()]
        found /= part if part in names or not same else same[0]
    return str(found)


class FoldingFiles(servers.FTPHandler.abstracted_fs):
    def ftp2fs(self, ftppath):
        return folded(super().ftp2fs(ftppath))


class FoldingFtp(servers.FTPHandler):
    abstracted_fs = FoldingFiles


class FoldingSftp(asyncssh.SFTPServer):
    def map_path(self, path):
        return os.fsencode(folded(os.fsdecode(super().map_path(path))))


@pytest.fixture(params=["ftp", "sftp"])
def windows(request, tmp_path, conftest_of_publisher):
    """A host that knows no upper case, by FTP and SFTP: its door, and its folder."""
    root = tmp_path / "host"
    (root / "site").mkdir(parents=True)
    if request.param == "ftp":
        with servers.ftp_server(root, type("One", (FoldingFtp,), {})) as port:
            place = conftest_of_publisher.ftp_place(port, None)
            yield lambda: FtpHost(place), root / "site"
    else:
        key = request.getfixturevalue("server_key")
        with servers.sftp_server(root, key, FoldingSftp) as server:
            place = conftest_of_publisher.sftp_place(server)
            yield lambda: SftpHost(place), root / "site"


def test_a_file_of_others_in_another_case_is_never_replaced(windows, tree, book):
    """Index.html is what index.html would overwrite: it stops, until it is adopted."""
    dial, site = windows
    foreign = site / "Index.HTML"
    foreign.write_text("of others", encoding="utf-8")

    with pytest.raises(PublishRefused, match=r"--adopt index\.html"):
        send(dial(), tree, book)
    before = foreign.read_text(encoding="utf-8")
    send(dial(), tree, book, adopt=frozenset({"index.html"}))
    again = send(dial(), tree, book)

    held = {path.casefold(): content for path, content in contents(site).items()}
    wanted = contents(tree)
    assert "of others" == before
    assert wanted == {path: held[path] for path in wanted}
    assert not again.changed


def test_a_file_that_changed_its_case_is_not_taken_away(windows, tree, book):
    """Stories/1.html of yesterday is stories/1.html of today: to delete it takes it."""
    dial, site = windows
    old = tree / "Lesson.html"
    old.write_text("lesson", encoding="utf-8")
    send(dial(), tree, book)
    old.rename(tree / "lesson.html")

    receipt = send(dial(), tree, book)

    assert (b"lesson", ()) == ((site / "Lesson.html").read_bytes(), receipt.deleted)


def test_two_files_that_the_host_takes_for_one_are_named(windows, tree, book):
    """A site that needs both cannot stand there, and the sentence says which."""
    for name in ("Map.html", "map.html"):
        (tree / name).write_text(name * len(name), encoding="utf-8")
    dial, _ = windows

    with pytest.raises(PublishFailed, match=r"Map\.html、map\.html 当成了一个文件"):
        send(dial(), tree, book)


def test_a_host_that_knows_upper_case_is_left_alone():
    """Index.html of others and our index.html may both stand there."""
    listing = ["Index.html", EDITION]
    asked = []

    told = other_names(listing, {"index.html", "a.xml", EDITION}, asked.append)

    assert ({}, ["index.html"]) == (told, asked)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("目录.htm".encode("gbk"), "目录.htm"),
        ("图.jpg".encode("gbk"), "图.jpg"),
        ("首页".encode("gbk"), "首页"),
        ("目录/图.jpg".encode(), "目录/图.jpg"),
        ("café.txt".encode(), "café.txt"),
        ("Привет".encode(), "Привет"),
        (b"index.html", "index.html"),
        (b"\xff\xff.x", "\\xff\\xff.x"),
    ],
)
def test_a_short_name_in_gbk_that_is_good_utf8_too(raw, name):
    """The Chinese reading is meant, but for accents in Latin words."""
    assert name == readable(raw)
