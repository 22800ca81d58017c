"""粘贴导入 and 代录 at the desk: chats and phone calls become submissions."""

from __future__ import annotations

import pytest

CHAT = """2026/9/20 19:03 百里洲龚主席
何编辑在吗
【枝工报送】v1 1/1
单位: 百里洲镇
日期：2026-09-20
地点：百里洲镇中学
标题：龚𬭎一句承诺，9名职工子女安心上学😊
正文：
9月20日，百里洲镇总工会给9名职工子女送去助学金1.8万元。
审核：龚𬭎
公开：是
【完】校验 0000
辛苦了！[抱拳]
【宜工报送】v1 1/1
单位：董市镇总工会
标题：董市镇11家砖厂一起谈工价
日期：2026-09-19
正文：9月19日，董市镇11家砖厂签订工资集体合同，620名职工受益。
【完】校验 AB12
"""
FREE = "五柳公园里比手艺\n马家店街道在公园搞了技能比武，大家干劲很足。"


def pasted(house, text=CHAT, who="editor", **more):
    return house.browser(who).post(
        "/desk/paste", {"text": text, "unit": "", "how": ""} | more
    )


def shown(answer) -> str:
    return answer.content.decode()


def test_every_block_of_a_chat_is_taken_with_its_receipt(house):
    """Two stories of two towns between other chat; a changed one is marked."""
    page = shown(pasted(house))

    assert page.count("复制，发微信") == 2
    assert "编号 报0921-BLZ-01" in page
    assert "编号 报0921-DS-01" in page
    assert "文字有改动，请核对" in page
    kept = house.store.submission("报0921-BLZ-01")
    assert ("微信粘贴", "龚𬭎一句承诺，9名职工子女安心上学😊") == (
        kept.door.value,
        kept.title,
    )


def test_the_same_chat_again_keeps_its_numbers(house):
    """Pasted five times it is still two stories."""
    pages = [shown(pasted(house)) for _ in range(5)]

    assert pages[-1].count("早先收过") == 2
    assert 2 == len(house.store.submissions())


def test_a_free_text_without_a_unit_is_given_back(house):
    """Nothing is taken by guess, and nothing that was pasted is lost."""
    answer = pasted(house, FREE.replace("马家店街道在", "我们在"))

    assert 422 == answer.status_code
    assert "请在下面选好单位" in shown(answer)
    assert "五柳公园里比手艺" in shown(answer)
    assert () == tuple(house.store.submissions())


def test_a_free_text_is_split_and_asked_for_what_it_lacks(house):
    """The first line is the title; what is missing is listed to be asked."""
    page = shown(pasted(house, FREE, unit="mjd"))

    assert "五柳公园里比手艺" == house.store.submission("报0921-MJD-01").title
    assert "可以问一句：哪一天的事？" in page


def test_a_phone_call_is_marked_with_who_typed_it(house):
    """代录: the editor's name stands with the story."""
    pasted(house, FREE, unit="mjd", how="typed")

    kept = house.store.submission("报0921-MJD-01")
    assert ("代录", "何文") == (kept.door.value, kept.filled_by)


def test_what_a_story_lacks_is_no_failure_of_reading(house):
    """The list says how much is missing; nothing was left unread."""
    pasted(house, FREE, unit="mjd")

    page = shown(house.browser("editor").get("/desk/"))

    assert "缺 3 样" in page
    assert "有要留意的" not in page


@pytest.mark.parametrize("who", ["final", "chair", "webmaster", "admin"])
def test_only_editors_take_in(house, who):
    """The others neither see the page nor its button."""
    assert 403 == pasted(house, who=who).status_code


def test_nothing_that_was_pasted_runs(house):
    """A script in a chat is words."""
    page = shown(pasted(house, "<script>hit(1)</script>\n" + FREE, unit="mjd"))

    assert "<script>hit" not in page


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_is_for_everybody(house, visit, axe_faults):
    """Empty, refused and taken: nothing for axe to find."""
    page = visit.page("/desk/paste", who="editor")
    faults = axe_faults(page)
    page.get_by_label("把微信里的文字整段粘贴").fill("随便两个字，没有单位的一段话。")
    page.get_by_role("button", name="收下").click()
    page.get_by_role("alert").wait_for()
    faults += axe_faults(page)
    page.get_by_label("把微信里的文字整段粘贴").fill(CHAT)
    page.get_by_role("button", name="收下").click()
    page.get_by_role("heading", name="收下的").wait_for()
    faults += axe_faults(page)

    assert [] == faults
    assert [] == visit.faults
