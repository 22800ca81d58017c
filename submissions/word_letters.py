"""The letters of a run of a Word file: typed, broken, crossed out, kept by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element

from newsroom.body import Run
from newsroom.text import strip_invisible
from submissions.word_xml import child, is_on, named_value

_PRIVATE = 0xF000
# What offices tick with: the signs of Wingdings and Wingdings 2.
_SIGNS = {0xFC: "✓", 0xFE: "☑", 0x52: "☑", 0xA8: "☐", 0xA3: "☐", 0x6F: "☐", 0x6C: "●"}


def said(name: str, element: _Element) -> str:
    """The letters of a part of a run; a break is a line end, a field nothing."""
    if name == "t":
        return strip_invisible(element.text or "")
    if name == "sym":
        return _sign(named_value(element, "char"))
    return {
        "tab": " ",
        "ptab": " ",
        "br": "\n" if named_value(element, "type") != "page" else "",
        "cr": "\n",
        "noBreakHyphen": "-",
    }.get(name, "")


def _sign(code: str) -> str:
    """A letter that Word keeps by its number; of fonts of signs the ticks."""
    if not re.fullmatch(r"[0-9A-Fa-f]{2,4}", code):
        return ""
    number = int(code, 16)
    if number >= _PRIVATE:
        return _SIGNS.get(number - _PRIVATE, "")
    return strip_invisible(chr(number)) if number > 0x20 else ""  # noqa: PLR2004 - letters


def is_struck(run: _Element) -> bool:
    """Whether a run is crossed out by hand: its writer took the words back."""
    crossed = ("strike", "dstrike")
    return any(is_on(child(run, "rPr", name)) for name in crossed)


def broken(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs, cut where the writer broke the line."""
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        line += [replace(run, text=first)] if first else []
        for text in rest:
            yield tuple(line)
            line = [replace(run, text=text)] if text else []
    yield tuple(line)
