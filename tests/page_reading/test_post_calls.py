"""List calls by POST in the scripts of a page."""

from __future__ import annotations

import json

import pytest
from reading_pages import page

from newsroom.posted import split_posted
from page_reading.offers import find_offers

BASE = "http://www.example.gov.cn"


def posts(script):
    html = f"<html><head><title>工会要闻</title></head><body><script>{script}</script></body></html>"
    return find_offers(page(html, url=f"{BASE}/ghyw/index.html")).posts


@pytest.mark.parametrize(
    ("script", "body"),
    [
        (
            "$.post('/api/newsList', {channelId: 12, pageNo: pageNo, key: ''}, function(d){draw(d)})",
            "channelId=12&pageNo=1&key=",
        ),
        (
            "$.ajax({type: 'POST', url: '/api/newsList', data: {cid: '3', page: n}, success: function(d){}})",
            "cid=3&page=1",
        ),
        (
            "$.ajax({url: '/api/newsList', method: 'post', data: 'cid=3&page=1'})",
            "cid=3&page=1",
        ),
    ],
)
def test_a_form_is_posted_as_the_script_posts_it(script, body):
    """Numbers and texts as they stand, names for the first page."""
    assert [(f"{BASE}/api/newsList", body)] == [split_posted(u) for u in posts(script)]


@pytest.mark.parametrize(
    "script",
    [
        "axios.post('/api/newsList', {channelId: 12, pageNo: this.page, top: false}).then(r => r)",
        "axios({method: 'post', url: '/api/newsList', data: {channelId: 12, pageNo: p, top: false}})",
        "fetch('/api/newsList', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({channelId: 12, pageNo: 1, top: false})}).then(r => r.json())",
        "$.ajax({url: '/api/newsList', type: 'post', contentType: 'application/json', data: JSON.stringify({channelId: 12, pageNo: 1, top: false})})",
    ],
)
def test_json_is_posted_as_the_script_posts_it(script):
    """axios posts JSON, and so does what is stringified."""
    (url,) = posts(script)
    address, body = split_posted(url)

    assert f"{BASE}/api/newsList" == address
    assert {"channelId": 12, "pageNo": 1, "top": False} == json.loads(body)


@pytest.mark.parametrize(
    "address",
    [
        *("/api/login", "/news/addComment", "/article/hits", "/api/list/save", "/x/do"),
        *("/news/delNews", "/info/modifyInfo", "/article/dianzan", "/page/createPage"),
        "/news/list.do?method=delete",
    ],
)
def test_what_may_write_or_count_is_never_asked(address):
    """Only what asks for a list by its address, and changes nothing by its words."""
    assert () == posts(f"$.post('{address}', {{id: 1}}, function(){{}})")


def test_what_posts_a_deed_is_never_asked():
    """Old back ends have one address for all, and name the deed beside it."""
    assert () == posts("$.post('/news/list', {action: 'save', id: 1}, f)")
    assert () == posts("$.post('/ajax/info.ashx', {opt: 'delNews', id: 3}, f)")
    assert posts("$.post('/news/list', {action: 'query', sort: 'updateTime'}, f)")


def test_a_call_by_get_is_none_by_post():
    """What a script asks by GET stands among the other calls."""
    assert () == posts("$.get('/api/newsList', {page: 1})")
    assert () == posts("$.ajax({url: '/api/newsList', data: {page: 1}})")
