"""Reading stories for the index: their terms, and a sample that tells its size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from site_builder.search.layout import Base, Document, sample_of, sized
from site_builder.search.postings import Gathering, terms_of
from site_builder.search.records import folded_text
from site_builder.standpoint import Standpoint

AT_ONCE = 200  # stories that are read together


def gather(
    numbered: Sequence[tuple[int, Document]], shards: int, at: Standpoint
) -> Gathering:
    """The terms of these documents."""
    gathering = Gathering(shards)
    stories = at.shown.stories
    for start in range(0, len(numbered), AT_ONCE):
        some = numbered[start : start + AT_ONCE]
        stories.fetch([document.id for _, document in some])
        for number, document in some:
            gathering.add(number, folded_text(stories[document.id]))
    return gathering


def measured(base: Base, at: Standpoint) -> Base:
    """The base with files of a good size."""
    sample, stories = sample_of(base), at.shown.stories
    stories.fetch([document.id for document in sample])
    texts = [folded_text(stories[document.id]) for document in sample]
    terms = sum(len(terms_of(text)) for text in texts)
    return sized(base, terms, sum(map(len, texts)), len(texts))


@dataclass(slots=True)
class Once:
    """Terms that are gathered when a file of them is first made."""

    make: Callable[[], Gathering]
    made: Gathering | None = None

    def get(self) -> Gathering:
        """The terms."""
        if self.made is None:
            self.made = self.make()
        return self.made
