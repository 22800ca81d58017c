"""Automatic numbering of a Word file: 一、（一）1. ① as the reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from submissions.word_xml import child, children, named_value, value

_DIGITS = "〇一二三四五六七八九"
_PLAIN = "零一二三四五六七八九"
_LEVELS = 9
_CIRCLED = 20
_CHINESE = frozenset(
    {
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
        *("taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional"),
        "chineseLegalSimplified",
    }
)
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a file, counting as its paragraphs come by."""

    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: _Element | None) -> Numbering:
        """The numbering of ``word/numbering.xml``; none when there is no such part."""
        if root is None:
            return cls()
        abstract = {
            named_value(one, "abstractNumId"): _levels(one)
            for one in children(root, "abstractNum")
        }
        lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        for num in children(root, "num"):
            base = value(child(num, "abstractNumId"))
            levels = dict(abstract.get(base, {}))
            for change in children(num, "lvlOverride"):
                _override(levels, change)
            restarted = next(iter(children(num, "lvlOverride")), None) is not None
            number = named_value(num, "numId")
            # Lists of one kind go on counting, unless one says that it starts anew.
            lists[number] = (f"num{number}" if restarted else f"abs{base}", levels)
        return cls(lists)

    def label(self, num_id: str, depth: int) -> str | None:
        """The label of the next paragraph of a list.

        Returns:
            e.g. ``一、``; empty for a bullet; None when it is in no list.
        """
        if num_id not in self._lists:
            return None
        key, levels = self._lists[num_id]
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(key, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if level.kind in {"bullet", "none"}:
            return ""
        return re.sub(
            r"%([1-9])", lambda found: _said(levels, counts, found), level.text
        )


def _said(levels: dict[int, _Level], counts: list[int], found: re.Match[str]) -> str:
    depth = int(found[1]) - 1
    level = levels.get(depth)
    number = counts[depth] or (level.start if level else 1)
    return count_in(number, level.kind if level else "decimal")


def _levels(root: _Element) -> dict[int, _Level]:
    return {_depth(level): _level(level) for level in children(root, "lvl")}


def _level(level: _Element) -> _Level:
    start = value(child(level, "start")) or "1"
    return _Level(
        value(child(level, "numFmt")) or "decimal",
        value(child(level, "lvlText")),
        int(start) if start.isdecimal() else 1,
    )


def _override(levels: dict[int, _Level], change: _Element) -> None:
    depth = _depth(change)
    whole = child(change, "lvl")
    if whole is not None:
        levels[depth] = _level(whole)
    start = value(child(change, "startOverride"))
    if start.isdecimal() and depth in levels:
        old = levels[depth]
        levels[depth] = _Level(old.kind, old.text, int(start))


def _depth(element: _Element) -> int:
    depth = named_value(element, "ilvl")
    return min(int(depth), _LEVELS - 1) if depth.isdecimal() else 0


def count_in(number: int, kind: str) -> str:
    """A number as a kind of numbering writes it, e.g. 十一, ⑪, xi."""
    if kind in _CHINESE:
        return chinese_number(number)
    if kind.startswith("decimalEnclosedCircle") and 1 <= number <= _CIRCLED:
        return chr(ord("①") + number - 1)
    said = str(number)
    if kind == "ideographDigital":
        said = "".join(_DIGITS[int(digit)] for digit in said)
    elif kind == "decimalZero":
        said = f"{number:02d}"
    elif kind in {"lowerLetter", "upperLetter"} and number > 0:
        said = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 4)
    elif kind in {"lowerRoman", "upperRoman"}:
        said = _roman(number)
    return said.upper() if kind.startswith("upper") else said


def chinese_number(number: int) -> str:
    """一 to 九千九百九十九; larger numbers stay digits."""
    if not 0 < number < 10_000:  # noqa: PLR2004 - 万
        return str(number)
    said = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += _PLAIN[digit] + word
        elif said and number % unit and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _roman(number: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        while number >= worth and len(said) < 20:  # noqa: PLR2004 - an endless count
            said += letters
            number -= worth
    return said
