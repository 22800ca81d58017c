"""The source line 来源: as labelled, as the page declares it, or beside the date."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from newsroom.article import Witness
from newsroom.text import clean_text
from page_reading.document import words_of
from page_reading.families import WECHAT_ACCOUNT
from page_reading.furniture import is_neighbour, is_tool
from page_reading.infoline import (
    ACCOUNT_LINE,
    NEXT_LABEL,
    NOBODY,
    SOURCE_LABEL,
    is_info_line,
    with_colons,
)

if TYPE_CHECKING:
    from page_reading.document import Document
    from page_reading.flow import Line, Piece
    from page_reading.published import Span

_SOURCE_NAME = re.compile(
    r"source|from|laiyuan|origin|media|js_name|(?:^|[-_ ])ly(?:$|[-_ \d])",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"(?:网|报|社|刊|电视台|广播|频道|日报|晚报|时报|商报|杂志|客户端|新闻|周刊|传媒|融媒体中心|公众号|发布|在线|局|委|厅|办|中心|总工会|工会|政府|部|院|站|办公室|科|处|司|集团|公司|协会|联合会|学校|大学|镇|街道|乡|县|市|区)$"
)
_SITE_DOMAIN = re.compile(r"\s*(?:https?://|www\.)\S*")
_LONGEST_SOURCE = 40
_MOST_PIECES = 200


def find_sources(
    document: Document, around: list[Line], body: list[Line], span: Span
) -> list[Witness]:
    """Candidates for the source line, the chosen one first."""
    found = []
    named = f'"{WECHAT_ACCOUNT}"', f"'{WECHAT_ACCOUNT}'", f"={WECHAT_ACCOUNT}"
    known = any(mark in document.decoded.text for mark in named)
    account = document.body.find(f".//*[@id='{WECHAT_ACCOUNT}']") if known else None
    if account is not None:
        name = clean_text(words_of(account))
        found.append(Witness(name, "微信公众号名", 0.95))
    for line in around:
        value = _labelled_source(line, around)
        if value:
            found.append(Witness(value, "来源标签", 0.95))
    declared = document.meta(
        "contentsource", "source", "article:source", "og:source", "mediaid"
    )
    if declared and not NOBODY.match(declared) and "http" not in declared and len(declared) <= _LONGEST_SOURCE:  # fmt: skip
        found = [_completed(witness, declared) for witness in found]
        found.append(Witness(clean_text(declared), "meta ContentSource", 0.7))
    if not found and not _has_empty_label(around):
        found.extend(_unlabelled_source(around, span) or _source_at_end(body))
    return found


_AT_END = re.compile(
    r"[（(【\[]\s*(?:(?:稿件|文章|本文)?来源|转自|稿源)\s*[:：]\s*(?P<name>[^（()）]{2,30}?)\s*[）)】\]]$"
)


def _source_at_end(body: list[Line]) -> list[Witness]:
    """（来源：某报） at the end of the last paragraph."""
    words = [line.text for line in body if line.image is None]
    for text in words[-2:]:
        match = _AT_END.search(text)
        if match:
            return [Witness(_tidy_source(match["name"]), "文末来源", 0.8)]
    return []


def _has_empty_label(around: list[Line]) -> bool:
    """A label with nothing behind it says that no source is given."""
    return any(
        SOURCE_LABEL.search(line.text) and is_info_line(line.text) for line in around
    )


def _completed(witness: Witness, declared: str) -> Witness:
    """A source cut at a blank, whole again when the declared one goes on."""
    if declared.startswith(witness.value) and len(declared) > len(witness.value):
        return Witness(declared, witness.rule, witness.confidence)
    return witness


def _labelled_source(line: Line, around: list[Line]) -> str | None:
    text = with_colons(line.text)
    if len(text) > 200:  # noqa: PLR2004 - prose may speak of sources too
        return None
    if _ALONE.match(text):
        return _next_cell(line, around) or None
    match = SOURCE_LABEL.search(text)
    if not match or (match.start() > 0 and not is_info_line(text)):
        return None
    linked = _link_after(line, match.end())
    value = linked or _unlinked_after(line, match.end())
    cut = NEXT_LABEL.search(value)
    value = value[: cut.start()] if cut else value
    value = _tidy_source(value)
    if not value and match.end() >= len(text.rstrip()):
        value = _next_cell(line, around)
    return value or None


_ALONE = re.compile(
    r"^(?:(?:信息|稿件|文章|新闻)?\s*来\s{0,4}源|发\s?布\s?(?:机\s?构|单\s?位|部\s?门))$"
)


def is_cell_of_source(text: str) -> bool:
    """Whether a cell holds nothing but the label: its value stands in the next one."""
    return bool(_ALONE.match(text))


def _link_after(line: Line, position: int) -> str | None:
    """The link that stands right behind the label is the source, whole."""
    seen = ""
    for piece in line.pieces[:_MOST_PIECES]:
        before = len(clean_text(seen))
        seen += piece.text
        if piece.link is not None and position - 1 <= before <= position + 1:
            return clean_text(piece.text) or None
    return None


def _unlinked_after(line: Line, position: int) -> str:
    """The words behind the label, up to the first link: that names something else."""
    seen = ""
    for piece in line.pieces[:_MOST_PIECES]:
        before = len(clean_text(seen))
        if piece.link is not None and before > position + 1:
            return clean_text(seen)[position:]
        seen += piece.text
    return with_colons(line.text)[position:]


def _next_cell(line: Line, around: list[Line]) -> str:
    """The label stood in a cell of its own: the next line is its value."""
    following = next((other for other in around if other.index == line.index + 1), None)
    if following is None or is_info_line(following.text) or len(following.text) > 24:  # noqa: PLR2004 - a name
        return ""
    value = _tidy_source(following.text)
    return value if _OUTLET.search(value) else ""


def _tidy_source(value: str) -> str:
    value = _SITE_DOMAIN.sub("", clean_text(value).strip(" :：|-—,，;；·"))
    first, _, rest = value.partition(" ")
    if rest and _OUTLET.search(first):
        value = first
    if _OPEN.search(value) and not _CLOSED.search(value):
        value = _OPEN.split(value)[0]
    value = value.strip(" :：|-—,，;；【】[]")
    if len(value) > _LONGEST_SOURCE or (NOBODY.match(value) and value != "本站"):
        return ""
    return value


_OPEN, _CLOSED = re.compile(r"[（(]"), re.compile(r"[）)]")


def _unlabelled_source(around: list[Line], span: Span) -> list[Witness]:
    """A source without a label: right beside the date, by its name or the markup's."""
    for line in around:
        if len(line.text) > _INFO or is_neighbour(line.text):
            continue
        if not (is_info_line(line.text) or is_info_line(line.parted)):
            continue
        pieces = [piece for piece in line.pieces if piece.text.strip(_BLANK)]
        dated = next((n for n, p in enumerate(pieces) if _DATED.search(p.text)), None)
        if dated is None:
            continue
        for piece in (*pieces[dated + 1 : dated + 2], *pieces[:dated][::-1][:1]):
            text = clean_text(piece.text).strip(" |·-")
            if _is_outlet(
                text, piece, may_be_story=not span.headline <= line.index <= span.last
            ):
                return [Witness(text, "信息行中的媒体名", 0.6)]
        medium = _medium_beside(pieces[dated].text) or _account_before(line.text)
        if medium:
            return [Witness(medium, "信息行中的媒体名", 0.6)]
    return _medium_above(around, span)


def _account_before(text: str) -> str | None:
    """「原创 周敏 枝江工会 2026年10月17日 09:26 湖北」: WeChat's line, copied as text."""
    match = ACCOUNT_LINE.match(text)
    return match["account"] if match else None


def _medium_above(around: list[Line], span: Span) -> list[Witness]:
    """A medium's name in a line of its own, just above or below the day (客户端)."""
    head = [
        line
        for line in around
        if line.image is None and span.headline < line.index < span.first
    ]
    for line, other in (*pairwise(head), *((b, a) for a, b in pairwise(head))):
        dated = _DATED.search(other.text) and len(other.text) <= _NAME + 4
        if dated and _is_name(line.text) and not is_tool(line.text):
            return [Witness(line.text, "信息行旁的媒体名", 0.5)]
    return []


def _is_name(text: str) -> bool:
    if not _SHORTEST_NAME <= len(text) <= _NAME or _NO_NAME.search(text):
        return False
    return bool(_MEDIA.search(text)) and not _OWN_SITE.search(text)


def _medium_beside(text: str) -> str | None:
    """「2026-09-21 08:05　某某日报」: date and medium, and nothing else, in one box.

    Between bars (「2026-09-21 | 某某总工会 | 浏览 33」) the part that names an organ.
    """
    rest = clean_text(_WHOLE_DATE.sub(" ", text)).strip(_BLANK)
    counted = _COUNTS.search(rest)
    if counted and _ORGAN.search(rest[: counted.start()].strip(_BLANK)):
        return rest[: counted.start()].strip(_BLANK)
    parts = (part.strip() for part in _BARS.split(rest))
    named = [part for part in parts if _ORGAN.search(part)]
    if len(named) == 1 and _BARS.search(text):
        return named[0]
    if (
        not _SHORTEST_NAME <= len(rest) <= _NAME
        or _NO_NAME.search(rest)
        or _OWN_SITE.search(rest)
    ):
        return None
    return rest if _MEDIA.search(rest) and " " not in rest else None


# 「2026-09-21 08:05　区委宣传部　浏览：33　【字体：大 中 小】」
_COUNTS = re.compile(r"\s+(?=(?:浏览|点击|阅读|访问|查看|【?\s?字\s?[体号]|【))")
_BARS = re.compile(r"[|｜丨/／]")
_ORGAN = re.compile(
    r"^[\u4e00-\u9fff]{2,}(?:工会|融媒体?中心|日报社?|晚报|宣传部|组织部|办公室|委员会|局|街道办?)$"
)
_BLANK = " \t\r\n\u3000\u00a0|｜·•-—/"
_WHOLE_DATE = re.compile(
    r"(?:\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|\d{1,2}-\d{2}(?=\s?\d{2}:))"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)


_INFO = 80
_DATED = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}|\d{1,2}(?:-\d{2}|月\d{1,2}日)\s?\d{1,2}:\d{2}|[〇零○一二三四五六七八九]{4}年|\d\s?(?:小时|分钟|天)前|^(?:昨天|前天|刚刚)"
)
_MEDIA = re.compile(
    r"(?:日报|晚报|晨报|时报|商报|都市报|周报|电视台|广播电台|新闻社|新华社|新华网|人民网|中新网|中工网|光明网|新闻网|在线|周刊|杂志|客户端|融媒体中心|融媒|公众号|中文站|发布|^云上[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff](?:报|网|社|台|刊))$"
)
_OWN_SITE = re.compile(r"政府|门户|本站|首页|官网")


def _is_outlet(text: str, piece: Piece, *, may_be_story: bool) -> bool:
    """Whether words beside a date are a source; a link far from the text is a story's."""
    if not 1 < len(text) <= _NAME or NOBODY.match(text) or _NO_NAME.search(text):
        return False
    names = f"{piece.element.get('class') or ''} {piece.element.get('id') or ''}"
    if _SOURCE_NAME.search(names):
        return True
    if _OWN_SITE.search(text) or is_tool(text):
        return False
    linked = piece.link is not None and not may_be_story
    return linked or bool(_MEDIA.search(text))


_SHORTEST_NAME, _NAME = 3, 20
_NO_NAME = re.compile(
    r"\d{3}|[:：]|只看|倒序|楼主|回复|评论|分享|打印|关注|收藏|订阅|纠错|字号|浏览|阅读|我要|点击|互动|下载|首页|更多"
)
