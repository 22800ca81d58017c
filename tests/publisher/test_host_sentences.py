"""What keeps us from a host is told by its own cause, not by a neighbouring one."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

import asyncssh
import pytest

from publisher.faults import LinkBroken, LoginRefused, PublishFailed
from publisher.host import RECORD
from publisher.hosts.ftp import FtpHost
from publisher.hosts.sftp import SftpHost

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


@contextmanager
def saying(*visits: tuple[str, ...]):
    """A server with lines for each visit, the first one said at once; its port."""
    door = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        for lines in visits:
            with suppress(OSError):
                line, _ = door.accept()
                with line:
                    for told in lines:
                        line.sendall(f"{told}\r\n".encode())
                        line.recv(1000)

    threading.Thread(target=talk, daemon=True).start()
    try:
        yield door.getsockname()[1]
    finally:
        door.close()


class OnlyLists(servers.FTPHandler):
    """No MLSD; an open folder is listed with its dots, as by proftpd with LIST -a."""

    shut = "/nothing"
    proto_cmds: ClassVar = {
        name: told
        for name, told in servers.FTPHandler.proto_cmds.items()
        if name not in {"MLSD", "MLST"}
    }

    def ftp_LIST(self, path):  # noqa: N802 - pyftpdlib's name
        here = self.fs.fs2ftp(path)
        names = (
            [] if here == self.shut else sorted(f.name for f in Path(path).iterdir())
        )
        dots = "" if here == self.shut else "drwxr-xr-x 2 w w 1 Nov 22 08:00 .\r\n"
        rows = b"".join(self.fs.format_list(path, names))
        self.push_dtp_data(dots.encode() + rows, cmd="LIST")


@pytest.fixture
def serve(tmp_path, conftest_of_publisher):
    """What opens an FTP host of a server with this handler and these traits."""
    (tmp_path / "host" / "site").mkdir(parents=True)
    doors = []

    def start(kind=servers.FTPHandler, folder="/site", **traits):
        door = servers.ftp_server(tmp_path / "host", type("One", (kind,), traits))
        doors.append(door)
        place = conftest_of_publisher.ftp_place(door.__enter__(), None, folder=folder)
        return FtpHost(place)

    yield start
    for door in doors:
        door.__exit__(None, None, None)


@pytest.mark.parametrize("kind", ["sftp", "ftps", "ftp", "s3"])
def test_a_chinese_name_travels(stand_of, tree, book, kind):
    """Whoever lays a file into the tree by hand names it as people do."""
    stand = stand_of(kind)
    (tree / "附件").mkdir()
    (tree / "附件" / "简报 一.txt").write_text("一", encoding="utf-8")

    send(stand.open(), tree, book)

    assert contents(tree) == stand.files()
    assert not send(stand.open(), tree, book).changed
    (tree / "附件" / "简报 一.txt").unlink()
    assert ("附件/简报 一.txt",) == send(stand.open(), tree, book).deleted


def test_a_host_that_hangs_up_at_first_is_dialled_again(
    conftest_of_publisher, monkeypatch
):
    """A line of ours that dropped may still count as the one that is allowed."""
    waited: list[float] = []
    monkeypatch.setattr("publisher.hosts.ftp_line.time.sleep", waited.append)
    busy = ("421 Too many connections.",)
    open_at_last = ("220 Welcome", "331 Word?", "230 In", "200 Bytes", "221 Bye")

    with saying(busy, busy, open_at_last) as port:
        FtpHost(conftest_of_publisher.ftp_place(port, None)).close()
    with (
        saying(busy, busy, busy) as port,
        pytest.raises(LinkBroken, match="同时连接太多"),
    ):
        FtpHost(conftest_of_publisher.ftp_place(port, None))

    assert 4 == len(waited)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["HTTP/1.1 400 Bad Request"], r"答的不是 FTP.*kind 和 port"),
        (
            ["220 vsFTPd", "331 Word?", "500 OOPS: writable root inside chroot()"],
            r"FTP 服务自己出了错.*OOPS: writable root.*主机商",
        ),
        (["500 OOPS: could not bind"], "FTP 服务自己出了错"),
    ],
)
def test_what_a_strange_ftp_server_says_at_the_door(
    conftest_of_publisher, lines, words
):
    """It has to do with neither space nor rights, and nobody looks there in vain."""
    with saying(tuple(lines)) as port, pytest.raises(PublishFailed, match=words):
        FtpHost(conftest_of_publisher.ftp_place(port, None))


@pytest.mark.parametrize(
    ("address", "words"),
    [("nonexistent.invalid", "找不到这个域名"), ("127.0.0.1", "这个端口没有开")],
)
@pytest.mark.parametrize("kind", ["sftp", "ftp"])
def test_a_wrong_address_and_a_wrong_port_are_told_apart(
    conftest_of_publisher, kind, address, words
):
    """Each has another line of the settings to be looked at."""
    port = servers.free_port()
    key = asyncssh.generate_private_key("ssh-ed25519")

    class Nobody:
        public = key.export_public_key().decode()

    Nobody.port = port
    if kind == "sftp":
        make = SftpHost
        place = conftest_of_publisher.sftp_place(Nobody, address=address)
    else:
        make = FtpHost
        place = conftest_of_publisher.ftp_place(port, None, address=address)

    with pytest.raises(LinkBroken, match=words):
        make(place)


@pytest.mark.parametrize("holds", [None, "no certificate"])
def test_a_certificate_file_that_cannot_be_read_is_named(
    tmp_path, conftest_of_publisher, holds
):
    """It is on this computer: the network is not to blame."""
    file = tmp_path / "ca.pem"
    if holds:
        file.write_text(holds, encoding="utf-8")

    with pytest.raises(LoginRefused, match=r"ca\.pem.*ca_file"):
        FtpHost(conftest_of_publisher.ftp_place(servers.free_port(), file))


def test_a_disk_that_is_full_on_the_way_is_no_crowd(serve, tree, book):
    """proftpd says 451 of it, which elsewhere means to come back later."""

    def full(self, file, mode="w"):
        self.respond("451 Transfer aborted. Input/output error")

    with pytest.raises(PublishFailed, match=r"收.*时出了错.*磁盘或配额满了"):
        send(serve(ftp_STOR=full), tree, book)


@pytest.mark.parametrize("kind", ["sftp", "ftp"])
def test_a_folder_that_is_a_file_is_told(
    stand_of, conftest_of_publisher, tmp_path, tree, book, kind
):
    """It is neither full nor shut: the settings name the wrong place."""
    stand = stand_of(kind)
    (tmp_path / "host" / "page").write_text("a file", encoding="utf-8")
    if kind == "sftp":
        place = conftest_of_publisher.sftp_place(stand.server, folder="/page")
    else:
        place = conftest_of_publisher.ftp_place(stand.port, None, folder="/page")

    with pytest.raises(PublishFailed, match=r"/page 是一个文件.*folder"):
        send((SftpHost if kind == "sftp" else FtpHost)(place), tree, book)


def test_a_shut_folder_without_mlsd_is_known_by_its_missing_dots(serve, tree, book):
    """An empty one is listed with a dot at least, where the one above it is."""
    with pytest.raises(PublishFailed, match="上有 /site，却不让读"):
        send(serve(OnlyLists, shut="/site"), tree, book)

    assert send(serve(OnlyLists), tree, book).changed


def test_a_shut_folder_of_our_own_is_named(serve, tmp_path, tree, book):
    """What may not be looked at cannot be verified; FTP's text mode is not to blame."""
    with pytest.raises(PublishFailed, match=r"不让看文件夹 stories/.*755"):
        send(serve(OnlyLists, shut="/site/stories"), tree, book)


def test_what_sftp_may_not_read_is_not_told_as_unwritable(
    tmp_path, tree, book, server_key, conftest_of_publisher
):
    """The right to write is not the one that is missing."""

    class Shut(asyncssh.SFTPServer):
        def open(self, path, pflags, attrs):
            if path.endswith(RECORD.encode()) and not pflags & asyncssh.FXF_WRITE:
                raise asyncssh.SFTPPermissionDenied("denied")
            return super().open(path, pflags, attrs)

    (tmp_path / "host").mkdir()
    with servers.sftp_server(tmp_path / "host", server_key, Shut) as server:
        host = SftpHost(conftest_of_publisher.sftp_place(server))

        with pytest.raises(PublishFailed, match=rf"不让读 /site/{RECORD}.*644"):
            send(host, tree, book)
