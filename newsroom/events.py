"""The day of an event as its text tells it, and old news under a new date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from newsroom.article import CHINA

_DATE = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>1[0-2]|0?[1-9])\s*月\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号](?!电)"
)
_NEAR = {"今天": 0, "今日": 0, "今晨": 0, "昨天": 1, "昨日": 1, "昨晚": 1, "前天": 2}
_ONGOING = re.compile(
    r"近日|日前|近期|近来|连日来|目前|截至|今年以来|入夏以来|昨[日天晚]|今[天日晨]|"
    r"[本这]周|上周|本月|正在|即将|将于"
)
_LEAD = 160
_NEXT_DAY = timedelta(days=1)
_AHEAD = timedelta(days=120)
OLD_DAYS = 45


def find_event_day(text: str, published: datetime | None) -> date | None:
    """The day of the event: the first day that the lead names; None when it names none.

    A date without a year is the last such day up to the day after publication; a day
    further ahead is announced, not told.
    """
    shown = _day_of(published)
    days = _days(text[:_LEAD], shown)
    return next((d for d in days if shown is None or d <= shown + _NEXT_DAY), None)


def is_old_news(
    text: str,
    published: datetime | None,
    *,
    seen_earlier: date | None = None,
    limit: int = OLD_DAYS,
) -> str | None:
    """Why news with a fresh date is old, in Chinese; None when it is not.

    Args:
        text: the plain text of the body.
        published: the date that is shown.
        seen_earlier: the day the same text was published before, if it was.
        limit: how many days before the shown date its newest own date may lie.
    """
    shown = _day_of(published)
    if shown is None:
        return None
    if seen_earlier is not None and (shown - seen_earlier).days > 1:
        earlier = _words(seen_earlier)
        return f"同一内容{earlier}已经发布过，现在换成了新日期"
    years = {int(y) for y in re.findall(r"((?:19|20)\d\d)\s*年", text)}
    is_other_year = bool(years) and max(years) < shown.year
    ahead = timedelta(0) if is_other_year else _AHEAD
    newest = max(_days(text, shown, ahead), default=None)
    if newest is None or (shown - newest).days <= limit:
        return None
    lead_days = list(_days(text[:_LEAD], shown, ahead))
    if not lead_days or shown.year in years:
        return None
    if _ONGOING.search(text) and not is_other_year:
        return None
    return f"文中最晚的日期是{_words(newest)}，离所标日期已有{(shown - newest).days}天"


def _days(text: str, shown: date | None, ahead: timedelta = _AHEAD) -> Iterator[date]:
    """The days that the text names, in reading order.

    Without a year the last such day is meant that lies no further ``ahead``.
    """
    for match in _PLACES.finditer(text):
        day = _near_day(match[0], shown) or _named_day(match, shown, ahead)
        if day is not None:
            yield day


_PLACES = re.compile(f"{_DATE.pattern}|{'|'.join(_NEAR)}")


def _near_day(word: str, shown: date | None) -> date | None:
    if shown is None or word not in _NEAR:
        return None
    return shown - timedelta(days=_NEAR[word])


def _named_day(
    match: re.Match[str], shown: date | None, ahead: timedelta
) -> date | None:
    if match["month"] is None:
        return None
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        named = _date(int(match["year"]), month, day)
    elif shown is None:
        return None
    else:
        years = (shown.year + 1, shown.year, shown.year - 1)
        named = next(
            (d for y in years if (d := _date(y, month, day)) and d <= shown + ahead),
            None,
        )
    return named


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of(published: datetime | None) -> date | None:
    return published.astimezone(CHINA).date() if published else None


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
