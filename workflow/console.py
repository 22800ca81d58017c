"""What the terminal shows: one console, tables, and progress with counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)


def speak_utf8() -> None:
    """Write UTF-8 whatever the console is (a GBK console dies on 🔴)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def console() -> Console:
    """The console for results (standard output)."""
    return Console(highlight=False)


def error_console() -> Console:
    """The console for faults (standard error)."""
    return Console(stderr=True, highlight=False)


@contextmanager
def progress_bar(out: Console) -> Iterator[Progress]:
    """A progress display with counts; quiet where the output is no terminal."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[detail]}"),
        console=out,
        transient=True,
        disable=not out.is_terminal,
    ) as progress:
        yield progress
