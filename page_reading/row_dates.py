"""The date of a list row: beside the link, not in a summary."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from newsroom.dates import DateReading, find_dates, read_date
from newsroom.text import clean_text
from page_reading.infoline import is_info_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from lxml.etree import _Element

    from page_reading.flow import Line

_DATE_ONLY = re.compile(
    r"^[\s\[【(（]*(?:(?:19|20)?\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"(?:\s*\d{1,2}:\d\d(?::\d\d)?)?[\s\]】)）]*$"
)
_DAY = re.compile(r"^\d{1,2}$")
_MONTH = re.compile(r"^((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})月?$")
_MONTH_NAMED = re.compile(r"^(\d{1,2})月$")
_YEAR = re.compile(r"^(?:19|20)\d\d年?$")
_MONTH_DAY = re.compile(r"^(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$")
_LONGEST = 40
_SUMMARY = 60
_PROSE = re.compile(r"\d日?[起至前后，、]|[，。；].*[，。；]|…$|\.{3}$")
_TITLE_END = 30
_YEARS = 20


def is_date_only(text: str) -> bool:
    """Whether the words are a date and nothing else."""
    return len(text) < _LONGEST and bool(_DATE_ONLY.match(text))


def row_date(
    lines: list[Line], link: _Element, address: str, now: datetime
) -> DateReading | None:
    """The date of a row, None when it shows none.

    Args:
        lines: the lines of the row.
        link: the link with the title.
        address: where it leads; it may tell the year of ``[05-12]``.
        now: the time of fetching.
    """
    stated = _stated(lines, now)
    if stated:
        return stated
    alone = [line for line in lines if is_date_only(line.text)]
    told = (line for line in lines if is_info_line(line.parted))
    sides = (_beside(line, link, now) for line in chain(alone, told, lines))
    beside = next(chain.from_iterable(sides), None)
    found = beside or _leaf(lines, now) or _in_title(lines, now)
    if found and found.form == "no_year":
        found = _leaf(lines, now) or found
    return _with_year(found, address, now) if found else None


def _beside(line: Line, link: _Element, now: datetime) -> Iterator[DateReading]:
    """Dates in a line outside the title; a long line, or a clause, is a summary."""
    free = "".join(p.text for p in line.pieces if p.link is not link or is_date_only(p.text))  # fmt: skip
    if not any(p.link is None for p in line.pieces) and not free.strip():
        # a card that is one link: a short line of it may be the date's
        free = line.text if len(line.text) <= _TITLE_END else ""
    text = clean_text(free)
    if text and len(text) <= _SUMMARY and not _PROSE.search(text):
        yield from find_dates(text, now=now)


def _stated(lines: list[Line], now: datetime) -> DateReading | None:
    """``<time datetime>``: 「2个月前」 is shown, the attribute knows the day."""
    for line in lines:
        for piece in line.pieces:
            if piece.element.tag == "time":
                reading = read_date(piece.element.get("datetime") or "", now=now)
                if reading and not reading.leans_on_clock:
                    return reading
    return None


def _leaf(lines: list[Line], now: datetime) -> DateReading | None:
    """A calendar leaf: the day in one box, year and month in another."""
    texts = [clean_text(piece.text) for line in lines for piece in line.pieces]
    day = next((text for text in texts if _DAY.match(text)), None)
    month = next((m for m in map(_MONTH.match, texts) if m), None)
    if day and month:
        return next(find_dates(f"{month[1]}-{month[2]}-{day}", now=now), None)
    named = next((m for m in map(_MONTH_NAMED.match, texts) if m), None)
    if day and named:
        return next(find_dates(f"{named[1]}月{day}日", now=now), None)
    return _year_apart(texts, now)


def _year_apart(texts: list[str], now: datetime) -> DateReading | None:
    """The other leaf: 「09/21」 in one box, 「2026」 in the next."""
    year = next((text for text in texts if _YEAR.match(text)), None)
    day = next((m for m in map(_MONTH_DAY.match, texts) if m), None)
    if year and day:
        return next(find_dates(f"{year[:4]}-{day[1]}-{day[2]}", now=now), None)
    return None


def _in_title(lines: list[Line], now: datetime) -> DateReading | None:
    """The last try: a full date at the end of the title itself."""
    for line in lines:
        for reading in find_dates(line.text[-_TITLE_END:], now=now):
            if (
                reading.form == "full"
                and reading.end >= len(line.text[-_TITLE_END:]) - 2
            ):
                return reading
    return None


def _with_year(reading: DateReading, address: str, now: datetime) -> DateReading:
    """[MM-DD] takes its year from an address that names the same day."""
    if reading.form != "no_year":
        return reading
    day = reading.value
    for year in range(now.year, now.year - _YEARS, -1):
        if any(f"{year}{shape}" in address for shape in _shapes(day)):
            exact = next(find_dates(f"{year}-{day.month}-{day.day}", now=now), None)
            return exact or reading
    return reading


def _shapes(day: datetime) -> tuple[str, ...]:
    return (
        f"{day:%m%d}",
        f"-{day:%m-%d}",
        f"/{day:%m-%d}",
        f"/{day:%m/%d}",
        f"-{day:%m/%d}",
        f"/{day:%m%d}",
        f"_{day:%m/%d}",
        f"/{day.month}/{day.day}/",
    )
