"""What a tree knows of its stories and editions between two builds, in SQLite.

Outlines as the tree shows them, the lists that they stand on, and which edition names
which story: whatever a page asks is one small query, so that fifty thousand stories
need no room in memory, and one changed story touches its own rows only.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar
from weakref import finalize

from newsroom.outline import StoryOutline
from newsroom.story import StoryState
from site_builder.catalogue_tables import BATCH, TABLES, batches

_HELD = StoryState.HELD.value
UNIT, TOPIC, SOURCE = "unit", "topic", "source"
# Where a story stands on lists: the kind, the name and what it is called there.
Place = tuple[str, str, str]
T = TypeVar("T")
MOST_KNOWN = 2000  # outlines that are kept at hand


def catalogue_in_memory(kept: sqlite3.Connection | None = None) -> sqlite3.Connection:
    """A catalogue for a tree that is only looked at: empty, or a copy of this one."""
    connection = sqlite3.connect(
        ":memory:", isolation_level=None, check_same_thread=False
    )
    if kept is None:
        connection.executescript(TABLES)
    else:
        kept.backup(connection)
    return connection


class OutlineMap(Mapping[int, StoryOutline]):
    """The outlines of the stories that the tree shows, by id."""

    def __init__(self, connection: sqlite3.Connection, *, owns: bool = False) -> None:
        self._connection = connection
        self._known: dict[int, StoryOutline | None] = {}
        if owns:
            finalize(self, connection.close)

    def __getitem__(self, story_id: int) -> StoryOutline:
        if story_id not in self._known:
            self.fetch((story_id,))
        outline = self._known[story_id]
        if outline is None:
            raise KeyError(story_id)
        return outline

    def __iter__(self) -> Iterator[int]:
        for (story_id,) in _stepwise(self._connection, "shown IS NOT NULL"):
            yield story_id

    def __len__(self) -> int:
        sql = "SELECT COUNT(*) FROM story WHERE shown IS NOT NULL"
        return int(self._connection.execute(sql).fetchone()[0])

    def fetch(self, ids: Collection[int]) -> None:
        """Read these outlines at once, as far as they are not at hand."""
        missing = [i for i in dict.fromkeys(ids) if i not in self._known]
        if not missing:
            return
        make_room(self._known, len(missing), MOST_KNOWN, frozenset(ids))
        self._known.update(dict.fromkeys(missing))
        for batch in batches(missing):
            sql = f"SELECT id, shown FROM story WHERE id IN ({_marks(batch)})"  # noqa: S608 - question marks
            for story_id, shown in self._connection.execute(sql, batch):
                self._known[story_id] = _story(shown)

    def shown(self, ids: Collection[int]) -> set[int]:
        """Those of these stories that the tree shows; no outline is read."""
        sql = "SELECT id FROM story WHERE shown NOT NULL AND id IN "
        sql += "(SELECT value FROM json_each(?))"
        rows = self._connection.execute(sql, (json.dumps(list(ids)),))
        return {story_id for (story_id,) in rows}

    def moments(self) -> Iterator[tuple[int, str, float]]:
        """Each story's id, its digest and what lists are ordered by."""
        sql = "SELECT id, digest, moment FROM story WHERE shown NOT NULL ORDER BY id"
        return self._connection.execute(sql)

    def listed(self, kind: str) -> Iterator[tuple[str, int]]:
        """The lists of a kind by name, and the stories of each, oldest first."""
        sql = "SELECT name, story FROM listed WHERE kind = ? ORDER BY name, moment"
        return self._connection.execute(f"{sql}, story", (kind,))

    def held(self) -> list[int]:
        """The stories that wait for a decision."""
        sql = "SELECT id FROM story WHERE state = ? AND shown NOT NULL ORDER BY id"
        return [story_id for (story_id,) in self._connection.execute(sql, (_HELD,))]

    def state(self, story_id: int) -> str:
        """The state of a story as it was given, shown or not; empty when it was not."""
        sql = "SELECT state FROM story WHERE id = ?"
        row = self._connection.execute(sql, (story_id,)).fetchone()
        return row[0] if row else ""

    def digests(self, ids: Collection[int] | None = None) -> dict[int, str]:
        """By id the digest of every story that was given, shown or not; or of these."""
        sql = "SELECT id, digest FROM story"
        if ids is None:
            return dict(self._connection.execute(sql))
        listed = json.dumps(sorted(ids))
        sql += " WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._connection.execute(sql, (listed,)))

    def put(self, pairs: Iterable[tuple[StoryOutline, StoryOutline | None]]) -> None:
        """Note what was given of stories and what the tree shows of each."""
        rows = [
            (given.id, given.digest, given.state, *_kept(shown))
            for given, shown in pairs
        ]
        sql = "INSERT OR REPLACE INTO story VALUES (?,?,?,?,?)"
        self._connection.executemany(sql, rows)
        for story_id, *_ in rows:
            self._known.pop(story_id, None)

    def forget(self, story_id: int) -> None:
        """A story that is given no longer."""
        self._connection.execute("DELETE FROM story WHERE id = ?", (story_id,))
        self._known.pop(story_id, None)


def make_room(
    known: dict[T, Any], more: int, most: int, wanted: Container[T] = ()
) -> None:
    """Forget what was noted first, but for what is wanted, so that more finds room."""
    over = len(known) + more - most
    if over > 0:
        old = (i for i in known if i not in wanted)
        for forgotten in list(islice(old, over + most // 8)):
            del known[forgotten]


def places(outline: StoryOutline | None) -> set[Place]:
    """The lists that a story stands on."""
    if outline is None:
        return set()
    found = {(UNIT, unit, "") for unit, _ in outline.units}
    found.update([(TOPIC, topic, "") for topic, _ in outline.topics])
    # Of several names of one source in a story the last counts.
    found.update([(SOURCE, s, n) for s, n in dict(outline.sources).items()])
    return found


def moment(outline: StoryOutline) -> float:
    """What lists are ordered by: the shown date, else when we first had it."""
    return outline.seen if outline.published is None else outline.published


def put_places(
    connection: sqlite3.Connection,
    before: Iterable[StoryOutline],
    after: Iterable[StoryOutline],
) -> set[tuple[str, str]]:
    """Move stories from the lists that they stood on to those where they stand.

    The kinds and names of the latter.
    """
    for outline in before:
        sql = "DELETE FROM listed WHERE (kind, name, moment, story) = (?,?,?,?)"
        rows = [(k, n, moment(outline), outline.id) for k, n, _ in places(outline)]
        connection.executemany(sql, rows)
    stands = [
        (kind, name, moment(outline), outline.id, label)
        for outline in after
        for kind, name, label in places(outline)
    ]
    connection.executemany("INSERT INTO listed VALUES (?,?,?,?,?)", stands)
    return {row[:2] for row in stands}


def count_lists(
    connection: sqlite3.Connection, lists: Iterable[tuple[str, str]]
) -> None:
    """Count these lists anew and name them after their oldest story."""
    for kind, name in lists:
        found = "FROM listed WHERE (kind, name) = (?,?)"
        (count,) = connection.execute(
            f"SELECT COUNT(*) {found}", (kind, name)
        ).fetchone()
        if not count:
            connection.execute(
                "DELETE FROM list WHERE (kind, name) = (?,?)", (kind, name)
            )
            continue
        sql = f"SELECT label {found} ORDER BY moment, story LIMIT 1"
        (label,) = connection.execute(sql, (kind, name)).fetchone()
        row = (kind, name, count, label)
        connection.execute("INSERT OR REPLACE INTO list VALUES (?,?,?,?)", row)


def _stepwise(connection: sqlite3.Connection, where: str) -> Iterator[tuple[int]]:
    """Ids in their order, read in steps, so that rows may be written in between."""
    last = -1
    while True:
        sql = f"SELECT id FROM story WHERE id > ? AND {where} ORDER BY id LIMIT {BATCH}"  # noqa: S608 - our own words
        rows = connection.execute(sql, (last,)).fetchall()
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1][0]


def _kept(shown: StoryOutline | None) -> tuple[bytes | None, float | None]:
    if shown is None:
        return None, None
    return marshal.dumps(tuple(shown)), moment(shown)


def _story(shown: bytes | None) -> StoryOutline | None:
    return StoryOutline(*marshal.loads(shown)) if shown else None  # noqa: S302 - ours, see manifest


def _marks(batch: Collection[int]) -> str:
    return ",".join("?" * len(batch))
