"""本周回顾 on a front page that has little to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import samples

from newsroom.edition import Column
from site_builder.build import build_site
from site_builder.given import Audience

LOOKED_BACK = 'id="week">本周回顾'
SOME = samples.STORIES[:3]


def a_day(days_ago: int, *stories, released: bool = True):
    """An edition that carries these stories as highlights."""
    entries = tuple(map(samples.entry, stories))
    return replace(
        samples.ORDINARY,
        day=samples.DAY - timedelta(days=days_ago),
        number=187 - days_ago,
        total=1024 - days_ago,
        issued_at=samples.moment(days_ago),
        columns=((Column.HIGHLIGHTS, entries),) if entries else (),
        passed=(),
        lead="今日暂无新稿。" if not entries else "今日基层亮点1条。",
        release=samples.ORDINARY.release if released else None,
    )


def page(pictures, folder, *editions, audience=Audience.PUBLIC, path="index.html"):
    given = samples.given(pictures, *editions)
    build_site(given, audience, folder / "out", folder / "work")
    return (folder / "out" / path).read_text("utf-8")


def test_a_thin_front_page_looks_back_on_the_week(pictures, tmp_path):
    """What other days carried fills it, the newest first, never its own story."""
    days = (a_day(0, SOME[0]), a_day(1, SOME[1], SOME[0]), a_day(3, SOME[2]))

    front = page(pictures, tmp_path, *days)

    looked_back = front[front.index(LOOKED_BACK) : front.index("每日简报")]
    places = [looked_back.find(f"/{story.id}.html") for story in SOME]
    assert -1 == places[0]
    assert 0 < places[1] < places[2]


def test_the_week_holds_only_what_this_tree_shows(pictures, tmp_path):
    """A day that nobody signed gives nothing to the public front page."""
    days = (a_day(0, SOME[0]), a_day(1, SOME[1], released=False))

    assert LOOKED_BACK not in page(pictures, tmp_path, *days)


def test_what_is_older_than_a_week_stays_away(pictures, tmp_path):
    """Eight days ago is no longer this week."""
    days = (a_day(0), a_day(8, SOME[1]))

    assert LOOKED_BACK not in page(pictures, tmp_path, *days)


def test_the_page_of_the_day_stays_as_it_was_issued(pictures, tmp_path):
    """Only the front page looks back; a day's own page shows its edition."""
    days = (a_day(0, SOME[0]), a_day(1, SOME[1]))

    told = page(pictures, tmp_path, *days, path="days/2026-09-21.html")

    assert LOOKED_BACK not in told
