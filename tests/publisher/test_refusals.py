"""A host that lets us not in: another key, an old password, nobody there."""

from __future__ import annotations

import sys

import asyncssh
import pytest

from publisher.faults import HostKeyChanged, LinkBroken, LoginRefused, PublishFailed
from publisher.hosts.ftp import FtpHost
from publisher.hosts.login import read_secret
from publisher.hosts.s3 import S3Host
from publisher.hosts.sftp import SftpHost

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
send = trees.send


def test_d23_another_host_key_is_never_accepted(stand_of, tree, book, request):
    """D23: the pinned key differs: no login, and the sentence says what to do."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of("sftp")
    send(stand.open(), tree, book)
    before = stand.files()
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()

    with pytest.raises(HostKeyChanged, match="打电话向主机商核对"):
        SftpHost(conftest.sftp_place(stand.server, host_key=other))

    assert before == stand.files()


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_d23_a_refused_login_names_the_cure(stand_of, request, kind, certificate):
    """D23: an expired password is a sentence, and never told."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of(kind)

    if kind == "sftp":
        make, place = SftpHost, conftest.sftp_place(stand.server, password="old word")
    else:
        place = conftest.ftp_place(stand.port, certificate, password="old word")
        make = FtpHost

    with pytest.raises(LoginRefused, match="管理面板里核对") as refused:
        make(place)

    assert "old word" not in str(refused.value)


def test_d23_a_certificate_nobody_knows_is_refused_before_the_password(
    stand_of, request, certificate
):
    """D23: without its file in ca_file a self-made certificate ends the matter."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of("ftps")
    place = conftest.ftp_place(stand.port, certificate, ca_file=None)

    with pytest.raises(HostKeyChanged, match="ca_file"):
        FtpHost(place)


def test_d23_an_s3_key_without_rights_is_said(stand_of, request, no_waiting):
    """D23: a bucket that is not there is a sentence, too."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    stand = stand_of("s3")
    host = S3Host(conftest.s3_place(stand.port, "not-there"))

    with pytest.raises(PublishFailed, match=r"存储空间 not-there.*还没有建"):
        host.listing()


def test_d23_nobody_there(request, no_waiting):
    """D23: an address where nobody listens."""
    conftest = request.getfixturevalue("conftest_of_publisher")
    port = servers.free_port()
    host = S3Host(conftest.s3_place(port, "b", timeout=2))

    with pytest.raises(LinkBroken, match="请检查网络"):
        host.listing()


def test_a74_secrets_come_from_the_named_place_only(tmp_path):
    """A74: a variable or a file; a missing one is named, its value never told."""
    file = tmp_path / "word"
    file.write_text("made up\n", encoding="utf-8")

    assert "x" == read_secret("main", "GONGHUI_FTP", None, {"GONGHUI_FTP": "x"})
    assert "made up" == read_secret("main", "", file, {})
    assert "" == read_secret("main", "", None, {})
    with pytest.raises(LoginRefused, match="环境变量 GONGHUI_FTP"):
        read_secret("main", "GONGHUI_FTP", None, {})
    with pytest.raises(LoginRefused, match="读不出来"):
        read_secret("main", "", tmp_path / "none", {})


def test_a74_nothing_that_is_kept_holds_the_password(stand_of, tree, book, caplog):
    """A74: not in receipts, journals, marks, records, logs."""
    stand = stand_of("ftps")
    send(stand.open(), tree, book)

    kept = b"".join(f.read_bytes() for f in book.rglob("*") if f.is_file())
    assert servers.PASSWORD.encode() not in kept
    assert servers.PASSWORD not in caplog.text
