"""What became of a unit's stories in one year: handed in, taken, printed above."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from newsroom.article import CHINA
from newsroom.outline import StoryOutline
from newsroom.taxonomy import Level
from site_builder.catalogue import moment
from site_builder.catalogue_tables import batches
from site_builder.standpoint import Standpoint

UPPER = (Level.NATIONAL, Level.PROVINCIAL, Level.CITY)
_UPPER = frozenset(level.value for level in UPPER)


@dataclass(frozen=True, slots=True)
class Adoption:
    """A unit's year by month (1 to 12).

    Attributes:
        stories: all that speak of it.
        sent: those that it handed in.
        taken: those that an edition of this tree carried.
        upper: those that a level above the county printed.
    """

    stories: Counter[int] = field(default_factory=Counter)
    sent: Counter[int] = field(default_factory=Counter)
    taken: Counter[int] = field(default_factory=Counter)
    upper: Counter[int] = field(default_factory=Counter)


def adoption_of(ids: Collection[int], at: Standpoint) -> Adoption:
    """What became of these stories."""
    outlines = at.shown.stories.outlines
    taken = carried_of(at.shown.connection, ids)
    found = Adoption()
    for batch in batches(ids):
        outlines.fetch(batch)
        for outline in map(outlines.__getitem__, batch):
            month = datetime.fromtimestamp(moment(outline), CHINA).month
            found.stories[month] += 1
            found.sent[month] += outline.is_submission
            found.taken[month] += outline.id in taken
            found.upper[month] += is_upper(outline)
    return found


def is_upper(outline: StoryOutline) -> bool:
    """Whether a level above the county printed it."""
    return not _UPPER.isdisjoint(outline.levels)


def carried_of(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Those of these stories that an edition carried."""
    found: set[int] = set()
    for batch in batches(ids):
        marks = ",".join("?" * len(batch))
        sql = (
            f"SELECT DISTINCT story FROM mention WHERE story IN ({marks}) "  # noqa: S608 - question marks
            "AND place >= 0"
        )
        found.update(story_id for (story_id,) in connection.execute(sql, batch))
    return found
