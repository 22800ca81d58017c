"""A new base of the search, begun while the stories are still being made.

Its terms are gathered by one process; another one that makes stories meanwhile makes
the more of them, and neither waits for the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from site_builder.search.documents import Document
from site_builder.search.gathering import AT_ONCE
from site_builder.search.layout import Layout
from site_builder.search.part import Part, search_part, told_records
from site_builder.search.terms import Gathering
from site_builder.search.texts import Texts


@dataclass(slots=True)
class FreshBase:
    """The blocks of a new base in their order, and the terms of their stories.

    Args:
        layout: how the search is laid out.
        texts: what the search takes from the stories of the tree.
        at_once: stories whose texts are read together.
    """

    layout: Layout
    texts: Texts
    at_once: int = AT_ONCE
    gathering: Gathering = field(init=False)
    _next: int = 0
    _noted: set[int] = field(default_factory=set)
    _missing: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.gathering = Gathering(self.layout.base.shards)
        self._missing = self._awaited()

    def noted(self, story_id: int) -> Iterator[Part]:
        """A story was noted in ``texts``: the blocks for which it was the last one."""
        self._noted.add(story_id)
        self._missing.discard(story_id)
        while not self._missing and self._next < self.layout.base_blocks:
            yield from self._some()

    def rest(self) -> Iterator[Part]:
        """The blocks that are left; what was not noted is read from the store."""
        while self._next < self.layout.base_blocks:
            yield from self._some()

    def _some(self) -> Iterator[Part]:
        """The next blocks; each story's text is read once, for its terms too."""
        base, blocks = self.layout.base, self._blocks()
        first = self._next * base.block
        standing = [d for block in blocks.values() for d in block if d]
        told = self.texts.read([document.id for document in standing])
        for place, document in enumerate(standing, first):
            self.gathering.add(place, told[document.id].folded)
        self._next += len(blocks)
        self._noted.difference_update(told)
        self._missing = self._awaited()
        for number, block in blocks.items():
            shown = {d.id: told[d.id] for d in block if d}
            records = partial(told_records, block, shown)
            yield search_part(f"b{base.name}-x{number}", base.name, records, apart=True)

    def _awaited(self) -> set[int]:
        """The stories of the next blocks that are not noted yet."""
        blocks = self._blocks().values()
        return {d.id for block in blocks for d in block if d} - self._noted

    def _blocks(self) -> dict[int, tuple[Document | None, ...]]:
        end = self._next + max(1, self.at_once // self.layout.base.block)
        numbers = range(self._next, min(end, self.layout.base_blocks))
        return {number: self.layout.base_block(number) for number in numbers}
