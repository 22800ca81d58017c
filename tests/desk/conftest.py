"""A desk of its own for each test: an office, its store, people, links, browsers."""

from __future__ import annotations

import io
import os
import re
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connections
from django.test import Client
from PIL import Image
from playwright.sync_api import sync_playwright

from config import load_settings
from desk.guards import session_cookie
from desk.office import open_desk
from newsroom.article import CHINA
from newsroom.roles import Role
from story_store.editions import edition_digest
from tests.workflow.mail_servers import imap_port, mailbox, replies  # noqa: F401 - fixtures
from workflow.desk_office import make_application, make_desk
from workflow.desk_serving import desk_in_thread
from workflow.office import Office

ROOT = Path(__file__).resolve().parents[2]
MORNING = datetime(2026, 9, 21, 8, 0, tzinfo=CHINA)
CONFIG = """
[office]
name = "枝江市总工会"
short_name = "枝江工会"
place = "枝江"
city = "宜昌"
phone = "0717-4200000"
icp = "鄂ICP备12345678号"

[crawl]
user_agent = "GonghuiTest/1.0 (+mailto:test@example.org)"

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
STORY = (
    "9月18日，安福寺镇总工会走进食品工业园，为一线职工送去清凉包1200份。\n"
    "活动中，工会干部帮23名职工核对了高温津贴，当场补发4600元。"
)
PAGE = {
    "when": "9月18日",
    "place": "安福寺食品工业园",
    "title": "1200份清凉包送到车间",
    "text": STORY,
    "kind": "NEWS",
    "author": "李某文",
    "reviewer": "陈某平",
    "phone": "13800001111",
    "public": "yes",
    "promise": "yes",
}
CAST = {
    "editor": ("何文", [Role.EDITOR]),
    "reviewer": ("江敏", [Role.REVIEWER]),
    "final": ("向书平", [Role.FINAL]),
    "chair": ("周立", [Role.CHAIR]),
    "webmaster": ("吴网", [Role.WEBMASTER]),
    "admin": ("郑管", [Role.ADMIN]),
}


@dataclass
class Clock:
    """The office's clock; a test turns it."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at

    def on(self, **passed) -> None:
        self.at += timedelta(**passed)


@dataclass
class House:
    """The desk, its clock, and whoever comes to it."""

    office: Office
    store: object
    clock: Clock
    people: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)
    text: str = STORY

    def browser(self, who: str | None = None, **options) -> Client:
        """A browser, signed in as one of the cast; None is a stranger."""
        client = Client(raise_request_exception=False, **options)
        if who:
            token = self.store.open_session(self.people[who].id, at=self.clock())
            client.cookies[session_cookie()] = token
        return client

    def number(self, unit: str = "afs", **changes) -> str:
        """A story handed in by the unit's link on one page; its number."""
        page = PAGE
        answer = self.browser().post(
            f"/s/{self.links[unit]}/whole", page | changes, follow=False
        )
        assert answer.status_code == 302, answer.content.decode()
        return unquote(re.search(r"/r/([^/]+)$", answer.url)[1])

    def act(self, who: str, number: str, name: str, **values):
        """An act at the desk on what is there now."""
        review = self.store.review(number)
        told = {"mark": review.mark, "hash": review.text_hash}
        told |= {"version": review.version} if name in {"edit", "fix"} else {}
        client = self.browser(who)
        return client.post(f"/desk/s/{number}/{name}", told | values, follow=True)

    def sign_all(self, number: str) -> None:
        for who in ("editor", "reviewer", "final"):
            self.act(who, number, "sign")

    def release(self, who: str = "final"):
        """The edition of today let into the public tree, as seen now."""
        today = self.clock().date()
        issued = self.store.edition(today)
        digest = edition_digest(issued) if issued else ""
        told = {"day": today.isoformat(), "digest": digest}
        return self.browser(who).post("/desk/edition/release", told, follow=True)

    def state(self, number: str) -> str:
        return self.store.submission(number).state.value


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory) -> Office:
    """Settings read and a store migrated once; each test has a copy of its own."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "config", folder / "config")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    office = Office(load_settings(folder / "config.toml"), MORNING)
    with office.store():
        return office


@pytest.fixture
def house(tmp_path: Path, empty_office: Office):
    settings = empty_office.settings.model_copy()
    settings._file = tmp_path / "config.toml"
    office = Office(settings, MORNING)
    shutil.copytree(empty_office.data, office.data)
    clock = Clock()
    with office.store() as store:
        assert store.alias == "default"
        make_desk(office, store, now=clock, hosts=["testserver", "127.0.0.1"])
        made = House(office, store, clock)
        for login, (name, roles) in CAST.items():
            made.people[login] = store.add_account(login, name, roles, at=MORNING)
        for unit, name in (("afs", "李某文"), ("ds", "孙某")):
            _, made.links[unit] = store.add_link(
                unit, name, at=MORNING, duty="工会主席"
            )
        yield made
    open_desk(None)


SHOTS = os.environ.get("GONGHUI_SHOTS", "")
PHONE = {"width": 390, "height": 844}
OFFICE = {"width": 1280, "height": 900}
ARGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


class Aside:
    """A store asked from a thread of its own: playwright's loop has the test's."""

    def __init__(self, store) -> None:
        self._store = store
        self._pool = ThreadPoolExecutor(1)
        self._thread = self._pool.submit(threading.current_thread).result()

    def __getattr__(self, name):
        found = getattr(self._store, name)
        inside = threading.current_thread() is self._thread
        if inside or not callable(found):
            return found
        return lambda *args, **named: self.do(found, *args, **named)

    def do(self, act, *args, **named):
        """What the act gives, done in the thread that may ask the store."""
        return self._pool.submit(act, *args, **named).result()

    def close(self) -> None:
        self._pool.submit(connections.close_all).result()
        self._pool.shutdown()


@dataclass
class Visit:
    """The desk on its own port of loopback, and a real browser in front of it."""

    house: House
    chromium: object
    base: str
    faults: list = field(default_factory=list)

    def page(self, path: str, *, who: str | None = None, view=OFFICE):
        """A page of a new browser, signed in as one of the cast; None is a stranger."""
        options = {"has_touch": True, "is_mobile": True} if view == PHONE else {}
        context = self.chromium.new_context(viewport=view, **options)
        context.set_default_timeout(30000)
        if who:
            store, clock = self.house.store, self.house.clock
            token = store.open_session(self.house.people[who].id, at=clock())
            cookie = {"name": session_cookie(), "value": token, "url": self.base}
            context.add_cookies([cookie])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        page.goto(f"{self.base}{path}")
        return page

    def _hear(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def do(self, act, *args, **named):
        """An act of the house while the browser is open, e.g. ``house.number``."""
        return self.house.store.do(act, *args, **named)

    def shot(self, page, name: str) -> None:
        """A picture of the whole page, where somebody wants to look at it."""
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@contextmanager
def served() -> Iterator[str]:
    """The desk's own server on a free port of loopback, in threads of its own."""
    with desk_in_thread(make_application()) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(house, chromium):
    """The house served and a browser; ``house.store`` is asked from another thread."""
    store = house.store
    house.store = Aside(store)
    with served() as base, sync_playwright() as play:
        made = play.chromium.launch(executable_path=chromium, args=ARGS)
        yield Visit(house, made, base)
        made.close()
    house.store.close()
    house.store = store


@pytest.fixture
def picture():
    """Makes a photo as a phone would send it."""
    return _picture


def _picture(size=(1600, 1200), kind="JPEG", colour=(120, 60, 30)) -> io.BytesIO:
    out = io.BytesIO()
    image = Image.effect_noise(size, 40).convert("RGB")
    image.paste(Image.new("RGB", (size[0] // 2, size[1] // 2), colour))
    image.save(out, kind)
    out.seek(0)
    out.name = f"照片.{kind.lower()}"
    return out
