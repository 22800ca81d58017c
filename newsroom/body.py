"""Structured text: what an article says, never HTML.

One Body serves page, briefing, WeChat, DOCX and PDF. Texts inside are plain
characters; a link is checked when it is read, so stored script is impossible by
construction.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from newsroom.errors import NewsroomError

SCHEMA = 1
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# What nearly all links look like; the others are taken apart.
_USUAL_LINK = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?:/[!-\[\]-~]*)?", re.ASCII)
_NOT_IN_LINKS = re.compile(r"[\x00-\x20\\\x7f]")  # control characters, blank, backslash


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind."""

    text: str
    href: str | None = None
    strong: bool = False

    def __post_init__(self) -> None:
        """Refuse a link that a reader must not follow."""
        if self.href is not None and not is_safe_link(self.href):
            raise NewsroomError(f"不安全的链接：{self.href[:80]}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading inside the text; level 2 is the highest, 4 the lowest."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the article.

    ``src`` is the absolute address where it was found, or, once kept, the name of
    the file in the picture store (``sha256.ext``). ``width`` and ``height`` are
    pixels, None when unknown.
    """

    src: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; spans are 1 or more."""

    runs: tuple[Run, ...]
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells (a merged cell stands once, with its spans)."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each entry is a sequence of runs."""

    entries: tuple[tuple[Run, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted block or a note; ``kind`` is ``quote`` or ``note`` (编者按)."""

    runs: tuple[Run, ...]
    kind: str = "quote"


Block = Paragraph | Subhead | Picture | Table | ListBlock | Quote


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, block by block."""

    blocks: tuple[Block, ...] = ()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Picture))

    @property
    def text(self) -> str:
        """The words without pictures and captions, one block a line."""
        return "\n".join(filter(None, map(_block_text, self.blocks)))

    def begins_with(self, words: str) -> bool:
        """Whether ``text`` begins with these words; no more of it is put together."""
        text = ""
        for part in filter(None, map(_block_text, self.blocks)):
            text = f"{text}\n{part}" if text else part
            if len(text) >= len(words):
                break
        return text.startswith(words)


@lru_cache(maxsize=1024)
def is_safe_link(href: str) -> bool:
    """Whether a reader may follow this address: http, https, mailto or tel only."""
    if _USUAL_LINK.fullmatch(href):
        return True
    if _NOT_IN_LINKS.search(href):
        return False
    try:
        return urlsplit(href).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


def plain_runs(text: str) -> tuple[Run, ...]:
    """One plain run, or none for an empty text."""
    return (Run(text),) if text else ()


def runs_text(runs: tuple[Run, ...]) -> str:
    """The words of a sequence of runs."""
    if len(runs) == 1:
        return runs[0].text
    return "".join([run.text for run in runs])


def links_of(body: Body) -> tuple[str, ...]:
    """The addresses that the text links to, in reading order, each once."""
    runs = (run for block in body.blocks for run in _block_runs(block))
    return tuple(dict.fromkeys(run.href for run in runs if run.href))


def without_links(body: Body, urls: Collection[str]) -> Body:
    """The same words, no longer linked to these addresses."""
    if not urls or not set(urls) & set(links_of(body)):
        return body

    def plain(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(replace(r, href=None) if r.href in urls else r for r in runs)

    def plain_block(block: Block) -> Block:
        match block:
            case Paragraph(runs) | Quote(runs):
                return replace(block, runs=plain(runs))
            case ListBlock(entries):
                return replace(block, entries=tuple(map(plain, entries)))
            case Table(rows):
                cells = (tuple(replace(c, runs=plain(c.runs)) for c in r) for r in rows)
                return replace(block, rows=tuple(cells))
        return block

    return Body(tuple(map(plain_block, body.blocks)))


def _block_runs(block: Block) -> tuple[Run, ...]:
    match block:
        case Paragraph(runs) | Quote(runs):
            return runs
        case ListBlock(entries):
            return tuple(run for entry in entries for run in entry)
        case Table(rows):
            return tuple(run for row in rows for cell in row for run in cell.runs)
    return ()


def _block_text(block: Block) -> str:
    match block:
        case Paragraph(runs) | Quote(runs):
            return runs_text(runs)
        case Subhead(text):
            return text
        case ListBlock(entries):
            return "\n".join(runs_text(entry) for entry in entries)
        case Table(rows):
            return "\n".join(
                "\t".join(runs_text(cell.runs) for cell in row) for row in rows
            )
        case Picture():
            return ""


def body_to_json(body: Body) -> dict[str, Any]:
    """The body as JSON-ready values, with its schema number."""
    return {"schema": SCHEMA, "blocks": [_block_to_json(b) for b in body.blocks]}


def body_from_json(value: dict[str, Any]) -> Body:
    """The body that ``body_to_json`` wrote.

    Raises:
        NewsroomError: the schema or a kind of block is unknown (never dropped).
    """
    if value.get("schema") != SCHEMA:
        raise NewsroomError(f"正文格式版本不认识：{value.get('schema')!r}")
    return Body(tuple([_block_from_json(b) for b in value["blocks"]]))


def _runs_to_json(runs: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [_run_to_json(run) for run in runs]


def _run_to_json(run: Run) -> dict[str, Any]:
    value: dict[str, Any] = {"t": run.text}
    if run.href:
        value["href"] = run.href
    if run.strong:
        value["strong"] = True
    return value


def _runs_from_json(value: list[dict[str, Any]]) -> tuple[Run, ...]:
    return tuple([Run(r["t"]) if len(r) == 1 else _run_from_json(r) for r in value])


def _run_from_json(value: dict[str, Any]) -> Run:
    return Run(value["t"], value.get("href"), value.get("strong", False))


def _block_to_json(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs_to_json(runs)}
        case Quote(runs, kind):
            return {"kind": "quote", "runs": _runs_to_json(runs), "as": kind}
        case Subhead(text, level):
            return {"kind": "subhead", "text": text, "level": level}
        case Picture():
            return {
                "kind": "picture",
                "src": block.src,
                "caption": block.caption,
                "credit": block.credit,
                "alt": block.alt,
                "width": block.width,
                "height": block.height,
            }
        case Table(rows, caption):
            return {
                "kind": "table",
                "caption": caption,
                "rows": [[_cell_to_json(cell) for cell in row] for row in rows],
            }
        case ListBlock(entries, ordered):
            return {
                "kind": "list",
                "ordered": ordered,
                "entries": [_runs_to_json(entry) for entry in entries],
            }


def _cell_to_json(cell: Cell) -> dict[str, Any]:
    return {
        "runs": _runs_to_json(cell.runs),
        "header": cell.header,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
    }


def _block_from_json(value: dict[str, Any]) -> Block:
    match value["kind"]:
        case "paragraph":
            return Paragraph(_runs_from_json(value["runs"]))
        case "quote":
            return Quote(_runs_from_json(value["runs"]), value["as"])
        case "subhead":
            return Subhead(value["text"], value["level"])
        case "picture":
            return Picture(**{k: v for k, v in value.items() if k != "kind"})
        case "table":
            return Table(
                tuple(tuple(map(_cell_from_json, row)) for row in value["rows"]),
                value["caption"],
            )
        case "list":
            return ListBlock(
                tuple(_runs_from_json(entry) for entry in value["entries"]),
                value["ordered"],
            )
        case kind:
            raise NewsroomError(f"正文里有不认识的段落种类：{kind!r}")


def _cell_from_json(value: dict[str, Any]) -> Cell:
    return Cell(
        _runs_from_json(value["runs"]),
        value["header"],
        value["colspan"],
        value["rowspan"],
    )
