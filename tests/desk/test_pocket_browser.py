"""The form on a real phone-sized browser while the line comes and goes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.desk.conftest import ARGS, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000
HEIC = Path(__file__).parents[1] / "submissions/files/phone.heic"


@pytest.fixture
def phone(visit):
    """A phone; its pages share what it keeps."""
    context = visit.chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


def keep_the_form(page, home: str) -> None:
    """Open the link once with a line, until the phone has kept the form."""
    page.goto(home)
    page.wait_for_function(
        "async (home) => !!(await caches.match(location.origin + home + 'pocket'))"
        " && !!(await caches.match(location.origin + home + 'questions'))"
        " && !!navigator.serviceWorker.controller",
        arg=page.evaluate("location.pathname"),
    )


def write(page, tmp_path, picture, shot) -> None:
    """A story with two photos, told freely, up to the last screen."""
    files = []
    for n in range(2):
        files.append(tmp_path / f"照片{n}.jpg")
        files[-1].write_bytes(picture(size=(1400, 1000)).read())
    page.get_by_role("button", name="写一件").click()
    page.get_by_role("button", name="我只会说").click()
    page.get_by_label("哪一天？").fill("9月18日")
    page.get_by_label("在什么地方？").fill("安福寺食品工业园")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("照着说").fill(
        "清凉包送到车间\n安福寺镇总工会走进食品工业园，为一线职工送去清凉包1200份。"
    )
    shot(page, "pocket-said")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("拍照或从相册选").set_input_files(files)
    expect(page.locator(".photo")).to_have_count(2)
    shot(page, "pocket-photos")
    page.get_by_role("button", name="下一步").click()


def fill_last(page) -> None:
    page.get_by_label("联系电话").fill("13800001111")
    page.get_by_text("可以公开", exact=True).click()
    page.get_by_text("我保证").click()


def test_a_story_written_without_a_line_is_sent_later_once(
    house, visit, phone, picture, tmp_path
):
    """The form opens offline; story and photos survive closing; one story arrives."""
    home = f"{visit.base}/s/{house.links['afs']}/"
    page = phone.new_page()
    keep_the_form(page, home)
    phone.set_offline(offline=True)
    page.goto(home)
    expect(page.get_by_role("heading", name="没有信号也能写")).to_be_visible()
    visit.shot(page, "pocket-home")
    write(page, tmp_path, picture, visit.shot)
    page.close()
    page = phone.new_page()
    page.goto(home)
    visit.shot(page, "pocket-kept")
    page.get_by_role("button", name="接着写").click()
    fill_last(page)
    visit.shot(page, "pocket-send")
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("信号不好，还没有发出去")).to_be_visible()
    visit.shot(page, "pocket-waits")
    page.close()
    before = house.store.submissions()
    phone.set_offline(offline=False)
    page = phone.new_page()
    page.goto(f"{home}pocket")
    expect(page.get_by_text("收到了，谢谢您")).to_be_visible()
    visit.shot(page, "pocket-receipt")
    (kept,) = house.store.submissions()

    assert () == before
    assert "清凉包送到车间" == kept.title
    assert 2 == len(kept.photos)


def test_a_line_cut_at_each_parcel_and_in_two_tabs_sends_once(
    house, visit, phone, picture, tmp_path
):
    """Every parcel's first try dies, two tabs send at once: one story, two photos."""
    home = f"{visit.base}/s/{house.links['afs']}/"
    page = phone.new_page()
    page.goto(f"{home}pocket")
    write(page, tmp_path, picture, visit.shot)
    fill_last(page)
    died = []

    def die_once(route):
        body = route.request.post_data_buffer or b""
        mark = (b'name="photo"' in body, len(body) // 1000)
        if route.request.method == "POST" and mark not in died:
            died.append(mark)
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.route("**/parcel", die_once)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("信号不好，还没有发出去")).to_be_visible()
    second = phone.new_page()
    second.goto(f"{home}pocket")
    for _ in range(6):
        for tab in (page, second):
            button = tab.get_by_role("button", name="再试一次")
            if button.is_visible():
                button.click()
    expect(page.get_by_text("收到了，谢谢您")).to_be_visible()
    expect(second.get_by_text("收到了，谢谢您")).to_be_visible()
    (kept,) = house.store.submissions()

    assert len(died) >= 2
    assert 2 == len(kept.photos)


def test_each_step_waits_for_the_line_and_goes_on(
    house, visit, phone, picture, tmp_path
):
    """Cut at every step: a plain word, nothing lost, and the same button goes on."""
    photo = tmp_path / "清凉.jpg"
    photo.write_bytes(picture().read())
    page = phone.new_page()
    page.goto(f"{visit.base}/s/{house.links['afs']}/")
    page.get_by_role("button", name="报一件事").click()
    page.get_by_role("button", name="我只会说").click()

    def through(word: str, then: str) -> None:
        phone.set_offline(offline=True)
        page.get_by_role("button", name=word, exact=True).click()
        expect(page.get_by_text("信号不好，没有发出去")).to_be_visible()
        phone.set_offline(offline=False)
        expect(page.get_by_role("heading", name=then)).to_be_visible()

    page.get_by_label("在什么地方？").fill("食品工业园")
    through("下一步", "说给我听")
    page.get_by_label("照着说").fill(
        "清凉包送到车间\n安福寺镇总工会为一线职工送去清凉包1200份。"
    )
    through("下一步", "有照片吗？")
    phone.set_offline(offline=True)
    page.get_by_label("拍照或从相册选").set_input_files(photo)
    expect(page.get_by_text("已存在手机里，信号好了会接着传")).to_be_visible()
    phone.set_offline(offline=False)
    page.reload()
    page.get_by_label("谁、在哪、干什么").fill("职工领到清凉包")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="看看草稿")).to_be_visible()
    through("下一步", "最后几项，就发送")
    fill_last(page)
    through("发送", "收到了，谢谢您")
    (kept,) = house.store.submissions()

    assert ["职工领到清凉包"] == [one.caption for one in kept.photos]


def test_a_photo_that_was_not_taken_is_told(house, visit, phone, tmp_path):
    """The story is in; which photo is not is said before the receipt."""
    page = phone.new_page()
    page.goto(f"{visit.base}/s/{house.links['afs']}/pocket")
    write(page, tmp_path, lambda size: BytesIO(bytes(size[0])), visit.shot)
    fill_last(page)
    page.get_by_role("button", name="发送").click()

    expect(page.get_by_text("发出去了，有照片没有收")).to_be_visible()
    expect(page.get_by_text("照片1.jpg：不是 JPG")).to_be_visible()
    page.get_by_role("link", name="看回执").click()
    expect(page.get_by_text("收到了，谢谢您")).to_be_visible()


def test_a_photo_that_the_browser_cannot_show_has_its_place(
    house, visit, phone, tmp_path
):
    """HEIC: a tile with its name until it is sent; the receipt shows it made ready."""
    sent = tmp_path / "IMG_0412.HEIC"
    sent.write_bytes(HEIC.read_bytes())
    page = phone.new_page()
    page.goto(f"{visit.base}/s/{house.links['afs']}/pocket")
    page.get_by_role("button", name="写一件").click()
    page.get_by_role("button", name="我只会说").click()
    page.get_by_label("哪一天？").fill("9月18日")
    page.get_by_label("在什么地方？").fill("安福寺食品工业园")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("照着说").fill("清凉包送到车间\n镇总工会送去清凉包1200份。")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("拍照或从相册选").set_input_files(sent)
    expect(page.get_by_text("照片在，这里显示不了")).to_be_visible()
    expect(page.get_by_text("IMG_0412.HEIC（苹果手机的 HEIC 格式）")).to_be_visible()
    visit.shot(page, "pocket-heic")
    page.get_by_role("button", name="下一步").click()
    fill_last(page)
    page.get_by_role("button", name="发送").click()
    shown = page.get_by_role("img", name="第 1 张照片")
    expect(shown).to_be_visible()
    visit.shot(page, "receipt-photos")

    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)")


def test_what_was_refused_is_still_told_when_the_others_are_shown(
    house, visit, phone, tmp_path, picture
):
    """Of three files one is a photo; why the others are not stays on the page."""
    page = phone.new_page()
    page.goto(f"{visit.base}/s/{house.links['afs']}/")
    page.get_by_role("button", name="报一件事").click()
    page.get_by_role("button", name="我只会说").click()
    page.wait_for_url("**/when")
    page.goto(page.url.removesuffix("when") + "photos")
    files = [tmp_path / name for name in ("大.jpg", "好.jpg", "表.jpg")]
    files[0].write_bytes(b"\xff\xd8" + bytes(26 * 1024 * 1024))
    files[1].write_bytes(picture(size=(1400, 1000)).read())
    files[2].write_bytes(b"MZ no photo")

    page.locator("#f-photo").set_input_files(files)

    expect(page.locator(".photo img")).to_have_count(1)
    told = page.locator("[data-photo-words]")
    expect(told).to_contain_text("大.jpg 有 26 MB")
    expect(told).to_contain_text("表.jpg")


def test_a_file_too_large_is_said_before_it_is_sent(house, visit, phone, tmp_path):
    """A 200 MB video or a fat document costs no chair an hour of upload."""
    fat = tmp_path / "录像.docx"
    with fat.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    page = phone.new_page()
    page.goto(f"{visit.base}/s/{house.links['afs']}/whole")
    page.get_by_label("有写好的文件？").set_input_files(fat)

    expect(page.get_by_text("录像.docx 有 200 MB，太大了")).to_be_visible()
    assert not page.get_by_label("有写好的文件？").input_value()


def test_on_plain_http_what_is_typed_stays_on_the_phone(house, visit, chromium):
    """The office network has no service worker; the words stay all the same."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "office.test"]
    rules = "--host-resolver-rules=MAP office.test 127.0.0.1"
    browser = visit.chromium.browser_type.launch(
        executable_path=chromium, args=[*ARGS, rules]
    )
    phone = browser.new_context(viewport=PHONE)
    office = visit.base.replace("127.0.0.1", "office.test")
    page = phone.new_page()
    page.goto(f"{office}/s/{house.links['afs']}/")
    is_secure = page.evaluate("window.isSecureContext")
    page.get_by_role("button", name="报一件事").click()
    page.get_by_role("button", name="我只会说").click()
    page.get_by_label("在什么地方？").fill("姚家港化工园三号车间")
    address = page.url
    page.close()
    page = phone.new_page()
    page.goto(address)
    kept = page.get_by_label("在什么地方？").input_value()
    browser.close()

    assert not is_secure
    assert "姚家港化工园三号车间" == kept
