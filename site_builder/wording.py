"""Words that only pages need; dates and levels come from newsroom.wording."""

from __future__ import annotations

import math
from datetime import datetime

from newsroom.article import CHINA
from newsroom.edition import Edition
from newsroom.taxonomy import Level, UnitRules
from newsroom.wording import full_date
from newsroom.wording import level_word as word_of_level

_NUMERALS = "零一两三四五六七八九十"
READING_SPEED = 450  # characters a minute of someone who reads the news every day
SILENT_FROM = 15  # days; below this nobody is called silent (domain: 5.2)

STATE_MARKS = {
    "正常": "●",
    "部分失败": "◐",
    "久未更新": "○",
    "打不开": "✕",
    "改版了": "◇",
    "被拦截": "✕",
    "证书问题": "△",
    "地址变了": "◇",
    "待确认地址": "－",
    "已停用": "－",
}


def clock(moment: datetime) -> str:
    """E.g. ``07:52``, in China."""
    local = moment.astimezone(CHINA)
    return f"{local.hour:02}:{local.minute:02}"


def moment_words(moment: datetime) -> str:
    """E.g. ``2026年9月21日 07:52``."""
    return f"{full_date(moment.astimezone(CHINA).date())} {clock(moment)}"


def level_word(level: Level, units: UnitRules) -> str:
    """A level as a reader of this office says it: 全国, 省, 宜昌, 枝江 or 镇街."""
    return word_of_level(level, place=units.place, city=units.city)


def numeral(number: int) -> str:
    """How many in Chinese up to ten (``两``, as one counts), in figures beyond."""
    return _NUMERALS[number] if 0 <= number < len(_NUMERALS) else str(number)


def reading_time(edition: Edition) -> str:
    """E.g. ``三分钟读完``: headlines and abstracts at an ordinary pace."""
    characters = sum(len(e.headline) + len(e.abstract) for e in edition.all_entries)
    return f"{numeral(max(1, math.ceil(characters / READING_SPEED)))}分钟读完"


def silence_words(days: int | None) -> str:
    """How long a unit has not been heard: ``23天没有声音`` or ``还没有声音``."""
    return f"{days}天没有声音" if days is not None else "还没有声音"
