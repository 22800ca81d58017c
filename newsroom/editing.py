"""A body as lines that an editor types in, and back, without loss of structure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from newsroom.body import (
    Block,
    Body,
    ListBlock,
    Paragraph,
    Picture,
    Quote,
    Subhead,
    Table,
    plain_runs,
    runs_text,
)
from newsroom.text import clean_text

_HEAD = "## "
_KEPT = re.compile(r"〔(?:图|表|列表|引文)(\d+)〕")
_WORDS: dict[type, str] = {
    Picture: "图",
    Table: "表",
    ListBlock: "列表",
    Quote: "引文",
}
# A number is compared as a whole: 1200 and 1100, not 2 and 1.
_SIGN = re.compile(r"\d[\d,.]*|.", re.DOTALL)
# Comparing letter by letter takes the square of the length.
_LONGEST_COMPARED = 1500


def to_lines(body: Body) -> str:
    """One line a block: paragraphs as they are, subheads after ``## ``.

    Pictures, tables, lists and quotes stand as 〔表2〕, their place in the body.
    """
    return "\n".join(_line(place, block) for place, block in enumerate(body.blocks, 1))


def from_lines(text: str, before: Body) -> Body:
    """The body of edited lines; what stands as 〔表2〕 is taken over from before.

    A line that was not changed keeps its block, with its links.
    """
    same: dict[str, Block] = {}
    for place, block in enumerate(before.blocks, 1):
        same.setdefault(_line(place, block), block)
    blocks = [
        same.get(line) or _read(line)
        for line in filter(None, map(clean_text, text.splitlines()))
    ]
    return Body(tuple(block for block in blocks if block is not None))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a comparison: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def differences(before: str, after: str) -> tuple[tuple[Piece, ...], ...]:
    """The lines of both texts as pieces, letter by letter where a line was changed."""
    old, new = before.split("\n"), after.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    lines: list[tuple[Piece, ...]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            lines += [(Piece("same", line),) for line in old[a:b]]
            continue
        pairs = min(b - a, d - c)
        lines += [_letters(old[a + n], new[c + n]) for n in range(pairs)]
        lines += [(Piece("gone", line),) for line in old[a + pairs : b]]
        lines += [(Piece("new", line),) for line in new[c + pairs : d]]
    return tuple(lines)


def _letters(before: str, after: str) -> tuple[Piece, ...]:
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        return (Piece("gone", before), Piece("new", after))
    old, new = _SIGN.findall(before), _SIGN.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("gone", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("new", "".join(new[c:d]))] if d > c else []
    return tuple(pieces)


def _line(place: int, block: Block) -> str:
    match block:
        case Paragraph(runs):
            return runs_text(runs)
        case Subhead(text):
            return f"{_HEAD}{text}"
    return f"〔{_WORDS[type(block)]}{place}〕"


def _read(line: str) -> Block | None:
    if _KEPT.fullmatch(line):  # taken out, or never there
        return None
    if line.startswith(_HEAD):
        return Subhead(line.removeprefix(_HEAD))
    return Paragraph(plain_runs(line))
