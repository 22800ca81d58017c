"""Old titles and texts show where a redesigned site puts its list and its articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from newsroom.article import CHINA, Page
from page_reading import Layout, read_article, read_list
from page_reading.layout_choice import article_layout
from page_reading.relocating import locate_article, locate_list, merge
from tests.workflow.paper_site import TOPICS, article
from tests.workflow.redesigned import new_article, new_list

NOW = datetime(2026, 9, 21, 6, tzinfo=CHINA)
BASE = "http://union.example.cn"


def page(path: str, html: str) -> Page:
    return Page(f"{BASE}{path}", html.encode(), NOW)


def old(number: int):
    return read_article(page(f"/jcdt/2026/{number}.html", article(number)))


@pytest.fixture
def known() -> dict[str, str]:
    return {f"{BASE}/jcdt/2026/{n}.html": TOPICS[n % 12] for n in range(3, 9)}


def test_rows_are_found_by_known_titles(known):
    """Every card is a row of the layout, those of unknown news too."""
    column = page("/jcdt/", new_list(list(range(1, 9))))

    layout = locate_list(column, known)

    assert layout is not None
    assert {row.url for row in read_list(column, layout).entries} == {
        f"{BASE}/jcdt/2026/{n}.html" for n in range(1, 9)
    }


def test_rows_are_found_when_the_addresses_changed(known):
    """A title alone is enough, shortened on the list or whole."""
    html = new_list(list(range(1, 9))).replace("/jcdt/2026/", "/2026/news/")

    layout = locate_list(page("/jcdt/", html), known)

    assert layout is not None
    assert layout.list_rows == "div.card"


def test_too_few_known_rows_prove_nothing(known):
    """Two known titles are no list."""
    html = new_list([7, 8, 9, 10])

    assert locate_list(page("/jcdt/", html), known) is None


def test_articles_are_found_by_known_texts():
    """The layout learned from three articles reads a fourth."""
    pairs = [(page(f"/jcdt/2026/{n}.html", new_article(n)), old(n)) for n in (3, 4, 5)]
    other = page("/jcdt/2026/6.html", new_article(6))

    layout = locate_article(pairs)

    assert layout is not None
    read = read_article(other, layout)
    assert (read.headline, read.day) == (old(6).headline, old(6).day)
    assert read.body.text == old(6).body.text
    assert "声明" in read_article(other).body.text


def test_what_is_nowhere_gives_no_layout():
    """A page without the known text gives nothing, and no page nothing either."""
    stranger = replace(old(3), headline="别的标题")

    found = locate_article([(page("/1.html", "<p>别的</p>" * 3), stranger)])

    assert found is None
    assert locate_article([]) is None


def test_list_and_article_make_one_layout():
    """Both halves together are one layout; a missing half is left out."""
    rows, text = Layout(list_rows="li"), Layout(body="div.a")

    assert merge(rows, text) == Layout(list_rows="li", body="div.a")
    assert merge(rows, None) is rows
    assert merge(None, text) is text


def test_each_page_is_read_by_the_layout_it_is_in():
    """Of dated layouts the first that fits an article is taken; else none."""
    new = Layout(title="div.big", body="div.words")
    before = Layout(title="h1", body="div.text", valid_until=NOW.date())
    layouts = (Layout(article_pattern="x"), new, before)
    pages = [
        page("/1.html", new_article(3)),
        page("/2.html", article(3)),
        page("/3.html", "<h1>别的</h1><p>文字</p>"),
    ]

    assert [article_layout(one, layouts) for one in pages] == [new, before, None]
