"""Why a host could not be reached, for somebody who can mend the settings."""

from __future__ import annotations

import socket


def why_unreached(error: BaseException) -> str:
    """The reason in brackets; empty where a line merely dropped."""
    if isinstance(error, socket.gaierror):
        return "（找不到这个域名：请看 address 有没有写错，这台电脑连上网没有）"
    if isinstance(error, ConnectionRefusedError):
        return "（这个端口没有开：请看 port 有没有写错，或问主机商）"
    if isinstance(error, TimeoutError):
        return "（等了很久没有回答：请看 address 和 port 有没有写错，或过一会儿再试）"
    return ""
