"""A release: the files of a public tree, by content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from os import DirEntry, scandir
from pathlib import Path
from typing import Protocol

from newsroom.errors import NewsroomError, NotAllowed
from publisher.folders import look_of

EDITION = "edition.json"
PUBLIC = "public"
# What a reader's browser needs; settings, databases, logs and drafts are none of it.
ALLOWED = frozenset(
    {
        *(".html", ".css", ".js", ".json", ".xml", ".txt", ".svg", ".ico", ".ics"),
        *(".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".pdf", ".docx"),
        *(".webmanifest", ".woff2", ".rss", ".atom"),
    }
)
_SHORT = 12
_NAME = r"[^./][^/]*"
_ENDINGS = "|".join(ending[1:] for ending in sorted(ALLOWED))
_MAY_GO = re.compile(rf"(?:{_NAME}/)*{_NAME}\.(?:{_ENDINGS})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file by content: its size in bytes and its sha256."""

    size: int
    sha256: str


class Sources(Protocol):
    """Where the bytes of each path are."""

    def __getitem__(self, path: str) -> Path:
        """The file that holds the bytes of a path."""


@dataclass(frozen=True, slots=True)
class InTree:
    """The bytes lie in a tree, under their paths."""

    root: Path

    def __getitem__(self, path: str) -> Path:
        return self.root / path


@dataclass(frozen=True)
class Release:
    """All files of a tree at one time.

    Attributes:
        files: each path and its content.
        sources: where the bytes of each path are.
        look: how the files of the tree stood when they were read (``look_of``).
    """

    files: Mapping[str, Leaf]
    sources: Sources
    look: str = ""

    @cached_property
    def digest(self) -> str:
        """The hash of the whole: the same files give the same one."""
        whole = hashlib.sha256()
        for path in sorted(self.files):
            whole.update(f"{path}\0{self.files[path].sha256}\n".encode())
        return whole.hexdigest()

    @property
    def short(self) -> str:
        """The first characters of :attr:`digest`, for people."""
        return self.digest[:_SHORT]


def read_release(root: Path, memory: Path | None = None) -> Release:
    """The release that stands in a folder.

    Args:
        root: ``output/public``.
        memory: a file in which hashes are kept by size and time of change, so that
            a file that did not change is not read again.

    Raises:
        NotAllowed: it is no released public tree, or holds what must not go out.
        NewsroomError: a file cannot be read.
    """
    _check_audience(root)
    known = _recall(memory)
    files: dict[str, Leaf] = {}
    fresh: dict[str, list[int | str]] = {}
    for path, entry in _walk(root):
        stat = entry.stat()
        size, moment = stat.st_size, stat.st_mtime_ns
        old = known.get(path)
        same = old is not None and old[:2] == [size, moment]
        digest = str(old[2]) if old and same else hash_file(Path(entry.path))
        files[path] = Leaf(size, digest)
        fresh[path] = [size, moment, digest]
    if memory is not None and fresh != known:
        _remember(memory, fresh)
    stood = ((path, size, changed) for path, (size, changed, _) in fresh.items())
    return Release(files, InTree(root), look_of((p, int(s), c) for p, s, c in stood))


def hash_file(file: Path) -> str:
    """The sha256 of a file.

    Raises:
        NewsroomError: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise NewsroomError(f"读不出 {file}：{error.strerror}") from error


def _check_audience(root: Path) -> None:
    try:
        edition = json.loads((root / EDITION).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotAllowed(
            f"{root} 里没有 {EDITION}，还没有公开版：请先运行 gonghui release 日期"
        ) from error
    except (OSError, ValueError) as error:
        raise NewsroomError(
            f"{root / EDITION} 读不出来，请重新运行 gonghui build"
        ) from error
    if not isinstance(edition, dict) or edition.get("audience") != PUBLIC:
        raise NotAllowed(
            f"{root} 不是公开版（{EDITION} 没有写 audience: public），不发布"
        )


def _walk(root: Path) -> Iterator[tuple[str, DirEntry[str]]]:
    folders = [("", str(root))]
    while folders:
        prefix, folder = folders.pop()
        with scandir(folder) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_symlink():
                    raise NotAllowed(f"公开版里有指向别处的链接 {path}：请删掉它")
                if entry.is_dir():
                    folders.append((f"{path}/", entry.path))
                else:
                    yield _allowed(path), entry


def _allowed(path: str) -> str:
    if not _MAY_GO.fullmatch(path):
        raise NotAllowed(
            f"公开版里有不该公开的文件 {path}，没有发布：请把它移走，"
            "再运行 gonghui publish"
        )
    return path


def _recall(memory: Path | None) -> dict[str, list[int | str]]:
    if memory is None or not memory.is_file():
        return {}
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # only slower: every file is read again
    return known if isinstance(known, dict) else {}


def _remember(memory: Path, fresh: dict[str, list[int | str]]) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    part = memory.with_name(f"{memory.name}.part")
    part.write_text(json.dumps(fresh), encoding="utf-8")
    part.replace(memory)
