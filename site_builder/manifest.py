"""What the last build left: its files, their keys, where they lead, the outlines.

The file is ours alone and can be made again: whatever is wrong with it (missing,
cut short, of another version, files that are not as noted) means a build from the
ground up, never an error.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from newsroom.outline import EditionOutline, StoryOutline
from site_builder.outlines import Outlines

SCHEMA = 1
_SUM = 16
_NUMBER = "I"
_LEAST_TABLE = 1000


class Note(NamedTuple):
    """What is noted of a file.

    Attributes:
        key: what it was made from; empty when it is made at every build.
        links: the numbers of the files that it leads to.
        asked: the pictures it asked for, and whether each was there.
    """

    key: str
    links: bytes
    asked: tuple[tuple[str, bool], ...] = ()


class LinkTable:
    """Paths as numbers, so that a page's links take few bytes."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self.paths = list(paths)
        self._numbers = {path: number for number, path in enumerate(self.paths)}

    def pack(self, targets: Iterable[str]) -> bytes:
        """These paths as the bytes of their numbers."""
        numbers = array(_NUMBER)
        for target in sorted(targets):
            number = self._numbers.setdefault(target, len(self.paths))
            if number == len(self.paths):
                self.paths.append(target)
            numbers.append(number)
        return numbers.tobytes()

    def unpack(self, packed: bytes) -> list[str]:
        """The paths of these bytes."""
        numbers = array(_NUMBER)
        numbers.frombytes(packed)
        return [self.paths[number] for number in numbers]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state that a build leaves.

    Attributes:
        stamp: what the whole tree was made from; empty when a fault was found.
        pages: how many pages it has.
        sizes: its files and their sizes in bytes.
        notes: by path.
        table: the paths that links lead to.
        pictures: the pictures that pages link to.
        outlines: the stories and editions as they were.
    """

    stamp: str = ""
    pages: int = 0
    sizes: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    table: LinkTable = field(default_factory=LinkTable)
    outlines: Outlines = field(default_factory=Outlines)

    def stands(self, out: Path) -> bool:
        """Whether the tree has every file, each of the size noted."""
        return self.sizes.items() <= _sizes(out).items()

    def to_bytes(self) -> bytes:
        """The manifest as it is kept; the head can be read without the rest."""
        head = marshal.dumps((self.stamp, self.pages, dict(self.sizes)))
        rest = marshal.dumps(
            (
                {path: tuple(note) for path, note in self.notes.items()},
                self.table.paths,
                [tuple(outline) for outline in self.outlines.stories.values()],
                [tuple(outline) for outline in self.outlines.editions.values()],
            )
        )
        told = b"".join((_sum(head), _sum(rest), len(head).to_bytes(8, "big")))
        return _version() + told + head + rest


@dataclass(slots=True)
class KeptManifest:
    """A manifest as it lies on the disk, read in two steps."""

    head: Manifest
    _rest: bytes

    def whole(self) -> Manifest | None:
        """The manifest with notes and outlines, None when they are damaged."""
        notes, paths, stories, editions = _read(self._rest)
        if len(paths) > _LEAST_TABLE + 4 * len(notes):
            return None  # the table has outgrown what is linked to
        return Manifest(
            self.head.stamp,
            self.head.pages,
            self.head.sizes,
            {path: Note(*note) for path, note in notes.items()},
            LinkTable(paths),
            Outlines(
                {story[0]: StoryOutline(*story) for story in stories},
                {edition[0]: EditionOutline(*edition) for edition in editions},
            ),
        )


def read_manifest(path: Path) -> KeptManifest | None:
    """The manifest of the last build, None when it is missing or doubtful."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    start = len(_version()) + 2 * _SUM + 8
    if not content.startswith(_version()) or len(content) < start:
        return None
    told = content[len(_version()) : start]
    cut = start + int.from_bytes(told[-8:], "big")
    head, rest = content[start:cut], content[cut:]
    if (_sum(head), _sum(rest)) != (told[:_SUM], told[_SUM : 2 * _SUM]):
        return None
    stamp, pages, sizes = _read(head)
    return KeptManifest(Manifest(stamp, pages, sizes), rest)


def _read(content: bytes) -> Any:  # noqa: ANN401 - marshal's values
    # Ours, with its checksum, written by this version of Python.
    return marshal.loads(content)  # noqa: S302 - see above


def _version() -> bytes:
    return f"gonghui manifest {SCHEMA} {sys.implementation.cache_tag}\n".encode()


def _sum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SUM).digest()


def _sizes(out: Path) -> dict[str, int]:
    """The files of the tree and their sizes."""
    found: dict[str, int] = {}
    waiting = [("", str(out))] if out.is_dir() else []
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found[prefix + entry.name] = entry.stat().st_size
    return found
