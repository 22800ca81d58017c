"""Outlines and digests: what the builder asks of the store before any text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from newsroom.article import CHINA
from newsroom.outline import story_outline
from newsroom.story import Appearance, StoryState
from newsroom.taxonomy import Level, Tag

SEEN = datetime(2026, 11, 22, 7, 0, tzinfo=CHINA)
RICH = {
    "units": (Tag("afs", 9, ("安福寺",)), Tag("by", 3, (), doubtful=True)),
    "topics": (Tag("xieshang", 5, ("协商",)),),
    "published": SEEN,
    "appearances": (
        Appearance("hbzgh", "省总", Level.CITY, "http://a.example", "题", SEEN),
    ),
}


@pytest.mark.parametrize(
    "more", [{}, RICH, {"submission_number": "报1122-AFS-01", "own": True}]
)
def test_an_outline_from_its_row_is_that_of_the_story(store, make, more):
    """The quick way through the columns tells the same as the whole story."""
    story = store.save_story(make.story(1, **more), [])

    (outline,) = store.story_outlines([story.id, 99])

    assert story_outline(story, story.digest) == outline


def test_digests_follow_every_change(store, make):
    """Any change, of state too, gives a story another digest, and no other."""
    one, two = (store.save_story(make.story(n), []) for n in (1, 2))
    before = store.story_digests()

    store.set_story_state(one.id, StoryState.HELD, reason="等一等", at=make.now)
    after = store.story_digests()

    assert {one.id, two.id} == before.keys()
    assert before[one.id] != after[one.id]
    assert before[two.id] == after[two.id]


def test_edition_digests_are_those_of_the_current_ones(store, make):
    """An edition that was issued anew has another digest and comes as it is now."""
    first = store.issue(make.edition(make.now.date()))
    before = store.edition_digests()

    store.issue(replace(first, lead="换了导读"))

    assert before.keys() == store.edition_digests().keys()
    assert before != store.edition_digests()
    assert ["换了导读"] == [e.lead for e in store.editions_of([make.now.date()])]


def test_stories_are_counted_by_the_day_they_came(store, make):
    """The count of days is that of the stories of these days."""
    for number in range(3):
        store.save_story(make.story(number), [])
    day = make.now.date()

    assert 3 == store.count_stories(since=day, until=day)
    assert 0 == store.count_stories(since=day.replace(day=1), until=day.replace(day=2))
