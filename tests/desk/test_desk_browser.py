"""The whole way in a real browser, phone-sized for the chair (issue: done when)."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from desk.guards import session_cookie
from workflow.desk_office import make_application
from workflow.desk_serving import open_desk_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOTS = os.environ.get("GONGHUI_SHOTS", "")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
ARGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@contextmanager
def served():
    """The desk's own server on a free port of loopback."""
    server = open_desk_server(make_application(), "127.0.0.1", 0)
    port = server.effective_port
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(10)


@pytest.fixture
def browser(chromium):
    # The store is Django's, and Django refuses to work inside playwright's loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=chromium, args=ARGS)
        yield made
        made.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_story_goes_from_phone_to_edition(  # noqa: PLR0915 - one way, whole
    house, browser, picture, tmp_path
):
    """Link, answers, photo, receipt, return, mending, three reviews, issue, 已采用."""
    photo = tmp_path / "清凉.jpg"
    photo.write_bytes(picture().read())
    with served() as base:
        phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
        faults: list[str] = []
        phone.set_default_timeout(30000)
        chair = phone.new_page()
        chair.on("pageerror", lambda error: faults.append(str(error)))
        chair.on(
            "console",
            lambda m: (
                faults.append(m.text) if "Content Security Policy" in m.text else None
            ),
        )
        chair.goto(f"{base}/s/{house.links['afs']}/")
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

        def at_desk(who: str):
            there = browser.new_context(viewport=DESK)
            token = house.store.open_session(house.people[who].id, at=house.clock())
            there.add_cookies([{"name": session_cookie(), "value": token, "url": base}])
            there.set_default_timeout(30000)
            page = there.new_page()
            page.goto(f"{base}/desk/")
            return page

        editor = at_desk("editor")
        shot(editor, "09-inbox")
        editor.goto(f"{base}/desk/s/{number}/")
        shot(editor, "10-story")
        editor.get_by_text("退回补充", exact=True).first.click()
        editor.locator("details[open] select").select_option("result")
        editor.get_by_label("要他补什么").fill("补贴发了多少？")
        editor.get_by_role("button", name="退回", exact=True).click()
        chair.goto(f"{base}/s/{house.links['afs']}/")
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
            page = at_desk(who)
            page.goto(f"{base}/desk/s/{number}/")
            page.get_by_role("button", name=word).click()
            page.get_by_role("status").wait_for()
            shot(page, f"13-{who}")
        editor.goto(f"{base}/desk/edition")
        shot(editor, "14-edition")
        editor.get_by_role("button", name="出内部版").click()
        editor.get_by_role("link", name="看内部版网页").click()
        shot(editor, "15-internal")
        internal = editor.content()
        final = at_desk("final")
        final.goto(f"{base}/desk/edition")
        final.get_by_role("button", name="签发公开").click()
        final.get_by_role("status").wait_for()
        shot(final, "16-released")
        chair.goto(f"{base}/s/{house.links['afs']}/")
        shot(chair, "17-used")
        used = chair.content()
        width = chair.evaluate("document.documentElement.scrollWidth")

    assert "清凉包" in internal
    assert "已采用" in used
    assert "9月21日第1期" in used
    assert "https://news.example.org/stories/2026/" in used
    assert "published" == house.state(number)
    assert [] == faults
    assert PHONE["width"] >= width
