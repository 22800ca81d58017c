"""A Word file as lines, tables and pictures in reading order.

Only what a reader sees on paper is taken: inserted text stays, deleted and hidden text
goes; comments, headers, footers, field codes and metadata are never looked at
(domain: 3.6). Nothing is fetched and nothing is run (reliability: A49).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from newsroom.body import Cell, Run, Table, is_safe_link, plain_runs, runs_text
from newsroom.text import strip_invisible
from submissions.word_numbers import Numbering
from submissions.word_styles import Look, Styles
from submissions.word_xml import (
    child,
    children,
    is_on,
    named_value,
    parse_part,
    tag,
    value,
)
from submissions.zip_gate import DocumentRefused

_DOCUMENT = "word/document.xml"
_DROPPED = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "rt", "rPr", "pPr", "sdtPr"),
        *("footnoteReference", "endnoteReference", "commentReference", "fldChar"),
        *("object", "control", "proofErr", "bookmarkStart", "bookmarkEnd"),
    }
)
_DEEPEST = 60
_MOST_LINES = 20_000
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and its looks; ``bullet`` marks an entry of an unordered list."""

    runs: tuple[Run, ...]
    look: Look = field(default=Look())
    bullet: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return runs_text(self.runs)


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A picture where it stands: the member of the file that holds it."""

    member: str
    alt: str = ""


Piece = Line | PictureLine | Table


@dataclass(slots=True)
class WordReading:
    """The pieces of a file, its members, and what was left unread."""

    pieces: list[Piece]
    parts: dict[str, bytes]
    notes: list[str]


def read_word(parts: dict[str, bytes]) -> WordReading:
    """Read a file that has passed the gate.

    Raises:
        DocumentRefused: it is a zip of something else, or its XML is broken.
    """
    if _DOCUMENT not in parts:
        raise DocumentRefused(_what_instead(parts))
    body = child(parse_part(parts[_DOCUMENT]), "body")
    if body is None:
        raise DocumentRefused("文件里没有正文，请另存一份再发")
    reader = _Reader(parts)
    pieces = list(reader.blocks(body, 0))
    return WordReading(pieces, parts, reader.closing_notes())


def _what_instead(parts: dict[str, bytes]) -> str:
    if any(name.startswith("xl/") for name in parts):
        return "这是表格文件，名单、表格不收，请把情况写成文字"
    if any(name.startswith("ppt/") for name in parts):
        return "这是幻灯片，不收，请把情况写成文字"
    return "这不是 Word 文件（可能是压缩包改了名字），请发文稿本身"


class _Reader:
    """Walks the tree of one file."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._styles = Styles(self._root("word/styles.xml"))
        self._numbering = Numbering.read(self._root("word/numbering.xml"))
        self._links = self._relations()
        self._lines = 0
        self._notes: dict[str, None] = {}
        # Pictures and text boxes of the paragraph that is being read.
        self._hanging: list[PictureLine | _Element] = []

    def _root(self, name: str) -> _Element | None:
        return parse_part(self._parts[name]) if name in self._parts else None

    def _relations(self) -> dict[str, tuple[str, bool]]:
        root = self._root("word/_rels/document.xml.rels")
        if root is None:
            return {}
        return {
            named_value(one, "Id"): (
                named_value(one, "Target"),
                named_value(one, "TargetMode") == "External",
            )
            for one in children(root, "Relationship")
        }

    def closing_notes(self) -> list[str]:
        """What stands in the file and was not read."""
        names = {name.lower() for name in self._parts}
        if any("vbaproject" in name for name in names):
            self._note("文件带宏，没有运行")
        for part, words in (("footnotes", "脚注"), ("endnotes", "尾注")):
            root = self._root(f"word/{part}.xml")
            if root is not None and _has_words(root):
                self._note(f"{words}没有读入，请看原件")
        if "word/comments.xml" in names:
            self._note("批注没有读入")
        return list(self._notes)

    def _note(self, words: str) -> None:
        self._notes[words] = None

    def blocks(self, element: _Element, depth: int) -> Iterator[Piece]:
        """The paragraphs and tables below an element, whatever wraps them."""
        for one in element if depth < _DEEPEST else ():
            name = tag(one)
            if name == "p":
                yield from self._paragraph(one, depth)
            elif name == "tbl":
                yield from self._table(one, depth)
            elif name == "AlternateContent":
                yield from self.blocks(self._alternative(one), depth + 1)
            elif name and name not in _DROPPED:
                yield from self.blocks(one, depth + 1)

    def _alternative(self, element: _Element) -> _Element:
        """One of the forms in which the same thing stands twice."""
        return next((one for one in element if tag(one)), element)

    def _paragraph(self, element: _Element, depth: int) -> Iterator[Piece]:
        self._lines += 1
        if self._lines > _MOST_LINES:
            raise DocumentRefused("文件太长了，请只发一篇文稿")
        outer, self._hanging = self._hanging, []
        runs = tuple(self._runs(element, None, depth))
        hanging, self._hanging = self._hanging, outer
        properties = child(element, "pPr")
        if not is_on(child(properties, "rPr", "vanish")) or runs:
            look = self._styles.look(properties, list(_text_runs(element)))
            yield from self._lines_of(runs, look)
        for thing in hanging:
            if isinstance(thing, PictureLine):
                yield thing
            else:
                yield from self.blocks(thing, depth + 1)

    def _lines_of(self, runs: tuple[Run, ...], look: Look) -> Iterator[Line]:
        """The paragraph; a line broken by hand is a paragraph of its own."""
        lines = [line for line in _broken(runs) if runs_text(line).strip()]
        for index, line in enumerate(lines):
            label = self._label(look) if index == 0 else None
            if label == "":
                yield Line(line, look, bullet=True)
            elif label:
                gap = "" if label[-1] in "、.）)．" else " "
                yield Line((Run(label + gap), *line), look)
            else:
                yield Line(line, look)

    def _label(self, look: Look) -> str | None:
        if look.list_id in {"", "0"}:
            return None
        return self._numbering.label(look.list_id, look.depth)

    def _runs(self, element: _Element, href: str | None, depth: int) -> Iterator[Run]:
        for one in element if depth < _DEEPEST else ():
            name = tag(one)
            if name == "r":
                if _is_struck(one):
                    self._note("划掉的字没有收，请看原件")
                elif not is_on(child(one, "rPr", "vanish")):
                    yield from self._run(one, href, depth)
            elif name == "hyperlink":
                yield from self._runs(one, self._target(one), depth + 1)
            elif name == "AlternateContent":
                yield from self._runs(self._alternative(one), href, depth + 1)
            elif name == "t":  # mathematics keeps its letters outside of runs
                yield from plain_runs(one.text or "")
            elif name and name not in _DROPPED:
                yield from self._runs(one, href, depth + 1)

    def _run(self, run: _Element, href: str | None, depth: int) -> Iterator[Run]:
        strong = is_on(child(run, "rPr", "b"))
        for one in run:
            name = tag(one)
            text = _said(name, one)
            if text:
                yield Run(text, href, strong)
            elif name in {"drawing", "pict"}:
                self._hang(one)
            elif name == "AlternateContent":
                self._hang(self._alternative(one))
            elif name == "ruby":
                base = child(one, "rubyBase")
                if base is not None:
                    yield from self._runs(base, href, depth + 1)
            elif name == "object":
                self._note("嵌入的对象（表格、公式、附件）没有读入，请看原件")

    def _hang(self, drawing: _Element) -> None:
        """Keep a drawing's pictures and text boxes until its paragraph is read."""
        for one in drawing.iter():
            name = tag(one)
            if name in {"blip", "imagedata"}:
                self._hang_picture(one, drawing)
            elif name == "txbxContent":
                self._hanging.append(one)
                return
            elif name == "chart":
                self._note("图表没有读入，请看原件")

    def _hang_picture(self, one: _Element, drawing: _Element) -> None:
        relation = named_value(one, "embed") or named_value(one, "id")
        target, is_outside = self._links.get(relation, ("", False))
        if is_outside or named_value(one, "link"):
            self._note("链接到别处的图片没有取，请把照片单独发")
            return
        member = posixpath.normpath(posixpath.join("word", target)).lstrip("/")
        if target and member in self._parts:
            self._hanging.append(PictureLine(member, _alt(drawing)))
        elif target:
            self._note("有一张图片在文件里找不到")

    def _target(self, link: _Element) -> str | None:
        target, is_outside = self._links.get(named_value(link, "id"), ("", False))
        return target if is_outside and is_safe_link(target) else None

    def _table(self, element: _Element, depth: int) -> Iterator[Piece]:
        rows = [self._row(row, depth) for row in _below(element, "tr")]
        rows = [row for row in rows if row]
        if all(len(row) == 1 for row in rows):
            # A table of one column is a frame around text, not a table.
            for row in rows:
                yield from row[0].pieces
            return
        cells = _merge(rows)
        yield Table(tuple(cells))
        for row in rows:
            for cell in row:
                yield from (p for p in cell.pieces if isinstance(p, PictureLine))

    def _row(self, row: _Element, depth: int) -> list[_WordCell]:
        cells: list[_WordCell] = []
        for cell in _below(row, "tc"):
            if len(cells) >= _MOST_COLUMNS:
                self._note("表格太宽，右边的格子没有读入")
                break
            properties = child(cell, "tcPr")
            span = value(child(properties, "gridSpan"))
            merge = child(properties, "vMerge")
            pieces = list(self.blocks(cell, depth + 1))
            cells.append(
                _WordCell(
                    pieces,
                    _span(span),
                    goes_on=merge is not None and value(merge) != "restart",
                    is_header=is_on(child(row, "trPr", "tblHeader")),
                )
            )
        return cells


@dataclass(frozen=True, slots=True)
class _WordCell:
    pieces: list[Piece]
    span: int
    goes_on: bool
    is_header: bool


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_COLUMNS) if text.isdecimal() else 1


def _has_words(root: _Element) -> bool:
    return any((one.text or "").strip() for one in root.iter("{*}t"))


def _below(element: _Element, name: str) -> Iterator[_Element]:
    """The rows or cells, also inside content controls and insertions."""
    for one in element:
        if tag(one) == name:
            yield one
        elif tag(one) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _below(one, name)


def _merge(rows: list[list[_WordCell]]) -> Iterator[tuple[Cell, ...]]:
    """The rows with each merged cell once, where it begins."""
    grid: list[list[Cell | None]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in rows:
        made: list[Cell | None] = []
        column = 0
        for cell in row:
            if cell.goes_on and column in above:
                y, x = above[column]
                first = grid[y][x]
                if first is not None:
                    grid[y][x] = replace(first, rowspan=first.rowspan + 1)
                made.append(None)
            else:
                above[column] = (len(grid), len(made))
                runs = plain_runs(_cell_text(cell.pieces))
                made.append(Cell(runs, header=cell.is_header, colspan=cell.span))
            column += cell.span
        grid.append(made)
    for row_made in grid:
        yield tuple(cell for cell in row_made if cell is not None)


def _cell_text(pieces: list[Piece]) -> str:
    """A cell's paragraphs on one line; a table inside is only words."""
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, Line):
            words.append(piece.text.strip())
        elif isinstance(piece, Table):
            words += [runs_text(cell.runs) for row in piece.rows for cell in row]
    return " ".join(filter(None, words))


def _text_runs(paragraph: _Element) -> Iterator[_Element]:
    """The runs that hold letters: they decide whether a paragraph is bold."""
    for run in paragraph.iter("{*}r"):
        if any(tag(one) == "t" and (one.text or "").strip() for one in run):
            yield run


def _said(name: str, element: _Element) -> str:
    if name == "t":
        return strip_invisible(element.text or "")
    return {
        "tab": " ",
        "ptab": " ",
        "br": "\n" if named_value(element, "type") != "page" else "",
        "cr": "\n",
        "noBreakHyphen": "-",
    }.get(name, "")


def _is_struck(run: _Element) -> bool:
    """Whether a run is crossed out by hand: its writer took the words back."""
    crossed = ("strike", "dstrike")
    return any(is_on(child(run, "rPr", name)) for name in crossed)


def _broken(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The runs, cut where the writer broke the line."""
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        line += [replace(run, text=first)] if first else []
        for text in rest:
            yield tuple(line)
            line = [replace(run, text=text)] if text else []
    yield tuple(line)


def _alt(drawing: _Element) -> str:
    about = next(drawing.iter("{*}docPr"), None)
    return named_value(about, "descr")
