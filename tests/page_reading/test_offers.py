"""What a page offers to whoever looks for a source, and the shape of a list API."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from newsroom.article import CHINA, Page
from page_reading import ApiShape
from page_reading.api_shape import guess_api_shape
from page_reading.offers import Offer, address_pattern, find_offers

NOW = datetime(2026, 9, 21, 6, tzinfo=CHINA)
BASE = "http://union.example.cn"
TITLES = ("职工书屋添了三百册新书", "环卫工人休息点装上热水器", "三家企业签订集体协议")


def page(html: str, path: str = "/", kind: str = "text/html") -> Page:
    return Page(f"{BASE}{path}", html.encode(), NOW, f"{kind}; charset=utf-8")


def offers(html: str):
    head = "<html><head><meta charset='utf-8'><title>动态-样板工会网</title>"
    return find_offers(page(f"{head}</head><body>{html}</body></html>"))


def test_declared_feeds_come_before_linked_ones():
    """Feeds are those that the head declares, then those that links speak of."""
    found = offers(
        '<a href="/rss/b.xml">订阅</a><a href="/press/1.html">新闻</a>'
        '<link rel="alternate" type="application/rss+xml" title="要闻" href="/a.xml">'
    )

    assert found.feeds == (
        Offer(f"{BASE}/a.xml", "要闻"),
        Offer(f"{BASE}/rss/b.xml", "订阅"),
    )


def test_the_breadcrumb_names_the_columns_of_an_article():
    """「当前位置」 gives the columns, the nearest first."""
    found = offers(
        '<div>当前位置：<a href="/">首页</a>&gt;<a href="/x/">新闻</a></div>'
    )

    assert found.trail == (Offer(f"{BASE}/x/", "新闻"), Offer(f"{BASE}/", "首页"))


@pytest.mark.parametrize(
    ("script", "call"),
    [
        (
            "$.getJSON('/api/list?page=' + page + '&size=20', f)",
            "/api/list?page=1&size=20",
        ),
        ('$.get("/list.json", f)', "/list.json"),
        ("fetch(`/x`); fetch('/v1/news?p=1').then(f)", "/v1/news?p=1"),
        ("axios.get('/v1/news')", "/v1/news"),
        (
            "$.ajax({url: '/lists', data: {page: n, size: 20, cid: '44'}})",
            "/lists?page=1&size=20&cid=44",
        ),
        (
            "$.ajax({type:'get', url:'/lists', dataType:'jsonp', jsonp:'cb'})",
            "/lists?cb=callback",
        ),
        ("x.open('GET', '/lists?p=1')", "/lists?p=1"),
    ],
)
def test_list_calls_are_found_in_scripts(script, call):
    """The calls of jQuery, fetch and axios, names standing for the first page."""
    assert f"{BASE}{call}" in offers(f"<script>{script}</script>").calls


def test_what_is_posted_is_told_and_is_no_call():
    """A call by POST is none of the calls by GET."""
    found = offers("<script>$.ajax({type: 'POST', url: '/lists'})</script>")

    assert found.posted
    assert found.calls == ()


def test_addresses_put_together_are_templates():
    """An address that a script joins with a field of its rows is a template."""
    found = offers("<script>h='<a href=\"/show-' + row.id + '.html\">'</script>")

    assert found.templates == ("/show-{id}.html",)


def test_addresses_share_a_pattern():
    """Numbers are left open; too many kinds of addresses have no pattern."""
    urls = [f"{BASE}/xw/2026/t2026_{n}.html" for n in range(5)]

    assert address_pattern(urls) == r"/xw/\d+/t\d+_\d+\.html$"
    assert address_pattern([f"{BASE}/{word}/" for word in "abcde"]) is None
    assert address_pattern([]) is None


def rows(**fields: str) -> list[dict[str, str]]:
    return [
        {"biaoti": title, "when": f"2026-09-0{n}", "nid": str(n)}
        | {key: value.format(n=n) for key, value in fields.items()}
        for n, title in enumerate(TITLES, 1)
    ]


def answer(value, query: str = "?page=1") -> Page:
    return page(json.dumps(value), f"/api{query}", "application/json")


def test_a_shape_is_told_by_its_values():
    """Rows, title, date, address, paging and the number of all are found."""
    value = {"code": 0, "data": {"total": 40, "list": rows(link="/show/{n}.html")}}

    assert guess_api_shape(answer(value)) == ApiShape(
        rows="data.list",
        title="biaoti",
        date="when",
        url="link",
        page_parameter="page",
        total="data.total",
        page_size=3,
    )


def test_rows_without_addresses_need_a_template():
    """The page's own template serves, if the rows have its fields."""
    bare = answer(rows(), "?p=0")

    shape = guess_api_shape(bare, ["/x/{other}.html", "/show-{nid}.html"])

    assert shape is not None
    assert shape.url_template == "/show-{nid}.html"
    assert (shape.page_parameter, shape.first_page) == ("p", 0)
    assert guess_api_shape(bare) is None


@pytest.mark.parametrize(
    "body", ["", "{", "<html></html>", '{"a": [1, 2, 3]}', "[" * 9999]
)
def test_what_is_no_list_has_no_shape(body):
    """No JSON, no rows: no shape, and no error."""
    assert guess_api_shape(page(body)) is None


def test_jsonp_has_a_shape_too():
    """A wrapped answer is read like a bare one."""
    text = f"cb({json.dumps(rows(link='/show/{n}.html'))})"

    assert guess_api_shape(page(text)) is not None
