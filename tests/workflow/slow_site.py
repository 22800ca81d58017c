"""A site on loopback whose list answers at once and whose articles never end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from config import load_settings
from crawler.job import LoopbackPermit
from newsroom.article import CHINA
from workflow.clock import read_as_of
from workflow.office import Office

ROWS = "".join(
    f'<li><a href="/xw/2026/{n}.html">枝江某镇工会举办第{n}场劳动竞赛和技能比武</a>'
    f"<span>2026-09-{n:02}</span></li>"
    for n in range(18, 22)
)
LIST = (
    '<!doctype html><html><head><meta charset="utf-8"><title>工会动态</title></head>'
    f'<body><ul class="list">{ROWS}</ul></body></html>'
)


class _SlowSite(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked = threading.Event()
        self.over = threading.Event()


class _Answer(BaseHTTPRequestHandler):
    server: _SlowSite

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
        elif self.path.endswith(".html"):
            self.server.asked.set()
            self.server.over.wait()
        else:
            page = LIST.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def slow_site() -> Iterator[_SlowSite]:
    """The running site; ``asked`` is set when the first article is waited for."""
    server = _SlowSite()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def office_of(config_file, server: _SlowSite, at: str = "2026-09-21") -> Office:
    """An office that may reach the site."""
    permit = LoopbackPermit(frozenset({server.server_address[1]}))
    return Office(load_settings(config_file), read_as_of(at).astimezone(CHINA), permit)


def address(server: _SlowSite) -> str:
    """The address of the site's list."""
    return f"http://127.0.0.1:{server.server_address[1]}/xw/"
