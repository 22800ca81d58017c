"""The day of an event, and old news under a new date."""

from datetime import date

import pytest

from newsroom.events import find_event_day, is_old_news


@pytest.mark.parametrize(
    ("text", "shown", "expected"),
    [
        ("7月18日，送清凉。", (2026, 7, 20), date(2026, 7, 18)),
        ("2025年7月18日，送清凉。", (2026, 7, 20), date(2025, 7, 18)),
        ("12月28日，送温暖。", (2027, 1, 3), date(2026, 12, 28)),
        ("7月21日，送清凉。", (2026, 7, 20), date(2026, 7, 21)),
        ("昨日，送清凉。", (2026, 7, 20), date(2026, 7, 19)),
        ("今天，送清凉。", (2026, 7, 20), date(2026, 7, 20)),
        ("将于8月1日开赛，7月19日报名。", (2026, 7, 20), date(2026, 7, 19)),
        ("8月1日开赛。", (2026, 7, 20), None),
        ("2月30日，送清凉。", (2026, 7, 20), None),
        ("入夏以来，送清凉。", (2026, 7, 20), None),
        ("新华社北京7月18日电", (2026, 7, 20), None),
        ("7月18日，送清凉。", None, None),
        ("昨天，送清凉。", None, None),
        ("2026年7月18日，送清凉。", None, date(2026, 7, 18)),
        ("甲" * 200 + "7月18日", (2026, 7, 20), None),
    ],
)
def test_event_day(at, text, shown, expected):
    """The first day that the lead names, never one that is only announced."""
    published = at(*shown) if shown else None

    assert find_event_day(text, published) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1月12日，慰问困难职工63户。",
        "2024年7月18日，送清凉。",
        "近日，在2024年7月18日的活动中送清凉。",
        "12月20日，送温暖。1月5日，回访。",
        "9月22日，2025年学术年会在此召开。",
    ],
)
def test_old_news(at, text):
    """Nothing in the text is near the date that is shown."""
    assert is_old_news(text, at(2026, 7, 20)).startswith("文中最晚的日期是")


@pytest.mark.parametrize(
    "text",
    [
        "7月18日，送清凉。",
        "1月12日启动，目前已惠及职工。",
        "1月12日，2026年度计划启动。",
        "没有日期的文字。",
        "甲" * 200 + "1月12日",
        "1月12日启动，定于8月1日收官。",
        "3月1日，条例通过，6月20日起施行。",
    ],
)
def test_news_that_is_not_old(at, text):
    """Newer days, words of the present or the year itself keep it fresh."""
    assert is_old_news(text, at(2026, 7, 20)) is None


def test_old_news_by_an_earlier_sight(at):
    """The same text seen before its date is old; seen the day before it is not."""
    shown = at(2026, 7, 20)

    early = is_old_news("会。", shown, seen_earlier=date(2026, 7, 1))
    eve = is_old_news("会。", shown, seen_earlier=date(2026, 7, 19))

    assert "同一内容2026年7月1日已经发布过，现在换成了新日期" == early
    assert eve is None


def test_undated_news_cannot_be_judged():
    """Without a date nothing is old or new."""
    assert is_old_news("1月12日，慰问。", None) is None
