"""One entry of a unit's folder, read: a story, a case for a person, or a sentence."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from newsroom.submission import Door, Submission
from newsroom.taxonomy import Unit
from newsroom.text import clean_text
from submissions.drafts import Draft, decode_text, read_captions, read_draft
from submissions.found import FoundSubmission, Outcome, Scan, UnreadFolder, is_meant
from submissions.limits import (
    MAX_FILES,
    MAX_FOLDER_BYTES,
    MAX_TEXT_BYTES,
    MEGABYTE,
)
from submissions.photos import PhotoReading, read_photos

CAPTIONS = "说明.txt"
SETTLED = timedelta(seconds=15)

TEXTS = frozenset({".txt", ".text", ".md"})
OLD_DOCUMENTS = frozenset({".doc", ".wps", ".rtf"})
DOCUMENTS = frozenset({".docx", ".pdf"}) | OLD_DOCUMENTS
PICTURES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".gif"}
    | {".bmp", ".tif", ".tiff"}
)
_OLD_DOCUMENT = (
    "您发的是老格式文件，我们已收到，编辑会手工处理。"
    "下次可以把文字直接复制到文本文件（.txt）里。"
)
_DOCUMENT = (
    "您发的文件我们已收到，编辑会手工处理。下次可以把文字直接复制到文本文件（.txt）里。"
)


def read_entry(entry: Path, unit: Unit, scan: Scan) -> Outcome:
    """What a unit's folder (or text file) for a story holds; a sentence if it waits."""
    try:
        return _read_entry(entry, unit, scan)
    except OSError as error:
        return (
            f"{where(entry)} 读不了（{error.strerror or error}）："
            "请检查权限和磁盘空间，关掉正在打开它的程序，下次自动再收"
        )


def _read_entry(entry: Path, unit: Unit, scan: Scan) -> Outcome:
    here = where(entry)
    if entry.is_symlink():
        return f"{here} 是快捷方式（链接），没有收：请把文件本身放进来"
    if entry.is_file() and entry.suffix.lower() not in TEXTS | DOCUMENTS:
        return f"{here} 旁边没有文字稿，没有收：请给每篇稿件建一个文件夹"
    files = _files_of(entry)
    if not files:
        return f"{here} 是空文件夹"
    if any(_is_young(file, scan.now) for file in files):
        return f"{here} 还在复制（刚刚有改动），下次再收"
    why = _too_much(files) or _no_text(files)
    if why:
        return UnreadFolder(entry, why)
    return _read_story(entry, files, unit, scan)


def _files_of(entry: Path) -> list[Path]:
    """The files of an entry, those in its folders too; links are not followed."""
    if entry.is_file():
        return [entry]
    return sorted(
        path
        for folder, _, names in os.walk(entry)
        for path in (Path(folder) / name for name in names)
        if is_meant(path) and path.is_file() and not path.is_symlink()
    )


def _is_young(file: Path, now: datetime) -> bool:
    # A time after now is another clock's (``--as-of``, a USB stick): not young.
    age = now.timestamp() - file.stat().st_mtime
    return 0 <= age < SETTLED.total_seconds()


def _too_much(files: Sequence[Path]) -> str:
    if len(files) > MAX_FILES:
        return f"有 {len(files)} 个文件，太多了（最多 {MAX_FILES} 个）"
    if sum(file.stat().st_size for file in files) > MAX_FOLDER_BYTES:
        return f"文件加起来超过 {MAX_FOLDER_BYTES // MEGABYTE} MB，太大了"
    return ""


def _no_text(files: Sequence[Path]) -> str:
    """Why there is no text to read, empty when there is one."""
    if _texts(files):
        return ""
    endings = {file.suffix.lower() for file in files}
    if endings & OLD_DOCUMENTS:
        return _OLD_DOCUMENT
    if endings & DOCUMENTS:
        return _DOCUMENT
    return "没有文字稿：请放一个文本文件（.txt），第一行写标题，下面写正文"


def _texts(files: Sequence[Path]) -> list[Path]:
    """The text files, the longest (the story) first."""
    texts = [f for f in files if f.suffix.lower() in TEXTS and f.name != CAPTIONS]
    return sorted(texts, key=lambda file: (-file.stat().st_size, file.name))


def _read_story(entry: Path, files: list[Path], unit: Unit, scan: Scan) -> Outcome:
    text_file = _texts(files)[0]
    if text_file.stat().st_size > MAX_TEXT_BYTES:
        return UnreadFolder(
            entry, f"文字稿超过 {MAX_TEXT_BYTES // MEGABYTE} MB，太长了"
        )
    text = decode_text(text_file.read_bytes())
    if text is None:
        return UnreadFolder(entry, f"{clean_text(text_file.name)} 不是文本文件，打不开")
    draft = read_draft(text, now=scan.now)
    if not draft.body.blocks:
        return UnreadFolder(entry, "只有标题，没有正文")
    base = entry if entry.is_dir() else entry.parent
    key = _key_of(unit, base, files)
    photos = read_photos(
        [f for f in files if f.suffix.lower() in PICTURES],
        captions=_captions(files),
        credit=draft.photographer,
        keep_picture=scan.keep_picture,
    )
    submission = _submission(
        key,
        unit,
        draft,
        photos,
        title=draft.title or _title_of(entry),
        received_at=scan.now,
        original=scan.keep_original(key, base, files),
        could_not_read=(*_others(files, text_file), *photos.unread),
    )
    remarks = (*_untitled(draft), *draft.notes, *photos.remarks)
    return FoundSubmission(submission, entry, remarks)


def _submission(  # noqa: PLR0913 - what was read, part by part
    key: str,
    unit: Unit,
    draft: Draft,
    photos: PhotoReading,
    *,
    title: str,
    received_at: datetime,
    original: str,
    could_not_read: tuple[str, ...],
) -> Submission:
    return Submission(
        key=key,
        unit_id=unit.id,
        title=title,
        body=draft.body,
        door=Door.FOLDER,
        received_at=received_at,
        kind=draft.kind,
        event_day=draft.event_day,
        place=draft.place,
        author=draft.author,
        filled_by=draft.filled_by,
        reviewer=draft.reviewer,
        photos=photos.photos,
        public=draft.public,
        original=original,
        could_not_read=could_not_read,
    )


def _key_of(unit: Unit, base: Path, files: Sequence[Path]) -> str:
    """The hash of the unit and of all files with their names."""
    whole = hashlib.sha256(unit.id.encode())
    for file in files:
        name = file.relative_to(base).as_posix()
        with file.open("rb") as opened:
            inner = hashlib.file_digest(opened, "sha256")
        whole.update(name.encode("utf-8", "surrogateescape") + b"\0" + inner.digest())
    return whole.hexdigest()


def _captions(files: Sequence[Path]) -> dict[str, str]:
    captions: dict[str, str] = {}
    for file in files:
        if file.name == CAPTIONS and file.stat().st_size <= MAX_TEXT_BYTES:
            captions |= read_captions(decode_text(file.read_bytes()) or "")
    return captions


def _others(files: Sequence[Path], text_file: Path) -> tuple[str, ...]:
    """The files that are neither the text, nor its captions, nor pictures."""
    return tuple(
        f"{clean_text(file.name)[:100]}（{_why_not(file)}）"
        for file in files
        if file != text_file
        and file.name != CAPTIONS
        and file.suffix.lower() not in PICTURES
    )


def _why_not(file: Path) -> str:
    ending = file.suffix.lower()
    if ending in TEXTS:
        return "一个文件夹只收一篇文字稿，另一篇请放进另一个文件夹"
    if ending in DOCUMENTS:
        return "文档请编辑打开原件核对"
    return "只收文字稿和照片，名单、表格、压缩包和视频不收"


def _title_of(entry: Path) -> str:
    return clean_text(entry.name if entry.is_dir() else entry.stem)


def _untitled(draft: Draft) -> tuple[str, ...]:
    if draft.title:
        return ()
    return ("没有单独的标题行，暂用文件夹的名字作标题",)


def where(place: Path) -> str:
    """The place as people say it: the town's folder and the story's."""
    return clean_text(f"{place.parent.name}/{place.name}")
