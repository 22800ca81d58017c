"""Abstracts in the article's own sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.abstracts import make_abstract
from newsroom.body import Body, ListBlock, Paragraph, Picture, Quote, Run, Subhead
from newsroom.sentences import clause_cut, is_byline, sentences, without_dateline


def _body(*paragraphs):
    return Body(tuple(Paragraph((Run(p),)) for p in paragraphs))


LEAD = "7月18日，安福寺镇总工会走进9家企业，送去“清凉包”1200份。"


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([LEAD], LEAD),
        (["本报讯（记者 张三 通讯员 李四）" + LEAD], LEAD),
        (["本报讯 （记者张三）" + LEAD], LEAD),
        (["（通讯员 何某）" + LEAD], LEAD),
        (["枝江市总工会网讯：" + LEAD], LEAD),
        (["来源：湖北工会网", LEAD, "（编辑：何某）"], LEAD),
        (["　　" + LEAD + "　"], LEAD),
        ([], ""),
        ([""], ""),
    ],
)
def test_abstract(paragraphs, expected):
    """Whole own sentences without dateline and byline."""
    assert make_abstract(_body(*paragraphs)) == expected


def test_pictures_have_no_abstract():
    """A body of pictures only has no abstract, its captions are not taken."""
    assert make_abstract(Body((Picture("http://a/1.jpg", caption="图"),))) == ""


def test_a_body_of_lists_gives_its_words():
    """Where there are no paragraphs the other blocks speak."""
    body = Body(
        (Subhead("通知"), ListBlock(((Run("一、时间。"),), (Run("二、地点。"),))))
    )

    assert make_abstract(body) == "通知一、时间。二、地点。"


def test_a_quoted_paragraph_tells_news_a_note_does_not():
    """编者按 is left out while there is anything else."""
    body = Body((Quote((Run("编者按：略。"),), "note"), Quote((Run("正文一句。"),))))

    assert make_abstract(body) == "正文一句。"


def test_whole_sentences_until_the_limit():
    """A sentence that does not fit is left out when enough stands already."""
    first, second = "甲" * 79 + "。", "乙" * 60 + "。"

    assert make_abstract(_body(first + second)) == first


def test_a_long_sentence_is_cut_at_a_clause():
    """A first sentence that is too long ends at a clause with ……."""
    text = "甲" * 60 + "，" + "乙" * 40 + "，" + "丙" * 60 + "。"

    assert make_abstract(_body(text)) == "甲" * 60 + "，" + "乙" * 40 + "……"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("短。" + "长" * 200 + "。", "短。" + "长" * 115 + "……"),
        ("共" * 116 + "12345678人参加", "共" * 115 + "……"),
        ("说" * 100 + "“引" + "文" * 60 + "”。", "说" * 99 + "……"),
        ("“" + "引" * 150 + "”", ""),
        ("说“甲”" + "长" * 200, "说“甲”" + "长" * 114 + "……"),
        ("共12 " + "人" * 200, "共12 " + "人" * 114 + "……"),
    ],
)
def test_hard_cuts(text, expected):
    """Without a clause it is cut between words, never in a number or a quotation."""
    made = make_abstract(_body(text))

    assert len(made) <= 120
    assert made == expected or made.removesuffix("……") in text


@given(st.text("甲乙丙，。“”！？12.5%abc（）\n ", max_size=400), st.integers(5, 130))
def test_an_abstract_is_own_text(text, limit):
    """Never longer than asked, every letter from the article and in its order."""
    made = make_abstract(_body(*text.split("\n")), limit=limit)

    assert len(made) <= limit
    source = iter("".join(text.split()))
    told = "".join(made.removesuffix("……").split())
    assert all(letter in source for letter in told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一句。两句！", ("一句。", "两句！")),
        ("“够。管够。”何秀兰说。第二句。", ("“够。管够。”何秀兰说。", "第二句。")),
        ("他说：“好。”第二句。", ("他说：“好。”第二句。",)),
        ("他说好。”\n“第二句。”", ("他说好。”", "“第二句。”")),
        ("“甲。”“乙。”", ("“甲。”", "“乙。”")),
        ("没有句号", ("没有句号",)),
        ("“‘甲。’“乙", ("“‘甲。’“乙",)),
        ("真的？！是的。", ("真的？！", "是的。")),
        ("", ()),
    ],
)
def test_sentences(text, expected):
    """A mark inside quotation marks ends no sentence unless the quotation ends."""
    assert sentences(text) == expected


def test_clause_cut_spares_numbers():
    """A comma between figures ends no clause."""
    assert clause_cut("收入1,200元整，余下", 6) == 0
    assert clause_cut("收入1,200元整，余下", 10) == 9
    assert clause_cut("说“好，行”了，余", 8) == 7


def test_no_room_for_another_clause():
    """What does not fit after a short sentence is left out."""
    first = "甲" * 49 + "。"

    assert make_abstract(_body(first + "乙" * 80 + "。")) == first
    assert make_abstract(_body("短。" + "长" * 9), limit=3) == "短。"


def test_bylines_and_datelines():
    """Who wrote it is no news."""
    assert is_byline("（作者：何某）")
    assert not is_byline("作者：" + "很长的一段话" * 20)
    assert "正文" == without_dateline("中工网北京7月18日电 正文")
    assert "7月18日，正文" == without_dateline("本报讯 7月18日，正文")
