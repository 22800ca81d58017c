"""What a page's own scripts write into it by ``document.write``, as a reader sees it.

TRS WCM and kin fill their templates with such lines (measured: a city's culture office
writes its 来源 this way, a county's forestry office its attachments)::

    var csource = "深圳特区报";
    if (csource) { document.write(csource); } else { document.write("本局"); }

No script is run. Assignments, conditions and writings of plain values are followed;
whatever else a script does counts as unknown, and what hangs on it is not written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from lxml import etree, html

from page_reading.script_values import Tokens, TooMuch, Value, value_before

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST = 20_000  # characters of one script
_DEEPEST = 40
_WRITING = etree.XPath(".//body//script[contains(., 'document.write')]")
_WRITES = ("document.write", "document.writeln")
_DECLARES = ("var", "let", "const")
_BEYOND = frozenset({"for", "while", "do", "switch", "try", "with", "return", "throw"})


def write_out(root: _Element) -> None:
    """Put what scripts write where they stand, in front of each.

    Args:
        root: a parsed page, changed in place; the scripts stay.
    """
    for script in cast("list[_Element]", _WRITING(root)):
        text = script.text or ""
        if len(text) <= _MOST and not script.get("src"):
            _insert(script, written_by(text))


def written_by(script: str) -> str:
    """The markup that a script surely writes, "" where nothing is sure."""
    reader = _Reader(Tokens(script))
    try:
        while not reader.tokens.at_end:
            reader.statement(sure=True)
    except TooMuch:
        return ""
    return "".join(reader.out)


@dataclass(slots=True)
class _Reader:
    tokens: Tokens
    known: dict[str, Value] = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    depth: int = 0

    def statement(self, *, sure: bool) -> None:
        """Follow one statement; an unsure one writes nothing and makes names unknown."""
        self.depth += 1
        tokens = self.tokens
        if self.depth > _DEEPEST or tokens.next in _BEYOND:
            raise TooMuch
        if tokens.take("{"):
            while not tokens.take("}"):
                self.statement(sure=sure)
        elif tokens.take("if"):
            self._choice(sure=sure)
        elif tokens.take("function"):
            self._skip("{")
            tokens.demand("{")
            self._skip("}")
            tokens.demand("}")
        elif tokens.take(*_WRITES):
            self._write(sure=sure)
        else:
            self._assignment(sure=sure)
        tokens.take(";")
        self.depth -= 1

    def _choice(self, *, sure: bool) -> None:
        holds = self._in_brackets()
        self.statement(sure=sure and holds is not None and bool(holds))
        if self.tokens.take("else"):
            self.statement(sure=sure and holds is not None and not holds)

    def _write(self, *, sure: bool) -> None:
        value = self._in_brackets()
        if sure and isinstance(value, str):
            self.out.append(value)

    def _in_brackets(self) -> Value:
        self.tokens.demand("(")
        value = self._value(")")
        self.tokens.demand(")")
        return value

    def _assignment(self, *, sure: bool) -> None:
        self.tokens.take(*_DECLARES)
        name = self.tokens.name_before("=")
        if name is None:
            self._skip(";")
            return
        value = self._value(";", ",")
        self.known[name] = value if sure else None
        if self.tokens.take(","):
            self._assignment(sure=sure)

    def _value(self, *ends: str) -> Value:
        """The value up to one of the ends; None where it is not a plain one."""
        start = self.tokens.at
        value = value_before(self.tokens, self.known, ends)
        if self.tokens.next not in ends and not self.tokens.on_a_new_line:
            self.tokens.at = start
            self._skip(*ends)
            return None
        return value

    def _skip(self, *ends: str) -> None:
        """Pass what is not followed; the names in it may have been changed by it."""
        for name in self.tokens.skip_to(*ends):
            self.known.pop(name, None)


def _insert(script: _Element, markup: str) -> None:
    if not markup.strip():
        return
    try:
        written = html.fragment_fromstring(f"<div>{markup}</div>")
    except (etree.LxmlError, ValueError):
        return
    etree.strip_elements(written, "script", "style", "iframe", with_tail=False)
    parent, before = script.getparent(), script.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (written.text or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (written.text or "")
    for child in list(written):
        script.addprevious(child)
