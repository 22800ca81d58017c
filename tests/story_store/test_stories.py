"""Stories: kept whole, read in order, their history told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.errors import NotFound
from newsroom.story import StoryState


def test_a_saved_story_comes_back(store, make):
    """A story comes back with its number and digest."""
    story = store.save_story(make.story(), [])

    assert story.id > 0
    assert len(story.digest) == 64
    assert story == store.story(story.id)


def test_saving_the_same_story_again_is_no_change(store, make):
    """The revision grows with what pages could show, and only then."""
    story = store.save_story(make.story(), [])
    before = store.revision()

    assert story == store.save_story(story, [])
    assert before == store.revision()

    changed = store.save_story(replace(story, abstract="新的摘要"), [])

    assert before + 1 == store.revision()
    assert story.digest != changed.digest


def test_articles_belong_to_their_story(store, make):
    """An article put to a story no longer waits; no later save drops it."""
    one, two = (make.save(store, make.article(n)).id for n in (1, 2))
    story = store.save_story(make.story(), [one])
    store.save_story(story, [two])

    assert (one, two) == tuple(kept.id for kept in store.articles_of(story.id))
    assert store.unstoried() == ()


def test_stories_come_newest_first(store, make):
    """Stories come newest first, by days in China, or by their numbers."""
    old, new = (
        store.save_story(make.story(n, first_seen=make.now + timedelta(days=n)), [])
        for n in (0, 1)
    )

    assert (new, old) == store.stories()
    assert (new,) == store.stories(since=date(2026, 11, 23))
    assert (old,) == store.stories(until=date(2026, 11, 22))
    assert (old,) == store.stories(ids=[old.id, 999])


def test_many_stories_come_whole(store, make):
    """More stories than one batch come all, in order."""
    with store.writing():
        for number in range(1001):
            store.save_story(make.story(number), [])

    found = store.stories()

    assert len(found) == 1001
    assert sorted(found, key=lambda s: s.first_seen, reverse=True) == list(found)


def test_a_submission_has_one_story(store, make):
    """A run cut short after the story was written does not write it twice."""
    sub = store.add_submission(make.submission(), day=date(2026, 11, 22))
    story = make.story(submission_number=sub.number)
    first = store.save_story(story, [])

    again = store.save_story(replace(story, abstract="摘要"), [])

    assert first.id == again.id
    assert (again,) == store.stories(submissions=True)
    assert () == store.stories(submissions=False)
    assert first.id == store.submission(sub.number).story_id


def test_a_state_has_its_history(store, make):
    """Every change of state says from where to where, when and why."""
    story = store.save_story(make.story(), [])
    for _ in range(2):
        store.set_story_state(story.id, StoryState.HELD, reason="等待核实", at=make.now)

    (change,) = store.story_history(story.id)

    assert (change.before, change.after) == (StoryState.INGESTED, StoryState.HELD)
    assert ("等待核实", make.now) == (change.reason, change.at)
    assert StoryState.HELD is store.story(story.id).state


def test_words_find_stories(store, make):
    """A story is found by words of its headline or text; % is no wildcard."""
    story = store.save_story(make.story(headline="100%的职工入会"), [])
    store.save_story(make.story(2), [])

    assert (story,) == store.find_stories("100%")
    assert store.find_stories("无此词") == ()
    assert store.find_stories(" ") == ()


def test_an_unknown_story_is_a_sentence(store, make):
    """A number that no story has is said so, when asked and when saved."""
    with pytest.raises(NotFound, match="没有编号为 9 的稿件"):
        store.story(9)
    with pytest.raises(NotFound):
        store.save_story(make.story(id=9), [])
