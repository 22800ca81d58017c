from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from demo.articles import SITES
from demo.expected import address
from demo.scenario import MORNINGS
from demo.server import DemoServer

OPENER = build_opener(ProxyHandler({}))


@pytest.fixture
def server():
    with DemoServer(as_of=MORNINGS[0]) as running:
        yield running


def get(server, site, target, **headers):
    with OPENER.open(Request(server.base(site) + target, headers=headers)) as answer:
        return answer.status, answer.headers, answer.read()


def raw(server, site, target, **headers):
    connection = HTTPConnection("127.0.0.1", server.ports[site], timeout=5)
    connection.request("GET", target, headers=headers)
    try:
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("site", SITES)
def test_each_site_answers_on_its_own_port(server, site):
    """Every sample site gives its front page and robots.txt over HTTP."""
    status, headers, body = get(server, site, "/")

    assert status == 200
    assert headers["ETag"]
    assert b"12351" in body or b"html" in body
    assert get(server, site, "/robots.txt")[2].startswith(b"User-agent: *")
    assert len(set(server.ports.values())) == len(SITES)


def test_a_known_page_answers_304(server):
    """ETag and Last-Modified each save a second transfer."""
    path = address("hb_0920a", "")
    _, headers, _ = get(server, "hubei", path)

    by_tag = raw(server, "hubei", path, **{"If-None-Match": headers["ETag"]})
    by_time = raw(
        server, "hubei", path, **{"If-Modified-Since": headers["Last-Modified"]}
    )

    assert by_tag == by_time == (304, b"")


def test_the_clock_brings_new_articles(server):
    """After set_clock the sites stand as they did at that time."""
    path = address("zj_0921a", "")

    assert raw(server, "zhijiang", path)[0] == 404
    server.set_clock(MORNINGS[1])
    assert raw(server, "zhijiang", path)[0] == 200


def test_a_cut_page_ends_too_early(server):
    """The page that breaks off sends less than it announced."""
    server.set_clock(MORNINGS[7])

    with pytest.raises(IncompleteRead):
        raw(server, "yichang", address("yc_1004a", ""))


def test_a_site_may_hang_up(server):
    """On its bad morning the Jingzhou site closes the connection without a word."""
    server.set_clock(MORNINGS[8])

    with pytest.raises(RemoteDisconnected):
        raw(server, "jingzhou", "/xwzx/atom.xml")


def test_requests_are_noted(server):
    """The server knows what was asked, by whom, and what it answered."""
    get(server, "portal", "/rss/news.xml", **{"User-Agent": "probe"})

    asked = server.requests[-1]
    assert (asked.site, asked.target, asked.status, asked.agent) == (
        "portal",
        "/rss/news.xml",
        200,
        "probe",
    )


def test_a_feed_names_the_port(server):
    """The portal's feed gives addresses that really answer."""
    text = get(server, "portal", "/rss/news.xml")[2].decode()
    link = text.split("<link>")[2].split("</link>")[0]

    assert link.startswith(server.base("portal"))
    with OPENER.open(link) as answer:
        assert answer.status == 200
