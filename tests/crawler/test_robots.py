"""F27-F29: robots.txt."""

import gzip
from datetime import timedelta
from types import SimpleNamespace

import pytest
from protego import Protego

from crawler.job import KnownRobots
from crawler.robots import Robots
from tests.crawler import hostile
from tests.crawler.conftest import NOW, small_site


def rules(text, **options):
    return hostile.page(text.encode(), kind="text/plain", **options)


@pytest.mark.parametrize("code", [500, 502, 504, 403, 401])
def test_f27_f28_a_failing_robots_txt_forbids_everything(visit, code):
    """A server error or a refusal means that nothing is read in this run."""
    with hostile.serving(small_site(), robots=hostile.status(code)) as server:
        crawled = visit(server)

    assert crawled.faults == ["robots"]
    assert server.paths == ["/robots.txt"]


def test_f27_a_robots_txt_that_never_comes_forbids_everything(visit):
    """After a timeout of robots.txt nothing else is asked."""
    with hostile.serving(small_site(), robots=hostile.raw(hang=5)) as server:
        crawled = visit(server, limits={"timeout": 0.4})

    assert crawled.faults == ["timeout"]
    assert server.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "robots",
    [
        pytest.param(hostile.status(404), id="missing"),
        pytest.param(hostile.page(b"<html>Disallow: /</html>"), id="a_web_page"),
        pytest.param(hostile.page(b"\x00\xff" * 999), id="junk"),
        pytest.param(
            hostile.status(302, ("Location", "http://www.example.com/robots.txt")),
            id="elsewhere",
        ),
    ],
)
def test_f28_what_holds_no_rules_forbids_nothing(visit, robots):
    """A missing robots.txt, or junk in its place, allows everything."""
    with hostile.serving(small_site(), robots=robots) as server:
        crawled = visit(server)

    assert len(crawled.pages()) == 3


def test_f28_of_a_huge_robots_txt_the_first_500_kb_count(visit):
    """Ten megabytes of rules are read in part, and the part is obeyed."""
    text = "User-agent: *\nDisallow: /news/2.html\n" + "# x\n" * 2_600_000
    with hostile.serving(small_site(), robots=rules(text)) as server:
        crawled = visit(server, limits={"timeout": 5})

    assert len(crawled.pages()) == 2
    assert crawled.faults == ["robots"]


def test_packed_rules_are_read(visit):
    """A robots.txt in gzip, though nobody asked for it, is obeyed."""
    body = gzip.compress(b"User-agent: *\nDisallow: /list")
    packed = hostile.page(body, headers=[("Content-Encoding", "gzip")])
    with hostile.serving(small_site(), robots=packed) as server:
        crawled = visit(server)

    assert crawled.faults == ["robots"]


def test_rules_are_obeyed(visit):
    """A forbidden list is not asked for, and the report says why."""
    text = "User-agent: GonghuiTest\nDisallow: /list"
    with hostile.serving(small_site(), robots=rules(text)) as server:
        crawled = visit(server)

    assert crawled.faults == ["robots"]
    assert server.paths == ["/robots.txt"]


def test_f29_crawl_delay_is_obeyed(visit):
    """Requests keep the distance that robots.txt asks for."""
    robots = rules("User-agent: *\nCrawl-delay: 0.3")
    with hostile.serving(small_site(), robots=robots) as server:
        visit(server)

    assert server.seconds > 4 * 0.3 - 0.2  # four gaps, less the server's own lateness


@pytest.mark.parametrize(("wish", "kept"), [(1, 2.0), (10, 10.0), (3600, 30.0)])
def test_f29_a_crawl_delay_is_obeyed_up_to_half_a_minute(wish, kept):
    """Never less than our own two seconds; who asks for an hour gets thirty seconds."""
    downloader = SimpleNamespace(
        per_slot_settings={}, slots={"a.cn": SimpleNamespace(delay=2.0)}
    )
    crawler = SimpleNamespace(
        settings={"USER_AGENT": "GonghuiTest/1.0"},
        signals=SimpleNamespace(connect=lambda *_, **__: None),
        engine=SimpleNamespace(downloader=downloader),
        spider=SimpleNamespace(visit=SimpleNamespace(job=SimpleNamespace(delay=2.0))),
    )
    asked = Protego.parse(f"User-agent: *\nCrawl-delay: {wish}")

    Robots(crawler)._slow_down("http://a.cn", asked)

    assert kept == downloader.slots["a.cn"].delay
    assert {"a.cn": {"delay": kept}} == downloader.per_slot_settings


def test_requests_to_a_host_keep_their_distance_one_at_a_time(visit):
    """Each request waits the delay, and for the answer to the one before."""
    with hostile.serving(small_site()) as server:
        visit(server, delay=0.2)

    assert server.seconds > 4 * 0.2 - 0.2
    assert server.most_at_once == 1


@pytest.mark.parametrize("robots", [hostile.status(500), hostile.raw(hang=5)])
def test_f27_the_rules_of_the_last_day_stand_in(visit, robots):
    """Rules up to 24 hours old serve while robots.txt fails; older ones do not."""
    text = "User-agent: *\nDisallow: /news/2.html\n"
    with hostile.serving(small_site(), robots=robots) as server:
        fresh, stale = (
            visit(
                server,
                limits={"timeout": 0.4, "retry_delays": ()},
                robots=(KnownRobots(server.base, text, NOW - timedelta(hours=age)),),
            )
            for age in (24, 25)
        )

    assert [len(fresh.pages()), len(stale.pages())] == [2, 0]
    assert fresh.end.filtered["robots_remembered"] == 1
    assert "/news/2.html" not in server.paths


def test_f30_a_site_that_wants_peace_is_not_asked_before_its_time(visit, site):
    """What an earlier Retry-After asked for holds over runs: no request, one loss."""
    early = visit(site, not_before=NOW + timedelta(minutes=1))
    asked_early = len(site.requests)
    late = visit(site, not_before=NOW)

    assert (early.faults, asked_early) == (["rate_limited"], 0)
    assert "之后再来" in early.losses[0].sentence
    assert len(late.pages()) == 3
