"""A correspondent's text file: its title, its paragraphs, its labelled lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from newsroom.article import CHINA
from newsroom.body import Block, Body, Paragraph, Subhead, plain_runs, runs_text
from newsroom.dates import read_date
from newsroom.story import StoryKind
from newsroom.text import clean_text, join_name
from submissions.signatures import Signature, read_closing, read_signature

LABELS = (
    "标题",
    "日期",
    "地点",
    "作者",
    "审核",
    "代填",
    "拍摄",
    "类别",
    "公开",
    "单位",
    "主题",
    "正文",
)
# Longer than this a line is a sentence, not a title or a label's value.
LONGEST_TITLE = 60
_NAMES = "|".join(("活动时间", "活动地点", "时间", "题目", *LABELS))
_LABEL = re.compile(
    rf"(?:[【\[](?P<bracket>{_NAMES})[】\]]\s*[:：]?|(?P<plain>{_NAMES})\s*[:：])\s*(.*)"
)
_SAME = {"活动时间": "日期", "时间": "日期", "活动地点": "地点", "题目": "标题"}
_LEAST_TEXT = 30
_SIGNED_AMONG = 4
_SIGNED_BELOW = 3
_SIGNED = {
    "单位": "unit",
    "作者": "author",
    "审核": "reviewer",
    "拍摄": "photographer",
}
_NOT_PUBLIC = re.compile(r"否|不|只给领导|内部")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text file says.

    ``notes`` are Chinese sentences on what was not understood. ``title`` is empty
    when the first line is no title. ``unit_words`` and ``topic_words`` are as written.
    """

    title: str
    body: Body
    event_day: date | None = None
    place: str | None = None
    author: str | None = None
    reviewer: str | None = None
    filled_by: str | None = None
    photographer: str | None = None
    kind: StoryKind = StoryKind.NEWS
    public: bool = True
    unit_words: str = ""
    topic_words: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)


def decode_text(data: bytes) -> str | None:
    """The text of a file saved by any editor (UTF-8, GB18030, UTF-16 with its mark).

    None when the bytes are no text.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _decode(data, charset)
    if b"\0" in data or data.startswith(b"{\\rtf"):
        return None
    text = _decode(data, "utf-8")
    return text if text is not None else _decode(data, "gb18030")


def read_draft(text: str, *, now: datetime) -> Draft:
    """The draft in a text: first line the title, labelled lines wherever they stand.

    A line is one paragraph. ``now`` is the time against which dates are read.
    """
    lines = [Paragraph(plain_runs(line)) for line in _lines(text)]
    return draft_of(lines, title="", now=now, first_line_is_title=True)


def draft_of(
    blocks: Iterable[Block],
    *,
    title: str,
    now: datetime,
    first_line_is_title: bool = False,
) -> Draft:
    """The draft in blocks: labelled lines and the signature taken out of the text.

    Args:
        blocks: the text in reading order.
        title: the title where it is known already.
        now: the time against which dates are read.
        first_line_is_title: whether the first line may be the title.
    """
    labels, left = _split(blocks)
    title = labels.get("标题", "") or title
    if not title and first_line_is_title and left and _is_title(_line(left[0])):
        title = _line(left.pop(0))
    signed, left = _take_signatures(left, labels)
    event_day, wrong_day = _read_day(labels.get("日期", ""), now)
    kind, wrong_kind = _read_kind(labels.get("类别", ""))
    return Draft(
        title=title,
        body=Body(tuple(left)),
        event_day=event_day,
        place=labels.get("地点") or None,
        author=_name(labels, "作者") or signed.author or None,
        reviewer=_name(labels, "审核") or signed.reviewer or None,
        filled_by=_name(labels, "代填"),
        photographer=_name(labels, "拍摄") or signed.photographer or None,
        kind=kind,
        public=kind is not StoryKind.INTERNAL
        and not _NOT_PUBLIC.search(labels.get("公开", "")),
        unit_words=labels.get("单位", "") or signed.unit,
        topic_words=labels.get("主题", ""),
        notes=tuple(filter(None, (wrong_day, wrong_kind))),
    )


def read_captions(text: str) -> dict[str, str]:
    """The captions in a 说明.txt: file name (with or without ending) to words."""
    captions: dict[str, str] = {}
    for line in text.splitlines():
        name, mark, words = line.replace("：", ":").partition(":")
        if mark and clean_text(words):
            captions[clean_text(name).casefold()] = clean_text(
                line[len(name) + len(mark) :]
            )
    return captions


def _decode(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def _split(blocks: Iterable[Block]) -> tuple[dict[str, str], list[Block]]:
    """The labelled values (the first of each counts) and the other blocks."""
    labels: dict[str, str] = {}
    left: list[Block] = []
    for block in blocks:
        found = _LABEL.fullmatch(_line(block))
        label = (found["bracket"] or found["plain"]) if found else ""
        value = found[3] if found else ""
        if label == "时间" and any(len(_line(one)) >= _LEAST_TEXT for one in left):
            label = ""  # below the text it is the day of handing in
        label = _SAME.get(label, label)
        if label in _SIGNED and _take_signed(labels, _line(block)):
            continue
        if label == "正文":
            left.extend([Paragraph(plain_runs(value))] if value else [])
        elif label and label not in labels and len(value) <= LONGEST_TITLE:
            labels[label] = value
        else:
            left.append(block)
    return labels, left


def _take_signed(labels: dict[str, str], line: str) -> bool:
    """Note a line such as 单位：… 作者：…; False when it says nothing new."""
    signed = read_signature(line)
    if signed is None:
        return False
    said = {label: getattr(signed, name) for label, name in _SIGNED.items()}
    new = {key: value for key, value in said.items() if value and key not in labels}
    labels |= new
    return bool(new)


def _line(block: Block) -> str:
    """The words of a paragraph or subhead; of anything else none."""
    if isinstance(block, Subhead):
        return block.text
    return runs_text(block.runs) if isinstance(block, Paragraph) else ""


def _take_signatures(
    blocks: list[Block], labels: Mapping[str, str]
) -> tuple[Signature, list[Block]]:
    """Who signed above or below the text; what a label says already stays text."""
    signed = Signature()
    left = list(blocks)
    words = [n for n, block in enumerate(left) if _line(block)]
    for count in (3, 2):
        closing = (
            read_closing([_line(left[n]) for n in words[-count:]])
            if len(words) > count
            else None
        )
        if closing is not None:
            signed = closing
            for n in words[: -count - 1 : -1]:
                del left[n]
            words = words[:-count]
            break
    for index in sorted({*_first_short(left, words), *words[-_SIGNED_BELOW:]})[::-1]:
        found = read_signature(_line(left[index]))
        if found is not None and not (found.author and "作者" in labels):
            left.pop(index)
            signed = Signature(
                found.unit or signed.unit,
                found.author or signed.author,
                found.reviewer or signed.reviewer,
                found.photographer or signed.photographer,
            )
    return signed, left


def _first_short(blocks: list[Block], words: list[int]) -> list[int]:
    """The first lines, down to the first sentence: a subtitle may stand above names."""
    first: list[int] = []
    for n in words[:_SIGNED_AMONG]:
        first.append(n)
        if len(_line(blocks[n])) >= _LEAST_TEXT or _line(blocks[n]).endswith("。"):
            break
    return first


def _lines(text: str) -> Iterable[str]:
    return filter(None, map(clean_text, text.splitlines()))


def _is_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not line.endswith(("。", "；", "，"))


def _name(labels: dict[str, str], label: str) -> str | None:
    return join_name(labels.get(label, "")) or None


def _read_day(value: str, now: datetime) -> tuple[date | None, str]:
    if not value:
        return None, ""
    reading = read_date(value, now=now)
    if reading is not None:
        day = reading.value.astimezone(CHINA).date()
        if day <= now.astimezone(CHINA).date():
            return day, ""
    return None, f"日期「{value}」看不懂或还没有到，请写成 2026-07-18 这样"


def _read_kind(value: str) -> tuple[StoryKind, str]:
    if not value:
        return StoryKind.NEWS, ""
    for kind in StoryKind:
        if kind.value in value or value in kind.value:
            return kind, ""
    words = "、".join(kind.value for kind in StoryKind)
    return StoryKind.NEWS, f"类别「{value}」不认识（可以是{words}），先按动态处理"
