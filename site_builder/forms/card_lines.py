"""The lines of a headline in a picture: even ones, that end between clauses and words.

A typesetter breaks lines as they fill; on a card of three lines that leaves a word
alone on the last. Here a headline is set in one line, two, and so on, each as even as
it can be; the card takes what is largest and best in its room.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

MOST_LINES = 7
_LATIN, _BLANK = 0.58, 0.25  # ems
# What a line's end costs beside how uneven the lines are (squares of their shares).
_CLAUSE, _WORD, _TORN = 0.0, 0.06, 0.14
_CLAUSE_ENDS = frozenset("，；：！？。 \u3000")
_BEGINS_NO_LINE = frozenset("，。、；：！？）】〕》〉”’」』…·～％‰℃,.;:!?)]%/")
_ENDS_NO_LINE = frozenset("（【〔《〈“‘「『([")
# A short bracket, a Latin word or a figure with what it is joined to (2026—2028年), a
# dash, a number in characters (二〇二六年), or one character.
_ATOM = re.compile(
    r"（[^（）]{1,6}）|[!-~]+(?:[—～·][!-~]+)*年?|——+"
    r"|第?[〇一二三四五六七八九十百千万亿]{2,}[年月日名人个件]?|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A headline in so many lines; ``badness`` is 0 for even lines of whole clauses."""

    lines: tuple[str, ...]
    badness: float


def settings_of(parts: Iterable[tuple[str, bool]]) -> list[Setting]:
    """The best setting in one line, in two, and so on to seven.

    ``parts`` are the headline's stretches, and whether each stays on one line
    (``headline.set_in_type``).
    """
    atoms = list(_atoms(parts))
    ends = [_cost_after(atoms, place) for place in range(1, len(atoms))]
    most = min(MOST_LINES, 1 + sum(cost is not None for cost in ends))
    return [_best(atoms, ends, count) for count in range(1, most + 1)]


def _atoms(parts: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """What no line end divides: kept words, Latin ones and figures, and characters."""
    for words, whole in parts:
        if whole:
            yield words, True
        else:
            yield from ((one, len(one) > 1) for one in _ATOM.findall(words))


def _cost_after(atoms: list[tuple[str, bool]], place: int) -> float | None:
    """What a line's end before this atom costs; None where there may be none."""
    (before, is_word), (after, begins_word) = atoms[place - 1], atoms[place]
    if before[-1] in _ENDS_NO_LINE or after[0] in _BEGINS_NO_LINE or after.isspace():
        return None
    if after.startswith("——") or before.startswith("——"):
        return _CLAUSE if after.startswith("——") else _TORN
    if after == "—":  # a hyphen begins no line, a dash (——) may (GB/T 15834)
        return None
    if before[-1] in _CLAUSE_ENDS:
        earlier = atoms[place - 2][0][-1] if before.isspace() and place > 1 else ""
        if earlier and earlier in _ENDS_NO_LINE:
            return None
        return _TORN if earlier and (earlier + after[0]).isascii() else _CLAUSE
    return _WORD if is_word or begins_word or before[-1] == "、" else _TORN


def _best(
    atoms: list[tuple[str, bool]], ends: list[float | None], count: int
) -> Setting:
    """The headline in exactly so many lines, from its end to its beginning."""
    texts = [words for words, _ in atoms]
    even = _width("".join(texts)) / count

    @cache
    def rest(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return _unevenness("".join(texts[start:]), even), ()
        tried: list[tuple[float, tuple[int, ...]]] = [(float("inf"), ())]
        for end in range(start + 1, len(texts) - left + 2):
            if (cost := ends[end - 1]) is not None:
                told, others = rest(end, left - 1)
                line = _unevenness("".join(texts[start:end]), even)
                tried.append((line + cost + told, (end, *others)))
        return min(tried)

    badness, breaks = rest(0, count)
    places = [0, *breaks, len(texts)]
    lines = tuple("".join(texts[a:b]).strip() for a, b in pairwise(places))
    return Setting(lines, round(badness / count, 4))


def _unevenness(line: str, even: float) -> float:
    return ((_width(line.strip()) - even) / even) ** 2 if even else 0.0


def _width(words: str) -> float:
    """About how many ems wide."""
    return sum(map(_ems, words))


@cache
def _ems(one: str) -> float:
    if one.isspace() and one != "\u3000":
        return _BLANK
    return 1.0 if unicodedata.east_asian_width(one) in "WFA" else _LATIN
