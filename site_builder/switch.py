"""Putting new files in place of old ones, so that a crash at any step can be mended.

New files wait in ``next``; a journal names the order; each file is replaced by one
rename, a folder that is new to the tree as a whole. Until the journal stands the old
tree is untouched; once it stands the next start completes it. Only files of our own
manifest are ever deleted.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

SCHEMA = 1
TRIES = 5  # on Windows a reader may hold a file for a moment
PAUSE = 0.2
FEW = 64  # beyond so many files one sync of the disk is cheaper


@dataclass(frozen=True, slots=True)
class Journal:
    """What the switch will do: files to put in place in order, files to delete."""

    replace: tuple[str, ...]
    delete: tuple[str, ...]


@dataclass(slots=True)
class Workshop:
    """The folder where a tree is prepared; one for each tree."""

    folder: Path
    pause: Callable[[float], None] = field(default=time.sleep)

    @property
    def next(self) -> Path:
        """Where new files wait."""
        return self.folder / "next"

    @property
    def journal(self) -> Path:
        """The order that is being carried out."""
        return self.folder / "journal.json"

    @property
    def manifest(self) -> Path:
        """What is known of the tree."""
        return self.folder / "manifest.sqlite3"

    @property
    def bytecode(self) -> Path:
        """Where templates lie as bytecode."""
        return self.folder.parent / "templates"

    def stage(self, path: str, content: bytes) -> str:
        """Let a new file wait; where it does."""
        target = f"{self.next}/{path}"
        try:
            file = _to_write(target)
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            file = _to_write(target)
        with file:
            left = content
            while left:  # a disk that fills takes a part, and then says so
                left = left[file.write(left) :]
        return target

    def clear(self) -> None:
        """Forget files that wait without a journal."""
        shutil.rmtree(self.next, ignore_errors=True)

    def switch(self, out: Path, order: Journal) -> None:
        """Carry out an order, from its journal on."""
        self._flush(order.replace)
        text = json.dumps(
            {
                "schema": SCHEMA,
                "replace": order.replace,
                "delete": order.delete,
            },
            ensure_ascii=False,
        )
        _write_whole(self.journal, text.encode())
        self.finish(out)

    def finish(self, out: Path) -> bool:
        """Complete an order that a crash left behind; whether there was one."""
        if not self.journal.exists():
            self.clear()
            return False
        order = _read_journal(self.journal)
        whole = set[str]()
        for path in order.replace:
            folder = path.partition("/")[0]
            if folder in whole or self._put_whole(folder, out, path):
                whole.add(folder)
            else:
                self._put(self.next / path, out / path)
        for path in order.delete:
            (out / path).unlink(missing_ok=True)
            _remove_empty(out / path, out)
        self.journal.unlink()
        self.clear()
        return True

    def _flush(self, paths: Sequence[str]) -> None:
        """Have the files on the disk before the journal names them."""
        if len(paths) > FEW and hasattr(os, "sync"):
            os.sync()  # one wait for all instead of thousands
            return
        for path in paths:
            with (self.next / path).open("rb+") as file:
                os.fsync(file.fileno())

    def _put_whole(self, folder: str, out: Path, path: str) -> bool:
        """A folder that the tree has not yet takes its place by one rename.

        No page of the old tree leads into it, so that its files need no order.
        """
        source, target = self.next / folder, out / folder
        if folder == path or target.exists() or not source.exists():
            return False
        out.mkdir(parents=True, exist_ok=True)
        try:
            source.replace(target)
        except OSError:  # another disk, or held: file by file
            return False
        return True

    def _put(self, source: Path, target: Path) -> None:
        if not source.exists():  # put in place before the crash
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        for attempt in range(TRIES):
            try:
                _move(source, target)
            except PermissionError:
                if attempt + 1 == TRIES:
                    raise
                self.pause(PAUSE)
            else:
                return


def _read_journal(path: Path) -> Journal:
    told = json.loads(path.read_text("utf-8"))
    return Journal(tuple(told["replace"]), tuple(told["delete"]))


def _move(source: Path, target: Path) -> None:
    """One rename; from another disk a copy beside the target, then the rename."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{target.name}.next")
        shutil.copy2(source, beside)  # with its time, by which it is known
        beside.replace(target)
        source.unlink()


def _to_write(target: str) -> FileIO:
    """A file to be written in one go: a buffer would take half as long again."""
    return open(target, "wb", buffering=0)  # noqa: PTH123 - a third of the time


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    _write(beside, content)
    beside.replace(path)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove_empty(path: Path, root: Path) -> None:
    """Folders of ours that a deletion left empty."""
    for folder in path.parents:
        if folder == root:
            return
        with os.scandir(folder) as entries:  # looked at as far as the first
            if next(entries, None) is not None:
                return
        folder.rmdir()
