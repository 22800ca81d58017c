"""A store in a new folder, and objects to put into it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

import story_store.setup  # noqa: F401 - Django must be configured before its models
from newsroom.article import CHINA, Article
from newsroom.body import Body, Paragraph, Run
from newsroom.edition import Board, Column, Edition, Entry
from newsroom.story import Story, StoryState
from newsroom.submission import Door, Submission
from newsroom.taxonomy import Level
from story_store.kept import PageRef
from story_store.store import Store

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=CHINA)
LONG = "枝江市总工会联合安福寺镇总工会开展送清凉活动，慰问一线职工一千二百人，" * 4


def text_body(*paragraphs):
    return Body(tuple(Paragraph((Run(text),)) for text in paragraphs))


def make_article(number=1, *, text=None, **changes):
    values = {
        "url": f"http://news.example/{number}.html",
        "headline": f"第{number}篇：送清凉到一线",
        "published": NOW - timedelta(hours=number),
        "body": text_body(text or f"{LONG}第{number}次。"),
        "has_time": True,
    }
    return Article(**(values | changes))


def make_page(article, **changes):
    values = {"url": article.url, "fetched_at": NOW, "warc": "pages/a.warc.gz"}
    return PageRef(**(values | changes))


def save(store, article, *, canonical=None, seen=NOW, **given):
    return store.save_article(
        given.get("source_id", "hbzgh"),
        article,
        canonical=canonical or article.url,
        seen=seen,
        page=given.get("page") or make_page(article),
    )


def make_story(number=1, **changes):
    values = {
        "id": 0,
        "headline": f"第{number}篇：送清凉到一线",
        "state": StoryState.INGESTED,
        "body": text_body(f"{LONG}第{number}次。"),
        "first_seen": NOW + timedelta(minutes=number),
    }
    return Story(**(values | changes))


def make_entry(story):
    return Entry(
        story_id=story.id,
        headline=story.headline,
        abstract="",
        kicker="安福寺镇",
        source_name="枝江市总工会",
        source_level=Level.COUNTY,
        published=None,
        unit_id="afs",
        topic_id="qita",
    )


def make_edition(day=date(2026, 11, 22), *, number=1, total=1, stories=()):
    entries = tuple(make_entry(story) for story in stories)
    return Edition(
        day=day,
        number=number,
        total=total,
        covers_from=day - timedelta(days=1),
        issued_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
        lead="今日导读",
        columns=((Column.NEWS, entries),) if entries else (),
        board=Board(day, day, 0, 0, 0, ()),
    )


def make_submission(key="k1", **changes):
    values = {
        "key": key,
        "unit_id": "afs",
        "title": "1200份清凉包送到一线",
        "body": text_body(LONG),
        "door": Door.FOLDER,
        "received_at": NOW,
        "author": "何某",
    }
    return Submission(**(values | changes))


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "data", now=NOW) as opened:
        yield opened


@pytest.fixture
def make():
    """The makers of this file, for tests to call."""
    return SimpleNamespace(
        now=NOW,
        long=LONG,
        body=text_body,
        article=make_article,
        page=make_page,
        save=save,
        story=make_story,
        edition=make_edition,
        submission=make_submission,
    )
