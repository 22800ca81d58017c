"""Pages drawn by scripts, read by a real Chromium on a short lead."""

import asyncio
import json

import pytest

from crawler.browser_proxy import BrowserProxy, read_ask
from crawler.chromium import what_is_missing
from crawler.guard import Refused
from crawler.job import LoopbackPermit
from crawler.launch import crawl
from crawler.spool import read_spool
from newsroom.source import FaultClass
from tests.crawler import hostile
from tests.crawler.conftest import Crawled, small_site, title

ROWS = [{"id": n, "title": title(n), "day": "2026-09-20"} for n in range(1, 4)]
DRAW = """<!doctype html><html><head><meta charset="utf-8">
<title>基层动态</title></head><body><div class="list"><ul id="list"></ul></div><script>
fetch("/rows.json").then(answer => answer.json()).then(rows => {
  for (const row of rows) {
    const line = document.createElement("li");
    const link = `<a href="/news/${row.id}.html">${row.title}</a>`;
    line.innerHTML = `${link}<span>${row.day}</span>`;
    document.getElementById("list").append(line);
  }
});
EXTRA
</script><img src="/big.png"></body></html>"""


def drawn_site(extra=""):
    rows = hostile.page(json.dumps(ROWS).encode(), kind="application/json")
    return small_site() | {
        "/list.html": DRAW.replace("EXTRA", extra).encode(),
        "/rows.json": rows,
    }


@pytest.fixture
def draw(visit, chromium):
    """Crawl one list with the browser."""

    def run(server, **rest):
        limits = {"timeout": 20.0, "max_seconds": 120} | rest.pop("limits", {})
        return visit(server, source={"render": "browser"}, limits=limits, **rest)

    return run


@pytest.mark.browser
@pytest.mark.slow
def test_a_list_drawn_by_a_script_is_read(draw):
    """Its rows, and the articles behind them, are read; pictures are not loaded."""
    with hostile.serving(drawn_site()) as server:
        crawled = draw(server)

    assert [] == crawled.losses
    assert {f"{server.base}/news/{n}.html" for n in (1, 2, 3)} == {
        page.requested_url for page in crawled.pages()
    }
    assert "/rows.json" in server.paths
    assert "/big.png" not in server.paths


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("is_permitted", [False, True])
def test_what_a_page_asks_of_a_forbidden_address_never_leaves(draw, is_permitted):
    """The page's calls, scripts, beacons and sockets are dialled with leave only."""
    with hostile.serving({"/": b"secret"}) as canary:
        there = f"127.0.0.1:{canary.port}"
        extra = f"""
        fetch("http://{there}/a", {{mode: "no-cors"}}).catch(() => 0);
        fetch("http://localhost:{canary.port}/b", {{mode: "no-cors"}}).catch(() => 0);
        fetch("https://{there}/c").catch(() => 0);
        navigator.sendBeacon("http://{there}/d", "x");
        new WebSocket("ws://{there}/e");
        new EventSource("http://{there}/f");
        const script = document.createElement("script");
        script.src = "http://{there}/g.js"; document.head.append(script);
        const frame = document.createElement("iframe");
        frame.src = "http://{there}/h"; document.body.append(frame);
        const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:{there}"}}]}});
        peer.createDataChannel("x");
        peer.createOffer().then(offer => peer.setLocalDescription(offer));
        """
        with hostile.serving(drawn_site(extra)) as server:
            ports = {server.port} | ({canary.port} if is_permitted else set())
            crawled = draw(server, ports=ports)

        assert len(crawled.pages()) == 3, crawled.losses
        assert is_permitted == bool(canary.requests)


@pytest.mark.browser
@pytest.mark.slow
def test_a_challenge_is_named_and_not_passed(draw):
    """A page that sets a cookie and loads itself again is read once and named."""
    body = b"""<html><head><script>document.cookie = "__jsl_clearance=1";
    setTimeout(() => location.reload(), 50);</script></head><body></body></html>"""
    with hostile.serving({"/list.html": body}) as server:
        crawled = draw(server)

    assert [FaultClass.NEEDS_BROWSER.value] == crawled.faults
    assert "不绕过" in crawled.losses[0].sentence
    assert 1 == server.paths.count("/list.html")


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_that_never_ends_costs_its_time_only(draw):
    """A script that runs for ever is given up after the page's seconds."""
    pages = drawn_site() | {"/list.html": b"<html><script>for(;;){}</script></html>"}

    with hostile.serving(pages) as server:
        crawled = draw(server, limits={"timeout": 4.0})

    assert [FaultClass.TIMEOUT.value] == crawled.faults
    assert crawled.end.seconds < 20


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_that_moves_to_another_host_is_not_kept(draw):
    """Where the browser lands off the site, nothing of it is taken."""
    with hostile.serving(drawn_site()) as other:
        moved = hostile.status(302, ("Location", f"{other.base}/list.html"))
        with hostile.serving({"/list.html": moved}) as server:
            crawled = draw(server, ports={server.port, other.port})

    assert [] == crawled.pages()
    assert [] == crawled.pages("list")


def test_a_missing_browser_is_one_loss_that_says_what_to_install(
    make_job, monkeypatch, site
):
    """Without Chromium the source is lost with a sentence, and nothing is asked."""
    monkeypatch.setenv("PATH", "")
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    job = make_job(
        site.base + "/list.html", ports={site.port}, source={"render": "browser"}
    )

    crawl([job], parallel=1)
    crawled = Crawled(list(read_spool(job.spool)), job.spool)

    assert [FaultClass.NEEDS_BROWSER.value] == crawled.faults
    assert "请安装 Chromium" in crawled.losses[0].sentence
    assert [] == site.requests


def test_a_missing_extra_is_named(monkeypatch):
    """Without scrapy-playwright the sentence names the extra."""
    monkeypatch.setattr("crawler.chromium.find_spec", lambda _: None)

    assert "gonghui-zhisheng[browser]" in what_is_missing()


@pytest.mark.parametrize("ask", ["GET http://{}/ HTTP/1.1", "CONNECT {} HTTP/1.1"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433"])
@pytest.mark.parametrize("permit", [None, LoopbackPermit(frozenset({9}))])
def test_the_proxy_dials_no_forbidden_address(ask, host, permit):
    """Loopback under any name gets a closed connection, the canary nothing."""

    async def answer(canary_port):
        proxy = BrowserProxy(permit)
        port = int((await proxy.start()).rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write((ask.format(f"{host}:{canary_port}") + "\r\n\r\n").encode())
        said = await reader.read()
        writer.close()
        await proxy.stop()
        return said

    with hostile.serving({"/": b"secret"}) as canary:
        said = asyncio.run(answer(canary.port))

        assert b"" == said
        assert [] == canary.requests


def test_one_request_goes_to_one_host():
    """The head is passed on in origin form, without the proxy's own words."""
    head = (
        b"GET http://a.example.cn:81/x?y=1 HTTP/1.1\r\nHost: a.example.cn:81\r\n"
        b"Proxy-Connection: keep-alive\r\nAccept: */*\r\n\r\n"
    )

    ask = read_ask(head)

    assert ask.head == (
        b"GET /x?y=1 HTTP/1.1\r\nHost: a.example.cn:81\r\nAccept: */*\r\n"
        b"Connection: close\r\n\r\n"
    )
    assert ("a.example.cn", 81) == (ask.origin.host, ask.origin.port)


@pytest.mark.parametrize(
    "head",
    [
        b"nonsense\r\n\r\n",
        b"GET file:///etc/passwd HTTP/1.1\r\n\r\n",
        b"GET http://a@127.0.0.1/ HTTP/1.1\r\n\r\n",
        b"POST http://a.cn/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST http://a.cn/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
)
def test_an_ask_that_could_be_read_in_two_ways_is_refused(head):
    """Nothing is passed on that is no plain request for a web address."""
    with pytest.raises(Refused):
        read_ask(head)
