"""Merging two reports: what counts as a conflict, and what a choice does to a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.merging import (
    compare_paragraphs,
    find_conflicts,
    joint_names,
    settle,
)

TOWN = "9月18日，镇总工会走进食品工业园，送去清凉包1200份，300人参加。"
PARK = "9月18日，园区工会联合镇总工会送去清凉包1100份，320人参加，检查车间5间。"


def written(first: str, second: str) -> list[tuple[str, str]]:
    return [(c.first.written, c.second.written) for c in find_conflicts(first, second)]


def test_different_numbers_of_one_thing_are_found():
    """Each pair once, in the order of the first text; what only one tells is none."""
    assert [("1200份", "1100份"), ("300人", "320人")] == written(TOWN, PARK)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("送去清凉包1200份。", "清凉包一共1200份送到车间。"),
        ("300人参加活动。", "300名职工参加了活动。"),
        ("2026年9月18日，慰问环卫工人。", "2025年9月17日，慰问环卫工人。"),
        ("发放补贴4600元。", "检查车间5间。"),
        ("", "送去清凉包1200份。"),
    ],
)
def test_what_agrees_or_stands_alone_is_no_conflict(first, second):
    """Equal numbers, another measure, dates and years are none."""
    assert [] == written(first, second)


def test_like_words_decide_which_numbers_belong_together():
    """Two numbers of one measure on each side are paired by what they count."""
    first = "帮扶困难职工23名，培训新会员80名。"
    second = "当天培训新会员86名，另帮扶困难职工25名。"

    assert [("23名", "25名"), ("80名", "86名")] == written(first, second)


def test_a_choice_changes_every_place_of_the_number():
    """Title and text follow, other numbers stay."""
    conflict = find_conflicts(TOWN, PARK)[0]

    assert "1100份清凉包、再送1100份，31200份不变" == settle(
        "1200份清凉包、再送1200份，31200份不变", conflict
    )


def test_paragraphs_that_add_nothing_are_told():
    """A sentence that both have is not new."""
    told = compare_paragraphs([TOWN], [TOWN, "园区还为夜班职工设了纳凉点。"])

    assert [False, True] == [one.is_new for one in told]


@pytest.mark.parametrize(
    ("names", "joint"),
    [
        (["李某文", "孙某"], "李某文、孙某"),
        (["李某文", "李 某文"], "李某文"),
        (["罗丹、罗丽华", None, "孙某"], "罗丹、罗丽华、孙某"),
        ([None, ""], None),
    ],
)
def test_authors_stand_once_in_the_order_of_the_texts(names, joint):
    """Both correspondents get the credit."""
    assert joint == joint_names(names)


@given(st.text("0123456789份人名万，。\n清凉包", max_size=60))
def test_a_text_never_conflicts_with_itself(text):
    """Whatever stands in it."""
    assert () == find_conflicts(text, text)
