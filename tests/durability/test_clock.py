"""A clock that jumps, a slow disk, many mornings, years of news, a mistake undone."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from newsroom.article import CHINA
from newsroom.errors import NewsroomError
from newsroom.story import StoryState
from site_builder.given import Audience
from tests.durability.conftest import run_module
from tests.durability.soak import is_flat
from tests.workflow.many_sites import NOW, site
from workflow.building import build_tree
from workflow.morning import MorningPlan, run_morning


def test_d13_while_a_slow_disk_holds_a_run_up_no_second_one_starts(many, monkeypatch):
    """D13: during an fsync that takes its time a second run is refused; pages come."""
    office = many(site("aa"), "aa")
    refused = []
    sync = os.fsync

    def slow(handle):
        if not refused:
            refused.append("")
            with pytest.raises(NewsroomError, match="已有一次运行正在进行") as error:
                office.morning(1)
            refused[0] = str(error.value)
        sync(handle)

    monkeypatch.setattr("os.fsync", slow)
    result = office.morning()

    assert "开始于" in refused[0]
    assert result.build.written > 10


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([0, 366, 1, 2], id="a_year_ahead_and_back"),
        pytest.param([0, -1, 1], id="a_day_back"),
    ],
)
def test_d16_a_clock_that_jumped_loses_no_news_and_doubles_no_day(many, days):
    """D16: one edition a day, numbers given once, every story there once."""
    office = many(site("aa"), "aa")
    for step, day in enumerate(days):
        shown = (NOW + timedelta(days=min(days))).date().isoformat()
        office.server.pages |= site("aa", range(1, 4 + step), shown)
        office.morning(day)

    with office.office.store() as store:
        editions = store.editions()
    assert len({e.day for e in editions}) == len({e.total for e in editions})
    assert {e.day for e in editions} == {
        (NOW + timedelta(days=day)).date() for day in days if day < 300
    }
    assert len({s.headline for s in office.stories()}) == len(office.stories())
    assert 3 + len(days) - 1 == len(office.stories())


def test_d16_what_a_clock_ahead_issued_leaves_the_front_page(many):
    """D16: once the date is right again, its morning is the front page, and says so."""
    office = many(site("aa"), "aa")
    office.morning()
    office.morning(1500)
    front = office.office.output / "internal" / "index.html"
    wrong = front.read_text(encoding="utf-8")

    after = office.morning(1)

    assert 'data-day="2030-' in wrong
    assert f'data-day="{after.edition.day}"' in front.read_text(encoding="utf-8")
    assert any("已经收起" in note for note in after.report.notes)
    with office.office.store() as store:
        (away,) = store.replaced_editions((NOW + timedelta(days=1500)).date())
        assert away.total < after.edition.total


def test_d16_a_day_that_is_made_up_for_puts_no_later_one_away(many):
    """A morning by ``--as-of`` says nothing of the clock: later editions stay."""
    office = many(site("aa"), "aa")
    for day in (0, 2):
        office.morning(day)

    made_up = office.morning(1, by_the_clock=False)

    with office.office.store() as store:
        days = [edition.day for edition in store.editions()]
    assert [(NOW + timedelta(days=day)).date() for day in (2, 1, 0)] == days
    assert not any("已经收起" in note for note in made_up.report.notes)
    front = office.office.output / "internal" / "index.html"
    newest = (NOW + timedelta(days=2)).date()
    assert f'data-day="{newest}"' in front.read_text("utf-8")


@pytest.mark.parametrize(
    "at",
    [
        datetime(2028, 2, 29, 6, 0, tzinfo=CHINA),
        datetime(2026, 12, 31, 23, 59, tzinfo=CHINA),
        datetime(2027, 1, 1, 0, 1, tzinfo=CHINA),
    ],
)
def test_d16_leap_day_and_year_end_have_their_edition(many, at):
    """D16: the edition bears the day of the moment, with its news."""
    shown = (at - timedelta(days=1)).date().isoformat()
    office = many(site("aa", day=shown), "aa")
    there = replace(office.office, now=at)

    result = run_morning(there, MorningPlan(), clock=lambda: at)

    assert result.report.exit_code == 0
    assert len(office.stories()) == 3
    with there.store() as store:
        assert len(store.editions()) == 1
    assert result.edition.day == at.date()


@pytest.mark.slow
def test_d19_twenty_mornings_with_faults_leave_memory_and_handles_flat():
    """D19: an edition each, memory within a tenth, not one handle more."""
    found = run_module("soak", "--runs", "20")

    assert found["editions"] == 20
    assert is_flat(found), found


def test_d36_what_was_taken_down_by_mistake_comes_back_as_it_was(many):
    """D36: nothing is deleted: a withdrawn story returns with its page, byte-equal."""
    office = many(site("aa"), "aa")
    office.morning()
    number = office.stories()[0].id
    there = office.office

    with there.store() as store:
        build_tree(there, store, Audience.INTERNAL)
        before = pages(there)
        store.set_story_state(number, StoryState.WITHDRAWN, reason="误撤", at=there.now)
        build_tree(there, store, Audience.INTERNAL)
        taken_down = pages(there)
        store.set_story_state(number, StoryState.INGESTED, reason="恢复", at=there.now)
        build_tree(there, store, Audience.INTERNAL)
        steps = [step.reason for step in store.story_history(number)]

    assert before != taken_down
    assert before == pages(there)
    assert steps == ["误撤", "恢复"]


def pages(office) -> dict[str, bytes]:
    tree = office.output / "internal"
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in tree.rglob("*.html")
    }
