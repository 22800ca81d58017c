"""The run report: what one run did, lost, chose and built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from newsroom.source import Loss, SourceReport

ALARM_MARK = "🔴 告警："
"""How a note begins that the office must see at once, on its front page."""


@dataclass(frozen=True, slots=True)
class TagDoubt:
    """A tag that the machine is unsure of, shown with a question mark."""

    story_id: int
    headline: str
    tag: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A reprint that was put to its story, and why they are the same news."""

    story_id: int
    headline: str
    source_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A story or excerpt that was held back, and why."""

    story_id: int | None
    headline: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one morning run did.

    ``exit_code`` follows reliability.md C7: 0 all good, 10 done with losses, 30 the
    build failed, 40 publishing failed.
    """

    day: date
    started_at: datetime
    ended_at: datetime
    sources: tuple[SourceReport, ...]
    submissions_received: int = 0
    submissions_waiting: int = 0
    losses: tuple[Loss, ...] = ()
    merges: tuple[Merge, ...] = ()
    doubts: tuple[TagDoubt, ...] = ()
    holds: tuple[Hold, ...] = ()
    notes: tuple[str, ...] = ()
    files_written: int = 0
    files_unchanged: int = 0
    files_removed: int = 0
    exit_code: int = 0
