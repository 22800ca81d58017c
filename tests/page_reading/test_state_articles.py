"""Articles that stand only in the data of a page's scripts."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from reading_shapes import MINUTE, NOW, OTHERS, PARAGRAPHS, TEXT, TITLE

from newsroom.article import Page
from newsroom.errors import PageUnreadable
from page_reading import read_article

RECORD = {
    "id": 991,
    "title": TITLE,
    "source": "港区融媒",
    "author": "王海燕",
    "publishTime": "2026-09-21 08:05:00",
    "content": f"{PARAGRAPHS}<p><img src='/u/1.jpg'></p>",
}
OTHER_STORIES = [{"title": one, "publishTime": "2026-09-25 10:00:00"} for one in OTHERS]


def _page(script, title="港区融媒"):
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head><body><div id=app></div>{script}</body></html>"
    return Page("https://h5.example.cn/n/991", html.encode(), NOW)


def _next(data):
    text = json.dumps({"props": {"pageProps": data}}, ensure_ascii=False)
    return f'<script id="__NEXT_DATA__" type="application/json">{text}</script>'


def _state(data):
    text = json.dumps(data).replace("<", "\\u003c").replace("/", "\\u002F")
    return f"<script>window.__INITIAL_STATE__={text};(function(){{}}());</script>"


def _parsed(data):
    return f"<script>window.S = JSON.parse({json.dumps(json.dumps(data))})</script>"


def _percent(data):
    return f'<script id="RENDER_DATA" type="application/json">{quote(json.dumps(data))}</script>'


@pytest.mark.parametrize("way", [_next, _state, _parsed, _percent])
def test_the_article_of_a_page_without_markup_is_read_from_its_data(way):
    """Headline, minute, source, author, text and picture, not those of other stories."""
    found = read_article(_page(way({"detail": RECORD, "hot": OTHER_STORIES})))

    assert (TITLE, MINUTE, "港区融媒", "王海燕", list(TEXT), 1) == (
        found.headline,
        found.published.isoformat()[:16],
        found.source_line,
        found.byline,
        found.body.text.split("\n"),
        len(found.body.pictures),
    )
    rules = {one.rule for told in found.witnesses.values() for one in told}
    assert {"网页数据"} == rules


def test_the_time_may_be_counted_in_milliseconds():
    """An app's time in milliseconds is that of Beijing."""
    record = {**RECORD, "publishTime": 1789949100000}

    found = read_article(_page(_next({"detail": record})))

    assert MINUTE == found.published.isoformat()[:16]


def test_a_login_name_is_no_author():
    """What an app calls the author counts only where it is a person's name."""
    record = {**RECORD, "author": "admin_07"}

    assert read_article(_page(_next({"detail": record}))).byline is None


def test_a_list_that_brings_its_texts_along_is_no_article():
    """Of several stories with texts none is taken that the title element does not know."""
    stories = [{**RECORD, "title": one} for one in OTHERS]

    with pytest.raises(PageUnreadable, match="没有找到"):
        read_article(_page(_next({"list": stories})))


def test_of_several_stories_the_one_that_the_title_names_is_read():
    """The title element tells which of the stories the page shows."""
    stories = [{**RECORD, "title": one} for one in OTHERS]

    found = read_article(_page(_next({"list": [*stories, RECORD]}), title=TITLE))

    assert TITLE == found.headline


def test_what_a_page_shows_goes_before_its_data():
    """Data is asked only where nothing is shown."""
    shown = f"<h1>{OTHERS[0]}</h1><p>2026-09-20 07:00</p><div>{PARAGRAPHS}</div>"

    found = read_article(_page(shown + _next({"detail": RECORD}), title=OTHERS[0]))

    assert OTHERS[0] == found.headline
