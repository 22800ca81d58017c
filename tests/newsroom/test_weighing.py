"""What makes a story important: leaders, main meetings, honours, figures, policy."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsroom.article import CHINA
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.checks import check_text
from newsroom.submission import Door, Submission
from newsroom.weighing import reasons_for_important


def story(text):
    at = datetime(2026, 9, 21, 8, 0, tzinfo=CHINA)
    body = Body((Paragraph(plain_runs(text)),))
    return Submission("k", "afs", "标题", body, Door.TYPED, at)


def told(text, rules):
    submission = story(text)
    found = check_text(f"标题\n{text}", rules.checks)
    reasons = reasons_for_important(submission, found, rules.checks)
    return {(one.rule, one.text) for one in reasons}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("市委副书记到场看望职工。", ("leaders", "市委副书记")),
        ("副市长到镇里调研。", ("leaders", "副市长")),
        ("市领导走访慰问劳模。", ("leaders", "市领导")),
        ("全市工会工作会议召开。", ("meetings", "全市工会工作会议")),
        ("枝江市第五次工代会开幕。", ("meetings", "工代会")),
        ("大会表彰劳动模范12名。", ("honours", "表彰劳动模范")),
        ("市劳动模范推荐人选公示。", ("honours", "劳动模范推荐人选公示")),
        (
            "帮28名农民工追回工资46.2万元。",
            ("rights", "追回工资46.2万元"),
        ),
        (
            "市总工会印发《职工互助保障实施办法》。",
            ("policy", "印发《职工互助保障实施办法》"),
        ),
    ],
)
def test_what_is_important_is_named(rules, text, reason):
    """With the words that made it so."""
    assert reason in told(text, rules)


@pytest.mark.parametrize(
    "text",
    [
        "镇总工会走进食品工业园，为一线职工送去清凉包1200份。",
        "镇党委书记到场看望职工。",
        "学校校长、车间班长到场。",
        "职工代表大会审议通过了集体合同草案。",
        "劳动模范李某讲了自己的故事。",
        "活动中，工会干部核对了高温津贴，当场补发4600元。",
        "按照《职工民主管理办法》，公开了三件事。",
    ],
)
def test_an_ordinary_story_stays_ordinary(rules, text):
    """Words of a town's daily work propose nothing."""
    assert set() == told(text, rules)


def test_one_rule_is_one_reason(rules):
    """The first words that say so, however often they stand."""
    assert {("leaders", "市长")} == told("市长到场。市长讲话。副市长参加。", rules)
