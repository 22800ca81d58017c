"""Where a large headline may break: between its clauses rather than inside a word.

The words stay letter for letter; pieces are only kept on one line, the short ones on
every screen and the longer ones where there is room for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_KEPT = 10  # characters; more would not fit a phone in one line
LONGEST_WIDE = 18  # characters; what fits one line from a tablet on
# A piece: a quotation, or words up to a mark, a blank or the next quotation.
_PIECE = re.compile(
    r"[“《‘「『][^“《”》‘’「」『』]*[”》’」』][，。、；：！？]*"
    r"|[^“《‘「『\s，。、；：！？]+[，。、；：！？]*|\s+|."
)
# 避头尾: what may begin no line, and what may end none.
_BEGINS_NO_LINE = frozenset("，。、；：！？）】〕》〉”’」』…·％‰℃,.;:!?)]%")
_ENDS_NO_LINE = frozenset("（【〔《〈“‘「『([")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a headline; ``kept`` and ``wide`` say where it stays on one line."""

    text: str
    kept: bool
    wide: bool = False


def headline_pieces(headline: str) -> tuple[Piece, ...]:
    """The headline in pieces; joined they are the headline again."""
    return tuple(_piece(text) for text in _stretches(headline))


def _piece(text: str) -> Piece:
    is_word = not text.isspace() and len(text) > 1
    return Piece(
        text,
        kept=is_word and len(text) <= LONGEST_KEPT,
        wide=is_word and LONGEST_KEPT < len(text) <= LONGEST_WIDE,
    )


def _stretches(headline: str) -> list[str]:
    """The pieces, joined again where a line may not break between them."""
    found: list[str] = []
    for text in _PIECE.findall(headline):
        if found and (text[0] in _BEGINS_NO_LINE or found[-1][-1] in _ENDS_NO_LINE):
            found[-1] += text
        else:
            found.append(text)
    return found
