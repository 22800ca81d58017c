"""Where a large headline may break: between its clauses rather than inside a word.

The words stay letter for letter; short pieces are only kept on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_KEPT = 10  # characters; more would not fit a phone in one line
# A piece: a quotation, or words up to a mark, a blank or the next quotation.
_PIECE = re.compile(
    r"[“《‘「『][^“”《》‘’「」『』]*[”》’」』][，。、；：！？]*"
    r"|[^“《‘「『\s，。、；：！？]+[，。、；：！？]*|\s+|."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a headline; ``kept`` says that it stays on one line."""

    text: str
    kept: bool


def headline_pieces(headline: str) -> tuple[Piece, ...]:
    """The headline in pieces; joined they are the headline again."""
    return tuple(
        Piece(text, kept=not text.isspace() and 1 < len(text) <= LONGEST_KEPT)
        for text in _PIECE.findall(headline)
    )
