"""``gonghui build`` when nothing changed: seen in a moment, before anything is loaded.

What a build rests on is noted when it ends without a fault: the program with its
libraries, the settings and rule files, the store's revision, the folders of pictures
and forms, the day. While all of it is as it was, and every page stands as it was left,
there is nothing to build. Neither Django nor pydantic is needed to see it; whatever is
unusual is left to the build itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from newsroom.errors import NewsroomError
from site_builder.form_watch import watched_forms
from site_builder.libraries import installed_versions
from site_builder.manifest import read_manifest
from workflow.clock import read_as_of

NOTE = Path("build", "unchanged.json")
SCHEMA = 2
_HOUSE = Path(__file__).resolve().parent.parent
_PROGRAM = (
    *("newsroom", "publisher", "site_builder", "story_store", "submissions"),
    "workflow",
)
_OPTIONS = {"--config": "config", "-c": "config", "--as-of": "as_of"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build rests on, found without loading the settings.

    Attributes:
        data: the folder of everything that is kept.
        ground: changes with the program, its libraries and the settings.
        stamp: changes with anything that a build rests on.
    """

    data: Path
    ground: str
    stamp: str


@dataclass(frozen=True, slots=True)
class TreeLeft:
    """A tree as a build left it: where, its manifest, and the stamp of that."""

    out: str
    manifest: str
    whole: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A plain build that was asked for, by a program and settings that built before.

    Attributes:
        as_of: what ``--as-of`` names.
        standing: what it rests on.
        trees: what the last build left.
        is_same: whether nothing that it rests on has changed since.
    """

    as_of: str | None
    standing: Standing
    trees: tuple[TreeLeft, ...]
    is_same: bool


UNUSUAL = (NewsroomError, OSError, sqlite3.Error, ValueError, LookupError, TypeError)


def look(arguments: Sequence[str]) -> Seen | None:
    """What these arguments ask for, if it is a build like the one before."""
    try:
        asked = asked_of("build", arguments)
        standing = asked and read_standing(*asked)
        if not (asked and standing) or (standing.data / "run.json").exists():
            return None
        note = json.loads((standing.data / NOTE).read_text("utf-8"))
        if (note["schema"], note["ground"]) != (SCHEMA, standing.ground):
            return None
        trees = tuple(TreeLeft(**tree) for tree in note["trees"])
        return Seen(asked[1], standing, trees, note["stamp"] == standing.stamp)
    except UNUSUAL:
        return None  # the build itself says what is wrong, if anything is


def nothing_changed(arguments: Sequence[str]) -> list[str]:
    """What ``gonghui build`` says when there is nothing to do; else nothing."""
    seen = look(arguments)
    return words_unchanged(seen) if seen else []


def words_unchanged(seen: Seen) -> list[str]:
    """What is said where nothing changed and all files stand; else nothing."""
    if not seen.is_same:
        return []
    try:
        return [_said(tree) for tree in seen.trees]
    except UNUSUAL:
        return []


def read_standing(config: Path, as_of: str | None) -> Standing:
    """What a build of the office with this config.toml rests on now.

    Raises:
        OSError, ValueError, sqlite3.Error: something is not as it usually is.
    """
    data, ground = read_ground(config)
    stamp = _hash(
        ground,
        *_files([data / "pictures", *watched_forms(data / "releases")]),
        _revision(data / "store.sqlite3"),
        read_as_of(as_of).date().isoformat(),
    )
    return Standing(data, ground, stamp)


def read_ground(config: Path) -> tuple[Path, str]:
    """The folder of what is kept, and a hash of the program, libraries and settings.

    Raises:
        OSError, ValueError: something is not as it usually is.
    """
    config = config.resolve()
    settings = tomllib.loads(config.read_text("utf-8"))
    folder = config.parent
    data = (
        folder / Path(settings.get("store", {}).get("folder", "data")).expanduser()
    ).resolve()
    rules = settings.get("rules", {}).values()
    ground = _hash(
        *_files([config, *_rule_files(folder), *(folder / r for r in rules)]),
        *_program(),
        sys.version,
        *(" ".join(one) for one in sorted(installed_versions().items())),
    )
    return data, ground


def note_standing(standing: Standing, trees: Iterable[TreeLeft]) -> None:
    """Note that these trees are what a build of this standing makes."""
    told = [{n: getattr(tree, n) for n in TreeLeft.__slots__} for tree in trees]
    stamps = {"ground": standing.ground, "stamp": standing.stamp}
    note = {"schema": SCHEMA, **stamps, "trees": told}
    part = standing.data / f"{NOTE}.part"
    part.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    part.replace(standing.data / NOTE)


def asked_of(command: str, arguments: Sequence[str]) -> tuple[Path, str | None] | None:
    """config.toml and ``--as-of`` of a plain command; None where it is anything else.

    Raises:
        LookupError: there is another option.
    """
    if not arguments or arguments[0] != command or len(arguments) % 2 == 0:
        return None
    pairs = zip(arguments[1::2], arguments[2::2], strict=True)
    found = {_OPTIONS[name]: value for name, value in pairs}
    named = found.get("config") or os.environ.get("GONGHUI_CONFIG") or "."
    path = Path(named)
    return path / "config.toml" if path.is_dir() else path, found.get("as_of")


def _said(tree: TreeLeft) -> str:
    """What is said of a tree that stands.

    Raises:
        LookupError: it does not stand as it was left.
    """
    manifest = read_manifest(Path(tree.manifest))
    if manifest is None:
        raise LookupError(tree.manifest)
    try:
        if manifest.head("whole") != tree.whole or manifest.doubtful(Path(tree.out)):
            raise LookupError(tree.out)
        files, _ = manifest.counts()
    finally:
        manifest.close()
    return said_of(tree.out, 0, files, 0)


def said_of(out: str | Path, written: int, unchanged: int, removed: int) -> str:
    """One line on what a build did to a tree."""
    return f"{out}：更新 {written} 个文件，{unchanged} 个没有变化，删除 {removed} 个"


def _rule_files(folder: Path) -> list[Path]:
    """The office's own rules, where they lie in the usual folder."""
    own = folder / "config"
    return sorted(own.iterdir()) if own.is_dir() else []


def _program() -> Iterator[str]:
    """The files that decide how a page comes out, each with its size and time.

    Some six hundred are looked at whenever a build starts: paths that are put
    together as text, not as ``Path``, take a third of the time.
    """
    with os.scandir(_HOUSE) as entries:
        yield from sorted(map(_entry, filter(_is_settings, entries)))
    for name in (*_PROGRAM, "templates", "config"):
        yield from sorted(_below(str(_HOUSE / name)))


def _is_settings(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith("config") and entry.name.endswith(".py")


def _below(folder: str) -> Iterator[str]:
    """The files of a folder and of all below it."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if not entry.is_dir():
                yield _entry(entry)
            elif entry.name != "__pycache__":
                yield from _below(entry.path)


def _entry(entry: os.DirEntry[str]) -> str:
    try:
        told = entry.stat()
    except FileNotFoundError:  # an editor's lock is a link to nowhere
        return f"{entry.path} -"
    return f"{entry.path} {told.st_size} {told.st_mtime_ns}"


def _hash(*told: str) -> str:
    return hashlib.blake2b("\n".join(told).encode(), digest_size=16).hexdigest()


def _files(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        try:
            told = file.stat()
        except FileNotFoundError:
            yield f"{file} -"
        else:
            yield f"{file} {told.st_size} {told.st_mtime_ns}"


def _revision(database: Path) -> str:
    uri = f"{database.as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=1)) as connection:
        sql = "SELECT value FROM counter WHERE name = 'revision'"
        row = connection.execute(sql).fetchone()
    return str(row[0]) if row else "0"
