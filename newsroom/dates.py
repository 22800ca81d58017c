"""Reading dates as Chinese pages write them.

Pure: the time against which 「昨天」 and 「3月1日」 are read is an argument. A date is
never invented: what is no day of the calendar, lies before 1990 or more than 36 hours
after ``now`` is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from newsroom.article import CHINA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLDEST_YEAR = 1990
FUTURE_GRACE = timedelta(hours=36)

# Same length on both sides, so that positions in the text stay true.
_FOLD = str.maketrans(
    "０１２３４５６７８９：∶︰－—–／．\u00a0\u3000", "0123456789:::---/.  "
)

_TIME = (
    r"(?:\s|T|,|日|-)*(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?\s*(?=[\d上下中凌晚早]))?(?P<half>上午|下午|晚上|中午|凌晨|早上|[AaPp][Mm])?\s*"
    r"(?P<hour>[01]?\d|2[0-4])\s*[:时点]\s*(?P<minute>[0-5]\d)(?!\d)"
    r"(?:\s*[:分]\s*(?P<second>[0-5]\d))?(?:\.\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_FULL = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?P<sep>[年\-/.]|\s(?=\d\d/\d\d\s))\s*(?P<month>\d{1,2})"
    r"\s*[月\-/.]\s*(?P<day>\d{1,2})(?:\s*日)?(?:" + _TIME + r")?(?!\d)(?!\.\d+\.)"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d\-/.年])(?<!\d:)(?P<year>\d\d)(?P<sep>[\-/.])(?P<month>\d\d)(?P=sep)"
    r"(?P<day>\d\d)(?:" + _TIME + r")?(?![\d\-/.])"
)
_NO_YEAR = re.compile(
    r"(?<![\d\-/.年])(?<!\d:)(?P<month>\d{1,2})\s?(?:[\-/]|月)\s?(?P<day>\d{1,2})"
    r"(?:日)?(?:" + _TIME + r")?(?![\d\-/.%])(?!\s?页)"
)
_DIGIT = "〇零○Ｏ０OΟ一二三四五六七八九"
_HAN = re.compile(
    rf"(?P<year>[{_DIGIT}]{{4}})\s*年\s*(?P<month>[元正一二三四五六七八九十]{{1,2}})"
    r"\s*月\s*(?P<day>[一二三四五六七八九十廿]{1,3})\s*日"
)
_AGO = re.compile(
    r"(?P<count>\d{1,3}|半|一|两|几)\s*(?:个)?\s*(?P<unit>秒|分钟|小时|天|周|星期|月)"
    r"(?:以)?前|(?P<now>刚刚|刚才)"
)
_NEAR = re.compile(
    r"(?P<word>今天|昨天|前天|今日|昨日)(?!是|星期|的)(?:" + _TIME + r")?"
)
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ENGLISH = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|"
    rf"(?P<day_first>\d{{1,2}})[\s-]{_MONTH.replace('month', 'month_second')}[\s,-])\s*"
    rf"(?P<year>(?:19|20)\d\d)(?!\d)(?:{_TIME})?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")

_UNITS = {
    "秒": timedelta(seconds=1),
    "分钟": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "周": timedelta(weeks=1),
    "星期": timedelta(weeks=1),
    "月": timedelta(days=30),
}
_NEAR_DAYS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_AFTERNOON = frozenset({"下午", "晚上", "pm"})
_NOON = 12


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as read.

    Attributes:
        value: aware, Asia/Shanghai; midnight when no hour was shown.
        has_time: whether hour and minute were shown.
        form: ``full``, ``han``, ``compact``, ``short_year``, ``no_year`` or
            ``relative``: the last two lean on the clock.
        start: where in the text it begins.
        end: where in the text it ends.
    """

    value: datetime
    has_time: bool
    form: str
    start: int = 0
    end: int = 0

    @property
    def leans_on_clock(self) -> bool:
        """Whether the day was completed from ``now``."""
        return self.form in {"no_year", "relative"}


def read_date(text: str, *, now: datetime) -> DateReading | None:
    """The first date in the text, the surest form first; None when there is none.

    A text that is nothing but digits (``20240619``, ``20240619072700``) is read too.

    Args:
        text: a short text, e.g. an info line or a meta value.
        now: an aware time; relative and yearless dates are read against it.
    """
    compact = _compact(text, now)
    if compact:
        return compact
    return next(find_dates(text, now=now), None)


def find_dates(text: str, *, now: datetime) -> Iterator[DateReading]:
    """All dates in the text, form by form (full ones first), in reading order."""
    signs = _SIGNS.intersection(text)
    folded = text.translate(_FOLD) if signs else ""
    for pattern, read, needed in _FORMS:
        if needed.isdisjoint(signs):
            continue
        for match in pattern.finditer(folded):
            reading = read(match, now.astimezone(CHINA))
            if reading:
                yield reading


def is_plausible(value: datetime, *, now: datetime) -> bool:
    """Whether a page could have been published then: 1990 to 36 hours from now."""
    return value.year >= OLDEST_YEAR and value <= now + FUTURE_GRACE


def _compact(text: str, now: datetime) -> DateReading | None:
    match = _COMPACT.fullmatch(text.strip())
    if not match:
        return None
    numbers = [int(group) if group else 0 for group in match.groups()]
    return _reading(tuple(numbers), match, now, "compact", has_time=bool(match[4]))


def _full(match: re.Match[str], now: datetime) -> DateReading | None:
    return _dated(match, now, int(match["year"]), "full")


def _english(match: re.Match[str], now: datetime) -> DateReading | None:
    """「Sep 21, 2026 08:05」 and 「21 September 2026」 on pages with English labels."""
    month = _MONTHS.index((match["month"] or match["month_second"])[:3].lower()) + 1
    day = int(match["day"] or match["day_first"])
    return _dated(match, now, int(match["year"]), "full", (month, day))


def _short_year(match: re.Match[str], now: datetime) -> DateReading | None:
    return _dated(match, now, 2000 + int(match["year"]), "short_year")


def _no_year(match: re.Match[str], now: datetime) -> DateReading | None:
    for year in (now.year, now.year - 1, now.year - 2, now.year - 3, now.year - 4):
        reading = _dated(match, now, year, "no_year")
        if reading and reading.value <= now:
            return reading
    return None


def _han(match: re.Match[str], now: datetime) -> DateReading | None:
    year = int("".join(str(_han_digit(c)) for c in match["year"]))
    month, day = _han_number(match["month"]), _han_number(match["day"])
    return _reading((year, month, day, 0, 0, 0), match, now, "han", has_time=False)


def _han_digit(character: str) -> int:
    return max(0, _DIGIT.index(character) - 6)


def _han_number(text: str) -> int:
    text = text.replace("元", "一").replace("正", "一").replace("廿", "二十")
    if "十" not in text:
        return _han_digit(text) if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (_han_digit(tens) if tens else 1) + (_han_digit(ones) if ones else 0)


def _near(match: re.Match[str], now: datetime) -> DateReading | None:
    day = now - timedelta(days=_NEAR_DAYS[match["word"]])
    reading = _dated(match, now, day.year, "relative", (day.month, day.day))
    return reading if reading is None or reading.value <= now + FUTURE_GRACE else None


def _ago(match: re.Match[str], now: datetime) -> DateReading | None:
    if match["now"]:
        return DateReading(now, True, "relative", match.start(), match.end())
    count = {"半": 0.5, "一": 1.0, "两": 2.0, "几": 0.0}.get(match["count"])
    if count is None:
        count = float(match["count"])
    if not count:
        return None
    value = now - count * _UNITS[match["unit"]]
    has_time = match["unit"] in {"秒", "分钟", "小时"}
    if not has_time:
        value = value.replace(hour=0, minute=0, second=0, microsecond=0)
    return DateReading(value, has_time, "relative", match.start(), match.end())


def _dated(
    match: re.Match[str],
    now: datetime,
    year: int,
    form: str,
    month_day: tuple[int, int] | None = None,
) -> DateReading | None:
    month, day = month_day or (int(match["month"]), int(match["day"]))
    hour, minute, second = _clock(match)
    numbers = (year, month, day, hour, minute, second)
    return _reading(numbers, match, now, form, has_time=match["hour"] is not None)


def _clock(match: re.Match[str]) -> tuple[int, int, int]:
    if match["hour"] is None:
        return (0, 0, 0)
    hour = int(match["hour"])
    if (match["half"] or "").lower() in _AFTERNOON and hour < _NOON:
        hour += _NOON
    return (hour, int(match["minute"]), int(match["second"] or 0))


def _reading(
    numbers: tuple[int, ...],
    match: re.Match[str],
    now: datetime,
    form: str,
    *,
    has_time: bool,
) -> DateReading | None:
    year, month, day, hour, minute, second = numbers
    extra = timedelta(0)
    if hour == 24 and minute == 0 and second == 0:  # noqa: PLR2004 - 24:00 is written for midnight
        hour, extra = 0, timedelta(days=1)
    zone = _zone(match)
    try:
        value = datetime(year, month, day, hour, minute, second, tzinfo=zone) + extra
        value = value.astimezone(CHINA)
    except (ValueError, OverflowError):
        return None
    if not is_plausible(value, now=now):
        return None
    return DateReading(value, has_time, form, match.start(), match.end())


def _zone(match: re.Match[str]) -> timezone:
    named = match.groupdict().get("zone")
    if not named:
        return timezone(timedelta(hours=8))
    if named == "Z":
        return UTC
    sign = -1 if named[0] == "-" else 1
    hours, minutes = int(named[1:3]), int(named[-2:])
    if hours > 14 or minutes > 59:  # noqa: PLR2004 - no zone lies further out
        return timezone(timedelta(hours=8))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def may_hold_date(text: str) -> bool:
    """Whether a sign stands in the text without which it can hold no date."""
    return bool(_SIGN.search(text))


# Each form with its signs: a text that has none of them is not searched for it. Every
# English month has one of the four vowels.
_RULED = frozenset("-－–—/／")
_PARTED = _RULED | frozenset(".．")
_FORMS: tuple[
    tuple[
        re.Pattern[str],
        Callable[[re.Match[str], datetime], DateReading | None],
        frozenset[str],
    ],
    ...,
] = (
    (_FULL, _full, _PARTED | {"月"}),
    (_ENGLISH, _english, frozenset("aeouAEOU")),
    (_HAN, _han, frozenset("年")),
    (_SHORT_YEAR, _short_year, _PARTED),
    (_NEAR, _near, frozenset("今昨前")),
    (_AGO, _ago, frozenset("前刚")),
    (_NO_YEAR, _no_year, _RULED | {"月"}),
)
_SIGNS = frozenset[str]().union(*(signs for _, _, signs in _FORMS))
_SIGN = re.compile(f"[{re.escape(''.join(sorted(_SIGNS)))}]")
