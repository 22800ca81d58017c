"""Lines to blocks: the body as structured text, nothing a reader needs lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.body import (
    Block,
    Body,
    Cell,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Run,
    Subhead,
    Table,
    is_safe_link,
)
from newsroom.text import clean_text, strip_invisible
from page_reading.captions import is_caption, is_set_as_caption, split_credit
from page_reading.document import resolve_link
from page_reading.pictures import picture_size, picture_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from page_reading.flow import Line, Piece

_STRONG = frozenset({"b", "strong", "th"})
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_NOTE = re.compile(
    r"^[【\[（(]?\s*(?:编者按|编者的话|编者注|编辑按|按语|编前语|主持人语|开栏(?:的话|语)|小编按)"
)
_SENTENCE_END = re.compile(r"[。；](?:[”）)])?$")  # some editors set every line as h3
_LINE_BREAK = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)


def build_body(lines: Sequence[Line], base: str) -> Body:
    """The blocks that these lines make: pictures, tables, lists, quotes, paragraphs."""
    blocks: list[Block] = []
    limit = _limit(lines)
    tables = _Tables(limit)
    position = 0
    while position < len(lines):
        found, position = _next_blocks(lines, position, base, tables)
        blocks.extend(found)
    return Body(tuple(_without_doubles(blocks)))


def _limit(lines: Sequence[Line]) -> _Element | None:
    """The element above which nothing belongs to the body.

    A table that holds the whole page is layout, one inside the body tells data.
    """
    if not lines:
        return None
    common = common_holder(lines)
    while common.tag in {"tbody", "thead", "tr"}:
        above = common.getparent()
        if above is None:
            break
        common = above
    return common.getparent()


def common_holder(lines: Sequence[Line]) -> _Element:
    """The smallest element that holds all these lines."""
    first = lines[0].block
    path = [first, *first.iterancestors()]
    places = {element: place for place, element in enumerate(path)}
    lowest = 0
    for line in lines[1:]:
        step: _Element | None = line.block
        while step is not None and step not in places:
            step = step.getparent()
        lowest = max(lowest, len(path) - 1 if step is None else places[step])
    return path[lowest]


def _next_blocks(
    lines: Sequence[Line], position: int, base: str, tables: _Tables
) -> tuple[list[Block], int]:
    line = lines[position]
    holder = tables.of(line.block)
    if holder is None:
        holder = _ancestor(line.block, ("ul", "ol"), tables.limit)
    if holder is not None:
        end = _end_of(lines, position, holder)
        inside = lines[position:end]
        build = _table if holder.tag == "table" else _list
        block = build([one for one in inside if one.image is None], holder, base)
        pictures = [
            _picture(inside, n, base)[0]
            for n, one in enumerate(inside)
            if one.image is not None
        ]
        return [one for one in (block, *pictures) if one is not None], end
    block, end = (
        _picture(lines, position, base)
        if line.image is not None
        else (_text_block(line, base), position + 1)
    )
    return ([] if block is None else [block]), end


def _text_block(line: Line, base: str) -> Block | None:
    runs = runs_of(line.pieces, base)
    if not runs:
        return None
    tag = str(line.block.tag)
    if tag in _HEADINGS and not _SENTENCE_END.search(line.text):
        return Subhead(line.text, _HEADINGS[tag])
    if _NOTE.match(line.text):
        return Quote(runs, "note")
    if _is_bold_head(line, runs):
        return Subhead(line.text, 3)
    if _ancestor(line.block, ("blockquote",)) is not None:
        return Quote(runs)
    return Paragraph(runs)


def _is_bold_head(line: Line, runs: Sequence[Run]) -> bool:
    """A short line, all of it bold, that ends no sentence: how editors set subheads.

    A name of a person or office that signs the text is bold at times; it is aligned to
    the right.
    """
    text = line.text
    if not _SHORTEST_HEAD <= len(text) <= _LONGEST_HEAD or _NO_HEAD.search(text):
        return False
    aligned = f"{line.block.get('align') or ''} {line.block.get('style') or ''}"
    return all(run.strong for run in runs) and "right" not in aligned


_SHORTEST_HEAD, _LONGEST_HEAD = 2, 30
_NO_HEAD = re.compile(
    r"[。；：:，！”]$|^[（(]|^[\d\s:：年月日./-]+$|摄(?:影)?$|(?:记者|通讯员|作者|编辑|审核|来源)\s*[:：]?|附件"
)


def runs_of(pieces: Sequence[Piece], base: str) -> tuple[Run, ...]:
    """The words of a line as runs: links checked, emphasis kept, blanks folded."""
    if len(pieces) == 1:
        return _single_run(pieces[0], base)
    merged: list[tuple[str, str | None, bool]] = []
    for piece in pieces:
        href = _href(piece.link, base)
        strong = _is_strong(piece.element)
        text = _unbroken(piece.text)
        if merged and merged[-1][1:] == (href, strong):
            merged[-1] = (merged[-1][0] + text, href, strong)
        else:
            merged.append((text, href, strong))
    return tuple(_folded(merged))


def _single_run(piece: Piece, base: str) -> tuple[Run, ...]:
    """What ``runs_of`` gives for most paragraphs: one piece, no markup inside."""
    text = _BLANKS.sub(" ", _unbroken(piece.text)).strip()
    if not text:
        return ()
    return (Run(text, _href(piece.link, base), _is_strong(piece.element)),)


def _unbroken(text: str) -> str:
    text = strip_invisible(text)
    return _LINE_BREAK.sub("", text) if "\n" in text else text


_BLANKS = re.compile(r"\s+")


def _folded(merged: list[tuple[str, str | None, bool]]) -> Iterator[Run]:
    """Fold blanks across runs: one blank between words, none at either end."""
    blank = True
    runs: list[tuple[str, str | None, bool]] = []
    for text, href, strong in merged:
        folded = text if text.split() == [text] else _BLANKS.sub(" ", text)
        if blank:
            folded = folded.lstrip()
        if folded:
            blank = folded.endswith(" ")
            runs.append((folded, href, strong))
    while runs and not runs[-1][0].rstrip():
        runs.pop()
    for number, (text, href, strong) in enumerate(runs):
        last = number == len(runs) - 1
        yield Run(text.rstrip() if last else text, href, strong)


def _href(link: _Element | None, base: str) -> str | None:
    href = link.get("href") if link is not None else None
    if not href:
        return None
    address = href.strip() if href.strip().lower().startswith(("mailto:", "tel:")) else resolve_link(base, href)  # fmt: skip
    return address if address and is_safe_link(address) else None


def _is_strong(element: _Element) -> bool:
    step: _Element | None = element
    for _ in range(4):
        if step is None or step.tag in {"p", "div", "td", "li"}:
            return False
        if step.tag in _STRONG:
            return True
        step = step.getparent()
    return False


def _picture(
    lines: Sequence[Line], position: int, base: str
) -> tuple[Block | None, int]:
    element = lines[position].image
    source = (
        resolve_link(base, picture_source(element)) if element is not None else None
    )
    if element is None or not source:
        return None, position + 1
    width, height = picture_size(element)
    alt = clean_text(element.get("alt") or "") or None
    following = lines[position + 1] if position + 1 < len(lines) else None
    if following is None or following.image is not None:
        return Picture(source, None, None, alt, width, height), position + 1
    if not is_caption(following) and not is_set_as_caption(following, lines):
        return Picture(source, None, None, alt, width, height), position + 1
    caption, credit = split_credit(following.text)
    return Picture(source, caption, credit, alt, width, height), position + 2


def _ancestor(
    element: _Element, tags: tuple[str, ...], limit: _Element | None = None
) -> _Element | None:
    step: _Element | None = element
    while step is not None and step is not limit and step.tag != "body":
        if step.tag in tags:
            return step
        step = step.getparent()
    return None


class _Tables:
    """Which tables tell data; each is judged once."""

    def __init__(self, limit: _Element | None) -> None:
        self.limit = limit
        self.verdicts: dict[_Element, bool] = {}

    def of(self, block: _Element) -> _Element | None:
        """The table a line belongs to, if it tells data; layout holds paragraphs.

        Of tables within tables the outermost that tells data counts.
        """
        found = None
        table = _ancestor(block, ("table",), self.limit)
        while table is not None:
            if table not in self.verdicts:
                self.verdicts[table] = _tells_data(table)
            if self.verdicts[table]:
                found = table
            above = table.getparent()
            table = None if above is None else _ancestor(above, ("table",), self.limit)
        return found


def _tells_data(table: _Element) -> bool:
    rows = [row for row in table.iter("tr") if _ancestor(row, ("table",)) is table]
    widest = max((sum(cell.tag in _CELLS for cell in row) for row in rows), default=0)
    return widest > 1 and len(rows) > 1


_CELLS = frozenset({"td", "th"})


def _end_of(lines: Sequence[Line], position: int, holder: _Element) -> int:
    end = position
    while end < len(lines) and _inside(lines[end].block, holder):
        end += 1
    return max(end, position + 1)


def _inside(element: _Element, holder: _Element) -> bool:
    step: _Element | None = element
    while step is not None:
        if step is holder:
            return True
        step = step.getparent()
    return False


def _table(lines: Sequence[Line], table: _Element, base: str) -> Block | None:
    caption = None
    by_cell: dict[_Element, list[Run]] = {}
    for line in lines:
        cell = _ancestor(line.block, ("td", "th"))
        if cell is None:
            caption = line.text or caption
            continue
        runs = list(runs_of(line.pieces, base))
        if runs and by_cell.get(cell):
            runs.insert(0, Run("\n"))
        by_cell.setdefault(cell, []).extend(runs)
    rows = []
    for row in table.iter("tr"):
        cells = tuple(_cell(cell, by_cell) for cell in row if cell.tag in _CELLS)
        if any(cell.runs for cell in cells):
            rows.append(cells)
    return Table(tuple(rows), caption) if rows else None


def _cell(cell: _Element, by_cell: dict[_Element, list[Run]]) -> Cell:
    return Cell(
        tuple(by_cell.get(cell, ())),
        cell.tag == "th",
        _span(cell.get("colspan")),
        _span(cell.get("rowspan")),
    )


def _span(value: str | None) -> int:
    digits = (value or "").strip()[:4]
    return max(1, min(_MOST_MERGED, int(digits))) if digits.isdecimal() else 1


_MOST_MERGED = 100


def _list(lines: Sequence[Line], listing: _Element, base: str) -> Block | None:
    """The entries in reading order; lines of one li that follow each other are one.

    Words beside a nested list, or in the list itself without an li, are entries too.
    """
    entries: list[list[Run]] = []
    last: _Element | None = None
    for line in lines:
        entry = _ancestor(line.block, ("li",))
        runs = list(runs_of(line.pieces, base))
        if not runs:
            continue
        if entry is not None and entry is last:
            entries[-1] += [Run(" "), *runs]
        else:
            entries.append(runs)
        last = entry
    if not entries:
        return None
    return ListBlock(tuple(map(tuple, entries)), listing.tag == "ol")


def _without_doubles(blocks: list[Block]) -> Iterator[Block]:
    """The same picture twice is shown once."""
    seen: set[str] = set()
    for block in blocks:
        if isinstance(block, Picture):
            if block.src in seen:
                continue
            seen.add(block.src)
        yield block
