"""Put off until a day: it asks for nobody before and is back on its day."""

from __future__ import annotations

import re

import pytest


@pytest.fixture
def held(house):
    """The number of a story that the final reviewer put off to 24 September."""
    number = house.number()
    for who in ("editor", "reviewer"):
        house.act(who, number, "sign")
    house.act("final", number, "hold", until="2026-09-24")
    return number


def inbox(house, who="final", tab="wait", **asked):
    told = "&".join(f"{key}={value}" for key, value in asked.items())
    page = house.browser(who).get(f"/desk/?tab={tab}&{told}")
    return page.content.decode()


def badge(page):
    found = re.search(r'class="badge"[^>]*>(\d+)<', page)
    return int(found[1]) if found else 0


def test_what_is_put_off_asks_for_nobody(house, held):
    """No badge and nothing to do; the list of those put off names the day."""
    waiting, put_off = inbox(house), inbox(house, tab="hold")

    assert 0 == badge(waiting)
    assert held not in waiting
    assert held in put_off
    assert "缓发到9月24日" in put_off
    assert "该您办" not in put_off


def test_on_its_day_it_is_back(house, held):
    """It counts, stands under 待终审, and says that its day has come."""
    house.clock.on(days=3)
    page, put_off = inbox(house, tab="final"), inbox(house, tab="hold")

    assert 1 == badge(page)
    assert held in page
    assert "缓发到期" in page
    assert "该您办" in page
    assert held not in put_off
    assert "到期了" in house.browser("final").get(f"/desk/s/{held}/").content.decode()


def test_it_is_put_off_once_more_or_declined(house, held):
    """Another day by the same act; the unit is told the new one; or 不采用."""
    house.act("final", held, "hold", until="2026-09-28")
    own = house.browser().get(f"/s/{house.links['afs']}/").content.decode()
    page = house.browser("final").get(f"/desk/s/{held}/").content.decode()
    house.act("final", held, "decline", reason="late")

    assert "暂缓，预计9月28日" in own
    assert "改缓发的日子" in page
    assert "撤销刚才的操作" not in page
    assert "rejected" == house.state(held)


def test_what_is_under_way_is_listed_however_much_is_over(house, held, monkeypatch):
    """The newest of what is over are listed; an older one is found by its number."""
    numbers = [
        house.number(title=f"第{n}家签合同", text=f"第{n}件。{house.text}")
        for n in "甲乙丙"
    ]
    for number in numbers:
        house.act("editor", number, "decline", reason="late")
        house.clock.on(minutes=1)
    monkeypatch.setattr("desk.inbox_views._NEWEST", 2)
    over = inbox(house, "editor", tab="closed")
    found = inbox(house, "editor", tab="closed", q=numbers[0])

    assert "未采用和其他 <b>2+</b>" in over
    assert "缓发 <b>1</b>" in over
    assert numbers[0] not in over
    assert "更早的按单位、标题或编号找得到" in over
    assert ">第甲家签合同</a>" in found


def test_whoever_has_the_next_step_sees_it_first(house):
    """What is one's own to do stands above what waits for others."""
    first = house.number()
    second = house.number("ds", title="董市签合同", text="另一件。" + house.text)
    house.act("editor", second, "sign")
    page = inbox(house, "editor")

    assert page.index(first) < page.index(second)


def test_an_empty_desk_says_where_stories_come_from(house):
    """Nobody stands before an empty page on the first day."""
    editor, final = inbox(house, "editor"), inbox(house)

    assert "还没有收到稿件" in editor
    assert "粘贴导入、代录”收下" in editor
    assert "由编辑收下" in final


def test_the_chair_may_ask_the_unit_before_deciding(house):
    """Class C goes back with a question by the chair's own hand."""
    text = house.text + "\n此事正在调解，属内部参阅。"
    number = house.number(title="某厂欠薪正在调解", text=text)
    page = house.browser("chair").get(f"/desk/s/{number}/").content.decode()
    house.act("chair", number, "return", reason="result", questions="多少人？")

    assert "退回补充" in page
    assert "returned" == house.state(number)


def test_what_the_chair_wrote_is_kept_with_the_decision(house):
    """转内部参阅 with a word: the word stands in the history."""
    text = house.text + "\n此事正在调解，属内部参阅。"
    number = house.number(title="某厂欠薪正在调解", text=text)
    house.act("chair", number, "chair", decision="internal", words="先由法工部跟进")
    page = house.browser("chair").get(f"/desk/s/{number}/").content.decode()

    assert "先由法工部跟进" in page
    assert "同意公开，按重要稿件三审" not in page
