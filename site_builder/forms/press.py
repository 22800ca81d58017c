"""Typst in a process of its own, for as long as the forms of one edition take.

Typst keeps pages, pictures and fonts to the end of its process, and the process that
asks is the one that also crawls, builds or serves. One process sets all forms of an
edition, so that it starts and looks for fonts once; its memory ends with it. What ends
by a crash is one form: the next is set by a new process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Lock
from types import TracebackType
from typing import IO, Any, Self

from newsroom.errors import NewsroomError
from site_builder.forms.engine import CUT, FACES, Order, Outcome

_TROUBLE = 300  # characters of what typst says when it breaks off
_NOT_STARTED = "排版程序启动不了，请看内存和磁盘还够不够，程序文件是不是齐全"


class _GoneError(Exception):
    """The process did not start, or ended without an answer; says how."""


@dataclass
class Press:
    """The process, started by the first order, ended with the block.

    Threads may share one: their orders are set in turn.
    """

    _running: _Running | None = None
    _lock: Lock = field(default_factory=Lock)
    _rooms: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._rooms.close()

    def cut(self, faces: Iterable[tuple[str, int]], letters: str) -> Path | None:
        """A folder of small fonts of these faces (file, place in it), till the end.

        None when one cannot be cut, or there is no room for them.
        """
        try:
            place = TemporaryDirectory(prefix="gonghui-press-")
        except OSError:
            return None
        folder = self._rooms.enter_context(place)
        try:
            note, _ = self._ask({CUT: [folder, list(faces), letters]})
        except _GoneError:
            return None
        return Path(folder) if note[CUT] else None

    def set(self, order: Order) -> Outcome:
        """Set a form; a process that dies over it is a fault like any other."""
        try:
            note, files = self._ask(asdict(order))
        except _GoneError as gone:
            return Outcome(fault=str(gone))
        return Outcome(files, note["count"], tuple(note["warnings"]), note["fault"])

    def faces(self, folder: Path | None) -> list[tuple[str, int, str, int]]:
        """The faces that typst finds: family, weight, file, and place in the file.

        Raises:
            NewsroomError: the process did not start, or died.
        """
        try:
            note, _ = self._ask({FACES: str(folder) if folder else None})
        except _GoneError as gone:
            raise NewsroomError(str(gone)) from gone
        return [(family, *rest) for family, *rest in note[FACES]]

    def _ask(self, told: dict[str, Any]) -> tuple[dict[str, Any], tuple[bytes, ...]]:
        with self._lock:
            self._running = self._running or _Running.start()
            try:
                return self._running.ask(told)
            except (OSError, ValueError) as error:
                raise _GoneError(self._end()) from error

    def _end(self) -> str:
        running, self._running = self._running, None
        return running.end() if running else ""


@dataclass(frozen=True)
class _Running:
    """One process and what it complains of."""

    process: subprocess.Popen[bytes]
    asked: IO[bytes]
    answered: IO[bytes]
    said: IO[bytes]

    @classmethod
    def start(cls) -> Self:
        try:
            return cls._started()
        except OSError as error:
            raise _GoneError(f"{_NOT_STARTED}（{error.strerror or error}）") from error

    @classmethod
    def _started(cls) -> Self:
        with ExitStack() as on_failure:
            said = on_failure.enter_context(TemporaryFile())
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "site_builder.forms.engine"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=_environment(),
            )
            if process.stdin is None or process.stdout is None:
                raise NewsroomError("排版程序没有接通")
            on_failure.pop_all()
        return cls(process, process.stdin, process.stdout, said)

    def ask(self, told: dict[str, Any]) -> tuple[dict[str, Any], tuple[bytes, ...]]:
        """The answer's note and files; OSError or ValueError where none comes."""
        self.asked.write(json.dumps(told).encode() + b"\n")
        self.asked.flush()
        note: dict[str, Any] = json.loads(self.answered.readline())
        files = tuple(self.answered.read(size) for size in note["sizes"])
        if [len(file) for file in files] != note["sizes"]:
            raise ValueError(note["sizes"])
        return note, files

    def end(self) -> str:
        """Let it go; a sentence of how it ended."""
        with self.said:
            with suppress(OSError):  # it went before it had read everything
                self.asked.close()
            self.answered.close()
            code = self.process.wait()
            self.said.seek(0)
            words = self.said.read().decode("utf-8", "replace").strip()[-_TROUBLE:]
        return f"排版程序意外退出（{code}）{words}"


def _environment() -> dict[str, str]:
    """Ours, with the way to our packages."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
    }
