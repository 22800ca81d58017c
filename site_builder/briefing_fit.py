"""Making a briefing fit two pages by trimming its words, never its type.

The page is the grid of GB/T 9704: 28 characters by 22 lines (domain: 7.2). Lines are
counted a little too high, so that the printed page is never fuller than this says.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from site_builder.briefing_paper import (
    Paper,
    PaperColumn,
    PaperItem,
    shorten,
)

COLUMNS = 28
LINES = 22
MOST_PAGES = 2
# A line loses up to a character to a mark that may not begin the next line.
_SAFE_COLUMNS = 27
_NARROW = 0.62  # a digit or Latin letter, in characters
_INDENT = 2
_LOST_AT_BREAK = 2  # lines that a heading leaves empty at the foot of a page
_MASTHEAD = 6  # name 3, second line 1, number 1, publisher and day 1
_SHORTEST = 24  # characters; a shorter abstract says nothing


@dataclass(frozen=True, slots=True)
class Fitted:
    """A paper that fits, how many pages it takes, and the lines counted."""

    paper: Paper
    pages: int
    lines: int


def fit(paper: Paper, *, pages: int = MOST_PAGES) -> Fitted:
    """The paper on at most so many pages.

    In order: abstracts give a line each, the longest first; 本期要目 shrinks; columns
    come down to three entries, and a line says how many are left out; only then go
    abstracts and all that is less needed.
    """
    room = pages * LINES - _LOST_AT_BREAK * (pages - 1)
    for step in _STEPS:
        while count_lines(paper) > room:
            smaller = step(paper)
            if smaller is None:
                break
            paper = smaller
    lines = count_lines(paper)
    return Fitted(paper, 1 if lines <= LINES else math.ceil(lines / LINES), lines)


def count_lines(paper: Paper) -> int:
    """How many lines of the grid the paper takes, counted a little too high."""
    marks = (paper.banner, paper.secrecy, paper.unedited)
    lines = _MASTHEAD + sum(text_lines(m) for m in marks if m)
    lines += text_lines(paper.lead, indent=_INDENT) if paper.lead else 0
    lines += 1 + sum(_toc_lines(i) for i in paper.toc) if paper.toc else 0
    lines += sum(_column_lines(column) for column in paper.columns)
    for _, paragraphs in paper.notes:
        lines += 1 + sum(text_lines(p, indent=_INDENT) for p in paragraphs)
    lines += 1 if paper.more else 0
    return lines + _foot_lines(paper)


def text_lines(text: str, *, indent: int = 0) -> int:
    """The lines that a text takes, with an indent of so many characters."""
    width = indent + sum(_NARROW if c.isascii() else 1 for c in text)
    return 1 if width <= COLUMNS - 1 else math.ceil(width / _SAFE_COLUMNS)


def _toc_lines(item: PaperItem) -> int:
    return text_lines(item.mark + item.headline, indent=_INDENT)


def _column_lines(column: PaperColumn) -> int:
    return 1 + sum(_item_lines(item) for item in column.items)


def _item_lines(item: PaperItem) -> int:
    head = item.mark + item.headline
    if not item.words:
        return text_lines(head + item.source, indent=_INDENT)
    body = text_lines(item.words + item.source, indent=_INDENT)
    return text_lines(head, indent=_INDENT) + body


def _foot_lines(paper: Paper) -> int:
    return 1 + sum(text_lines(line, indent=_INDENT) for line in paper.distribution)


def _shorten_longest(paper: Paper) -> Paper | None:
    """One line less for the longest abstract, the later of two equal ones."""
    places = [
        (len(item.words), c, n)
        for c, column in enumerate(paper.columns)
        for n, item in enumerate(column.items)
        if len(item.words) > _SHORTEST
    ]
    if not places:
        return None
    length, c, n = max(places)
    shorter = shorten(
        paper.columns[c].items[n].words, max(_SHORTEST, length - COLUMNS // 2)
    )
    return _with_words(paper, c, n, shorter)


def _shrink_toc(paper: Paper) -> Paper | None:
    if not paper.toc:
        return None
    fewer = paper.toc[:-1]
    return replace(paper, toc=fewer if len(fewer) > 1 else ())


def _drop_abstract(paper: Paper) -> Paper | None:
    """The last abstract goes, its headline stays."""
    for c in reversed(range(len(paper.columns))):
        for n in reversed(range(len(paper.columns[c].items))):
            if paper.columns[c].items[n].words:
                return _with_words(paper, c, n, "")
    return None


def _drop_lead(paper: Paper) -> Paper | None:
    return replace(paper, lead=None) if paper.lead else None


def _drop_beyond_three(paper: Paper) -> Paper | None:
    return _drop_entry(paper, keep=3)


def _drop_beyond_one(paper: Paper) -> Paper | None:
    return _drop_entry(paper, keep=1)


def _drop_entry(paper: Paper, *, keep: int) -> Paper | None:
    """The last entry of the fullest column goes; each column keeps so many."""
    sizes = [(len(column.items), c) for c, column in enumerate(paper.columns)]
    size, c = max(sizes, default=(0, 0))
    if size <= keep:
        return None
    column = paper.columns[c]
    columns = list(paper.columns)
    columns[c] = replace(column, items=column.items[:-1])
    return replace(paper, columns=tuple(columns))


def _drop_note(paper: Paper) -> Paper | None:
    """The last line of the last note goes, at last the note."""
    if not paper.notes:
        return None
    heading, paragraphs = paper.notes[-1]
    kept = ((heading, paragraphs[:-1]),) if len(paragraphs) > 1 else ()
    return replace(paper, notes=paper.notes[:-1] + kept)


def _with_words(paper: Paper, c: int, n: int, words: str) -> Paper:
    column = paper.columns[c]
    items = list(column.items)
    items[n] = replace(items[n], words=words)
    columns = list(paper.columns)
    columns[c] = replace(column, items=tuple(items))
    return replace(paper, columns=tuple(columns))


_STEPS: tuple[Callable[[Paper], Paper | None], ...] = (
    _shorten_longest,
    _shrink_toc,
    _drop_beyond_three,
    _drop_lead,
    _drop_abstract,
    _drop_beyond_one,
    _drop_note,
)
