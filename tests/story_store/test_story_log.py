"""The log of changed stories: a build asks for what is new to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from newsroom.story import StoryState
from story_store.models import StoryRow
from story_store.store import Store
from story_store.wholeness import DATABASE

TRIGGERS = ["story_log_changed", "story_log_gone", "story_log_new"]


def test_the_newest_schema_writes_the_log(store):
    """A step that makes the table of stories anew must not lose the triggers."""
    with closing(sqlite3.connect(store.folder / DATABASE)) as file:
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        found = [name for (name,) in file.execute(sql)]

    assert found == TRIGGERS


def test_whatever_changes_a_story_is_told(store, make):
    """New, changed, gone, in whatever way: with the digest that it has now."""
    one, two, three = (store.save_story(make.story(n), []) for n in (1, 2, 3))
    place, _ = store.story_changes("")

    store.set_story_state(one.id, StoryState.HELD, reason="等一等", at=make.now)
    StoryRow.objects.using(store.alias).filter(pk=two.id).delete()
    new = store.save_story(make.story(4), [])
    store.save_story(three, [])
    changes = store.story_changes(place)

    digests = store.story_digests()
    expected = {one.id: digests[one.id], two.id: None, new.id: digests[new.id]}
    assert expected == changes.digests
    assert store.story_changes(changes.place).digests == {}


def test_what_was_not_stored_is_not_told(store, make):
    """The log is written in the transaction of the story, or not at all."""
    place, _ = store.story_changes("")

    def save_and_fail():
        with store.writing():
            store.save_story(make.story(1), [])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()

    assert store.story_changes(place) == (place, {})


def test_a_place_of_another_store_is_not_known(store, make, tmp_path):
    """Stores that went different ways are told apart, and all is compared."""
    store.save_story(make.story(1), [])
    with Store.open(tmp_path / "other", now=make.now) as other:
        other.save_story(make.story(1), [])
        place, _ = other.story_changes("")

    assert store.story_changes(place).digests is None
    assert store.story_changes("").digests is None
    assert store.story_changes("1 1 1").digests is None
