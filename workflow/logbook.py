"""One structured log a run: a line of JSON an event, in data/logs.

Every text is cut to 2 KB and cleared of secrets before it is written, so that a log
can be handed to whoever maintains the program.
"""

from __future__ import annotations

import json
import logging
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FOLDER = "logs"
ENDING = ".jsonl"
KEPT_DAYS = 30
KEPT_BYTES = 200 * 1024**2
RUN_BYTES = 20 * 1024**2
FIELD_BYTES = 2048
LIST_LENGTH = 100
HIDDEN = "［已隐去］"
_SHORTEST_SECRET = 4
# What secrets look like wherever they stand: in an address, a header, an assignment;
# and the two numbers of persons that must not lie about in logs.
_SECRETS = (
    (re.compile(r"((?:Bearer|Basic)\s+)[\w.~+/=-]+", re.IGNORECASE), rf"\1{HIDDEN}"),
    (re.compile(r"(://[^/\s:@]*:)[^/\s@]+(@)"), rf"\1{HIDDEN}\2"),
    (
        re.compile(
            r"((?:key|token|sign|secret|passw(?:or)?d|pwd|ticket|session)"
            r"[\w-]*[\"']?\s*[=:]\s*[\"']?)(?!//)[^\s&\"',;]+",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(/hook/)[\w-]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)"), r"\1****\2"),
    (re.compile(r"(?<!\d)([1-9]\d)\d{15}[\dXx](?!\d)"), r"\1****"),
)


class Logbook:
    """The log of one run; safe to use after the disk is full: it then stays silent."""

    def __init__(
        self, file: Path, clock: Callable[[], datetime], secrets: Sequence[str] = ()
    ) -> None:
        self.file = file
        self._clock = clock
        self._secrets = tuple(s for s in secrets if len(s) >= _SHORTEST_SECRET)
        self._written = 0
        self._handler = _ToLogbook(self)

    @classmethod
    def open(
        cls,
        data: Path,
        command: str,
        clock: Callable[[], datetime],
        secrets: Sequence[str] = (),
    ) -> Self:
        """A new log in the folder of logs; older ones go by age, and to make room."""
        folder, now = data / FOLDER, clock()
        prune_logs(folder, now.date(), most=KEPT_BYTES - RUN_BYTES)
        name = f"{now:%Y%m%d-%H%M%S}-{command}-{os.getpid()}{ENDING}"
        return cls(folder / name, clock, secrets)

    def note(self, event: str, **fields: object) -> None:
        """Write one event; a log that cannot be written never stops a run."""
        if self._written > RUN_BYTES:
            return
        line = {"at": self._clock().isoformat(), "event": event} | {
            name: self._clean(value) for name, value in fields.items()
        }
        data = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("ab") as out:
                out.write(data)
        except OSError:
            return
        self._written += len(data)

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self._handler)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        logging.getLogger().removeHandler(self._handler)
        if error is not None:
            name = kind.__name__ if kind else ""
            self.note("stopped", error=name, sentence=str(error))

    def _clean(self, value: object) -> object:
        if isinstance(value, dict):
            return {str(key): self._clean(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._clean(inner) for inner in value[:LIST_LENGTH]]
        if value is None or isinstance(value, bool | int | float):
            return value
        return cut(redact(str(value), self._secrets))


class _ToLogbook(logging.Handler):
    """Brings warnings of libraries into the log."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__(logging.WARNING)
        self._logbook = logbook

    def emit(self, record: logging.LogRecord) -> None:
        """Note one message."""
        self._logbook.note(
            "log", logger=record.name, level=record.levelname, text=record.getMessage()
        )


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without these secrets, and without what looks like one."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def cut(text: str, most: int = FIELD_BYTES) -> str:
    """The text within so many bytes of UTF-8; what is cut shows as ``…``."""
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return data.decode()
    return data[: most - len("…".encode())].decode("utf-8", "ignore") + "…"


def prune_logs(folder: Path, today: date, *, most: int = KEPT_BYTES) -> int:
    """Remove logs older than thirty days, then the oldest beyond 200 MB; how many."""
    oldest = f"{today - timedelta(days=KEPT_DAYS):%Y%m%d}"
    total = removed = 0
    for name, size in sorted(_sizes(folder), reverse=True):
        total += size
        if name < oldest or total > most:
            with suppress(OSError):  # open in another program, or not ours to remove
                (folder / name).unlink()
                removed, total = removed + 1, total - size
    return removed


def _sizes(folder: Path) -> Iterator[tuple[str, int]]:
    """Name and size of each log; what only has the name of one is left alone."""
    try:
        names = [file.name for file in folder.iterdir() if file.suffix == ENDING]
    except OSError:
        return
    for name in names:
        with suppress(OSError):  # gone since, by another run
            known = (folder / name).lstat()
            if stat.S_ISREG(known.st_mode):
                yield name, known.st_size


def read_log(file: Path) -> list[dict[str, Any]]:
    """The events of a log; a line cut off by a crash is left out."""
    events = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            events.append(json.loads(line))
        except ValueError:
            continue
    return events
