"""An office with several sources on one hostile server, and what its mornings give."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from config import CrawlSettings, load_settings
from crawler.job import LoopbackPermit
from crawler.nursery import Nursery
from newsroom.article import CHINA
from tests.crawler import hostile
from tests.crawler.conftest import article, listing, title
from workflow.morning import Morning, MorningPlan, run_morning
from workflow.office import Office

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 9, 21, 6, 0, tzinfo=CHINA)
LIMITS = {
    "user_agent": "GonghuiTest/1.0 (+mailto:test@example.org)",
    "delay": 2.0,
    "timeout": 1.0,
    "max_requests": 120,
    "max_new": 50,
    "max_seconds": 30,
    "recheck_days": 3,
    "parallel": 3,
    "retry_delays": (0.02,),
}
HEAD = """
[office]
name = "枝江市总工会"
short_name = "枝江工会"
place = "枝江"
city = "宜昌"
icp = "鄂ICP备12345678号"

[crawl]
user_agent = "GonghuiTest/1.0 (+mailto:test@example.org)"
retry_delays = []

[forms]
morning = false

[[calendar]]
year = 2026
holidays = ["2026-10-01 至 2026-10-07"]
workdays = ["2026-10-10"]
"""
CHARACTERS = (
    "山水花鸟风云雨雪春夏秋冬江河湖海田园村舍松竹梅兰书画琴棋茶饭衣帽桌椅门窗灯火"
)
SOURCE = """
[[sources]]
id = "{id}"
name = "样板{id}工会网"
tier = "zj"
urls = ["{base}/{id}/list.html"]
{more}
"""


@dataclass
class ManySites:
    """The office, its server, and the day it is."""

    office: Office
    server: hostile.Hostile

    def morning(self, day: int = 0, **plan) -> Morning:
        """Run the morning of so many days later."""
        at = NOW + timedelta(days=day)
        office = replace(self.office, now=at)
        return run_morning(office, MorningPlan(**plan), clock=lambda: at)

    def stories(self):
        with self.office.store() as store:
            return store.stories()

    @property
    def front(self) -> str:
        """The words of the internal front page; marks may stand inside a headline."""
        file = self.office.output / "internal" / "index.html"
        return re.sub(r"<[^>]+>", "", file.read_text("utf-8"))


def make_office(
    folder: Path,
    server: hostile.Hostile,
    ids,
    nursery: Nursery | None,
    limits=None,
    **more: str,
) -> ManySites:
    """The office; ``limits`` scale the crawl, ``more`` adds lines to a source."""
    shutil.copytree(ROOT / "config", folder / "config", dirs_exist_ok=True)
    sources = "".join(
        SOURCE.format(id=id_, base=server.base, more=more.get(id_, "")) for id_ in ids
    )
    file = folder / "config.toml"
    file.write_text(HEAD + sources, encoding="utf-8")
    settings = load_settings(file).model_copy(
        update={"crawl": CrawlSettings.model_construct(**(LIMITS | (limits or {})))}
    )
    permit = LoopbackPermit(frozenset({server.port}))
    return ManySites(Office(settings, NOW, permit, nursery), server)


def site(id_: str, numbers=range(1, 4), day="2026-09-20") -> dict[str, object]:
    """A good site's pages under ``/<id>/``."""
    rows = "".join(
        f'<li><a href="/{id_}/news/{n}.html">{headline(id_, n)}</a>'
        f"<span>{day}</span></li>"
        for n in numbers
    )
    pages = {f"/{id_}/news/{n}.html": news(id_, n, day) for n in numbers}
    return pages | {f"/{id_}/list.html": listing(rows)}


def headline(id_: str, number: int) -> str:
    return f"{title(number)}（{id_}站：{_words(id_, number, 8)}）"


def news(id_: str, number: int, day="2026-09-20") -> bytes:
    """An article whose text no other has."""
    words = "，".join(_words(id_, 100 * number + n, 15) for n in range(9))
    text = f"<p>职工们说，{words}。</p>".encode()
    page = article(headline(id_, number), day)
    start, end = page.index(b'<div class="content">'), page.index(b"</div></body>")
    return page[:start] + b'<div class="content">' + text + page[end:]


def _words(id_: str, number: int, count: int) -> str:
    return "".join(random.Random(f"{id_}{number}").choices(CHARACTERS, k=count))
