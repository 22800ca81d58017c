"""A built tree on this machine's browser, and with a key on the office network.

The standard library serves it: GET and HEAD only, files only, no listing. On the
office network every request needs the random key of this run, first in the address,
then in a cookie.
"""

from __future__ import annotations

import errno
import hmac
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.message import Message
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from newsroom.errors import NewsroomError

LOOPBACK = "127.0.0.1"
COOKIE_SECONDS = 12 * 3600
# No built page has such a name: a drive, a stream, a backslash, a control character.
_DANGEROUS = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
# Windows reads its own table of types from the registry and may call .js text/plain.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Every page brings its own, tighter policy as <meta>; both hold. The page for unknown
# addresses carries its style inside, by a hash that only its own policy can name.
_SELF_ONLY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", _SELF_ONLY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
NEEDS_KEY = (
    "打不开：这个地址要带口令。\n"
    "请扫办公室电脑上 gonghui serve --lan 显示的二维码，或让编辑把完整地址再发一次。\n"
    "（每次启动都会换新口令，旧地址随之失效。）\n"
)
WRONG_HOST = "打不开：请照 gonghui serve 显示的地址输入。\n"
NO_PAGE = "没有这一页。请回到首页，从目录里重新打开。\n"
ONLY_READING = "这里只能看，不能提交。\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets: a file, or a status with a plain sentence."""

    status: HTTPStatus
    file: Path | None = None
    text: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """A tree that is served: its folder, where, and the key (None on loopback).

    ``port`` 0 lets the machine choose a free one.
    """

    root: Path
    host: str = LOOPBACK
    port: int = 0
    key: str | None = None

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so it names the port."""
        return f"gonghui_key_{self.port}"

    @property
    def address(self) -> str:
        """The address to open, with the key where one is needed."""
        clean = f"http://{self.host}:{self.port}/"
        return f"{clean}?key={self.key}" if self.key else clean


class SiteServer(ThreadingHTTPServer):
    """Serves one tree until it is shut down."""

    daemon_threads = True
    # On Windows "reuse" would let two programs have the same port at once.
    allow_reuse_address = os.name != "nt"

    def __init__(self, served: Served) -> None:
        super().__init__((served.host, served.port), Visit)
        self.served = replace(
            served, root=served.root.resolve(), port=self.server_address[1]
        )

    def server_bind(self) -> None:
        """Bind without the library's look-up of our own name, which may hang."""
        TCPServer.server_bind(self)
        self.server_name = str(self.server_address[0])
        self.server_port = int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the library's
        """Say nothing of a reader who left in the middle of a page."""


class Visit(BaseHTTPRequestHandler):
    """One reader's connection."""

    server: SiteServer
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self) -> None:
        """Answer with the file or the sentence."""
        self._send(decide(self.server.served, self.path, self.headers))

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def version_string(self) -> str:
        """Tell no versions."""
        return "gonghui"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - the library's
        """Keep the terminal for the address and its code."""

    def send_error(
        self,
        code: int,
        message: str | None = None,  # noqa: ARG002 - the library's
        explain: str | None = None,  # noqa: ARG002 - the library's
    ) -> None:
        """Answer what the library refuses, an unknown method above all."""
        self.close_connection = True
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code = HTTPStatus.METHOD_NOT_ALLOWED
        status = HTTPStatus(code)
        self._send(Answer(status, text=ONLY_READING, headers=(("Allow", "GET, HEAD"),)))

    def _send(self, answer: Answer) -> None:
        if answer.file is None:
            self._send_bytes(answer, answer.text.encode())
            return
        try:
            page = answer.file.open("rb")
        except OSError:  # the build replaced or removed it a moment ago
            self._send_bytes(Answer(HTTPStatus.NOT_FOUND), NO_PAGE.encode())
            return
        with page:
            length = os.fstat(page.fileno()).st_size
            self._head(answer, content_type(answer.file), length)
            if self.command != "HEAD":
                shutil.copyfileobj(page, self.wfile)

    def _send_bytes(self, answer: Answer, sentence: bytes) -> None:
        self._head(answer, TYPES[".txt"], len(sentence))
        if self.command != "HEAD":
            self.wfile.write(sentence)

    def _head(self, answer: Answer, kind: str, length: int) -> None:
        self.send_response(answer.status)
        for name, value in (*SAFE_HEADERS, *answer.headers):
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()


def open_server(served: Served) -> SiteServer:
    """A server bound to its port, not yet answering.

    Raises:
        NewsroomError: nothing is built yet, or the port is taken.
    """
    if not (served.root / "index.html").is_file():
        raise NewsroomError(f"{served.root} 里还没有生成好的首页")
    try:
        return SiteServer(served)
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise NewsroomError(
                f"端口 {served.port} 已被占用：可能已经开着一个 gonghui serve。"
                f"请先在那个窗口按 Ctrl-C，或换一个端口：--port {served.port + 1}"
            ) from error
        raise NewsroomError(f"不能在 {served.host} 上打开网页服务：{error}") from error


def decide(served: Served, target: str, headers: Message) -> Answer:
    """What a request for this target gets; no rule of access stands elsewhere."""
    host = f"{served.host}:{served.port}"
    if headers.get("Host", "") not in {host, f"localhost:{served.port}"}:
        # A foreign name that points here would let a strange page read along.
        return Answer(HTTPStatus.MISDIRECTED_REQUEST, text=WRONG_HOST)
    try:
        asked = urlsplit("/" + target.lstrip("/"))
    except ValueError:
        return Answer(HTTPStatus.NOT_FOUND, text=NO_PAGE)
    if served.key is None:
        return find_page(served.root, asked)
    if has_key(served.key, parse_qs(asked.query).get("key", ())):
        return _welcome(served, asked)
    if has_key(served.key, cookie_values(headers, served.cookie)):
        return find_page(served.root, asked)
    return Answer(HTTPStatus.FORBIDDEN, text=NEEDS_KEY)


def has_key(key: str, offered: Iterable[str]) -> bool:
    """Whether one of the offered keys is the key; compared in constant time."""
    return any(hmac.compare_digest(key.encode(), word.encode()) for word in offered)


def cookie_values(headers: Message, name: str) -> list[str]:
    """The values of one cookie, empty when the header is broken."""
    values = []
    for line in headers.get_all("Cookie", []):
        try:
            cookies = SimpleCookie(line)
        except CookieError:
            continue
        values += [cookies[name].value] if name in cookies else []
    return values


def _welcome(served: Served, asked: SplitResult) -> Answer:
    """Put the key into a cookie and lead to the clean address."""
    cookie = (
        f"{served.cookie}={served.key}; Path=/; Max-Age={COOKIE_SECONDS}; "
        "HttpOnly; SameSite=Lax"
    )
    clean = (("Location", _clean(asked.path)), ("Set-Cookie", cookie))
    return Answer(HTTPStatus.SEE_OTHER, headers=clean)


def _clean(path: str) -> str:
    return "/" + quote(unquote(path, errors="replace").lstrip("/\\"))


def find_page(root: Path, asked: SplitResult) -> Answer:
    """The file behind a path, never one outside of ``root`` or a hidden one."""
    file = locate(root, asked.path)
    if file is None:
        return Answer(HTTPStatus.NOT_FOUND, text=NO_PAGE)
    if not file.is_dir():
        return Answer(HTTPStatus.OK, file=file)
    if not (file / "index.html").is_file():
        return Answer(HTTPStatus.NOT_FOUND, text=NO_PAGE)
    if asked.path.endswith("/"):
        return Answer(HTTPStatus.OK, file=file / "index.html")
    to_folder = (("Location", _clean(asked.path) + "/"),)
    return Answer(HTTPStatus.MOVED_PERMANENTLY, headers=to_folder)


def locate(root: Path, path: str) -> Path | None:
    """The existing file or folder of a request's path, None when there is none."""
    try:
        parts = [part for part in unquote(path, errors="strict").split("/") if part]
    except UnicodeDecodeError:
        return None
    if any(part.startswith(".") or _DANGEROUS.search(part) for part in parts):
        return None
    try:
        file = root.joinpath(*parts).resolve()
        inside = file.is_relative_to(root.resolve()) and file.exists()
    except (OSError, ValueError):  # a name that this system cannot have
        return None
    return file if inside else None


def content_type(file: Path) -> str:
    """The Content-Type of a file by its ending; unknown ones are mere bytes."""
    return TYPES.get(file.suffix.lower(), "application/octet-stream")
