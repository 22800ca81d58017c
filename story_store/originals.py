"""Originals: what units handed in, kept as it came and never opened again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from story_store.disk import write_whole
from story_store.models import SubmissionRow
from story_store.shelf import Shelf


class OriginalShelf(Shelf):
    """The folder ``originals``."""

    def keep_original(self, key: str, base: Path, files: Sequence[Path]) -> str:
        """Copy the files, which lie under ``base``, for good; safe to do again.

        Returns:
            The name of the sealed folder, relative to the data folder.
        """
        sealed = self.folder / "originals" / key
        for file in files:
            target = sealed / file.relative_to(base)
            if not target.exists():
                write_whole(target, file.read_bytes())
        return sealed.relative_to(self.folder).as_posix()

    def keep_upload(self, key: str, name: str, data: bytes) -> str:
        """Keep a file that was sent to a form; its name relative to the data folder."""
        target = self.folder / "originals" / key / name
        if not target.exists():
            write_whole(target, data)
        return target.relative_to(self.folder).as_posix()

    def sealed_folders(self) -> dict[str, str]:
        """By sealed folder, relative to the data folder, the number that it is of."""
        rows = SubmissionRow.objects.using(self.alias).exclude(original="")
        return dict(rows.values_list("original", "number"))

    def drop_upload(self, key: str) -> None:
        """Remove what was sent with a draft that was thrown away before sending."""
        originals = (self.folder / "originals").resolve()
        folder = (originals / key).resolve()
        if folder.parent == originals:
            shutil.rmtree(folder, ignore_errors=True)

    def keep_original_text(self, key: str, name: str, data: bytes) -> str:
        """Keep what was typed into a form, as one file; as ``keep_original``."""
        sealed = self.folder / "originals" / key
        if not (sealed / name).exists():
            write_whole(sealed / name, data)
        return sealed.relative_to(self.folder).as_posix()
