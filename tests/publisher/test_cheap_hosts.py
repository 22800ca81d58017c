"""FTP servers with the habits of cheap hosts."""

from __future__ import annotations

import os
import ssl
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from publisher.faults import LoginRefused, PublishFailed, PublishRefused
from publisher.hosts.certificates import why_not_believed
from publisher.hosts.ftp import FtpHost
from publisher.hosts.ftp_lists import rows_of

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
make_tree, send, contents = trees.make_tree, trees.send, trees.contents


class OnlyLists(servers.FTPHandler):
    """vsftpd and old servers: no MLSD, LIST in the manner of Unix."""

    proto_cmds: ClassVar = {
        name: told
        for name, told in servers.FTPHandler.proto_cmds.items()
        if name not in {"MLSD", "MLST"}
    }
    unicode_errors = "surrogateescape"


class OfBytes(servers.FTPHandler):
    """Names are bytes, as on any Unix server."""

    unicode_errors = "surrogateescape"


class NoDots(servers.FTPHandler):
    """Takes no file or folder whose name begins with a dot (pure-ftpd -x)."""

    def ftp_STOR(self, file, mode="w"):  # noqa: N802 - pyftpdlib's name
        if "/." in file:
            self.respond("553 Prohibited file name: " + file)
            return None
        return super().ftp_STOR(file, mode)


class Full(servers.FTPHandler):
    """The quota is used up once so many files are there."""

    left = 6

    def ftp_STOR(self, file, mode="w"):  # noqa: N802 - pyftpdlib's name
        Full.left -= 1
        if Full.left < 0:
            self.respond("552 Quota exceeded: [12 used]")
            return None
        return super().ftp_STOR(file, mode)


class OnlyEncrypted(servers.FTPHandler):
    """Wants TLS, and says so where others say that the password is wrong."""

    def ftp_USER(self, line):  # noqa: N802 - pyftpdlib's name
        self.respond("530 Non-anonymous sessions must use encryption.")


@pytest.fixture
def dial(tmp_path, request):
    """Serve with a handler: what opens a host of it, with other words than usual."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    root = tmp_path / "host"
    (root / "site").mkdir(parents=True)
    doors = []

    def serve(handler, **other):
        door = servers.ftp_server(root, handler)
        port = door.__enter__()
        doors.append(door)
        certificate = other.pop("certificate", None)
        return lambda: FtpHost(conftest.ftp_place(port, certificate, **other))

    yield serve
    for door in doors:
        door.__exit__(None, None, None)


@pytest.mark.parametrize("folder", ["site", "/site", "site/deep/er"])
def test_a_folder_named_from_the_login_on_is_found_again(
    dial, tree, tmp_path, book, folder
):
    """Listing by LIST walks through folders; a relative one must not lose its way."""
    open_host = dial(OnlyLists, folder=folder)
    send(open_host(), tree, book)
    make_tree(tree, range(2, 10), day=2)

    receipt = send(open_host(), tree, book)

    held = contents(tmp_path / "host" / folder.strip("/"))
    wanted = contents(tree)
    assert wanted == {path: held[path] for path in wanted}
    assert ("stories/1.html",) == receipt.deleted


@pytest.mark.parametrize(
    ("handler", "name"), [(OnlyLists, "旧闻.htm"), (OfBytes, "工会旧闻/老照片.htm")]
)
def test_a_name_in_gbk_is_read_and_left_alone(
    dial, tree, tmp_path, book, handler, name
):
    """Old Chinese hosts hold names in GBK: they are listed as people write them."""
    open_host = dial(handler)
    send(open_host(), tree, book)
    old = Path(
        os.fsdecode(bytes(tmp_path / "host" / "site/") + b"/" + name.encode("gbk"))
    )
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"old")

    receipt = send(open_host(), tree, book)

    assert (name,) == receipt.unknown


def test_a_host_that_takes_no_dots_gets_other_names(dial, tree, tmp_path, book):
    """The site stands there all the same; a second computer finds the record."""
    open_host = dial(NoDots)
    first = send(open_host(), tree, book)
    make_tree(tree, range(2, 10), day=2)

    second = send(open_host(), tree, book.with_name("other"))

    held = contents(tmp_path / "host" / "site")
    assert {"_gonghui.json.gz"} == {path for path in held if path.startswith("_")}
    assert "不收以点开头" in first.risks[-1]
    assert (("stories/1.html",), ()) == (second.deleted, second.unknown)


def test_a_used_up_quota_is_told_and_the_next_run_goes_on(dial, tree, tmp_path, book):
    """552 in the middle: what to do is said; with room again the rest travels."""
    Full.left = 6
    open_host = dial(Full)
    with pytest.raises(PublishFailed, match=r"空间满了.*Quota exceeded.*腾出空间"):
        send(open_host(), tree, book)
    Full.left = 99

    receipt = send(open_host(), tree, book)

    held = contents(tmp_path / "host" / "site")
    assert contents(tree) == held
    assert 0 < len(receipt.sent) < len(held)


def test_a_host_without_encryption_never_sees_the_password(dial, certificate):
    """FTPS asked of a plain server: its refusal is not taken for a wrong password."""
    open_host = dial(servers.FTPHandler, certificate=certificate)

    with pytest.raises(PublishFailed, match=r"不支持加密的 FTP.*密码没有发出去"):
        open_host()


def test_a_host_that_wants_encryption_is_understood(dial):
    """Plain FTP to a server with TLS only: the cure is another kind."""
    open_host = dial(OnlyEncrypted)

    with pytest.raises(LoginRefused, match="改成 ftps"):
        open_host()


def test_lists_of_many_kinds_are_read():
    """Unix with and without links, months in Chinese, Windows in two manners."""
    gbk = "旧.htm".encode("gbk").decode("latin-1")
    lines = [
        "total 12",
        "drwxr-xr-x   2 owner group  4096 Nov 22 08:00 stories",
        "-rw-r--r--   1 owner group    12 Nov 22  2025 a b.html",
        "-rw-r--r--   1 ftp ftp        13 11月 22 08:00 c.html".encode().decode(
            "latin-1"
        ),
        "-rw-r--r--   owner group      14 2026-11-22 08:00 d.html",
        "lrwxrwxrwx   1 owner group     4 Nov 22 08:00 www -> html",
        "11-22-26  08:00AM       <DIR>          towns",
        f"2026/11/22  08:00             1,234 {gbk}",
    ]

    rows = rows_of(lines)

    sizes = {name: one and one.size for name, one in rows}
    assert sizes == {
        "stories": None,
        "a b.html": 12,
        "c.html": 13,
        "d.html": 14,
        "www": 4,
        "towns": None,
        gbk: 1234,
    }


def test_a_list_that_nobody_understands_stops():
    """What is not seen might be overwritten: nothing is sent."""
    with pytest.raises(PublishFailed, match="看不懂主机的文件清单"):
        rows_of(["index.html  owner=web  12 bytes"])


def test_a_certificate_is_refused_in_chinese():
    """OpenSSL's reason comes as a sentence of ours."""
    fault = ssl.SSLCertVerificationError("certificate verify failed")
    fault.verify_code, fault.verify_message = 10, "certificate has expired"

    assert why_not_believed(fault) == "证书已经过期"


def test_links_on_the_host_are_files_of_others(dial, tree, tmp_path, book):
    """A link that stands there before the first publishing stops it."""
    (tmp_path / "host" / "site" / "index.html").symlink_to("elsewhere.html")
    open_host = dial(OnlyLists)

    with pytest.raises(PublishRefused, match=r"index\.html"):
        send(open_host(), tree, book)
