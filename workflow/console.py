"""What the terminal shows: one console, tables, and progress with counts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.errors import MarkupError
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from workflow.line_breaks import break_as_chinese

# The marks that the program writes itself; [store] or [/color] in a value is a word.
_OWN = r"/?(?:bold|dim|red|green|yellow|cyan|bold red)?\]"
_FOREIGN = re.compile(rf"(?<!\\)\[(?=[a-z#/@])(?!{_OWN})")


class Terminal(Console):
    """A console on which a headline or a section's name is shown as it is written.

    Headlines come from other people's pages, and old ones hold marks such as
    ``[/color]``; Rich would leave them out, or refuse the whole line.
    """

    def render_str(self, text: str, **how: Any) -> Text:  # noqa: ANN401 - Rich's own
        """The text with the program's marks read and all others left as they are."""
        if how.get("markup") is False:
            return super().render_str(text, **how)
        try:
            return super().render_str(_FOREIGN.sub(r"\\[", text), **how)
        except MarkupError:
            return super().render_str(text, **how | {"markup": False})


def speak_utf8() -> None:
    """Write UTF-8 whatever the console is (a GBK console dies on 🔴)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def console() -> Console:
    """The console for results (standard output)."""
    break_as_chinese()
    return Terminal(highlight=False, emoji=False)


def error_console() -> Console:
    """The console for faults (standard error)."""
    break_as_chinese()
    return Terminal(stderr=True, highlight=False, emoji=False)


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
