"""From what Scrapy and servers say to a fault class and one plain Chinese sentence."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.guard import Refused, host_of
from newsroom.errors import NewsroomError
from newsroom.source import FaultClass

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.http import Response

_BROWSER_STATUS = frozenset({412, 521})
_REFUSED_STATUS = frozenset({401, 403})
GONE = frozenset({404, 410})
_DOWN_STATUS = frozenset({500, 502, 504, 522, 524})
_NOT_HTTP = ("ParseError", "BadHeaders", "HTTPParseError", "LengthLimit", "ValueError")

_KINDS: dict[tuple[type[Exception], ...], FaultClass] = {
    (DownloadConnectionRefusedError,): FaultClass.DOWN,
    (CannotResolveHostError,): FaultClass.DNS,
    (DownloadTimeoutError,): FaultClass.TIMEOUT,
    (ResponseDataLossError,): FaultClass.BROKEN,
    (DownloadCancelledError,): FaultClass.TOO_LARGE,
    (UnsupportedURLSchemeError,): FaultClass.PROTOCOL,
    (zlib.error, EOFError): FaultClass.BAD_BODY,
}
_SENTENCES = {
    FaultClass.DOWN: "网站打不开（{host} 拒绝连接或报错）。"
    "先用浏览器打开看看；下次运行会再试。",
    FaultClass.DNS: "找不到网站 {host}（域名解析失败）。请检查网址和本机网络。",
    FaultClass.TIMEOUT: "{host} 长时间没有回应，已放弃。下次运行会再试。",
    FaultClass.BROKEN: "{host} 传到一半断开了，不完整的网页没有采用。下次运行会再试。",
    FaultClass.TOO_LARGE: "网页或文件太大，没有读取：{url}",
    FaultClass.BAD_BODY: "网页内容损坏（解压失败），没有采用：{url}",
    FaultClass.PROTOCOL: "{host} 回答的不是网页协议，请核对网址和端口：{url}",
    FaultClass.CERTIFICATE: "{host} 的证书不可信（过期、自签或不符），没有访问。"
    "请联系对方网站；确需例外，在 config.toml 里为该来源写明 insecure_reason。",
    FaultClass.REFUSED: "{host} 拒绝访问（{status}），没有再试。"
    "可用浏览器打开后另存或粘贴投稿。",
    FaultClass.NEEDS_BROWSER: "{host} 要求用浏览器验证（{status}），程序不绕过。"
    "请用浏览器打开网页，另存或粘贴后手工添加。",
    FaultClass.RATE_LIMITED: "{host} 嫌访问太频繁（429），本次停止读取{after}。",
    FaultClass.MAINTENANCE: "{host} 正在维护（503），本次停止读取{after}。",
    FaultClass.NOT_FOUND: "网页不存在或已删除（{status}）：{url}",
    FaultClass.BUG: "程序读这一页时出错，已跳过：{url}（{reason}）",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong with one request.

    ``stops`` says that the source must not be asked again in this run; ``retry_after``
    is in seconds, None when the server named none.
    """

    kind: FaultClass
    sentence: str
    stops: bool = False
    retry_after: float | None = None


def of_error(error: BaseException, url: str, refused: dict[str, str]) -> Fault:
    """The fault behind an exception.

    Args:
        error: what the request or its reading raised.
        url: the address asked for.
        refused: the resolver's refusals, name to reason.
    """
    host = host_of(url)
    if isinstance(error, Refused):
        return Fault(error.fault, str(error), error.stops, error.retry_after)
    if host in refused:
        return Fault(
            FaultClass.BLOCKED_ADDRESS, f"网址不安全，没有访问：{refused[host]}"
        )
    if isinstance(error, NewsroomError):
        return Fault(FaultClass.UNREADABLE, str(error))
    kind = _kind_of(error)
    return Fault(kind, sentence(kind, url, reason=type(error).__name__))


def of_status(response: Response, now: datetime) -> Fault | None:
    """The fault that an answer's status stands for, None for a good answer."""
    status = response.status
    if status < 300 or status == 304:  # noqa: PLR2004 - good answers
        return None
    kind = _kind_of_status(status)
    pause = _retry_after(response, now)
    after = f"；网站要求 {round(pause / 60) or 1} 分钟后再来" if pause else ""
    return Fault(
        kind,
        sentence(kind, response.url, status=status, after=after),
        stops=kind in {FaultClass.RATE_LIMITED, FaultClass.MAINTENANCE}
        or kind is FaultClass.NEEDS_BROWSER,
        retry_after=pause,
    )


def sentence(
    kind: FaultClass, url: str, *, status: int = 0, after: str = "", reason: str = ""
) -> str:
    """The Chinese sentence for a class of fault at an address."""
    return _SENTENCES[kind].format(
        host=host_of(url), url=url[:150], status=status, after=after, reason=reason
    )


def _kind_of_status(status: int) -> FaultClass:
    if status in _BROWSER_STATUS:
        return FaultClass.NEEDS_BROWSER
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        return FaultClass.RATE_LIMITED
    if status == 503:  # noqa: PLR2004 - Service Unavailable
        return FaultClass.MAINTENANCE
    if status in _DOWN_STATUS or status >= 500:  # noqa: PLR2004 - server errors
        return FaultClass.DOWN
    return FaultClass.NOT_FOUND if status in GONE else FaultClass.REFUSED


def _kind_of(error: BaseException) -> FaultClass:
    if isinstance(error, DownloadFailedError):
        return _kind_of_failure(error)
    for kinds, fault in _KINDS.items():
        if isinstance(error, kinds):
            return fault
    return _kind_of_reason(error) or FaultClass.BUG


def _kind_of_failure(error: BaseException) -> FaultClass:
    """Twisted wraps what happened on the wire; the reasons tell it."""
    reasons = getattr(error.__cause__, "reasons", ())
    for reason in reasons:
        kind = _kind_of_reason(reason.value)
        if kind:
            return kind
    return FaultClass.BROKEN


def _kind_of_reason(error: BaseException) -> FaultClass | None:
    names = " ".join(
        f"{base.__module__}.{base.__name__}" for base in type(error).__mro__
    )
    if "OpenSSL" in names or "service_identity" in names:
        return FaultClass.CERTIFICATE
    if any(word in names for word in _NOT_HTTP):
        return FaultClass.PROTOCOL
    if "twisted.internet.error" in names:
        return FaultClass.BROKEN
    return None


def _retry_after(response: Response, now: datetime) -> float | None:
    """The server's wish in seconds, given as seconds or as a date; at most a week."""
    text = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if text.isdigit():
        return min(float(text[:7]), 604800.0)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return None
