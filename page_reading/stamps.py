"""Times that a page states where no reader looks: meta tags, scripts, comments, address.

The government standard's PubDate and its kin, then times that stand in scripts (WeChat's
``ct``, TRS's ``pubdata``, the states of portals) and in comments (方正翔宇), then the
address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from newsroom.article import CHINA
from newsroom.dates import DateReading, is_plausible, read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from page_reading.document import Document

_METAS = (
    "pubdate", "publishdate", "pubtime", "publish_time", "article:published_time", "og:release_date",
    "og:published_time", "bytedance:published_time", "datepublished", "weibo:article:create_at",
    "weibo: article:create_at", "apub:time", "_pubtime", "_pubtime_", "firstcreatedtime", "createdate", "date", "dc.date", "dc.date.issued",
)  # fmt: skip
_SCRIPTS = (
    ("var ct", re.compile(r"var\s+ct\s*=\s*[\"'](\d{10})[\"']"), "微信脚本 ct"),
    ("var pub", re.compile(r"var\s+(?:pubdata|pubdate|pubDate|publishDate|publishTime)\s*=\s*[\"']([^\"'<>]{8,30})[\"']"), "脚本变量"),
    ("datePublished", re.compile(r"\"datePublished\"\s*:\s*\"([^\"<>]{8,30})\""), "结构化数据"),
    ("enpproperty", re.compile(r"<!--\s*enpproperty.{0,300}?<date>([^<]{8,24})", re.DOTALL), "方正翔宇注释"),
    ("<!--", re.compile(r"<!--\s*(?:publish_?(?:date|time)|pub_?(?:date|time)|发布(?:日期|时间))\s*[:：=]\s*[\"']?([^\"'<>]{8,24}?)[\"']?\s*-->", re.IGNORECASE), "网页注释"),
    ("pubDate", re.compile(r"\"pubDate\"\s*:\s*\"([^\"<>]{8,30})\""), "结构化数据"),
)  # fmt: skip
# The states that portals and apps hand to their scripts; lists of other stories lie
# there too, so all that is found must be one day.
_STATE = re.compile(
    r"[\"'](?:pub_?time|pub_?date|publish_?time|publish_?date|publish_?at|ptime|release_?time)[\"']\s*:\s*[\"']?"
    r"((?:19|20)\d\d[-/年.][^\"'<>,}]{4,22}|1\d{9}(?=\D|\d{3}\D))",
    re.IGNORECASE,
)
_STATE_HINTS = ('"pub', "'pub", '"ptime"', '"release', '"Pub')
_MOST_STATES = 4
_IN_URL = (
    re.compile(r"/((?:19|20)\d\d)[-/]?(\d{1,2})[-/](\d{1,2})/"),
    re.compile(r"/((?:19|20)\d\d)/(\d\d)(\d\d)/"),
    re.compile(r"/((?:19|20)\d\d)(\d\d)/t(?:19|20)\d\d\d\d(\d\d)_"),
    re.compile(r"[/_t]((?:19|20)\d\d)(\d\d)(\d\d)[/_]"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time that may be the publication's, the rule that found it, and its weight."""

    reading: DateReading
    rule: str
    score: float


def find_stamps(document: Document, now: datetime) -> list[Candidate]:
    """The times in meta tags, scripts, comments and the address, the surest first."""
    address = _from_address(document.url, now)
    return [
        *_from_metas(document, now),
        *_from_scripts(document, now),
        *([address] if address else []),
    ]


def _from_metas(document: Document, now: datetime) -> list[Candidate]:
    found = []
    for name in _METAS:
        for content in document.metas.get(name, ())[:3]:
            reading = read_date(content, now=now) if len(content) < 60 else None  # noqa: PLR2004 - a date, no text
            if reading and not reading.leans_on_clock:
                found.append(Candidate(_timely(reading), f"meta {name}", 6.0))
    return found


def _from_scripts(document: Document, now: datetime) -> list[Candidate]:
    text = document.decoded.text
    found = []
    for hint, pattern, rule in _SCRIPTS:
        match = pattern.search(text) if hint in text else None
        reading = stated_time(match[1], now) if match else None
        if reading:
            found.append(Candidate(_timely(reading), rule, 5.0))
    return [*found, *_from_state(text, now)]


def _timely(reading: DateReading) -> DateReading:
    """A stamp of midnight to the second knows the day only."""
    if reading.has_time and reading.value.time() == time.min:
        return replace(reading, has_time=False)
    return reading


def _from_state(text: str, now: datetime) -> list[Candidate]:
    values = list(islice(_states(text), _MOST_STATES + 1))
    readings = [one for one in (stated_time(v, now) for v in values) if one]
    days = {reading.value.date() for reading in readings}
    if len(days) != 1 or len(values) > _MOST_STATES:
        return []
    best = max(readings, key=lambda reading: reading.has_time)
    return [Candidate(best, "脚本数据", 4.0)]


def _states(text: str) -> Iterator[str]:
    """The values in page order of each way to write the name; found without a scan."""
    for hint in _STATE_HINTS:
        at = text.find(hint)
        while at >= 0:
            match = _STATE.match(text, at)
            if match:
                yield match[1]
            at = text.find(hint, at + 1)


def stated_time(value: str, now: datetime) -> DateReading | None:
    """A time as programs state it: epoch seconds or milliseconds, or written out."""
    if value.isdecimal() and len(value) in _EPOCH_DIGITS:
        return _epoch_reading(int(value[:10]), now)
    return read_date(value, now=now)


_EPOCH_DIGITS = frozenset({10, 13})


def _epoch_reading(seconds: int, now: datetime) -> DateReading | None:
    """Epoch seconds as a reading, None when no page was published then."""
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(CHINA)
    if not is_plausible(moment, now=now):
        return None
    return DateReading(moment, has_time=True, form="full")


_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?(\d\d?)(?!\d\d\d)")


def with_year_of(reading: DateReading, url: str, now: datetime) -> DateReading:
    """「10-08 12:00」 takes its year from an address that names the same month."""
    if reading.form != "no_year":
        return reading
    for match in _YEAR_MONTH.finditer(url):
        if int(match[2]) == reading.value.month:
            value = _in_year(reading.value, int(match[1]))
            if value and is_plausible(value, now=now):
                return replace(reading, value=value, form="full")
    return reading


def _in_year(value: datetime, year: int) -> datetime | None:
    try:
        return value.replace(year=year)
    except ValueError:  # 29 February
        return None


def _from_address(url: str, now: datetime) -> Candidate | None:
    for pattern in _IN_URL:
        match = pattern.search(url)
        if match:
            year, month, day = (int(group) for group in match.groups())
            reading = read_date(f"{year}-{month}-{day}", now=now)
            if reading:
                return Candidate(reading, "网址", 2.5)
    return None
