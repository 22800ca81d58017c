"""A backup: the database whole, the kept files beside it, and a list of both."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.article import CHINA
from story_store.disk import move_whole, write_whole
from story_store.opening import DATABASE
from story_store.shelf import Shelf
from story_store.snapshot import vacuum_into

SCHEMA = 1
KEPT_FOLDERS = ("pictures", "originals", "pages")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: its manifest, and how many files it names."""

    manifest: Path
    files: int
    copied: int


def backup(store: Shelf, to: Path, now: datetime) -> Backup:
    """Copy everything that must be kept into the folder ``to``.

    Kept files never change, so only those that are not there yet are copied; the
    database is copied anew under the time. The manifest names every file with its
    size, and the database with its SHA-256; to restore, copy them back under these
    names (the database as ``store.sqlite3``).
    """
    moment = f"{now.astimezone(CHINA):%Y%m%d-%H%M%S}"
    database = to / f"store-{moment}.sqlite3"
    # First the database: a file that comes later is at worst copied unnamed.
    vacuum_into(store.alias, database)
    names = _kept_files(store.folder)
    copied = sum(_copy(store.folder / name, to / name) for name in names)
    manifest = to / f"manifest-{moment}.json"
    document = {
        "schema": SCHEMA,
        "taken_at": now.astimezone(CHINA).isoformat(),
        "database": {
            "file": database.name,
            "restore_as": DATABASE,
            "size": database.stat().st_size,
            "sha256": _sha(database),
        },
        "files": [{"file": n, "size": (to / n).stat().st_size} for n in names],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_whole(manifest, text.encode())
    return Backup(manifest, len(names), copied)


def _kept_files(folder: Path) -> list[str]:
    found = (p for kept in KEPT_FOLDERS for p in (folder / kept).rglob("*"))
    return sorted(
        path.relative_to(folder).as_posix()
        for path in found
        if path.is_file() and not path.name.endswith(".part")
    )


def _copy(source: Path, target: Path) -> bool:
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    move_whole(part, target)
    return True


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
