"""The Story: our editorial unit, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from newsroom.article import Attachment
from newsroom.body import Body
from newsroom.taxonomy import Level, Tag


class StoryState(Enum):
    """What became of a story; nothing accepted is ever deleted."""

    INGESTED = "ingested"
    SELECTED = "selected"
    PUBLISHED = "published"
    HELD = "held"
    SPIKED = "spiked"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class StoryKind(Enum):
    """The kinds of writing that an office tells apart."""

    NEWS = "动态"
    BRIEF = "简讯"
    PROFILE = "人物"
    EXPERIENCE = "经验"
    CASE = "案例"
    RESEARCH = "调研"
    INTERNAL = "内部情况"


class FindingLevel(Enum):
    """How grave a check's finding is."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: where (character offsets), why, and the mend."""

    rule: str
    level: FindingLevel
    text: str
    start: int
    end: int
    why: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class RetoldSentence:
    """A sentence of ours and what it became; None where it was cut, or is new."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Retold:
    """What a publication made of our text.

    Attributes:
        length, length_before: characters of its text and of ours, without blanks.
        cut, reworded, added: counts of sentences.
        sentences: the changed ones, as many as are kept; for the office alone.
    """

    length: int
    length_before: int
    cut: int
    reworded: int
    added: int
    sentences: tuple[RetoldSentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """One publication of the same news: the first, or a reprint.

    ``retold`` is None where its text is not known, or nothing it could be held against.
    """

    source_id: str
    source_name: str
    level: Level
    url: str
    headline: str
    first_seen: datetime
    published: datetime | None = None
    source_line: str | None = None
    is_first: bool = False
    retold: Retold | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One or more articles of the same news and/or one submission.

    Attributes:
        id: number in the store, stable for ever.
        headline: shown whole, letter for letter as its first publication.
        state: where it stands.
        body: the full text.
        first_seen: when we first had it.
        published: shown date of first publication; None when unknown (then it is
            never silently today's).
        event_day: the day of the event, where a submission or the text says it.
        abstract: at most 120 characters in the article's own sentences.
        excerpt: what the public tree may show of a story of others: the abstract,
            or empty when a check or the source forbids it.
        own: reviewed submission or source of our own: full text may be public.
        units, topics: best first; topics[0] is the primary one.
        appearances: first publication first.
        submission_number: e.g. ``报0718-AFS-01``; None for crawled news.
        held_reason: why it is held, in Chinese; None otherwise.
        digest: hash of all that pages can show.
        dead_links: addresses outside that no longer lead to what they named; pages
            show their words without the link.
    """

    id: int
    headline: str
    state: StoryState
    body: Body
    first_seen: datetime
    published: datetime | None = None
    has_time: bool = False
    event_day: date | None = None
    abstract: str = ""
    excerpt: str = ""
    own: bool = False
    kind: StoryKind = StoryKind.NEWS
    source_line: str | None = None
    byline: str | None = None
    reviewer: str | None = None
    units: tuple[Tag, ...] = ()
    topics: tuple[Tag, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    submission_number: str | None = None
    findings: tuple[Finding, ...] = ()
    held_reason: str | None = None
    digest: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)
    dead_links: tuple[str, ...] = ()

    @property
    def first(self) -> Appearance | None:
        """The first publication elsewhere, None for a submission never printed."""
        return self.appearances[0] if self.appearances else None

    @property
    def reprints(self) -> tuple[Appearance, ...]:
        """The later publications."""
        return self.appearances[1:]

    @property
    def unit_id(self) -> str | None:
        """The unit it is credited to, None when it speaks of no unit of ours."""
        return self.units[0].id if self.units else None

    @property
    def topic_id(self) -> str:
        """The primary topic; ``qita`` when none."""
        return self.topics[0].id if self.topics else "qita"

    @property
    def is_submission(self) -> bool:
        """Whether a correspondent handed it in."""
        return self.submission_number is not None
