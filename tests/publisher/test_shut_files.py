"""Hosts where something lies that we may not read: never taken for absent."""

from __future__ import annotations

import getpass
import sys
from functools import partial
from typing import ClassVar

import pytest

from publisher.faults import PublishFailed, PublishRefused
from publisher.host import RECORD
from publisher.hosts.ftp import FtpHost
from publisher.hosts.rsync import RsyncHost, RsyncPlace
from tests.conftest import need

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


class Ftp(servers.FTPHandler):
    """Says 550 of everything below ``shut``; other servers say it in other words."""

    shut = "/nothing"
    said = "550 Permission denied."

    def _is_shut(self, path) -> bool:
        told = self.fs.fs2ftp(path)
        return told == self.shut or told.startswith(f"{self.shut}/")

    def ftp_RETR(self, file):  # noqa: N802 - pyftpdlib's name
        if self._is_shut(file):
            return self.respond(self.said)
        return super().ftp_RETR(file)

    def ftp_MLSD(self, path):  # noqa: N802 - pyftpdlib's name
        return (
            self.respond(self.said) if self._is_shut(path) else super().ftp_MLSD(path)
        )

    def ftp_CWD(self, path):  # noqa: N802 - pyftpdlib's name
        return self.respond(self.said) if self._is_shut(path) else super().ftp_CWD(path)


class Vague(Ftp):
    """vsftpd: no MLSD, the same words for what is shut and what is absent."""

    said = "550 Failed to open file."
    proto_cmds: ClassVar = {
        name: told
        for name, told in Ftp.proto_cmds.items()
        if name not in {"MLSD", "MLST"}
    }


class NoFacts(servers.FTPHandler):
    """proftpd with MLSD forbidden: the number of an absent folder."""

    def ftp_MLSD(self, path):  # noqa: N802 - pyftpdlib's name
        self.respond("550 Unable to handle command")


class Empty(servers.FTPHandler):
    """proftpd: MLSD says that a folder is shut, LIST shows it empty."""

    def ftp_MLSD(self, path):  # noqa: N802 - pyftpdlib's name
        if self.fs.fs2ftp(path) == "/site":
            return self.respond("550 /site: Permission denied")
        return super().ftp_MLSD(path)

    def ftp_LIST(self, path):  # noqa: N802 - pyftpdlib's name
        if self.fs.fs2ftp(self.fs.cwd) == "/site" or path.endswith("/site"):
            return self.push_dtp_data(b"", cmd="LIST")
        return super().ftp_LIST(path)


@pytest.fixture
def serve(tmp_path, conftest_of_publisher):
    """What opens a host of a server with this handler and these traits."""
    (tmp_path / "host" / "site").mkdir(parents=True)
    doors = []

    def start(kind, **traits):
        door = servers.ftp_server(tmp_path / "host", type("One", (kind,), traits))
        doors.append(door)
        place = conftest_of_publisher.ftp_place(door.__enter__(), None)
        return partial(FtpHost, place)

    yield start
    for door in doors:
        door.__exit__(None, None, None)


@pytest.mark.parametrize("kind", [Ftp, Vague])
@pytest.mark.parametrize("shut", [f"/site/{RECORD}", "/site"])
def test_what_ftp_may_not_read_is_no_first_publishing(
    serve, tree, tmp_path, book, kind, shut
):
    """The number of "no such file" of a record that is there: nothing is touched."""
    send(serve(kind)(), tree, book)
    before = contents(tmp_path / "host")
    make_tree(tree, range(2, 10), day=2)

    with pytest.raises(PublishFailed, match=rf"上有 {shut}.*，却不让读.*权限"):
        send(serve(kind, shut=shut)(), tree, book)

    after = contents(tmp_path / "host")
    after.pop("site/.gonghui-lock/note.json", None)  # unread, it is left to its end
    assert before == after
    send(serve(kind)(), tree, book)
    assert contents(tree).items() <= contents(tmp_path / "host" / "site").items()


@pytest.mark.parametrize("kind", [Ftp, Vague])
def test_a_shut_folder_of_others_stops_no_ftp_publishing(
    serve, tree, tmp_path, book, kind
):
    """It is listed as one strange file, and left alone."""
    send(serve(kind)(), tree, book)
    private = tmp_path / "host" / "site" / "private"
    private.mkdir()

    receipt = send(serve(kind, shut="/site/private")(), tree, book)

    assert ("private/",) == receipt.unknown
    assert not receipt.changed


def test_a_folder_that_lists_empty_when_it_is_shut_is_known(serve, tree, book):
    """What is not seen might be overwritten: it stops at once."""
    with pytest.raises(PublishFailed, match="上有 /site，却不让读"):
        send(serve(Empty)(), tree, book)


def test_a_server_that_forbids_mlsd_is_listed_all_the_same(serve, tree, tmp_path, book):
    """Its refusal has the number of an absent folder; LIST shows what is there."""
    page = tmp_path / "host" / "site" / "index.html"
    page.write_text("of others", encoding="utf-8")
    with pytest.raises(PublishRefused, match=r"index\.html"):
        send(serve(NoFacts)(), tree, book)
    page.unlink()

    send(serve(NoFacts)(), tree, book)
    unchanged = send(serve(NoFacts)(), tree, book)

    assert contents(tree) == contents(tmp_path / "host" / "site")
    assert not unchanged.changed


def test_a_file_that_ftp_may_not_write_is_named(serve, tree, book):
    """The server's words alone (553) say neither which file nor what to do."""

    class Guarded(servers.FTPHandler):
        def ftp_STOR(self, file, mode="w"):  # noqa: N802 - pyftpdlib's name
            if "/stories/" in file:
                return self.respond("553 Could not create file.")
            return super().ftp_STOR(file, mode)

    with pytest.raises(PublishFailed, match=r"不让写 stories/1.html（.*553.*属主"):
        send(serve(Guarded)(), tree, book)


@pytest.fixture
def rsync_host(tmp_path):
    """What opens a host by rsync over a real sshd."""
    need("openssh-server", servers.program("sshd") is not None)
    need("rsync", servers.program("rsync") is not None)
    with servers.openssh(tmp_path) as (port, host_key, key):
        site = str(tmp_path / "site")
        place = RsyncPlace("127.0.0.1", port, site, getpass.getuser(), host_key, key)
        yield lambda: RsyncHost(place, tmp_path / "work")


def test_what_rsync_may_not_read_is_no_first_publishing(
    rsync_host, tree, tmp_path, book
):
    """Only "no such file" means that there is none."""
    site = tmp_path / "site"
    send(rsync_host(), tree, book)
    (site / RECORD).unlink()
    (site / RECORD).mkdir()  # cat refuses it, whoever asks
    make_tree(tree, range(2, 10), day=2)
    before = contents(site)

    with pytest.raises(PublishFailed, match="Is a directory"):
        send(rsync_host(), tree, book)

    assert before == contents(site)


def test_rsync_tells_names_as_people_write_them(rsync_host, tree, tmp_path, book):
    """In UTF-8 or in GBK; not by the numbers of their bytes."""
    site = tmp_path / "site"
    send(rsync_host(), tree, book)
    for name in ("旧闻.html".encode(), "老照片.htm".encode("gbk")):
        open(bytes(site) + b"/" + name, "wb").close()  # noqa: PTH123 - a name of bytes

    receipt = send(rsync_host(), tree, book)

    assert {"旧闻.html", "老照片.htm"} == set(receipt.unknown)
