"""Takes the pictures of 小课堂 from the product at work, phone-sized.

Usage: .venv/bin/python scripts/lesson_pictures.py [templates/submissions/lesson]

A desk of its own is opened in a temporary folder with the shipped rules and an
invented story; Chromium goes the chair's whole way and the editors' beside it.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow.django_settings")

from PIL import Image  # noqa: E402
from playwright.sync_api import FilePayload, Page, sync_playwright  # noqa: E402

import story_store.setup  # noqa: E402, F401 - Django first
from config import load_settings  # noqa: E402
from demo.pictures import draw  # noqa: E402
from newsroom.article import CHINA  # noqa: E402
from newsroom.roles import Role  # noqa: E402
from workflow.desk_office import make_application, make_desk  # noqa: E402
from workflow.desk_serving import desk_in_thread  # noqa: E402
from workflow.office import Office  # noqa: E402

MORNING = datetime(2026, 9, 21, 8, 0, tzinfo=CHINA)
SHOWN = (390, 844)
SCALE = 1.35
QUALITY = 62
PATIENCE = 120_000
CONFIG = """
[office]
name = "枝江市总工会"
short_name = "枝江工会"
place = "枝江"
city = "宜昌"
phone = "0717-4200000"
icp = "鄂ICP备12345678号"
[crawl]
user_agent = "GonghuiLesson/1.0 (+mailto:lesson@example.org)"
[site]
base_url = "https://news.example.org"
[[calendar]]
year = 2026
holidays = ["2026-10-01 至 2026-10-07"]
[[sources]]
id = "jcbs"
name = "镇街基层报送"
tier = "zhen"
kind = "local"
"""


def main() -> None:
    """Write one JPEG a step of the lesson."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "templates/submissions/lesson")
    folder.mkdir(parents=True, exist_ok=True)
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    with desk() as (base, link, sessions), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": SHOWN[0], "height": SHOWN[1]}, device_scale_factor=2
        )
        context.set_default_timeout(PATIENCE)
        chair = context.new_page()
        people = {}
        for who, token in sessions.items():
            other = browser.new_context(viewport={"width": 1280, "height": 900})
            other.set_default_timeout(PATIENCE)
            other.add_cookies([{"name": "desk", "value": token, "url": base}])
            people[who] = other.new_page()
        go_the_way(chair, people, base, link, folder)
        browser.close()


def go_the_way(
    chair: Page, people: dict[str, Page], base: str, link: str, folder: Path
) -> None:
    """From the link to 已采用, a picture at every step."""
    own = f"{base}/s/{link}/"
    chair.goto(own)
    shoot(chair, folder, "mine")
    chair.get_by_role("button", name="报一件事").click()
    shoot(chair, folder, "topic")
    chair.get_by_role("button", name="我只会说").click()
    chair.get_by_label("在什么地方？").fill("安福寺食品工业园")
    step_on(chair)
    shoot(chair, folder, "talk")
    chair.goto(own)
    chair.get_by_role("button", name="不要了").click()
    chair.wait_for_load_state("networkidle")
    chair.goto(own)
    chair.get_by_role("button", name="报一件事").click()
    number = hand_in(chair, folder)
    send_back(people["editor"], f"{base}/desk/s/{number}/")
    chair.goto(own)
    shoot(chair, folder, "returned", down_to=".card.wants")
    mend(chair)
    for who, word in (
        ("editor", "初审通过"),
        ("reviewer", "复审通过"),
        ("final", "终审通过"),
    ):
        page = people[who]
        page.goto(f"{base}/desk/s/{number}/")
        page.get_by_role("button", name=word).click()
        page.get_by_role("status").wait_for()
    people["editor"].goto(f"{base}/desk/edition")
    people["editor"].get_by_role("button", name="出内部版").click()
    people["editor"].get_by_role("link", name="看内部版网页").wait_for()
    people["final"].goto(f"{base}/desk/edition")
    people["final"].get_by_role("button", name="签发公开").click()
    people["final"].get_by_role("status").wait_for()
    chair.goto(own)
    shoot(chair, folder, "used", down_to=".cards")


def hand_in(chair: Page, folder: Path) -> str:
    """Answers, a photo, the draft with one gap, and the receipt's number."""
    chair.get_by_role("button", name="夏送清凉").click()
    chair.get_by_label("在什么地方？").fill("安福寺食品工业园")
    step_on(chair)
    chair.get_by_label("送给了哪些职工").fill("一线职工")
    chair.get_by_label("办成了什么").fill("1200名职工领到清凉包")
    shoot(chair, folder, "question")
    step_on(chair)
    chair.get_by_label("有什么不一样").fill("今年把清凉包送到了夜班车间")
    step_on(chair)
    step_on(chair)
    picture = FilePayload(name="车间.jpg", mimeType="image/jpeg", buffer=photo())
    chair.locator("input[name=photo]").set_input_files(picture, timeout=15000)
    chair.get_by_label("谁、在哪、干什么").fill("夜班职工领到清凉包")
    chair.locator(".photo img").wait_for()
    shoot(chair, folder, "photos")
    step_on(chair)
    shoot(chair, folder, "draft")
    gaps = chair.get_by_role("button", name="去掉没写的几处")
    if gaps.count():
        gaps.click()
        chair.locator(".preview mark").first.wait_for(state="detached")
        chair.wait_for_load_state("networkidle")
    step_on(chair)
    chair.get_by_label("联系电话").fill("13800001111")
    chair.get_by_text("可以公开", exact=True).click()
    chair.get_by_text("我保证").click()
    chair.get_by_role("button", name="发送").click()
    chair.get_by_text("收到了，谢谢您").wait_for()
    shoot(chair, folder, "receipt")
    return chair.locator(".receipt-number b").inner_text()


def step_on(chair: Page) -> None:
    """The next screen, once it is there."""
    before = chair.url
    chair.get_by_role("button", name="下一步").click()
    chair.wait_for_url(lambda url: url != before, wait_until="commit")


def send_back(editor: Page, story: str) -> None:
    """The editor asks one question."""
    editor.goto(story)
    editor.get_by_text("退回补充", exact=True).first.click()
    editor.locator("details[open] select").select_option("result")
    editor.get_by_label("要他补什么").fill("高温补贴发了多少？")
    editor.get_by_role("button", name="退回", exact=True).click()


def mend(chair: Page) -> None:
    """The chair answers it."""
    chair.get_by_role("link", name="补一补再发").click()
    text = chair.get_by_label("正文")
    text.fill(text.input_value() + "\n活动当天发放高温补贴4600元。")
    chair.get_by_role("button", name="再发一次").click()
    chair.get_by_text("收到了").first.wait_for()


def photo() -> bytes:
    """A drawn photo, as large as a phone's."""
    image = Image.open(io.BytesIO(draw("welding"))).resize((1800, 1200))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def shoot(page: Page, folder: Path, name: str, down_to: str = "") -> None:
    """What the phone shows now, as a small JPEG (phones of the floor know no WebP)."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    if down_to:
        page.locator(down_to).first.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    taken = Image.open(io.BytesIO(page.screenshot()))
    size = (round(SHOWN[0] * SCALE), round(SHOWN[1] * SCALE))
    small = taken.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    file = folder / f"{name}.jpg"
    small.save(file, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    print(file, f"{file.stat().st_size / 1024:.0f} KB")


@contextmanager
def desk() -> Iterator[tuple[str, str, dict[str, str]]]:
    """A served desk: its address, a chair's link, and sessions of three people."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "config", folder / "config")
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        office = Office(load_settings(folder / "config.toml"), MORNING)
        with office.store() as store:
            make_desk(office, store, now=lambda: MORNING, hosts=["127.0.0.1"])
            _, link = store.add_link("afs", "李某文", at=MORNING, duty="工会主席")
            sessions = {}
            for login, name, role in (
                ("editor", "何文", Role.EDITOR),
                ("reviewer", "江敏", Role.REVIEWER),
                ("final", "向书平", Role.FINAL),
            ):
                person = store.add_account(login, name, [role], at=MORNING)
                sessions[login] = store.open_session(person.id, at=MORNING)
            with desk_in_thread(make_application()) as port:
                yield f"http://127.0.0.1:{port}", link, sessions


if __name__ == "__main__":
    main()
