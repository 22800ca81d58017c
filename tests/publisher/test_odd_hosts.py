"""Hosts that store otherwise than they were told: no rename, fewer bytes, no space."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import asyncssh
import pytest

from publisher.faults import PublishFailed
from publisher.hosts.folder import PlainFolder, ReleaseFolder
from publisher.hosts.ftp import FtpHost
from publisher.hosts.sftp import SftpHost, leave_out_links

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


def test_d25_a_server_that_cannot_replace_in_one_step(
    tree, tmp_path, server_key, request
):
    """D25: delete and rename serve where posix_rename is refused; the risk is told."""
    conftest = request.getfixturevalue("conftest_of_publisher")

    class Old(asyncssh.SFTPServer):
        def posix_rename(self, oldpath, newpath):
            raise asyncssh.SFTPOpUnsupported("no such operation")

        def rename(self, oldpath, newpath):
            if Path(self.map_path(newpath).decode()).exists():
                raise asyncssh.SFTPFailure("exists")
            super().rename(oldpath, newpath)

    root = tmp_path / "host"
    root.mkdir()
    with servers.sftp_server(root, server_key, Old) as server:
        place = conftest.sftp_place(server)
        send(SftpHost(place), tree, tmp_path / "book")
        make_tree(tree, range(1, 9), day=2)

        receipt = send(SftpHost(place), tree, tmp_path / "book")

        held, wanted = contents(root / "site"), contents(tree)
        assert wanted == {path: held[path] for path in wanted}
        assert "先删后改名" in receipt.risks[0]
        assert receipt.sent.index("index.html") > receipt.sent.index("stories/8.html")


def test_d25_an_ftp_server_that_refuses_to_rename_over_a_file(tree, tmp_path, request):
    """D25: the same by FTP; plain FTP's own risk is told with its reason."""
    conftest = request.getfixturevalue("conftest_of_publisher")

    class Strict(servers.FTPHandler):
        def ftp_RNTO(self, path):  # noqa: N802 - pyftpdlib's name
            if self.fs.lexists(path):
                self.respond("553 exists")
                return None
            return super().ftp_RNTO(path)

    root = tmp_path / "host"
    root.mkdir()
    with servers.ftp_server(root, Strict) as port:
        place = conftest.ftp_place(port, None)
        send(FtpHost(place), tree, tmp_path / "book")
        make_tree(tree, range(1, 9), day=2)

        receipt = send(FtpHost(place), tree, tmp_path / "book")

        held, wanted = contents(root / "site"), contents(tree)
        assert wanted == {path: held[path] for path in wanted}
        assert "只在测试里用" in receipt.risks[0]
        assert "先删后改名" in receipt.risks[1]


class Damaging(PlainFolder):
    """A folder that stores some files otherwise, a number of times."""

    def __init__(self, root, spoil, times):
        super().__init__(root)
        self.spoil, self.times = spoil, times

    def send(self, batch, told):
        super().send(batch, told)
        for parcel in batch:
            if parcel.path == "index.html" and self.times:
                self.times -= 1
                self.spoil(self.root / parcel.path)


def fewer(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def other_case(file: Path) -> None:
    file.rename(file.with_name("INDEX.HTML"))


def other_bytes(file: Path) -> None:
    file.write_bytes(file.read_bytes()[::-1])


@pytest.mark.parametrize("spoil", [fewer, other_case, other_bytes])
def test_d26_what_the_host_stored_otherwise_is_sent_again(tree, tmp_path, spoil):
    """D26: fewer bytes, another case, other bytes: once mended, twice a failure."""
    once = Damaging(tmp_path / "once", spoil, 1)
    send(once, tree, tmp_path / "book1")
    always = Damaging(tmp_path / "always", spoil, 9)

    with pytest.raises(PublishFailed, match=r"不一样.*：index\.html"):
        send(always, tree, tmp_path / "book2")

    held = contents(tmp_path / "once")
    assert contents(tree)["index.html"] == held["index.html"]


def test_a_full_disk_is_a_sentence(tree, tmp_path, monkeypatch):
    """D10: no space left: the old site stays, and the cure is named."""
    import errno

    send(ReleaseFolder(tmp_path / "site"), tree, tmp_path / "book")
    before = contents(tmp_path / "site" / "current")
    make_tree(tree, range(1, 10))
    host = ReleaseFolder(tmp_path / "site")

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(host, "_put", full)
    with pytest.raises(PublishFailed, match="腾出空间"):
        send(host, tree, tmp_path / "book")

    assert before == contents(tmp_path / "site" / "current")


@pytest.mark.parametrize(
    ("fault", "told"),
    [(BrokenPipeError(), 0), (asyncssh.ConnectionLost("cut"), 0), (ValueError(), 1)],
)
def test_parts_of_a_file_say_nothing_when_the_line_is_cut(caplog, fault, told):
    """A broken link is told once by whoever waits for it; other faults are shown."""
    loop = asyncio.new_event_loop()

    leave_out_links(loop, {"message": "never retrieved", "exception": fault})

    loop.close()
    assert told == len(caplog.records)
