"""Rhythm, silence, gaps, shapes and rests: learned from a source's own history."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsroom.article import Article
from newsroom.body import Body, Paragraph, Run
from newsroom.health import (
    Gap,
    Reading,
    Rhythm,
    expected_per_day,
    failures_in_a_row,
    find_gaps,
    is_resting,
    measure,
    out_of_shape,
    silence,
)
from newsroom.rules import Calendar, CalendarYear
from newsroom.source import SourceState

HOLIDAYS = frozenset(date(2026, 10, day) for day in range(1, 8))
CALENDAR = Calendar((CalendarYear(2026, HOLIDAYS, frozenset()),))
TODAY = date(2026, 9, 21)
DOWN, BLOCKED, GOOD = SourceState.DOWN, SourceState.BLOCKED, SourceState.NORMAL


def workdays(until: date, count: int, times: int = 2) -> list[date]:
    """Two articles on each of the weekdays before a day."""
    days = [until - timedelta(days=n) for n in range(1, count)]
    return [day for day in days if day.weekday() < 5 for _ in range(times)]


def test_a_rhythm_knows_weekends():
    """Working days and days off are counted apart."""
    rhythm = expected_per_day(workdays(TODAY, 40), until=TODAY, calendar=CALENDAR)

    assert rhythm is not None
    assert (rhythm.working, rhythm.free) == (2.0, 0.0)
    assert rhythm.words == "平日每天2.0篇"


def test_a_rare_source_is_told_by_the_week():
    """What comes less than daily is told by the week."""
    assert Rhythm(0.4, 0.0, 0.0).words == "平日每周2.0篇"


def test_too_little_is_no_rhythm():
    """A source of few days or few articles is judged by nobody."""
    few = [TODAY - timedelta(days=n) for n in range(1, 8)]

    assert expected_per_day(few, until=TODAY, calendar=CALENDAR) is None
    assert expected_per_day([], until=TODAY, calendar=CALENDAR) is None
    assert expected_per_day(few * 2, until=TODAY, calendar=CALENDAR) is None
    assert silence(None, TODAY, today=TODAY, calendar=CALENDAR) is None


def test_a_silence_is_told_with_the_rhythm():
    """Three working days without a story, of two a day, are a silence."""
    monday = date(2026, 9, 21)
    rhythm = expected_per_day(workdays(monday, 40), until=monday, calendar=CALENDAR)
    last = date(2026, 9, 18)

    found = [
        silence(rhythm, last, today=date(2026, 9, day), calendar=CALENDAR)
        for day in (21, 23, 24)
    ]

    assert [one and one.words for one in found] == [
        None,
        None,
        "5天无新稿（平日每天2.0篇）",
    ]


def test_a_holiday_is_no_silence():
    """A week of national holiday makes no silence of a source that rests then too."""
    first = date(2026, 10, 1)
    rhythm = expected_per_day(workdays(first, 40), until=first, calendar=CALENDAR)

    found = silence(
        rhythm, date(2026, 9, 30), today=date(2026, 10, 8), calendar=CALENDAR
    )

    assert found is None


def test_a_bursty_source_may_be_quiet_for_as_long_as_before():
    """A source that was quiet for a week before is not missed after four days."""
    days = [TODAY - timedelta(days=n) for n in (1, 12, 23, 34) for _ in range(12)]
    rhythm = expected_per_day(days, until=TODAY, calendar=CALENDAR)

    assert rhythm is not None
    later = TODAY + timedelta(days=4)
    last = TODAY - timedelta(days=1)
    assert silence(rhythm, last, today=later, calendar=CALENDAR) is None


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 9, 20)), max_size=80))
def test_every_gap_is_empty(history):
    """No gap holds a day on which something came."""
    found = find_gaps(history, since=date(2026, 1, 1), until=TODAY, calendar=CALENDAR)

    assert not any(gap.first <= day <= gap.last for gap in found for day in history)


def test_gaps_are_named_by_their_days():
    """A gap in a daily source is found and written as the office writes it."""
    days = [
        day
        for day in workdays(TODAY, 55)
        if not date(2026, 9, 1) <= day <= date(2026, 9, 4)
    ]

    found = find_gaps(days, since=date(2026, 7, 1), until=TODAY, calendar=CALENDAR)

    assert [gap.words for gap in found] == ["9月1—4日 无稿"]
    assert Gap(date(2026, 4, 30), date(2026, 5, 3)).words == "4月30日—5月3日 无稿"
    assert Gap(date(2026, 5, 2), date(2026, 5, 2)).words == "5月2日 无稿"


def test_an_article_is_measured():
    """Lengths, the share of Chinese, and how old it was when it was first seen."""
    article = Article(
        "http://a.example.cn/1", "标题四字", None, Body((Paragraph((Run("中文ab"),)),))
    )

    assert measure(article, TODAY) == Reading(4, 4, 0.5, None)


def test_values_out_of_shape_are_named():
    """What a changed layout spoils is told; what is as before is not."""
    before = [Reading(20 + n % 3, 600 + n, 0.8, 1) for n in range(12)]
    menus = [Reading(90, 30, 0.2, None)] * 3
    old = [Reading(21, 600, 0.8, 200)] * 3

    assert out_of_shape(before, before[:4]) == ""
    assert out_of_shape(before[:5], menus) == ""
    assert out_of_shape(before, menus) == (
        "标题长短不对、正文明显变短、中文明显变少、日期认不出了"
    )
    assert out_of_shape(before, old) == "日期都是旧的"


def test_failures_rest_and_are_tried_again():
    """A source that fails for long is asked in every third run, never dropped."""
    rested = [is_resting([BLOCKED] * count) for count in range(10)]

    assert rested == [False] * 5 + [True, False, True, True, False]
    assert not is_resting([DOWN] * 14)
    assert is_resting([DOWN] * 16)
    assert not is_resting([GOOD, *[BLOCKED] * 20])
    assert failures_in_a_row([DOWN, DOWN, GOOD, DOWN]) == 2
