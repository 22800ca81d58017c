from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text import clean_text
from newsroom.text_block import (
    ALTERED,
    LONGEST_BLOCK,
    NO_END,
    TextBlock,
    checksum,
    read_blocks,
    write_blocks,
)

BLOCK = TextBlock(
    unit="安福寺镇总工会",
    kind="动态",
    topic="夏送清凉",
    day="2026-07-18",
    place="安福寺食品工业园",
    body="7月18日，气温升至38℃。\n惠及职工1200人。",
    photos="2张，另发原图",
    filled_by="何某",
    reviewer="向书平",
    public="是",
)
HEADING = "枝工报送"
SAMPLE = """【枝工报送】v1 1/1
单位：安福寺镇总工会
类别：动态
主题：夏送清凉
日期：2026-07-18
地点：安福寺食品工业园
标题：
正文：
7月18日，气温升至38℃。
惠及职工1200人。
照片：2张，另发原图
代填：何某
审核：向书平
公开：是
【完】校验 8F3A"""
WORD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Cf", "Cn"]), max_size=30
).map(clean_text)
SAFE = WORD.map(lambda text: re.sub(r"[【\[［]", "", text))
LINE = st.one_of(
    SAFE,
    st.sampled_from(
        ["审核：张三", "地点：某村", "正文：", "公开：否", "好：", "：", "a:b"]
    ),
).filter(bool)
KEY = st.sampled_from(["来源", "备注", "编号", "电话说明"])
BLOCKS = st.builds(
    TextBlock,
    unit=SAFE,
    kind=SAFE,
    topic=SAFE,
    day=SAFE,
    place=SAFE,
    title=SAFE,
    body=st.lists(LINE, max_size=6).map("\n".join),
    photos=SAFE,
    author=SAFE,
    filled_by=SAFE,
    reviewer=SAFE,
    public=SAFE,
    others=st.dictionaries(KEY, SAFE, max_size=3).map(lambda d: tuple(d.items())),
)


@given(BLOCKS)
def test_what_is_written_is_read(block):
    """A block comes through the chat as it was, lines that look like keys too."""
    (text,) = write_blocks(block, heading=HEADING)

    assert (block,) == read_blocks(text)


@given(BLOCKS, st.integers(900, 3000), st.text("字长，。\n", max_size=6))
def test_a_long_text_comes_in_parts(block, times, more):
    """Parts are at most 1800 characters and make the same text again, in any order."""
    lines = "\n".join([block.body, more * (times // 4), "字" * times, "完了"])
    block = replace(block, body="\n".join(filter(None, lines.split("\n"))))

    parts = write_blocks(block, heading=HEADING)

    assert all(len(part) <= LONGEST_BLOCK for part in parts)
    assert (block,) == read_blocks("\n\n某人 10:31\n".join(reversed(parts)))


@given(st.lists(BLOCKS, min_size=1, max_size=4))
def test_all_blocks_of_a_chat_are_found(blocks):
    """Chat around and between the blocks does not matter."""
    texts = [write_blocks(block, heading=HEADING)[0] for block in blocks]

    found = read_blocks(
        "向主席 10:31\n收到了吗？\n" + "\n好的\n\n".join(texts) + "\n谢谢"
    )

    assert tuple(blocks) == found


def test_the_sample_of_the_grammar_is_read():
    """The block of the documentation is read; its made-up 校验 is marked."""
    (found,) = read_blocks(SAMPLE)

    assert replace(BLOCK, problems=(ALTERED,)) == found


def test_colons_of_both_widths_and_spaces_do_not_matter():
    """Half-width signs, blank lines and blanks are read; 校验 does not count them."""
    (text,) = write_blocks(BLOCK, heading=HEADING)
    changed = text.replace("：", ": ").replace("\n", "\n\n　").replace("v1", "Ｖ１")

    assert (BLOCK,) == read_blocks(changed)


@given(BLOCKS)
def test_the_width_of_characters_does_not_change_the_checksum(block):
    """校验 is counted after NFKC, so a phone's full-width digits do no harm."""
    (text,) = write_blocks(replace(block, place="12号"), heading=HEADING)

    (found,) = read_blocks(text.replace("地点：12号", "地点：１２号"))

    assert () == found.problems


def test_keys_may_stand_in_any_order_and_unknown_ones_are_kept():
    """Keys are read wherever they stand; one that we do not know is no loss."""
    text = "【枝工报送】\n电话：见通讯录\n公开：否\n单位：甲镇\n正文：一件事。\n【完】"

    (found,) = read_blocks(text)

    assert ("甲镇", "否", "一件事。") == (found.unit, found.public, found.body)
    assert (("电话", "见通讯录"),) == found.others


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: text.replace("1200", "1300"), ALTERED),
        (lambda text: text[: text.index("【完】")], NO_END),
        (lambda text: text[:-4], ALTERED),
        (lambda text: text[:-4] + "ZZZZ", ALTERED),
    ],
    ids=["a figure", "no end", "no digits", "odd digits"],
)
def test_a_changed_block_is_read_and_marked(change, problem):
    """A wrong or missing 校验 never refuses a story."""
    (text,) = write_blocks(BLOCK, heading=HEADING)

    (found,) = read_blocks(change(text))

    assert BLOCK.unit == found.unit
    assert problem in found.problems


def test_a_missing_part_is_said():
    """Of a text in parts, the part that did not come is named."""
    parts = write_blocks(replace(BLOCK, body="长" * 4000), heading=HEADING)

    (found,) = read_blocks(parts[0] + parts[2])

    assert found.problems == (f"缺第 2 部分（共 {len(parts)} 部分），请向报送人要",)


def test_a_part_sent_twice_counts_once():
    """Somebody always sends it twice."""
    block = replace(BLOCK, body="长" * 4000)
    parts = write_blocks(block, heading=HEADING)

    assert (block,) == read_blocks("\n".join((*parts, parts[0])))


def test_two_long_texts_mixed_up_are_put_apart():
    """Parts of two texts that arrive in turn find their own."""
    one, two = (replace(BLOCK, body=word * 4000) for word in "长短")
    parts = zip(
        write_blocks(one, heading=HEADING),
        write_blocks(two, heading=HEADING),
        strict=True,
    )

    found = read_blocks("\n".join(part for pair in parts for part in pair))

    assert (one, two) == found


def test_a_fence_inside_a_text_does_not_end_it():
    """Whoever quotes the block's own signs does not cut the block."""
    block = replace(BLOCK, body="他写道【完】和【枝工报送】。\n还有下文。")

    (found,) = read_blocks(write_blocks(block, heading=HEADING)[0])

    assert found.body == "他写道〔完】和〔枝工报送】。\n还有下文。"
    assert () == found.problems


def test_plain_chat_holds_no_block():
    """A chat without a block gives none."""
    assert () == read_blocks("今天的【重要】通知：下午报送材料。")


def test_the_checksum_is_four_digits():
    """校验 does not count white space, nor the width of letters."""
    assert re.fullmatch("[0-9A-F]{4}", checksum("甲 1"))
    assert checksum("甲 1") == checksum("甲\n１\u3000")
