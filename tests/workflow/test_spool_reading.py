"""Reading a spool: page by page, what the child read taken over, no page a trap."""

from __future__ import annotations

from datetime import datetime

import page_reading
from crawler.spool import SpoolPage, digest_of
from newsroom.article import CHINA, Article, Page
from newsroom.errors import PageUnreadable
from tests.crawler.conftest import article
from workflow.spool_reading import sort_lines

NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)


def spooled(number: int) -> SpoolPage:
    body = article(f"送清凉活动走进第{number}家企业", "2026-09-20")
    url = f"http://a.example/{number}.html"
    page = Page(url, body, NOW, "text/html; charset=utf-8")
    return SpoolPage("article", page, url, digest=digest_of(body))


def test_f71_a_fault_of_ours_in_reading_costs_its_page_only(monkeypatch):
    """F71: a page that our reading trips over is a counted loss, the next one is read;
    otherwise its spool could never be taken in."""
    read = page_reading.read_article

    def trip(page, *rest):
        if page.url.endswith("/1.html"):
            raise TypeError("a fault of ours")
        return read(page, *rest)

    monkeypatch.setattr(page_reading, "read_article", trip)

    first, second = sort_lines([spooled(1), spooled(2)], (), None).arrived

    assert isinstance(first.reading, PageUnreadable)
    assert "程序读这个网页时出错" in str(first.reading)
    assert isinstance(second.reading, Article)


def test_the_bytes_of_a_page_are_let_go_once_it_is_read():
    """A long spool costs the memory of its articles, not of its pages."""
    arrived = sort_lines(map(spooled, range(1, 4)), (), None).arrived

    assert [one.page.page.body for one in arrived] == [b"", b"", b""]


def test_what_the_child_read_is_not_read_again():
    """A reading of the same bytes is taken over; other pages are read here."""
    known = Article("http://a.example/1.html", "孩子读的", NOW, article_body())

    class Child:
        def article(self, digest, page):
            return known if page.url == known.url else None

    first, second = sort_lines([spooled(1), spooled(2)], (), None, Child()).arrived

    assert first.reading == known
    assert second.reading.headline == "送清凉活动走进第2家企业"


def article_body():
    from page_reading import read_article

    return read_article(spooled(9).page).body
