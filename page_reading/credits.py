"""Who says it: the source line, the byline and the editors of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newsroom.article import Witness
from newsroom.text import join_name, squeeze
from page_reading.bylines import find_authors
from page_reading.infoline import (
    DATE_LABEL,
    EDITOR_LABEL,
    NEXT_LABEL,
    SOURCE_LABEL,
    is_info_line,
    may_name_people,
    with_colons,
)
from page_reading.source_line import find_sources, is_cell_of_source

if TYPE_CHECKING:
    from page_reading.document import Document
    from page_reading.flow import Line
    from page_reading.published import Span

_NEAR_TAIL = 20
_INFO = 160
_VALUE = 24
_VALUE_END = re.compile(
    r"[】\])）\s]*(?:$|[|｜】\])）]|\s{2,}|[\u4e00-\u9fff]{2,4}\s?[:：])"
)


@dataclass(frozen=True, slots=True)
class Credits:
    """Source line, byline and editors, each with its witnesses."""

    source: str | None
    byline: str | None
    editors: str | None
    witnesses: dict[str, tuple[Witness, ...]]


def find_credits(
    document: Document, lines: list[Line], body: list[Line], span: Span
) -> Credits:
    """The people and the outlet behind an article."""
    around = _around(lines, span)
    sources = find_sources(document, around, body, span)
    people = find_authors(document, around, body)
    editors = _editors([*around, *body, *lines[max(0, span.last - 1) : span.last + 1]])
    return Credits(
        sources[0].value if sources else None,
        people[0].value if people else None,
        editors[0].value if editors else None,
        {
            "source_line": tuple(sources),
            "byline": tuple(people),
            "editors": tuple(editors),
        },
    )


def _around(lines: list[Line], span: Span) -> list[Line]:
    """The lines between headline and text, then those just after the text."""
    first = span.first if span.first >= 0 else min(len(lines), span.headline + 40)
    above = max(0, span.headline - 3)
    head = [*_of_table(lines[max(0, above - _TABLE) : above]), *lines[above:first]]
    tail = lines[span.last + 1 : span.last + 1 + _NEAR_TAIL] if span.last >= 0 else []
    inside = [
        line
        for line in lines[first : span.last + 1]
        if is_info_line(line.text) and SOURCE_LABEL.search(with_colons(line.text))
    ]
    return [*head, *inside[:2], *inside[-2:], *tail]


def _of_table(lines: list[Line]) -> list[Line]:
    """发布机构 and the cell behind it, in the table above a disclosure's headline."""
    for label, value in pairwise(lines):
        if is_cell_of_source(label.text) and value.block.tag in {
            "td",
            "dd",
            "li",
            "span",
        }:
            return [label, value]
    return []


_TABLE = 24


def _editors(lines: list[Line]) -> list[Witness]:
    found = []
    for line in lines:
        text = with_colons(line.text)
        if len(text) > _INFO or not may_name_people(text):
            continue
        for match in EDITOR_LABEL.finditer(text):
            value = text[match.end() : match.end() + _VALUE]
            for end in (NEXT_LABEL, _VALUE_END):
                cut = end.search(value)
                value = value[: cut.start()] if cut else value
            value = join_name(value.strip(" :：/（([【；;·"))
            if value and squeeze(value) and not DATE_LABEL.search(value):
                found.append(Witness(value, "编辑标签", 0.9))
    return found
