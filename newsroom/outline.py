"""A story or an edition in outline: what lists and links need, without its text.

Outlines are flat tuples of plain values, so that fifty thousand of them are read,
kept and compared at little cost.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from newsroom.article import CHINA
from newsroom.edition import Edition
from newsroom.story import Story


class StoryOutline(NamedTuple):
    """A story without its words.

    Attributes:
        id: its number in the store.
        digest: changes with anything that a page could show of it.
        headline: letter for letter.
        state: the value of its ``StoryState``.
        kind: the value of its ``StoryKind``.
        own: its full text may be public.
        is_submission: a correspondent handed it in.
        year: of the day in China on which we first had it.
        seen: when we first had it, seconds since 1970.
        published: the shown date in the same way, None when unknown.
        units, topics: id and whether it is doubtful, best first.
        sources: id and name of each appearance, the first first.
        levels: the value of the ``Level`` of each appearance.
    """

    id: int
    digest: str
    headline: str
    state: str
    kind: str
    own: bool
    is_submission: bool
    year: int
    seen: float
    published: float | None
    units: tuple[tuple[str, bool], ...]
    topics: tuple[tuple[str, bool], ...]
    sources: tuple[tuple[str, str], ...]
    levels: tuple[str, ...]


class EditionOutline(NamedTuple):
    """An edition without its words.

    Attributes:
        iso: its day, e.g. ``2026-09-21``.
        digest: changes with anything that a page could show of it.
        number, total: as in ``Edition``.
        released: whether two people signed it.
        columns: the value of each ``Column`` and the stories that it carries.
        week: the stories of 本周回顾.
        passed: the stories that it names without carrying them.
    """

    iso: str
    digest: str
    number: int
    total: int
    released: bool
    columns: tuple[tuple[str, tuple[int, ...]], ...]
    week: tuple[int, ...]
    passed: tuple[int, ...]

    @property
    def day(self) -> date:
        """Its day."""
        return date.fromisoformat(self.iso)

    @property
    def carried(self) -> tuple[int, ...]:
        """The stories of its columns, in the order of the page."""
        return tuple(i for _, ids in self.columns for i in ids)


def story_outline(story: Story, digest: str) -> StoryOutline:
    """The outline of a story."""
    return StoryOutline(
        story.id,
        digest,
        story.headline,
        story.state.value,
        story.kind.value,
        story.own,
        story.is_submission,
        story.first_seen.astimezone(CHINA).year,
        story.first_seen.timestamp(),
        story.published.timestamp() if story.published else None,
        tuple((tag.id, tag.doubtful) for tag in story.units),
        tuple((tag.id, tag.doubtful) for tag in story.topics),
        tuple((a.source_id, a.source_name) for a in story.appearances),
        tuple(a.level.value for a in story.appearances),
    )


def edition_outline(edition: Edition, digest: str) -> EditionOutline:
    """The outline of an edition."""
    return EditionOutline(
        edition.day.isoformat(),
        digest,
        edition.number,
        edition.total,
        edition.release is not None,
        tuple((c.value, tuple(e.story_id for e in es)) for c, es in edition.columns),
        tuple(entry.story_id for entry in edition.week),
        tuple(passed.story_id for passed in edition.passed),
    )


def day_seconds(day: date) -> float:
    """The beginning of a day in China, seconds since 1970."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp()
