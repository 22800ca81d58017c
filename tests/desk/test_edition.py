"""Today's edition arranged by hand: order, headline, preview, and two at once."""

from __future__ import annotations

import pytest

from desk.office import the_desk
from newsroom.edition import Column

PHONE = {"width": 390, "height": 844}
OTHERS = (
    (
        "ds",
        "董市镇签下今年第一份集体合同",
        "9月17日，董市镇总工会指导3家企业签订集体合同，覆盖职工860人。",
    ),
    (
        "afs",
        "夜班车间有了纳凉点",
        "9月16日，安福寺镇总工会为夜班职工设了2个纳凉点，每晚有80多人来歇脚。",
    ),
)


@pytest.fixture
def signed(house):
    """The ids of three signed stories, pinned to 要闻 in the order of their coming."""
    numbers = [house.number()]
    numbers += [house.number(u, title=t, text=x) for u, t, x in OTHERS]
    for number in numbers:
        house.sign_all(number)
    ids = [house.store.submission(number).story_id for number in numbers]
    for place, story_id in enumerate(ids, 1):
        told = {"column": "NEWS", "place": str(place), "reason": "今天要用"}
        act(house, "arrange", story_id, hand="pin", **told)
    return ids


def act(house, name, story_id, who="editor", **values):
    day = house.clock().date()
    told = {
        "day": day.isoformat(),
        "seen": house.store.arrangement_mark(day),
        "story": str(story_id),
    }
    path = {"retitle": "title"}.get(name, name)
    answer = house.browser(who).post(
        f"/desk/edition/{path}", told | values, follow=True
    )
    return answer.content.decode()


def planned(house):
    return the_desk().acts.plan(house.clock()).entries(Column.NEWS)


def order(house):
    return [entry.story_id for entry in planned(house)]


def headlines(house):
    return [entry.headline for entry in planned(house)]


def test_up_and_down_move_by_one(house, signed):
    """No reason has to be typed for the order."""
    one, two, three = signed
    act(house, "shift", three, hand="up")
    first = order(house)
    act(house, "shift", one, hand="down")

    assert [one, three, two] == first
    assert [three, one, two] == order(house)


def test_a_drop_without_a_reason_is_refused(house, signed):
    """With one it is out, and the reason stands beside it."""
    refused = act(house, "arrange", signed[0], hand="drop", column="NEWS", reason=" ")
    kept = order(house)
    page = act(
        house, "arrange", signed[0], hand="drop", column="NEWS", reason="明天再用"
    )

    assert "请写一句为什么" in refused
    assert signed == kept
    assert signed[1:] == order(house)
    assert "何文撤下：明天再用" in page


def test_the_edition_has_its_own_headline_and_the_story_keeps_its(house, signed):
    """The issued edition shows the new one; the first is told beside it."""
    page = act(house, "retitle", signed[0], headline="清凉包送到夜班车间")
    house.browser("editor").post("/desk/edition/issue")
    issued = house.store.edition(house.clock().date())

    assert "原题：1200份清凉包送到车间" in page
    assert "清凉包送到夜班车间" == issued.entries(Column.NEWS)[0].headline
    assert "1200份清凉包送到车间" == house.store.story(signed[0]).headline


def test_a_headline_is_checked(house, signed):
    """What may not be printed may not stand in a headline."""
    page = act(house, "retitle", signed[0], headline="支江送清凉")
    empty = act(house, "retitle", signed[0], headline=" ")

    assert "请改掉" in page
    assert "标题不能空" in empty
    assert "1200份清凉包送到车间" == headlines(house)[0]


def test_of_two_editors_the_slower_is_told_and_loses_no_word(house, signed):
    """On the same story, or in the order; on different stories both hold."""
    day = house.clock().date()
    seen = house.store.arrangement_mark(day)
    act(house, "retitle", signed[0], who="reviewer", headline="江敏的标题")
    page = act(house, "retitle", signed[0], seen=seen, headline="何文的标题")
    late = act(house, "shift", signed[2], seen=seen, hand="up")
    other = act(house, "retitle", signed[1], seen=seen, headline="董市签合同")

    assert "江敏 在 08:00 刚调整过" in page
    assert "您刚写的没有丢：“何文的标题”" in page
    assert "刚调整过" in late
    assert "标题改好了" in other
    assert ["江敏的标题", "董市签合同"] == headlines(house)[:2]


def test_each_change_can_be_undone_by_who_made_it(house, signed):
    """What was decided before comes back; another's is not undone."""
    before = headlines(house)
    act(house, "retitle", signed[0], headline="清凉包送到夜班车间")
    other = house.browser("reviewer").post("/desk/edition/undo", follow=True)
    own = house.browser("editor").post("/desk/edition/undo", follow=True)

    assert "撤销不了" in other.content.decode()
    assert "已撤销：改题" in own.content.decode()
    assert before == headlines(house)


def test_undo_restores_an_earlier_decision(house, signed):
    """A drop over a pin gives the pin back, with its place."""
    act(house, "arrange", signed[1], hand="drop", column="NEWS", reason="明天再用")
    house.browser("editor").post("/desk/edition/undo")

    assert signed == order(house)


def test_an_old_page_issues_and_releases_nothing(house, signed):
    """Nobody signs what somebody else has just changed."""
    editor = house.browser("editor")
    day = house.clock().date()
    seen = house.store.arrangement_mark(day)
    act(house, "shift", signed[2], who="reviewer", hand="up")
    refused = editor.post("/desk/edition/issue", {"seen": seen}, follow=True)
    editor.post("/desk/edition/issue")
    told = {"day": day.isoformat(), "digest": "0" * 64}
    stale = house.browser("final").post("/desk/edition/release", told, follow=True)

    assert "刚刚有人调整过编排" in refused.content.decode()
    assert "不是最新的一期" in stale.content.decode()
    assert house.store.edition(day).release is None


def test_the_release_is_kept_with_who_when_and_hash(house, signed):
    """On the page, in the log; after it nothing is arranged."""
    house.browser("editor").post("/desk/edition/issue")
    page = house.release().content.decode()
    late = act(house, "shift", signed[2], hand="up")
    release = house.store.edition(house.clock().date()).release
    event = house.store.events()[0].what

    assert release.digest[:16] in page
    assert "签发 向书平" in page
    assert release.digest[:16] in event
    assert "已经签发公开，不能再排" in late


def test_the_preview_is_the_real_page_and_keeps_nothing(house, signed):
    """Both trees; the public one without scores; no edition, no file."""
    act(house, "retitle", signed[0], headline="清凉包送到夜班车间")
    editor = house.browser("editor")
    inside = editor.get("/desk/preview/internal/index.html").content.decode()
    public = editor.get("/desk/preview/public/index.html").content.decode()
    style = editor.get("/desk/preview/public/assets/none.css").status_code

    assert "清凉包送到夜班车间" in inside
    assert "清凉包送到夜班车间" in public
    assert "编辑参考" not in public
    assert "入选理由" not in public
    assert 404 == style
    assert house.store.edition(house.clock().date()) is None
    assert not (house.office.output / "public").exists()


@pytest.mark.browser
@pytest.mark.slow
def test_the_edition_is_arranged_in_a_browser(house, signed, visit):
    """Up, headline, preview with its style, issue; on a phone nothing sticks out."""
    page = visit.page("/desk/edition", who="editor")
    page.get_by_role("button", name="上移《夜班车间有了纳凉点》").click()
    page.get_by_text("上移了一位").wait_for()
    page.locator(".lines-up li").first.get_by_text("改题").click()
    page.get_by_label("这一期用的标题").first.fill("清凉包送到夜班车间")
    page.get_by_role("button", name="用这个标题").first.click()
    page.get_by_text("原题：1200份清凉包送到车间").wait_for()
    page.locator(".lines-up li").first.get_by_text("为什么在这里").click()
    visit.shot(page, "edition-office")
    preview = visit.page("/desk/preview/public/index.html", who="editor")
    visit.shot(preview, "preview")
    colour = preview.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="出内部版").click()
    page.get_by_text("内部版已出").first.wait_for()
    phone = visit.page("/desk/edition", who="final", view=PHONE)
    visit.shot(phone, "edition-phone")
    width = phone.evaluate("document.documentElement.scrollWidth")
    phone.get_by_role("button", name="签发公开").click()
    phone.get_by_text("签发 向书平").wait_for()

    assert "rgb(255, 253, 248)" == colour
    assert PHONE["width"] >= width
    assert [] == visit.faults


def test_what_was_released_is_not_taken_back_by_undo(house, signed):
    """The arrangement of a public edition stays as the record of it."""
    act(house, "retitle", signed[0], headline="清凉包送到夜班车间")
    house.browser("editor").post("/desk/edition/issue")
    house.release()
    answer = house.browser("editor").post("/desk/edition/undo", follow=True)

    assert "已经签发公开" in answer.content.decode()
    assert "清凉包送到夜班车间" == headlines(house)[0]
