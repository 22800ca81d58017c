"""Finding the headline: what the page declares, what it shows, where it stands.

Order: the government standard's ArticleTitle, a visible heading that the title
element confirms, the line above the info line, the title element cut at its
separators. The title element alone is never trusted: two of three hold column and
site as well, one of nine holds nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from newsroom.article import Witness
from newsroom.text import clean_text, fold, squeeze
from page_reading.furniture import is_footer, is_tool
from page_reading.infoline import is_info_line

if TYPE_CHECKING:
    from page_reading.document import Document
    from page_reading.flow import Line

_HEADING_TAGS = {
    "h1": 5.0,
    "h2": 3.5,
    "h3": 3.0,
    "h4": 1.5,
    "h5": 1.5,
    "ucaptitle": 5.0,
}
_NAMED = re.compile(r"tit|headline|\bbt\b|biaoti|subject|(?:^|[-_])h1", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*(?:_+|-{2,}|\||丨|｜|—{2,}|--|\s[-–—]\s|[-–—]|»|>|,)\s*|\s{2,}"
)
_STRONG_SEPARATOR = re.compile(r"\s*(?:_+|-{2,}|\||｜|»|>)\s*|\s+[-–—]+\s+")
_CRUMB = re.compile(
    r"首页\s*[>»→\-/·：:]|位置\s*[>»→\-/·：:]|Home\s*[>»→\-/·：:]|>\s*正文|»\s*正文|→\s*正文"
)
_LABELLED = re.compile(r"原标题|本文原标题|正在阅读")
_MIN, _MAX = 2, 120
_SHORTEST_ALONE = 4
_REACH = 14


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the line it stands in (-1: none), and the candidates."""

    text: str
    index: int
    witnesses: tuple[Witness, ...]


def find_headline(document: Document, lines: list[Line]) -> Headline:
    """The headline of an article page; an empty one when nothing will do."""
    title = document.title or document.meta("og:title") or ""
    declared, known = _declared(document), squeeze(title)
    ranked = sorted(
        (
            (_score(line, lines, known, declared), -line.index, line)
            for line in (_heading_of(line, known) for line in lines)
            if not _is_sentence(line, known, declared) and _may_be(line)
        ),
        key=lambda item: item[:2],
        reverse=True,
    )
    shown = [(score, line) for score, _, line in ranked[:3] if score > _ENOUGH]
    return _choose(title, declared, [(score, _whole(line, lines, title)) for score, line in shown])  # fmt: skip


_ENOUGH = 4.0
_HOPELESS = _ENOUGH - 6.0  # six is the most that standing well is worth
_TAG = re.compile(r"<[^>]{1,20}>")
_LARGE = re.compile(
    r"font-size:\s*(?:1[89]|[2-4]\d)(?:\.\d+)?(?:px|pt)|font-size:\s*(?:x-?large|1\.[3-9]|2)",
    re.IGNORECASE,
)


def _whole(line: Line, lines: list[Line], title: str) -> tuple[Line, str]:
    """A headline that a br broke in two, whole where the title element has it so."""
    text, known = line.text, squeeze(title)
    for step in (1, -1):
        near = line.index + step
        while 0 <= near < len(lines) and lines[near].block is line.block:
            other = lines[near].text
            joined = f"{text} {other}" if step > 0 else f"{other} {text}"
            if not other or squeeze(joined) not in known:
                break
            text, near = joined, near + step
    return line, text


def _declared(document: Document) -> str | None:
    """ArticleTitle of the standard for government sites (国办发〔2017〕47号)."""
    text = document.meta("articletitle", "article:title", "doctitle")
    text = clean_text(_TAG.sub(" ", unescape(text))) if text else None
    return text if text and _MIN <= len(text) <= 2 * _MAX else None


def _heading_of(line: Line, title: str) -> Line:
    """A heading without what stands in it in a box of its own.

    Date and source in small letters, or the column's name before the headline, where
    the title element knows only the rest.
    """
    if line.block.tag not in _HEADING_TAGS:
        return line
    if not is_info_line(line.text):
        return _without_label(line, title)
    own = "".join(piece.text for piece in line.pieces if piece.element is line.block)
    return replace(line, text=clean_text(own))


def _without_label(line: Line, title: str) -> Line:
    pieces = [piece for piece in line.pieces if piece.text.strip()]
    if len(pieces) < 2 or pieces[0].element is line.block:  # noqa: PLR2004 - a label and the rest
        return line
    rest = clean_text("".join(piece.text for piece in pieces[1:]))
    if len(rest) < _LONGER_THAN_LABELS or squeeze(line.text) in title:
        return line
    return replace(line, text=rest) if squeeze(rest) in title else line


_LONGER_THAN_LABELS = 6
_COLUMN = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:动态|新闻|公告|要闻|专栏|资讯|公开|之窗|概况|天地|风采|信息|简介|中心|频道|速递|快讯|通知|专题)"
)
_SUBTITLE = re.compile(r"(?:——|--|－－)\s*\S")  # the line under a headline
_TWO_HAN = re.compile(r"[\u4e00-\u9fff][^\u4e00-\u9fff]*+[\u4e00-\u9fff]")


def _has_words(text: str) -> bool:
    """Two Chinese characters, or three words: a number or code is no headline."""
    return bool(_TWO_HAN.search(text)) or len(text.split()) > 2  # noqa: PLR2004 - see above


def _is_sentence(line: Line, title: str, declared: str | None) -> bool:
    """A sentence of the text: no headline unless the page itself names it so."""
    if not line.text.endswith(("。", "；")):
        return False
    return not _agreement(squeeze(line.text), title, declared)


def _may_be(line: Line) -> bool:
    return (
        line.image is None and _MIN <= len(line.text) <= _MAX and _reads_so(line.text)
    )


@lru_cache(maxsize=4096)
def _reads_so(text: str) -> bool:
    """Whether these words could be a headline; a site's frame comes with every page."""
    return (
        not _CRUMB.search(text)
        and not _LABELLED.match(text)
        and not is_tool(text)
        and not is_footer(text)
        and not is_info_line(text)
        and not _SUBTITLE.match(text)
        and _has_words(text)
    )


def _score(line: Line, lines: list[Line], title: str, declared: str | None) -> float:
    score = _agreement(squeeze(line.text), title, declared)
    if len(line.text) < _SHORTEST_ALONE and score < _TITLE_BEGINS:
        return 0.0
    if not score and _COLUMN.fullmatch(line.text):
        score -= 4.0
    score += _looks(line)
    if score <= _HOPELESS:
        return score
    after = lines[line.index + 1 : line.index + 1 + _REACH]
    score += _standing(line, after)
    return score


def _agreement(text: str, title: str, declared: str | None) -> float:
    if declared and text == squeeze(declared):
        return 12.0
    if not title or text not in title:
        return 0.0
    if text == title:
        return 8.0
    share = len(text) / len(title)
    return (5.0 if title.startswith(text) else 3.0) + 4.0 * share


def _looks(line: Line) -> float:
    """Heading tags and names: of the block, of its parent, of an inline child."""
    score = _HEADING_TAGS.get(str(line.block.tag), 0.0)
    parent = line.block.getparent()
    if not score and parent is not None:
        score = _HEADING_TAGS.get(str(parent.tag), 0.0) * 0.8
    names = f"{line.block.get('class') or ''} {line.block.get('id') or ''}"
    if _NAMED.search(names):
        score += 1.5
    if _is_large(line):
        score += 1.5
    if line.is_mostly_link:
        score -= 3.0 if score < 3 else 1.0  # noqa: PLR2004 - a heading may link to itself
    return score


def _is_large(line: Line) -> bool:
    """Large or bold letters set by hand, the heading of old pages."""
    first = next(
        (piece.element for piece in line.pieces if piece.text.strip()), line.block
    )
    if first.tag in {"b", "strong"} or line.block.get("align") == "center":
        return True
    styles = f"{first.get('style') or ''};{line.block.get('style') or ''}"
    return bool(_LARGE.search(styles))


def _standing(line: Line, after: list[Line]) -> float:
    """An info line soon below, then prose: the place of a headline, and of no footer."""
    score = 1.0 if len(line.text) >= _LONGER_THAN_COLUMNS else 0.0
    for distance, other in enumerate(after):
        if is_info_line(other.text):
            return score + 5.0 - 0.35 * distance
        if _is_prose(other):
            return score + 2.0 - 0.1 * distance
    return score - 5.0


def _is_prose(line: Line) -> bool:
    if line.is_mostly_link:
        return False
    length = len(line.text)
    return length > _PROSE or (length > _SENTENCE and line.text.endswith("。"))


_LONGER_THAN_COLUMNS = 10
_SENTENCE = 30
_TITLE_BEGINS = 5.0  # the title element begins with these words
_PROSE = 60


def _choose(
    title: str, declared: str | None, shown: list[tuple[float, tuple[Line, str]]]
) -> Headline:
    witnesses = [
        Witness(text, "页面标题行", round(min(1.0, score / 16), 2))
        for score, (_, text) in shown
    ]
    best, text = shown[0][1] if shown else (None, "")
    index = best.index if best else -1
    cut = cut_title(title)
    if cut:
        witnesses.append(Witness(cut, "title 元素", 0.4))
    if declared and fold(declared) == fold(text):
        declared = text  # as the reader sees it
    if (
        declared
        and not _is_cut_off(declared, text)
        and not _is_astray(declared, text, title)
    ):
        chosen = Witness(declared, "meta ArticleTitle", 0.95)
        return Headline(declared, index, (chosen, *witnesses))
    return Headline(text or cut, index, tuple(witnesses))


def _is_astray(declared: str, shown: str, title: str) -> bool:
    """A declared title unknown to the title element, which holds the visible heading.

    The template filled in the name of the column or the site.
    """
    known = fold(title)
    return bool(shown) and fold(declared) not in known and fold(shown) in known


def _is_cut_off(declared: str, shown: str) -> bool:
    """A declared title that ends in dots, or that the visible one continues."""
    seen, said = squeeze(shown), squeeze(declared).rstrip(".…")
    return seen != said and seen.startswith(said) and len(said) >= _MIN


def cut_title(title: str) -> str:
    """The headline inside a title element: the longest part between separators."""
    title = clean_text(title)
    parts = [part for part in _STRONG_SEPARATOR.split(title) if part]
    if len(parts) == 1:
        parts = [part for part in _SEPARATOR.split(title) if part]
    return max(parts, key=len, default="")
