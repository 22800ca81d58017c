"""What the base of the search holds and what the delta: pure, from outlines.

The base is a snapshot of all stories, written anew when a month begins. What is new or
changed since stands in the delta; what the base holds in an old form is dead there.
So a changed story rewrites the delta and one block of text, never the base.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from site_builder.ground import digest
from site_builder.search.documents import Document, Snapshot, days_of

SCHEMA = 2
DELTA_BLOCK = 8  # stories whose text is read at once
LEAST_BLOCK, MOST_BLOCK = 4, 32
LEAST_SHARDS, MOST_SHARDS = 8, 4096
A_FILE = 22_000  # bytes that a file of the base should have
A_TERM = 3.5  # bytes that a term of a story takes, lists and names together
SAMPLE = 200
DELTA_SHARDS = 8
MOST_DELTA = 400  # beyond it the base is written anew before the month ends
MOST_DEAD = 0.2
_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Base:
    """A snapshot of all stories, oldest first: their places are their numbers.

    Attributes:
        name: stands in addresses; another snapshot has another.
        ground: what its files were made from beside the stories.
        documents: the stories.
        days: how many of them each day has, as the head of the search tells it.
        shards: how many files hold its terms.
        block: how many stories have their text in one file.
        common: terms that many of them hold.
        filters: towns, topics and sources that they have: each is a file.
    """

    name: str
    ground: str
    documents: Snapshot
    days: str = ""
    shards: int = LEAST_SHARDS
    block: int = LEAST_BLOCK
    common: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The base, what of it is dead, and the delta.

    Attributes:
        dead: numbers of the base.
        delta: stories that the base lacks, oldest first.
        fresh: the base is a new one.
    """

    base: Base
    dead: frozenset[int] = frozenset()
    delta: tuple[Document, ...] = ()
    fresh: bool = False

    @property
    def delta_shards(self) -> int:
        """How many files hold the terms of the delta."""
        return min(DELTA_SHARDS, len(self.delta))

    @cached_property
    def delta_name(self) -> str:
        """Its name in addresses; empty without a delta."""
        marks = (f"{d.id}:{d.mark}" for d in self.delta)
        return digest(self.base.ground, *marks)[:10] if self.delta else ""

    @cached_property
    def blocks(self) -> tuple[tuple[str, tuple[Document, ...]], ...]:
        """The texts of the delta by the names of their files.

        They are parted by day: a new story moves those of its day only.
        """
        return tuple((self._block_name(b), b) for b in _by_day(self.delta))

    def base_block(self, number: int) -> tuple[Document | None, ...]:
        """The stories of one file of the base's texts, None where dead."""
        start = number * self.base.block
        some = self.base.documents[start : start + self.base.block]
        return tuple(
            None if start + place in self.dead else document
            for place, document in enumerate(some)
        )

    @property
    def base_blocks(self) -> int:
        """How many files hold the texts of the base."""
        return -(-len(self.base.documents) // self.base.block)

    def standing(self) -> list[tuple[int, Document]]:
        """The stories of the base that are as they were, with their numbers."""
        numbered = enumerate(self.base.documents)
        return [(n, d) for n, d in numbered if n not in self.dead]

    def numbered(self) -> Iterator[tuple[int, int]]:
        """The numbers and ids of the stories of the base that are as they were."""
        numbered = enumerate(self.base.documents.ids)
        return (pair for pair in numbered if pair[0] not in self.dead)

    def _block_name(self, block: Sequence[Document]) -> str:
        return digest(self.base.ground, *(f"{d.id}:{d.mark}" for d in block))[:12]


def new_layout(documents: Sequence[Document], ground: str) -> Layout:
    """All stories in a new base."""
    ordered = sorted(documents)
    marks = (f"{d.id}:{d.mark}" for d in ordered)
    name = digest(str(SCHEMA), ground, *marks)[:10]
    base = Base(name, ground, Snapshot.of(ordered), days_of(ordered))
    return Layout(base, fresh=True)


def moved(before: Layout, changes: Mapping[int, Document | None]) -> Layout:
    """The layout after these stories changed, came, or went (None).

    Where a month begins, or too much has changed, a new base takes all.
    """
    base = before.base
    delta = {document.id: document for document in before.delta}
    dead = set(before.dead)
    numbers = base.documents.numbers(changes.keys())
    for story_id, document in changes.items():
        number = numbers.get(story_id)
        delta.pop(story_id, None)
        stands = number is not None and base.documents[number] == document
        if number is not None:
            dead.difference_update((number,)) if stands else dead.add(number)
        if document is not None and not stands:
            delta[story_id] = document
    after = Layout(base, frozenset(dead), tuple(sorted(delta.values())))
    if _holds(after):
        return after
    left = [document for _, document in after.standing()]
    return new_layout((*left, *after.delta), base.ground)


def sized(base: Base, terms: int, characters: int, stories: int) -> Base:
    """The base with files of a good size, judged by a sample of its stories."""
    if not stories:
        return base
    whole = A_TERM * terms / stories * len(base.documents)
    shards = max(LEAST_SHARDS, min(MOST_SHARDS, round(whole / A_FILE)))
    block = round(A_FILE * stories / (3 * characters + 200 * stories))
    return replace(base, shards=shards, block=max(LEAST_BLOCK, min(MOST_BLOCK, block)))


def sample_of(base: Base) -> tuple[Document, ...]:
    """Some stories of the base, from all its years."""
    step = max(1, len(base.documents) // SAMPLE)
    return base.documents[::step]


def _by_day(delta: Sequence[Document]) -> Iterator[tuple[Document, ...]]:
    for _, group in groupby(delta, key=attrgetter("day")):
        day = tuple(group)
        for start in range(0, len(day), DELTA_BLOCK):
            yield day[start : start + DELTA_BLOCK]


def _holds(layout: Layout) -> bool:
    """Whether it is worth while to keep the base."""
    documents, delta = layout.base.documents, layout.delta
    if not documents:
        return not delta
    if len(delta) > MOST_DELTA or len(layout.dead) > MOST_DEAD * len(documents):
        return False
    return not delta or _month(delta[-1].day) <= _month(documents[-1].day)


def _month(day: int) -> tuple[int, int]:
    date = datetime.fromtimestamp(day * _A_DAY, UTC)
    return (date.year, date.month)
