"""A Word file as lines, tables and pictures in reading order.

Only what a reader sees on paper is taken: inserted text stays, deleted and hidden text
goes; comments, headers, footers, field codes and metadata are never looked at
(domain: 3.6). Nothing is fetched and nothing is run (reliability: A49).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from newsroom.body import Run, is_safe_link, plain_runs, runs_text
from newsroom.text import clean_text, strip_invisible
from submissions.file_kinds import SLIDES, TABLE
from submissions.word_letters import broken, is_struck, said
from submissions.word_numbers import Numbering
from submissions.word_pieces import Line, PictureLine, Piece, WordCell
from submissions.word_styles import Look, Styles
from submissions.word_tables import table_pieces
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
_MAIN = re.compile(r"/?(word/[^/]+\.xml)")
_DROPPED = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "rt", "rPr", "pPr", "sdtPr"),
        *("footnoteReference", "endnoteReference", "commentReference", "fldChar"),
        *("object", "control", "proofErr", "bookmarkStart", "bookmarkEnd"),
    }
)
_AROUND = re.compile(r"word/(?:header|footer)\d*\.xml")
_PAGE_NUMBER = re.compile(r"[\s\d第共页/－—–-]*|Page[\s\d/of]*", re.IGNORECASE)
_FILE_NAME = re.compile(
    r".*[\\/].*|.*\.(?:jpe?g|png|gif|bmp|webp|heic|tiff?)", re.IGNORECASE
)
_WORD_ART = Look(centred=True, size=44)
_DEEPEST = 60
_MOST_LINES = 20_000
_MOST_COLUMNS = 60


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
    main = _main_part(parts)
    if main not in parts:
        raise DocumentRefused(_what_instead(parts))
    body = child(parse_part(parts[main]), "body")
    if body is None:
        raise DocumentRefused("文件里没有正文，请另存一份再发")
    reader = _Reader(parts, main)
    pieces = [*reader.blocks(body, 0), *reader.carried()]
    return WordReading(pieces, parts, reader.closing_notes())


def _main_part(parts: dict[str, bytes]) -> str:
    """The part that holds the text; some programs call it document2.xml."""
    if _DOCUMENT in parts or "_rels/.rels" not in parts:
        return _DOCUMENT
    for one in children(parse_part(parts["_rels/.rels"]), "Relationship"):
        found = _MAIN.fullmatch(named_value(one, "Target"))
        if found and named_value(one, "Type").endswith("/officeDocument"):
            return found[1]
    return _DOCUMENT


def _what_instead(parts: dict[str, bytes]) -> str:
    if any(name.startswith("xl/") for name in parts):
        return TABLE
    if any(name.startswith("ppt/") for name in parts):
        return SLIDES
    return "这不是 Word 文件（可能是压缩包改了名字），请发文稿本身"


class _Reader:
    """Walks the tree of one file."""

    def __init__(self, parts: dict[str, bytes], main: str) -> None:
        self._parts = parts
        self._main = main.rpartition("/")[2]
        self._styles = Styles(self._root("word/styles.xml"))
        self._numbering = Numbering.read(self._root("word/numbering.xml"))
        self._links = self._relations()
        self._lines = 0
        self._notes: dict[str, None] = {}
        # Pictures and text boxes of the paragraph that is being read.
        self._hanging: list[Piece | _Element] = []
        # Words whose end of paragraph was deleted: they belong to the next one.
        self._carried: tuple[Run, ...] = ()
        self._is_hidden = False

    def _root(self, name: str) -> _Element | None:
        return parse_part(self._parts[name]) if name in self._parts else None

    def _relations(self) -> dict[str, tuple[str, bool]]:
        root = self._root(f"word/_rels/{self._main}.rels")
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
        around = " ".join(filter(None, map(self._around, sorted(self._parts))))
        if around:
            self._note(f"页眉页脚里的字没有收（{around[:60]}），请看原件")
        return list(self._notes)

    def _around(self, name: str) -> str:
        """The words of a header or footer; a page number is none."""
        root = self._root(name) if _AROUND.fullmatch(name) else None
        if root is None:
            return ""
        words = clean_text("".join(one.text or "" for one in root.iter("{*}t")))
        return "" if _PAGE_NUMBER.fullmatch(words) else words

    def carried(self) -> Iterator[Line]:
        """What was left of a paragraph whose end was deleted, at the very end."""
        runs, self._carried = self._carried, ()
        yield from self._lines_of(runs, Look())

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
            elif name in {"altChunk", "subDoc"}:
                self._note("并进来的另一份文件没有读入，请看原件")
            elif name and name not in _DROPPED:
                yield from self.blocks(one, depth + 1)

    def _alternative(self, element: _Element) -> _Element:
        """One of the forms in which the same thing stands twice."""
        return next((one for one in element if tag(one)), element)

    def _paragraph(self, element: _Element, depth: int) -> Iterator[Piece]:
        self._lines += 1
        if self._lines > _MOST_LINES:
            raise DocumentRefused("文件太长了，请只发一篇文稿")
        properties = child(element, "pPr")
        self._is_hidden = self._styles.hides(value(child(properties, "pStyle")))
        outer, self._hanging = self._hanging, []
        runs = (*self._carried, *self._runs(element, None, depth))
        hanging, self._hanging = self._hanging, outer
        self._carried = runs if _is_joined(properties) else ()
        if not self._carried and runs:
            look = self._styles.look(properties, list(_text_runs(element)))
            yield from self._lines_of(runs, look)
        for thing in hanging:
            if isinstance(thing, _Element):
                yield from self.blocks(thing, depth + 1)
            else:
                yield thing

    def _lines_of(self, runs: tuple[Run, ...], look: Look) -> Iterator[Line]:
        """The paragraph; a line broken by hand is a paragraph of its own."""
        lines = [line for line in broken(runs) if runs_text(line).strip()]
        for index, line in enumerate(lines):
            label = self._label(look) if index == 0 else None
            if label == "":
                yield Line(line, look, bullet=True)
            elif label:
                gap = " " if label[-1].isascii() and label[-1].isalnum() else ""
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
                if is_struck(one):
                    self._note("划掉的字没有收，请看原件")
                elif not self._hides(child(one, "rPr")):
                    yield from self._run(one, href, depth)
            elif name == "hyperlink":
                yield from self._runs(one, self._target(one), depth + 1)
            elif name == "AlternateContent":
                yield from self._runs(self._alternative(one), href, depth + 1)
            elif name == "t":  # mathematics keeps its letters outside of runs
                yield from plain_runs(one.text or "")
            elif name and name not in _DROPPED:
                yield from self._runs(one, href, depth + 1)

    def _hides(self, properties: _Element | None) -> bool:
        """Whether letters are hidden: by themselves, by their style, by the line's."""
        own = child(properties, "vanish")
        if own is not None:
            return is_on(own)
        return self._is_hidden or self._styles.hides(value(child(properties, "rStyle")))

    def _run(self, run: _Element, href: str | None, depth: int) -> Iterator[Run]:
        strong = is_on(child(run, "rPr", "b"))
        for one in run:
            name = tag(one)
            text = said(name, one)
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
        for one in self._drawn(drawing):
            name = tag(one)
            if name in {"blip", "imagedata"}:
                self._hang_picture(one, drawing)
            elif name == "txbxContent":
                self._hanging.append(one)
            elif name == "textpath":
                runs = plain_runs(strip_invisible(named_value(one, "string")))
                self._hanging += [Line(runs, _WORD_ART)] if runs_text(runs) else []
            elif name == "chart":
                self._note("图表没有读入，请看原件")

    def _drawn(self, element: _Element) -> Iterator[_Element]:
        """The parts of a drawing, of a group too; what is in a box is not looked at."""
        for one in element:
            if tag(one) == "AlternateContent":
                yield from self._drawn(self._alternative(one))
                continue
            yield one
            if tag(one) != "txbxContent":
                yield from self._drawn(one)

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
        rows = [
            self._row(row, depth)
            for row in _below(element, "tr")
            if child(row, "trPr", "del") is None
        ]
        pieces, note = table_pieces([row for row in rows if row])
        if note:
            self._note(note)
        yield from pieces

    def _row(self, row: _Element, depth: int) -> list[WordCell]:
        cells: list[WordCell] = []
        for cell in _below(row, "tc"):
            if len(cells) >= _MOST_COLUMNS:
                self._note("表格太宽，右边的格子没有读入")
                break
            properties = child(cell, "tcPr")
            span = value(child(properties, "gridSpan"))
            merge = child(properties, "vMerge")
            pieces = list(self.blocks(cell, depth + 1))
            cells.append(
                WordCell(
                    pieces,
                    _span(span),
                    goes_on=merge is not None and value(merge) != "restart",
                    is_header=is_on(child(row, "trPr", "tblHeader")),
                )
            )
        return cells


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


def _text_runs(paragraph: _Element) -> Iterator[_Element]:
    """The runs that hold letters: they decide whether a paragraph is bold."""
    for run in paragraph.iter("{*}r"):
        if any(tag(one) == "t" and (one.text or "").strip() for one in run):
            yield run


def _is_joined(properties: _Element | None) -> bool:
    """Whether the end of a paragraph was deleted: the next one goes on in its line."""
    return child(properties, "rPr", "del") is not None


def _alt(drawing: _Element) -> str:
    """What a drawing is said to show; the path of a file on somebody's disk is none."""
    about = next(drawing.iter("{*}docPr"), None)
    words = named_value(about, "descr")
    return "" if _FILE_NAME.fullmatch(words.strip()) else words
