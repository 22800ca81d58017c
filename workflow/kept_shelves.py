"""The store as the builder asks of it: digests, outlines, and whole values last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from newsroom.edition import Edition
from newsroom.outline import EditionOutline, StoryOutline, edition_outline
from newsroom.story import Story

if TYPE_CHECKING:
    from story_store.store import Store


class KeptStories:
    """Every story of the store; the builder leaves out what a tree must not show."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def digests(self) -> Mapping[int, str]:
        """The digest of each story."""
        return self._store.story_digests()

    def outlines(self, ids: Collection[int]) -> Iterable[StoryOutline]:
        """The outlines of these stories."""
        return self._store.story_outlines(tuple(ids))

    def stories(self, ids: Collection[int]) -> Iterable[Story]:
        """These stories in full."""
        return self._store.stories(ids=tuple(ids))


class KeptEditions:
    """The current edition of every day."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._digests: dict[str, str] = {}

    def digests(self) -> Mapping[str, str]:
        """The digest of each day's edition."""
        told = self._store.edition_digests()
        self._digests = {day.isoformat(): digest for day, digest in told.items()}
        return self._digests

    def outlines(self, days: Collection[str]) -> Iterable[EditionOutline]:
        """The outlines of these days' editions, read one at a time."""
        digests = self._digests or self.digests()
        for edition in self.editions(days):
            yield edition_outline(edition, digests[edition.day.isoformat()])

    def editions(self, days: Collection[str]) -> Iterable[Edition]:
        """These days' editions in full."""
        return self._store.editions_of([date.fromisoformat(day) for day in days])
