from dataclasses import replace
from datetime import timedelta

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from newsroom.taxonomy import Tag
from site_builder.catalogue import UNIT
from site_builder.given import Audience
from site_builder.index import parts_of, read_index
from site_builder.list_view import LISTS
from site_builder.shown import show

counts = st.integers(1, 400)
sizes = st.integers(2, 60)


@given(counts, sizes)
def test_pages_hold_every_story_once_in_order(count, size):
    """Cutting a list into pages loses nothing and keeps the order."""
    parts = parts_of(count, size)

    places = [part.start + n for part in reversed(parts) for n in range(part.held)]
    assert list(range(count)) == places


@given(counts, sizes)
def test_the_first_page_is_neither_bare_nor_endless(count, size):
    """The first page holds at most one and a half pages, the others exactly one."""
    first, *older = parts_of(count, size)

    assert first.held < size + size / 2 + 1
    assert all(part.held == size for part in older)


@given(counts, sizes)
def test_a_new_story_leaves_older_pages_as_they_are(count, size):
    """A new story changes the first page, and at most cuts one more page off it."""
    before = parts_of(count, size)[1:]
    after = parts_of(count + 1, size)[1:]

    assert before == after[len(after) - len(before) :]


@pytest.fixture
def town(pictures):
    """Twelve stories of one town, by the hour, given in no order."""
    stories = tuple(
        replace(
            samples.STORIES[2],
            id=100 + n,
            headline=f"稿{n}",
            submission_number=None,
            published=samples.moment(5) + timedelta(hours=n),
            units=(Tag("afs", 9, ()), Tag("ds", 9, ())),
        )
        for n in (7, 3, 0, 11, 5, 1, 9, 2, 10, 4, 8, 6)
    )
    return show(samples.given(pictures, stories=stories), Audience.INTERNAL)


def test_a_list_is_read_page_by_page_newest_first(town):
    """The pages of a list, one after the other, are all its stories by their dates."""
    index = read_index(town.connection)

    pages = [index.part(UNIT, "afs", part) for part in parts_of(12, 5)]
    assert list(range(111, 99, -1)) == [i for page in pages for i in page]


def test_a_story_knows_its_neighbours_in_the_town(town):
    """The older and the newer story of the first unit; none beyond the ends."""
    index = read_index(town.connection)
    outlines = town.stories.outlines

    assert (104, 106) == index.beside(outlines[105])
    assert (None, 101) == index.beside(outlines[100])
    assert (110, None) == index.beside(outlines[111])
    assert 5 == index.place(UNIT, "ds", outlines[105])


def test_neighbours_that_are_learnt_at_once_are_those_that_are_asked_for(pictures):
    """Stories of one moment, and of several units, have their places too."""
    stories = [
        replace(
            samples.STORIES[2],
            id=100 + n,
            submission_number=None,
            published=samples.moment(5) + timedelta(hours=n // 3),
            units=(Tag("afs" if n % 4 else "ds", 9, ()), Tag("mjd", 9, ())),
        )
        for n in range(24)
    ]
    town = show(samples.given(pictures, stories=tuple(stories)), Audience.INTERNAL)
    outlines = [town.stories.outlines[one.id] for one in stories]
    asked, learnt = read_index(town.connection), read_index(town.connection)

    learnt.learn()

    for unit in ("afs", "ds", "mjd"):
        standing = [o for o in outlines if unit in dict(o.units)]
        expected = [asked.around(unit, one) for one in standing]
        assert expected == [learnt.around(unit, one) for one in standing]


def test_pages_of_lists_that_are_learnt_at_once_are_those_that_are_asked_for(pictures):
    """Every page of every list, newest first, and each list as a whole."""
    shown = show(samples.given(pictures), Audience.INTERNAL)
    asked, learnt = read_index(shown.connection), read_index(shown.connection)

    learnt.learn()

    lists = [(kind, name) for kind in LISTS.values() for name in asked.counts(kind)]
    assert lists
    for kind, name in lists:
        assert asked.whole(kind, name) == learnt.whole(kind, name)
        for part in parts_of(asked.counts(kind)[name], 3):
            assert asked.part(kind, name, part) == learnt.part(kind, name, part)
