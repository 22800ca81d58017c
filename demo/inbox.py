"""What the towns put into the inbox folder, morning by morning.

Each story is a folder ``<镇名>/<name>/`` with a text file and the pictures beside it,
as a correspondent would save it from a phone or a USB stick. A picture's file name is
its caption and begins with 示意图, because we drew it.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from demo.pictures import draw, draw_sideways
from demo.scenario import BEFORE_FIRST
from newsroom.article import CHINA

_TEXT_FILE = "稿件.txt"
_DRAWN_BY = "演示绘图"


@dataclass(frozen=True, slots=True)
class TownStory:
    """One story that a town hands in.

    ``refuse`` names why it cannot be taken as it stands, empty for a good one:
    ``empty_words``, ``no_facts``, ``minor_and_phone``, ``wrong_words``,
    ``chair_decides`` or ``placeholder``. ``pictures`` are (motive, caption).
    """

    key: str
    folder: str
    name: str
    handed_in: datetime
    title: str
    text: str
    day: date | None = None
    author: str = ""
    reviewer: str = ""
    kind: str = ""
    pictures: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"
    sideways: bool = False
    refuse: str = ""


ADVICE = {
    "empty_words": "全篇没有一件具体的事。请补充：哪天、在哪里、做了什么、多少职工受益",
    "no_facts": "请补充：哪天、在哪家企业、送了什么、送给多少人，职工怎么说",
    "minor_and_phone": "涉及未成年人和电话号码，请隐去姓名、学校和号码后再报",
    "wrong_words": "单位和地名有错字，领导姓名待核，请核对后再报",
    "chair_decides": "这件事由市总工会主席定，已直接送主席，稿件不会丢",
    "placeholder": "还有没填的空，请把单位名称、户数和金额补全后再报",
}
"""What the editor tells a town whose draft is not taken, by ``TownStory.refuse``."""


def editor_returns(title: str) -> str:
    """Why the demonstration's editor returns the draft of this title, empty if not.

    The checks stop some drafts by themselves; empty words need a person.
    """
    story = next((s for s in town_stories() if s.title == title), None)
    return ADVICE.get(story.refuse, "") if story else ""


def fill_inbox(inbox: Path, *, morning: datetime, before: datetime | None) -> int:
    """Lay what was handed in after ``before`` and by ``morning`` into ``inbox``.

    ``before`` is None for the first morning. Returns the number of stories laid.
    """
    since = before or BEFORE_FIRST
    stories = [s for s in town_stories() if since < s.handed_in <= morning]
    for story in stories:
        _lay(inbox / story.folder / story.name, story)
    return len(stories)


@cache
def town_stories() -> tuple[TownStory, ...]:
    """All stories of the towns, in the order in which they were handed in."""
    rows = _items("submissions_autumn.toml")
    return tuple(sorted(map(_story, rows), key=lambda story: story.handed_in))


def _items(name: str) -> list[dict[str, Any]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    items: list[dict[str, Any]] = tomllib.loads(text)["item"]
    return items


def _story(row: dict[str, Any]) -> TownStory:
    taken = _taken(*row["take"]) if "take" in row else row
    return TownStory(
        key=row["key"],
        folder=row["folder"],
        name=row["name"],
        handed_in=row["handed_in"].replace(tzinfo=CHINA),
        title=taken["title"],
        text=str(taken.get("body") or taken["lead"]).strip(),
        day=row.get("date"),
        author=row.get("author", ""),
        reviewer=row.get("reviewer", ""),
        kind=row.get("kind", taken.get("kind", "")),
        pictures=tuple(
            (motive, caption) for motive, caption in row.get("pictures", ())
        ),
        encoding=row.get("encoding", "utf-8"),
        sideways=row.get("exif", False),
        refuse=row.get("refuse", ""),
    )


def _taken(name: str, unit: str, day: str) -> dict[str, Any]:
    return next(i for i in _items(name) if i["unit"] == unit and i["date"] == day)


def _lay(folder: Path, story: TownStory) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for motive, caption in story.pictures:
        picture = draw_sideways(motive) if story.sideways else draw(motive)
        _write(folder / f"示意图：{caption}.jpg", picture, story.handed_in)
    text = "\n".join(_lines(story)) + "\n"
    _write(folder / _TEXT_FILE, text.encode(story.encoding), story.handed_in)


def _write(file: Path, data: bytes, at: datetime) -> None:
    """Write a file that was saved at ``at``: the inbox leaves fresh ones alone."""
    file.write_bytes(data)
    os.utime(file, (at.timestamp(), at.timestamp()))


def _lines(story: TownStory) -> list[str]:
    lines = [story.title]
    if story.day:
        lines.append(f"日期：{story.day.isoformat()}")
    if story.author:
        lines.append(f"作者：{story.author}")
    if story.reviewer:
        lines.append(f"审核：{story.reviewer}")
    if story.kind:
        lines.append(f"类别：{story.kind}")
    if story.pictures:
        lines.append(f"拍摄：{_DRAWN_BY}")
    return [*lines, "", story.text]
