"""Settings that follow their files: a file saved at the desk or by hand counts at once.

A look costs a few file stamps. Files with faults change nothing: what was good goes on.
"""

from __future__ import annotations

import logging
from pathlib import Path

from config import Settings, SettingsFault, load_settings

LOG = logging.getLogger("gonghui.desk")
_Stamp = tuple[tuple[int, int] | None, ...]


class SettingsWatch:
    """Remembers how the files looked when the settings were read."""

    def __init__(self, settings: Settings) -> None:
        self._files = _files(settings)
        self._stamp = _stamp(self._files)

    def changed(self) -> Settings | None:
        """The settings read anew when a file has changed, None when none has."""
        stamp = _stamp(self._files)
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        try:
            settings = load_settings(self._files[0])
        except SettingsFault as error:
            LOG.warning("the settings have faults, the old ones go on: %s", error)
            # A faulty file may be one that is newly named: its mending is seen too.
            self._look_at((*self._files, *(fault.file for fault in error.faults)))
            return None
        self._look_at(_files(settings))
        return settings

    def _look_at(self, files: tuple[Path, ...]) -> None:
        """Watch these from now on; those watched before keep how they looked."""
        known = dict(zip(self._files, self._stamp, strict=True))
        self._files = tuple(dict.fromkeys(files))
        self._stamp = tuple(known.get(f) or _file_stamp(f) for f in self._files)


def _files(settings: Settings) -> tuple[Path, ...]:
    rules = (settings.path(path) for _, path in settings.rule_files)
    return (settings.file, *rules)


def _stamp(files: tuple[Path, ...]) -> _Stamp:
    return tuple(_file_stamp(file) for file in files)


def _file_stamp(file: Path) -> tuple[int, int] | None:
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size
