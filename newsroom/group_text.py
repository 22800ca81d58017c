"""The text for the WeChat group and the short message (domain: 7.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.edition import Column, Edition, Entry
from newsroom.sentences import cut_short
from newsroom.wording import sentence, short_date, without_emoji

MOST_CHARACTERS = 500
MOST_LINES = 12
SMS_CHARACTERS = 70
SMS_PART = 67
_LAST_OF_UCS2 = "\uffff"

_MARKS = {
    Column.NEWS: ("🔴", "要闻"),
    Column.HIGHLIGHTS: ("⭐", "基层亮点"),
    Column.RIGHTS: ("⚖️", "维权服务"),
    Column.ELSEWHERE: ("🧭", "他山之石"),
}
_HEADLINE = 40
_SHORTEST = 12
_MORE = "…"
_TITLE_SPLIT = re.compile(r"[：:\s]")


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """A text message, its length as networks count it, and how many parts they send.

    A Chinese message is UCS-2: a character beyond it (𠮷) counts as two (3GPP 23.038).
    """

    text: str
    length: int
    parts: int


def group_text(
    edition: Edition, *, office_short: str, link: str, emoji: bool = True
) -> str:
    """The edition as one message: at most 500 characters and 12 lines.

    When it would be longer, entries of the lower columns go first, then headlines are
    shortened, with …; heading and link always stand, and so does how many are left out.
    """
    columns = [(c, list(edition.entries(c))) for c in _MARKS if edition.entries(c)]
    reminder = edition.reminders[0] if edition.reminders else ""
    while _line_count(edition, columns, reminder, link) > MOST_LINES:
        _drop_last(columns)
    for room in range(_HEADLINE, _SHORTEST - 1, -2):
        text = _compose(edition, columns, reminder, office_short, link, emoji, room)
        if len(text) <= MOST_CHARACTERS:
            return text
    while columns and len(text) > MOST_CHARACTERS:
        _drop_last(columns)
        text = _compose(edition, columns, "", office_short, link, emoji, _SHORTEST)
    return text[:MOST_CHARACTERS]


def sms_text(edition: Edition, *, office_short: str, link: str = "") -> ShortMessage:
    """One short message; at most 70 characters when the headlines allow it."""
    head = f"【{office_short}】{short_date(edition.day)}简报："
    tail = f"详见{link}" if link else ""
    parts = [
        _brief(entry)
        for column in (Column.HIGHLIGHTS, Column.NEWS)
        for entry in edition.entries(column)
    ]
    told = _told(parts, head, tail) if parts else ["今日暂无新稿"]
    text = head + sentence("；".join(told)) + tail
    return ShortMessage(text, _units(text), _parts(text))


def _told(parts: list[str], head: str, tail: str) -> list[str]:
    """What one message says; where the link leaves no room, what two say."""

    def filled(most: int) -> list[str]:
        kept: list[str] = []
        for part in parts:
            if fits([*kept, part], most):
                kept.append(part)
        return kept

    def fits(words: list[str], most: int) -> bool:
        return _parts(head + sentence("；".join(words)) + tail) <= most

    if kept := filled(1):
        return kept
    for most in (1, 2):
        for room in range(SMS_CHARACTERS, _SHORTEST - 1, -1):
            if fits([_short(parts[0], room)], most):
                return filled(most) or [_short(parts[0], room)]
    return [_short(parts[0], _SHORTEST)]


def _units(text: str) -> int:
    return sum(1 + (one > _LAST_OF_UCS2) for one in text)


def _parts(text: str) -> int:
    """How many messages it travels in; a character of two units is never divided."""
    if _units(text) <= SMS_CHARACTERS:
        return 1
    parts, used = 1, 0
    for one in text:
        used += _units(one)
        if used > SMS_PART:
            parts, used = parts + 1, _units(one)
    return parts


_Columns = list[tuple[Column, list[Entry]]]


def _line_count(edition: Edition, columns: _Columns, reminder: str, link: str) -> int:
    listed = sum(1 + len(entries) for _, entries in columns)
    foot = bool(link or _left_out(edition, columns))
    return 1 + listed + bool(reminder) + foot


def _left_out(edition: Edition, columns: _Columns) -> int:
    shown = sum(len(entries) for _, entries in columns)
    return sum(len(edition.entries(column)) for column in _MARKS) - shown


def _drop_last(columns: _Columns) -> None:
    """Take away the last entry of the lesser columns, then of the longer one."""
    lesser = [c for c in columns if c[0] not in {Column.NEWS, Column.HIGHLIGHTS}]
    place = lesser[-1] if lesser else max(columns, key=lambda c: len(c[1]))
    place[1].pop()
    if not place[1]:
        columns.remove(place)


def _compose(  # noqa: PLR0913, PLR0917 - the pieces of one message
    edition: Edition,
    columns: _Columns,
    reminder: str,
    office_short: str,
    link: str,
    emoji: bool,
    room: int,
) -> str:
    title = f"【{_line(office_short)}每日简报】"
    lines = [f"{title}{short_date(edition.day)} 第{edition.number}期"]
    for column, entries in columns:
        mark, name = _MARKS[column]
        lines.append(f"{mark}{name}" if emoji else f"◆{name}")
        lines.extend(
            f"{n}.{_listed(column, entry, room)}" for n, entry in enumerate(entries, 1)
        )
    if not columns:
        lines.append("今日暂无新稿")
    if reminder:
        lines.append(f"{'📌' if emoji else ''}提示：{_short(_line(reminder), room)}")
    left = _left_out(edition, columns)
    more = f"另有{left}条" if left else ""
    if link:
        whole = f"全文（{more}）" if more else "全文"
        lines.append(f"{'👉' if emoji else ''}{whole}：{_line(link)}")
    elif more:
        lines.append(f"{more}，见简报")
    return "\n".join(lines)


def _listed(column: Column, entry: Entry, room: int) -> str:
    headline = _short(_line(entry.headline), room)
    return (
        headline if column is Column.HIGHLIGHTS else f"{headline}（{_source(entry)}）"
    )


def _source(entry: Entry) -> str:
    return _short(_line(entry.source_name), _SHORTEST)


def _brief(entry: Entry) -> str:
    """The headline's first half, as a short message says it."""
    headline = _line(entry.headline)
    halves = [half for half in _TITLE_SPLIT.split(headline) if half]
    if len(halves) > 1 and "：" in headline:
        return headline
    return halves[0] if halves else headline


def _short(words: str, room: int) -> str:
    return cut_short(words, room, more=_MORE)


def _line(words: str) -> str:
    return " ".join(without_emoji(words).split())
