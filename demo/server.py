"""The sample sites over real HTTP on loopback, one port a site.

Conditional requests get 304, every request is noted (to prove politeness), and the
time that the sites show is set from outside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from demo.articles import SITES
from demo.scenario import BEFORE_FIRST
from demo.sites import Response, answer

LOOPBACK = "127.0.0.1"
_OK, _NOT_MODIFIED = 200, 304


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a sample site got, and the status it answered (0: hung up)."""

    site: str
    target: str
    status: int
    agent: str


class DemoServer:
    """The sample sites while the ``with`` block lasts.

    ``ports`` gives each site's port (the system chooses), ``requests`` what was asked.
    """

    def __init__(
        self, *, as_of: datetime = BEFORE_FIRST, sites: Iterable[str] = SITES
    ) -> None:
        self._clock = as_of
        self._lock = Lock()
        self.requests: list[Request] = []
        self._servers = {site: _SiteServer(site, self) for site in sites}
        self.ports = {s: int(v.server_address[1]) for s, v in self._servers.items()}
        self._threads = [
            Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            for server in self._servers.values()
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def set_clock(self, as_of: datetime) -> None:
        """From now on the sites stand as they did at ``as_of``."""
        with self._lock:
            self._clock = as_of

    def base(self, site: str) -> str:
        """The address of a site without a slash at the end."""
        return f"http://{LOOPBACK}:{self.ports[site]}"

    def answer(self, site: str, target: str) -> Response | None:
        """What ``site`` answers now; None when it hangs up."""
        with self._lock:
            return answer(site, target, as_of=self._clock, base=self.base(site))

    def note(self, request: Request) -> None:
        """Keep what was asked."""
        with self._lock:
            self.requests.append(request)


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: str, demo: DemoServer) -> None:
        self.site = site
        self.demo = demo
        super().__init__((LOOPBACK, 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    server: _SiteServer

    def do_GET(self) -> None:
        """Answer as the site would at the set time."""
        server = self.server
        response = server.demo.answer(server.site, self.path)
        status = 0
        if response:
            status = _NOT_MODIFIED if self._is_known(response) else response.status
        agent = self.headers.get("User-Agent", "")
        server.demo.note(Request(server.site, self.path, status, agent))
        if response:
            self._send(response, status)
        else:
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_args: object) -> None:
        """Say nothing on the terminal; ``requests`` keeps what was asked."""

    def _send(self, response: Response, status: int) -> None:
        body = b"" if status == _NOT_MODIFIED else response.body
        self.send_response(status)
        self.send_header("ETag", _etag(response))
        if response.modified:
            when = format_datetime(response.modified.astimezone(UTC), usegmt=True)
            self.send_header("Last-Modified", when)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(body)))
        if response.cut:
            body = body[: len(body) // 2]
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_known(self, response: Response) -> bool:
        if response.status != _OK:
            return False
        etag = self.headers.get("If-None-Match")
        if etag is not None:
            return etag == _etag(response)
        since = self.headers.get("If-Modified-Since")
        if since is None or response.modified is None:
            return False
        try:
            return parsedate_to_datetime(since) >= response.modified
        except ValueError:
            return False


def _etag(response: Response) -> str:
    return f'"{hashlib.sha256(response.body).hexdigest()[:16]}"'
