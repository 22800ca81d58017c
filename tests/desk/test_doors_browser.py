"""The doors without a form, in a real browser: by mail, folder or chat to 已采用."""

from __future__ import annotations

import os
from email.message import EmailMessage

import pytest

from tests.workflow.mail_servers import with_mail_door
from workflow.doors import take_doors

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
TITLE = "1200份清凉包送到夜班车间"
TEXT = (
    "9月18日，安福寺镇总工会走进食品工业园，为夜班职工送去清凉包1200份。\n"
    "活动中，工会干部帮23名职工核对了高温津贴，当场补发4600元。"
)
PEOPLE = "作者：李某文\n审核：陈某平\n公开：是\n"
BLOCK = f"""李主席，发您一篇
【枝工报送】v1 1/1
单位：安福寺镇总工会
标题：{TITLE}
日期：2026-09-18
正文：
{TEXT}
{PEOPLE}【完】校验 0000
"""


def by_mail(house, visit, mailbox, replies, folder):
    """A mail of the chair's, fetched in the morning."""
    office = with_mail_door(house.office, mailbox, replies, folder)
    message = EmailMessage()
    message["From"] = "何某 <he@example.cn>"
    message["Subject"] = f"安福寺镇+动态+{TITLE}"
    message["Message-ID"] = "<1@example.cn>"
    message.set_content(f"日期：2026-09-18\n{PEOPLE}\n{TEXT}")
    mailbox(message)
    visit.do(lambda: take_doors(office, house.store))
    (answer,) = replies.messages
    assert "报0921-AFS-01" in str(answer["Subject"]) + answer.get_content()


def by_folder(house, visit, *_):
    """A folder of the town's, filled an hour ago."""
    folder = house.office.inbox / "安福寺镇" / TITLE
    folder.mkdir(parents=True)
    file = folder / "稿件.txt"
    file.write_text(f"{TITLE}\n\n日期：2026-09-18\n{PEOPLE}\n{TEXT}", "utf-8")
    earlier = house.office.now.timestamp() - 3600
    os.utime(file, (earlier, earlier))
    visit.do(lambda: take_doors(house.office, house.store))


def by_paste(_house, visit, *_):
    """A block in a chat that the editor pastes."""
    page = visit.page("/desk/paste", who="editor")
    page.locator("textarea").first.fill(BLOCK)
    page.get_by_role("button", name="收下").click()
    page.get_by_text("报0921-AFS-01").first.wait_for()


@pytest.mark.parametrize("come", [by_mail, by_folder, by_paste])
def test_a_story_from_any_door_is_issued_and_told(
    house, visit, mailbox, replies, tmp_path, monkeypatch, come
):
    """Taken in, three reviews, issued, released; the chair's page says 已采用."""
    monkeypatch.setenv("DOOR_SECRET", "secret")
    come(house, visit, mailbox, replies, tmp_path)
    number = "报0921-AFS-01"
    for who, word in (
        ("editor", "初审通过"),
        ("reviewer", "复审通过"),
        ("final", "终审通过"),
    ):
        page = visit.page(f"/desk/s/{number}/", who=who)
        page.get_by_role("button", name=word).click()
        page.get_by_role("status").wait_for()
    editor = visit.page("/desk/edition", who="editor")
    editor.get_by_role("button", name="出内部版").click()
    with editor.expect_navigation():
        editor.get_by_role("link", name="看内部版网页").click()
    internal = editor.content()
    final = visit.page("/desk/edition", who="final")
    final.get_by_role("button", name="签发公开").click()
    final.get_by_role("status").wait_for()
    chair = visit.page(f"/s/{house.links['afs']}/", view=PHONE)
    used = chair.content()

    assert TITLE in internal
    assert TITLE in used
    assert "已采用" in used
    assert "published" == house.state(number)
    assert [] == visit.faults
