"""The tables of a catalogue; a module of its own, for a start that only compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

BATCH = 500
T = TypeVar("T")

# ``shown`` is the outline as this tree shows it and ``moment`` what orders it on lists,
# NULL where it does not; ``place`` counts within an edition, and is -1 where it names a
# story without carrying it.
TABLES = """
CREATE TABLE story (
    id INTEGER PRIMARY KEY, digest TEXT NOT NULL, state TEXT NOT NULL, shown BLOB,
    moment REAL);
CREATE INDEX story_state ON story (state);
CREATE TABLE edition (
    iso TEXT PRIMARY KEY, digest TEXT NOT NULL, given BLOB NOT NULL, shown BLOB
) WITHOUT ROWID;
CREATE TABLE mention (
    story INTEGER, iso TEXT, role TEXT, place INTEGER,
    PRIMARY KEY (story, iso, role, place)
) WITHOUT ROWID;
CREATE INDEX mention_of ON mention (iso);
CREATE TABLE listed (
    kind TEXT, name TEXT, moment REAL, story INTEGER, label TEXT,
    PRIMARY KEY (kind, name, moment, story)
) WITHOUT ROWID;
CREATE TABLE list (
    kind TEXT, name TEXT, count INTEGER NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
"""


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The values, so many at a time; by default as one query takes."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
