"""One entry of a unit's folder, read: a story, a case for a person, or a sentence."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from newsroom.submission import Door, Photo, Submission
from newsroom.taxonomy import Unit
from newsroom.text import clean_text, fold
from submissions.documents import DocumentReading, read_document
from submissions.drafts import Draft, decode_text, read_captions, read_draft
from submissions.file_kinds import NeedsPerson
from submissions.found import FoundSubmission, Outcome, Scan, UnreadFolder, is_meant
from submissions.limits import (
    MAX_FILES,
    MAX_FOLDER_BYTES,
    MAX_PHOTOS,
    MAX_TEXT_BYTES,
    MEGABYTE,
)
from submissions.photos import PhotoReading, read_photos
from submissions.zip_gate import DocumentRefused

CAPTIONS = "说明.txt"
SETTLED = timedelta(seconds=15)

TEXTS = frozenset({".txt", ".text", ".md"})
# In which order they are read where several lie together: best read first.
_ORDER = {
    **dict.fromkeys((".docx", ".docm"), 0),
    **dict.fromkeys((".doc", ".wps"), 1),
    **dict.fromkeys((".rtf", ".mht", ".mhtml"), 2),
    **dict.fromkeys((".pdf", ".odt", ".ofd"), 3),
}
DOCUMENTS = frozenset(_ORDER)
PICTURES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".gif"}
    | {".bmp", ".tif", ".tiff"}
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
    if _texts(files) or _documents(files):
        return ""
    return "没有文字稿：请放一个 Word 文件或文本文件（.txt），第一行写标题，下面写正文"


def _texts(files: Sequence[Path]) -> list[Path]:
    """The text files, the longest (the story) first."""
    texts = [f for f in files if f.suffix.lower() in TEXTS and f.name != CAPTIONS]
    return sorted(texts, key=lambda file: (-file.stat().st_size, file.name))


def _documents(files: Sequence[Path]) -> list[Path]:
    """The Word and PDF files, those that are read best first, then the largest."""
    documents = [file for file in files if file.suffix.lower() in DOCUMENTS]
    return sorted(
        documents,
        key=lambda f: (_ORDER[f.suffix.lower()], -f.stat().st_size, f.name),
    )


def _read_text(file: Path, scan: Scan) -> DocumentReading | str:
    """The draft in a text file or document; a sentence when a person must read it."""
    if file.suffix.lower() not in TEXTS:
        try:
            return read_document(file, now=scan.now, keep_picture=scan.keep_picture)
        except (DocumentRefused, NeedsPerson) as error:
            return f"{clean_text(file.name)[:100]}：{error}"
    if file.stat().st_size > MAX_TEXT_BYTES:
        return f"文字稿超过 {MAX_TEXT_BYTES // MEGABYTE} MB，太长了"
    text = decode_text(file.read_bytes())
    if text is None:
        return f"{clean_text(file.name)} 不是文本文件，打不开"
    draft = read_draft(text, now=scan.now)
    return DocumentReading(draft) if draft.body.blocks else "只有标题，没有正文"


def _read_story(entry: Path, files: list[Path], unit: Unit, scan: Scan) -> Outcome:
    text_file = [*_texts(files), *_documents(files)][0]
    reading = _read_text(text_file, scan)
    if isinstance(reading, str):
        return UnreadFolder(entry, reading)
    draft = reading.draft
    base = entry if entry.is_dir() else entry.parent
    key = _key_of(unit, base, files)
    beside = read_photos(
        [f for f in files if f.suffix.lower() in PICTURES],
        captions=_captions(files),
        credit=draft.photographer,
        keep_picture=scan.keep_picture,
    )
    photos = _with_inner(reading.photos, beside)
    submission = _submission(
        key,
        unit,
        draft,
        photos,
        title=draft.title or _title_of(entry),
        received_at=scan.now,
        original=scan.keep_original(key, base, files),
        could_not_read=(
            *reading.could_not_read,
            *_others(files, text_file),
            *photos.unread,
        ),
    )
    remarks = (*_untitled(draft), *draft.notes, *_signed_by(draft, unit))
    remarks += photos.remarks
    return FoundSubmission(submission, entry, remarks)


def _with_inner(inner: tuple[Photo, ...], beside: PhotoReading) -> PhotoReading:
    """The pictures of the text first; one that lies beside it as well counts once."""
    known = {photo.file for photo in inner}
    others = tuple(photo for photo in beside.photos if photo.file not in known)
    return replace(beside, photos=(*inner, *others)[:MAX_PHOTOS])


def _signed_by(draft: Draft, unit: Unit) -> tuple[str, ...]:
    """A remark when the text is signed by another unit than the folder's."""
    said, own = fold(draft.unit_words), (unit.name, unit.union, *unit.aliases)
    if not said or any(fold(name) in said or said in fold(name) for name in own):
        return ()
    return (f"落款是「{draft.unit_words}」，文件夹是「{unit.name}」，请核对单位",)


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
    if file.name.lower() == "winmail.dat":
        return "Outlook 的专用格式，里面的附件打不开，请对方改用纯文本格式重发"
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
