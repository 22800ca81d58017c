"""What the store hands out beside the newsroom's own objects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from newsroom.article import Article
from newsroom.report import RunReport
from newsroom.source import SourceState
from newsroom.story import StoryState
from newsroom.submission import SubmissionState


class Change(Enum):
    """What saving an article meant."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a fetched page lies, and what to send when asking again.

    ``url`` is the address as asked for, ``warc`` the name that ``keep_warc`` gave,
    ``offset`` the place of the record in that file.
    """

    url: str
    fetched_at: datetime
    warc: str = ""
    offset: int = 0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a fetched page said, on its way into the store."""

    article: Article
    canonical: str
    page: PageRef


@dataclass(frozen=True, slots=True)
class KnownUrl:
    """An address whose article we have: for conditional requests and for skipping."""

    url: str
    etag: str | None
    last_modified: str | None
    published: datetime | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """What became of a saved article; ``story_id`` None until it has a story."""

    id: int
    change: Change
    story_id: int | None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as kept: the newest reading, when it was first and last seen."""

    id: int
    source_id: str
    article: Article
    canonical: str
    first_seen: datetime
    last_seen: datetime
    story_id: int | None


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """What an article said before it was changed."""

    article: Article
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class StoryChange:
    """One step in a story's history."""

    before: StoryState
    after: StoryState
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SubmissionStep:
    """One step of a submission: who moved it, when, from where to where, why."""

    before: SubmissionState | None
    after: SubmissionState
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run; ``report`` is None while it goes on or when it was cut short."""

    id: int
    day: date
    started_at: datetime
    report: RunReport | None


@dataclass(frozen=True, slots=True)
class SourceRun:
    """How one source fared in one run; ``last_good`` as known at the end of it."""

    run_id: int
    day: date
    started_at: datetime
    state: SourceState
    listed: int
    new: int
    failed: int
    last_good: datetime | None


@dataclass(frozen=True, slots=True)
class KeptWarc:
    """A file of raw pages and the source it came from."""

    source_id: str
    path: Path
