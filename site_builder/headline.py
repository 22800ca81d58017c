"""Where a large headline may break: between its clauses rather than inside a word.

The words stay letter for letter; pieces are only kept on one line, the short ones on
every screen and the longer ones where there is room for them. Inside what no line holds
the office's own words, figures with what they count and Latin words stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from newsroom.taxonomy import Topic, UnitRules, short_place

LONGEST_KEPT = 10  # characters; more would not fit a phone in one line
LONGEST_WIDE = 18  # characters; what fits one line from a tablet on
LONGEST_JOINED = 8  # characters, a digit is half of one: a card has room for nine
LONGEST_END = 6  # characters of the end of a clause, with its mark
MOST_TORN = 2  # characters of a word, without its marks, that stays whole
LONG = 40  # characters; a longer headline is set smaller, so that it stays one
# A piece: a quotation, or words up to a mark, a blank or the next quotation.
_PIECE = re.compile(
    r"[“《‘「『][^“《”》‘’「」『』]*[”》’」』][，。、；：！？]*"
    r"|[^“《‘「『\s，。、；：！？]+[，。、；：！？]*|\s+|."
)
# A date, a figure with what it counts (1200份, 46.2万元, 第3季, 27.5%, 35μg/m³), or a
# Latin word.
_FIGURE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日"
    r"|第?\d[\d.,]*(?:[-—～~]\d[\d.,]*)?"
    r"(?:[%％℃]|[A-Za-zμ°][A-Za-z0-9/²³]*|季度|个月|人次|[余多]?[十百千万亿]{0,2}[余多]?[\u4e00-\u9fff])?"
    r"|[A-Za-z][A-Za-z0-9&+./-]*"
)
# 避头尾: what may begin no line, and what may end none.
_BEGINS_NO_LINE = frozenset("，。、；：！？）】〕》〉”’」』…·％‰℃,.;:!?)]%")
_ENDS_NO_LINE = frozenset("（【〔《〈“‘「『([")
_MARKS = "".join(sorted(_BEGINS_NO_LINE | _ENDS_NO_LINE))

# What headlines of a union are full of; names and topics come from the settings.
_USUAL = """
总工会 工会 联合会 工会联合会 职工 劳动者 农民工 职工之家 企业 单位 服务 活动 工作 建设
组织 开展 推进 召开 举行 举办 成立 走进 保障 维权 工资 安全 健康 心理 身体 生命 技能
竞赛 培训 困难 慰问 一线 行动 会议 要求 督促 安排 时间 时段 车间 仪式 签约 揭牌 攻坚
动员 联动 争议 年度 全市 全省 全国
"""

Words = Mapping[str, tuple[str, ...]]
"""Words that no line tears apart, by their first character, the longest first."""


class Piece(NamedTuple):
    """A stretch of a headline; ``kept`` and ``wide`` say where it stays on one line.

    ``parts`` are its pieces where it does not: joined they are its text. ``joint`` is a
    word that another one follows: a line may end there.
    """

    text: str
    kept: bool
    wide: bool = False
    parts: tuple[Piece, ...] = ()
    joint: bool = False


def is_long(headline: str) -> bool:
    """Whether a headline would fill a phone's screen in the large type."""
    return len(headline) > LONG


def office_words(units: UnitRules, topics: Iterable[Topic]) -> Words:
    """The names of places and units, the words of the topics, and usual ones."""
    found = {units.place, units.city, *_USUAL.split()}
    for unit in units.units:
        found |= {unit.name, unit.union, *unit.aliases, short_place(unit.name)}
    for topic in topics:
        found |= {topic.name, *topic.strong, *topic.weak}
    words: dict[str, list[str]] = {}
    for word in sorted(found, key=lambda one: (-len(one), one)):
        if 1 < len(word) <= LONGEST_KEPT:
            words.setdefault(word[0], []).append(word)
    return {first: tuple(some) for first, some in words.items()}


def headline_pieces(headline: str, words: Words | None = None) -> tuple[Piece, ...]:
    """The headline in pieces; joined they are the headline again.

    ``words`` are those that stay whole in what no line holds.
    """
    stretches = _joined(_PIECE.findall(headline))
    return tuple(_piece(text, words or {}) for text in stretches)


def set_in_type(headline: str, words: Words) -> list[tuple[str, bool]]:
    """The headline for a typesetter: stretches, and whether each stays on one line."""
    pieces = headline_pieces(headline, words)
    parts = (part for piece in pieces for part in _within_a_card(piece, words))
    return [(one.text, one.kept and _wide(one.text) <= LONGEST_JOINED) for one in parts]


def _wide(text: str) -> float:
    """How many characters wide it is: a digit or a Latin letter is half of one."""
    return sum(0.5 if one.isascii() else 1 for one in text)


def _within_a_card(piece: Piece, words: Words) -> tuple[Piece, ...]:
    if piece.kept and _wide(piece.text) > LONGEST_JOINED:
        return _parts(piece.text, words)
    return piece.parts or (piece,)


def _piece(text: str, words: Words) -> Piece:
    if len(text) <= LONGEST_KEPT:
        return _short(text)
    if text.isspace():
        return Piece(text, kept=False)
    return Piece(
        text, kept=False, wide=len(text) <= LONGEST_WIDE, parts=_parts(text, words)
    )


def _parts(text: str, words: Words) -> tuple[Piece, ...]:
    """The words of a clause as kept pieces, what stands between them as one each.

    A word has the marks about it that it may not be parted from.
    """
    parts: list[Piece] = []
    done, last = 0, ""
    for begin, end in _words_in(text, words):
        start, stop = begin, end
        while start > done and text[start - 1] in _ENDS_NO_LINE:
            start -= 1
        while stop < len(text) and text[stop] in _BEGINS_NO_LINE:
            stop += 1
        one = text[start:stop]
        if len(one) > LONGEST_KEPT or len(one.strip(_MARKS)) < MOST_TORN:
            continue
        if start > done:
            parts.append(_between(text[done:start]))
        elif last:
            parts[-1] = _joint(last)
        parts.append(_short(one))
        done, last = stop, one
    if done < len(text):
        parts.append(_between(text[done:]))
    return tuple(parts)


def _between(text: str) -> Piece:
    """What no word of ours holds; a clause's short end stays whole (送到身边，)."""
    is_end = text[-1] in _BEGINS_NO_LINE and len(text) <= LONGEST_END
    return Piece(text, kept=is_end and len(text.strip(_MARKS)) > 1)


@lru_cache(maxsize=2048)
def _short(text: str) -> Piece:
    """What a line holds; the same words come again and again."""
    return Piece(text, kept=len(text) > 1 and not text.isspace())


@lru_cache(maxsize=2048)
def _joint(word: str) -> Piece:
    return Piece(word, kept=True, joint=True)


def _words_in(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Where the words, figures and Latin words of a clause begin and end."""
    place, end = 0, len(text)
    while place < end:
        one = text[place]
        stop = place + 1
        if one in words:
            for word in words[one]:
                if text.startswith(word, place):
                    stop = place + len(word)
                    break
        # Only these begin a figure or a Latin word, which a word of ours may not tear.
        if one.isascii() or one == "第" or one.isdecimal():
            figure = _FIGURE.match(text, place)
            stop = figure.end() if figure else stop
        if stop > place + 1:
            yield place, stop
        place = stop


def _joined(pieces: Iterable[str]) -> list[str]:
    """The pieces, joined again where a line may not break between them."""
    found: list[str] = []
    before = ""
    for text in pieces:
        if found and (text[0] in _BEGINS_NO_LINE or before in _ENDS_NO_LINE):
            found[-1] += text
        else:
            found.append(text)
        before = text[-1]
    return found
