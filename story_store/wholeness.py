"""Whether the store's file stands as the program left it, so that it need not be read.

No Django here: it is also asked by whoever only reads.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

DATABASE = "store.sqlite3"
CHECKED = "store.checked"


def note_whole(folder: Path) -> None:
    """Note how the closed store stands, so that the next start need not read it all.

    Whoever else touches the file changes its time, and a killed process notes
    nothing: then it is checked.
    """
    with suppress(OSError):  # not noted, so checked the next time
        (folder / CHECKED).write_text(_standing(folder / DATABASE), encoding="utf-8")


def is_noted(folder: Path) -> bool:
    """Whether the store stands as it was noted, with nothing half written beside it."""
    database = folder / DATABASE
    with suppress(OSError, UnicodeDecodeError):
        noted = (folder / CHECKED).read_text("utf-8")
        journal = Path(f"{database}-journal")
        return noted == _standing(database) and not journal.exists()
    return False


def _standing(database: Path) -> str:
    told = database.stat()
    return f"{told.st_size} {told.st_mtime_ns} {told.st_ino}\n"
