"""The office's rules as values: scoring, choosing, checks, calendar.

The settings files fill them (``config/*.toml``); the functions of this package judge
by them. No figure here is a default: defaults stand in the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from newsroom.points import OwnPoints
from newsroom.reminder import Reminder
from newsroom.story import FindingLevel, StoryKind
from newsroom.taxonomy import Level, Topic, UnitRules


@dataclass(frozen=True, slots=True)
class PartRule:
    """A part of the highlight score: most points, rule in words, printed reason."""

    max: float
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """Points taken (negative) and when, in words."""

    points: float
    when: str


@dataclass(frozen=True, slots=True)
class HighlightRules:
    """How 基层亮点 are scored and chosen (domain: 5.2)."""

    parts: dict[str, PartRule]
    penalties: dict[str, PenaltyRule]
    neutral_kinds: frozenset[StoryKind]
    neutral_people: float
    neutral_photo: float
    top: int
    floor: float
    per_unit_per_day: int
    per_topic_per_day: int
    fair_days: int
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewsRules:
    """How 要闻 and the lesser columns are filled (domain: 4.3, 7.1).

    ``freshness`` is the factor by working days of age (0 = since the last edition);
    beyond its end a story is out.
    """

    freshness: tuple[float, ...]
    county_factor: float
    city_factor: float
    per_source: int
    per_topic: int
    top: int
    rights_top: int
    elsewhere_top: int
    thin_day: int
    rights_topics: frozenset[str]
    first_run_days: int
    first_run_articles: int
    elsewhere_tiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A wrong word, its right form ('' = none), its level, and covering exceptions."""

    wrong: str
    right: str
    level: FindingLevel
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongPattern:
    """A wrong word that only its surroundings betray: the match is what to replace."""

    pattern: re.Pattern[str]
    right: str
    level: FindingLevel


@dataclass(frozen=True, slots=True)
class PersonalRule:
    """A pattern or words that betray personal data (domain: 8.1 [pii])."""

    id: str
    level: FindingLevel
    regex: re.Pattern[str] | None = None
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    check: str | None = None
    skip_if_followed_by: re.Pattern[str] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader as the office lists them; the shipped list is empty (domain: 8.2)."""

    name: str
    title: str
    since: date
    until: date | None
    order: int
    short: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportantRule:
    """What makes a story important: a word for it, and how it is written."""

    id: str
    why: str
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Everything the proof-reader knows (domain: section 8)."""

    wrong_words: tuple[WrongWord, ...]
    claims: tuple[str, ...]
    claims_unless: dict[str, tuple[str, ...]]
    cliches: tuple[str, ...]
    chair_decides: tuple[str, ...]
    placeholders: tuple[re.Pattern[str], ...]
    half_width: re.Pattern[str]
    unbalanced: tuple[str, ...]
    dots: re.Pattern[str]
    comma_before_predicate: re.Pattern[str]
    quote_in_title: re.Pattern[str]
    personal: tuple[PersonalRule, ...]
    public_phones: frozenset[str]
    leaders: tuple[Leader, ...] = ()
    repeat: re.Pattern[str] | None = None
    doubled: re.Pattern[str] | None = None
    wrong_patterns: tuple[WrongPattern, ...] = ()
    claim_patterns: tuple[re.Pattern[str], ...] = ()
    important: tuple[ImportantRule, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's public holidays and 调休 working days (State Council)."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The yearly tables; a year without one counts weekdays as working days."""

    years: tuple[CalendarYear, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletRule:
    """An outlet level of the ledger: its media names recognise 上级采用."""

    level: Level
    name: str
    points: float
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one office, as one value to hand around."""

    units: UnitRules
    topics: tuple[Topic, ...]
    highlight: HighlightRules
    news: NewsRules
    checks: CheckRules
    calendar: Calendar
    reminders: tuple[Reminder, ...] = ()
    outlets: tuple[OutletRule, ...] = ()
    own_points: OwnPoints = field(default_factory=OwnPoints)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic of this id, None for ``qita`` and unknown ones."""
        return next((t for t in self.topics if t.id == topic_id), None)
