"""The live site as a reader meets it: the office's own address, and no other."""

from __future__ import annotations

import hashlib
import http.client
import posixpath
import re
import socket
import ssl
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

TIMEOUT = 20.0
MOST_PAGES = 200
LARGEST = 32 * 1024 * 1024
CERTIFICATE_DAYS = 21
OLDEST = timedelta(days=4)  # a long weekend without an edition is no fault
_LINK = re.compile(rb"\s(?:href|src)=\"([^\"#?]+)", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_OK = 200
_WANTED_HEADERS = (
    ("content-security-policy", "浏览器不知道只许载入本站的内容"),
    ("x-content-type-options", "浏览器可能把文件当成别的类型"),
    ("referrer-policy", "读者点外链时会带上本站地址"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class LiveReport:
    """What was found; ``faults`` must be mended, ``notes`` should be.

    Attributes:
        url: the address that was looked at.
        pages: how many pages and files were fetched.
        compared: how many were compared with the release by content.
        certificate_days: days that the certificate is still good; None for http.
        age: the age of the newest edition; None when unknown.
    """

    url: str
    pages: int = 0
    compared: int = 0
    certificate_days: int | None = None
    age: timedelta | None = None
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


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
            raise NoAnswer(f"证书有问题：{error.verify_message}") from error
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


def verify_site(
    url: str,
    hashes: Mapping[str, str],
    sample: tuple[str, ...],
    now: datetime,
    *,
    context: ssl.SSLContext | None = None,
) -> LiveReport:
    """Look at the live site from its front page on.

    Args:
        url: the address that readers open.
        hashes: what the host should hold: path and sha256; empty when unknown.
        sample: the paths to compare by content.
        now: the time, aware.
        context: how certificates are checked; the system's way when None.
    """
    base = url if url.endswith("/") else f"{url}/"
    browser = Browser(base, context)
    faults: list[str] = []
    notes: list[str] = []
    try:
        front = browser.fetch("index.html")
    except NoAnswer as error:
        return LiveReport(url, faults=(f"{url} 打不开：{error}",))
    end = browser.certificate_end()
    days = (end - now).days if end else None
    faults += _certificate(days)
    notes += _headers(front, base)
    age = _age(browser, now)
    if age is None:
        faults.append("edition.json 打不开或看不懂：网站可能没有发布完整")
    elif age > OLDEST:
        faults.append(f"最新一期已是 {age.days} 天前的：请检查早晨任务和发布")
    faults += _compare(browser, hashes, sample)
    seen, dead = _walk(browser, front)
    faults += [
        f"{page} 上的链接 {target} 打不开（{why}）" for page, target, why in dead
    ]
    browser.close()
    return LiveReport(url, seen, len(sample), days, age, tuple(faults), tuple(notes))


def _certificate(days: int | None) -> Iterator[str]:
    if days is not None and days < CERTIFICATE_DAYS:
        yield f"证书还有 {days} 天到期：请主机商续期，到期后读者打不开网站"


def _headers(front: Answer, base: str) -> Iterator[str]:
    if not base.startswith("https:"):
        yield "网站还没有用 https：请主机商开通证书"
    kind = front.headers.get("content-type", "")
    if "charset=utf-8" not in kind.lower().replace(" ", ""):
        yield f"网页没有声明 utf-8（主机说的是 {kind or '什么也没说'}）：可能显示乱码"
    for name, harm in _WANTED_HEADERS:
        if name not in front.headers:
            yield f"缺少响应头 {name}（{harm}）：写法见 deploy/"


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


def _age(browser: Browser, now: datetime) -> timedelta | None:
    try:
        answer = browser.fetch("edition.json")
    except NoAnswer:
        return None
    found = re.search(rb'"day":\s*"(\d{4}-\d\d-\d\d)"', answer.body)
    if answer.status != _OK or found is None:
        return None
    return timedelta(days=(now.date() - date.fromisoformat(found[1].decode())).days)


def _compare(
    browser: Browser, hashes: Mapping[str, str], sample: tuple[str, ...]
) -> Iterator[str]:
    for path in sample:
        answer = _good(browser, path)
        if isinstance(answer, str):
            yield f"{path} 打不开（{answer}）"
        elif hashlib.sha256(answer.body).hexdigest() != hashes[path]:
            yield (
                f"{path} 与发布的内容不同：主机或缓存改了它，"
                "请清缓存，或运行 gonghui publish 恢复"
            )


def _good(browser: Browser, path: str) -> Answer | str:
    """The good answer, or why there is none."""
    try:
        answer = browser.fetch(path)
    except NoAnswer as error:
        return str(error)
    return answer if answer.status == _OK else f"状态 {answer.status}"


def _walk(browser: Browser, front: Answer) -> tuple[int, list[tuple[str, str, str]]]:
    """Every page that the front page leads to, at most 200; and the dead links."""
    dead: list[tuple[str, str, str]] = []
    if front.status != _OK:
        return 1, [("网址", "index.html", f"状态 {front.status}")]
    seen = {"index.html"}
    queue = deque([("index.html", front.body)])
    while queue:
        page, body = queue.popleft()
        for target in _links(body, page):
            if target in seen or len(seen) >= MOST_PAGES:
                continue
            seen.add(target)
            answer = _good(browser, target)
            if isinstance(answer, str):
                dead.append((page, target, answer))
            elif target.endswith(".html"):
                queue.append((target, answer.body))
    return len(seen), dead


def _links(body: bytes, page: str) -> Iterator[str]:
    for raw in _LINK.findall(body):
        href = unquote(unescape(raw.decode(errors="replace")))
        if _OUTSIDE.match(href):
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), href))
        if not path.startswith(("../", "/")) and path != "..":
            yield path
