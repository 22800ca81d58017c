"""The first door for the towns: a folder for each, in it a folder for each story.

``inbox/安福寺镇/送清凉/`` holds a text file and pictures. Nothing here is deleted or
moved: scanning only reads (``submissions.receipts`` puts away what the store has).
Scanned again, the same files give the same key, so nothing is taken twice. A folder
with a file that changed in the last seconds is still being copied and is left for
the next time; so is one that cannot be opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from newsroom.taxonomy import Unit, UnitRules
from newsroom.text import clean_text, fold
from submissions.entries import read_entry, where
from submissions.found import (
    ASIDE,
    TAKEN,
    FoundSubmission,
    KeepOriginal,
    KeepPicture,
    Outcome,
    Scan,
    ScanResult,
    UnreadFolder,
    is_meant,
)

__all__ = [
    "FoundSubmission",
    "ScanResult",
    "UnreadFolder",
    "make_town_folders",
    "scan_inbox",
]


def scan_inbox(
    inbox: Path,
    *,
    units: UnitRules,
    now: datetime,
    keep_original: KeepOriginal,
    keep_picture: KeepPicture,
) -> ScanResult:
    """What the towns put into the inbox, in order of town and name.

    ``keep_picture(data, extension)`` keeps a cleaned picture and gives its name;
    ``keep_original(key, base, files)`` seals the files as they came and gives the
    name of that place. Both may be called again for the same files.
    """
    scan = Scan(now, keep_original, keep_picture)
    found: list[FoundSubmission] = []
    unread: list[UnreadFolder] = []
    problems: list[str] = []
    for outcome in _outcomes(inbox, units, scan):
        match outcome:
            case FoundSubmission():
                found.append(outcome)
                here = where(outcome.place)
                problems.extend(f"{here}：{remark}" for remark in outcome.remarks)
            case UnreadFolder(place, why):
                unread.append(outcome)
                problems.append(f"{where(place)} 需要人工处理：{why}")
            case str():
                problems.append(outcome)
    return ScanResult(tuple(found), tuple(unread), tuple(problems))


def make_town_folders(inbox: Path, units: UnitRules) -> None:
    """Make a folder for each unit that may hand in, so that nobody types a name."""
    for unit in units.units:
        if unit.enabled:
            (inbox / unit.name).mkdir(parents=True, exist_ok=True)


def _outcomes(inbox: Path, units: UnitRules, scan: Scan) -> Iterator[Outcome]:
    for town in _entries(inbox):
        if town.name in {TAKEN, ASIDE}:
            continue
        if not town.is_dir():
            yield (
                f"投稿文件夹里的 {clean_text(town.name)} 没有放进单位的文件夹，"
                "不知道是谁报的，没有收"
            )
            continue
        entries = _entries(town)
        unit = _unit_named(town.name, units)
        if unit is None and entries:
            yield (
                f"投稿文件夹「{clean_text(town.name)}」不是单位表里的名称，里面的 "
                f"{len(entries)} 份没有收：请改成单位名称（如 {units.units[0].name}），"
                "下次自动收取"
            )
        elif unit is not None:
            yield from (read_entry(entry, unit, scan) for entry in entries)


def _entries(folder: Path) -> list[Path]:
    """What people put into the folder, in order of name."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if is_meant(path))


def _unit_named(name: str, units: UnitRules) -> Unit | None:
    wanted = fold(name)
    for unit in units.units:
        names = (unit.id, unit.name, unit.union, *unit.aliases)
        if unit.enabled and wanted in map(fold, names):
            return unit
    return None
