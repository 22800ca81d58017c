"""Test visits to a small site on loopback, and the parcel for the maintainer."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from config import load_settings
from crawler.job import LoopbackPermit
from newsroom.errors import NewsroomError, NotFound
from tests.workflow.small_pages import ARTICLE, LIST, ROW
from workflow.cli import run
from workflow.console import console
from workflow.office import Office
from workflow.page_parcel import save_parcel
from workflow.source_care import (
    check_source,
    fetch_pages,
    find_source,
    visit_address,
)
from workflow.sources_view import show_both_ways, show_check

ROWS = "".join(ROW.format(n=n) for n in range(1, 9))


class SmallSite(BaseHTTPRequestHandler):
    """A column of eight rows, an article behind each, a cookie on every answer."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/robots.txt":
            self.answer(200, "User-agent: *\nDisallow: /geheim/\n")
        elif self.path == "/xw/":
            self.answer(200, LIST.format(rows=ROWS))
        elif self.path.startswith(("/xw/2026/", "/geheim/")):
            self.answer(200, ARTICLE)
        else:
            self.answer(404, "没有")

    def answer(self, status: int, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "visitor=1234")
        self.send_header("X-Client-IP", "203.0.113.7")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SmallSite)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(site) -> str:
    site.asked.clear()
    return f"http://127.0.0.1:{site.server_port}"


@pytest.fixture
def visitor(make_config, site, address, office) -> Office:
    settings = load_settings(make_config(address=f"{address}/xw/"))
    permit = LoopbackPermit(frozenset({site.server_port}))
    return Office(settings, office.now, permit)


def test_a_check_reads_the_list_and_one_article(visitor, site, capsys):
    """A test visit asks robots first, reads the list and one article, keeps nothing."""
    found = check_source(visitor, visitor.settings.sources[0])
    show_check(found, console())
    shown = capsys.readouterr().out

    assert found.is_good
    assert found.listed == 8
    assert found.article.headline == "百里洲镇总工会送清凉到一线"
    assert site.asked[0] == "/robots.txt"
    assert sum(path.startswith("/xw/2026/") for path in site.asked) == 1
    assert "列表 8 条" in shown
    assert "百里洲镇总工会" in shown
    assert not visitor.data.exists()


def test_a_check_of_a_dead_column_tells_why(visitor, address, capsys):
    """A column that is gone is told in a sentence, and the check is not good."""
    source = visitor.settings.sources[0].model_copy(update={"urls": (f"{address}/no",)})
    found = check_source(visitor, source)
    show_check(found, console())

    assert not found.is_good
    assert "失败：" in capsys.readouterr().out


def test_a_source_without_address_says_what_to_do(office):
    """A source without address, or one that is a folder, is not visited."""
    _, unconfirmed, local = office.settings.sources

    with pytest.raises(NewsroomError, match="还没有地址"):
        check_source(office, unconfirmed)
    with pytest.raises(NewsroomError, match="投稿文件夹"):
        check_source(office, local)


def test_a_source_is_found_by_id_or_name(office):
    """A source answers to its id and to its name."""
    sources = office.settings.sources

    assert find_source(sources, "lanmu") == find_source(sources, "样板工会网")
    with pytest.raises(NotFound, match="sources list"):
        find_source(sources, "没有的")


def test_one_address_is_fetched_alone(visitor, site, address):
    """Fetching one address asks for robots.txt and that page, nothing more."""
    pages = fetch_pages(visitor, f"{address}/xw/2026/3.html")

    assert [page.url for page in pages] == [f"{address}/xw/2026/3.html"]
    assert site.asked == ["/robots.txt", "/xw/2026/3.html"]


def test_robots_hold_for_one_address_too(visitor, site, address):
    """What robots.txt forbids is not asked for, and the sentence says so."""
    with pytest.raises(NewsroomError, match="robots"):
        fetch_pages(visitor, f"{address}/geheim/1.html")
    assert "/geheim/1.html" not in site.asked


def test_this_machine_is_never_asked_without_leave(office, site, address):
    """Without the tests' leave an address of this machine is refused unasked."""
    with pytest.raises(NewsroomError, match=r"本机|内网"):
        fetch_pages(office, f"{address}/xw/")
    assert site.asked == []


def test_a_parcel_holds_the_page_and_nothing_of_the_office(visitor, address, tmp_path):
    """The zip holds bytes, headers and both readings, no cookie, no visitor."""
    target = tmp_path / "parcel.zip"
    with visit_address(visitor, f"{address}/xw/2026/3.html") as visited:
        save_parcel(target, visited.spool, visited.pages, visited.losses)

    with zipfile.ZipFile(target) as parcel:
        names = parcel.namelist()
        everything = b"".join(parcel.read(name) for name in names)
        reading = json.loads(parcel.read("reading.json"))
        assert parcel.read("page-1.html").decode() == ARTICLE
        assert b"text/html" in parcel.read("page-1.headers.txt")
    assert names == ["page-1.html", "page-1.headers.txt", "reading.json"]
    assert reading["pages"][0]["article"]["title"] == "百里洲镇总工会送清凉到一线"
    for ours in (b"GonghuiTest", b"test@example.org", b"visitor=", b"203.0.113.7"):
        assert ours not in everything
    assert str(tmp_path).encode() not in everything


def test_a_page_is_shown_both_ways(visitor, address, capsys):
    """A column tried shows its rows, and that it is no article."""
    show_both_ways(fetch_pages(visitor, f"{address}/xw/")[0], console())
    shown = capsys.readouterr().out

    assert "8 条" in shown
    assert "当作文章读" in shown


def test_the_table_lists_every_source_with_its_state(config_file, capsys):
    """``sources list`` shows all, the unconfirmed as 待确认地址, and makes no store."""
    code = run(["sources", "list", "-c", str(config_file)])
    shown = capsys.readouterr().out

    assert code == 0
    assert "待确认地址" in shown
    assert "lanmu" in shown
    assert not (config_file.parent / "data").exists()


def test_trying_an_inner_address_is_refused(config_file, capsys):
    """``sources try`` of an inner address is a sentence and code 1."""
    code = run(["sources", "try", "http://127.0.0.1:9/", "-c", str(config_file)])

    assert code == 1
    told = capsys.readouterr()
    assert "本机" in told.out + told.err


def test_checking_an_unknown_source_is_a_sentence(config_file, capsys):
    """``sources check`` of an unknown name says where the names are."""
    code = run(["sources", "check", "没有的", "-c", str(config_file)])

    assert code == 1
    assert "sources list" in capsys.readouterr().err
