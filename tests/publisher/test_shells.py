"""SSH users whose shell says something else, or lacks what a publishing needs."""

from __future__ import annotations

import getpass
import shutil
import sys

import pytest

from publisher.faults import HostKeyChanged, LinkBroken, LoginRefused, PublishFailed
from publisher.hosts.rsync import RsyncHost, RsyncPlace
from publisher.hosts.rsync_faults import rsync_fault
from publisher.hosts.sftp import SftpHost, SftpPlace
from tests.conftest import need

trees = sys.modules["publisher_tests_trees"]
servers = sys.modules["publisher_tests_servers"]
PLACE = RsyncPlace("web", 22, "/srv/site", "何某", "", None)
NO_LOGIN = "ForceCommand=echo This account is currently not available.; exit 1"
BANNER = 'ForceCommand=echo 欢迎使用某云; eval "$SSH_ORIGINAL_COMMAND"'


@pytest.fixture
def dial(tmp_path):
    """Open a host of a kind at an OpenSSH server with these options, and list it."""
    need("openssh-server", servers.program("sshd") is not None)
    need("rsync", servers.program("rsync") is not None)

    def fault(kind, *options):
        words = (str(tmp_path / "site"), getpass.getuser())
        with servers.openssh(tmp_path, *options) as (port, host_key, key):
            told = ("127.0.0.1", port, *words, host_key, key)
            with pytest.raises(PublishFailed) as caught:
                send_by(kind, told)
        return caught.value

    def send_by(kind, told):
        if kind == "sftp":
            host = SftpHost(SftpPlace(*told))
        else:
            host = RsyncHost(RsyncPlace(*told), tmp_path / "work")
        trees.send(host, tmp_path / "tree", tmp_path / "book")

    return fault


@pytest.fixture
def tree(tmp_path):
    """A small public tree where :func:`dial` looks for it."""
    return trees.make_tree(tmp_path / "tree", range(1, 3))


@pytest.mark.parametrize("kind", ["rsync", "sftp"])
@pytest.mark.parametrize(
    ("option", "fault", "words"),
    [
        (NO_LOGIN, LoginRefused, "currently not available.）：它的登录 shell 多半是"),
        (BANNER, PublishFailed, "一登录就先输出了文字（欢迎使用某云）"),
    ],
)
def test_a_shell_that_says_something_else_is_told_apart(
    dial, tree, tmp_path, kind, option, fault, words
):
    """No lock, no broken line: what the host said, and who can mend it."""
    told = dial(kind, option)

    assert type(told) is fault
    assert words in str(told)
    assert not (tmp_path / "site").exists()


def test_a_host_without_rsync_is_told_and_nothing_is_left(dial, tree, tmp_path):
    """The line is sound: rsync is missing, and how it is had stands in the sentence."""
    few = tmp_path / "few"
    few.mkdir()
    for name in ("mkdir", "cat", "rm", "rmdir"):
        (few / name).symlink_to(shutil.which(name))

    told = dial("rsync", f'ForceCommand=PATH={few}; eval "$SSH_ORIGINAL_COMMAND"')

    assert type(told) is PublishFailed
    assert "没有装 rsync" in str(told)
    assert "apt install rsync" in str(told)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("said", "fault", "words"),
    [
        ("bash: line 1: rsync: command not found", PublishFailed, "没有装 rsync"),
        ("protocol version mismatch -- is your shell clean?", PublishFailed, "bashrc"),
        ("WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", HostKeyChanged, "打电话"),
        ("u@web: Permission denied (publickey).", LoginRefused, "authorized_keys"),
        ('Load key "x": invalid format', LoginRefused, "key_file"),
        ("mkstemp failed: Disk quota exceeded (122)", PublishFailed, "配额用完"),
        ("write failed: No space left on device (28)", PublishFailed, "磁盘满了"),
        ("mkdir failed: Read-only file system (30)", PublishFailed, "只能读"),
        ('mkstemp ".x" failed: Permission denied (13)', PublishFailed, "不让读写"),
        ("mkdir: cannot create directory: No such file", PublishFailed, "folder"),
        ("ssh: Could not resolve hostname web: x", LinkBroken, "找不到主机"),
        ("client_loop: send disconnect: Broken pipe", LinkBroken, "连接断了"),
        ("", LinkBroken, "什么也没说"),
        ("rsync: odd", PublishFailed, "它说：rsync: odd"),
    ],
)
def test_rsync_is_understood(said, fault, words):
    """Each refusal has a sentence of its own, with the cure."""
    told = rsync_fault(said, PLACE)

    assert type(told) is fault
    assert words in str(told)
