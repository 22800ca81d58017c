"""The outlines that a build knows: kept from the last one, asked for where new."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsroom.outline import EditionOutline, StoryOutline
from site_builder.shelves import EditionShelf, StoryShelf


@dataclass(frozen=True, slots=True)
class Outlines:
    """Stories by id and editions by day (ISO), as the shelves told of them."""

    stories: dict[int, StoryOutline] = field(default_factory=dict)
    editions: dict[str, EditionOutline] = field(default_factory=dict)


def read_outlines(
    stories: StoryShelf, editions: EditionShelf, known: Outlines | None
) -> Outlines:
    """All outlines; those whose digest is known are not asked for again."""
    known = known or Outlines()
    told, days = stories.digests(), editions.digests()
    kept = {
        i: outline
        for i, outline in known.stories.items()
        if told.get(i) == outline.digest
    }
    new = [i for i in told if i not in kept]
    if new:
        kept |= {outline.id: outline for outline in stories.outlines(new)}
    kept_days = {
        iso: outline
        for iso, outline in known.editions.items()
        if days.get(iso) == outline.digest
    }
    new_days = [iso for iso in days if iso not in kept_days]
    if new_days:
        kept_days |= {outline.iso: outline for outline in editions.outlines(new_days)}
    return Outlines(dict(sorted(kept.items())), dict(sorted(kept_days.items())))
