"""Cleaning words as they stand in pages: spaces, indents, invisible characters.

What a reader sees is kept letter for letter (a headline from elsewhere is shown
whole); only what no reader sees goes. ``fold`` is for comparing, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Answer = TypeVar("Answer")

# C0/C1 controls without tab, line feed, carriage return and next line; soft hyphen,
# zero-width and bidi marks, interlinear marks, the byte order mark, private use, and
# what no XML may hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0e\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_NOT_WORD = re.compile(r"[\W_]+")
# Blanks and punctuation of Chinese news, which no neighbour changes and which change
# no neighbour when a text is normalised.
_PLAIN = re.compile(
    r"[\s_!-/:-@\[-^{-~\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u3001\u3002"
    r"\u3008-\u3011\uff01-\uff0f\uff1a-\uff20]+"
)


def strip_invisible(text: str) -> str:
    """The text without control, zero-width, bidi and private-use characters."""
    return _INVISIBLE.sub("", text)


def clean_text(text: str) -> str:
    """One line of text: invisible characters gone, every run of spaces one blank.

    Non-breaking and ideographic blanks (the 　　 indent) count as blanks; full-width
    letters, digits and punctuation stay as shown.
    """
    folded = " ".join(text.split())
    if folded.isprintable():  # the common case: no format or control character
        return folded
    return " ".join(_INVISIBLE.sub("", text).split())


def asked_of_lines(ask: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """A question about a line of text whose last answers are remembered.

    A line of a page is asked the same a dozen times, and a site's frame stands on each
    of its pages. Paragraphs of any length are answered, but not kept.
    """
    known = lru_cache(maxsize=2048)(ask)

    @wraps(ask)
    def asked(text: str) -> Answer:
        return known(text) if len(text) <= _LINE else ask(text)

    return asked


_LINE = 300


@asked_of_lines
def squeeze(text: str) -> str:
    """The text without any white space or invisible character."""
    # Some that nobody sees count as printable (U+034F, variation selectors).
    return _INVISIBLE.sub("", "".join(text.split()))


def join_name(text: str) -> str:
    """A Chinese name without the blanks that fill it up: 「熊 武」 is 「熊武」."""
    return _BETWEEN_HAN.sub("", clean_text(text))


def name_pattern(name: str) -> str:
    """A pattern that finds a name also where blanks fill it up: 「李　桂 香」.

    Blanks of one line only; works on text and in SQLite's ``REGEXP``.
    """
    return "[ \t\u00a0\u2002\u2003\u3000]*".join(map(re.escape, name))


def mask_name(text: str, name: str, mask: str) -> str:
    """The text with the mask in place of the name; blanks inside it stay.

    The mask is as long as the name, so every place of the text stays where it was.
    """

    def put(found: re.Match[str]) -> str:
        letters = iter(mask)
        return "".join(c if c.isspace() else next(letters) for c in found[0])

    return re.sub(name_pattern(name), put, text)


def fold(text: str) -> str:
    """A key for comparing: width, case, blanks and punctuation do not count."""
    words = _PLAIN.sub("", text)
    # Han without its punctuation is in its normal form: to ask is far less than to do.
    if unicodedata.is_normalized("NFKC", words):
        folded = words.casefold()
        if folded.isalnum():
            return folded
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
