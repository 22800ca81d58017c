"""Reading stories for the index: their terms, and a sample that tells its size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder.catalogue_tables import batches
from site_builder.search.layout import Base, sample_of, sized
from site_builder.search.records import Searched
from site_builder.search.terms import Gathering, terms_of
from site_builder.search.texts import Texts

T = TypeVar("T")
AT_ONCE = 200  # stories that are read together
Read = Callable[[Sequence[int]], Mapping[int, Searched]]


def gather(numbered: Iterable[tuple[int, int]], shards: int, read: Read) -> Gathering:
    """The terms of these documents: their numbers, rising, and their stories' ids."""
    gathering = Gathering(shards)
    for some in batches(numbered, AT_ONCE):
        told = read([story_id for _, story_id in some])
        for number, story_id in some:
            gathering.add(number, told[story_id].folded)
    return gathering


def measured(base: Base, texts: Texts) -> Base:
    """The base with files of a good size."""
    told = texts.read([document.id for document in sample_of(base)])
    sample = [story.folded for story in told.values()]
    terms = sum(len(terms_of(text)) for text in sample)
    return sized(base, terms, sum(map(len, sample)), len(sample))


@dataclass(slots=True)
class Once(Generic[T]):
    """What is gathered when a file of it is first made."""

    make: Callable[[], T]
    made: T | None = None

    def get(self) -> T:
        """All of it."""
        if self.made is None:
            self.made = self.make()
        return self.made
