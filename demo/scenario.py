"""The ten mornings of the demonstration, and what each of them shows off.

The days are those of the State Council's calendar for 2026: 中秋 is 25 to 27
September, 国庆 1 to 7 October; Sunday 20 September and Saturday 10 October are
working days. From 21 September to 10 October that leaves exactly ten working days,
so no working day is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from newsroom.article import CHINA

_WORKING_DAYS = (
    (9, 21), (9, 22), (9, 23), (9, 24), (9, 28),
    (9, 29), (9, 30), (10, 8), (10, 9), (10, 10),
)  # fmt: skip

MORNINGS: tuple[datetime, ...] = tuple(
    datetime(2026, month, day, 6, tzinfo=CHINA) for month, day in _WORKING_DAYS
)
"""Six o'clock of each of the ten mornings, in order."""

BEFORE_FIRST = datetime(2026, 9, 20, 6, tzinfo=CHINA)
"""Six o'clock of the working day before the first morning (a 调休 Sunday)."""

HOLIDAYS: tuple[date, ...] = (
    *(date(2026, 9, 25) + timedelta(days=n) for n in range(3)),
    *(date(2026, 10, 1) + timedelta(days=n) for n in range(7)),
)
"""The weekdays and weekend days off: 中秋 and 国庆."""

EXTRA_WORKING_DAYS: tuple[date, ...] = (date(2026, 9, 20), date(2026, 10, 10))
"""The weekend days on which offices work (调休)."""


class Weather(Enum):
    """What keeps a whole site from answering as it should."""

    FINE = "fine"
    UNAVAILABLE = "503"
    CHALLENGE = "waf"
    HANG_UP = "hang_up"


OUTAGES: dict[tuple[str, date], Weather] = {
    ("yichang", date(2026, 9, 24)): Weather.UNAVAILABLE,
    ("hubei", date(2026, 9, 29)): Weather.CHALLENGE,
    ("jingzhou", date(2026, 10, 9)): Weather.HANG_UP,
}
"""The site and the morning on which it fails, and how."""


@dataclass(frozen=True, slots=True)
class Act:
    """One morning of the play: when it is, and in Chinese what to watch for."""

    morning: datetime
    shows: str


_SHOWS = (
    "第一次运行：空库只收近 30 天，调休的 9 月 20 日以来才算新闻；置顶旧通知不当新闻。",
    "同一新闻三家网站刊发，合并为一条；一份写得空的投稿退回补充。",
    "旧闻改成当天日期被识破；死链接、出错网页各一；网页自报编码与实际不符。",
    "宜昌网站整站 503，其余照常出版；一页含身份证号，只留标题。",
    "中秋后首期，一次收四天；两个镇同一活动，分别成稿；分页文章合成一篇。",
    "湖北网站返回安全验证页（200），判为被拦截，不当文章；一页空正文。",
    "节前一期：昨天被拦的今天补上；无日期文章不当今天的；混合编码；占位符只留标题。",
    "国庆后首期，一次收八天；传到一半断开的网页；转载掐头改尾仍能合并。",
    "荆州网站断线；九月初的旧稿换标题重发，不再当新闻。",
    "调休的周六照常出版；荆州网站恢复，补上昨天的；基层亮点和要闻最丰富的一期。",
)

ACTS: tuple[Act, ...] = tuple(map(Act, MORNINGS, _SHOWS))
"""The ten acts in order."""


def weather(site: str, as_of: datetime) -> Weather:
    """How ``site`` fares on the day of ``as_of``."""
    return OUTAGES.get((site, as_of.astimezone(CHINA).date()), Weather.FINE)
