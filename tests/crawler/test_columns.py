"""A source that names its front page: the columns are found."""

from datetime import date

import pytest

from crawler.choice import address_day
from crawler.columns import is_column, is_front_page
from tests.crawler import hostile
from tests.crawler.conftest import article, listing, title


@pytest.mark.parametrize(
    "path", ["", "/", "/index.html", "/Index.shtml", "/default.aspx"]
)
def test_a_front_page_is_known_by_its_address(path):
    """The root of a site, with or without a file name."""
    assert is_front_page(f"http://a.cn{path}")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/xwdt/", True),
        ("/xwdt/index.html", True),
        ("/xwdt/index_2.shtml", True),
        ("/html/917/list-2.html", True),
        ("/list-164-1.html", True),
        ("/col/col3577/index.html", True),
        ("/channels/12.html", True),
        ("/Category_8/Index.aspx", True),
        ("/", False),
        ("/index.html", False),
        ("/xwdt/202106/t20210609_962715.html", False),
        ("/content-541-607151-1.html", False),
        ("/xw/szxgh/1234567890123456789.html", False),
        ("/c/2024-05-01/8240123.shtml", False),
        ("/info/1001/2002.htm", False),
    ],
)
def test_a_column_is_known_by_the_shape_of_its_address(path, expected):
    """Lists of the usual content systems, not their articles."""
    assert is_column(f"http://a.cn{path}") == expected


def front(*columns):
    links = "".join(f'<a href="{path}">栏目</a> ' for path in columns)
    return f"<html><body><nav>{links}</nav></body></html>".encode()


def rows(*numbers, day="2026-09-20"):
    return "".join(
        f'<li><a href="/news/{n}.html">{title(n)}</a><span>{day}</span></li>'
        for n in numbers
    )


def test_the_columns_of_a_front_page_are_read(visit):
    """From a front page the columns with news come in; others are counted."""
    pages = {f"/news/{n}.html": article(title(n)) for n in range(1, 7)} | {
        "/": front(
            "/xwdt/index.html", "/tzgg/", "/about/", "/gone/", "/", "/news/1.html"
        ),
        "/xwdt/index.html": listing(rows(1, 2, 3)),
        "/tzgg/": listing(rows(4, 5, 6)),
        "/about/": listing(rows(1, 2, 3, day="")),
    }
    with hostile.serving(pages) as server:
        crawled = visit(server, "/")

    assert crawled.losses == []
    assert len(crawled.pages()) == 6
    assert crawled.end.filtered["columns"] == 2


def test_columns_beside_a_found_one_and_other_boxes_are_read(visit):
    """A section's further columns, and boxes of stories at addresses like its own."""
    box = "".join(f"<li><a href='/news/{n}.html'>{title(n)}</a></li>" for n in (7, 8))
    about = "<li><a href='/about.html'>单位简介和联系办法</a></li>"
    pages = {f"/news/{n}.html": article(title(n)) for n in range(1, 9)} | {
        "/": front("/xwdt/jc/", "/about.html"),
        "/xwdt/jc/": listing(
            f"{rows(1, 2, 3)}</ul><a href='/xwdt/tp/'>图片</a>"
            "<a href='/bszn/a/'>指南</a>"
            f"<div><ul>{box}{about}</ul></div>"
        ),
        "/xwdt/tp/": listing(rows(4, 5, 6)),
        "/bszn/a/": listing(rows(1)),
    }
    with hostile.serving(pages) as server:
        visit(server, "/")
        asked = set(server.paths)

    assert {f"/news/{n}.html" for n in range(1, 9)} <= asked
    assert asked.isdisjoint({"/about.html", "/bszn/a/"})


def test_columns_beside_found_ones_never_cost_the_news(visit):
    """On a large site the requests go to articles before they go to further columns."""
    news = range(1, 4)
    pages = {f"/news/{n}.html": article(title(n)) for n in news}
    for column in (f"/c{n}/" for n in range(12)):
        beside = [f"{column}s{n}/" for n in range(9)]
        links = "".join(f"<a href='{path}'>栏目</a>" for path in beside)
        pages[column] = listing(f"{rows(*news)}</ul>{links}<ul>")
        pages |= {path: listing(rows(*news)) for path in beside}
    columns = (f"/c{n}/" for n in range(12))
    with hostile.serving(pages | {"/": front(*columns)}) as server:
        crawled = visit(server, "/", limits={"max_requests": 40})

    assert crawled.end.filtered["max_requests"] > 0
    assert len(crawled.pages()) == len(news)


def test_old_undated_rows_are_known_by_their_address(visit):
    """A row without a date is too old when its address says so by far."""
    body = "".join(
        f'<li><a href="/news/{day}/{n}.html">{title(n)}</a></li>'
        for n, day in enumerate(
            ["2017-08-04", "2019-10-12", "2026-09-20", "2026-08-20"]
        )
    )
    with hostile.serving({"/list.html": listing(body)}) as server:
        crawled = visit(server)

    assert crawled.end.filtered["too_old"] == 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/html/917/2020-12-02/content-1.html", date(2020, 12, 2)),
        ("http://a.cn/201708/t20170804_633879.html", date(2017, 8, 4)),
        ("http://a.cn/34/202008/05/2.shtml", date(2020, 8, 5)),
        ("http://a.cn/xw/1234567890123456789.html", None),
        ("http://a.cn/2020-13-45/1.html", None),
        ("http://a.cn/1.html?d=2020-01-01", None),
    ],
)
def test_an_address_bears_a_day_or_none(url, expected):
    """The day in an address, where it is a day at all."""
    assert address_day(url) == expected


def test_a_front_page_that_leads_nowhere_is_a_fault(visit):
    """Without rows and columns a front page is a loss like any list."""
    with hostile.serving({"/": listing("")}) as server:
        crawled = visit(server, "/")

    assert crawled.faults == ["empty_list"]
