"""Words and plain values of a script, read and never run (``script_writing``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = str | int | None
"""A string, a number or a truth that is known; None: unknown."""

_TOKEN = re.compile(
    r"""(?P<space>(?:\s|//[^\n]*|/\*.*?\*/|<!--[^\n]*)+)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)
    |(?P<number>\d{1,9})
    |(?P<sign>[!=]==?|&&|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "\n": ""} | dict.fromkeys("rbfv0", " ")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_CONSTANTS: dict[str, Value] = {
    "null": False,
    "undefined": False,
    "false": False,
    "true": True,
}
_DEEPEST = 40


class TooMuch(Exception):  # noqa: N818 - no error: the script is more than a template
    """The script does what is not followed here."""


class Tokens:
    """The words of a script, taken one after the other.

    Attributes:
        at: the index of the next one; may be set back.
    """

    def __init__(self, script: str) -> None:
        self._all: list[tuple[str, str, bool]] = []
        self.at = 0
        fresh = True
        for match in _TOKEN.finditer(script):
            kind = match.lastgroup or ""
            if kind == "space":
                fresh = fresh or "\n" in match[0]
            else:
                self._all.append((kind, match[0], fresh))
                fresh = False

    @property
    def at_end(self) -> bool:
        """Whether all were taken."""
        return self.at >= len(self._all)

    @property
    def kind(self) -> str:
        """What the next one is: text, name, number or sign; "" at the end."""
        return "" if self.at_end else self._all[self.at][0]

    @property
    def next(self) -> str:
        """The next one as it stands, "" at the end; a string keeps its quotes."""
        return "" if self.at_end else self._all[self.at][1]

    @property
    def on_a_new_line(self) -> bool:
        """Whether a statement may end before the next one without a sign for it."""
        return self.at_end or self.next == "}" or self._all[self.at][2]

    def take(self, *wanted: str) -> bool:
        """Pass the next one if it is one of these."""
        if self.at_end or self.next not in wanted:
            return False
        self.at += 1
        return True

    def demand(self, wanted: str) -> None:
        """Pass the next one.

        Raises:
            TooMuch: it is another.
        """
        if not self.take(wanted):
            raise TooMuch

    def name_before(self, sign: str) -> str | None:
        """Pass a name and this sign; None, and nothing passed, if they do not come."""
        start, name = self.at, self.next
        if self.kind == "name":
            self.at += 1
            if self.take(sign):
                return name
        self.at = start
        return None

    def skip_to(self, *ends: str) -> list[str]:
        """Pass all before the first of these signs, whole brackets; the names in it.

        Raises:
            TooMuch: a bracket is not closed.
        """
        names, open_ones = [], list[str]()
        start = self.at
        while not self.at_end:
            sign = self.next
            if not open_ones and (sign in ends or sign in _CLOSING.values()):
                break
            if self.kind == "name":
                names.append(sign.split(".")[0])
            elif sign in _CLOSING:
                open_ones.append(_CLOSING[sign])
            elif open_ones and sign == open_ones[-1]:
                open_ones.pop()
            self.at += 1
        if open_ones or self.at == start:
            raise TooMuch
        return names


def value_before(
    tokens: Tokens, known: Mapping[str, Value], ends: tuple[str, ...], depth: int = 0
) -> Value:
    """The value of an expression of strings, names, ``+``, comparisons and ``&& ||``.

    Args:
        tokens: stand at its start; on return before the first word not understood.
        known: what is known of names.
        ends: the signs that may follow it.
        depth: of brackets so far.

    Raises:
        TooMuch: brackets go too deep.
    """
    if depth > _DEEPEST:
        raise TooMuch
    value = _compared(tokens, known, depth)
    while tokens.next not in ends and tokens.next in {"&&", "||"}:
        both = tokens.take("&&") or not tokens.take("||")
        other = _compared(tokens, known, depth)
        if value is not None:
            value = (value and other) if both else (value or other)
    return value


def _compared(tokens: Tokens, known: Mapping[str, Value], depth: int) -> Value:
    value = _sum(tokens, known, depth)
    sign = tokens.next
    if sign not in {"==", "===", "!=", "!==", ">"}:
        return value
    tokens.at += 1
    other = _sum(tokens, known, depth)
    if value is None or other is None:
        return None
    if sign == ">":
        return (
            value > other if isinstance(value, int) and isinstance(other, int) else None
        )
    return (value == other) is (sign[0] == "=")


def _sum(tokens: Tokens, known: Mapping[str, Value], depth: int) -> Value:
    value = _term(tokens, known, depth)
    while tokens.take("+"):
        other = _term(tokens, known, depth)
        plain = isinstance(value, str) and isinstance(other, str)
        value = f"{value}{other}" if plain else None
    return value


def _term(tokens: Tokens, known: Mapping[str, Value], depth: int) -> Value:
    if depth > _DEEPEST:
        raise TooMuch
    if tokens.take("!"):
        value = _term(tokens, known, depth + 1)
        return None if value is None else not value
    if tokens.take("("):
        value = value_before(tokens, known, (")",), depth + 1)
        tokens.demand(")")
        return value
    if tokens.kind not in {"text", "name", "number"}:
        return None
    return _word(tokens, known)


def _word(tokens: Tokens, known: Mapping[str, Value]) -> Value:
    kind, token = tokens.kind, tokens.next
    tokens.at += 1
    if kind == "text":
        return _cut(_ESCAPE.sub(_letter, token[1:-1]), tokens)
    if kind == "number":
        return int(token)
    name, dot, method = token.rpartition(".")
    if dot and method in _CUTS and tokens.next == "(":
        return _cut_by(method, known.get(name), tokens)
    return _named(token, known)


_CUTS = frozenset({"substr", "substring", "slice"})


def _cut(value: Value, tokens: Tokens) -> Value:
    """``"2026-09-21 08:05".substr(0,10)``: TRS templates cut their dates so."""
    if not tokens.take("."):
        return value
    method = tokens.next
    if method not in _CUTS:
        tokens.at -= 1
        return value
    tokens.at += 1
    return _cut_by(method, value, tokens)


def _cut_by(method: str, value: Value, tokens: Tokens) -> Value:
    """The part of a text that a call names by two plain numbers."""
    start = tokens.at
    numbers = []
    if tokens.take("("):
        while tokens.kind == "number":
            numbers.append(int(tokens.next))
            tokens.at += 1
            if not tokens.take(","):
                break
    if len(numbers) != len(("from", "to")) or not tokens.take(")"):
        tokens.at = start
        return None
    first, last = numbers
    if not isinstance(value, str):
        return None
    return value[first : first + last if method == "substr" else last]


def _named(name: str, known: Mapping[str, Value]) -> Value:
    if name in _CONSTANTS:
        return _CONSTANTS[name]
    if name.endswith(".length"):
        held = known.get(name.removesuffix(".length"))
        return len(held) if isinstance(held, str) else None
    return known.get(name)


def _letter(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])
