"""Typst by itself: what it is asked, what it made, and the process that runs it.

``python -m site_builder.forms.engine`` reads orders, a line of JSON each, and answers
each by a line of JSON and the files behind it, until nobody asks any more. It imports
typst and what cuts fonts; ``press.py`` is its other end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from site_builder.forms.font_files import cut_into

FACES = "faces"  # the order that asks for fonts instead of a form
CUT = "cut"  # the order that asks for small fonts


@dataclass(frozen=True, slots=True)
class Order:
    """What typst is asked to set.

    Attributes:
        template: the path of the template.
        root: the one folder that typst may read.
        given: the values, as JSON text.
        fonts: a folder with more fonts than the system's, or None.
        alone: whether the fonts of that folder are all that there is.
        form: ``pdf`` or ``png``.
        ppi: dots per inch of a PNG.
        timestamp: the date written into the file, in epoch seconds.
    """

    template: str
    root: str
    given: str
    fonts: str | None
    form: str
    ppi: float
    timestamp: int
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What typst made: files, pages, its warnings; or why it made nothing."""

    files: tuple[bytes, ...] = ()
    count: int = 0
    warnings: tuple[str, ...] = ()
    fault: str | None = None


def set_here(order: Order) -> Outcome:
    """Set a form in this process."""
    import typst

    template, root = Path(order.template), Path(order.root)
    try:
        compiler = typst.Compiler(
            input=_source(template, root),
            root=str(root),
            font_paths=_fonts(order),
            sys_inputs={"given": order.given},
        )
        made, warnings = compiler.compile_with_warnings(
            format="pdf" if order.form == "pdf" else "png",
            ppi=order.ppi,
            timestamp=order.timestamp,
        )
        files = tuple(made) if isinstance(made, list) else (made or b"",)
        count = len(files)
        if order.form == "pdf":
            count = int(compiler.query("<pages>", "value", one=True))
    except typst.TypstError as error:
        return Outcome(fault=str(error))
    return Outcome(files, count, tuple(one.message for one in warnings))


def faces_here(folder: str | None) -> list[tuple[str, int, str, int]]:
    """The upright faces that typst finds: family, weight, file, and place in it."""
    fonts = [f for f in _all_fonts(folder).fonts() if f.path and f.style == "normal"]
    return [(one.family, one.weight, one.path, one.index) for one in fonts]


def _fonts(order: Order) -> Any:  # noqa: ANN401 - typst's
    import typst

    if not order.alone or order.fonts is None:
        return _all_fonts(order.fonts)
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[order.fonts],
    )


@cache
def _all_fonts(folder: str | None) -> Any:  # noqa: ANN401 - typst's
    """All fonts, looked for once a process: that takes as long as setting a page."""
    import typst

    paths = [folder] if folder else []
    return typst.Fonts(include_embedded_fonts=False, font_paths=paths)


def _source(template: Path, root: Path) -> Any:  # noqa: ANN401 - typst's types want one of the two
    """Typst reads within one root: a template from elsewhere comes as bytes."""
    return str(template) if template.parent == root else template.read_bytes()


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer orders, one after the other, to the end of what is asked."""
    for line in asked:
        files, note = _answer(json.loads(line))
        note["sizes"] = [len(file) for file in files]
        answered.write(json.dumps(note).encode() + b"\n")
        answered.writelines(files)
        answered.flush()


def _answer(told: Mapping[str, Any]) -> tuple[tuple[bytes, ...], dict[str, Any]]:
    if FACES in told:
        return (), {FACES: faces_here(told[FACES])}
    if CUT in told:
        folder, faces, letters = told[CUT]
        return (), {CUT: cut_into(Path(folder), faces, map(ord, letters))}
    outcome = set_here(Order(**told))
    note = asdict(outcome)
    del note["files"]
    return outcome.files, note


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
