"""Where a line of Chinese may break on the terminal.

Rich breaks lines at blanks only: a Chinese sentence, which has none, left half a line
empty before it and began lines with a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich import _wrap

# GB/T 15834-2011, 5.1: these never end a line, and those never begin one.
_OPENING = "“‘《〈「『（〔【［"
_CLOSING = "”’》〉」』）〕】］，。、；：！？…—～·％"
_HAN = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_SINGLE = f"(?![{_OPENING}{_CLOSING}])[{_HAN}]"
_OTHER = rf"[^\s{_HAN}{_OPENING}{_CLOSING}]+"
_PIECE = re.compile(
    rf"\s*(?:[{_OPENING}]*(?:{_SINGLE}|{_OTHER})[{_CLOSING}]*"
    rf"|[{_OPENING}{_CLOSING}]+)\s*"
)


def pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Each part of a line that stays whole: from where, to where, and its letters.

    A Chinese character is a part by itself, with the punctuation that clings to it;
    a Latin word, a number or an address stays whole. Blanks belong to the part before.
    """
    at = 0
    while found := _PIECE.match(text, at):
        at = found.end()
        yield found.start(), at, found[0]


def break_as_chinese() -> None:
    """Have Rich break lines between these parts."""
    _wrap.words = pieces  # Rich has no door for it
