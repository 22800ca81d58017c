"""F30-F36: limits, refusals, firewalls and pages that are not ours."""

from datetime import timedelta

import pytest

from tests.crawler import hostile
from tests.crawler.conftest import NOW, small_site


def with_list(answer):
    return small_site() | {"/list.html": answer}


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("3600", 3600),
        ("Mon, 21 Sep 2026 00:00:00 GMT", 3600),
        ("soon", None),
        (None, None),
    ],
)
def test_f30_too_many_requests_stop_the_source(visit, wish, seconds):
    """After 429 nothing more is asked in this run, and the wished pause is noted."""
    headers = [("Retry-After", wish)] if wish else []
    pages = small_site() | {"/news/1.html": hostile.status(429, *headers)}
    with hostile.serving(pages) as server:
        crawled = visit(server, delay=0.1)

    assert set(crawled.faults) == {"rate_limited"}
    assert server.paths[-1] == "/news/1.html"
    assert sum(loss.count for loss in crawled.losses) == 3
    assert crawled.end.finished == "stopped"
    if seconds is None:
        assert crawled.end.not_before is None
    else:
        assert abs(
            crawled.end.not_before - NOW - timedelta(seconds=seconds)
        ) < timedelta(seconds=9)


@pytest.mark.parametrize("path", ["/list.html", "/robots.txt"])
def test_f31_maintenance_stops_the_source(visit, path):
    """A 503 is maintenance: no retry, nothing more in this run."""
    pages = small_site() | {path: hostile.status(503, ("Retry-After", "600"))}
    with hostile.serving(pages) as server:
        crawled = visit(server)

    assert crawled.faults == ["maintenance"]
    assert server.paths.count(path) == 1
    assert crawled.end.not_before > NOW


@pytest.mark.parametrize("code", [401, 403])
def test_f32_a_refusal_is_tried_once(visit, code):
    """401 and 403 are not tried again."""
    with hostile.serving(with_list(hostile.status(code))) as server:
        crawled = visit(server)

    assert crawled.faults == ["refused"]
    assert server.paths.count("/list.html") == 1


BARRIERS = {
    "f33_firewall": "<html><body>您的请求已被网站管理员拦截，网站防火墙</body></html>",
    "f35_captcha": "<html><body>请完成安全验证后继续访问，拖动滑块</body></html>",
    "f35_login": "<html><title>用户登录</title><body>请先登录</body></html>",
}


@pytest.mark.parametrize("text", BARRIERS.values(), ids=BARRIERS)
def test_f33_f35_a_barrier_with_200_gives_no_news(visit, text):
    """A firewall, captcha or login page is named and kept, not read as a list."""
    with hostile.serving(with_list(hostile.page(text.encode()))) as server:
        crawled = visit(server)

    assert crawled.faults == ["blocked"]
    assert crawled.pages("list") == []
    assert len(crawled.pages("sample")) == 1


@pytest.mark.parametrize("code", [412, 521])
@pytest.mark.parametrize("path", ["/list.html", "/robots.txt"])
def test_f34_a_script_challenge_needs_a_browser(visit, code, path):
    """412 and 521 stop the source with advice to the office; nothing is bypassed."""
    body = b"<html><script>document.cookie='__jsl_clearance=1';</script></html>"
    with hostile.serving(
        small_site() | {path: hostile.status(code, body=body)}
    ) as server:
        crawled = visit(server)

    assert crawled.faults == ["needs_browser"]
    assert "手工添加" in crawled.losses[0].sentence
    assert server.paths.count(path) == 1


def test_f34_a_challenge_with_200_needs_a_browser(visit):
    """A script challenge is known by its script too."""
    body = b"<html><script>var $_ts={};__jsl_clearance()</script></html>"
    with hostile.serving(with_list(hostile.page(body))) as server:
        crawled = visit(server)

    assert crawled.faults == ["needs_browser"]


def test_f36_a_page_without_its_marks_is_not_our_site(visit):
    """A portal that answers in the site's place is told by the missing words."""
    portal = {
        "/list.html": small_site()["/list.html"].replace("基层动态".encode(), b"WiFi")
    }
    with hostile.serving(small_site() | portal) as server:
        crawled = visit(server, source={"markers": ("基层动态",)})

    assert crawled.faults == ["not_our_site"]
    assert crawled.pages() == []


def test_f36_a_front_page_without_its_marks_is_not_our_site(visit):
    """A portal's own columns are not followed."""
    portal = (
        b'<html><body><a href="/wifi/">WiFi</a><a href="/ads/">Ads</a></body></html>'
    )
    with hostile.serving({"/": portal}) as server:
        crawled = visit(server, "/", source={"markers": ("基层动态",)})

    assert crawled.faults == ["not_our_site"]
    assert server.paths == ["/robots.txt", "/"]


def test_a_barrier_in_place_of_one_article_costs_that_article(visit):
    """One article behind a login does not stop the others."""
    login = BARRIERS["f35_login"].encode()
    with hostile.serving(small_site() | {"/news/1.html": login}) as server:
        crawled = visit(server)

    assert crawled.faults == ["blocked"]
    assert len(crawled.pages()) == 2


def test_three_failures_in_a_row_leave_the_source_in_peace(visit):
    """After three refusals in a row the rest is not asked for, and is counted."""
    refusals = {f"/news/{n}.html": hostile.status(403) for n in range(1, 9)}
    with hostile.serving(small_site(8) | refusals) as server:
        crawled = visit(server, delay=0.1)

    assert sum(path.startswith("/news/") for path in server.paths) == 3
    assert sum(loss.count for loss in crawled.losses) == 8


def test_c1_one_dead_article_costs_itself_only(visit):
    """An article that is gone is a loss; the others come in."""
    with hostile.serving(
        small_site() | {"/news/2.html": hostile.status(404)}
    ) as server:
        crawled = visit(server)

    assert [(loss.fault.value, loss.url) for loss in crawled.losses] == [
        ("not_found", f"{server.base}/news/2.html")
    ]
    assert len(crawled.pages()) == 2
