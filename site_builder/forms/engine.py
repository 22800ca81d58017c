"""Typst in a process of its own, for as long as one form takes.

Typst holds every font file that it reads to the end of its process, 130 MB where
Noto's four Chinese files are installed, and the process that asks is the one that also
crawls, builds or serves. What ends here with its memory, or with a crash, is one form.

``python -m site_builder.forms.engine`` reads an order as JSON and writes what was set
as JSON; it imports typst and nothing of ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_TROUBLE = 300  # characters of what typst says when it breaks off


@dataclass(frozen=True, slots=True)
class Order:
    """What typst is asked to set.

    Attributes:
        template: the path of the template.
        root: the one folder that typst may read.
        given: the values, as JSON text.
        fonts: a folder with more fonts than the system's, or None.
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What typst made: files, pages, its warnings; or why it made nothing."""

    files: tuple[bytes, ...] = ()
    count: int = 0
    warnings: tuple[str, ...] = ()
    fault: str | None = None


def set_apart(order: Order) -> Outcome:
    """Set a form in a process of its own; one that dies is a fault like any other."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "site_builder.forms.engine"],
        input=json.dumps(asdict(order)).encode(),
        capture_output=True,
        env=_environment(),
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-_TROUBLE:]
        return Outcome(fault=f"排版程序意外退出（{done.returncode}）{said}")
    return _read(json.loads(done.stdout))


def set_here(order: Order) -> Outcome:
    """Set a form in this process."""
    import typst

    fonts = typst.Fonts(
        include_embedded_fonts=False, font_paths=[order.fonts] if order.fonts else []
    )
    template, root = Path(order.template), Path(order.root)
    try:
        compiler = typst.Compiler(
            input=_source(template, root),
            root=str(root),
            font_paths=fonts,
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


def _source(template: Path, root: Path) -> Any:  # noqa: ANN401 - typst's types want one of the two
    """Typst reads within one root: a template from elsewhere comes as bytes."""
    return str(template) if template.parent == root else template.read_bytes()


def _environment() -> dict[str, str]:
    """Ours, with the way to our packages."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
    }


def _note(outcome: Outcome) -> dict[str, Any]:
    files = [b64encode(one).decode("ascii") for one in outcome.files]
    return asdict(outcome) | {"files": files}


def _read(note: dict[str, Any]) -> Outcome:
    return Outcome(
        tuple(b64decode(one) for one in note["files"]),
        note["count"],
        tuple(note["warnings"]),
        note["fault"],
    )


if __name__ == "__main__":
    outcome = set_here(Order(**json.loads(sys.stdin.buffer.read())))
    sys.stdout.write(json.dumps(_note(outcome)))
