"""What the unit is told: words to copy at each step, points, and one appeal."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from desk.office import the_desk
from desk.telling import unit_standing
from newsroom.submission import SubmissionState


def told(house, number, who="editor"):
    page = house.browser(who).get(f"/desk/s/{number}/").content.decode()
    return html.unescape(re.search(r'<p id="told">(.*?)</p>', page, re.DOTALL)[1])


def publish(house, number):
    house.sign_all(number)
    house.browser("editor").post("/desk/edition/issue")
    house.release()


def own(house, unit="afs", path=""):
    return house.browser().get(f"/s/{house.links[unit]}/{path}").content.decode()


def test_each_step_has_its_words(house):
    """Received, returned with the questions, declined with the hint."""
    number = house.number()
    received = told(house, number)
    asked = "受益职工多少人？\n照片是谁拍的？"
    house.act("editor", number, "return", reason="result", questions=asked)
    returned = told(house, number)
    house.act("editor", number, "undo")
    house.act("editor", number, "decline", reason="result")
    declined = told(house, number)

    assert received.startswith("【枝江工会】已收到：安福寺镇《1200份清凉包")
    assert "请补充两处：①受益职工多少人？②照片是谁拍的？" in returned
    assert "这次未采用：没有结果或数字。下次" in declined


def test_the_words_of_an_adopted_story_tell_points_and_place(house):
    """As domain 3.7 has them, with the address of the page."""
    number = house.number()
    publish(house, number)
    words = told(house, number)

    assert f"恭喜！{number} 已被市总工会网站采用（+2分），本月第1篇，累计2分。" in words
    assert "https://news.example.org/stories/2026/" in words


def test_the_correspondent_sees_the_points(house):
    """Beside the story and in sum."""
    number = house.number()
    publish(house, number)
    page = own(house)

    assert "+2 分" in page
    assert "本月 1 篇，本年度 2 分" in page


def test_joint_stories_share_the_points(house):
    """First 0.6, the other 0.4; each unit sees its own."""
    text = "9月18日，董市镇总工会一道为职工送去清凉包1200份。"
    number, other = house.number(), house.number("ds", title="送清凉", text=text)
    mark = house.store.review(other).mark
    house.act("editor", number, "merge/do", other=other, other_mark=mark, title="")
    publish(house, number)

    assert "本年度 1.2 分" in own(house)
    assert "本年度 0.8 分" in own(house, "ds")
    assert "已与其他单位合并：已采用" in own(house, "ds")


@pytest.mark.parametrize("act", ["sign", "hold", "internal", "duplicate"])
def test_no_reviewer_is_named(house, act):
    """Whatever was done."""
    first, number = (
        house.number(),
        house.number(title="又一件", text="又。" + house.text),
    )
    if act == "hold":
        for who in ("editor", "reviewer"):
            house.act(who, number, "sign")
        house.act("final", number, act, until="2026-09-25")
    else:
        house.act("editor", number, act, earlier=first)
    words = told(house, number, "final")

    assert number in words
    assert not any(name in words for name in ("何文", "江敏", "向书平"))


def test_a_repeated_report_names_the_first(house):
    """Only one of the same unit; two units' are merged."""
    first = house.number()
    number = house.number(title="又报一次", text="又。" + house.text)
    foreign = house.number("ds", title="董市的", text="再。" + house.text)
    refused = house.act("editor", number, "duplicate", earlier=foreign)
    house.act("editor", number, "duplicate", earlier=first)

    assert "请用并稿" in refused.content.decode()
    assert "duplicate" == house.state(number)
    assert f"此事已报过：{first}" in told(house, number)


def test_a_declined_story_is_looked_at_once_more(house):
    """The unit asks once with a word; a second time there is no button."""
    number = house.number()
    house.act("editor", number, "decline", reason="empty")

    def ask():
        mark = house.store.review(number).mark
        path = f"/s/{house.links['afs']}/r/{number}/appeal"
        return house.browser().post(path, {"mark": mark, "words": "补了人数"})

    before = own(house, path=f"r/{number}")
    ask()
    asked = house.state(number)
    page = house.browser("editor").get(f"/desk/s/{number}/").content.decode()
    house.act("editor", number, "decline", reason="empty")
    after = own(house, path=f"r/{number}")
    again = ask().status_code

    assert "请再看一次" in before
    assert "checked" == asked
    assert "请再看一次：补了人数" in page
    assert "请再看一次</button>" not in after
    assert (403, "rejected") == (again, house.state(number))


def test_the_badge_counts_what_waits_for_me(house):
    """Each reviewer their own step; what is the chair's only theirs."""
    house.number()
    house.number("ds", text=house.text + "\n这是内部资料。")
    counts = {}
    for who in ("editor", "reviewer", "final", "chair"):
        page = house.browser(who).get("/desk/").content.decode()
        found = re.search(r'class="badge"[^>]*>(\d+)<', page)
        counts[who] = int(found[1]) if found else 0

    assert {"editor": 1, "reviewer": 0, "final": 0, "chair": 1} == counts


def test_the_standing_costs_the_same_however_many_stories(house):
    """A unit of one story and one of six: as many questions to the store."""

    def published(count):
        for n in range(count):
            number = house.number(
                title=f"{house.clock():%d}日第{n}件",
                text=f"{house.clock():%d}日第{n}件。{house.text}",
            )
            house.sign_all(number)
            state, at = SubmissionState.PUBLISHED, house.clock()
            house.store.move_submission(number, state, by="向书平", at=at)
        with CaptureQueriesContext(connections[house.store.alias]) as queries:
            found = unit_standing(the_desk(), "afs")
        return found.month_count, len(queries)

    one = published(1)
    house.clock.on(days=1)
    many = published(5)

    assert (1, 6) == (one[0], many[0])
    assert one[1] == many[1]
