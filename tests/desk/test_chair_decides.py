"""The chair's decision on class C: logged, settled, taken back while it can be."""

from __future__ import annotations

import pytest


@pytest.fixture
def agreed(house):
    """The number of a class C story that the chair let out with a word."""
    text = house.text + "\n此事正在调解，属内部参阅。"
    number = house.number(title="某厂欠薪正在调解", text=text)
    house.act("chair", number, "chair", decision="agree", words="不写厂名")
    return number


def page(house, number, who="editor"):
    return house.browser(who).get(f"/desk/s/{number}/")


def test_what_the_chair_let_out_is_no_fault_any_more(house, agreed):
    """Neither the screen nor the list asks anybody to mend it."""
    story = page(house, agreed).content.decode()
    inbox = house.browser("editor").get("/desk/?tab=first").content.decode()

    assert "主席已定" in story
    assert "必须改" not in story
    assert "暂不公开" not in story
    assert agreed in inbox
    assert "必须改" not in inbox


def test_the_decision_stands_in_the_history(house, agreed):
    """Who decided what, beside the other steps."""
    (comment,) = house.store.comments(agreed)

    assert "周立" == comment.by
    assert "主席定：同意公开，按重要稿件三审（不写厂名）" == comment.text


def test_the_chair_takes_the_decision_back(house, agreed):
    """Nobody else knows of the story from then on; the chair decides anew."""
    before = page(house, agreed).status_code
    house.act("chair", agreed, "chair", decision="again")
    chair = page(house, agreed, "chair").content.decode()

    assert 200 == before
    assert 404 == page(house, agreed).status_code
    assert "同意公开，按重要稿件三审" in chair
    assert "收回这个决定" not in chair


def test_what_is_signed_is_withdrawn_and_not_taken_back(house, agreed):
    """After 终审 the decision stands; no other role ever takes it back."""
    for who in ("editor", "reviewer"):
        house.act(who, agreed, "sign")
    refused = house.act("final", agreed, "chair", decision="again").status_code
    house.act("chair", agreed, "sign", read_aloud="yes")
    told = house.act("chair", agreed, "chair", decision="again").content.decode()

    assert 403 == refused
    assert "已经签发的，用撤下" in told
    assert "final_ok" == house.state(agreed)
