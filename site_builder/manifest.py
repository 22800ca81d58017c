"""What the last build left: a SQLite file of the tree's files and of its catalogue.

The file is ours alone and can be made again: whatever is wrong with it (missing, cut
short, of another version, changed by somebody else) means a build from the ground up,
never an error. A seal beside it holds the sum of its bytes, so that not one of them is
believed that we did not leave.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Collection, Container, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from site_builder.catalogue_tables import TABLES, batches
from site_builder.standing import differing

# ``changed`` is the file's time in nanoseconds; ``links`` are the marks of the files
# that a page leads to; ``build`` is the number of the build that last made the file.
FILES = """
CREATE TABLE head (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, mark INTEGER NOT NULL, size INTEGER NOT NULL,
    changed INTEGER NOT NULL, key TEXT NOT NULL, links BLOB NOT NULL,
    build INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_mark ON file (mark);
CREATE TABLE asked (
    path TEXT, picture TEXT, was INTEGER, linked INTEGER, PRIMARY KEY (path, picture)
) WITHOUT ROWID;
CREATE INDEX asked_picture ON asked (picture);
"""
_NOTE = "INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?,?)"
_NOTE_ASIDE = "INSERT INTO aside.noted VALUES (?,?,?,?,?,?,?)"
# Pages of the manifest itself stay in memory; they are few. (SQLite takes the number
# for a truth as well, by its last byte.)
_ASIDE = """
PRAGMA main.cache_spill = 1000000001;
ATTACH '' AS aside;
PRAGMA aside.journal_mode = OFF;
CREATE TABLE aside.noted AS SELECT * FROM file LIMIT 0;
"""
# In their order, and the index at once: a third of the time of one by one.
_SETTLED = (
    "DROP INDEX file_mark",
    "INSERT OR REPLACE INTO file SELECT * FROM aside.noted ORDER BY path",
    "CREATE INDEX file_mark ON file (mark)",
)
SCHEMA = 6
VERSION = f"gonghui manifest {SCHEMA} {sys.implementation.cache_tag}"
SEAL = ".seal"
_CHUNK = 1 << 20
AT_ONCE = 500  # notes that are put aside together
_SIGNED = "q"


class Standing(NamedTuple):
    """A file on the disk: its size in bytes, its time in nanoseconds."""

    size: int
    changed: int


class Lies(NamedTuple):
    """How the manifest itself lies on the disk: its size, time in ns, and number."""

    size: int
    changed: int
    number: int


class Asked(NamedTuple):
    """A picture that a page asked for: whether it was there, and was linked to."""

    picture: str
    was: bool
    linked: bool


class Noted(NamedTuple):
    """What is noted of a file.

    Attributes:
        standing: as it was put in place.
        key: what it was made from; empty when it is made at every build.
        links: the marks of the files that it leads to.
        asked: the pictures it asked for.
    """

    standing: Standing
    key: str = ""
    links: bytes = b""
    asked: tuple[Asked, ...] = ()


@dataclass(slots=True)
class Manifest:
    """The manifest of one tree, open in a transaction of its own.

    Nothing of a build is seen by the next one before ``seal``.

    Attributes:
        aside: whether notes wait beside it, while another process reads it.
    """

    path: Path
    connection: sqlite3.Connection
    aside: bool = False
    _waiting: list[tuple[object, ...]] = field(default_factory=list)

    def head(self, name: str) -> str:
        """A value of the head, e.g. the stamp; empty when it was not said."""
        sql = "SELECT value FROM head WHERE name = ?"
        row = self.connection.execute(sql, (name,)).fetchone()
        return row[0] if row else ""

    def say(self, **values: str) -> None:
        """Note values of the head."""
        sql = "INSERT OR REPLACE INTO head VALUES (?,?)"
        self.connection.executemany(sql, values.items())

    def counts(self) -> tuple[int, int]:
        """How many files the tree has, and how many of them are pages."""
        # The index of marks holds the paths too, and is a tenth of the table.
        sql = (
            "SELECT COUNT(*), TOTAL(path LIKE '%.html') FROM file INDEXED BY file_mark"
        )
        files, pages = self.connection.execute(sql).fetchone()
        return int(files), int(pages)

    def paths(self, under: str = "") -> list[str]:
        """The files of the tree, in order; ``under`` keeps to a folder."""
        sql = (
            "SELECT path FROM file WHERE path >= ? AND path < ? AND size >= 0 "
            "ORDER BY path"
        )
        rows = self.connection.execute(sql, (under, f"{under}\U0010ffff"))
        return [path for (path,) in rows]

    def key(self, path: str) -> str:
        """The key of a file; empty when it has none or is not known."""
        sql = "SELECT key FROM file WHERE path = ?"
        row = self.connection.execute(sql, (path,)).fetchone()
        return row[0] if row else ""

    def asked(self, path: str) -> list[tuple[str, bool]]:
        """The pictures that a page asked for, and whether each was there."""
        sql = "SELECT picture, was FROM asked WHERE path = ?"
        rows = self.connection.execute(sql, (path,))
        return [(picture, bool(was)) for picture, was in rows]

    def askers(self, there: Container[str]) -> set[str]:
        """The pages that asked for a picture that has come or gone since."""
        rows = self.connection.execute("SELECT path, picture, was FROM asked")
        return {path for path, name, was in rows if (name in there) != bool(was)}

    def pictures_linked(self) -> set[str]:
        """The pictures that pages link to."""
        sql = "SELECT DISTINCT picture FROM asked WHERE linked"
        return {name for (name,) in self.connection.execute(sql)}

    def not_of(self, build: int, among: Collection[str] | None = None) -> set[str]:
        """The files, or those of ``among``, that this build has not noted."""
        sql = "SELECT path FROM file WHERE build <> ?"
        if among is None:
            return {path for (path,) in self.connection.execute(sql, (build,))}
        sql += " AND path IN (SELECT value FROM json_each(?))"
        rows = self.connection.execute(sql, (build, json.dumps(sorted(among))))
        return {path for (path,) in rows}

    def missing(self, marks: Iterable[int]) -> set[int]:
        """Those of the marks that no file has."""
        wanted, found = set(marks), set[int]()
        for batch in batches(wanted):
            asked = ",".join("?" * len(batch))
            sql = f"SELECT mark FROM file WHERE mark IN ({asked})"  # noqa: S608 - question marks
            found.update(m for (m,) in self.connection.execute(sql, batch))
        return wanted - found

    def leading_to(self, marks: set[int], build: int | None) -> list[str]:
        """The pages that lead to one of these; ``build`` keeps to what it made."""
        sql = "SELECT path, links, build FROM file WHERE links <> x'' ORDER BY path"
        return [
            path
            for path, links, made in self.connection.execute(sql)
            if (build is None or made == build)
            and not marks.isdisjoint(unpack_marks(links))
        ]

    def note(self, path: str, noted: Noted, build: int) -> None:
        """Note a file that was made or looked at."""
        standing, key, links, asked = noted
        row = (path, mark_of(path), *standing, key, links, build)
        if self.aside:
            self._waiting.append(row)
            if len(self._waiting) >= AT_ONCE:
                self._put_aside()
        else:
            self.connection.execute(_NOTE, row)
        if build > 1:
            self.connection.execute("DELETE FROM asked WHERE path = ?", (path,))
        if asked:
            rows = [(path, *one) for one in asked]
            self.connection.executemany("INSERT INTO asked VALUES (?,?,?,?)", rows)

    def forget(self, paths: Iterable[str]) -> None:
        """Files that the tree has no longer."""
        for path in paths:
            self.connection.execute("DELETE FROM file WHERE path = ?", (path,))
            self.connection.execute("DELETE FROM asked WHERE path = ?", (path,))

    def doubt(self, paths: Iterable[str]) -> None:
        """Have these files made again."""
        sql = "UPDATE file SET key = '', size = -1 WHERE path = ?"
        self.connection.executemany(sql, ((path,) for path in paths))

    def doubt_keys(self, paths: Iterable[str]) -> None:
        """Have these files made again, though they stand as they were left."""
        sql = "UPDATE file SET key = '' WHERE path = ?"
        self.connection.executemany(sql, ((path,) for path in paths))

    def doubtful(self, out: Path) -> list[str]:
        """The files that do not stand as they were left: lost, cut, or touched."""
        sql = "SELECT path, size, changed FROM file ORDER BY path"
        return list(differing(self.connection.execute(sql), out))

    def share(self) -> None:
        """Let another process read the catalogue while this build goes on.

        The seal of the last build is void from now on: a build that is killed is
        followed by one from the ground up. Between this and ``go_on`` no lock is held:
        then a process may be forked. Nothing is written before ``settle``, which would
        keep the other from reading: notes of files, of which there are many, wait in
        a file without a name.
        """
        self.connection.commit()
        self.connection.executescript(_ASIDE)
        self.aside = True

    def go_on(self) -> None:
        """Begin what is seen by the next build only."""
        self.connection.execute("BEGIN IMMEDIATE")

    def settle(self) -> None:
        """Take in what waited: the other process has ended."""
        if self.aside:
            self._put_aside()
            self.connection.execute("PRAGMA main.cache_spill = ON")
            for step in _SETTLED:
                self.connection.execute(step)
            self.aside = False

    def _put_aside(self) -> None:
        self.connection.executemany(_NOTE_ASIDE, self._waiting)
        self._waiting.clear()

    def seal(self) -> None:
        """Keep what this build noted."""
        self.connection.commit()
        seal = self.path.with_name(self.path.name + SEAL)
        part = seal.with_name(f"{seal.name}.part")
        with part.open("w", encoding="utf-8") as file:
            file.write(_seal_of(self.path))
            file.flush()
            os.fsync(file.fileno())
        part.replace(seal)

    def close(self) -> None:
        """Let go of the file; what was not sealed is forgotten."""
        self.connection.close()


def open_manifest(path: Path, seen: Lies | None = None) -> Manifest:
    """The manifest of the last build, or an empty one where that is doubtful.

    ``seen`` is how it lay when it was found to be as its seal says, just now: lying so
    still, it is not summed up again.
    """
    kept = read_manifest(path, seen)
    if kept is not None:
        kept.connection.execute("BEGIN IMMEDIATE")
        return kept
    for left in ("", SEAL, "-journal"):
        path.with_name(path.name + left).unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(f"BEGIN IMMEDIATE;{FILES}{TABLES}")
    manifest = Manifest(path, connection)
    manifest.say(version=VERSION)
    return manifest


def read_manifest(path: Path, seen: Lies | None = None) -> Manifest | None:
    """The manifest of the last build, None when it is missing or doubtful.

    ``seen`` as for ``open_manifest``.
    """
    if not path.is_file():
        return None
    connection = sqlite3.connect(path, isolation_level=None)
    with suppress(sqlite3.Error, OSError):
        # This first look rolls back what a killed build left half written.
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        if seen is not None and lies_of(path) == seen:
            return Manifest(path, connection)
        if path.with_name(path.name + SEAL).read_text("utf-8") == _seal_of(path):
            return Manifest(path, connection)
    connection.close()
    return None


@lru_cache(maxsize=8192)
def mark_of(path: str) -> int:
    """A path as a number of eight bytes, so that a page's links take little room."""
    told = hashlib.blake2b(path.encode(), digest_size=8).digest()
    return int.from_bytes(told, "big", signed=True)


def pack_marks(marks: Iterable[int]) -> bytes:
    """The marks of a page's links as they are kept."""
    return array(_SIGNED, sorted(marks)).tobytes()


def unpack_marks(packed: bytes) -> Collection[int]:
    """The marks of a page's links."""
    marks = array(_SIGNED)
    marks.frombytes(packed)
    return marks


def standing_of(file: Path | str) -> Standing | None:
    """The file's size and time, None when there is no such file."""
    try:
        told = os.stat(file)  # noqa: PTH116 - a third of the time
    except OSError:
        return None
    return Standing(told.st_size, told.st_mtime_ns)


def lies_of(manifest: Path) -> Lies | None:
    """How a manifest lies on the disk, None when it is not there."""
    try:
        told = manifest.stat()
    except OSError:
        return None
    return Lies(told.st_size, told.st_mtime_ns, told.st_ino)


def _seal_of(path: Path) -> str:
    """The version and the sum of the file's bytes."""
    told = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            told = zlib.crc32(chunk, told)
    return f"{VERSION} {told:08x}\n"
