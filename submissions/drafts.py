"""A correspondent's text file: its title, its paragraphs, its labelled lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from newsroom.article import CHINA
from newsroom.body import Body, Paragraph, plain_runs
from newsroom.dates import read_date
from newsroom.story import StoryKind
from newsroom.text import clean_text, join_name

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
_LABEL = re.compile(rf"[【\[]?({'|'.join(LABELS)})[】\]]?\s*[:：]\s*(.*)")
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
    when the first line is no title.
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
    labels, lines = _split(text)
    title = labels.get("标题", "")
    if not title and lines and _is_title(lines[0]):
        title = lines.pop(0)
    event_day, wrong_day = _read_day(labels.get("日期", ""), now)
    kind, wrong_kind = _read_kind(labels.get("类别", ""))
    return Draft(
        title=title,
        body=Body(tuple(Paragraph(plain_runs(line)) for line in lines)),
        event_day=event_day,
        place=labels.get("地点") or None,
        author=_name(labels, "作者"),
        reviewer=_name(labels, "审核"),
        filled_by=_name(labels, "代填"),
        photographer=_name(labels, "拍摄"),
        kind=kind,
        public=kind is not StoryKind.INTERNAL
        and not _NOT_PUBLIC.search(labels.get("公开", "")),
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


def _split(text: str) -> tuple[dict[str, str], list[str]]:
    """The labelled values (the first of each counts) and the other lines."""
    labels: dict[str, str] = {}
    lines: list[str] = []
    for line in _lines(text):
        found = _LABEL.fullmatch(line)
        label, value = found.groups() if found else ("", line)
        if label == "正文":
            lines.extend(filter(None, [value]))
        elif label and label not in labels and len(value) <= LONGEST_TITLE:
            labels[label] = value
        else:
            lines.append(line)
    return labels, lines


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
