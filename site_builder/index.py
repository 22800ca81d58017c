"""Which stories belong to which town, topic and source, and their order."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from newsroom.outline import StoryOutline
from site_builder.catalogue import SOURCE, TOPIC, UNIT, make_room, moment

MOST_BESIDE = 1000  # stories whose neighbours are kept at hand
_LIST = "SELECT story FROM listed WHERE kind = ? AND name = ?"
_PART = f"{_LIST} ORDER BY moment, story LIMIT ? OFFSET ?"
_NEWER = f"{_LIST} AND (moment, story) > (?,?) ORDER BY moment, story LIMIT 1"
_OLDER = f"{_LIST} AND (moment, story) < (?,?) ORDER BY moment DESC, story DESC LIMIT 1"


class Part(NamedTuple):
    """A page of a list: how many stories are older, and how many it holds."""

    start: int
    held: int


Beside = tuple[int | None, int | None]
"""The older and the newer neighbour of a story, None where there is none."""


@dataclass(frozen=True, slots=True)
class Order:
    """A list in its order: the moments of its stories, and their ids."""

    moments: array[float] = field(default_factory=lambda: array("d"))
    stories: array[int] = field(default_factory=lambda: array("q"))

    def around(self, when: float, story_id: int) -> Beside:
        """The neighbours of a story that stands on the list."""
        stories = self.stories
        place = stories.index(story_id, bisect_left(self.moments, when))
        following = place + 1
        return (
            stories[place - 1] if place else None,
            stories[following] if following < len(stories) else None,
        )


@dataclass(frozen=True, slots=True)
class Index:
    """The lists of a tree: by name how many stories stand on each.

    ``source_names`` are the names of sources as their oldest stories have them.
    """

    connection: sqlite3.Connection
    units: dict[str, int]
    topics: dict[str, int]
    sources: dict[str, int]
    source_names: dict[str, str]
    _beside: dict[int, Beside] = field(default_factory=dict)
    _orders: dict[tuple[str, str], Order] = field(default_factory=dict)

    @property
    def names(self) -> tuple[object, ...]:
        """Which lists there are, and what they are called: all pages link by these."""
        return (*self.units, "", *self.topics, "", *self.source_names.items())

    def counts(self, kind: str) -> dict[str, int]:
        """By name how many stories the lists of this kind hold."""
        return {UNIT: self.units, TOPIC: self.topics, SOURCE: self.sources}[kind]

    def part(self, kind: str, name: str, part: Part) -> tuple[int, ...]:
        """The stories of one page of a list, newest first."""
        order = self._orders.get((kind, name))
        if order:
            held = order.stories[part.start : part.start + part.held]
            return tuple(reversed(held))
        values = (kind, name, part.held, part.start)
        rows = self.connection.execute(_PART, values)
        return tuple(reversed([story_id for (story_id,) in rows]))

    def whole(self, kind: str, name: str) -> tuple[int, ...]:
        """All stories of a list, oldest first."""
        order = self._orders.get((kind, name))
        if order:
            return tuple(order.stories)
        rows = self.connection.execute(f"{_LIST} ORDER BY moment, story", (kind, name))
        return tuple([story_id for (story_id,) in rows])

    def place(self, kind: str, name: str, story: StoryOutline) -> int:
        """How many stories of the list are older than this one."""
        sql = (
            "SELECT COUNT(*) FROM listed WHERE kind = ? AND name = ? "
            "AND (moment, story) < (?,?)"
        )
        values = (kind, name, moment(story), story.id)
        return int(self.connection.execute(sql, values).fetchone()[0])

    def learn(self) -> None:
        """Read all lists at once, for who will ask for all pages and neighbours.

        Sixteen bytes a story and list, and a tenth of the time of a question for each.
        """
        sql = "SELECT kind, name, moment, story FROM listed "
        sql += "ORDER BY kind, name, moment, story"
        for kind, name, when, story in self.connection.execute(sql):
            order = self._orders.get((kind, name))
            if order is None:
                order = self._orders[kind, name] = Order()
            order.moments.append(when)
            order.stories.append(story)

    def beside(self, story: StoryOutline | None) -> Beside:
        """The older and the newer story on the list of the story's first unit."""
        if story is None or not story.units:
            return (None, None)
        found = self._beside.get(story.id)
        if found is None:  # asked for a page's key, and again for the page
            make_room(self._beside, 1, MOST_BESIDE)
            found = self.around(story.units[0][0], story)
            self._beside[story.id] = found
        return found

    def around(self, unit: str, story: StoryOutline) -> Beside:
        """The older and the newer neighbour of a story on a unit's list."""
        order = self._orders.get((UNIT, unit))
        if order:
            return order.around(moment(story), story.id)
        values = (UNIT, unit, moment(story), story.id)
        older = self.connection.execute(_OLDER, values).fetchone()
        newer = self.connection.execute(_NEWER, values).fetchone()
        return (older[0] if older else None, newer[0] if newer else None)


def read_index(connection: sqlite3.Connection) -> Index:
    """The index of what the catalogue holds."""
    counts: dict[str, dict[str, int]] = {UNIT: {}, TOPIC: {}, SOURCE: {}}
    names: dict[str, str] = {}
    sql = "SELECT kind, name, count, label FROM list ORDER BY kind, name"
    for kind, name, count, label in connection.execute(sql):
        counts[kind][name] = count
        if kind == SOURCE:
            names[name] = label
    return Index(connection, counts[UNIT], counts[TOPIC], counts[SOURCE], names)


@lru_cache(maxsize=1024)
def parts_of(count: int, size: int) -> tuple[Part, ...]:
    """A long list as pages: the newest first, then the older ones from the newest.

    Older pages are cut from the oldest end, so that a new story changes only the
    first page. The first page holds from half a page to one and a half.
    """
    full = max(0, (count - size // 2) // size)
    head = Part(full * size, count - full * size)
    return (head, *(Part(n * size, size) for n in reversed(range(full))))
