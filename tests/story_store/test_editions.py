"""Editions: numbered on, fixed when released, nothing overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from newsroom.edition import Passed, Release
from newsroom.errors import NotAllowed, NotFound
from newsroom.review import office_path
from newsroom.story import StoryState
from newsroom.submission import SubmissionState

DAY = date(2026, 11, 22)


@pytest.fixture
def release(make):
    return Release("张三", "李四", make.now, "")


def test_an_issued_edition_comes_back(store, make):
    """An edition is the same when it is read."""
    edition = make.edition(stories=[store.save_story(make.story(), [])])

    assert edition == store.issue(edition)
    assert edition == store.edition(DAY)
    assert store.edition(date(2026, 11, 23)) is None


def test_an_edition_issued_again_keeps_its_numbers(store, make):
    """Before release a day may be issued again; the replaced one is kept."""
    first = store.issue(make.edition(number=58, total=1204))
    again = store.issue(replace(first, number=1, total=1, lead="改过的导读"))

    assert (again.number, again.total) == (58, 1204)
    assert again == store.edition(DAY)
    assert (first,) == store.replaced_editions(DAY)
    assert (again,) == store.editions()


def test_earlier_editions_come_without_what_they_passed_over(store, make):
    """Newest first and as they were issued, for what was passed over is long."""
    story = store.save_story(make.story(), [])
    passed = (Passed(story.id, story.headline, None, "已经过时"),)
    days = [date(2026, 11, day) for day in (20, 21, 22)]
    issued = [
        store.issue(
            replace(
                make.edition(stories=[story], number=n, total=n), day=day, passed=passed
            )
        )
        for n, day in enumerate(days, 1)
    ]

    found = store.editions_before(days[2])

    assert [replace(issued[n], passed=()) for n in (1, 0)] == list(found)
    assert passed == store.edition(days[1]).passed


def test_issuing_the_same_edition_again_writes_nothing(store, make):
    """A run done twice leaves one edition."""
    store.issue(make.edition())
    before = store.revision()

    store.issue(make.edition())

    assert before == store.revision()
    assert store.replaced_editions(DAY) == ()


def test_a_released_edition_is_fixed(store, make, release):
    """Once released, a day is never issued again."""
    edition = store.issue(make.edition())
    released = store.release(DAY, release)

    assert len(released.release.digest) == 64
    assert released == store.edition(DAY)
    with pytest.raises(NotAllowed, match="已经签发"):
        store.issue(replace(edition, lead="改"))


@pytest.mark.parametrize(
    ("edited", "signed"), [("张三", "张 三"), ("", "李四"), ("张三", " ")]
)
def test_a_release_takes_two_people(store, make, release, edited, signed):
    """One person, or a missing name, releases nothing."""
    store.issue(make.edition())

    with pytest.raises(NotAllowed):
        store.release(DAY, replace(release, edited_by=edited, signed_by=signed))
    assert store.edition(DAY).release is None


def test_a_release_twice_is_one(store, make, release):
    """The same release again changes nothing; another one is refused."""
    store.issue(make.edition())
    first = store.release(DAY, release)

    assert first == store.release(DAY, release)
    with pytest.raises(NotAllowed, match="不能再签发"):
        store.release(DAY, replace(release, signed_by="王五"))


def test_an_unissued_day_cannot_be_released(store, release):
    """What was not issued is not released."""
    with pytest.raises(NotFound, match="还没有出内部版"):
        store.release(DAY, release)


def test_a_release_publishes_its_stories(store, make, release):
    """Stories become published where nothing else was decided of them."""
    fresh, held = (store.save_story(make.story(n), []) for n in (1, 2))
    store.set_story_state(held.id, StoryState.HELD, reason="核实", at=make.now)
    store.issue(make.edition(stories=[fresh, held]))

    store.release(DAY, release)

    assert StoryState.PUBLISHED is store.story(fresh.id).state
    assert StoryState.HELD is store.story(held.id).state


def test_a_release_publishes_signed_submissions(store, make, release):
    """A submission that was signed is published with its edition."""
    sub = store.add_submission(make.submission(), day=DAY)
    for state in office_path(sub.state):
        store.move_submission(sub.number, state, by="张三", at=make.now)
    story = store.save_story(make.story(submission_number=sub.number), [])
    store.issue(make.edition(stories=[story]))

    store.release(DAY, release)

    assert SubmissionState.PUBLISHED is store.submission(sub.number).state


def test_editions_come_newest_first(store, make, release):
    """Editions come newest first, and by whether they are released."""
    days = [date(2026, 11, 20), DAY]
    old, new = (
        store.issue(make.edition(day, number=n, total=n))
        for n, day in enumerate(days, 1)
    )
    old = store.release(old.day, replace(release, digest="abc"))

    assert (new, old) == store.editions()
    assert (new,) == store.editions(limit=1)
    assert (old,) == store.editions(released=True)
    assert (new,) == store.editions(released=False)
    assert old == store.last_edition(DAY)
    assert store.last_edition(days[0]) is None


def test_numbers_continue_the_offices_own(store, make):
    """The first edition takes the settings; the year restarts, the total never."""
    assert store.next_numbers(DAY, 58, 1204) == (58, 1204)
    store.issue(make.edition(number=58, total=1204))

    assert store.next_numbers(DAY, 1, 1) == (58, 1204)
    assert store.next_numbers(date(2026, 11, 23), 58, 1204) == (59, 1205)
    assert store.next_numbers(date(2027, 1, 4), 58, 1204) == (1, 1205)


def test_a_total_number_is_given_once(store, make):
    """Two days never bear the same total number."""
    store.issue(make.edition(total=7))

    with pytest.raises(NotAllowed, match="总第 7 期"):
        store.issue(make.edition(date(2026, 11, 23), total=7))
