"""The whole way in a real browser, phone-sized for the chair (issue: done when)."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}


def test_a_story_goes_from_phone_to_edition(  # noqa: PLR0915 - one way, whole
    house, visit, picture, tmp_path
):
    """Link, answers, photo, receipt, return, mending, three reviews, issue, 已采用."""
    photo, shot = tmp_path / "清凉.jpg", visit.shot
    photo.write_bytes(picture().read())
    own = f"/s/{house.links['afs']}/"
    chair = visit.page(own, view=PHONE)
    shot(chair, "01-mine")
    chair.get_by_role("button", name="报一件事").click()
    shot(chair, "02-topic")
    chair.get_by_role("button", name="夏送清凉").click()
    chair.get_by_label("在什么地方？").fill("安福寺食品工业园")
    shot(chair, "03-when")
    chair.get_by_role("button", name="下一步").click()
    chair.get_by_label("当天最高气温").fill("38℃")
    chair.get_by_label("送给了哪些职工").fill("一线职工")
    chair.get_by_label("送了什么").fill("清凉包1200份")
    chair.get_by_label("办成了什么").fill("1200名职工领到清凉包")
    shot(chair, "04-what")
    chair.get_by_role("button", name="下一步").click()
    chair.get_by_label("有什么不一样").fill("今年把清凉包送到了夜班车间")
    chair.get_by_role("button", name="下一步").click()
    chair.get_by_role("button", name="下一步").click()
    chair.get_by_label("拍照或从相册选").set_input_files(photo)
    chair.get_by_label("谁、在哪、干什么").fill("夜班职工领取清凉包")
    shot(chair, "05-photos")
    chair.get_by_role("button", name="下一步").click()
    shot(chair, "06-draft")
    chair.get_by_role("button", name="下一步").click()
    chair.get_by_label("联系电话").fill("13800001111")
    chair.get_by_text("可以公开", exact=True).click()
    chair.get_by_text("我保证").click()
    shot(chair, "07-send")
    chair.get_by_role("button", name="发送").click()
    chair.get_by_text("收到了，谢谢您").wait_for()
    shot(chair, "08-receipt")
    number = chair.locator(".receipt-number b").inner_text()

    editor = visit.page("/desk/", who="editor")
    shot(editor, "09-inbox")
    story = f"{visit.base}/desk/s/{number}/"
    editor.goto(story)
    shot(editor, "10-story")
    editor.get_by_text("退回补充", exact=True).first.click()
    editor.locator("details[open] select").select_option("result")
    editor.get_by_label("要他补什么").fill("补贴发了多少？")
    editor.get_by_role("button", name="退回", exact=True).click()
    chair.goto(f"{visit.base}{own}")
    shot(chair, "11-returned")
    chair.get_by_role("link", name="补一补再发").click()
    text = chair.get_by_label("正文")
    text.fill(text.input_value() + "\n活动当天发放高温补贴4600元。")
    shot(chair, "12-mend")
    chair.get_by_role("button", name="再发一次").click()
    for who, word in (
        ("editor", "初审通过"),
        ("reviewer", "复审通过"),
        ("final", "终审通过"),
    ):
        page = visit.page(f"/desk/s/{number}/", who=who)
        page.get_by_role("button", name=word).click()
        page.get_by_role("status").wait_for()
        shot(page, f"13-{who}")
    editor.goto(f"{visit.base}/desk/edition")
    shot(editor, "14-edition")
    editor.get_by_role("button", name="出内部版").click()
    with editor.expect_navigation():
        editor.get_by_role("link", name="看内部版网页").click()
    shot(editor, "15-internal")
    internal = editor.content()
    final = visit.page("/desk/edition", who="final")
    final.get_by_role("button", name="签发公开").click()
    final.get_by_role("status").wait_for()
    shot(final, "16-released")
    chair.goto(f"{visit.base}{own}")
    shot(chair, "17-used")
    used = chair.content()
    width = chair.evaluate("document.documentElement.scrollWidth")

    assert "清凉包" in internal
    assert "已采用" in used
    assert "9月21日第1期" in used
    assert "https://news.example.org/stories/2026/" in used
    assert "published" == house.state(number)
    assert [] == visit.faults
    assert PHONE["width"] >= width
