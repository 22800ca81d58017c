"""Where every table, key and list entry of a TOML text stands, by line.

No parser that we know keeps the places; a fault is to name the line of its key.
"""

from __future__ import annotations

import re

from config_faults import KeyPath


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line of every table, key and list entry of a text that TOML accepts."""
    return _Walker(text).walk()


class _Walker:
    """Walks over valid TOML and notes where each thing stands."""

    _SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
    _KEY = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|[A-Za-z0-9_-]+")
    _TEXT = re.compile(
        r'"""(?:\\.|[^\\])*?"{3,5}|'
        r"'''.*?'{3,5}|"
        r'"(?:\\.|[^"\\])*"|'
        r"'[^']*'",
        re.DOTALL,
    )
    _BARE = re.compile(r"[^,\]}\n#]*")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}

    def walk(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip()
        while self._at < len(self._text):
            if self._text.startswith("[[", self._at):
                table = self._header("[[", "]]")
            elif self._text[self._at] == "[":
                table = self._header("[", "]")
            else:
                self._pair(table)
            self._skip()
        return self._lines

    def _skip(self) -> None:
        match = self._SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _note(self, path: KeyPath) -> None:
        line = self._text.count("\n", 0, self._at) + 1
        self._lines.setdefault(path, line)

    def _header(self, opens: str, closes: str) -> KeyPath:
        start = self._at
        self._at += len(opens)
        path: KeyPath = ()
        passed: list[KeyPath] = []
        parts = self._key()
        for number, part in enumerate(parts, 1):
            path = (*path, part)
            passed.append(path)
            if opens == "[[" and number == len(parts):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
            passed.append(path)
        end = self._at
        self._at = start
        for one in passed:
            self._note(one)
        self._at = self._text.index(closes, end) + len(closes)
        return path

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip()
            match = self._KEY.match(self._text, self._at)
            if match is None:
                return parts
            parts.append(match[0].strip("\"'"))
            self._at = match.end()
            self._skip()
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _pair(self, table: KeyPath) -> None:
        start = self._at
        parts = self._key()
        end, self._at = self._at, start
        path = table
        for part in parts:
            path = (*path, part)
            self._note(path)
        self._at = self._text.index("=", end) + 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip()
        match = self._TEXT.match(self._text, self._at)
        if match:
            self._at = match.end()
        elif self._text[self._at] == "[":
            self._list(path)
        elif self._text[self._at] == "{":
            self._inline(path)
        else:
            bare = self._BARE.match(self._text, self._at)
            self._at = bare.end() if bare else self._at

    def _list(self, path: KeyPath) -> None:
        index = 0
        self._at += 1
        self._skip()
        while self._text[self._at] != "]":
            self._note((*path, index))
            self._value((*path, index))
            index += 1
            self._comma()
        self._at += 1

    def _inline(self, path: KeyPath) -> None:
        self._at += 1
        self._skip()
        while self._text[self._at] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _comma(self) -> None:
        self._skip()
        if self._text[self._at] == ",":
            self._at += 1
            self._skip()
