"""Builders for the judging functions: the shipped rules, sources, stories, texts."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from config import load_settings
from newsroom.article import CHINA, Article
from newsroom.body import Body, Paragraph, Picture, Run
from newsroom.choosing import choose
from newsroom.rules import Calendar, CalendarYear, Leader
from newsroom.source import Source
from newsroom.story import Appearance, Story, StoryKind, StoryState
from newsroom.submission import Door, Submission
from newsroom.tagging import tag_topics
from newsroom.taxonomy import Level, Tag, Tier

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def rules():
    """The rules as shipped, with a calendar of 2026's National Day and one 调休."""
    holidays = {date(2026, 10, n) for n in range(1, 8)} | {date(2026, 9, 25)}
    year = CalendarYear(2026, frozenset(holidays), frozenset({date(2026, 10, 10)}))
    shipped = load_settings(ROOT / "config.toml").rules
    return replace(shipped, calendar=Calendar((year,)))


@pytest.fixture(scope="session")
def leaders():
    """An invented list: test data only."""
    first = Leader(
        "江守义",
        "市委常委、市总工会主席",
        date(2025, 3, 1),
        None,
        1,
        ("市总工会主席",),
        ("江守一", "江首义", "姜守义"),
    )
    second = Leader(
        "何一鸣",
        "市总工会党组书记、常务副主席",
        date(2024, 6, 1),
        date(2026, 8, 31),
        2,
        ("市总工会常务副主席",),
        ("何一呜", "何亦鸣"),
    )
    return (first, second)


def _items(name):
    with (ROOT / "demo" / name).open("rb") as file:
        return tomllib.load(file)["item"]


@pytest.fixture(scope="session")
def full_stories():
    return _items("submissions_full.toml")


@pytest.fixture(scope="session")
def short_stories():
    return _items("submissions_short.toml")


@pytest.fixture(scope="session")
def body_of():
    def build(text, pictures=0, *, credited=True):
        words = [Paragraph((Run(p.strip()),)) for p in text.split("\n") if p.strip()]
        shots = [
            Picture(
                f"{n:064x}.jpg",
                caption="车间里" if credited else None,
                credit="何某" if credited else None,
            )
            for n in range(pictures)
        ]
        return Body((*words, *shots))

    return build


@pytest.fixture(scope="session")
def at():
    """A time in China: at(2026, 7, 20, 6)."""

    def build(*numbers):
        return datetime(*numbers, tzinfo=CHINA)

    return build


_TIERS = {
    "guo": Tier("guo", "全国", 1.0, Level.NATIONAL),
    "sheng": Tier("sheng", "省", 0.9, Level.PROVINCIAL),
    "yc": Tier("yc", "宜昌", 0.8, Level.CITY),
    "zj": Tier("zj", "枝江", 0.95, Level.COUNTY),
    "tashan": Tier("tashan", "他山之石", 0.5, Level.CITY),
}


@pytest.fixture(scope="session")
def source_of():
    def build(tier="zj", *, source_id=None, **fields):
        name = {"guo": "中工网", "sheng": "湖北工会网", "yc": "宜昌工会维权网"}.get(
            tier, f"{tier}网"
        )
        return Source(source_id or tier, name, _TIERS[tier], **fields)

    return build


@pytest.fixture(scope="session")
def sources(source_of):
    return {tier: source_of(tier) for tier in _TIERS}


@pytest.fixture(scope="session")
def article_of(body_of, at):
    def build(headline="标题", text="正文。", published=(2026, 7, 18), **fields):
        return Article(
            fields.pop("url", "http://a.example/1.html"),
            headline,
            at(*published) if published else None,
            body_of(text),
            **fields,
        )

    return build


@pytest.fixture(scope="session")
def submission_of(body_of, at):
    def build(title="标题", text="正文。", unit="afs", **fields):
        fields.setdefault("received_at", at(2026, 7, 19, 9))
        fields.setdefault("event_day", date(2026, 7, 18))
        return Submission("key", unit, title, body_of(text), Door.FOLDER, **fields)

    return build


@pytest.fixture(scope="session")
def story_of(body_of, at, rules):
    """A crawled story (tier given) or a submission (tier None)."""

    def build(
        number,
        *,
        headline=None,
        text="这是一条新闻。",
        tier="sheng",
        published=(2026, 7, 20, 7),
        first_seen=None,
        unit=None,
        topic=None,
        kind=StoryKind.NEWS,
        event_day=None,
        pictures=0,
        state=StoryState.INGESTED,
        source_id=None,
    ):
        headline = headline or f"第{number}条新闻"
        shown = at(*published) if published else None
        seen = at(*first_seen) if first_seen else (shown or at(2026, 7, 20, 6))
        crawled = tier is not None
        appearance = Appearance(
            source_id or tier or "",
            f"{tier}网",
            _TIERS[tier].level if crawled else Level.TOWNSHIP,
            f"http://{tier}.example/{number}.html",
            headline,
            seen,
            shown,
            is_first=True,
        )
        topics = (
            (Tag(topic, 9.0, ("词",)),)
            if topic
            else tag_topics(headline, text, rules.topics)
        )
        return Story(
            number,
            headline,
            state,
            body_of(text, pictures),
            seen,
            published=shown if crawled else None,
            event_day=event_day,
            abstract=text[:100],
            excerpt=text[:100],
            own=not crawled,
            kind=kind,
            units=(Tag(unit, 6.0, (unit,)),) if unit else (),
            topics=topics,
            appearances=(appearance,) if crawled else (),
            submission_number=None if crawled else f"报-{number}",
        )

    return build


@pytest.fixture(scope="session")
def days():
    """Days from one on: days(date(2026, 7, 1), 30)."""

    def build(first, count):
        return [first + timedelta(days=n) for n in range(count)]

    return build


MONDAY = date(2026, 7, 20)
GOOD = (
    "7月19日，安福寺镇总工会走进9家企业，为1200名职工送去清凉包800份，解决问题6个。"
    "“风扇装上了，车间凉快多了。”包装工何秀兰说。下一步将新建服务站1座。"
)


@pytest.fixture
def pick(rules, sources, at):
    """The choice of Monday 20 July, the last edition being Friday's at eight."""

    def run(stories, **changed):
        given = {
            "day": MONDAY,
            "covers_from": date(2026, 7, 18),
            "last_issued": at(2026, 7, 17, 8),
            "shown": {},
            "unit_last_shown": {},
            "sources": sources,
            "rules": rules,
        } | changed
        return choose(stories, **given)

    return run


@pytest.fixture
def good(story_of):
    """A submission worth showing."""

    def build(number, unit="afs", topic="xiasong", **fields):
        fields.setdefault("first_seen", (2026, 7, 19, 9))
        fields.setdefault("event_day", date(2026, 7, 19))
        fields.setdefault("pictures", 2)
        text = fields.pop("text", GOOD)
        return story_of(number, tier=None, unit=unit, topic=topic, text=text, **fields)

    return build
