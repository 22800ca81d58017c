"""The shell of an SSH user: a host that says something else than what it was asked."""

from __future__ import annotations

from publisher.faults import LoginRefused, PublishFailed

GREETING = "gonghui-here"  # what we ask the shell to say
_SHOWN = 60


def no_clean_shell(where: str, said: str) -> PublishFailed:
    """Why a host's words are no answer of a program.

    Args:
        where: address and port.
        said: what it said when it was asked for ``GREETING``.
    """
    before, greeting, _ = said.partition(GREETING)
    words = " ".join(before.split())[:_SHOWN]
    if greeting:
        return PublishFailed(
            f"主机 {where} 一登录就先输出了文字（{words}），传文件的程序看不懂它。"
            "没有动任何文件。请主机管理员把 .bashrc、.profile 里输出文字的命令"
            "（echo 之类）删掉，或只留给人登录时用"
        )
    told = f"（主机说：{words}）" if words else ""
    return LoginRefused(
        f"主机 {where} 让这个用户登录，却不让运行命令{told}：它的登录 shell 多半是 "
        "nologin。没有动任何文件。请主机商给这个用户开通 SFTP 或命令行，"
        "或在 [[hosts]] 里换一种 kind（sftp、ftps）"
    )
