"""Class B is proposed by what a story tells; an editor says by one click what it is."""

from __future__ import annotations

import pytest

MEETING = "会上传达了全市工会工作会议精神。"


@pytest.fixture
def weighty(house):
    """The number of a story that tells of a main meeting."""
    return house.number(text=f"{house.text}\n{MEETING}")


def page_of(house, number, who="editor"):
    return house.browser(who).get(f"/desk/s/{number}/").content.decode()


def class_of(house, number):
    return house.store.review(number).item_class.value


def test_nobody_signs_before_somebody_said_what_it_is(house, weighty):
    """The page says why; the first review waits for the click."""
    page = page_of(house, weighty)
    refused = house.act("editor", weighty, "sign").content.decode()

    assert "市总的主要会议“全市工会工作会议”：建议按重要稿件办" in page
    assert "请先点“按重要稿件办”" in refused
    assert "checked" == house.state(weighty)


def test_one_click_makes_it_important(house, weighty):
    """From then on it goes its way to the chair."""
    house.act("editor", weighty, "weigh", item_class="B")
    house.act("editor", weighty, "sign")
    house.act("reviewer", weighty, "sign")
    house.act("final", weighty, "sign", read_aloud="yes")
    waits = house.state(weighty)
    house.act("chair", weighty, "sign", read_aloud="yes")

    assert "B" == class_of(house, weighty)
    assert ("second_ok", "final_ok") == (waits, house.state(weighty))
    assert "建议按重要稿件办" not in page_of(house, weighty)


def test_an_ordinary_one_is_said_with_a_reason(house, weighty):
    """Named and kept in the talk; without a word why it is not taken."""
    bare = house.act("editor", weighty, "weigh", item_class="A").content.decode()
    house.act("editor", weighty, "weigh", item_class="A", why="只是提到会议")
    house.act("editor", weighty, "sign")

    assert "请写一句为什么" in bare
    assert "类别改为 A 普通：只是提到会议" == house.store.comments(weighty)[0].text
    assert ("A", "first_ok") == (class_of(house, weighty), house.state(weighty))


def test_what_a_later_change_brings_is_asked_again(house, weighty):
    """The judgement was on what stood there."""
    house.act("editor", weighty, "weigh", item_class="A", why="只是提到会议")
    text = f"{house.text}\n{MEETING}\n副市长到场。"
    house.act("editor", weighty, "edit", title="改题", text=text)
    page = page_of(house, weighty)
    house.act("editor", weighty, "sign")

    assert "写到市级领导“副市长”" in page
    assert "市总的主要会议" not in page
    assert "checked" == house.state(weighty)


def test_a_correction_that_makes_it_important_is_the_chairs(house):
    """An ordinary story, published; its correction names the mayor."""
    number = house.number()
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    told = {"title": "改题", "text": f"{house.text}\n市长到场。"}
    told |= {"note": "原文漏写到场领导，特此更正", "reason": "来电"}
    house.act("editor", number, "correct/propose", **told)
    mark = house.store.open_correction(number).mark
    refused = house.act("final", number, "correct/agree", mark=mark).content.decode()
    house.act("chair", number, "correct/agree", mark=mark)

    assert "由主席办" in refused
    assert "corrected" == house.state(number)
