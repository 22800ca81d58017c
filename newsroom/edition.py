"""The Edition: the ordered stories of one day, fixed once issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from newsroom.taxonomy import Level


class Column(Enum):
    """The columns of the digest, in order."""

    HIGHLIGHTS = "基层亮点"
    NEWS = "要闻"
    RIGHTS = "维权服务"
    ELSEWHERE = "他山之石"


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: key, points, the most it can give, printed reason."""

    key: str
    points: float
    most: float
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score that explains itself; ``total`` is the sum of its parts."""

    parts: tuple[ScorePart, ...]

    @property
    def total(self) -> float:
        """The sum of the parts, rounded to one decimal."""
        return round(sum(part.points for part in self.parts), 1)

    @property
    def line(self) -> str:
        """E.g. ``87分：时效+12 数据10个+10 …``."""
        return f"{self.total:g}分：" + " ".join(
            p.reason for p in self.parts if p.reason
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One story as the edition shows it: frozen words, and why it is here.

    Attributes:
        story_id: the story behind it.
        headline, abstract: as shown on that day.
        kicker: the town's name or the source's word for readers.
        source_name: the source as a word; ``source_level`` its level.
        published: shown date, None when unknown.
        unit_id, topic_id: for links.
        picture: file in the picture store or None.
        label: the plain public label (新做法, 惠及职工多, 上级媒体采用) or None.
        reasons: why it was chosen, Chinese sentences, internal only.
        score: internal only.
        reprints: how many other places carried it.
        follow_up: it continues news of an earlier edition (续).
        own: its full text may be public.
    """

    story_id: int
    headline: str
    abstract: str
    kicker: str
    source_name: str
    source_level: Level
    published: datetime | None
    unit_id: str | None
    topic_id: str
    picture: str | None = None
    picture_caption: str | None = None
    label: str | None = None
    reasons: tuple[str, ...] = ()
    score: Score | None = None
    reprints: int = 0
    follow_up: bool = False
    own: bool = False
    correspondent: str | None = None
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A story that the edition does not carry, and why (internal only)."""

    story_id: int
    headline: str
    column: Column | None
    reason: str
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit's month to date on the data board."""

    unit_id: str
    name: str
    received: int
    adopted: int
    shown: int
    silent_days: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """数据看板: counts of the month to date; ``silent`` units are internal only."""

    since: date
    until: date
    stories: int
    received: int
    adopted: int
    rows: tuple[BoardRow, ...]
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """Who let an edition into the public tree; two different people."""

    edited_by: str
    signed_by: str
    released_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The stories of one day, ordered by column.

    ``number`` counts within the year, ``total`` for ever; ``covers_from`` is the
    first day whose news it carries (the day after the last edition). ``lead`` is
    今日导读, at most 60 characters. ``week`` holds entries of the last days that a
    thin day shows as 本周回顾.
    """

    day: date
    number: int
    total: int
    covers_from: date
    issued_at: datetime
    lead: str
    columns: tuple[tuple[Column, tuple[Entry, ...]], ...]
    board: Board
    reminders: tuple[str, ...] = ()
    week: tuple[Entry, ...] = ()
    passed: tuple[Passed, ...] = ()
    sources_total: int = 0
    sources_normal: int = 0
    source_line: str = ""
    edited: bool = False
    release: Release | None = None

    @property
    def was_edited(self) -> bool:
        """Whether a person answers for it: an editor at the desk, or by a signature."""
        return self.edited or self.release is not None

    def entries(self, column: Column) -> tuple[Entry, ...]:
        """The entries of one column, empty when the day has none."""
        return dict(self.columns).get(column, ())

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the page."""
        return tuple(e for _, entries in self.columns for e in entries)
