"""The clock: the only place that asks what time it is."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from newsroom.article import CHINA
from newsroom.errors import NewsroomError

MORNING = time(6, 0)
_YEARS = range(1900, 2201)


def now() -> datetime:
    """The present time in China."""
    return datetime.now(tz=CHINA)


def read_as_of(text: str | None) -> datetime:
    """The time that ``--as-of`` names; the present time when None.

    ``2026-09-21`` means six in the morning of that day, ``2026-09-21T07:30`` or
    ``2026-09-21 07:30`` that minute in China.

    Raises:
        NewsroomError: it is neither a day nor a time.
    """
    if text is None:
        return now()
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
            return datetime.combine(read_day(text), MORNING, tzinfo=CHINA)
        moment = datetime.fromisoformat(text)
        _check_year(moment.date())
    except ValueError as error:
        raise NewsroomError(
            f"--as-of 看不懂「{text}」：请写日期 2026-09-21 或时间 2026-09-21T07:30"
        ) from error
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment


def _check_year(day: date) -> date:
    """The day itself.

    Raises:
        ValueError: no office works in that year, and counting days leads beyond time.
    """
    if day.year not in _YEARS:
        raise ValueError(day)
    return day


def read_day(text: str) -> date:
    """The day that an argument names (``2026-09-21``, also ``2026-9-21``).

    Raises:
        NewsroomError: it is no day.
    """
    try:
        year, month, day = map(int, text.split("-"))
        return _check_year(date(year, month, day))
    except ValueError as error:
        raise NewsroomError(f"日期看不懂「{text}」：请写成 2026-09-21") from error
