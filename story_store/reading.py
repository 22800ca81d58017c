"""What pages are built from, read from the store's file without Django.

Django takes longer to load than a small build takes to do, so that a build which
changes little reads by plain SQL. It only reads, and only a file that stands as the
program left it, at the newest step of the schema; any other is left to ``Store``,
which checks, migrates or refuses it. What it gives equals what ``Store`` gives
(``tests/story_store/test_reading.py``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newsroom.edition import Edition
from newsroom.outline import EditionOutline, StoryOutline
from newsroom.report import RunReport
from newsroom.story import Story
from story_store.outlines import (
    OUTLINE,
    edition_outline_from_record,
    outline_from_values,
)
from story_store.record import load
from story_store.story_log import StoryChanges, read_changes
from story_store.values import STORY, story_from_values
from story_store.wholeness import DATABASE, is_noted

_STEPS = Path(__file__).with_name("migrations")
_PATIENCE = 5  # seconds for a writer to let go
_OUTLINES = (
    f"SELECT {', '.join(OUTLINE).replace('pk', 'id')} FROM story "  # noqa: S608 - our own names
    "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
)
_STORIES = (
    f"SELECT {', '.join(STORY).replace('pk', 'id')} FROM story "  # noqa: S608 - our own names
    "WHERE id IN (SELECT value FROM json_each(?))"
)


class PageStore:
    """The store as a build reads it; made by ``open_to_read``, closed by ``with``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def revision(self) -> int:
        """A number that grows with every write that pages could show."""
        rows = self._ask("SELECT value FROM counter WHERE name = 'revision'")
        return rows[0][0] if rows else 0

    def latest_report(self) -> RunReport | None:
        """The report of the last run that ended, None when none did."""
        sql = "SELECT report FROM run WHERE report <> '' ORDER BY id DESC LIMIT 1"
        rows = self._ask(sql)
        return load(RunReport, rows[0][0]) if rows else None

    def story_digests(self) -> dict[int, str]:
        """By id the digest of every story, whatever its state."""
        return dict(self._ask("SELECT id, digest FROM story"))

    def story_changes(self, place: str) -> StoryChanges:
        """The stories that changed since this place of the log."""
        return read_changes(self._ask, place)

    def story_outlines(self, ids: Sequence[int]) -> Iterator[StoryOutline]:
        """The outlines of these stories, unknown ones left out; no text is read."""
        for values in self._ask(_OUTLINES, (_listed(ids),)):
            yield outline_from_values(_formed(values, _OUTLINE_FORMS))

    def stories(self, *, ids: Sequence[int]) -> tuple[Story, ...]:
        """These stories, newest first, unknown ones left out."""
        rows = self._ask(_STORIES, (_listed(ids),))
        found = (story_from_values(_formed(row, _STORY_FORMS)) for row in rows)
        return tuple(sorted(found, key=lambda s: (s.first_seen, s.id), reverse=True))

    def has_released(self) -> bool:
        """Whether any day was let into the public tree."""
        sql = (
            "SELECT EXISTS "
            "(SELECT 1 FROM edition WHERE current AND released_at IS NOT NULL)"
        )
        return bool(self._ask(sql)[0][0])

    def edition_digests(self) -> dict[date, str]:
        """By day the hash of its edition's record, release and all."""
        rows = self._ask("SELECT day, digest FROM edition WHERE current")
        return {date.fromisoformat(day): digest for day, digest in rows}

    def editions_of(self, days: Sequence[date]) -> Iterator[Edition]:
        """The editions of these days, one at a time."""
        sql = "SELECT record FROM edition WHERE current AND day = ?"
        for day in days:
            for (record,) in self._ask(sql, (day.isoformat(),)):
                yield load(Edition, record)

    def edition_outlines(self, days: Sequence[date]) -> Iterator[EditionOutline]:
        """The outlines of these days' editions, one at a time."""
        sql = "SELECT record, digest FROM edition WHERE current AND day = ?"
        for day in days:
            for record, digest in self._ask(sql, (day.isoformat(),)):
                yield edition_outline_from_record(record, digest)

    def _ask(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()


def open_to_read(folder: Path) -> PageStore | None:
    """The store in the folder; None where it is to be looked at by ``Store`` first.

    Raises:
        sqlite3.Error: its file cannot be read.
    """
    if not is_noted(folder):
        return None
    connection = _connected(folder)
    if _steps(connection) == {file.stem for file in _STEPS.glob("[0-9]*.py")}:
        return PageStore(connection)
    connection.close()
    return None


def open_beside(folder: Path) -> PageStore:
    """The store in the folder, which another process of ours has open and looked at.

    Raises:
        sqlite3.Error: its file cannot be read.
    """
    return PageStore(_connected(folder))


def _connected(folder: Path) -> sqlite3.Connection:
    uri = f"{(folder / DATABASE).resolve().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)


def _steps(connection: sqlite3.Connection) -> set[str]:
    """The steps of the schema that the file has gone."""
    sql = "SELECT name FROM django_migrations WHERE app = 'story_store'"
    return {name for (name,) in connection.execute(sql)}


def _listed(ids: Sequence[int]) -> str:
    return json.dumps(sorted(set(ids)))


def _moment(text: str) -> datetime:
    """A time as Django writes it: UTC, without saying so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


_FORMS: dict[str, Callable[[Any], object]] = {
    "first_seen": _moment,
    "published": _moment,
    "event_day": date.fromisoformat,
    "has_time": bool,
    "own": bool,
}


_OUTLINE_FORMS = [(n, _FORMS[k]) for n, k in enumerate(OUTLINE) if k in _FORMS]
_STORY_FORMS = [(n, _FORMS[k]) for n, k in enumerate(STORY) if k in _FORMS]


def _formed(
    values: Sequence[Any], forms: Iterable[tuple[int, Callable[[Any], object]]]
) -> Sequence[Any]:
    """The columns of a row as Django would give them."""
    known = list(values)
    for place, form in forms:
        if known[place] is not None:
            known[place] = form(known[place])
    return known
