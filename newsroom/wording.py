"""Words for people: dates, weekdays, spans, 「昨天」, levels."""

from __future__ import annotations

import re
from datetime import date

from newsroom.taxonomy import Level

_WEEKDAYS = "一二三四五六日"
_NEAR = {0: "今天", 1: "昨天", 2: "前天", -1: "明天"}
_WEEK = 7
_QUOTES = "”’」』"
# Little pictures of phones, with what colours and joins them: no printer has them.
_EMOJI = re.compile(
    "\u200d[\u2600-\u26ff]"
    # Marks of print, but followed by what makes them a picture.
    "|[\u203c\u2049\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u26ff"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299]\ufe0f"
    # What Unicode shows as a picture by itself (Emoji_Presentation): clocks, a star.
    "|[\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2614\u2615\u2648-\u2653"
    "\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2"
    "\u26f3\u26f5\u26fa\u26fd\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf]"
    "|[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2700-\u2775\u2795-\u27bf"
    "\ufe0e\ufe0f\u200d\u20e3]"
)
_SINGLE = str.maketrans("《》", "〈〉")
_ENDS = ("。", "！", "？", "…", "!", "?")


def full_date(day: date) -> str:
    """2026年7月18日 (GB/T 9704: Arabic figures, no leading zero)."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """7月18日."""
    return f"{day.month}月{day.day}日"


def sentence(words: str) -> str:
    """The words as a sentence: with a full stop, unless a mark ends them (开工！).

    The mark may stand inside the last quotation mark (“开工！”); that of a title does
    not count (《今天，你吃了吗？》。).
    """
    return words if words.rstrip(_QUOTES).endswith(_ENDS) else f"{words}。"


def titled(headline: str) -> str:
    """The headline in title marks; a title inside has the single ones (GB/T 15834)."""
    return f"《{headline.translate(_SINGLE)}》"


def without_emoji(words: str) -> str:
    """The words without the little pictures of phones; as they are if that is all."""
    return _EMOJI.sub("", words).strip() or words


def weekday(day: date) -> str:
    """星期一."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def date_span(since: date, until: date) -> str:
    """「7月17日—20日」, 「7月30日—8月2日」, over New Year with both years."""
    if since >= until:
        return short_date(until)
    if since.year != until.year:
        return f"{full_date(since)}—{full_date(until)}"
    if since.month != until.month:
        return f"{short_date(since)}—{short_date(until)}"
    return f"{short_date(since)}—{until.day}日"


def relative_day(day: date, *, today: date) -> str:
    """「昨天」, 「3天前」; from a week on the date, with the year when it differs."""
    ago = (today - day).days
    if ago in _NEAR:
        return _NEAR[ago]
    if 0 < ago < _WEEK:
        return f"{ago}天前"
    return short_date(day) if day.year == today.year else full_date(day)


def level_word(level: Level, *, place: str, city: str) -> str:
    """The level as readers call it: 全国, 省, and the office's own city and county."""
    match level:
        case Level.NATIONAL:
            return "全国"
        case Level.PROVINCIAL:
            return "省"
        case Level.CITY:
            return city
        case Level.COUNTY:
            return place
        case Level.TOWNSHIP:
            return "镇街"
