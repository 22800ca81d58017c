"""A browser for one address: the office's own site, and nothing beside it."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

from publisher.hosts.certificates import why_not_believed

TIMEOUT = 20.0
LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoAnswer(Exception):  # noqa: N818 - what the reader would say
    """The site did not answer; the reason in Chinese."""


@dataclass(slots=True)
class Browser:
    """Fetches paths below one address, over one connection; never goes elsewhere."""

    url: str
    context: ssl.SSLContext | None = None
    _open: http.client.HTTPConnection | None = field(default=None, repr=False)

    def fetch(self, path: str) -> Answer:
        """The answer for a path of the site; redirects are answers, not followed.

        Raises:
            NoAnswer: there was none; the sentence names the reason.
        """
        target = quote(urlsplit(urljoin(self.url, path)).path or "/", safe="/%")
        try:
            answer, body = self._ask(target)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise NoAnswer(
                f"证书有问题（{why_not_believed(error)}），读者的浏览器也会拦下。"
                "请主机商续期或重装证书"
            ) from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NoAnswer(_why_none(error)) from error
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, body)

    def _ask(self, target: str) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer, once more where the server had ended an idle connection."""
        words = {"User-Agent": "gonghui-verify"}
        fresh = self._open is None
        try:
            self._connection().request("GET", target, headers=words)
            answer = self._connection().getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            if fresh:
                raise
            self.close()
            self._connection().request("GET", target, headers=words)
            answer = self._connection().getresponse()
        return answer, answer.read(LARGEST)

    def certificate_end(self) -> datetime | None:
        """When the certificate ends; None where there is none (http)."""
        sock: socket.socket | None = self._open.sock if self._open else None
        told = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
        if not told or "notAfter" not in told:
            return None
        return datetime.fromtimestamp(
            ssl.cert_time_to_seconds(str(told["notAfter"])), tz=UTC
        )

    def close(self) -> None:
        """End the connection."""
        if self._open is not None:
            self._open.close()
        self._open = None

    def _connection(self) -> http.client.HTTPConnection:
        if self._open is None:
            parts = urlsplit(self.url)
            host = parts.hostname or ""
            if parts.scheme == "https":
                context = self.context or ssl.create_default_context()
                self._open = http.client.HTTPSConnection(
                    host, parts.port, timeout=TIMEOUT, context=context
                )
            else:
                self._open = http.client.HTTPConnection(
                    host, parts.port, timeout=TIMEOUT
                )
        return self._open


def _why_none(error: OSError | http.client.HTTPException) -> str:
    """Why a host did not answer, for somebody who can telephone it."""
    if isinstance(error, socket.gaierror):
        return "连不上：找不到这个域名。请看网址有没有写错、域名有没有到期"
    if isinstance(error, TimeoutError):
        return f"连不上：等了 {TIMEOUT:g} 秒没有回答。请看本机网络，再问主机商"
    if isinstance(error, ConnectionRefusedError):
        return "连不上：主机上没有打开网站服务。请问主机商，或看端口有没有写错"
    if isinstance(error, ssl.SSLError):
        return "连不上：加密连接没有建成。请问主机商证书装好没有"
    return f"连不上：连接中途断了（{type(error).__name__}）。请过一会儿再试"
