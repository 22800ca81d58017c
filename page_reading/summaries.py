"""Boxes above a text that say in short what it says: 摘要, 导读, 核心提示.

Families: PHPCMS (summary), DedeCMS (intro), EmpireCMS (简介 before the text), Discuz
portals (摘要:). A paragraph of the text itself that begins with 核心提示 stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.text import squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.flow import Line

_LABEL = re.compile(
    r"[\[【(（]?\s*(?:(?:内容|新闻|文章|本文)?(?:摘要|简介|提要|导读|导语)|核心提示|阅读提示|内容提示)\s*[\]】)）]?\s*[:：]?\s*"
)
_NAMED = re.compile(
    r"(?:^|[-_ ])(?:article|news|content|info)?[-_]?(?:summary|intro|abstract|zhaiyao|zy|daodu|digest|excerpt|description)(?:$|[-_ ])",
    re.IGNORECASE,
)
_LONGEST = 300
_SHORTEST = 16
_NEXT = 4  # lines that may tell the same in full
_DOTS = re.compile(r"(?:\.{2,}|…+)$")


def is_summary(line: Line, following: list[Line]) -> bool:
    """Whether the first line of a text is its summary, set apart from it.

    It lies in a box that holds none of the next lines, and a label or the markup calls
    it so, or one of them says the same in full.
    """
    if line.image is not None or not _SHORTEST <= len(line.text) <= _LONGEST:
        return False
    told = [one for one in following[:_NEXT] if one.image is None]
    if not told or not _is_apart(line, told):
        return False
    label = _LABEL.match(line.text)
    if label or _is_named(line):
        return True
    said = squeeze(_DOTS.sub("", line.text))
    return any(_tells(one, said) for one in told)


def _tells(line: Line, said: str) -> bool:
    words = squeeze(line.text)
    return len(words) > len(said) and said in words


def _is_named(line: Line) -> bool:
    element: _Element | None = line.block
    names: list[str] = []
    for _ in range(2):
        if element is None:
            break
        names.append(f"{element.get('class') or ''} {element.get('id') or ''}")
        element = element.getparent()
    return any(_NAMED.search(name) for name in names)


def _is_apart(line: Line, told: list[Line]) -> bool:
    """The box of the line, and the box around a paragraph, hold none of the next."""
    above = line.block.getparent()
    alone = line.block.tag == "p" and above is not None and len(above) == 1
    inside = set((above if alone and above is not None else line.block).iter())
    first = told[0].block
    same = first.getparent() is above and first.tag == line.block.tag
    return not same and all(one.block not in inside for one in told)
