"""Whether a source fares as it used to: its rhythm, its gaps, the shape of its values.

All is learned from the source's own history. A source that is known too little is
judged by nobody: better no alarm than a false one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from newsroom.article import Article
from newsroom.calendars import is_working_day
from newsroom.rules import Calendar
from newsroom.source import SourceState

LEARN_DAYS = 60
_LEAST_DAYS = 14
_LEAST_ARTICLES = 8
# A Poisson count of 4.6 expected is 0 once in a hundred times.
_SURPRISE = 4.6
_BEYOND_LONGEST = 1.5
_LEAST_SILENCE = 2
_LEAST_SHAPES = 10
_LEAST_NEW = 3
_SHRUNK = 5
_GROWN = 2.5
_FEWER_CHINESE = 0.3
_STALE_DAYS = 30
_DATED = 0.9
_HALF = 0.5
_SOFT, _HARD = 1, 3
_REST_FROM = 15
_RETRY_EVERY = 3
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WEIGHTS = {
    SourceState.DOWN: _SOFT,
    SourceState.BLOCKED: _HARD,
    SourceState.CERTIFICATE: _HARD,
    SourceState.MOVED: _HARD,
    SourceState.CHANGED: _HARD,
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a source publishes.

    Attributes:
        working: articles on a working day, on average.
        free: articles on a day off.
        longest: its longest quiet stretch, in articles that were to be expected.
    """

    working: float
    free: float
    longest: float

    @property
    def words(self) -> str:
        """E.g. 「平日每天2.1篇」, by the week where it is rare."""
        if self.working >= 1:
            return f"平日每天{self.working:.1f}篇"
        return f"平日每周{self.working * 5:.1f}篇"


@dataclass(frozen=True, slots=True)
class Silence:
    """A source that has been quiet for longer than its rhythm explains."""

    days: int
    rhythm: Rhythm

    @property
    def words(self) -> str:
        """E.g. 「3天无新稿（平日每天2.1篇）」."""
        return f"{self.days}天无新稿（{self.rhythm.words}）"


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without a story where some were to be expected, first and last included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """E.g. 「5月2—5日 无稿」."""
        first, last = self.first, self.last
        if first == last:
            return f"{first.month}月{first.day}日 无稿"
        end = f"{last.day}日" if last.month == first.month else ""
        end = end or f"{last.month}月{last.day}日"
        start = f"{first.month}月{first.day}"
        start += "" if last.month == first.month else "日"
        return f"{start}—{end} 无稿"


def expected_per_day(
    history: Iterable[date], *, until: date, calendar: Calendar
) -> Rhythm | None:
    """The rhythm of the days on which articles were published, before ``until``.

    None where the source is known for less than two weeks or eight articles.
    """
    oldest = until - timedelta(days=LEARN_DAYS)
    counts = Counter(day for day in history if oldest <= day < until)
    if not counts or counts.total() < _LEAST_ARTICLES:
        return None
    # the quiet days since the last article are what is to be judged, not the rule
    days = list(_days(min(counts), max(counts)))
    if len(days) < _LEAST_DAYS:
        return None
    working = [day for day in days if is_working_day(day, calendar)]
    free = [day for day in days if day not in set(working)]
    rhythm = Rhythm(_mean(counts, working), _mean(counts, free), 0.0)
    stretches = _quiet(days, counts)
    longest = max((_expected(rhythm, one, calendar) for one in stretches), default=0.0)
    return Rhythm(rhythm.working, rhythm.free, longest)


def silence(
    rhythm: Rhythm | None, last: date | None, *, today: date, calendar: Calendar
) -> Silence | None:
    """The silence since the day of the last article, None when it is nothing unusual.

    ``today`` is not counted: the morning has just begun.
    """
    if rhythm is None or last is None:
        return None
    days = list(_days(last + timedelta(days=1), today - timedelta(days=1)))
    missed = _expected(rhythm, days, calendar)
    unusual = missed >= max(_SURPRISE, _BEYOND_LONGEST * rhythm.longest)
    return (
        Silence(len(days), rhythm) if unusual and len(days) >= _LEAST_SILENCE else None
    )


def find_gaps(
    history: Iterable[date], *, since: date, until: date, calendar: Calendar
) -> tuple[Gap, ...]:
    """The gaps of a source between two days (``until`` excluded), oldest first."""
    known = list(history)
    counts = Counter(known)
    rhythm = expected_per_day(known, until=until, calendar=calendar)
    if rhythm is None:
        return ()
    days = list(_days(max(since, min(counts)), until - timedelta(days=1)))
    return tuple(
        _gap(rhythm, stretch, calendar)
        for stretch in _quiet(days, counts)
        if _expected(rhythm, stretch, calendar) >= _SURPRISE
    )


def _gap(rhythm: Rhythm, stretch: Sequence[date], calendar: Calendar) -> Gap:
    """The stretch without the weekend on which nothing was to be expected anyway."""
    missed = [
        day
        for day in stretch
        if _expected(rhythm, [day], calendar) * 4 >= rhythm.working
    ]
    return Gap(missed[0], missed[-1]) if missed else Gap(stretch[0], stretch[-1])


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's measures: what a changed layout would change first."""

    title: int
    body: int
    chinese: float
    age: int | None


def measure(article: Article, seen: date) -> Reading:
    """The measures of an article that was first seen on a day."""
    text = article.body.text
    words = len(text) or 1
    age = (seen - article.day).days if article.day else None
    share = len(_CHINESE.findall(text)) / words
    return Reading(len(article.headline), len(text), share, age)


def out_of_shape(before: Sequence[Reading], new: Sequence[Reading]) -> str:
    """What is odd about new articles beside earlier ones; empty when nothing is."""
    if len(before) < _LEAST_SHAPES or len(new) < _LEAST_NEW:
        return ""
    return "、".join(_oddities(before, new))


def _oddities(before: Sequence[Reading], new: Sequence[Reading]) -> Iterator[str]:
    titles = sorted(one.title for one in before)
    title = median(one.title for one in new)
    if title > _GROWN * _high(titles) or title * _SHRUNK < _low(titles):
        yield "标题长短不对"
    if median(one.body for one in new) * _SHRUNK < _low(sorted(b.body for b in before)):
        yield "正文明显变短"
    shares = sorted(one.chinese for one in before)
    if median(one.chinese for one in new) < _low(shares) - _FEWER_CHINESE:
        yield "中文明显变少"
    if _dated(before) >= _DATED and _dated(new) < _HALF:
        yield "日期认不出了"
    ages = sorted(one.age for one in before if one.age is not None)
    fresh = [one.age for one in new if one.age is not None]
    if ages and fresh and median(fresh) > _high(ages) + _STALE_DAYS:
        yield "日期都是旧的"


def failures_in_a_row(states: Sequence[SourceState]) -> int:
    """How many of the last runs failed one after another; the newest state first."""
    for count, state in enumerate(states):
        if state not in _WEIGHTS:
            return count
    return len(states)


def is_resting(states: Sequence[SourceState]) -> bool:
    """Whether a source that fails for long is left alone in this run.

    Soft failures weigh one, hard ones three; from fifteen on the source is asked in
    every third run only. It is never dropped, and one success ends the rest.
    """
    row = states[: failures_in_a_row(states)]
    weight = sum(_WEIGHTS[state] for state in row)
    return weight >= _REST_FROM and len(row) % _RETRY_EVERY != 0


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _mean(counts: Counter[date], days: Sequence[date]) -> float:
    return sum(counts[day] for day in days) / len(days) if days else 0.0


def _expected(rhythm: Rhythm, days: Iterable[date], calendar: Calendar) -> float:
    return sum(
        rhythm.working if is_working_day(day, calendar) else rhythm.free for day in days
    )


def _quiet(days: Iterable[date], counts: Counter[date]) -> Iterator[list[date]]:
    """The stretches of days without an article."""
    stretch: list[date] = []
    for day in days:
        if not counts[day]:
            stretch.append(day)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _low(values: Sequence[float]) -> float:
    return values[len(values) // 10]


def _high(values: Sequence[float]) -> float:
    return values[-1 - len(values) // 10]


def _dated(readings: Sequence[Reading]) -> float:
    return sum(one.age is not None for one in readings) / len(readings)
