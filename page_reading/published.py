"""When an article was published: witnesses, and whom to believe.

Order: the visible info line, then the government standard's PubDate and its kin, then
times that stand in scripts (WeChat's ``ct``, TRS's ``pubdata``), then the address. A
label that names another date (生成日期, 有效期, 今天是) disqualifies it. Witnesses that
disagree are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from newsroom.article import CHINA, Witness
from newsroom.dates import (
    DateReading,
    find_dates,
    is_plausible,
    may_hold_date,
    read_date,
)
from newsroom.text import clean_text
from page_reading.furniture import is_footer, is_related_heading
from page_reading.infoline import (
    DATE_LABEL,
    SOURCE_LABEL,
    UPDATE_LABEL,
    WRONG_LABEL,
    is_info_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from page_reading.document import Document
    from page_reading.flow import Line

_METAS = (
    "pubdate", "publishdate", "pubtime", "publish_time", "article:published_time", "og:release_date",
    "og:published_time", "bytedance:published_time", "datepublished", "weibo:article:create_at",
    "weibo: article:create_at", "apub:time", "_pubtime", "_pubtime_", "firstcreatedtime", "createdate", "date", "dc.date", "dc.date.issued",
)  # fmt: skip
_SCRIPTS = (
    ("var ct", re.compile(r"var\s+ct\s*=\s*[\"'](\d{10})[\"']"), "微信脚本 ct"),
    ("var pub", re.compile(r"var\s+(?:pubdata|pubdate|pubDate|publishDate|publishTime)\s*=\s*[\"']([^\"'<>]{8,30})[\"']"), "脚本变量"),
    ("datePublished", re.compile(r"\"datePublished\"\s*:\s*\"([^\"<>]{8,30})\""), "结构化数据"),
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
_WEEKDAY = re.compile(r"\s*(?:星期|周|礼拜)[一二三四五六日天]")
_LONG = 200
_ENOUGH = 2.0
_NEAR_TAIL = 14
_RIGHT_BELOW = 4


@dataclass(frozen=True, slots=True)
class Published:
    """The time of publication with its witnesses.

    ``leans_on_clock``: the year or day was completed from the time of fetching.
    """

    value: datetime | None
    has_time: bool
    witnesses: tuple[Witness, ...]
    leans_on_clock: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    reading: DateReading
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Span:
    """Where headline and body stand among the lines (-1: unknown)."""

    headline: int
    first: int
    last: int


def find_published(
    document: Document, lines: list[Line], span: Span, now: datetime
) -> Published:
    """The publication time of an article page."""
    quiet = [
        *_from_time_elements(lines, span, now),
        *_from_metas(document, now),
        *_from_scripts(document, now),
    ]
    address = _from_address(document.url, now)
    if address:
        quiet.append(address)
    days = {candidate.reading.value.date() for candidate in quiet}
    shown = sorted(
        (
            _with_support(candidate, days)
            for line in lines
            for candidate in _in_line(line, lines, span, now, document.url)
        ),
        key=lambda candidate: -candidate.score,
    )
    shown = [candidate for candidate in shown if candidate.score >= _ENOUGH]
    return _settle(shown, quiet)


def _settle(shown: list[_Candidate], quiet: list[_Candidate]) -> Published:
    sure = [c for c in shown if not c.reading.leans_on_clock]
    ranked = [*sure, *quiet, *(c for c in shown if c.reading.leans_on_clock)]
    if not ranked:
        return Published(None, has_time=False, witnesses=())
    best = ranked[0]
    reading = best.reading
    if not reading.has_time:
        reading = _timed_twin(reading, ranked) or reading
    return Published(
        reading.value, reading.has_time, _witnesses(ranked), best.reading.leans_on_clock
    )


def _timed_twin(reading: DateReading, ranked: list[_Candidate]) -> DateReading | None:
    """The same day with its hour, as another witness tells it."""
    for candidate in ranked:
        other = candidate.reading
        if other.has_time and other.value.date() == reading.value.date():
            return other
    return None


def _witnesses(ranked: list[_Candidate]) -> tuple[Witness, ...]:
    found: dict[tuple[str, str], Witness] = {}
    for candidate in ranked:
        value = candidate.reading.value
        text = (
            value.isoformat()
            if candidate.reading.has_time
            else value.date().isoformat()
        )
        confidence = round(max(0.0, min(1.0, candidate.score / 12)), 2)
        found.setdefault(
            (text, candidate.rule), Witness(text, candidate.rule, confidence)
        )
    return tuple(found.values())[:12]


def _with_support(candidate: _Candidate, days: set[date]) -> _Candidate:
    """A visible date that a quiet witness confirms is surer."""
    if candidate.reading.value.date() in days:
        return _Candidate(candidate.reading, candidate.rule, candidate.score + 2.0)
    return candidate


def _in_line(
    line: Line, lines: list[Line], span: Span, now: datetime, url: str
) -> list[_Candidate]:
    text = line.text
    if len(text) > _LONG or not may_hold_date(text):
        return []
    if not _DIGITS.search(text) or is_footer(text):
        return []
    if _GLUED.search(text):  # 「访问量: 88」 and the date in boxes side by side
        text = clean_text(" ".join(piece.text for piece in line.pieces))
    before = lines[line.index - 1].text if line.index else ""
    place = _place(line, lines, span)
    found = []
    for found_reading in find_dates(text, now=now):
        reading = with_year_of(found_reading, url, now)
        if reading.leans_on_clock and not is_info_line(text):
            continue
        label = text[max(0, reading.start - 16) : reading.start]
        if not label.strip(" :：\u3000[（(") and len(before) <= 12:  # noqa: PLR2004 - a label in its own cell
            label = before + label
        score = place + _label_score(label) + _form_score(reading, text)
        rule = (
            "页面信息行（据抓取时间推算）" if reading.leans_on_clock else "页面信息行"
        )
        found.append(_Candidate(reading, rule, score))
    return found


_GLUED = re.compile(r"\d(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d")
_DIGITS = re.compile(r"[\d０-９]{2}|[昨前今][天日]|[〇零一二三四五六七八九]{4}年|刚刚")


def _place(line: Line, lines: list[Line], span: Span) -> float:
    """Between headline and text is the best place, just after the text the next."""
    index, text = line.index, line.text
    score = 0.0
    if line.is_mostly_link:  # a row of other stories, unless it bears a label
        score = -2.0 if SOURCE_LABEL.search(text) or DATE_LABEL.search(text) else -6.0
    if span.first >= 0 and span.first <= index <= span.last:
        return score - (2.0 if _tells_of_article(text) else 8.0)
    if span.headline <= index and (span.first < 0 or index < span.first):
        return score + 4.0 - 0.05 * (index - span.headline)
    if span.headline - 4 <= index < span.headline:
        return score + 1.5
    if span.first >= 0 and span.last < index <= span.last + _NEAR_TAIL:
        if any(is_related_heading(one.text) for one in lines[span.last + 1 : index]):
            return score - 6.0  # comments and other stories have dates of their own
        return score + (1.0 if index <= span.last + _RIGHT_BELOW else -2.0)
    return score - 6.0


def _tells_of_article(text: str) -> bool:
    """Inside the text 「时间：」 alone is that of a meeting; 「发布时间：」 is the article's."""
    return is_info_line(text) and bool(
        SOURCE_LABEL.search(text) or _SURE_LABEL.search(text)
    )


_SURE_LABEL = re.compile(r"(?:发布|发表|发稿|刊发|上传|更新|录入|编辑)\s*(?:日|时|于)")


def _label_score(label: str) -> float:
    if WRONG_LABEL.search(label):
        return -20.0
    if UPDATE_LABEL.search(label):
        return 1.5
    if DATE_LABEL.search(label):
        return 4.0
    return 0.0


def _form_score(reading: DateReading, text: str) -> float:
    score = 1.0 if reading.form in {"full", "han"} else -1.0
    if reading.has_time:
        score += 1.5
    if SOURCE_LABEL.search(text) or is_info_line(text):
        score += 1.5
    if _WEEKDAY.match(text[reading.end :]):
        score -= 4.0
    return score - 0.02 * max(0, len(text) - 40)


def _from_metas(document: Document, now: datetime) -> list[_Candidate]:
    found = []
    for name in _METAS:
        for content in document.metas.get(name, ())[:3]:
            reading = read_date(content, now=now) if len(content) < 60 else None  # noqa: PLR2004 - a date, no text
            if reading and not reading.leans_on_clock:
                found.append(_Candidate(reading, f"meta {name}", 6.0))
    return found


def _from_scripts(document: Document, now: datetime) -> list[_Candidate]:
    text = document.decoded.text
    found = []
    for hint, pattern, rule in _SCRIPTS:
        match = pattern.search(text) if hint in text else None
        reading = _script_time(match[1], now) if match else None
        if reading:
            found.append(_Candidate(reading, rule, 5.0))
    return [*found, *_from_state(text, now)]


def _from_state(text: str, now: datetime) -> list[_Candidate]:
    values = list(islice(_states(text), _MOST_STATES + 1))
    readings = [one for one in (_script_time(v, now) for v in values) if one]
    days = {reading.value.date() for reading in readings}
    if len(days) != 1 or len(values) > _MOST_STATES:
        return []
    best = max(readings, key=lambda reading: reading.has_time)
    return [_Candidate(best, "脚本数据", 4.0)]


def _states(text: str) -> Iterator[str]:
    """The values in page order of each way to write the name; found without a scan."""
    for hint in _STATE_HINTS:
        at = text.find(hint)
        while at >= 0:
            match = _STATE.match(text, at)
            if match:
                yield match[1]
            at = text.find(hint, at + 1)


def _from_time_elements(
    lines: list[Line], span: Span, now: datetime
) -> list[_Candidate]:
    """``<time datetime>`` between headline and text (WordPress and HTML5 themes)."""
    first = span.first if span.first >= 0 else span.headline + _NEAR_TAIL
    for line in lines[max(0, span.headline - _RIGHT_BELOW) : first]:
        for piece in line.pieces:
            if piece.element.tag != "time":
                continue
            stated = piece.element.get("datetime") or ""
            reading = read_date(stated[:_LONGEST_STAMP], now=now)
            if reading and not reading.leans_on_clock:
                return [_Candidate(reading, "time 元素", 6.5)]
    return []


_LONGEST_STAMP = 40


def _script_time(value: str, now: datetime) -> DateReading | None:
    if value.isdigit() and len(value) == 10:  # noqa: PLR2004 - epoch seconds
        return epoch_reading(int(value), now)
    return read_date(value, now=now)


def epoch_reading(seconds: int, now: datetime) -> DateReading | None:
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


def _from_address(url: str, now: datetime) -> _Candidate | None:
    for pattern in _IN_URL:
        match = pattern.search(url)
        if match:
            year, month, day = (int(group) for group in match.groups())
            reading = read_date(f"{year}-{month}-{day}", now=now)
            if reading:
                return _Candidate(reading, "网址", 2.5)
    return None
