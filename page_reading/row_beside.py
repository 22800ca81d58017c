"""The date of a row that stands outside it: in the next cell, or behind the link.

Old table layouts put two rows into one ``tr``; hand-made lists part their rows by line
breaks only. On which side the dates stand is told by the first row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.dates import DateReading, find_dates
from page_reading.document import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from lxml.etree import _Element

    from page_reading.list_rows import Row

_LONGEST = 40
_FEWEST = 3


def date_from_beside(rows: Sequence[Row], now: datetime) -> None:
    """Give rows without any date the ones that stand beside them all."""
    if len(rows) < _FEWEST or any(row.date for row in rows):
        return
    for side in (_before, _after):
        found = [_date(side, row.element, now) for row in rows]
        if found[0] is None or sum(date is not None for date in found) * 2 < len(rows):
            continue
        for row, date in zip(rows, found, strict=True):
            row.date = date
        return


def _date(
    side: Callable[[_Element], str], element: _Element, now: datetime
) -> DateReading | None:
    words = side(element).strip()
    if not words or len(words) > _LONGEST:
        return None
    return next(find_dates(words, now=now), None)


def _before(element: _Element) -> str:
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    return _words_between(previous.tail, previous)


def _after(element: _Element) -> str:
    return _words_between(element.tail, element.getnext())


def _words_between(text: str | None, neighbour: _Element | None) -> str:
    """The bare text there, else the words of a neighbour that holds no link."""
    if text and text.strip():
        return text
    if neighbour is None or not isinstance(neighbour.tag, str):
        return ""
    holds_link = neighbour.tag == "a" or neighbour.find(".//a") is not None
    return "" if holds_link else words_of(neighbour)
