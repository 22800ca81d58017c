"""What git's refusals mean, and what the office can do about them."""

from __future__ import annotations

import re

from publisher.faults import HostBusy, LinkBroken, LoginRefused, PublishFailed

_SHOWN = 200
_SECRET = re.compile(r"//[^/@\s]+@")  # https://token@host
_REMOTE = re.compile(r"^remote: *(?!error:)(\S.*?) *$", re.MULTILINE)
_I = re.IGNORECASE
# The first that fits tells it: what git says, the fault, and its sentence.
_TOLD: tuple[tuple[re.Pattern[str], type[PublishFailed], str], ...] = (
    (
        re.compile(
            r"resolve host|Connection refused|timed out|Connection reset"
            r"|Failed to connect|unexpectedly|Network is unreachable",
            _I,
        ),
        LinkBroken,
        (
            "与 git 仓库 {where} 的连接断了或连不上。原来的网页还在。"
            "请检查网络和 address，再运行 gonghui publish，会接着做"
        ),
    ),
    (
        re.compile(r"Host key verification failed"),
        LoginRefused,
        (
            "这台电脑还不认识仓库 {where} 的主机，没有连接。"
            "请先在命令行里运行一次 git ls-remote {where}，核对指纹后答 yes"
        ),
    ),
    (
        re.compile(r"hook declined|protected branch|GH\d{3}|not allowed to push"),
        PublishFailed,
        (
            "仓库的服务器按它自己的规则没有收{words}。原来的网页还在。"
            "请仓库管理员允许这个账号往分支 {branch} 推送，再运行 gonghui publish"
        ),
    ),
    (
        re.compile(r"\[rejected\]|fetch first|non-fast-forward|cannot lock ref"),
        HostBusy,
        "另一个人刚刚往这个仓库推送过，没有覆盖它：请再运行一次 gonghui publish",
    ),
    (
        re.compile(
            r"Authentication failed|could not read (?:Username|Password)"
            r"|Permission denied|error: 40[13]\b",
            _I,
        ),
        LoginRefused,
        (
            "仓库 {where} 不接受登录，或不让写：请在这台电脑上先用 git 登录一次，"
            "并请仓库管理员给写的权限"
        ),
    ),
    (
        re.compile(r"not appear to be a git repo|not found|does not exist", _I),
        PublishFailed,
        "没有找到 git 仓库 {where}，或这个账号看不到它：请核对 address",
    ),
    (
        re.compile(r"invalid refspec|not a valid (?:ref|branch)"),
        PublishFailed,
        "分支名 {branch} 不能用：请改 config.toml 里的 branch",
    ),
)
_ELSE = (
    "git 没有做成。原来的网页还在。请检查网络和 address，再运行一次（git 说：{said}）"
)


def git_fault(told: str, address: str, branch: str) -> PublishFailed:
    """The sentence for what git said on its way out; no secret of an address in it."""
    fits = ((kind, text) for pattern, kind, text in _TOLD if pattern.search(told))
    kind, text = next(fits, (LinkBroken, _ELSE))
    return kind(
        text.format(
            where=_SECRET.sub("//…@", address),
            branch=branch,
            words=_words(told),
            said=_SECRET.sub("//…@", " ".join(told.split()))[:_SHOWN],
        )
    )


def _words(told: str) -> str:
    found = " ".join(_REMOTE.findall(told))[:_SHOWN]
    return f"（它说：{found}）" if found else ""
