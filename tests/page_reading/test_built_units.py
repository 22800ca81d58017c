"""Columns whose list jpaas builds on call: found, read, turned to the last page."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from reading_shapes import NOW, OTHERS

from newsroom.article import Page
from page_reading import read_list
from page_reading.offers import find_offers

_UNIT = (
    "http://www.example.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit"
)
_COLUMN = (
    "<html><body><div><script src='/script/AuthorizedRead/unitbuild.js?v=3' url='/api-gateway/jpaas-publish-server/front/page/build/unit' "
    "queryData=\"{'parseType':'buildstatic','webId':'8d82','pageType':'column','tagId':'右侧内容','editType':'null','pageId':'ca51'}\"></script></div></body></html>"
)


def _answer(query, rows):
    marked = "".join(
        f"<li><a href='/art/2026/{n}.html' title='{OTHERS[n]}'>{OTHERS[n]}</a><span>2026-09-{10 + n}</span></li>"
        for n in range(rows)
    )
    body = json.dumps({"success": True, "data": {"html": f"<ul>{marked}</ul>"}})
    return Page(url=f"{_UNIT}?{query}", body=body.encode(), fetched_at=NOW)


def test_the_call_that_builds_a_columns_list_is_found():
    """With all that the script element asks for, and the first page."""
    page = Page(
        url="http://www.example.gov.cn/xw/index.html",
        body=_COLUMN.encode(),
        fetched_at=NOW,
    )

    (call,) = find_offers(page).calls

    assert call.startswith(f"{_UNIT}?")
    assert {
        "parseType": ["buildstatic"],
        "webId": ["8d82"],
        "pageType": ["column"],
        "tagId": ["右侧内容"],
        "editType": ["null"],
        "pageId": ["ca51"],
        "paramJson": ['{"pageNo":1,"pageSize":"15"}'],
    } == parse_qs(urlsplit(call).query)


@pytest.mark.parametrize(
    ("query", "following"),
    [
        ('pageId=1&paramJson={"pageNo":2,"pageSize":"5"}', {"paramJson": ['{"pageNo":3,"pageSize":"5"}']}),
        ("pageId=1&pageNo=1&pageSize=5", {"pageNo": ["2"], "pageSize": ["5"]}),
    ],
)  # fmt: skip
def test_a_full_page_of_a_built_list_has_a_next_one(query, following):
    """The number inside paramJson is turned, or the plain one."""
    listing = read_list(_answer(query, rows=5))

    asked = parse_qs(urlsplit(listing.next_page).query)
    assert {"pageId": ["1"], **following} == asked


@pytest.mark.parametrize(
    "query",
    [
        'pageId=1&paramJson={"pageNo":2,"pageSize":"15"}',
        "pageId=1",
        "paramJson=[1]",
        "paramJson={",
    ],
)
def test_behind_a_page_that_is_not_full_there_is_none(query):
    """Nor where the call does not say which page it asked for."""
    assert read_list(_answer(query, rows=5)).next_page is None
