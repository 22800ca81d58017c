"""The title of a list row: in full, without bullets, dates and column names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.text import clean_text, squeeze
from page_reading.row_dates import is_date_only

if TYPE_CHECKING:
    from lxml.etree import _Element

    from page_reading.flow import Line

_BULLET = re.compile(r"^[\s·•●■◆▪►▶>»※★☆◇□○\-–—|*]+(?=\S)")
# PowerEasy, DedeCMS and EmpireCMS: title="文章标题：…&#13;作者：…"
_IN_TITLE = re.compile(r"(?:文章|新闻|信息)?标\s*题\s*[:：]\s*([^\r\n]+)")
_MORE_LINES = re.compile(
    r"[\r\n]+\s*(?=(?:发布|更新|录入|时\s*间|日\s*期|作\s*者|来\s*源|点击|浏览|人气))"
)
_BUTTON = re.compile(
    r"^[\[【(（<]*(?:详情|详细|查看(?:全文|详情|更多)?|全文|阅读全文|更多|more|点击查看|下载|回复|评论|跟帖|进入|"
    r"首页|尾页|末页|上一?页|下一?页|\d+)[\]】)）>…\.]*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt"})
_NAMED = re.compile(r"tit|\bbt\b|headline|subject", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST = 4
MOST_LINKS = 5_000  # no list page has more; what has is not read to its end


def is_button(text: str) -> bool:
    """「[详情]」, 「更多」, page numbers: words of a button, no title."""
    return bool(_BUTTON.match(text))


def words_of_links(lines: list[Line]) -> dict[_Element, list[tuple[Line, str]]]:
    """For each link the lines it stands in, with its words there (dates left out)."""
    pieces: dict[_Element, list[tuple[Line, list[str]]]] = {}
    for line in lines:
        for piece in line.pieces:
            if piece.link is None or (
                len(pieces) >= MOST_LINKS and piece.link not in pieces
            ):
                continue
            parts = pieces.setdefault(piece.link, [])
            if not parts or parts[-1][0] is not line:
                parts.append((line, []))
            if not is_date_only(piece.text):
                parts[-1][1].append(piece.text)
    return {
        link: [(line, clean_text("".join(texts))) for line, texts in parts]
        for link, parts in pieces.items()
    }


def row_title(link: _Element, words: list[tuple[Line, str]]) -> str:
    """The title attribute when it says more than the words; else the words."""
    shown = _BULLET.sub("", _shown([part for part in words if part[1]]))
    said = (link.get("title") or "").strip()
    inside = _IN_TITLE.search(said)
    said = clean_text(inside[1] if inside else _MORE_LINES.split(said, maxsplit=1)[0])
    if not said or is_button(said) or "://" in said:
        return shown
    if not shown or _says_all(said, shown):
        return said
    return shown


def _says_all(said: str, shown: str) -> bool:
    """Whether the attribute is the shown title, only longer."""
    words = squeeze(_CUT.sub("", shown))
    return len(words) > 1 and words in squeeze(said)


def _shown(texts: list[tuple[Line, str]]) -> str:
    """The words of the link; of a whole card in a link, the title's line."""
    if len(texts) <= 1:
        return texts[0][1] if texts else ""
    for line, words in texts:
        if len(words) >= _SHORTEST and _is_heading(line):
            return words
    worded = (w for _, w in texts if len(_HAN.findall(w)) >= _SHORTEST)
    long = (w for _, w in texts if len(w) >= _SHORTEST and not w.isdecimal())
    return next(worded, "") or next(long, "") or texts[0][1]


def _is_heading(line: Line) -> bool:
    names = (
        f"{line.block.get('class') or ''} {line.pieces[0].element.get('class') or ''}"
    )
    return line.block.tag in _HEADING or bool(_NAMED.search(names))
