"""Raw pages: WARC files by day, so that any day can be read again."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from newsroom.errors import NotFound
from story_store.disk import move_whole
from story_store.kept import KeptWarc
from story_store.shelf import Shelf

_ENDING = ".warc.gz"


class PageShelf(Shelf):
    """The folder ``pages/YYYY/MM/DD``."""

    def keep_warc(
        self, spool_file: Path, *, day: date, source_id: str, run_id: int
    ) -> str:
        """Move a part of raw pages from the spool to its day; its name in the store.

        Done again after a crash it gives the same name: whether the move happened or
        not, the pages are there once. Other pages of the same source and run get a
        name of their own (``-2``).

        Raises:
            NotFound: the part is neither in the spool nor already kept.
        """
        target = self.folder / self.warc_name(
            day=day, source_id=source_id, run_id=run_id
        )
        if not spool_file.exists():
            if not target.exists():
                raise NotFound(f"找不到原始网页文件：{spool_file}")
        elif target.exists() and _same_bytes(spool_file, target):
            spool_file.unlink()
        else:
            target = _free_name(target)
            move_whole(spool_file, target)
        return target.relative_to(self.folder).as_posix()

    def warc_name(self, *, day: date, source_id: str, run_id: int) -> str:
        """The name under which ``keep_warc`` will keep a source's pages of a run.

        Told beforehand, so that rows can name the file that is moved last.
        """
        name = f"{source_id}-{run_id:06d}{_ENDING}"
        return (self._day_folder(day) / name).relative_to(self.folder).as_posix()

    def warcs_of(self, day: date) -> tuple[KeptWarc, ...]:
        """The day's files of raw pages with their sources, in order of name."""
        files = sorted(self._day_folder(day).glob(f"*{_ENDING}"))
        return tuple(KeptWarc(file.name.split("-")[0], file) for file in files)

    def warc_path(self, name: str) -> Path:
        """The file of a name that ``keep_warc`` gave."""
        return self.folder / name

    def _day_folder(self, day: date) -> Path:
        return self.folder / "pages" / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"


def _free_name(target: Path) -> Path:
    base, number, free = target.name.removesuffix(_ENDING), 2, target
    while free.exists():
        free = target.with_name(f"{base}-{number}{_ENDING}")
        number += 1
    return free


def _same_bytes(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and _sha(one) == _sha(other)


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
