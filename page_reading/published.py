"""When an article was published: witnesses, and whom to believe.

Order: the visible info line, then the government standard's PubDate and its kin, then
times that stand in scripts (WeChat's ``ct``, TRS's ``pubdata``), then the address. A
label that names another date (生成日期, 有效期, 今天是) disqualifies it. Witnesses that
disagree are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from newsroom.article import CHINA, Witness
from newsroom.dates import DateReading, find_dates, may_hold_date, read_date
from page_reading.furniture import (
    is_footer,
    is_neighbour,
    is_related_heading,
    is_tool,
)
from page_reading.infoline import (
    DATE_LABEL,
    SOURCE_LABEL,
    UPDATE_LABEL,
    WRONG_LABEL,
    is_info_line,
    is_signing_day,
)
from page_reading.stamps import Candidate, find_stamps, with_year_of

if TYPE_CHECKING:
    from page_reading.document import Document
    from page_reading.flow import Line

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
        *find_stamps(document, now),
    ]
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


def _settle(shown: list[Candidate], quiet: list[Candidate]) -> Published:
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


def _timed_twin(reading: DateReading, ranked: list[Candidate]) -> DateReading | None:
    """The same day with its hour, as another witness tells it."""
    for candidate in ranked:
        other = candidate.reading
        if other.has_time and other.value.date() == reading.value.date():
            return other
    return None


def _witnesses(ranked: list[Candidate]) -> tuple[Witness, ...]:
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


def _with_support(candidate: Candidate, days: set[date]) -> Candidate:
    """A visible date that a quiet witness confirms is surer."""
    if candidate.reading.value.date() in days:
        return Candidate(candidate.reading, candidate.rule, candidate.score + 2.0)
    return candidate


def _in_line(
    line: Line, lines: list[Line], span: Span, now: datetime, url: str
) -> list[Candidate]:
    text = line.text
    if len(text) > _LONG or not may_hold_date(text):
        return []
    if not _DIGITS.search(text) or is_footer(text) or is_neighbour(text):
        return []
    text = _parted(line)
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
        if _is_others(reading, label, line, lines, span, now):
            continue
        if line.index < span.headline and _IN_TABLE.fullmatch(label.strip(" :：")):
            place = max(place, 0.0)
        score = place + _label_score(label) + _form_score(reading, text)
        rule = (
            "页面信息行（据抓取时间推算）" if reading.leans_on_clock else "页面信息行"
        )
        found.append(Candidate(reading, rule, score))
    return found


# The table of government disclosures stands above the headline (信息公开目录).
_IN_TABLE = re.compile(r"(?:发\s?布|公\s?开)\s?(?:日\s?期|时\s?间)")


def _parted(line: Line) -> str:
    """The words of a line; boxes side by side (「访问量: 88」, a date) are parted."""
    text = line.text
    if _GLUED.search(text):
        return line.parted
    if len(line.pieces) > 1 and len(text) <= _SHORT and not is_info_line(text):
        parted = line.parted
        return parted if is_info_line(parted) else text
    return text


def _is_others(  # noqa: PLR0913, PLR0917 - a date, its label, and where it stands
    reading: DateReading,
    label: str,
    line: Line,
    lines: list[Line],
    span: Span,
    now: datetime,
) -> bool:
    """Whether a date above the headline or below the text is not the article's own.

    It is that of another story (a link beside it or in the line before), the day on the
    page's clock, or the one with which an office signs its notice.
    """
    index = line.index
    above = index < span.headline
    below = 0 <= span.last < index
    if above and _CALENDAR.search(line.text):
        return True
    if not (above or below) or DATE_LABEL.search(label):
        return False
    before = lines[index - 1] if index else None
    if line.linked and not SOURCE_LABEL.search(line.text):
        return True
    if before is not None and before.is_mostly_link and _is_title(before.text):
        return True
    if above:
        is_today = reading.value.date() == now.astimezone(CHINA).date()
        return is_today and not reading.has_time
    return is_signing_day(line.text)


def _is_title(text: str) -> bool:
    """Long enough for another story's headline, and no breadcrumb or row of buttons."""
    return len(text) >= _TITLE and not _TRAIL.search(text) and not is_tool(text)


_SHORT, _TITLE = 80, 10
_TRAIL = re.compile(r"首页|位置|[>»›]")
_CALENDAR = re.compile(r"农历|阴历|℃|多云|欢迎")
_GLUED = re.compile(r"\d(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d")
_DIGITS = re.compile(
    r"[\d０-９]{2}|[昨前今][天日]|[\d半]\s?(?:小时|天|周|个月)前|[〇零一二三四五六七八九]{4}年|刚刚"
)


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


def _from_time_elements(
    lines: list[Line], span: Span, now: datetime
) -> list[Candidate]:
    """``<time datetime>`` between headline and text (WordPress and HTML5 themes)."""
    first = span.first if span.first >= 0 else span.headline + _NEAR_TAIL
    for line in lines[max(0, span.headline - _RIGHT_BELOW) : first]:
        for piece in line.pieces:
            if piece.element.tag != "time":
                continue
            stated = piece.element.get("datetime") or ""
            reading = read_date(stated[:_LONGEST_STAMP], now=now)
            if reading and not reading.leans_on_clock:
                return [Candidate(reading, "time 元素", 6.5)]
    return []


_LONGEST_STAMP = 40
