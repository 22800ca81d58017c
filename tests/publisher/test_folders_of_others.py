"""Folders in which others keep things: what is theirs stays, and is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import asyncssh
import pytest

from publisher.faults import PublishFailed, PublishRefused
from publisher.folders import look_of, walk
from publisher.hosts.folder import ReleaseFolder
from publisher.hosts.sftp import SftpHost

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


def put_gbk(folder: Path, name: str) -> Path:
    """A file whose name is GBK, as old servers hold it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = Path(os.fsdecode(bytes(folder) + b"/" + name.encode("gbk")))
    file.write_bytes(b"old")
    return file


def test_other_folders_among_the_releases_are_never_taken_away(tree, tmp_path, book):
    """Only our own former releases go, whatever others call their folders."""
    site = tmp_path / "site"
    theirs = [site / "releases" / name for name in ("000000-old", "2024-backup")]
    for folder in theirs:
        folder.mkdir(parents=True)
        (folder / "precious.txt").write_text("x", encoding="utf-8")
    for day in range(1, 6):
        make_tree(tree, range(1, 9), day=day)
        send(ReleaseFolder(site), tree, book)

    ours = {f.name[:6] for f in (site / "releases").iterdir() if f not in theirs}

    assert all((folder / "precious.txt").is_file() for folder in theirs)
    assert {"000003", "000004", "000005"} == ours


def test_a_folder_in_the_place_of_the_link(tree, tmp_path, book):
    """An empty one gives way; one with files stays, and the cure is named."""
    empty, full = tmp_path / "empty", tmp_path / "full"
    (empty / "current").mkdir(parents=True)
    (full / "current").mkdir(parents=True)
    (full / "current" / "index.html").write_text("old", encoding="utf-8")

    send(ReleaseFolder(empty), tree, book)
    with pytest.raises(PublishFailed, match=r"真的文件夹.*改名"):
        send(
            ReleaseFolder(full),
            tree,
            book,
            where="full",
            adopt=frozenset({"index.html"}),
        )

    assert contents(tree) == contents(empty / "current")
    assert ["current"] == [f.name for f in full.iterdir() if f.name != "releases"]


@pytest.mark.parametrize("kind", ["folder", "plain", "sftp"])
def test_a_name_in_gbk_is_shown_as_people_write_it(
    stand_of, tree, tmp_path, book, kind
):
    """It stops the first publishing like any other; no byte of it breaks a message."""
    stand = stand_of(kind)
    put_gbk(tmp_path / "host" / "site", "工会旧闻.htm")

    with pytest.raises(PublishRefused, match=r"：工会旧闻\.htm。") as stopped:
        send(stand.open(), tree, book)

    str(stopped.value).encode()


@pytest.mark.parametrize("kind", ["plain", "sftp"])
def test_a_receipt_names_it_too(stand_of, tree, tmp_path, book, kind):
    """A file of others in GBK, come later, stands in the receipt on the disk."""
    stand = stand_of(kind)
    send(stand.open(), tree, book)
    put_gbk(tmp_path / "host" / "site", "工会旧闻.htm")
    make_tree(tree, range(1, 9), day=2)

    receipt = send(stand.open(), tree, book)

    told = [f.read_text(encoding="utf-8") for f in (book / "receipts").iterdir()]
    assert ("工会旧闻.htm",) == receipt.unknown
    assert any("工会旧闻.htm" in text for text in told)


def test_a_look_is_the_same_however_the_name_is_told(tmp_path):
    """As the disk tells it and as people read it: nothing changed."""
    put_gbk(tmp_path, "工会旧闻.htm")
    rows = list(walk(tmp_path))

    told = [("工会旧闻.htm", size, mark) for _, size, mark in rows]

    assert look_of(told) == look_of(rows)


def test_a_shut_folder_of_others_stops_no_publishing(
    tree, tmp_path, book, server_key, request
):
    """cgi-bin and logs of a host are often not ours to read."""

    class Shut(asyncssh.SFTPServer):
        def scandir(self, path):
            if path.endswith(b"logs"):
                raise asyncssh.SFTPPermissionDenied("Permission denied")
            return super().scandir(path)

    conftest = request.getfixturevalue("conftest_of_publisher")
    (tmp_path / "host").mkdir()
    with servers.sftp_server(tmp_path / "host", server_key, Shut) as server:
        place = conftest.sftp_place(server)
        send(SftpHost(place), tree, book)
        (tmp_path / "host" / "site" / "logs").mkdir()
        make_tree(tree, range(1, 9), day=2)

        receipt = send(SftpHost(place), tree, book)

    assert ("logs/",) == receipt.unknown
