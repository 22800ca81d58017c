"""What a story of our own earns its units when our own pages take it (domain: 6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from newsroom.story import StoryKind

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """The office's figures: points of 本站采用, factors by kind, caps and shares.

    ``year_ends`` is the month and day with which the year of assessment ends.
    """

    each: float = 2.0
    factors: Mapping[StoryKind, float] = field(default_factory=dict)
    month_cap: float = 12.0
    first_share: float = 0.6
    year_ends: tuple[int, int] = (11, 30)


@dataclass(frozen=True, slots=True)
class Taken:
    """A story of a unit that was taken: when, of which kind, shared with how many.

    ``place`` is the unit's among those that share, 0 for the first; ``sharing`` is 1
    for a story of one unit alone.
    """

    day: date
    kind: StoryKind
    place: int = 0
    sharing: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """What our own pages earned a unit: the month's count, the year's points."""

    month_count: int
    total: float


def points_of(taken: Taken, rules: OwnPoints) -> float:
    """The points of one unit for one story, with one decimal; shares add up.

    The first unit has its share, the others divide the rest; what rounding leaves
    over is the last one's.
    """
    whole = _round(Decimal(str(rules.each)) * _factor(taken.kind, rules))
    if taken.sharing <= 1:
        return float(whole)
    first = _round(whole * Decimal(str(rules.first_share)))
    if taken.place == 0:
        return float(first)
    others = taken.sharing - 1
    each = ((whole - first) / others).quantize(_TENTH, rounding="ROUND_DOWN")
    if taken.place == others:
        return float(whole - first - each * (others - 1))
    return float(each)


def standing(taken: Iterable[Taken], rules: OwnPoints, *, today: date) -> Standing:
    """The unit's month and its year of assessment up to today, the month capped."""
    since = year_start(today, rules)
    months: dict[tuple[int, int], Decimal] = {}
    count = 0
    for one in taken:
        if not since <= one.day <= today:
            continue
        month = one.day.year, one.day.month
        count += month == (today.year, today.month)
        earned = months.get(month, Decimal()) + Decimal(str(points_of(one, rules)))
        months[month] = min(earned, Decimal(str(rules.month_cap)))
    return Standing(count, float(sum(months.values(), Decimal())))


def year_start(today: date, rules: OwnPoints) -> date:
    """The first day of the year of assessment in which today lies."""
    month, day = rules.year_ends
    last = date(today.year, month, day)
    ended = last if today > last else date(today.year - 1, month, day)
    return date.fromordinal(ended.toordinal() + 1)


def _factor(kind: StoryKind, rules: OwnPoints) -> Decimal:
    return Decimal(str(rules.factors.get(kind, 1.0)))


def _round(points: Decimal) -> Decimal:
    return points.quantize(_TENTH, rounding=ROUND_HALF_UP)
