"""The look at every file of a tree, by a child process while the build itself starts.

To ask for the times of fifty thousand files, and to sum up the manifest, takes as long
as to load what a small build needs; side by side neither waits. Where there is no
``fork``, or only one processor, the build looks for itself.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from site_builder.manifest import Lies, lies_of, read_manifest


class Swept(NamedTuple):
    """What the child found.

    Attributes:
        lies: how the manifest lay when the child had read it whole.
        doubted: the files that do not stand as that manifest says.
    """

    lies: Lies
    doubted: Sequence[str]


@dataclass(slots=True)
class Sweep:
    """A child process at its look; ask ``swept`` once, or ``end`` it."""

    pid: int
    pipe: int

    def swept(self) -> Swept | None:
        """What it found, None when it could not tell."""
        if not self.pid:
            return None
        with open(self.pipe, "rb") as file:  # noqa: PTH123 - a pipe has no path
            told = file.read()
        self._reap()
        try:
            lies, doubted = json.loads(told)
            return Swept(Lies(*lies), doubted)
        except (ValueError, TypeError):
            return None

    def end(self) -> None:
        """Let go of a child that nobody asked."""
        if self.pid:
            os.close(self.pipe)
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._reap()

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.pid = 0


def start_sweep(manifest: Path, out: Path) -> Sweep | None:
    """Begin to look at the tree at ``out``; None where that is of no use."""
    alone = threading.active_count() == 1  # a lock of another thread would stay shut
    if not hasattr(os, "fork") or not alone or (os.cpu_count() or 1) == 1:
        return None
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Sweep(pid, reading)
    try:
        os.close(reading)
        with open(writing, "wb") as file:  # noqa: PTH123 - a pipe has no path
            file.write(json.dumps(_look(manifest, out)).encode())
    finally:
        os._exit(0)  # whatever happened: an empty pipe says that it could not tell


def _look(manifest: Path, out: Path) -> Swept | None:
    lies, kept = lies_of(manifest), read_manifest(manifest)
    if lies is None or kept is None:
        return None
    try:
        return Swept(lies, kept.doubtful(out))
    finally:
        kept.close()
