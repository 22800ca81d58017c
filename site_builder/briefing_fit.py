"""Making a briefing fit two pages by trimming its words, never its type.

The page is the grid of GB/T 9704: 28 characters by 22 lines (domain: 7.2).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from newsroom.sentences import sentences
from site_builder.briefing_paper import (
    LEAST_TOC,
    Paper,
    PaperColumn,
    PaperItem,
    shorten,
)

COLUMNS = 28
LINES = 22
MOST_PAGES = 2
_NARROW = 0.6  # a digit or Latin letter, in characters
_INDENT = 2
_LOST_AT_BREAK = 1  # a heading does not stand alone at the foot of a page
_MASTHEAD = 5  # name 2, second line 1, number 1, publisher and day 1
_FOOT_LINE = 0.75  # 版记 is set closer
# What a line break must not part: a word, and marks that cling to a character.
_CLUSTER = re.compile(
    r"[（《“‘【]*(?:\d+月\d+日|第?\d[\d.,]*[\u4e00-\u9fff℃]?|[!-~]+|.)"
    r"[，。、；：？！）》”’】…—％]*"
)
_CUT = "……"
_LEAST_SAID = 20  # characters; a cut abstract of fewer gives a date and no news
_ASCII = re.compile(r"[ -~]")

Step = Callable[[Paper], Paper | None]
Counted = tuple[Paper, int]
"""A paper and the lines that it takes."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A paper that fits, how many pages it takes, and the lines counted."""

    paper: Paper
    pages: int
    lines: int

    @property
    def foot(self) -> int:
        """The lines that 版记 takes at the foot of the last page."""
        return _foot_lines(self.paper)


def fit(paper: Paper, *, pages: int = MOST_PAGES, spare: int = 0) -> Fitted:
    """The paper on at most so many pages; a second page is not begun for a few lines.

    ``spare`` lines are left free, for a setter that breaks lines a little differently.

    Abstracts give first, the longest first; then 本期要目 shrinks and goes; then
    columns come down to three entries, and a line says how many are left out; only
    then go the abstracts, the lead and what is less needed. Lines that stay free in
    the end are given back to the lead and to abstracts that were cut.
    """
    counted = (paper, count_lines(paper))
    one_page = LINES - spare
    if counted[1] <= one_page + _A_FEW_LINES:
        tighter = _given_back(_trim(counted, one_page, _GENTLE), paper, one_page)
        if tighter[1] <= one_page:
            return Fitted(tighter[0], 1, tighter[1])
    room = pages * LINES - _LOST_AT_BREAK * (pages - 1) - spare
    fitted, lines = _given_back(_trim(counted, room, _GENTLE + _HARD), paper, room)
    return Fitted(fitted, min(pages, math.ceil(lines / LINES)), lines)


def _given_back(counted: Counted, whole: Paper, room: int) -> Counted:
    """The paper with as much of what it lost as the room holds, the lead first.

    Steps take away whole lines at once, so a few may stay free.
    """
    paper, lines = counted
    if lines > room:
        return counted
    for fuller in _fuller(paper, whole):
        bigger = fuller(paper)
        if bigger != paper and count_lines(bigger) <= room:
            paper = bigger
    return paper, count_lines(paper)


def _fuller(paper: Paper, whole: Paper) -> list[Callable[[Paper], Paper]]:
    """What may be given back: the lead, sentences of highlights, then of others."""
    places = _places(paper)[::-1]
    places.sort(key=lambda place: paper.columns[place[0]].items[place[1]].mark != "★")
    return [
        partial(replace, lead=whole.lead),
        *(partial(_with_sentence, c=c, n=n, whole=whole) for c, n in places),
    ]


def _with_sentence(paper: Paper, c: int, n: int, whole: Paper) -> Paper:
    """An entry whose abstract was cut or dropped says its first sentences again."""
    item, before = paper.columns[c].items[n], whole.columns[c].items[n].words
    if item.words and not item.words.endswith(_CUT):
        return paper
    first = next(iter(sentences(before)), "")
    longer = len(first) > len(item.words.removesuffix(_CUT))
    return _with_item(paper, c, n, replace(item, words=first)) if longer else paper


def _trim(counted: Counted, room: int, steps: tuple[Step, ...]) -> Counted:
    """The paper after as many of these steps as it needs to fit the room."""
    paper, lines = counted
    for step in steps:
        while lines > room and (smaller := step(paper)):
            paper, lines = smaller, count_lines(smaller)
    return paper, lines


def count_lines(paper: Paper) -> int:
    """How many lines of the grid the paper takes."""
    lines = _MASTHEAD + bool(paper.secrecy or paper.unedited)
    lines += text_lines(paper.banner) if paper.banner else 0
    lines += text_lines(paper.lead, indent=_INDENT) if paper.lead else 0
    lines += 1 + sum(map(_toc_lines, paper.toc)) if paper.toc else 0
    lines += sum(map(_column_lines, paper.columns))
    for _, paragraphs in paper.notes:
        lines += 1 + sum(text_lines(p, indent=_INDENT) for p in paragraphs)
    lines += 1 if paper.more else 0
    return lines + _foot_lines(paper)


@lru_cache(maxsize=4096)
def text_lines(text: str, *, indent: float = 0, columns: float = COLUMNS) -> int:
    """The lines that a text takes when it is broken as Chinese is.

    Args:
        text: one paragraph.
        indent: characters that the first line is set in.
        columns: characters of a line.
    """
    lines, used = 1, indent
    for cluster in _CLUSTER.findall(text):
        width = len(cluster) - (1 - _NARROW) * len(_ASCII.findall(cluster))
        if used + width > columns and used:
            lines, used = lines + 1, 0.0
        used += width
        while used > columns:  # a word longer than a line is cut
            lines, used = lines + 1, used - columns
    return lines


def _toc_lines(item: PaperItem) -> int:
    words = f"{item.mark} {item.headline}"
    return text_lines(words, columns=COLUMNS - _INDENT, indent=0.5)


def _column_lines(column: PaperColumn) -> int:
    return 1 + sum(map(_item_lines, column.items))


def _item_lines(item: PaperItem) -> int:
    words = f"　{item.words}" if item.words else ""
    return text_lines(item.mark + item.headline + words + item.source, indent=_INDENT)


def _foot_lines(paper: Paper) -> int:
    lines = 1 + sum(text_lines(line, indent=_INDENT) for line in paper.distribution)
    return math.ceil(lines * _FOOT_LINE)


def _shorten_longest(paper: Paper, *, least: int) -> Paper | None:
    """Half a line less for the longest abstract, the later of two equal ones."""
    places = [
        (len(item.words), c, n)
        for c, column in enumerate(paper.columns)
        for n, item in enumerate(column.items)
        if len(item.words) > least
    ]
    if not places:
        return None
    length, c, n = max(places)
    item = paper.columns[c].items[n]
    words = shorten(item.words, max(least, length - COLUMNS // 2))
    if words.endswith(_CUT) and len(words) < _LEAST_SAID:
        words = ""
    return _with_item(paper, c, n, replace(item, words=words))


def _shrink_toc(paper: Paper, *, keep: int) -> Paper | None:
    """One line less of 本期要目; fewer than three lines are none."""
    if len(paper.toc) <= keep:
        return None
    return replace(paper, toc=paper.toc[:-1] if len(paper.toc) > LEAST_TOC else ())


def _shorten_source(paper: Paper) -> Paper | None:
    """The last entry that names its people gives them up."""
    for c, n in _places(paper):
        item = paper.columns[c].items[n]
        if item.short_source and item.source != item.short_source:
            return _with_item(paper, c, n, replace(item, source=item.short_source))
    return None


def _drop_abstract(paper: Paper, *, but: str = "") -> Paper | None:
    """The last abstract goes, its headline stays; highlights keep theirs longest.

    Entries marked ``but`` keep their abstracts.
    """
    places = _places(paper)
    places.sort(key=lambda place: paper.columns[place[0]].items[place[1]].mark == "★")
    for c, n in places:
        item = paper.columns[c].items[n]
        if item.words and item.mark != but:
            return _with_item(paper, c, n, replace(item, words=""))
    return None


def _drop_lead(paper: Paper) -> Paper | None:
    return replace(paper, lead=None) if paper.lead else None


def _drop_entry(paper: Paper, *, keep: int) -> Paper | None:
    """The last entry of the fullest column goes; each column keeps so many."""
    sizes = [(len(column.items), c) for c, column in enumerate(paper.columns)]
    size, c = max(sizes, default=(0, 0))
    if size <= keep:
        return None
    columns = list(paper.columns)
    columns[c] = replace(columns[c], items=columns[c].items[:-1])
    return replace(paper, columns=tuple(columns))


def _drop_note(paper: Paper) -> Paper | None:
    """The last note goes."""
    return replace(paper, notes=paper.notes[:-1]) if paper.notes else None


def _places(paper: Paper) -> list[tuple[int, int]]:
    """Where the entries stand, the last one first."""
    return [
        (c, n)
        for c in reversed(range(len(paper.columns)))
        for n in reversed(range(len(paper.columns[c].items)))
    ]


def _with_item(paper: Paper, c: int, n: int, item: PaperItem) -> Paper:
    items = list(paper.columns[c].items)
    items[n] = item
    columns = list(paper.columns)
    columns[c] = replace(columns[c], items=tuple(items))
    return replace(paper, columns=tuple(columns))


_A_FEW_LINES = 6
_GENTLE: tuple[Step, ...] = (
    partial(_shorten_longest, least=60),
    partial(_shrink_toc, keep=LEAST_TOC),
    partial(_shorten_longest, least=40),
    _shorten_source,
    partial(_shrink_toc, keep=0),
)
_HARD: tuple[Step, ...] = (
    partial(_drop_abstract, but="★"),
    partial(_drop_entry, keep=3),
    partial(_shorten_longest, least=24),
    _drop_abstract,
    _drop_lead,
    partial(_drop_entry, keep=1),
    _drop_note,
)
