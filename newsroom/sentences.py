"""Cutting Chinese text into sentences and clauses without breaking quotes.

Only cuts: every piece is a stretch of the text, letter for letter; what ``cut_short``
shortens has its ellipsis, and closing marks for what the cut left open.
"""

from __future__ import annotations

import re
import unicodedata

_ENDS = "。！？!?"
_CLOSERS = "”’」』）)》】"
_OPEN_TO_CLOSE = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "《": "》"}
_CLAUSE_ENDS = frozenset("，,、：:；;")
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
_OF_DATES = frozenset("年月时点")
_JOINER = "\u200d"  # between the parts of one picture character
_CLINGING = frozenset(_JOINER + "🏻🏼🏽🏾🏿")
_LEFT_OPEN = "，,、：:；; …·—" + "".join(_OPEN_TO_CLOSE)
_DATELINE = re.compile(
    r"^(?:(?:本报|本网|本刊|本台|本站|本社)?\s*(?:讯|消息|电)?\s*"
    r"[（(【\[]\s*[^（(）)】\]]{0,6}(?:记者|通讯员|实习生)[^（(）)】\]]{0,60}"
    r"[）)】\]]\s*|"
    r"(?:本报|本网|本刊|本台|本站)讯\s*[：:]?\s*|"
    r"[^\s，。、“”]{2,16}(?:网|报|社|客户端|工会)讯\s*[：:]?\s*|"
    r"(?:中工网|新华社|人民网|央视网)[^\s，。]{0,6}\d{1,2}月\d{1,2}日电\s*)+"
)
_BYLINE = re.compile(
    r"^[（(【\[]?\s*(?:来源|编辑|责编|责任编辑|审核|校对|作者|记者|通讯员|供稿|图文|图/文"
    r"|文/图|摄影|撰稿|监制|终审|初审|复审|文字|图片|(?:本文)?原标题)\s*[：:/／丨|].*"
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph, each with its end mark and closing quotes.

    A mark inside quotation marks or brackets ends no sentence, unless the quotation
    itself ends with it.
    """
    pieces: list[str] = []
    start, depth, position = 0, 0, 0
    while position < len(text):
        character = text[position]
        position += 1
        if character in _OPEN_TO_CLOSE:
            depth += 1
        elif character in _CLOSERS:
            depth = max(0, depth - 1)
        is_end = character in _ENDS and (depth == 0 or _closes(text, position))
        if not is_end:
            continue
        while position < len(text) and text[position] in _CLOSERS + _ENDS:
            depth = max(0, depth - (text[position] in _CLOSERS))
            position += 1
        if depth == 0:
            pieces.append(text[start:position])
            start = position
    pieces.append(text[start:])
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _closes(text: str, position: int) -> bool:
    """Whether a quotation ends here and its speaker is not named after it."""
    return (
        position < len(text)
        and text[position] in _CLOSERS
        and (position + 1 == len(text) or text[position + 1] in "“\n")
    )


def without_dateline(paragraph: str) -> str:
    """The paragraph after 本报讯（记者…）, which belongs to the paper, not the news."""
    return paragraph[dateline_length(paragraph) :]


def dateline_length(paragraph: str) -> int:
    """How many characters of the paragraph are its dateline."""
    match = _DATELINE.match(paragraph)
    return match.end() if match else 0


def is_byline(paragraph: str) -> bool:
    """Whether the paragraph only says who wrote, shot or checked the article."""
    return len(paragraph) <= 80 and bool(_BYLINE.match(paragraph))  # noqa: PLR2004 - longer ones tell news


def tells_something(paragraph: str) -> bool:
    """Whether the paragraph holds a sentence; headings and names end with no mark."""
    return any(mark in paragraph for mark in _ENDS)


def cut_short(text: str, most: int, *, more: str = "……") -> str:
    """At most ``most`` characters, with ``more`` where the rest is left out.

    Cut after a clause where that keeps half, else after a word; never inside a number
    that anything stands before. A quotation or a bracket is cut only when next to
    nothing stands before it, and is closed after ``more``.
    """
    if len(text) <= most:
        return text
    closers = ""
    while True:  # each turn leaves room for more closing marks
        kept = _kept(text, max(0, most - len(more) - len(closers)))
        needed = _closers(kept)
        if len(needed) <= len(closers):
            return (kept + more + needed)[: max(0, most)]
        closers = needed


def _kept(text: str, space: int) -> str:
    """The beginning of a text that is cut to this space."""
    cuts = (_part_cut, clause_cut, word_cut, _loose_cut)
    ends = [cut(text, space) for cut in cuts]
    end = next((end for end in ends if end * 2 >= space), ends[-1] or space)
    return text[:end].rstrip(_LEFT_OPEN)


def _closers(text: str) -> str:
    """The marks that close what the text leaves open, the innermost first."""
    closers: list[str] = []
    for character in text:
        if character in _OPEN_TO_CLOSE:
            closers.append(_OPEN_TO_CLOSE[character])
        elif closers and character == closers[-1]:
            closers.pop()
    return "".join(reversed(closers))


def sentence_cut(text: str, limit: int) -> int:
    """How many of ``limit`` characters are whole sentences, or clauses before a ；.

    A mark inside quotation marks or brackets ends no sentence, unless the quotation
    itself ends with it.
    """
    best = 0
    closers: list[str] = []
    for position, character in enumerate(text[:limit]):
        if character in _OPEN_TO_CLOSE:
            closers.append(_OPEN_TO_CLOSE[character])
            continue
        is_end = character in _ENDS + "；;"
        if closers and character == closers[-1]:
            closers.pop()
            is_end = text[position - 1] in _ENDS and _closes(text, position)
        if is_end and not closers:
            best = position + 1
    return best


def _part_cut(text: str, limit: int) -> int:
    """As ``clause_cut``, but not within an enumeration: 蒸煮、烘烤车间 is one thing."""
    return clause_cut(text, limit, ends=_CLAUSE_ENDS - {"、"})


def clause_cut(text: str, limit: int, *, ends: frozenset[str] = _CLAUSE_ENDS) -> int:
    """The last place up to ``limit`` where a clause ends, 0 when there is none.

    Never inside a quotation, a bracket or a number.
    """
    best = 0
    closers: list[str] = []
    for position, character in enumerate(text[:limit]):
        if character in _OPEN_TO_CLOSE:
            closers.append(_OPEN_TO_CLOSE[character])
        elif closers and character == closers[-1]:
            closers.pop()
        elif not closers and character in ends and not _in_number(text, position):
            best = position
    return best


def word_cut(text: str, limit: int) -> int:
    """The last place up to ``limit`` outside quotations, numbers and Latin words."""
    best = 0
    closers: list[str] = []
    for position, character in enumerate(text[:limit]):
        if not closers and not _glued(text, position):
            best = position
        if character in _OPEN_TO_CLOSE:
            closers.append(_OPEN_TO_CLOSE[character])
        elif closers and character == closers[-1]:
            closers.pop()
    return best


def _loose_cut(text: str, limit: int) -> int:
    """The last place up to ``limit`` outside numbers and Latin words."""
    places = (place for place in range(limit, 0, -1) if not _glued(text, place))
    return next(places, 0)


def _in_number(text: str, position: int) -> bool:
    around = text[max(0, position - 1) : position], text[position + 1 : position + 2]
    return all(side.isdigit() for side in around)


def _glued(text: str, position: int) -> bool:
    """Whether a cut before ``position`` would tear a number or a Latin word."""
    left, right = text[max(0, position - 1) : position], text[position]
    if _is_token(left) and (_is_token(right) or not _is_break(right)):
        return True
    if left in _NUMERALS and not _is_break(right):  # 三千六百名, and 46.2万元
        return True
    if left in _OF_DATES and right.isdigit():  # 7月18日
        return True
    if left == _JOINER or right in _CLINGING or unicodedata.category(right)[0] == "M":
        return True
    return right in _CLAUSE_ENDS or right in _ENDS or right in _CLOSERS


def _is_token(character: str) -> bool:
    return (
        bool(character)
        and (character.isdigit() or character in ".%％℃" or character.isascii())
        and not character.isspace()
    )


def _is_break(character: str) -> bool:
    return character.isspace() or character in "，。；、！？"
