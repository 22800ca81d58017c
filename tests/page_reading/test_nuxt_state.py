"""Nuxt's state is read, and no script of it is run."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_shapes import FIRST, NOW, SECOND, TITLE

from newsroom.article import Page
from page_reading import read_article, read_list
from page_reading.nuxt_state import nuxt_states

_STATES = 'window.__NUXT__=(function(a,b,c){b.x=c;return {layout:"default",n:-1.5,at:1790000000000,deep:[a,{"k-1":b},!0,!1,void 0,null,new Date(1),Array(3)],c:c}}("枝江\\u5de5\\u4f1a",{},"\\u003Cp\\u003E"));'


def _page(html):
    return Page(
        url="http://www.example.gov.cn/xw/index.html",
        body=html.encode(),
        fetched_at=NOW,
    )


def test_the_functions_value_is_read_with_its_arguments():
    """Names are replaced by what the function is called with; calls are unknown."""
    found = list(nuxt_states(_STATES))

    assert [
        {
            "layout": "default",
            "n": -1.5,
            "at": 1790000000000,
            "deep": ["枝江工会", {"k-1": {}}, True, False, None, None, None, None],
            "c": "<p>",
        }
    ] == found


def test_an_article_of_a_nuxt_page_is_read():
    """Headline, time, source and text, where the page itself shows nothing."""
    text = "".join(
        f"\\u003Cp\\u003E{line}\\u003C\\u002Fp\\u003E" for line in (FIRST, SECOND)
    )
    html = (
        f"<html><head><title>{TITLE}</title></head><body><div id='__nuxt'></div><script>window.__NUXT__=(function(a,b){{return "
        f'{{data:[{{detail:{{title:"{TITLE}",source:a,publishTime:"2026-09-21 08:05:00",content:"{text}",top:b}}}}]}}}}("港区融媒",false));</script></body></html>'
    )

    article = read_article(_page(html))

    assert (TITLE, "港区融媒", "2026-09-21T08:05", f"{FIRST}\n{SECOND}") == (
        article.headline,
        article.source_line,
        article.published.isoformat()[:16],
        article.body.text,
    )


def test_a_list_of_a_nuxt_page_is_read():
    """Both ways of writing the state give the same rows."""
    rows = [
        {
            "title": f"{n} 号职工技能竞赛开赛",
            "url": f"/xw/{n}.html",
            "time": "2026-09-21",
        }
        for n in range(1, 5)
    ]
    called = ",".join(
        f'{{title:"{row["title"]}",url:"{row["url"]}",publishTime:a}}' for row in rows
    )
    function = f'<body><script>window.__NUXT__=(function(a){{return {{list:[{called}]}}}}("2026-09-21"))</script>'
    cells = [[1], {"list": 2}, [3, 4, 5, 6]]
    cells += [
        {"title": 7 + 2 * n, "url": 8 + 2 * n, "publishTime": 15} for n in range(4)
    ]
    cells += [text for row in rows for text in (row["title"], row["url"])]
    flat = f'<body><script type="application/json" id="__NUXT_DATA__">{json.dumps([*cells, "2026-09-21"])}</script>'

    found = [
        [(e.url, e.title, e.published.date().isoformat()) for e in page.entries]
        for page in (read_list(_page(function)), read_list(_page(flat)))
    ]

    wanted = [
        (f"http://www.example.gov.cn{row['url']}", row["title"], "2026-09-21")
        for row in rows
    ]
    assert [wanted, wanted] == found


@pytest.mark.parametrize(
    "script",
    ["return {a:", "return {a}", "return f(1)}(", 'return {a:"}}', "x=1}", "{" * 500],
)
def test_what_is_no_plain_state_gives_nothing(script):
    """A state that is cut, or written in another way, is passed over."""
    assert [] == list(nuxt_states(f"window.__NUXT__=(function(a){{{script}"))


@given(st.text(alphabet="(){}[],:;\"'\\ab1!return ", max_size=200))
def test_any_script_is_bearable(script):
    """Whatever stands there, nothing is raised."""
    list(nuxt_states(f"window.__NUXT__=(function(a,b){{{script}"))
