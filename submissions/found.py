"""What a scan of the inbox gives, and the names that it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom.submission import Submission

TAKEN = "已收"
ASIDE = "需人工"
RECEIPT = "回执.txt"
ASIDE_NOTE = "需人工.txt"

IGNORED = frozenset({RECEIPT, ASIDE_NOTE, "thumbs.db", "desktop.ini"})

KeepPicture = Callable[[bytes, str], str]
KeepOriginal = Callable[[str, Path, Sequence[Path]], str]


@dataclass(frozen=True, slots=True)
class FoundSubmission:
    """A story found in the inbox, and the folder (or text file) it stands in.

    ``remarks`` are Chinese sentences for the receipt, e.g. of photos too small.
    """

    submission: Submission
    place: Path
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadFolder:
    """What only a person can read: the folder (or file), and why."""

    place: Path
    why: str


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What lies in the inbox; ``problems`` are Chinese sentences for the report."""

    found: tuple[FoundSubmission, ...] = ()
    unread: tuple[UnreadFolder, ...] = ()
    problems: tuple[str, ...] = ()


Outcome = FoundSubmission | UnreadFolder | str


@dataclass(frozen=True, slots=True)
class Scan:
    """What every step of a scan needs: the time, and where things are kept."""

    now: datetime
    keep_original: KeepOriginal
    keep_picture: KeepPicture


def is_meant(path: Path) -> bool:
    """Whether a person put it there, not a system or an open word processor."""
    name = path.name
    return not name.startswith((".", "~$")) and name.casefold() not in IGNORED
