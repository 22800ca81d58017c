"""Personal data is found wherever a reader could see it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.personal_data import (
    find_personal_data,
    fold_with_offsets,
    has_valid_check_digit,
    passes_luhn,
)
from newsroom.rules import PersonalRule
from newsroom.story import FindingLevel

BLOCK, WARN, HINT = FindingLevel.BLOCK, FindingLevel.WARN, FindingLevel.HINT


def _found(text, rules, phones=()):
    checks = replace(rules.checks, public_phones=frozenset(phones))
    return [
        (f.rule.removeprefix("pii."), f.level) for f in find_personal_data(text, checks)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号11010519491231002X", [("id18", BLOCK)]),
        ("身份证号11010519491231002x。", [("id18", BLOCK)]),
        ("编号420583190001010013", [("id18", BLOCK)]),
        ("编号420583190001010014", [("id18", WARN)]),
        ("身份证４２０５８３１９０００１０１００１３", [("id18", BLOCK)]),
        ("证号4205831\u200b90001010013号", [("id18", BLOCK)]),
        ("电话13800138000", [("mobile", BLOCK)]),
        ("电话138-0013-8000", [("mobile", BLOCK)]),
        ("电话+86 138 0013 8000", [("mobile", BLOCK)]),
        ("电话１３８００１３８０００", [("mobile", BLOCK)]),
        ("联系人张某13800138000", [("mobile", BLOCK)]),
        ("卡号6222020000000000000", [("bank", BLOCK)]),
        ("鄂E·12345", [("plate", WARN)]),
        ("3栋2单元501室", [("address", WARN)]),
        ("微信号abc_12345", [("wechat", WARN)]),
        ("证号420583900101001", [("id15", WARN)]),
        ("电话0717-4210001", [("landline", HINT)]),
        ("职工李桂香身患乳腺癌", [("medical", BLOCK)]),
        ("低保户家庭", [("medical", WARN)]),
        ("五年级学生王小宝", [("minor", BLOCK)]),
        ("女儿李小某（实验小学五年级学生，患病）", [("minor", BLOCK)]),
        ("9岁的王小宝说", [("minor", BLOCK)]),
        ("职工李桂香的女儿王小宝考上小学", [("minor", BLOCK)]),
    ],
)
def test_what_points_at_a_person(rules, text, expected):
    """Numbers by their check digits, illness and children by the names beside them."""
    assert _found(text, rules) == expected


@pytest.mark.parametrize(
    "text",
    [
        "发放13800138000元",
        "发放13800138000.50元",
        "投资13800138.00元",
        "拨打12351职工服务热线",
        "联系0717-4210000",
        "卡号6222020000000000001",
        "https://www.hbzgh.org.cn/xw/szxgh/1767828470517215234.html",
        "见/xw/szxgh/6222020000000000000.html",
        "代码91420583MA49ABCD1X",
        "职工李某身患重病",
        "免费开展“两癌筛查”，职工李桂香说很贴心",
        "17名职工子女",
        "职工张某的女儿",
        "学生张某",
        "23岁的学生王大宝",
        "“孩子有人管，我上班踏实。”职工田小芹说",
        "学生家长满意",
        "女儿高兴极了",
        "",
    ],
)
def test_what_does_not(rules, text):
    """Amounts, public phones, addresses of pages, credit codes, masked names."""
    assert _found(text, rules, ["12351", "0717-4210000"]) == []


def test_the_stories_of_the_towns_hold_nothing(rules, short_stories, full_stories):
    """No false alarm on 38 stories."""
    for entry in [*short_stories, *full_stories]:
        text = f"{entry['title']}\n{entry.get('body') or entry['lead']}"

        assert _found(text, rules) == []


def test_findings_point_into_the_text_as_it_stands(rules):
    """Offsets are those of the text with full-width figures."""
    text = "㎏，电话：１３８００１３８０００。"

    (finding,) = find_personal_data(text, rules.checks)

    assert "１３８００１３８０００" == text[finding.start : finding.end] == finding.text
    assert finding.suggestion


def test_a_rule_of_words_and_one_without_a_pattern(rules):
    """The office may add a rule that is only a list of words."""
    words = PersonalRule("bed", WARN, words=("床号",), unless=("床号公示",))
    empty = PersonalRule("minor", BLOCK)
    checks = replace(rules.checks, personal=(words, empty))

    found = find_personal_data("床号公示和床号", checks)

    assert [("pii.bed", 5)] == [(f.rule, f.start) for f in found]


def test_of_two_rules_on_one_place_the_graver_speaks(rules):
    """No place is marked twice."""
    longer = PersonalRule("ward", BLOCK, words=("床号12",))
    shorter = PersonalRule("bed", WARN, words=("床号",))
    checks = replace(rules.checks, personal=(shorter, longer))

    assert ["pii.ward"] == [f.rule for f in find_personal_data("床号12", checks)]


def test_an_unknown_number_rule_speaks_too(rules):
    """A pattern of the office's own blocks in plain words."""
    rule = PersonalRule("seaman", BLOCK, re.compile(r"E\d{8}"))

    found = find_personal_data("护照E12345678", replace(rules.checks, personal=(rule,)))

    assert ["个人信息"] == [f.why for f in found]


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),
        ("420583190001010013", True),
        ("420583190001010014", False),
    ],
)
def test_check_digit(number, valid):
    """GB 11643."""
    assert has_valid_check_digit(number) is valid


def test_luhn():
    """Luhn's check tells card numbers from others."""
    assert passes_luhn("6222020000000000000")
    assert not passes_luhn("6222020000000000001")
    assert passes_luhn("4111111111111111")


@given(st.text(max_size=80))
def test_folding_keeps_places(text):
    """Every folded character knows where it stood, in order."""
    folded, offsets = fold_with_offsets(text)

    assert len(folded) + 1 == len(offsets)
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@given(st.text("0123456789X１２３- 职工学生王小宝岁癌。", max_size=60))
def test_findings_lie_inside_the_text(rules, text):
    """Every finding shows its own stretch of the text, and none overlaps another."""
    found = find_personal_data(text, rules.checks)

    for finding in found:
        assert finding.text == text[finding.start : finding.end] != ""
    ends = [0, *(f.end for f in found)]
    assert all(f.start >= end for f, end in zip(found, ends, strict=False))
