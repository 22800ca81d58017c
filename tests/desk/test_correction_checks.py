"""A correction passes the checks too: who answers for what its words bring in."""

from __future__ import annotations

import re

import pytest

NOTE = "原文“1200份”应为“1100份”，特此更正"
CLAIM = "这在全市是首创。"
CHAIRS = "此事属内部参阅。"


@pytest.fixture
def public(house):
    """The number of a story that is published, with a claim that somebody ticked."""
    number = house.number(text=f"{house.text}\n这在全省是首创。")
    page = house.browser("editor").get(f"/desk/s/{number}/").content.decode()
    for key in re.findall(r'name="finding" value="(claim[^"]+)"', page):
        house.act("editor", number, "tick", finding=key, reason="省总通报")
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    assert "published" == house.state(number)
    return number


def propose(house, number, added=""):
    text = house.store.submission(number).body.text.replace("1200", "1100")
    told = {"title": "1100份清凉包送到车间", "text": f"{text}\n{added}"}
    told |= {"note": NOTE, "reason": "镇里来电"}
    return house.act("editor", number, "correct/propose", **told)


def found(house, number, rule):
    page = house.browser("chair").get(f"/desk/s/{number}/correct").content.decode()
    return re.findall(rf'name="finding" value="({rule}[^"]+)"', page)


def tick(house, who, number, rule, reason="有文件"):
    mark = house.store.open_correction(number).mark
    told = {"mark": mark, "finding": found(house, number, rule)[0], "reason": reason}
    return house.act(who, number, "correct/tick", **told).content.decode()


def agree(house, who, number):
    mark = house.store.open_correction(number).mark
    return house.act(who, number, "correct/agree", mark=mark).content.decode()


def test_what_was_answered_for_stays_answered_for(house, public):
    """The claim stands in the same sentence as when it was signed."""
    propose(house, public)
    asked = found(house, public, "claim")
    agree(house, "final", public)

    assert [] == asked
    assert "corrected" == house.state(public)


def test_a_new_warning_is_ticked_on_the_proposed_text(house, public):
    """Until somebody answers for it by name nobody signs; then it can be signed."""
    propose(house, public, CLAIM)
    refused = agree(house, "final", public)
    told = tick(house, "reviewer", public, "claim")
    page = house.browser("final").get(f"/desk/s/{public}/correct").content.decode()
    agree(house, "final", public)
    ticks = {t.by: t.reason for t in house.store.review(public).ticks}

    assert "请改掉，或勾选" in refused
    assert "已记下由您负责" in told
    assert "江敏 已核对" in page
    assert "corrected" == house.state(public)
    assert {"何文": "省总通报", "江敏": "有文件"} == ticks


def test_a_grave_word_needs_the_final_reviewer_and_a_reason(house, public):
    """As in the three reviews."""
    propose(house, public, "总公会干部到场。")
    by_editor = tick(house, "editor", public, "wrong_word")
    bare = tick(house, "final", public, "wrong_word", reason="")
    tick(house, "final", public, "wrong_word", reason="引用旧牌匾原文")
    agree(house, "final", public)

    assert "只有终审人" in by_editor
    assert "写明为什么" in bare
    assert "corrected" == house.state(public)


def test_a_phone_is_never_ticked(house, public):
    """No button is offered, and an asked tick does not help."""
    propose(house, public, "联系人电话13800138000。")
    offered = found(house, public, "pii")
    refused = agree(house, "final", public)

    assert [] == offered
    assert "必须改掉" in refused
    assert "published" == house.state(public)


def test_what_the_chair_must_decide_waits_for_the_chairs_own_tick(house, public):
    """Nobody else's tick counts; afterwards it is an important story, in all lists."""
    propose(house, public, CHAIRS)
    by_final = tick(house, "final", public, "chair_decides")
    refused = agree(house, "chair", public)
    tick(house, "chair", public, "chair_decides", reason="会上已公开")
    agree(house, "chair", public)
    review = house.store.review(public)

    assert "须由主席定" in by_final
    assert "须由主席" in refused
    assert ("corrected", "B") == (house.state(public), review.item_class.value)
    assert "周立（主席）" in review.chair_said


def test_a_tick_for_other_words_is_refused(house, public):
    """The proposal was changed while the page stood open."""
    propose(house, public, CLAIM)
    told = {"mark": "x", "finding": found(house, public, "claim")[0], "reason": "有"}
    page = house.act("reviewer", public, "correct/tick", **told).content.decode()

    assert "刚刚换过" in page
    assert found(house, public, "claim")
