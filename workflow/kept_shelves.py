"""The store as the builder asks of it: digests, outlines, and whole values last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from newsroom.edition import Edition
from newsroom.outline import EditionOutline, StoryOutline
from newsroom.report import RunReport
from newsroom.story import Story


class PagesKept(Protocol):
    """What builds ask of a store: of ``Store``, or of one that is only read."""

    def revision(self) -> int:
        """A number that grows with every write that pages could show."""

    def latest_report(self) -> RunReport | None:
        """The report of the last run that ended."""

    def has_released(self) -> bool:
        """Whether any day was let into the public tree."""

    def story_digests(self) -> Mapping[int, str]:
        """The digest of each story."""

    def story_changes(self, place: str) -> tuple[str, Mapping[int, str | None] | None]:
        """What changed since a place of the log of stories."""

    def story_outlines(self, ids: Sequence[int]) -> Iterable[StoryOutline]:
        """The outlines of these stories."""

    def stories(self, *, ids: Sequence[int]) -> Iterable[Story]:
        """These stories in full."""

    def edition_digests(self) -> Mapping[date, str]:
        """The digest of each day's edition."""

    def edition_outlines(self, days: Sequence[date]) -> Iterable[EditionOutline]:
        """The outlines of these days' editions, one at a time."""

    def editions_of(self, days: Sequence[date]) -> Iterable[Edition]:
        """These days' editions in full."""


class KeptStories:
    """Every story of the store; the builder leaves out what a tree must not show."""

    def __init__(self, store: PagesKept) -> None:
        self._store = store

    def digests(self) -> Mapping[int, str]:
        """The digest of each story."""
        return self._store.story_digests()

    def changes(self, place: str) -> tuple[str, Mapping[int, str | None] | None]:
        """What changed since a place of the store's log."""
        return self._store.story_changes(place)

    def outlines(self, ids: Collection[int]) -> Iterable[StoryOutline]:
        """The outlines of these stories."""
        return self._store.story_outlines(tuple(ids))

    def stories(self, ids: Collection[int]) -> Iterable[Story]:
        """These stories in full."""
        return self._store.stories(ids=tuple(ids))


class KeptEditions:
    """The current edition of every day."""

    def __init__(self, store: PagesKept) -> None:
        self._store = store

    def digests(self) -> Mapping[str, str]:
        """The digest of each day's edition."""
        told = self._store.edition_digests()
        return {day.isoformat(): digest for day, digest in told.items()}

    def outlines(self, days: Collection[str]) -> Iterable[EditionOutline]:
        """The outlines of these days' editions, read one at a time."""
        return self._store.edition_outlines([date.fromisoformat(day) for day in days])

    def editions(self, days: Collection[str]) -> Iterable[Edition]:
        """These days' editions in full."""
        return self._store.editions_of([date.fromisoformat(day) for day in days])
