"""What is owed to the pages after a withdrawal by the command."""

from __future__ import annotations

import pytest

from workflow import withdrawing
from workflow.withdrawing import withdraw_story


@pytest.fixture
def story_id(lively):
    with lively.office.store() as store:
        return store.submission(lively.accepted).story_id


def test_a_withdrawal_that_is_done_owes_nothing(lively, story_id):
    """Both trees were built anew by the command itself."""
    with lively.office.store() as store:
        withdraw_story(lively.office, store, story_id, by="何某", reason="当事人要求")

        assert store.pages_owed() == ()


def test_what_changes_while_the_pages_are_made_is_still_owed(
    lively, story_id, monkeypatch
):
    """A change at the desk during a withdrawal is not done with it."""
    build = withdrawing.build_trees

    def meanwhile(office, store):
        built = build(office, store)
        store.ask_pages(story_id, at=office.now)
        return built

    monkeypatch.setattr(withdrawing, "build_trees", meanwhile)
    with lively.office.store() as store:
        withdraw_story(lively.office, store, story_id, by="何某", reason="当事人要求")

        assert [job.story_id for job in store.pages_owed()] == [story_id]
