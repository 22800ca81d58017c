"""An editor's walk through every screen and act, in the office and on a phone."""

from __future__ import annotations

import pytest

from newsroom.submission import Photo
from submissions.pictures import clean_picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {
    "office": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}
PARK = (
    "9月18日，董市镇总工会和安福寺镇一道走进食品工业园，为一线职工送去清凉包1100份。\n"
    "董市镇还为夜班职工设了纳凉点，当晚就有人来歇脚。"
)


@pytest.fixture(params=SIZES)
def walk(visit, request):
    """Opens a screen, looks that nothing sticks out, and takes its picture."""
    view = SIZES[request.param]

    def opened(path, who="editor", name=""):
        page = visit.page(path, who=who, view=view)
        wide.append((path, page.evaluate("document.documentElement.scrollWidth")))
        if name:
            visit.shot(page, f"walk-{name}-{request.param}")
        return page

    wide: list[tuple[str, int]] = []
    opened.look = lambda page, name: (
        wide.append((name, page.evaluate("document.documentElement.scrollWidth"))),
        visit.shot(page, f"walk-{name}-{request.param}"),
    )
    yield opened
    assert [] == [one for one in wide if one[1] > view["width"]]
    assert [] == visit.faults


def issue(house):
    house.browser("editor").post("/desk/edition/issue")


def say(page, words):
    page.get_by_role("status").get_by_text(words).wait_for()


def test_checks_words_history_and_comment(house, visit, walk):
    """One click mends a word; the history shows letters; a word to colleagues."""
    number = visit.do(
        house.number,
        title="清凉送到车间",
        text=house.text + "\n截止目前，已发放到位。活动由企业和工会一起办。",
    )
    walk("/desk/", name="inbox").close()
    page = walk(f"/desk/s/{number}/")
    page.get_by_role("button", name="改成“截至目前”").first.click()
    say(page, "改成了")
    page.get_by_label("正文（一段一行）").fill(house.text + "\n还走访了2户困难职工。")
    page.get_by_role("button", name="存改动").click()
    say(page, "改好了")
    page.get_by_text("和原文比").click()
    page.locator(".diff ins").first.wait_for()
    page.get_by_label("写一句").fill("请核对补贴的数")
    page.get_by_role("button", name="留言").click()
    say(page, "留言已记下")
    page.get_by_text("和原文比").click()
    walk.look(page, "story")


def test_return_decline_hold_and_undo(house, visit, walk):
    """Each from its fold, each taken back by the one button on top."""
    number = visit.do(house.number)
    page = walk(f"/desk/s/{number}/")

    def fold(name):
        page.locator("summary", has_text=name).click()
        return page.locator("details[open]")

    back = fold("退回补充")
    back.locator("select").select_option("result")
    back.get_by_label("要他补什么").fill("受益职工多少人？\n照片是谁拍的？")
    walk.look(page, "fold")
    back.get_by_role("button", name="退回", exact=True).click()
    say(page, "已退回")
    walk.look(page, "returned")
    page.get_by_role("button", name="撤销刚才的操作").click()
    say(page, "已撤销")
    off = fold("不采用")
    off.locator("select").select_option("empty")
    off.get_by_role("button", name="定为未采用").click()
    say(page, "已定为未采用")
    page.get_by_role("button", name="撤销刚才的操作").click()
    say(page, "已撤销")
    page.get_by_role("button", name="复制，发微信").click()
    page.get_by_text("已复制").wait_for()
    for who in ("editor", "reviewer"):
        visit.do(house.act, who, number, "sign")
    page = walk(f"/desk/s/{number}/", "final")
    held = fold("缓发")
    held.get_by_label("到哪天").fill("2026-09-25")
    held.get_by_role("button", name="缓发", exact=True).click()
    say(page, "已缓发到9月25日")
    page.get_by_role("button", name="撤销刚才的操作").click()
    say(page, "已撤销")
    walk.look(page, "final")


def test_the_form_on_paper_is_printed_and_recorded(house, visit, walk):
    """The leader signs on paper; the editor records it."""
    number = visit.do(house.number)
    for who in ("editor", "reviewer"):
        visit.do(house.act, who, number, "sign")
    walk(f"/desk/s/{number}/form", name="paper").close()
    page = walk(f"/desk/s/{number}/")
    page.locator("summary", has_text="纸面签字").click()
    page.get_by_label("签字人").fill("向书平")
    page.get_by_label("签字日期").fill("2026-09-21")
    page.get_by_label("已核对纸面签字").check()
    page.get_by_role("button", name="登记").click()
    say(page, "已按纸面签字登记")

    assert "final_ok" == visit.do(house.state, number)


def test_two_reports_are_merged_side_by_side(house, visit, walk):
    """The likely one is offered; each number is asked; apart again."""
    number = visit.do(house.number)
    visit.do(house.number, "ds", title="清凉送进食品工业园", text=PARK, author="孙某")
    page = walk(f"/desk/s/{number}/", name="likely")
    page.get_by_role("link", name="对照合并").click()
    page.get_by_role("heading", name="两件并成一篇").wait_for()
    walk.look(page, "merge")
    page.get_by_role("radio", name="董市镇").check()
    page.get_by_role("button", name="并成一篇").click()
    say(page, "并成一篇了")
    walk.look(page, "merged")
    page.get_by_role("button", name="拆开").click()
    say(page, "拆开了")


def test_a_published_story_is_corrected_and_withdrawn(house, visit, walk):
    """Proposed, signed by another, taken back; readers' page says so."""
    number = visit.do(house.number)
    visit.do(house.sign_all, number)
    visit.do(issue, house)
    visit.do(house.release)
    page = walk(f"/desk/s/{number}/correct", name="correct")
    text = page.get_by_label("正文（一段一行）")
    text.fill(text.input_value().replace("1200", "1100"))
    page.get_by_label("更正说明（给读者看）").fill("原文“1200份”应为“1100份”，特此更正")
    page.get_by_label("更正原因（内部）").fill("镇里来电")
    page.get_by_role("button", name="提出更正，送签").click()
    say(page, "更正已提出")
    signer = walk(f"/desk/s/{number}/correct", "final", name="agree")
    signer.get_by_role("button", name="签发更正").click()
    say(signer, "更正已签发")
    page.goto(page.url.partition("/desk/")[0] + "/desk/published")
    page.locator("summary", has_text="撤下").click()
    page.get_by_label("为什么").fill("当事人要求")
    walk.look(page, "published")
    page.get_by_role("button", name="马上撤下").click()
    say(page, "已撤下")
    walk("/desk/preview/public/index.html", name="taken-back").close()
    walk("/desk/edition", name="edition").close()


def test_the_screens_are_for_everybody(house, visit, picture, axe_faults):
    """Merging, photos, correction, list of what is public: nothing for axe to find."""
    number = visit.do(house.number)
    other = visit.do(house.number, "ds", title="清凉送进园区", text=PARK, author="孙某")
    photo = visit.do(add_photo, house, number, picture())
    public = visit.do(house.number, title="签下集体合同", text="另一件。" + house.text)
    visit.do(house.sign_all, public)
    visit.do(issue, house)
    visit.do(house.release)
    faults = [
        f"{path}: {line}"
        for path in (
            f"/desk/s/{number}/",
            f"/desk/s/{number}/merge",
            f"/desk/s/{number}/merge?with={other}",
            f"/desk/s/{number}/photo/{photo}/edit",
            f"/desk/s/{public}/",
            f"/desk/s/{public}/correct",
            "/desk/published",
            "/desk/edition",
        )
        for line in axe_faults(visit.page(path, who="editor"))
    ]

    assert [] == faults


def add_photo(house, number, sent):
    """A photo in the submission; its name in the picture store."""
    clean = clean_picture(sent.read())
    name = house.store.keep_picture(clean.data, clean.extension)
    review = house.store.review(number)
    house.store.change_text(
        number,
        version=review.version,
        title=review.submission.title,
        body=review.submission.body,
        photos=(Photo(name, clean.width, clean.height, "职工领取清凉包"),),
        findings=(),
        by="何文",
        at=house.clock(),
    )
    return name
