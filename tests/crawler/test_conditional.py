"""Asking again only for what may have changed."""

from datetime import timedelta

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.conditions import (
    DATE,
    NEVER,
    TAG,
    ask_whole,
    is_false_answer,
    may_be_believed,
)
from crawler.job import KnownPage
from crawler.replay import replay_day
from crawler.spool import digest_of
from tests.crawler import hostile
from tests.crawler.conftest import NOW, article, small_site, title

YESTERDAY = NOW - timedelta(days=1)
ETAG = ("ETag", '"v1"')
DAY = "Sun, 20 Sep 2026 00:00:00 GMT"


def conditional(body):
    """Answers 304 to whoever has the current version."""

    def answer(exchange):
        fresh = exchange.headers.get("if-none-match") == '"v1"'
        code, content = (304, b"") if fresh else (200, body)
        exchange.send(hostile.response(content, code, [ETAG]))

    return answer


def known(server, number=1, **values):
    page = {
        "etag": '"v1"',
        "last_modified": None,
        "published": YESTERDAY,
        "fetched_at": YESTERDAY,
    }
    return KnownPage(f"{server.base}/news/{number}.html", **(page | values))


def test_a_page_gives_what_the_next_request_needs(visit):
    """ETag and Last-Modified of an answer stand in the spool."""
    dated = ("Last-Modified", "Sun, 20 Sep 2026 00:00:00 GMT")
    answer = hostile.page(article(title(1)), headers=[ETAG, dated])
    with hostile.serving(small_site() | {"/news/1.html": answer}) as server:
        crawled = visit(server)

    page = crawled.pages()[0]
    assert (page.etag, page.last_modified) == ('"v1"', dated[1])
    assert page.digest == digest_of(page.page.body)


def test_a_recent_article_is_asked_again_with_its_etag(visit):
    """An unchanged article answers 304 and becomes a revisit, no new page."""
    pages = small_site() | {"/news/1.html": conditional(article(title(1)))}
    with hostile.serving(pages) as server:
        crawled = visit(server, known=(known(server),))

    assert [r.url for r in crawled.unchanged] == [f"{server.base}/news/1.html"]
    assert [p.requested_url[-6:] for p in crawled.pages()] == ["2.html", "3.html"]
    assert f"{server.base}/news/1.html" not in [
        p.requested_url for p in replay_day(crawled.folder)
    ]


def test_a_changed_article_comes_in_again(visit):
    """A recent article with a new version is a page like any other."""
    pages = small_site() | {"/news/1.html": conditional(article(title(1)))}
    with hostile.serving(pages) as server:
        crawled = visit(server, known=(known(server, etag='"v0"'),))

    assert crawled.unchanged == []
    assert len(crawled.pages()) == 3


def test_the_same_bytes_are_unchanged_without_an_etag(visit):
    """A server without validators is told by the bytes."""
    with hostile.serving(small_site()) as server:
        page = known(server, etag=None, digest=digest_of(article(title(1))))
        crawled = visit(server, known=(page,))

    assert len(crawled.unchanged) == 1
    assert "if-none-match" not in server.requests[2].headers


def test_an_older_article_is_left_alone(visit):
    """What was published before the last three days is not asked for again."""
    with hostile.serving(small_site()) as server:
        old = known(server, published=NOW - timedelta(days=4))
        crawled = visit(server, known=(old,))

    assert "/news/1.html" not in server.paths
    assert crawled.end.filtered["known"] == 1


def test_an_unchanged_list_is_enough(visit):
    """A list that answers 304 offers no rows and is no fault."""
    pages = small_site() | {"/list.html": conditional(small_site()["/list.html"])}
    with hostile.serving(pages) as server:
        listed = KnownPage(f"{server.base}/list.html", '"v1"', None, None, YESTERDAY)
        crawled = visit(server, known=(listed,))

    assert crawled.losses == []
    assert [r.role for r in crawled.unchanged] == ["list"]


def test_a_304_that_nobody_asked_for_is_a_fault(visit):
    """Not modified, to a request without a condition, is no answer."""
    with hostile.serving(
        small_site() | {"/list.html": hostile.status(304, body=b"")}
    ) as server:
        crawled = visit(server)

    assert crawled.faults == ["protocol"]


def answering(status, *headers):
    """An answer that a spider got for a list it asked for under a tag and a date."""
    request = Request("http://a.example/", headers={TAG: '"abc"', DATE: DAY})
    return Response(request.url, status, headers=dict(headers), request=request)


@pytest.mark.parametrize(
    ("status", "header", "is_false"),
    [
        (304, ("ETag", '"abc"'), False),
        (304, ("ETag", 'W/"abc"'), False),
        (304, ("ETag", '"abc-gzip"'), False),
        (304, ("X", "y"), False),
        (304, ("Last-Modified", "Mon, 21 Sep 2026 00:00:00 GMT"), False),
        (304, ("ETag", '"abd"'), True),
        (412, ("X", "y"), True),
        (200, ("ETag", '"abd"'), False),
    ],
)
def test_a_not_modified_must_fit_its_question(status, header, is_false):
    """Weak tags and those of compressed answers are the same version (RFC 9110)."""
    answer = answering(status, header)

    assert is_false == is_false_answer(answer)
    again = ask_whole(answer.request)
    assert not {TAG, DATE} & set(again.headers.to_unicode_dict())
    assert not may_be_believed(answer.replace(request=again))


def test_a_date_must_fit_where_there_is_no_tag():
    """A server that knows dates only, and says "not modified" with a newer one."""
    request = Request("http://a.example/", headers={DATE: DAY})
    answers = [
        Response(request.url, 304, headers={"Last-Modified": told}, request=request)
        for told in (DAY, "Mon, 21 Sep 2026 00:00:00 GMT")
    ]

    assert [False, True] == [is_false_answer(answer) for answer in answers]


def test_a_list_is_first_asked_for_under_a_condition_that_never_holds(visit):
    """Who says "not modified" to it would say so to anything."""
    with hostile.serving(small_site()) as server:
        visit(server)

    (asked,) = [r for r in server.requests if r.path == "/list.html"]
    assert NEVER[TAG] == asked.headers["if-none-match"]
