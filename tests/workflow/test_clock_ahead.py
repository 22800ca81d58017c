"""An edition that was released while the clock was years ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsroom.editions import place_of_newest
from tests.workflow.lively import NO_SITES
from workflow.building import build_trees
from workflow.morning import run_morning
from workflow.releasing import release_edition

YEARS = timedelta(days=1500)
TODAY = date(2026, 9, 22)


def morning(office, after):
    """The run and the release of a day so long after the office's own."""
    then = replace(office, now=office.now + after)
    result = run_morning(then, NO_SITES, clock=lambda: then.now)
    with then.store() as store:
        release_edition(
            then, store, then.now.date(), edited_by="何某", signed_by="江某"
        )
        build_trees(then, store)
    return result


def read(office, path):
    return (office.output / "public" / path).read_text(encoding="utf-8")


def test_d16_a_released_edition_of_a_wrong_day_leaves_the_front_page(lively):
    """D16: front and feeds show today's, its own page stays, the office is told."""
    office = lively.office
    morning(office, YEARS)
    wrong = (office.now + YEARS).date()
    before = read(office, "index.html")

    report = morning(office, timedelta(days=1)).report

    assert f'data-day="{wrong}"' in before
    front = read(office, "index.html")
    assert f'data-day="{TODAY}"' in front
    assert f"days/{wrong}.html" not in front
    assert (office.output / "public" / "days" / f"{wrong}.html").exists()
    assert f"<updated>{wrong}" not in read(office, "feeds/atom.xml")
    assert f"<updated>{TODAY}" in read(office, "feeds/atom.xml")
    assert any(str(wrong) in note and "首页" in note for note in report.notes)


def test_d16_an_edition_of_tomorrow_waits_for_its_day(lively):
    """D16: released while the clock was a day ahead, it is in front when it comes."""
    office = lively.office
    tomorrow = (office.now + timedelta(days=2)).date()
    morning(office, timedelta(days=2))

    report = morning(office, timedelta(days=1)).report

    assert f'data-day="{TODAY}"' in read(office, "index.html")
    assert any(str(tomorrow) in note and "那一天" in note for note in report.notes)
    then = replace(office, now=office.now + timedelta(days=2))
    with then.store() as store:
        build_trees(then, store)
    assert f'data-day="{tomorrow}"' in read(office, "index.html")


@pytest.mark.parametrize(
    ("days", "newest"),
    [
        ([], 0),
        ([TODAY], 0),
        ([date(2030, 10, 31), TODAY], 1),
        ([date(2030, 10, 31), date(2030, 10, 30), date(2026, 9, 1)], 2),
        # the clock was a day ahead, and its edition was released
        ([date(2026, 9, 23), TODAY], 1),
        ([date(2026, 9, 23), date(2026, 9, 21)], 1),
        # it is today's date that may be wrong
        ([date(2030, 10, 31), date(2026, 1, 5)], 0),
        ([date(2030, 10, 31)], 0),
    ],
)
def test_which_edition_is_the_newest(days, newest):
    """By today's date, if the office has worked lately by it."""
    assert place_of_newest(days, TODAY) == newest
