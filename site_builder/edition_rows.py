"""The editions that a tree knows, and which of them names which story."""

from __future__ import annotations

import json
import marshal
import sqlite3
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from newsroom.edition import Column
from newsroom.outline import EditionOutline
from newsroom.story import StoryState
from site_builder.catalogue import make_room

WEEK, PASSED = "week", "passed"
MOST_KNOWN = 1000  # stories of which is kept at hand who carried them
NAMED = -1  # the place of a story that an edition does not carry


@dataclass(frozen=True, slots=True)
class Carried:
    """By story the editions and columns that carried it, newest first."""

    connection: sqlite3.Connection
    outlines: Container[int]
    days: Mapping[str, EditionOutline]
    _known: dict[int, tuple[tuple[EditionOutline, Column], ...]] = field(
        default_factory=dict
    )

    def __contains__(self, story_id: int) -> bool:
        return bool(self.get(story_id))

    def get(self, story_id: int) -> tuple[tuple[EditionOutline, Column], ...]:
        """The editions and columns of a story; none where the tree shows it not."""
        known = self._known.get(story_id)
        if known is None:
            make_room(self._known, 1, MOST_KNOWN)
            known = self._known[story_id] = self._carried(story_id)
        return known

    def _carried(self, story_id: int) -> tuple[tuple[EditionOutline, Column], ...]:
        if story_id not in self.outlines:
            return ()
        found = mentions(self.connection, story_id)
        return tuple((self.days[iso], Column(role)) for iso, role in found)


def mentions(connection: sqlite3.Connection, story_id: int) -> list[tuple[str, str]]:
    """The days and columns that carry a story, newest first."""
    sql = (
        "SELECT iso, role FROM mention WHERE story = ? AND place >= 0 "
        "ORDER BY iso DESC, place"
    )
    return connection.execute(sql, (story_id,)).fetchall()


def days_naming(connection: sqlite3.Connection, ids: Iterable[int]) -> set[str]:
    """The days whose edition carries or names any of these stories."""
    sql = "SELECT DISTINCT iso FROM json_each(?) JOIN mention ON story = value"
    told = json.dumps(list(ids))
    return {iso for (iso,) in connection.execute(sql, (told,))}


def stories_named(connection: sqlite3.Connection, isos: Iterable[str]) -> set[int]:
    """The stories that these days' editions carry or name."""
    sql = "SELECT story FROM mention WHERE iso = ?"
    return {i for iso in isos for (i,) in connection.execute(sql, (iso,))}


def taken_back(connection: sqlite3.Connection, iso: str) -> dict[Column, int]:
    """By column how many of a day's stories were withdrawn since."""
    sql = (
        "SELECT role, COUNT(*) FROM mention JOIN story ON story.id = mention.story "
        "WHERE iso = ? AND place >= 0 AND state = ? GROUP BY role"
    )
    rows = connection.execute(sql, (iso, StoryState.WITHDRAWN.value))
    return {Column(role): count for role, count in rows}


def lost_mentions(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Days and the stories that they carry but nobody gave, newest day first."""
    sql = (
        "SELECT iso, story FROM mention WHERE place >= 0 "
        "AND NOT EXISTS (SELECT 1 FROM story WHERE id = mention.story) "
        "ORDER BY iso DESC, place"
    )
    return connection.execute(sql).fetchall()


def editions(connection: sqlite3.Connection, column: str) -> list[EditionOutline]:
    """The editions as ``given`` or as ``shown``, newest first."""
    sql = f"SELECT {column} FROM edition WHERE {column} NOT NULL ORDER BY iso DESC"  # noqa: S608 - one of two names
    return [EditionOutline(*marshal.loads(b)) for (b,) in connection.execute(sql)]  # noqa: S302 - ours, see manifest


def days_shown(connection: sqlite3.Connection) -> list[str]:
    """The days that the tree shows, newest first."""
    sql = "SELECT iso FROM edition WHERE shown NOT NULL ORDER BY iso DESC"
    return [iso for (iso,) in connection.execute(sql)]


def edition_given(connection: sqlite3.Connection, iso: str) -> EditionOutline | None:
    """A day's edition as it was given."""
    sql = "SELECT given FROM edition WHERE iso = ?"
    row = connection.execute(sql, (iso,)).fetchone()
    return EditionOutline(*marshal.loads(row[0])) if row else None  # noqa: S302 - ours, see manifest


def edition_digests(connection: sqlite3.Connection) -> dict[str, str]:
    """By day the digest of its edition."""
    return dict(connection.execute("SELECT iso, digest FROM edition"))


def put_edition(connection: sqlite3.Connection, given: EditionOutline) -> None:
    """Note a day's edition; what the tree shows of it is said later."""
    row = (given.iso, given.digest, marshal.dumps(tuple(given)))
    sql = (
        "INSERT INTO edition (iso, digest, given) VALUES (?,?,?) ON CONFLICT DO "
        "UPDATE SET digest = excluded.digest, given = excluded.given"
    )
    connection.execute(sql, row)


def show_edition(
    connection: sqlite3.Connection, iso: str, shown: EditionOutline | None
) -> bool:
    """Note what the tree shows of a day's edition; whether that is something else."""
    sql = "SELECT shown FROM edition WHERE iso = ?"
    (before,) = connection.execute(sql, (iso,)).fetchone()
    if not before and not shown:
        return False
    if before and shown and marshal.loads(before) == tuple(shown):  # noqa: S302 - ours, see manifest
        return False
    sql = "UPDATE edition SET shown = ? WHERE iso = ?"
    connection.execute(sql, (shown and marshal.dumps(tuple(shown)), iso))
    return True


def forget_edition(connection: sqlite3.Connection, iso: str) -> None:
    """A day whose edition is given no longer."""
    connection.execute("DELETE FROM edition WHERE iso = ?", (iso,))


def put_mentions(
    connection: sqlite3.Connection, iso: str, edition: EditionOutline | None
) -> None:
    """Note the stories that a day's edition names; None: none any more."""
    connection.execute("DELETE FROM mention WHERE iso = ?", (iso,))
    if edition is None:
        return
    in_columns = [(i, column) for column, ids in edition.columns for i in ids]
    rows = [(i, iso, column, n) for n, (i, column) in enumerate(in_columns)]
    rows += [(i, iso, WEEK, NAMED) for i in edition.week]
    rows += [(i, iso, PASSED, NAMED) for i in edition.passed]
    connection.executemany("INSERT OR IGNORE INTO mention VALUES (?,?,?,?)", rows)
