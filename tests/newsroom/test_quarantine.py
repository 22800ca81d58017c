"""Hacked and taken-over sites wait for a person."""

import pytest

from newsroom.quarantine import quarantine_reason, shared_text, takeover_reason
from newsroom.story import StoryState
from newsroom.understanding import understand_article

SPAM = ("真人娱乐", "注册送彩金")


@pytest.mark.parametrize(
    ("headline", "text", "word"),
    [
        ("澳门新葡京官网", "正文。", "澳门新葡京"),
        ("职工运动会", "注册送现金，百家乐、老虎机。", "注册送”“百家乐”“老虎机"),
        ("ＰＫ１０计划", "", "pk10"),
    ],
)
def test_spam(headline, text, word):
    """An advertisement in the headline, or two in the text."""
    assert f"“{word}”" in quarantine_reason(headline, text)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("警方捣毁赌博窝点", "嫌疑人利用六合彩敛财。"),
        ("职工彩票知识讲座", "会员注册送书活动？不，是注册领书。"),
        ("", ""),
    ],
)
def test_reports_about_crime_are_news(headline, text):
    """One such word in a report holds nothing."""
    assert quarantine_reason(headline, text) is None


def test_f37_a_site_taken_over():
    """Three in ten, of at least five."""
    good = ("职工运动会", "正文。")

    assert takeover_reason([SPAM] * 4) is None
    assert takeover_reason([good] * 8 + [SPAM] * 2) is None
    assert takeover_reason([good] * 7 + [SPAM] * 3).startswith("10条里有3条")


def test_f44_navigation_taken_as_text():
    """Six articles in ten with one text have none of their own."""
    assert "首页 新闻" == shared_text(
        ["首页 新闻", "甲", "首页新闻", "首页 新闻", "乙"]
    )
    assert shared_text(["首页"] * 4) is None
    assert shared_text(list("甲乙丙丁戊")) is None
    assert shared_text([""] * 5) is None
    assert "首页" == shared_text([*"甲乙丙丁", *["首页"] * 6])
    assert shared_text([*["首页"] * 5, *"甲乙丙丁"]) is None


def test_f39_a_spam_story_is_held(article_of, source_of, rules, at):
    """It is kept, counted and shown nowhere."""
    article = article_of("真人娱乐城开户", "正文。")

    story = understand_article(
        article, source_of("zj", own=True), rules, first_seen=at(2026, 7, 19)
    )

    assert (StoryState.HELD, "", False) == (story.state, story.excerpt, story.own)
    assert story.held_reason.startswith("疑似网页被篡改")
