"""An office with any number of invented stories: one folder, one store, its editions.

Everything is drawn from a seed, so that two runs hold the same. Rows are written in
bulk, which only a benchmark may do; what they hold is what the store's doors write.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from config import Settings, load_settings
from newsroom.article import CHINA
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.edition import Board, Column, Edition, Entry, Score, ScorePart
from newsroom.story import Appearance, Story, StoryState
from newsroom.taxonomy import Level, Tag

ROOT = Path(__file__).resolve().parents[1]
LAST_DAY = date(2026, 9, 21)
A_DAY = 40  # stories that come in, of which an edition carries CARRIED
CARRIED = 14
_PHRASES = (
    "总工会组织志愿者走进企业车间",
    "为一线职工送去防暑降温用品1200份",
    "开展集体协商要约行动，覆盖企业36家",
    "劳动竞赛决出一二三等奖",
    "职工代表听取了工作报告并分组讨论",
    "为困难职工建立帮扶档案并逐户走访",
    "新就业形态劳动者加入工会83人",
    "邀请医生现场为职工测量血压",
    "劳模工匠走上讲台传授技艺",
    "把安全生产培训办到班组和工地",
)
_PARTS = ("fresh", "numbers", "people", "photo", "unique", "policy", "complete")
COLUMNS = (Column.HIGHLIGHTS, Column.NEWS, Column.RIGHTS, Column.ELSEWHERE)


def make_office(folder: Path) -> Path:
    """Copy the shipped settings into the folder; the path of its config.toml."""
    shutil.copytree(ROOT / "config", folder / "config")
    return Path(shutil.copy(ROOT / "config.toml", folder / "config.toml"))


def fill(config: Path, count: int) -> None:
    """Put so many stories and their editions into the office's store."""
    from story_store.store import Store  # configures Django, so it comes first

    from story_store.models import CounterRow, EditionRow, StoryRow  # isort: skip
    from story_store.rows import edition_to_row, story_to_row
    from story_store.stories import story_digest

    settings = load_settings(config)
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 7, 52, tzinfo=CHINA)
    with Store.open(settings.path(settings.store.folder), now=now) as store:
        day: list[Story] = []
        days = -(-count // A_DAY)
        for number, story in enumerate(_stories(settings, count), 1):
            day.append(replace(story, digest=story_digest(story)))
            if len(day) == A_DAY or number == count:
                place = (number - 1) // A_DAY
                edition = _edition(day, LAST_DAY - timedelta(days - 1 - place), place)
                with store.writing():
                    rows = [story_to_row(s) for s in day]
                    StoryRow.objects.using(store.alias).bulk_create(rows)
                    row = edition_to_row(edition)
                    EditionRow.objects.using(store.alias).bulk_create([row])
                day.clear()
        CounterRow.objects.using(store.alias).update_or_create(
            name="revision", defaults={"value": count}
        )


def change_one(config: Path, story_id: int) -> None:
    """Let one story say something else, through the store's own door."""
    from story_store.store import Store

    settings = load_settings(config)
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 9, 0, tzinfo=CHINA)
    with Store.open(settings.path(settings.store.folder), now=now) as store:
        story = store.story(story_id)
        store.save_story(replace(story, headline=story.headline + "（更正）"), ())


def _stories(settings: Settings, count: int) -> Iterator[Story]:
    dice = random.Random(20260921)
    units = [u.id for u in settings.rules.units.units if u.enabled]
    topics = [t.id for t in settings.rules.topics]
    sources = settings.newsroom_sources()
    days = -(-count // A_DAY)
    for number in range(1, count + 1):
        day = LAST_DAY - timedelta(days - 1 - (number - 1) // A_DAY)
        seen = datetime(day.year, day.month, day.day, 7, number % 50, tzinfo=CHINA)
        headline = f"{dice.choice(_PHRASES)}（第{number}篇）"
        paragraphs = tuple(
            Paragraph(plain_runs("，".join(dice.choices(_PHRASES, k=8)) + "。"))
            for _ in range(5)
        )
        abstract = f"{dice.choice(_PHRASES)}，{dice.choice(_PHRASES)}。"
        published = seen - timedelta(hours=dice.randrange(20))
        yield Story(
            id=number,
            headline=headline,
            state=StoryState.INGESTED,
            body=Body(paragraphs),
            first_seen=seen,
            published=published,
            has_time=True,
            abstract=abstract,
            excerpt=abstract,
            own=number % 3 == 0,
            byline="何某",
            units=_tags(dice, units, 2) if number % 5 else (),
            topics=_tags(dice, topics, 3),
            appearances=tuple(
                Appearance(
                    source.id,
                    source.name,
                    Level.CITY,
                    f"https://news.example/{source.id}/{number}.html",
                    headline,
                    seen,
                    published,
                    is_first=place == 0,
                )
                for place, source in enumerate(dice.sample(sources, 1 + number % 2))
            ),
        )


def _tags(dice: random.Random, ids: list[str], most: int) -> tuple[Tag, ...]:
    picked = dice.sample(ids, dice.randint(1, most))
    return tuple(Tag(i, dice.randint(3, 20), ("总工会", "职工")) for i in picked)


def _edition(stories: list[Story], day: date, place: int) -> Edition:
    carried = [entry_of(story) for story in stories[:CARRIED]]
    columns = tuple(
        (column, tuple(carried[at :: len(COLUMNS)]))
        for at, column in enumerate(COLUMNS)
        if carried[at :: len(COLUMNS)]
    )
    issued = datetime(day.year, day.month, day.day, 7, 52, tzinfo=CHINA)
    board = Board(day.replace(day=1), day, A_DAY * day.day, 12, 9, ())
    return Edition(
        day, place + 1, place + 1, day, issued, "今日导读一句话。", columns, board
    )


def entry_of(story: Story) -> Entry:
    """The story as an edition carries it."""
    parts = tuple(ScorePart(key, 7.0, 12.0, f"{key}+7") for key in _PARTS)
    return Entry(
        story.id,
        story.headline,
        story.abstract,
        "安福寺镇",
        story.appearances[0].source_name,
        Level.CITY,
        story.published,
        story.unit_id,
        story.topic_id,
        score=Score(parts),
        reasons=("数据10个",),
        own=story.own,
    )
