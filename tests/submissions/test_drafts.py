"""Text files as correspondents write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.article import CHINA
from newsroom.story import StoryKind
from newsroom.text import squeeze
from submissions.drafts import decode_text, read_captions, read_draft


def test_the_first_line_is_the_title_the_rest_the_text(make):
    """Labelled lines are no text; a line is a paragraph without its indent."""
    draft = read_draft(make.text, now=make.now)

    assert draft.title == "1200份清凉包送到一线"
    assert draft.body.text == (
        "7月18日，气温升至38℃，安福寺镇总工会把清凉包送到职工手里。\n惠及职工1200人。"
    )
    assert (draft.event_day, draft.author) == (date(2026, 7, 18), "何某")


def test_every_label_is_read(make):
    """Full- and half-width colons, in any order, before or after the text."""
    text = (
        "标题\n地点: 安福寺食品工业园\n正文在这里。\n审核：向书平\n代填:何某\n"
        "拍摄：李某\n类别：人物\n公开：否\n"
    )

    draft = read_draft(text, now=make.now)

    assert draft.body.text == "正文在这里。"
    assert (draft.place, draft.reviewer) == ("安福寺食品工业园", "向书平")
    assert (draft.filled_by, draft.photographer) == ("何某", "李某")
    assert (draft.kind, draft.public) == (StoryKind.PROFILE, False)


def test_internal_matters_are_not_public(make):
    """内部情况 is for the chair only, whatever else is said."""
    draft = read_draft("标题\n类别：内部情况\n公开：是\n正文。", now=make.now)

    assert (draft.kind, draft.public) == (StoryKind.INTERNAL, False)


def test_a_label_word_in_a_sentence_is_text(make):
    """A long line, or a label given again, stays in the text."""
    long_line = f"地点：{'在这里发生的事情很多，' * 8}"
    text = f"标题\n作者：甲\n{long_line}\n作者：乙\n"

    assert read_draft(text, now=make.now).body.text == f"{long_line}\n作者：乙"


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("日期：夏天", "看不懂"),
        ("日期：2026-07-21", "还没有到"),
        ("类别：诗歌", "不认识"),
    ],
)
def test_what_is_not_understood_is_said(make, line, note):
    """A date or kind that cannot be is left out, with a sentence."""
    draft = read_draft(f"标题\n{line}\n正文。", now=make.now)

    assert note in "".join(draft.notes)
    assert (draft.event_day, draft.kind) == (None, StoryKind.NEWS)


def test_a_first_line_that_is_a_sentence_is_no_title(make):
    """A text without a title line loses nothing of its first sentence."""
    draft = read_draft("7月18日，开展活动。\n惠及1200人。", now=make.now)

    assert draft.title == ""
    assert draft.body.text.startswith("7月18日")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_editors_text_is_read(charset):
    """Notepad and others, with and without a mark."""
    assert decode_text("工会送清凉，镕喆".encode(charset)) == "工会送清凉，镕喆"


@pytest.mark.parametrize("data", [b"MZ\x90\0\x03", b"{\\rtf1 x}", b"\x81\xff\xff"])
def test_what_is_no_text_is_refused(data):
    """A44: a program or document named .txt is not read as text."""
    assert decode_text(data) is None


def test_captions_are_by_file_name():
    """A line of 说明.txt is a file name, a colon of either width, and words."""
    text = "1.jpg：职工领到清凉包：真高兴\nIMG_2: 送到车间\n没有冒号\n3.jpg：\n"

    assert read_captions(text) == {
        "1.jpg": "职工领到清凉包：真高兴",
        "img_2": "送到车间",
    }


@given(st.text())
def test_any_text_is_read(text):
    """No text crashes the reader, and every word of the draft is in the file."""
    draft = read_draft(text, now=datetime(2026, 7, 20, 7, tzinfo=CHINA))

    words = squeeze(text)
    for line in (draft.title, *draft.body.text.split("\n")):
        assert squeeze(line) in words
    assert all(read_captions(text).values())
