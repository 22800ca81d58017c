"""What rsync and ssh say when they fail, and what the office can do about it."""

from __future__ import annotations

import re

from publisher.faults import HostKeyChanged, LinkBroken, LoginRefused, PublishFailed
from publisher.hosts.place import FolderPlace

_SHOWN = 160
_STANDS = "原来的网页还在。"
_AGAIN = "再运行 gonghui publish，会接着做"
# The first that fits tells it: what is said, the fault, and its sentence.
_TOLD: tuple[tuple[re.Pattern[str], type[PublishFailed], str], ...] = (
    (
        re.compile(r"HOST IDENTIFICATION HAS CHANGED|verification failed"),
        HostKeyChanged,
        (
            "主机 {where} 出示的密钥与设置里的 host_key 不同，没有连接。"
            "可能是主机换了密钥，也可能有人冒充：请打电话向主机商核对，"
            "核对无误才改 config.toml 里的 host_key"
        ),
    ),
    (
        re.compile(r"Permission denied \([a-z]|Too many authentication failures"),
        LoginRefused,
        (
            "主机 {where} 不接受用户 {user} 的密钥：请检查 key_file，"
            "并请主机管理员核对这个用户的 authorized_keys"
        ),
    ),
    (
        re.compile(r"Load key|UNPROTECTED PRIVATE KEY|invalid format"),
        LoginRefused,
        (
            "主机 {where} 的密钥文件读不出来，或别人也能读它："
            "请检查 key_file 的内容和权限（只许自己读）"
        ),
    ),
    (
        re.compile(r"rsync: (?:command )?not found|rsync: No such file|\(code 127\)"),
        PublishFailed,
        (
            "主机 {where} 上没有装 rsync。没有动任何文件。请主机管理员装上它"
            "（Debian、Ubuntu 运行 apt install rsync；CentOS、openEuler 运行 "
            "yum install rsync），或在 [[hosts]] 里把 kind 改成 sftp"
        ),
    ),
    (
        re.compile(r"is your shell clean|protocol version mismatch"),
        PublishFailed,
        (
            "主机 {where} 在 rsync 说话之前先输出了文字。" + _STANDS + "请主机管理员"
            "把 .bashrc、.profile 里输出文字的命令（echo 之类）删掉，再运行一次"
        ),
    ),
    (
        re.compile(r"[Qq]uota exceeded"),
        PublishFailed,
        (
            "主机 {where} 的空间配额用完了。" + _STANDS + "请在主机商的管理面板里"
            "腾出空间或加大配额，" + _AGAIN
        ),
    ),
    (
        re.compile(r"No space left"),
        PublishFailed,
        "主机 {where} 的磁盘满了。" + _STANDS + "请主机管理员腾出空间，" + _AGAIN,
    ),
    (
        re.compile(r"Read-only file system"),
        PublishFailed,
        "主机 {where} 的磁盘现在只能读：请主机管理员检查磁盘，" + _AGAIN,
    ),
    (
        re.compile(r"Permission denied|Operation not permitted"),
        PublishFailed,
        (
            "主机 {where} 不让读写 {folder}（它说：{said}）。"
            + _STANDS
            + "请主机管理员"
            "检查这个用户的权限，" + _AGAIN
        ),
    ),
    (
        re.compile(r"cannot create directory|Not a directory|File exists"),
        PublishFailed,
        "主机 {where} 上没有 {folder}，也建不出来：请检查 folder 是否写对",
    ),
    (
        re.compile(r"Could not resolve hostname"),
        LinkBroken,
        "找不到主机 {where}：请检查 address 有没有写错、本机网络通不通，" + _AGAIN,
    ),
    (
        re.compile(
            r"Connection (?:timed out|refused|reset|closed)|closed by remote host"
            r"|Broken pipe|No route|unreachable|connection unexpectedly closed"
            r"|timeout|kex_exchange|mux_client",
            re.IGNORECASE,
        ),
        LinkBroken,
        (
            "与主机 {where} 的连接断了或连不上。"
            + _STANDS
            + "请检查网络和主机地址，"
            + _AGAIN
        ),
    ),
)
_ELSE = (
    "rsync 没有做成（它说：{said}）。" + _STANDS + "请检查主机的空间和权限，" + _AGAIN
)


def rsync_fault(told: str, place: FolderPlace) -> PublishFailed:
    """The sentence for what rsync or ssh said on its way out."""
    fits = ((kind, text) for pattern, kind, text in _TOLD if pattern.search(told))
    kind, text = next(fits, (PublishFailed if told.strip() else LinkBroken, _ELSE))
    return kind(
        text.format(
            where=f"{place.address}:{place.port}",
            folder=place.folder,
            user=place.user,
            said=" ".join(told.split())[:_SHOWN] or "什么也没说",
        )
    )
