"""Where the builder takes stories and editions from: outlines first, the rest later.

A build asks for the digests that changed since the last one, or for all, for the
outlines of what is new to it, and for whole values only where a page will be made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from newsroom.edition import Edition
from newsroom.outline import (
    EditionOutline,
    StoryOutline,
    edition_outline,
    story_outline,
)
from newsroom.story import Story


class StoryShelf(Protocol):
    """All stories that pages may show."""

    def digests(self) -> Mapping[int, str]:
        """By id, what changes with anything that a page could show of the story."""

    def changes(self, place: str) -> tuple[str, Mapping[int, str | None] | None]:
        """Where the log of changes ends, and what changed since a place of it.

        By id the digests of the stories that changed, None of one that is gone; None
        altogether where it cannot be told, then all digests are asked for.
        """

    def outlines(self, ids: Collection[int]) -> Iterable[StoryOutline]:
        """The outlines of these stories."""

    def stories(self, ids: Collection[int]) -> Iterable[Story]:
        """These stories in full."""


class EditionShelf(Protocol):
    """All editions; a day is an ISO date."""

    def digests(self) -> Mapping[str, str]:
        """By day, what changes with anything that a page could show of the edition."""

    def outlines(self, days: Collection[str]) -> Iterable[EditionOutline]:
        """The outlines of these days' editions."""

    def editions(self, days: Collection[str]) -> Iterable[Edition]:
        """These days' editions in full."""


class StoriesInHand:
    """A shelf of stories that are all there already."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._stories = {story.id: story for story in stories}

    def digests(self) -> dict[int, str]:
        """By id, the hash of the story."""
        return {story_id: _digest(s) for story_id, s in self._stories.items()}

    def changes(self, place: str) -> tuple[str, None]:  # noqa: ARG002 - nobody logs them
        """No place, and nothing that could be told."""
        return "", None

    def outlines(self, ids: Collection[int]) -> list[StoryOutline]:
        """The outlines of these stories."""
        return [story_outline(s, _digest(s)) for s in self.stories(ids)]

    def stories(self, ids: Collection[int]) -> list[Story]:
        """These stories."""
        return [self._stories[story_id] for story_id in ids]


class EditionsInHand:
    """A shelf of editions that are all there already; the first of a day counts."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._editions = {e.day.isoformat(): e for e in reversed(editions)}

    def digests(self) -> dict[str, str]:
        """By day, the hash of the edition."""
        return {day: _digest(e) for day, e in self._editions.items()}

    def outlines(self, days: Collection[str]) -> list[EditionOutline]:
        """The outlines of these editions."""
        return [edition_outline(e, _digest(e)) for e in self.editions(days)]

    def editions(self, days: Collection[str]) -> list[Edition]:
        """These editions."""
        return [self._editions[day] for day in days]


def story_shelf(stories: StoryShelf | tuple[Story, ...]) -> StoryShelf:
    """The shelf of what was given as one, or as the stories themselves."""
    return StoriesInHand(stories) if isinstance(stories, tuple) else stories


def edition_shelf(editions: EditionShelf | tuple[Edition, ...]) -> EditionShelf:
    """The shelf of what was given as one, or as the editions themselves."""
    return EditionsInHand(editions) if isinstance(editions, tuple) else editions


def _digest(value: Story | Edition) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
