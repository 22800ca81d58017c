"""Why a line to a server failed, in words; an address or key is never repeated."""

from __future__ import annotations

import json
import socket
import ssl
import urllib.error
from http.client import HTTPException

_WHY = 120
# What an answer raises that is no HTTP, no JSON, or cut off in the middle.
UNREADABLE = (HTTPException, json.JSONDecodeError, UnicodeDecodeError, RecursionError)
_Kinds = type[Exception] | tuple[type[Exception], ...]
_WORDS: tuple[tuple[_Kinds, str], ...] = (
    (socket.gaierror, "找不到这个名字的服务器（名字写错了，或电脑没有联网）"),
    (ConnectionRefusedError, "对方拒绝连接"),
    (ConnectionError, "连接中途断开"),
    (TimeoutError, "等了很久没有回应"),
    (UNREADABLE, "回的不是看得懂的应答"),
)


def line_words(error: BaseException) -> str:
    """What went wrong on the way to a server."""
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, OSError):
        error = error.reason
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"证书核对不上（{plain(error.verify_message)}）"
    if isinstance(error, ssl.SSLError):
        return f"加密没有谈成（{plain(getattr(error, 'reason', None) or str(error))}）"
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    return plain(getattr(error, "strerror", None) or type(error).__name__)


def plain(said: bytes | str) -> str:
    """A server's own words on one short line; some write them in GBK."""
    words = said if isinstance(said, str) else _decoded(said)
    return " ".join(words.split())[:_WHY]


def _decoded(said: bytes) -> str:
    try:
        return said.decode()
    except UnicodeDecodeError:
        return said.decode("gb18030", "replace")
