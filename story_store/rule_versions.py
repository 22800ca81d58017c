"""Every version of a rule file that the desk wrote: who, when, why, the whole text.

One small file a version, never changed again; the first holds what stood there before
the desk touched it, so that any version can be brought back.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from newsroom.article import CHINA
from newsroom.errors import NotFound
from story_store.disk import write_whole

FOLDER = "rule_versions"
ORIGINAL = "改之前的样子"


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule file as it was written once."""

    number: int
    by: str
    at: datetime
    note: str
    text: str


class RuleVersions:
    """The versions of one rule file in the office's data folder."""

    def __init__(self, data: Path, name: str) -> None:
        self.folder = data / FOLDER / name

    def all(self) -> tuple[RuleVersion, ...]:
        """Every version, the newest first."""
        files = sorted(self.folder.glob("[0-9]*.json"), reverse=True)
        return tuple(_read(file) for file in files)

    def version(self, number: int) -> RuleVersion:
        """One version.

        Raises:
            NotFound: there is none of this number.
        """
        file = self._file(number)
        if not file.is_file():
            raise NotFound(f"没有第 {number} 版")
        return _read(file)

    def keep(
        self, before: str, text: str, *, by: str, at: datetime, note: str
    ) -> RuleVersion:
        """Keep a text that is about to be written; ``before`` if nothing is kept yet.

        A text that somebody wrote by hand since the last version is kept as one too.
        """
        known = self.all()
        newest = known[0] if known else None
        if newest is None or newest.text != before:
            by_hand = "在编辑台外面改的" if newest else ORIGINAL
            newest = self._write(_next(newest), "", at, by_hand, before)
        return self._write(_next(newest), by, at, note, text)

    def _write(
        self, number: int, by: str, at: datetime, note: str, text: str
    ) -> RuleVersion:
        made = RuleVersion(number, by, at, note, text)
        told = asdict(made) | {"at": at.isoformat()}
        data = json.dumps(told, ensure_ascii=False, indent=1).encode()
        write_whole(self._file(number), data)
        return made

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:05d}.json"


def _next(version: RuleVersion | None) -> int:
    return version.number + 1 if version else 1


def _read(file: Path) -> RuleVersion:
    told = json.loads(file.read_text(encoding="utf-8"))
    at = datetime.fromisoformat(told.pop("at")).astimezone(CHINA)
    return RuleVersion(at=at, **told)
