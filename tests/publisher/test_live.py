"""The live site behind hosts that change it on the way."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from publisher.live import verify_site
from publisher.tree import read_release

trees = sys.modules["publisher_tests_trees"]
NOW = trees.NOW


TYPES = {"css": "text/css", "js": "text/javascript"}
PAGE = {"Content-Type": "text/html"}


class Site(BaseHTTPRequestHandler):
    """Serves the files of a tree; what a test wants otherwise stands in ``odd``."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # one packet an answer
    files: dict[str, bytes]
    odd: dict[str, tuple[int, dict[str, str], bytes]]

    def do_GET(self):
        path = self.path.lstrip("/")
        body = self.files.get(path or "index.html")
        kind = TYPES.get(path.rpartition(".")[2], "text/html")
        good = (200, {"Content-Type": f"{kind}; charset=utf-8"}, body)
        none = (404, {}, b"none")
        status, headers, body = self.odd.get(path, good if body is not None else none)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@contextmanager
def served(files, odd):
    handler = type("One", (Site,), {"files": files, "odd": odd})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def look(tree):
    """Verify the tree as a server tells it, some paths otherwise."""
    trees.make_tree(tree, range(1, 9), day=22)
    page = tree / "stories" / "3.html"
    page.write_text(page.read_text(encoding="utf-8") + "</html>\n", encoding="utf-8")
    release = read_release(tree)
    hashes = {path: leaf.sha256 for path, leaf in release.files.items()}
    files = trees.contents(tree)

    def verify(odd, sample=()):
        with served(files, odd(files) if callable(odd) else odd) as url:
            return verify_site(url, hashes, sample, NOW)

    return verify


def test_every_fetched_file_is_compared(look):
    """Not the sample alone: a page changed on the way is found wherever it stands."""
    report = look({"stories/7.html": (200, PAGE, b"hacked")})

    assert len(report.faults) == 1
    assert report.faults[0].startswith("stories/7.html 与发布的内容不同")
    assert report.compared > len(("index.html", "stories/7.html"))


def test_what_a_host_adds_to_the_end_of_pages_is_named(look):
    """An advertisement after the page's own end is no change of ours."""
    ad = b"<script src='//ads.example.cn'></script>"

    report = look(
        lambda files: {"stories/3.html": (200, PAGE, files["stories/3.html"] + ad)}
    )

    assert report.faults == (
        "stories/3.html 的末尾被加了内容，多半是主机插的广告或统计代码：请主机商关掉",
    )


def test_many_changed_files_are_one_sentence(look):
    """A stale cache changes all: five are named, the rest counted."""
    odd = {f"stories/{n}.html": (200, PAGE, b"old") for n in range(1, 9)}

    report = look(odd)

    assert len(report.faults) == 1
    assert " 等 8 个文件 与发布的内容不同" in report.faults[0]


def test_many_dead_links_are_counted(tree):
    """Ten are named and the others counted: the first ones tell what is wrong."""
    files = trees.contents(trees.make_tree(tree, range(1, 21), day=22))
    odd = {f"stories/{n}.html": (500, {}, b"") for n in range(1, 21)}

    with served(files, odd) as url:
        report = verify_site(url, {}, (), NOW)

    assert 11 == len(report.faults)
    assert report.faults[-1] == "另有 10 个链接也打不开"


def test_a_style_of_another_type_is_a_fault(look):
    """Browsers that are told nosniff leave it out, and the page stands naked."""
    sheet = trees.style(22)

    report = look(
        lambda files: {sheet: (200, {"Content-Type": "text/plain"}, files[sheet])}
    )

    assert 1 == len(report.faults)
    assert report.faults[0].startswith(f"{sheet} 的类型不对（主机说的是 text/plain）")


def test_an_address_that_leads_to_itself_is_told_as_a_loop(tree):
    """It is no new address for the settings."""
    odd = {"": (302, {"Location": "/"}, b"")}

    with served({}, odd) as url:
        report = verify_site(url, {}, (), NOW)

    assert 1 == len(report.faults)
    assert "转来转去还是它自己" in report.faults[0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, PAGE, b"<h1>default.htm</h1>"), "只写网址看到的不是首页"),
        ((403, {}, b"no listing"), "只写网址打不开（状态 403）"),
        ((301, {"Location": "https://parked.example.cn/"}, b""), "转到了 https://park"),
    ],
)
def test_the_bare_address_shows_the_front_page(look, answer, told):
    """Readers type the address alone; a file of others may come first there."""
    report = look({"": answer})

    assert len(report.faults) == 1
    assert told in report.faults[0]


def test_an_address_that_moved_to_https_is_followed(look):
    """The same host by https is looked at; any other address never is."""
    report = look({"": (301, {"Location": "https://127.0.0.1:1/"}, b"")})

    assert "连不上" in report.faults[0]
    assert report.notes[0].startswith("网址会转到 https://127.0.0.1:1/：请把")
