"""A source that names its front page: the columns are found."""

import pytest

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


def test_a_front_page_that_leads_nowhere_is_a_fault(visit):
    """Without rows and columns a front page is a loss like any list."""
    with hostile.serving({"/": listing("")}) as server:
        crawled = visit(server, "/")

    assert crawled.faults == ["empty_list"]
