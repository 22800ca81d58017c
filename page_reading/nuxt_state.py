"""The state of a Nuxt page, read without running a script.

Nuxt 2 hands its state over as the value of a function, with what returns often as its
arguments: ``window.__NUXT__=(function(a,b){return {list:[{title:"…",top:b}]}}("枝江",!1))``.
Nuxt 3 writes one flat array in which numbers stand for places of the array
(``__NUXT_DATA__``). Only plain values are read: strings, numbers, truths, arrays,
objects, names of arguments; what is anything else is None.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FUNCTION = re.compile(
    r"__NUXT__\s*+=\s*+\(?\s*+(?:function\s*\(([\w$,\s]{0,40000}+)\)|\(?([\w$,\s]{0,40000}+)\)?\s*=>)\s*\{"
)
_FLAT = re.compile(r"<script[^<>]{0,300}?__NUXT_DATA__[^<>]{0,300}>\s*(?=\[)")
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')
    |(?P<number>-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<truth>!\s*[01]|void\s+0)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<sign>.))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_WORDS = {"true": True, "false": False}
_CLOSING = {"[": "]", "{": "}", "(": ")"}
_LONGEST = 400_000
_DEEPEST = 60
_MOST_RECORDS = 20_000


class _Odd(Exception):  # noqa: N818 - no error: the state is written in another way
    """The script is no plain state."""


def nuxt_states(text: str) -> Iterator[Any]:
    """The values that a page's text hands to Nuxt; nothing where it is no plain state."""
    if "__NUXT" not in text:
        return
    called = _FUNCTION.search(text)
    if called:
        script = text[called.end() : called.end() + _LONGEST].partition("</script")[0]
        with suppress(_Odd):
            yield _State(script).value_for(called[1] or called[2] or "")
    flat = _FLAT.search(text)
    if flat:
        yield from _unfolded(text[flat.end() : flat.end() + _LONGEST])


class _State:
    """The words of the function's body and of what it is called with."""

    def __init__(self, script: str) -> None:
        self._tokens = [
            (match.lastgroup or "", match[match.lastgroup or 0])
            for match in _TOKEN.finditer(script)
        ]
        self._at = 0

    def value_for(self, parameters: str) -> Any:  # noqa: ANN401 - foreign data
        """What the function returns when it is called as the page calls it.

        Raises:
            _Odd: it is written in another way.
        """
        start = self._place_of_return()
        self._at = start
        self._skip_value()
        self._demand("}")
        while self._take(")"):
            pass
        self._demand("(")
        arguments = []
        while not self._take(")"):
            arguments.append(self._value({}, 0))
            self._take(",")
        names = [name.strip() for name in parameters.split(",")]
        self._at = start
        return self._value(dict(zip(names, arguments, strict=False)), 0)

    def _place_of_return(self) -> int:
        """Assignments (``b.x=c;``) may come before it; they are passed over."""
        for place, token in enumerate(self._tokens):
            if token == ("name", "return"):
                return place + 1
        raise _Odd

    @property
    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise _Odd
        return self._tokens[self._at]

    def _take(self, sign: str) -> bool:
        if self._next != ("sign", sign):
            return False
        self._at += 1
        return True

    def _demand(self, sign: str) -> None:
        if not self._take(sign):
            raise _Odd

    def _value(self, known: Mapping[str, Any], depth: int) -> Any:  # noqa: ANN401
        if depth > _DEEPEST:
            raise _Odd
        if self._take("{"):
            return self._object(known, depth)
        if self._take("["):
            return self._array(known, depth)
        plain = _plain(self._next, known)
        self._at += 1
        if self._next[1] in {",", "]", "}", ")", ";"}:
            return plain
        self._skip_value()  # a call, a sum, new Date(…): no plain value
        return None

    def _array(self, known: Mapping[str, Any], depth: int) -> list[Any]:
        values = []
        while not self._take("]"):
            if not self._take(","):
                values.append(self._value(known, depth + 1))
        return values

    def _object(self, known: Mapping[str, Any], depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not self._take("}"):
            if self._take(","):
                continue
            kind, word = self._next
            self._at += 1
            if kind not in {"name", "text", "number"}:
                raise _Odd
            key = _spelt(word) if kind == "text" else word
            self._demand(":")
            values[key] = self._value(known, depth + 1)
        return values

    def _skip_value(self) -> None:
        """Pass what stands before the next comma or closing bracket of this depth."""
        open_ones: list[str] = []
        while True:
            kind, word = self._next
            if kind == "sign":
                if not open_ones and word in ",;]})":
                    return
                if word in _CLOSING:
                    open_ones.append(_CLOSING[word])
                elif open_ones and word == open_ones[-1]:
                    open_ones.pop()
            self._at += 1


def _plain(token: tuple[str, str], known: Mapping[str, Any]) -> Any:  # noqa: ANN401
    kind, word = token
    if kind == "text":
        return _spelt(word)
    if kind == "number":
        return float(word) if set(word) & set(".eE") else int(word[:20])
    if kind == "truth":
        return None if word.startswith("void") else word.endswith("0")
    return _WORDS.get(word, known.get(word))


def _spelt(quoted: str) -> str:
    text = quoted[1:-1]
    return _ESCAPE.sub(_letter, text) if "\\" in text else text


def _letter(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def _unfolded(text: str) -> Iterator[Any]:
    """The lists and records of Nuxt 3's array, each with its plain fields in place."""
    try:
        cells, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return
    records = {
        place: {key: _plain_cell(cells, at) for key, at in cell.items()}
        for place, cell in enumerate(cells[:_MOST_RECORDS])
        if isinstance(cell, dict)
    }
    for cell in cells[:_MOST_RECORDS]:
        if isinstance(cell, list) and len(cell) > 1:
            yield [records[at] for at in cell if isinstance(at, int) and at in records]
    yield list(records.values())


def _plain_cell(cells: list[Any], at: Any) -> Any:  # noqa: ANN401 - foreign data
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at < len(cells):
        return None
    value = cells[at]
    return None if isinstance(value, dict | list) else value
