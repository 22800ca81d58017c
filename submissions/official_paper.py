"""What stands around a text on official paper: red heads, numbers, 抄送, contact lines.

A head of 红头文件 or of a bulletin is larger than any title, and the lines under the
day name readers and telephones: neither belongs to the story. What was left out is
said, so that nothing goes silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsroom.text import clean_text
from submissions.word_pieces import Line, Piece

_AMONG = 8
_LONGEST_HEAD = 40
_LONGEST_FOOT = 80
_SAID = 80
_RULE = re.compile(r"[━─—_=＝＿*＊★☆\s-]{4,}")
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,16}\s*[〔\[（(【]\s*20\d\d\s*[〕\]）)】]\s*第?\s*\d+\s*号"
    r"(?:[\s　]*签发人[：:\s].{0,12})?"
    r"|[（(]?\s*(?:20\d\d\s*年?\s*)?第\s*[\d〇零一二三四五六七八九十百]+\s*期[）)]?"
    r"\s*(?:[（(]?\s*总第?\s*\d+\s*期\s*[）)]?)?(?:[\s　]*20\d\d\s*年.{0,12})?"
    r"|[（(]?总第?\s*\d+\s*期[）)]?"
)
_ISSUED = re.compile(
    r"(?:签发人[：:\s].{1,12}|(?:.{2,30}[\s　]+)?"
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年.{1,6}月.{1,4}日)"
)
_FOOT = re.compile(
    r"(?P<name>抄送|抄报|主送|分送|印发|发送|联系人|联系方式|联系电话|电话|手机|邮箱"
    r"|电子邮箱|微信|传真)(?:号码?)?\s*[：:].*"
    r"|.{0,40}\d日?\s*印发|[（(](?P<note>此件)[^）)]*[）)]|共印\s*\d+\s*份"
)


def without_paper(pieces: Sequence[Piece]) -> tuple[list[Piece], tuple[str, ...]]:
    """The pieces without the head and foot of official paper, and what was left out."""
    left = [piece for piece in pieces if not _is_rule(piece)]
    left, head = _without_head(left)
    left, feet = _without_foot(left)
    notes = [f"红头、文号、期号没有放进正文：{head[:_SAID]}"] if head else []
    notes += [f"文末这几行没有放进正文：{'、'.join(feet)}"] if feet else []
    return left, tuple(notes)


def _is_rule(piece: Piece) -> bool:
    text = piece.text if isinstance(piece, Line) else ""
    return bool(text.strip() and _RULE.fullmatch(text))


def _said(piece: Piece) -> str:
    return clean_text(piece.text) if isinstance(piece, Line) else ""


def _without_head(pieces: list[Piece]) -> tuple[list[Piece], str]:
    """Everything down to the number, and who issued it, where there is a number."""
    lines = [_said(piece) for piece in pieces[:_AMONG]]
    at = next((n for n, text in enumerate(lines) if _NUMBER.fullmatch(text)), None)
    if at is None or not all(_is_of_head(text) for text in lines[:at]):
        return pieces, ""
    end = at + 1
    while end < len(lines) and _ISSUED.fullmatch(lines[end]):
        end += 1
    return pieces[end:], " ".join(lines[:end])


def _is_of_head(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEAD and not text.endswith("。")


def _without_foot(pieces: list[Piece]) -> tuple[list[Piece], list[str]]:
    """The pieces without the last lines that name readers and telephones."""
    left = list(pieces)
    names: list[str] = []
    while left:
        text = _said(left[-1])
        found = _FOOT.fullmatch(text) if 0 < len(text) <= _LONGEST_FOOT else None
        if found is None:
            break
        names.insert(0, found["name"] or found["note"] or "印发")
        left.pop()
    return left, names
