"""Structured text survives its JSON, and holds no unsafe link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.body import (
    Body,
    Cell,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Subhead,
    Table,
    body_from_json,
    body_to_json,
    is_safe_link,
    plain_runs,
)
from newsroom.errors import NewsroomError, PageUnreadable

WORDS = st.text("工会abc<&\"'，。 ", max_size=12)
RUNS = st.lists(
    st.builds(
        Run, WORDS, st.sampled_from([None, "http://a.cn/?b=1&c=2"]), st.booleans()
    ),
    max_size=3,
).map(tuple)
MAYBE = st.none() | WORDS
SIZE = st.none() | st.integers(1, 9)
CELLS = st.lists(st.builds(Cell, RUNS, st.booleans(), st.integers(1, 3)), max_size=2)
BLOCKS = st.one_of(
    st.builds(Paragraph, RUNS),
    st.builds(Subhead, WORDS, st.integers(2, 4)),
    st.builds(Picture, WORDS, MAYBE, MAYBE, MAYBE, SIZE, SIZE),
    st.builds(Table, st.lists(CELLS.map(tuple), max_size=2).map(tuple), MAYBE),
    st.builds(ListBlock, st.lists(RUNS, max_size=2).map(tuple), st.booleans()),
    st.builds(Quote, RUNS, st.sampled_from(["quote", "note"])),
)


@given(st.lists(BLOCKS, max_size=6).map(tuple).map(Body))
def test_a_body_survives_its_json(body):
    """What is written is read again, block by block."""
    assert body_from_json(body_to_json(body)) == body


def test_the_words_of_a_body():
    """One block a line, cells apart by tabs, pictures silent."""
    body = Body(
        (
            Subhead("一"),
            Paragraph((Run("甲"), Run("乙", strong=True))),
            Picture("x", caption="图"),
            ListBlock(((Run("丙"),), (Run("丁"),))),
            Table(((Cell((Run("戊"),)), Cell((Run("己"),))),)),
            Quote((Run("庚"),)),
        )
    )

    assert "一\n甲乙\n丙\n丁\n戊\t己\n庚" == body.text
    assert ["x"] == [picture.src for picture in body.pictures]
    assert ((Run("甲"),), ()) == (plain_runs("甲"), plain_runs(""))


@pytest.mark.parametrize("words", ["", "一", "一\n甲", "一甲", "一\n甲乙\n丙", "甲"])
def test_what_a_body_begins_with(words):
    """As the whole text has it, whatever blocks that takes."""
    paragraph = Paragraph((Run("甲"), Run("乙", strong=True)))
    body = Body((Picture("x"), Subhead("一"), paragraph, Paragraph((Run("丙"),))))

    assert body.text.startswith(words) is body.begins_with(words)


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://a.cn/", True),
        ("mailto:a@b.cn", True),
        ("tel:12351", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("/path", False),
        ("http://[", False),
        ("http://a.cn:81/b?c=[d]#e", True),
        ("HTTP://A.cn/", True),
        ("http://a.cn/b c", False),
        ("http://a.cn/b\\c", False),
        ("http://a.cn/中", True),
        ("http://甲.cn", True),
        ("http://a.cn\n", False),
        ("http:\\\\a.cn", False),
    ],
)
def test_links(href, safe):
    """Only addresses that a reader may follow."""
    assert is_safe_link(href) is safe


def test_an_unsafe_link_cannot_be_made():
    """A run refuses it when it is built."""
    with pytest.raises(NewsroomError, match="不安全的链接"):
        Run("点我", "javascript:alert(1)")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"schema": 9, "blocks": []}, "格式版本不认识"),
        ({"schema": 1, "blocks": [{"kind": "video"}]}, "不认识的段落种类"),
    ],
)
def test_what_is_unknown_is_an_error(value, words):
    """A block that we do not know is never dropped in silence."""
    with pytest.raises(NewsroomError, match=words):
        body_from_json(value)


def test_an_unreadable_page_says_where():
    """The error names the page and the reason."""
    error = PageUnreadable("http://a.cn/1.html", "没有找到正文")
    nameless = PageUnreadable("", "没有找到正文")

    assert ("http://a.cn/1.html：没有找到正文", "网页：没有找到正文") == (
        str(error),
        str(nameless),
    )
