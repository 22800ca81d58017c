"""Who says it: the source line, the journalists and contributors, the editors.

Labels come first (来源：, 作者：, 责任编辑：), then the habits of the text itself: 某报记者
某某 at its head, （记者 某某） in its lead, （某某） or 文/图 某某 at its end. Meta ``author``
is usually the editor, a department or a login name: it is never believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.article import Witness
from newsroom.text import clean_text, join_name, squeeze
from page_reading.families import WECHAT_ACCOUNT, WECHAT_AUTHOR
from page_reading.infoline import (
    AUTHOR_LABEL,
    DATE_LABEL,
    EDITOR_LABEL,
    SOURCE_LABEL,
    is_info_line,
)
from page_reading.names import cut_names, is_person

if TYPE_CHECKING:
    from page_reading.document import Document
    from page_reading.flow import Line, Piece
    from page_reading.published import Span

_NEXT_LABEL = re.compile(
    r"\s*(?:[|｜丨]|【|\[|字\s*(?:号|体)|浏览|点击|阅读|访问|责\s?任?\s?编|编\s{0,4}辑|作\s{0,4}者|记\s{0,4}者|发布(?:日期|时间|人|者)|发表|"
    r"更新|时\s{0,4}间|日\s{0,4}期|上传|录入|审核|分享|打印|收藏|评论|查看|浏览|人气|次数|我要|参与|供稿|撰稿|通讯员|摄影|(?:19|20)\d\d\s*[-年/.]|\d\d:\d\d|$)"
)
_NOBODY = re.compile(
    r"^(?:未知|本站|佚名|网络|互联网|无|暂无|不详|admin|administrator|管理员|系统管理员|null|undefined|其他|其它|原创|转载|-+|/+)?$",
    re.IGNORECASE,
)
_SOURCE_NAME = re.compile(
    r"source|from|laiyuan|origin|media|js_name|(?:^|[-_ ])ly(?:$|[-_ \d])",
    re.IGNORECASE,
)
_OUTLET = re.compile(
    r"(?:网|报|社|刊|电视台|广播|频道|日报|晚报|时报|商报|杂志|客户端|新闻|周刊|传媒|融媒体中心|公众号|发布|在线|局|委|厅|办|中心|总工会|工会|政府|部|院|站)$"
)
_SITE_DOMAIN = re.compile(r"\s*(?:https?://|www\.)\S*|\s*[（(][^）)]*[)）]\s*$")
_LONGEST_SOURCE = 40
_NEAR_TAIL = 20


@dataclass(frozen=True, slots=True)
class Credits:
    """Source line, byline and editors, each with its witnesses."""

    source: str | None
    byline: str | None
    editors: str | None
    witnesses: dict[str, tuple[Witness, ...]]


def find_credits(
    document: Document, lines: list[Line], body: list[Line], span: Span
) -> Credits:
    """The people and the outlet behind an article."""
    around = _around(lines, span)
    sources = _sources(document, around)
    people = [
        *_declared_authors(document),
        *_labelled_authors(around),
        *_people_in_text(body),
    ]
    editors = _editors([*around, *body])
    return Credits(
        sources[0].value if sources else None,
        people[0].value if people else None,
        editors[0].value if editors else None,
        {
            "source_line": tuple(sources),
            "byline": tuple(people),
            "editors": tuple(editors),
        },
    )


def _around(lines: list[Line], span: Span) -> list[Line]:
    """The lines between headline and text, then those just after the text."""
    first = span.first if span.first >= 0 else min(len(lines), span.headline + 40)
    head = lines[max(0, span.headline - 3) : first]
    tail = lines[span.last + 1 : span.last + 1 + _NEAR_TAIL] if span.last >= 0 else []
    inside = [
        line
        for line in lines[first : span.last + 1]
        if is_info_line(line.text) and SOURCE_LABEL.search(line.text)
    ]
    return [*head, *inside[:2], *inside[-2:], *tail]


def _sources(document: Document, around: list[Line]) -> list[Witness]:
    found = []
    account = document.body.find(f".//*[@id='{WECHAT_ACCOUNT}']")
    if account is not None:
        name = clean_text("".join(map(str, account.itertext())))
        found.append(Witness(name, "微信公众号名", 0.95))
    for line in around:
        value = _labelled_source(line, around)
        if value:
            found.append(Witness(value, "来源标签", 0.95))
    declared = document.meta(
        "contentsource", "source", "article:source", "og:source", "mediaid"
    )
    if declared and not _NOBODY.match(declared) and "http" not in declared and len(declared) <= _LONGEST_SOURCE:  # fmt: skip
        found = [_completed(witness, declared) for witness in found]
        found.append(Witness(clean_text(declared), "meta ContentSource", 0.7))
    if not found and not _has_empty_label(around):
        found.extend(_unlabelled_source(around))
    return found


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
    text = line.text
    if len(text) > 200:  # noqa: PLR2004 - prose may speak of sources too
        return None
    match = SOURCE_LABEL.search(text)
    if not match or (match.start() > 0 and not is_info_line(text)):
        return None
    linked = _link_after(line, match.end())
    value = linked or _unlinked_after(line, match.end())
    cut = _NEXT_LABEL.search(value)
    value = value[: cut.start()] if cut else value
    value = _tidy_source(value)
    if not value and match.end() >= len(text.rstrip()):
        value = _next_cell(line, around)
    return value or None


def _link_after(line: Line, position: int) -> str | None:
    """The link that stands right behind the label is the source, whole."""
    seen = ""
    for piece in line.pieces:
        before = len(clean_text(seen))
        seen += piece.text
        if piece.link is not None and position - 1 <= before <= position + 1:
            return clean_text(piece.text) or None
    return None


def _unlinked_after(line: Line, position: int) -> str:
    """The words behind the label, up to the first link: that names something else."""
    seen = ""
    for piece in line.pieces:
        before = len(clean_text(seen))
        if piece.link is not None and before > position + 1:
            return clean_text(seen)[position:]
        seen += piece.text
    return line.text[position:]


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
    if "（" in value and "）" not in value:
        value = value.split("（")[0]
    value = value.strip(" :：|-—,，;；【】[]")
    if _NOBODY.match(value) and value != "本站" or len(value) > _LONGEST_SOURCE:
        return ""
    return value


def _unlabelled_source(around: list[Line]) -> list[Witness]:
    """A source without a label: right beside the date, by its name or the markup's."""
    for line in around:
        if len(line.text) > _INFO or not is_info_line(line.text):
            continue
        pieces = [piece for piece in line.pieces if piece.text.strip()]
        dated = next((n for n, p in enumerate(pieces) if _DATED.search(p.text)), None)
        if dated is None:
            continue
        for piece in (*pieces[dated + 1 : dated + 2], *pieces[:dated][::-1][:1]):
            text = clean_text(piece.text).strip(" |·-")
            if _is_outlet(text, piece):
                return [Witness(text, "信息行中的媒体名", 0.6)]
    return []


_INFO = 80
_DATED = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}")
_MEDIA = re.compile(
    r"(?:日报|晚报|晨报|时报|商报|都市报|周报|电视台|广播电台|新闻社|新华社|新华网|人民网|中新网|中工网|光明网|新闻网|在线|周刊|杂志|客户端|融媒体中心|公众号|中文站|[\u4e00-\u9fff](?:报|网|社|台|刊))$"
)
_OWN_SITE = re.compile(r"政府|门户|本站|首页|官网")


def _is_outlet(text: str, piece: Piece) -> bool:
    if not 1 < len(text) <= _NAME or _NOBODY.match(text) or re.search(r"\d{3}|[:：]", text):  # fmt: skip
        return False
    names = f"{piece.element.get('class') or ''} {piece.element.get('id') or ''}"
    if _SOURCE_NAME.search(names):
        return True
    if _OWN_SITE.search(text):
        return False
    return bool(
        _MEDIA.search(text) or (piece.link is not None and _OUTLET.search(text))
    )


_NAME = 20


def _declared_authors(document: Document) -> list[Witness]:
    """WeChat shows the author in an element of its own."""
    element = document.body.find(f".//*[@id='{WECHAT_AUTHOR}']")
    if element is None:
        return []
    name = clean_text("".join(map(str, element.itertext())))
    return [Witness(name, "微信作者", 0.9)] if name else []


def _labelled_authors(around: list[Line]) -> list[Witness]:
    found = []
    for line in around:
        text = line.text
        match = AUTHOR_LABEL.search(text) if len(text) <= 160 else None  # noqa: PLR2004 - an info line
        if not match:
            continue
        value = text[match.end() :]
        cut = _NEXT_LABEL.search(value)
        value = clean_text(value[: cut.start()] if cut else value).strip(
            " :：,，;；】）)"
        )
        if value and not _NOBODY.match(value) and len(value) <= 30:  # noqa: PLR2004 - names
            found.append(Witness(_names(value), "作者标签", 0.9))
    return found


def _names(value: str) -> str:
    parts = re.split(r"[、，,;；/\s]+", value)
    if any(len(part) == 1 for part in parts):
        return join_name(value)
    return "、".join(part for part in parts if part)


_ROLE = r"(?:见习|实习|特约|本报|本网|本刊|本站|首席|全媒体|职工)?(?:记者|通讯员|特约撰稿人|撰稿人|作者|撰文)"
_HEAD_BYLINE = re.compile(
    rf"^[（(【\[]?\s*(?:[\u4e00-\u9fffA-Za-z《》·]{{0,16}}?)(?:{_ROLE})(?:\s*[:：]|\s+|/|(?=[\u4e00-\u9fff]{{2,4}}$))\s*(?P<names>.+?)\s*[）)】\]]?$"
)
_IN_BRACKETS = re.compile(
    rf"[（(【\[][^（()）【】\[\]]{{0,20}}?{_ROLE}\s*[:：/]?\s*(?P<names>[^（()）【】\[\]]{{2,40}})[）)】\]]"
)
_AT_END = re.compile(
    r"[（(【\[]\s*(?:(?:文/图|图/文|文图|图文|文|撰文|撰稿|作者|记者|通讯员|供稿|来稿)\s*[:：/]?\s*)?(?P<names>[\u4e00-\u9fff·、，,\s]{2,20}?)\s*(?:报道|供稿|文/图|图/文|文图|摄影报道|撰稿|/文)?\s*[）)】\]]\s*$"
)
_NAME_FIRST = re.compile(
    r"^\s*(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s]+[\u4e00-\u9fff]{2,4}){0,3})\s*(?:/文|文/图|图/文|/\s*撰文)(?:\s|$|[、，])"
)
_PLAIN_END = re.compile(
    r"^\s*(?:文/图|图/文|文图|图文|撰文|文/|撰稿|供稿|作者|通讯员)\s*[:：/]?\s*(?P<names>[\u4e00-\u9fff·、，,\s]{2,20})$"
)
_AUTHOR_IS = re.compile(
    r"[（(]\s*(?:本文)?作者\s*(?:为|是|系|[:：])\s*(?P<names>[^（()）]{2,60})[)）]"
)


def _people_in_text(body: list[Line]) -> list[Witness]:
    words = [line.text for line in body if line.image is None]
    found: list[Witness] = []
    for text in words[:8]:
        found += _person(
            _HEAD_BYLINE.match(text) if len(text) <= 40 else None, "文首署名", 0.85
        )  # noqa: PLR2004 - a line of names
    for text in words[:4]:
        found += _person(_IN_BRACKETS.search(text[:120]), "导语署名", 0.85)
    for text in words[-4:]:
        found += _person(_AUTHOR_IS.search(text[-80:]), "文末作者说明", 0.8)
        found += _person(_IN_BRACKETS.search(text[-60:]), "文末署名", 0.8)
    for text in words[-3:]:
        found += _person(_AT_END.search(text[-40:]), "文末署名", 0.7)
        found += _person(_NAME_FIRST.match(text) if len(text) <= 30 else None, "文末署名", 0.75)  # fmt: skip  # noqa: PLR2004 - a line of names
        found += _person(
            _PLAIN_END.match(text) if len(text) <= 30 else None, "文末署名", 0.75
        )  # noqa: PLR2004 - a line of names
    return found


def _person(match: re.Match[str] | None, rule: str, confidence: float) -> list[Witness]:
    if match is None:
        return []
    names = cut_names(match["names"])
    if not names or not all(is_person(name) for name in names):
        return []
    return [Witness("、".join(names), rule, confidence)]


def _editors(lines: list[Line]) -> list[Witness]:
    found = []
    for line in lines:
        text = line.text
        if len(text) > 160:  # noqa: PLR2004 - names only
            continue
        for match in EDITOR_LABEL.finditer(text):
            value = text[match.end() : match.end() + 24]
            cut = re.search(
                r"[】\])）\s]*(?:$|[|｜】\])）]|\s{2,}|[\u4e00-\u9fff]{2,4}\s?[:：])",
                value,
            )
            value = value[: cut.start()] if cut else value
            value = join_name(value.strip(" :：/（([【"))
            if value and squeeze(value) and not DATE_LABEL.search(value):
                found.append(Witness(value, "编辑标签", 0.9))
    return found
