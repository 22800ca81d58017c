"""Points of our own pages: factors, shares that add up, the month's cap, the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.points import OwnPoints, Taken, points_of, standing, year_start
from newsroom.story import StoryKind

RULES = OwnPoints(factors={StoryKind.BRIEF: 0.5, StoryKind.PROFILE: 1.2})
DAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("taken", "points"),
    [
        (Taken(DAY, StoryKind.NEWS), 2.0),
        (Taken(DAY, StoryKind.BRIEF), 1.0),
        (Taken(DAY, StoryKind.PROFILE), 2.4),
        (Taken(DAY, StoryKind.NEWS, 0, 2), 1.2),
        (Taken(DAY, StoryKind.NEWS, 1, 2), 0.8),
        (Taken(DAY, StoryKind.PROFILE, 2, 3), 0.5),
    ],
)
def test_points_follow_kind_and_share(taken, points):
    """As the office's ledger says."""
    assert points == points_of(taken, RULES)


@given(st.integers(2, 9), st.sampled_from(list(StoryKind)), st.floats(0.1, 0.9))
def test_shares_add_up_to_the_whole(sharing, kind, first):
    """However many share, and however the first one's share is set."""
    rules = OwnPoints(factors=RULES.factors, first_share=round(first, 2))
    whole = points_of(Taken(DAY, kind), rules)
    parts = [points_of(Taken(DAY, kind, n, sharing), rules) for n in range(sharing)]

    assert whole == pytest.approx(sum(parts))


def test_a_month_counts_up_to_its_cap_and_the_year_from_its_start():
    """Seven stories of two points are twelve; last year's count no more."""
    month = [Taken(date(2026, 9, n), StoryKind.NEWS) for n in range(1, 8)]
    last_year = Taken(date(2025, 11, 30), StoryKind.NEWS)
    august = Taken(date(2026, 8, 1), StoryKind.NEWS)
    found = standing([*month, last_year, august], RULES, today=DAY)

    assert (7, 14.0) == (found.month_count, found.total)


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (DAY, date(2025, 12, 1)),
        (date(2026, 11, 30), date(2025, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_the_year_of_assessment_begins_the_day_after_it_ended(today, start):
    """By the office's own day."""
    assert start == year_start(today, RULES)
