from collections import Counter
from dataclasses import replace
from datetime import timedelta

import samples
from hypothesis import given
from hypothesis import strategies as st

from newsroom.story import StoryState
from site_builder.build import build_site
from site_builder.face import streak, year_chart
from site_builder.given import Audience


def build(stories, folder, audience=Audience.INTERNAL):
    now = samples.given(folder / "none", stories=tuple(stories))
    build_site(now, audience, folder / "out", folder / "work")
    return folder / "out"


def test_months_in_a_row_count_back_from_the_newest():
    """A streak goes over the turn of the year and ends at the first gap."""
    counts = Counter({(2025, 10): 1, (2025, 12): 2, (2026, 1): 1, (2026, 2): 3})

    assert 3 == streak(counts)


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 900), min_size=1))
def test_a_chart_has_twelve_bars_within_its_frame(months):
    """No bar is higher than the frame; a month without stories has none."""
    chart = year_chart(Counter({(2026, m): n for m, n in months.items()}), 2026)

    assert 12 == len(chart.bars)
    assert all(0 <= bar.width <= 100 for bar in chart.bars)
    assert {f"{m}月" for m in months} == {b.name for b in chart.bars if b.stories}


def test_a_year_book_has_every_story_of_the_year_by_month(tmp_path):
    """All stories of the unit and year, oldest first, and no other."""
    old = samples.own_story(70, "去年的事", "afs", "xiasong")
    old = replace(old, published=samples.moment(1) - timedelta(days=400))
    out = build((*samples.STORIES, old), tmp_path)

    book = (out / "yearbooks/afs-2026.html").read_text("utf-8")
    last = (out / "yearbooks/afs-2025.html").read_text("utf-8")

    mine = [s for s in samples.STORIES if any(t.id == "afs" for t in s.units)]
    shown = [s for s in mine if s.state is not StoryState.WITHDRAWN]
    assert all(f"stories/2026/{s.id}.html" in book for s in shown)
    assert "去年的事" not in book
    assert "去年的事" in last
    assert "安福寺镇2025年鉴" in last


def test_a_year_without_stories_loses_its_book(tmp_path):
    """The last story of a year goes, and its book and the link to it go too."""
    old = samples.own_story(70, "去年的事", "afs", "xiasong")
    old = replace(old, published=samples.moment(1) - timedelta(days=400))
    build((*samples.STORIES, old), tmp_path)

    out = build(samples.STORIES, tmp_path)

    assert not (out / "yearbooks/afs-2025.html").exists()
    assert "afs-2025" not in (out / "towns/afs.html").read_text("utf-8")


def test_a_topic_tells_its_season(tmp_path):
    """The page of a topic says when it is expected, as the office's list has it."""
    season = replace(samples.TOPICS[0], months=(6, 7, 8), seed="夏送清凉")
    topics = (season, *samples.TOPICS[1:])
    now = samples.given(tmp_path / "none", topics=topics)
    build_site(now, Audience.PUBLIC, tmp_path / "out", tmp_path / "work")

    page = (tmp_path / "out/topics/xiasong.html").read_text("utf-8")

    assert "报送时节：6、7、8月" in page
    assert "依据：夏送清凉" in page
