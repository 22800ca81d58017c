"""Who wrote it: journalists and contributors, by label or by the newsrooms' habits.

某报记者 某某 at the head, （记者 某某） in the lead, （某某） or 文/图 某某 at the end. Meta
``author`` is usually the editor, a department or a login name: it is never believed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.article import Witness
from newsroom.text import clean_text, join_name
from page_reading.document import words_of
from page_reading.families import WECHAT_AUTHOR
from page_reading.infoline import (
    ACCOUNT_LINE,
    AUTHOR_LABEL,
    NEXT_LABEL,
    NOBODY,
    is_info_line,
    may_name_people,
    with_colons,
)
from page_reading.names import cut_names, is_person, without_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from page_reading.document import Document
    from page_reading.flow import Line


def find_authors(
    document: Document, around: list[Line], body: list[Line]
) -> list[Witness]:
    """Candidates for the byline, the surest first."""
    return [
        *_declared_authors(document),
        *_labelled_authors(around),
        *_account_authors(around),
        *_named_authors(around, body),
        *_bracketed_authors(around, body),
        *_bylines_above(around, body),
        *_people_in_text(body),
    ]


def _declared_authors(document: Document) -> list[Witness]:
    """WeChat shows the author in an element of its own."""
    if WECHAT_AUTHOR not in document.decoded.text:
        return []
    element = document.body.find(f".//*[@id='{WECHAT_AUTHOR}']")
    if element is None:
        return []
    name = clean_text(words_of(element))
    return [Witness(name, "微信作者", 0.9)] if name else []


def _labelled_authors(around: list[Line]) -> list[Witness]:
    """作者 may name an office too; 记者, 通讯员, 供稿 and the like must name persons."""
    found = []
    for line in around:
        if len(line.text) > _INFO:
            continue
        text = with_colons(line.text)
        told = [
            witness
            for match in _author_labels(text)
            for witness in _labelled(match, _value(text, match.end(), line, around))
        ]
        found += _together(told)
    return found


def _account_authors(around: list[Line]) -> list[Witness]:
    """「原创 周敏 枝江工会 2026年10月17日」: WeChat's author, copied by mirrors."""
    lines = (ACCOUNT_LINE.match(line.text) for line in around)
    named = (match["author"] for match in lines if match and match["author"])
    return [Witness(name, "微信作者", 0.8) for name in named if is_person(name)]


def _together(told: list[Witness]) -> list[Witness]:
    """「记者：甲 通讯员：乙」 in one line names both."""
    if len(told) < 2:  # noqa: PLR2004 - one needs no joining
        return told
    names = dict.fromkeys(name for one in told for name in one.value.split("、"))
    return [Witness("、".join(names), told[0].rule, told[0].confidence)]


def _labelled(match: re.Match[str], value: str) -> list[Witness]:
    if not value or NOBODY.match(value) or len(value) > _LONGEST:
        return []
    if match[0].startswith("作"):
        return [Witness(_names(value), "作者标签", 0.9)]
    return _person(_ALL.match(value), "作者标签", 0.85)


def _value(text: str, position: int, line: Line, around: list[Line]) -> str:
    """What the label says, up to the next one, or in the cell behind it."""
    value = _PHOTO.split(_POST.sub("、", text[position:]), maxsplit=1)[0]
    cut = NEXT_LABEL.search(value)
    value = clean_text(value[: cut.start()] if cut else value).strip(_EDGES)
    if value or position < len(text.rstrip()):
        return value
    following = next((one for one in around if one.index == line.index + 1), None)
    return following.text if following and is_person(following.text) else ""


# 「作者：某报记者 甲 通讯员 乙」: posts among the names, without colons of their own.
_POST = re.compile(
    r"[\u4e00-\u9fffA-Za-z·—\-]{0,16}?(?:记者|通讯员|实习生|撰稿人)\s*(?=[\u4e00-\u9fff]{2,4}(?:[\s、，,|｜/\d]|$))"
)
_PHOTO = re.compile(r"(?<=\S)[\s（(、，]*(?:图|摄影|摄)\s*[/／:：]")


def _author_labels(text: str) -> Iterator[re.Match[str]]:
    """The labels in an info line; one that fills a cell of its own needs no colon."""
    if may_name_people(text):
        yield from AUTHOR_LABEL.finditer(text)
    alone = _ALONE.match(text)
    if alone:
        yield alone


def _named_authors(around: list[Line], body: list[Line]) -> list[Witness]:
    """A person's name in a box that the markup calls the author's (人民网, CmsTop)."""
    first = body[0].index if body else 0
    return [
        witness
        for line in around
        if line.index < first and len(line.text) <= _INFO
        for piece in line.pieces
        if _AUTHOR_NAME.search(
            f"{piece.element.get('class')} {piece.element.get('id')}"
        )
        for witness in _person(_ALL.match(clean_text(piece.text)), "作者栏", 0.8)
    ]


def _bracketed_authors(around: list[Line], body: list[Line]) -> list[Witness]:
    """「来源：某融媒体中心（记者 某某）」 in the info line."""
    first = body[0].index if body else 0
    return [
        witness
        for line in around
        if line.index < first and len(line.text) <= _INFO and is_info_line(line.text)
        for witness in _person(_IN_BRACKETS.search(line.text), "信息行署名", 0.8)
    ]


_AUTHOR_NAME = re.compile(r"(?:^|[-_ ])(?:author|writer|byline|zuozhe)", re.IGNORECASE)
_ALONE = re.compile(r"^(?:作\s{0,4}者|记\s{0,4}者|撰稿人?)$")


def _bylines_above(around: list[Line], body: list[Line]) -> list[Witness]:
    """「某报记者 某某」 in a line of its own between headline and text."""
    first = body[0].index if body else 0
    return [
        witness
        for line in around
        if line.index < first and len(line.text) <= _INFO
        for text in _alone(line)
        for witness in _person(_HEAD_BYLINE.search(text), "标题下署名", 0.85)
    ]


def _alone(line: Line) -> Iterator[str]:
    """The words of a short line, then those of the boxes that stand side by side."""
    if len(line.text) <= _BYLINE:
        yield line.text
    if 1 < len(line.pieces) <= _MOST_BOXES:
        yield from (clean_text(one.text) for one in line.pieces if "者" in one.text)


_BYLINE = 40
_MOST_BOXES = 12
_ALL = re.compile(r"(?P<names>.+)")
_EDGES = " :：,，;；、/／】）)"
_INFO = 160
_LONGEST = 30


_PARTS = re.compile(r"[、，,;；/\s]+")


def _names(value: str) -> str:
    parts = _PARTS.split(value)
    if any(len(part) == 1 for part in parts):
        return join_name(value)
    people = [without_post(part) for part in parts if part]
    if any(map(is_person, people)):  # the office before the name is not the author
        parts = [p for p in parts if p and not (len(p) > _NAME and _OFFICE.search(p))]
        people = [without_post(part) for part in parts]
    return "、".join(
        known if is_person(known) else part
        for known, part in zip(people, filter(None, parts), strict=True)
    )


_NAME = 4
_OFFICE = re.compile(r"(?:工会|委|局|办|中心|部|院|公司|镇|街道|学校|大学|站|社区)$")
_ROLE = r"(?:见习|实习|特约|本报|本网|本刊|本站|首席|全媒体|职工)?(?:记者|通讯员|特约撰稿人|撰稿人|作者|撰文)"
_HEAD_BYLINE = re.compile(
    rf"^[□■◎●○▲△◆★☆]?\s*[（(【\[]?\s*(?:[\u4e00-\u9fffA-Za-z《》·—\-]{{0,16}}?)(?:{_ROLE})(?:\s*[:：]|\s+|/|(?=[\u4e00-\u9fff]{{2,4}}$))\s*(?P<names>.+?)\s*[）)】\]]?$"
)
_IN_BRACKETS = re.compile(
    rf"[（(【\[][^（()）【】\[\]]{{0,20}}?{_ROLE}\s*[:：/]?\s*(?P<names>[^（()）【】\[\]]{{2,40}})[）)】\]]"
)
_AFTER_PLACE = re.compile(
    r"(?:电|讯|消息)\s*[（(]\s*(?P<names>[\u4e00-\u9fff·]{2,4}(?:[、，\s]+[\u4e00-\u9fff·]{2,4}){0,4})\s*[)）]"
)
_REPORTS = re.compile(
    r"(?:讯|电|消息)\s+[\u4e00-\u9fff]{0,8}记者\s*(?P<names>[\u4e00-\u9fff·]{2,4}(?:[、\s]+[\u4e00-\u9fff·]{2,4}){0,3}?)\s*报道"
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


# Where in the text (first lines, last lines), how much of the line, which habit.
_HABITS = (
    (slice(0, 8), slice(0, 41), _HEAD_BYLINE, "文首署名", 0.85),
    (slice(0, 4), slice(0, 120), _IN_BRACKETS, "导语署名", 0.85),
    (slice(0, 3), slice(0, 60), _AFTER_PLACE, "导语署名", 0.75),
    (slice(0, 3), slice(0, 40), _REPORTS, "导语署名", 0.75),
    (slice(-4, None), slice(-80, None), _AUTHOR_IS, "文末作者说明", 0.8),
    (slice(-4, None), slice(-60, None), _IN_BRACKETS, "文末署名", 0.8),
    (slice(-3, None), slice(-40, None), _AT_END, "文末署名", 0.7),
    (slice(-3, None), slice(0, 31), _NAME_FIRST, "文末署名", 0.75),
    (slice(-3, None), slice(0, 31), _PLAIN_END, "文末署名", 0.75),
)


def _people_in_text(body: list[Line]) -> list[Witness]:
    words = [line.text for line in body if line.image is None]
    return [
        witness
        for lines, part, habit, rule, confidence in _HABITS
        for text in words[lines]
        for witness in _person(habit.search(text[part]), rule, confidence)
    ]


# 「甲/文 乙/图」: who wrote stays, who took the pictures goes.
_OF_PICTURES = re.compile(
    r"[\u4e00-\u9fff·]{2,4}\s*[/／]\s*(?:图片?|摄影?|摄像)(?![\u4e00-\u9fff])"
)
_BOTH = re.compile(r"\s+(?:文\s*[/／]?\s*图|图\s*[/／]?\s*文|摄影报道)\s*$")
_OF_WORDS = re.compile(r"[/／]\s*文(?![\u4e00-\u9fff/／])")


def _person(match: re.Match[str] | None, rule: str, confidence: float) -> list[Witness]:
    if match is None:
        return []
    told = _BOTH.sub("", _OF_PICTURES.sub("", match["names"]))
    names = cut_names(_OF_WORDS.sub(" ", told))
    if not names or not all(is_person(name) for name in names):
        return []
    return [Witness("、".join(names), rule, confidence)]
