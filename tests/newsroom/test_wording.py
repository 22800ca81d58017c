"""Words for people."""

from datetime import date

import pytest

from newsroom.taxonomy import Level
from newsroom.wording import (
    date_span,
    full_date,
    level_word,
    relative_day,
    sentence,
    short_date,
    titled,
    weekday,
    without_emoji,
)

DAY = date(2026, 7, 20)


def test_dates():
    """Arabic figures without leading zeros; the day of the week."""
    words = (full_date(DAY), short_date(date(2026, 3, 1)), weekday(DAY))

    assert ("2026年7月20日", "3月1日", "星期一") == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2026, 7, 17), DAY, "7月17日—20日"),
        (date(2026, 6, 30), DAY, "6月30日—7月20日"),
        (date(2025, 12, 31), date(2026, 1, 4), "2025年12月31日—2026年1月4日"),
        (DAY, DAY, "7月20日"),
        (date(2026, 7, 21), DAY, "7月20日"),
    ],
)
def test_spans(since, until, words):
    """A span says the month once."""
    assert date_span(since, until) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DAY, "今天"),
        (date(2026, 7, 19), "昨天"),
        (date(2026, 7, 18), "前天"),
        (date(2026, 7, 21), "明天"),
        (date(2026, 7, 14), "6天前"),
        (date(2026, 7, 13), "7月13日"),
        (date(2026, 7, 22), "7月22日"),
        (date(2025, 7, 13), "2025年7月13日"),
    ],
)
def test_relative_days(day, words):
    """Near days by their word, far ones by date."""
    assert relative_day(day, today=DAY) == words


def test_levels():
    """City and county bear the office's own names."""
    words = [level_word(level, place="枝江", city="宜昌") for level in Level]

    assert ["全国", "省", "宜昌", "枝江", "镇街"] == words


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        ("某镇总工会开展慰问", "某镇总工会开展慰问。"),
        ("开工！", "开工！"),
        ("“开工！”", "“开工！”"),
        ("工会说“开工”", "工会说“开工”。"),
        ("读《今天，你吃了吗？》", "读《今天，你吃了吗？》。"),
        ("", "。"),
    ],
)
def test_a_sentence_ends_with_one_mark(words, ended):
    """A full stop, unless a mark ends it already, also inside a quotation."""
    assert ended == sentence(words)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("💪加油！早餐送到环卫工👷🏻‍♀️手上😀☀️", "加油！早餐送到环卫工手上"),
        ("★𠮷化工㙍建国、䶮小莉获奖①", "★𠮷化工㙍建国、䶮小莉获奖①"),
        ("⏰⚡⭐⌚开工▶️了⏸！☎电话★●①→", "开工了！☎电话★●①→"),
        ("😀", "😀"),
    ],
)
def test_emoji_are_left_out(words, plain):
    """No face of print has emoji; rare characters and marks of print stay."""
    assert plain == without_emoji(words)


def test_a_title_inside_a_title_has_single_marks():
    """GB/T 15834: 《…〈…〉…》."""
    assert "《〈工会法〉修改后怎么办》" == titled("《工会法》修改后怎么办")
