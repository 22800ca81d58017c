"""The abstract of an article: its own sentences, never rewritten.

Whole sentences first, then a clause with ……; never inside a number or a quotation.
"""

from __future__ import annotations

from newsroom.body import Body, Paragraph, Quote, runs_text
from newsroom.sentences import (
    clause_cut,
    is_byline,
    sentences,
    tells_something,
    without_dateline,
    word_cut,
)
from newsroom.text import clean_text

LIMIT = 120
_ENOUGH = 0.45  # a first sentence shorter than this share of the limit asks for more
_MORE = "……"


def make_abstract(body: Body, *, limit: int = LIMIT) -> str:
    """At most ``limit`` characters in the article's own words.

    Dateline and byline are left out. Empty for a body of pictures only.
    """
    pieces = [piece for line in _lines(body) for piece in sentences(line)]
    whole = _fitting(pieces, limit)
    kept = "".join(whole)
    if len(kept) >= _ENOUGH * limit or len(whole) == len(pieces):
        return kept
    return kept + _cut(pieces[len(whole)], limit - len(kept), must=not kept)


def _fitting(pieces: list[str], limit: int) -> list[str]:
    """The leading sentences that fit whole."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > limit:
            break
        kept.append(piece)
    return kept


def _lines(body: Body) -> list[str]:
    """The paragraphs that tell news; notes of the editor only when nothing else."""
    told = [
        without_dateline(clean_text(runs_text(block.runs)))
        for block in body.blocks
        if isinstance(block, Paragraph)
        or (isinstance(block, Quote) and block.kind == "quote")
    ]
    kept = [line for line in told if line and not is_byline(line)]
    whole = [line for line in kept if tells_something(line)]
    if kept or not body.text.strip():
        return whole or kept
    return [clean_text(line) for line in body.text.split("\n") if line.strip()]


def _cut(sentence: str, room: int, *, must: bool) -> str:
    """The clauses of a sentence that is too long for the room left."""
    space = max(0, room - len(_MORE))
    end = clause_cut(sentence, space)
    if not end and must:
        end = word_cut(sentence, space)
    cut = sentence[:end].rstrip("，,、：:；; ")
    return cut + _MORE if cut else ""
