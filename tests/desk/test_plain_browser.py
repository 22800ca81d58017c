"""The whole way of a story without a script: both forms, errors, photos, back."""

from __future__ import annotations

import pytest

from desk.form_steps import titles_in
from tests.desk.conftest import PHONE

TEXT = "9月20日，组织36名焊工同台比武，评出前六名。𬭎师傅说：“明年还来。”"


@pytest.fixture
def phone(visit):
    """A phone whose browser runs no script, at the unit's own page."""
    context = visit.chromium.new_context(
        viewport=PHONE, is_mobile=True, java_script_enabled=False
    )
    context.set_default_timeout(60000)
    page = context.new_page()
    page.goto(f"{visit.base}/s/{visit.house.links['afs']}/")
    yield page
    context.close()


@pytest.fixture
def files(tmp_path, picture):
    """A photo, and what only has a photo's name."""
    good, bad = tmp_path / "照片1.jpg", tmp_path / "照片2.jpg"
    good.write_bytes(picture().getvalue())
    bad.write_bytes(b"no photo")
    return str(good), str(bad)


def on(page) -> None:
    page.locator("button.main-button").click()
    page.wait_for_load_state()


def said(page) -> str:
    return page.locator("#faults").inner_text()


def fill_last(page) -> None:
    page.fill("[name=reviewer]", "陈某平")
    page.fill("[name=phone]", "13800001111")
    page.check("[name=public][value=yes]")
    page.check("[name=promise]")


def test_the_steps_without_a_script(visit, phone, files):
    """Every error is told and mended, nothing typed is lost, the receipt comes."""
    on(phone)
    phone.locator("button[name=topic][value=free]").click()
    phone.fill("[name=when]", "13月45日")
    on(phone)
    when = said(phone)
    typed = phone.input_value("[name=when]")
    phone.fill("[name=when]", "9月20日")
    phone.fill("[name=place]", "安福寺食品工业园")
    on(phone)
    on(phone)
    empty = said(phone)
    phone.fill("[name=said]", TEXT)
    on(phone)
    phone.set_input_files("[name=photo]", files)
    on(phone)
    photos = said(phone)
    phone.fill("[name=caption0]", "焊工比武现场")
    on(phone)
    title = phone.input_value("[name=title]")
    phone.locator("a.back").click()
    caption = phone.input_value("[name=caption0]")
    on(phone)
    on(phone)
    on(phone)
    last = said(phone)
    fill_last(phone)
    on(phone)
    visit.shot(phone, "plain-steps-receipt")
    (number,) = [s.number for s in visit.house.store.submissions()]
    sent = visit.house.store.submission(number)

    assert "日期看不懂" in when
    assert "13月45日" == typed
    assert "大框里还没有字" in empty
    assert "照片2.jpg：不是 JPG" in photos
    assert "第 1 张照片还没有说明" in photos
    assert "焊工比武现场" == caption
    assert "组织36名焊工同台比武" == title
    assert "请写联系电话" in last
    assert number in phone.locator("main").inner_text()
    assert ("焊工比武现场",) == tuple(photo.caption for photo in sent.photos)
    assert [] == visit.faults


def test_one_page_without_a_script(visit, phone, files):
    """What is wrong is told, what was typed and sent stays, also after going back."""
    token = visit.house.links["afs"]
    phone.goto(f"{visit.base}/s/{token}/whole")
    phone.fill("[name=title]", "36名焊工同台比武")
    phone.fill("[name=text]", TEXT)
    phone.fill("[name=captions]", "焊工比武现场")
    phone.set_input_files("[name=photo]", files)
    visit.house.clock.on(minutes=1)
    on(phone)
    faults = said(phone)
    phone.go_back()
    again = phone.locator("main").inner_text()
    phone.locator("a.button", has_text="接着写那一篇").click()
    kept = phone.input_value("[name=text]")
    visit.shot(phone, "plain-whole-again")
    phone.fill("[name=when]", "9月20日")
    phone.fill("[name=place]", "安福寺食品工业园")
    fill_last(phone)
    visit.house.clock.on(minutes=1)
    on(phone)
    (sent,) = visit.house.store.submissions()

    assert "照片2.jpg：不是 JPG" in faults
    assert "请写活动的日期" in faults
    assert "“36名焊工同台比武”还没有发，都替您存着" in again
    assert TEXT == kept
    assert sent.number in phone.locator("main").inner_text()
    assert ("焊工比武现场",) == tuple(photo.caption for photo in sent.photos)
    assert [] == visit.faults


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "组织焊工比武，评出前六名。好。",
            ("组织焊工比武，评出前六名", "组织焊工比武"),
        ),
        ("9月20日，组织36名焊工同台比武。", ("组织36名焊工同台比武",)),
        ("送清凉", ()),
        ("", ()),
        ("字" * 31, ()),
    ],
)
def test_titles_are_offered_in_the_words_that_were_told(text, titles):
    """Clauses as they stand; too short, too long or only a day is no headline."""
    assert titles == titles_in(text)
