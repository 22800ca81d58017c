"""The pictures beside a text: which are taken, with what caption, and which are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsroom.submission import Photo
from newsroom.text import clean_text
from submissions.limits import MAX_PHOTO_BYTES, MAX_PHOTOS, MEGABYTE
from submissions.pictures import PictureRefused, clean_picture

_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_WORDS = 4
# Names that phones, chat programs and office programs give by themselves.
_NO_CAPTION = re.compile(
    r"微信|QQ|图片|照片|截图|截屏|屏幕|未命名|未标题|新建|副本|相机|扫描|下载|文稿"
)
_ORDER = re.compile(r"^[\s\d._、()（）-]+|[\s\d._、()（）-]+$")


@dataclass(frozen=True, slots=True)
class PhotoReading:
    """The photos taken, what could not be read (name and why), and remarks."""

    photos: tuple[Photo, ...] = ()
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read_photos(
    files: Sequence[Path],
    *,
    captions: Mapping[str, str],
    credit: str | None,
    keep_picture: Callable[[bytes, str], str],
) -> PhotoReading:
    """Clean and keep the first nine pictures, in the order of their names.

    ``captions`` are by file name (or its stem) in small letters; without one the
    name itself is the caption if it is Chinese words.
    """
    photos: dict[str, Photo] = {}
    unread: list[str] = []
    remarks: list[str] = []
    for file in sorted(files, key=_by_number):
        name = clean_text(file.name)[:100]
        if len(photos) == MAX_PHOTOS:
            unread.append(f"{name}（一篇最多 {MAX_PHOTOS} 张照片）")
            continue
        if file.stat().st_size > MAX_PHOTO_BYTES:
            unread.append(f"{name}（照片超过 {MAX_PHOTO_BYTES // MEGABYTE} MB）")
            continue
        try:
            clean = clean_picture(file.read_bytes())
        except PictureRefused as error:
            unread.append(f"{name}（{error}）")
            continue
        kept = keep_picture(clean.data, clean.extension)
        if kept in photos:
            remarks.append(f"{name}：和 {photos[kept].original_name} 是同一张照片")
            continue
        photos[kept] = Photo(
            file=kept,
            width=clean.width,
            height=clean.height,
            caption=_caption(file, captions),
            credit=credit,
            original_name=name,
        )
        remarks.extend(f"{name}：{warning}" for warning in clean.warnings)
    return PhotoReading(tuple(photos.values()), tuple(unread), tuple(remarks))


def _caption(file: Path, captions: Mapping[str, str]) -> str | None:
    name, stem = clean_text(file.name), clean_text(file.stem)
    given = captions.get(name.casefold()) or captions.get(stem.casefold())
    if given:
        return given
    words = _ORDER.sub("", stem)
    if _NO_CAPTION.search(words) or len(_HAN.findall(words)) < _LEAST_WORDS:
        return None
    return words


def _by_number(file: Path) -> list[tuple[bool, int, str]]:
    """Names in people's order: 照片2 before 照片10, numbers before words."""
    parts = re.findall(r"\d+|\D+", file.name)
    return [(False, int(p), "") if p.isdecimal() else (True, 0, p) for p in parts]
