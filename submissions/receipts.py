"""Putting away what was read, with a receipt; setting aside what a person must read.

Nothing is deleted. Killed before the move, the next scan gives the same key and the
same number, and the folder is put away then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from newsroom.article import CHINA
from newsroom.submission import Submission
from newsroom.text import clean_text, squeeze
from submissions.found import (
    ASIDE,
    ASIDE_NOTE,
    RECEIPT,
    TAKEN,
    FoundSubmission,
    UnreadFolder,
)


def put_away(
    inbox: Path, found: FoundSubmission, kept: Submission, *, now: datetime
) -> str | None:
    """Move what the store has taken to 已收/day/town/name, with its 回执.txt.

    Args:
        inbox: the inbox it was found in.
        found: as the scan gave it.
        kept: as the store numbered it.
        now: the time for the receipt and the day's folder.

    Returns:
        A sentence for the report when it could not be moved; it is then read again
        next time and keeps its number. None when all went well.
    """
    town = found.place.parent.name
    target = inbox / TAKEN / _day(now) / town
    words = _receipt(found, kept, clean_text(town), now)
    return _move(found.place, target, RECEIPT, words)


def set_aside(inbox: Path, unread: UnreadFolder, *, now: datetime) -> str | None:
    """Move what only a person can read to 需人工/day/town/name, with a note.

    Returns:
        A sentence for the report when it could not be moved, else None.
    """
    town = unread.place.parent.name
    words = (
        f"{clean_text(unread.place.name)}",
        f"时间：{_moment(now)}",
        f"没有自动收取：{unread.why}",
        f"处理好以后，把文件夹放回投稿文件夹的「{clean_text(town)}」里，就会自动收取。",
    )
    return _move(unread.place, inbox / ASIDE / _day(now) / town, ASIDE_NOTE, words)


def _receipt(
    found: FoundSubmission, kept: Submission, town: str, now: datetime
) -> tuple[str, ...]:
    read = found.submission
    count = len(squeeze(read.body.text))
    photos = "、".join(photo.original_name for photo in read.photos)
    again = (f"这份稿件{_moment(kept.received_at)}已经收过，编号不变。",)
    return (
        f"已收到：{town}《{kept.title}》，编号 {kept.number}。",
        f"时间：{_moment(now)}",
        *(again if kept.received_at < read.received_at else ()),
        f"正文：{len(read.body.blocks)} 段，{count} 字",
        f"照片：{len(read.photos)} 张{f'（{photos}）' if photos else ''}",
        *(f"没有读出：{name}" for name in read.could_not_read),
        *(f"请注意：{remark}" for remark in found.remarks),
    )


def _move(place: Path, folder: Path, note: str, words: Iterable[str]) -> str | None:
    # Written for Windows' editor: the office and the towns open it there.
    text = "\r\n".join((*words, "")).encode("utf-8-sig")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            (place / note).write_bytes(text)
            place.rename(_free(folder / place.name))
        else:
            target = _free(folder / place.stem)
            target.mkdir()
            place.rename(target / place.name)
            (target / note).write_bytes(text)
    except OSError as error:
        return (
            f"{clean_text(place.name)} 已读，但移不走（{error.strerror or error}）："
            "请关掉正在打开它的程序，下次自动再移"
        )
    return None


def _free(target: Path) -> Path:
    free, number = target, 2
    while free.exists():
        free = target.with_name(f"{target.name}-{number}")
        number += 1
    return free


def _day(now: datetime) -> str:
    return now.astimezone(CHINA).date().isoformat()


def _moment(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
