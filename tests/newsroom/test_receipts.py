from __future__ import annotations

from datetime import datetime

import pytest

from newsroom import receipts
from newsroom.article import CHINA
from newsroom.body import Body
from newsroom.receipts import LONGEST, MonthFigures
from newsroom.submission import Door, Submission

NUMBER = "报0718-AFS-01"


def submission(title="1200份清凉包送到一线"):
    return Submission(
        key="k",
        unit_id="afs",
        title=title,
        body=Body(),
        door=Door.WECHAT,
        received_at=datetime(2026, 7, 18, 9, tzinfo=CHINA),
        number=NUMBER,
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            receipts.received_text(submission(), "安福寺镇", office="枝江工会"),
            (
                "【枝江工会】已收到：安福寺镇《1200份清凉包送到一线》，"
                "编号 报0718-AFS-01，今天内答复。"
            ),
        ),
        (
            receipts.returned_text(
                NUMBER, ["受益职工多少人？", "照片是谁拍的？"], "https://a.example/p/x"
            ),
            (
                "报0718-AFS-01 请补充两处：①受益职工多少人？②照片是谁拍的？"
                "点开补：https://a.example/p/x"
            ),
        ),
        (
            receipts.returned_text(NUMBER, ["受益职工多少人"]),
            "报0718-AFS-01 请补充：受益职工多少人。",
        ),
        (
            receipts.adopted_text(NUMBER, points=2, month_count=2, total=14.5),
            "恭喜！报0718-AFS-01 已被市总工会网站采用（+2分），本月第2篇，累计14.5分。",
        ),
        (
            receipts.adopted_text(NUMBER),
            "恭喜！报0718-AFS-01 已被市总工会网站采用。",
        ),
        (
            receipts.upper_adopted_text("清凉包", "湖北工会网", points=15),
            "好消息：您报的《清凉包》被湖北工会网刊发（+15分）。",
        ),
        (
            receipts.not_adopted_text(NUMBER, "没有写结果", "加上“多少人受益”就好"),
            "报0718-AFS-01 这次未采用：没有写结果。下次加上“多少人受益”就好。",
        ),
        (
            receipts.internal_text(NUMBER),
            "报0718-AFS-01 已转市总工会主席参阅，不对外公开。",
        ),
        (
            receipts.monthly_text(
                "向主席",
                "安福寺镇",
                MonthFigures(7, 5, 4, 11.5, 2, tied=True, focus="金秋助学"),
            ),
            (
                "向主席：7月安福寺镇报5篇、用4篇、得11.5分，镇街第2（并列）。"
                "下月重点：金秋助学。"
            ),
        ),
    ],
)
def test_receipts_say_what_the_domain_says(said, words):
    """The texts are those of the domain, word for word."""
    assert words == said


def test_a_long_headline_is_shortened_to_fit():
    """A receipt stays within 70 characters; the number is never cut."""
    said = receipts.received_text(submission("长" * 80), "安福寺镇", office="枝江工会")

    assert LONGEST == len(said)
    assert NUMBER in said


def test_a_story_that_came_before_gets_its_number_again():
    """Sent twice, the first number is told and nothing is lost."""
    said = receipts.seen_before_text(submission(), office="枝江工会")

    assert f"编号 {NUMBER}" in said


def test_an_old_file_is_answered_kindly():
    """A file that only a person can read is kept, and it is said so."""
    assert "我们已收到" in receipts.kept_for_a_person_text(office="枝江工会")


def test_a_silent_unit_is_asked_in_friendly_words():
    """The reminder names three things to write about and where."""
    said = receipts.reminder_text(
        "向主席", "安福寺镇", ["送清凉", "企业协商"], "https://a.example/"
    )

    assert "①送清凉②企业协商" in said
