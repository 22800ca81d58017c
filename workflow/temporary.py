"""Folders in the system's temporary folder that killed runs left behind.

Whoever makes one removes it; only a run that was killed, or lost its power, cannot.
They may hold what the towns sent, so that they do not wait for the next restart.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

LEFT_AFTER = 6 * 3600.0  # seconds; nothing of ours works that long in one of them
_OURS = re.compile(r"gonghui-(?:door|links|long|mail|press|read|visit)-[a-z0-9_]{8}")


def clear_left(folder: Path | None = None) -> int:
    """Remove our temporary folders that nobody has touched for hours; how many.

    Their age is measured by the clock that dates the files, so that ``--as-of`` and
    the time of an office make nothing old. Links and other people's folders stay.
    """
    try:
        place = folder or Path(tempfile.gettempdir())
        now = _present(place)
        found = [one for one in place.iterdir() if _OURS.fullmatch(one.name)]
    except OSError:  # no temporary folder, or a full one: nothing to be done here
        return 0
    left = [one for one in found if _is_own_folder(one) and _is_left(one, now)]
    for one in left:
        shutil.rmtree(one, ignore_errors=True)
    return sum(not one.exists() for one in left)


def _present(folder: Path) -> float:
    with tempfile.TemporaryFile(dir=folder) as probe:
        return os.fstat(probe.fileno()).st_mtime


def _is_own_folder(path: Path) -> bool:
    try:
        seen = path.lstat()
    except OSError:
        return False
    own = not hasattr(os, "getuid") or seen.st_uid == os.getuid()
    return own and stat.S_ISDIR(seen.st_mode)


def _is_left(folder: Path, now: float) -> bool:
    try:
        times = [one.lstat().st_mtime for one in (folder, *folder.rglob("*"))]
    except OSError:  # somebody is at work in it
        return False
    return max(times) < now - LEFT_AFTER
