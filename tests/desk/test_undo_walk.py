"""Every decision at the desk, taken back; and what a second click or tab does."""

from __future__ import annotations

import pytest

from newsroom.reasons import REASONS
from tests.desk.conftest import PAGE

BEFORE = {"editor": (), "reviewer": ("editor",), "final": ("editor", "reviewer")}
DECISIONS = {
    "sign": {},
    "return": {"reason": "result", "questions": "有多少人？"},
    "decline": {"reason": REASONS[0].id},
    "duplicate": {},
    "internal": {"words": "先给领导看"},
    "hold": {"until": "2026-09-25"},
}


def walk():
    """Who decides what: a matter is known to be old at 初审, the last one holds."""
    only = {
        "duplicate": ("editor",),
        "hold": ("final",),
        "sign": ("editor", "reviewer"),
    }
    for name in DECISIONS:
        yield from ((who, name) for who in only.get(name, BEFORE))


def seen(house, number):
    """What the office and the unit see of a submission, but for its history."""
    review = house.store.review(number)
    unit = house.browser().get(f"/s/{house.links['afs']}/r/{number}").content.decode()
    signed = [(one.step, one.name) for one in review.approvals]
    questions = "有多少人？" in unit
    return (
        review.submission.state,
        review.text_hash,
        signed,
        review.questions,
        questions,
    )


@pytest.mark.parametrize(("who", "name"), list(walk()))
def test_every_decision_is_taken_back_whole(house, who, name):
    """State, signatures, questions and the unit's page are what they were."""
    told = dict(DECISIONS[name])
    if name == "duplicate":
        told["earlier"] = house.number(title="更早的一件", text=PAGE["text"] * 2)
    number = house.number()
    for before in BEFORE[who]:
        house.act(before, number, "sign")
    stood = seen(house, number)
    house.act(who, number, name, **told)
    changed = seen(house, number)
    page = house.act(who, number, "undo").content.decode()

    assert stood != changed
    assert "已撤销，回到" in page
    assert stood == seen(house, number)


@pytest.mark.parametrize(("who", "name"), [("editor", "sign"), ("editor", "return")])
def test_a_second_click_is_no_second_step(house, who, name):
    """The same form sent twice, by a double click or from a second tab: one step."""
    number = house.number()
    review = house.store.review(number)
    told = {"mark": review.mark, "hash": review.text_hash} | DECISIONS[name]
    client = house.browser(who)
    before = len(house.store.submission_steps(number))
    first, second = (
        client.post(f"/desk/s/{number}/{name}", told, follow=True) for _ in range(2)
    )

    assert 200 == first.status_code == second.status_code
    assert before + 1 == len(house.store.submission_steps(number))


def test_after_the_way_back_an_old_page_changes_nothing(house):
    """A page from the browser's history is another text's: it is said, none is lost."""
    number = house.number()
    review = house.store.review(number)
    old = {"mark": review.mark, "hash": review.text_hash, "version": review.version}
    title = {"title": "新的标题送到车间", "text": PAGE["text"]}
    house.act("editor", number, "edit", **title)
    late = house.browser("reviewer").post(
        f"/desk/s/{number}/edit",
        old | {"title": "另一位写的标题", "text": "另一位写了半天的正文"},
        follow=True,
    )
    page = late.content.decode()

    assert "新的标题送到车间" == house.store.review(number).submission.title
    assert "另一位写了半天的正文" in page
    assert "另一位写的标题" in page


def test_the_same_story_five_times_is_one(house):
    """Sent again from another tab, with another photo or none: its first number."""
    numbers = {house.number() for _ in range(5)}

    assert 1 == len(numbers)
    assert 1 == len(tuple(house.store.submissions()))
