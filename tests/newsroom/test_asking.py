from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from newsroom.article import CHINA
from newsroom.asking import HOW_MANY, WHAT, WHEN, WHERE, questions_left
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.repeats import earlier_copy
from newsroom.submission import Door, Submission

W1 = "昨天我们镇搞了送清凉，领导很重视，效果很好。"
W2 = (
    "为进一步加强工会组织建设，切实维护职工合法权益，我镇高度重视，扎实推进，"
    "取得实效，职工纷纷表示满意。"
)
WHOLE = (
    "7月18日，气温升至38℃，安福寺镇总工会走进安福寺食品工业园，把1200份清凉包送到"
    "职工手里，检查降温设备14处，当场整改5处，职工说今年的绿豆汤管够。"
)
NOW = datetime(2026, 7, 20, 9, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "asked"),
    [(W1, (WHEN, WHERE, WHAT, HOW_MANY)), (W2, (WHEN, WHERE, WHAT, HOW_MANY))],
    ids=["W1", "W2"],
)
def test_a_weak_draft_is_asked_for_its_facts(text, asked):
    """W1 and W2 are asked for day, place, deed and number."""
    assert asked == questions_left("", text)


def test_a_whole_draft_is_asked_nothing():
    """Nobody is asked for what stands there."""
    assert () == questions_left("", WHOLE)


def test_what_a_field_says_is_not_asked():
    """A day and a place given in their fields are known."""
    asked = questions_left("", W1, event_day=date(2026, 7, 18), place="食品工业园")

    assert (WHAT, HOW_MANY) == asked


def submission(text, *, days=0, unit="afs", title="题"):
    return Submission(
        key=f"{text}{days}{unit}",
        unit_id=unit,
        title=title,
        body=Body((Paragraph(plain_runs(text)),)),
        door=Door.WECHAT,
        received_at=NOW - timedelta(days=days),
    )


@pytest.mark.parametrize(
    ("old", "is_copy"),
    [
        (submission(WHOLE, days=29), True),
        (submission(WHOLE.replace("，", " , "), days=1), True),
        (submission(WHOLE, days=31), False),
        (submission(WHOLE, unit="by"), False),
        (submission(WHOLE + "还有。"), False),
    ],
    ids=["29 days", "other marks", "31 days", "other unit", "more words"],
)
def test_the_same_words_within_thirty_days_are_a_copy(old, is_copy):
    """Sent again, a story is its first submission; a year later it is a new one."""
    found = earlier_copy(submission(WHOLE, title="另一题"), [old])

    assert (old if is_copy else None) == found


def test_a_few_words_need_the_same_title():
    """Two short notes with the same words and other titles are two."""
    new = submission("照片见附件", title="甲")

    assert earlier_copy(new, [submission("照片见附件", title="乙")]) is None
    assert earlier_copy(new, [submission("照片见附件。", title="甲")]) is not None
