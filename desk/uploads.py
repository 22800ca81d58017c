"""Photos as they come in: cleaned, kept, and said when they cannot be taken."""

from __future__ import annotations

import shutil

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from desk.office import Desk
from newsroom.errors import NewsroomError
from newsroom.submission import Photo
from newsroom.text import clean_text
from submissions.limits import MAX_PHOTO_BYTES, MAX_PHOTOS, MEGABYTE
from submissions.pictures import PictureRefused, clean_picture

LEAST_FREE = 1024 * MEGABYTE
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_PICTURE_CSP = "default-src 'none'; sandbox"


def take_photos(
    request: HttpRequest, desk: Desk, have: tuple[Photo, ...]
) -> tuple[tuple[Photo, ...], tuple[str, ...]]:
    """The photos sent under ``photo``, cleaned and kept, and sentences of the others.

    Raises:
        NewsroomError: the disk is nearly full.
    """
    files = request.FILES.getlist("photo")
    if files and shutil.disk_usage(desk.store.folder).free < LEAST_FREE:
        raise NewsroomError(
            "服务器快满了，照片暂时收不了：请先发文字，或打电话告诉编辑"
        )
    photos: list[Photo] = []
    faults: list[str] = []
    for file in files:
        name = clean_text(file.name or "")[-100:]
        if len(have) + len(photos) >= MAX_PHOTOS:
            faults.append(f"{name}：一篇最多 {MAX_PHOTOS} 张照片，这张没有收")
            continue
        try:
            photos.append(_take(file, name, desk))
        except PictureRefused as error:
            faults.append(f"{name}：{error}")
    return tuple(photos), tuple(faults)


def _take(file: UploadedFile[bytes], name: str, desk: Desk) -> Photo:
    if (file.size or 0) > MAX_PHOTO_BYTES:
        raise PictureRefused(f"照片太大，请选小于 {MAX_PHOTO_BYTES // MEGABYTE} MB 的")
    clean = clean_picture(file.read())
    kept = desk.store.keep_picture(clean.data, clean.extension)
    return Photo(kept, clean.width, clean.height, original_name=name)


def show_picture(desk: Desk, name: str) -> HttpResponse:
    """A kept picture as an answer that nothing can run in.

    Raises:
        NotFound: there is no such picture.
    """
    path = desk.store.picture_path(name)
    kind = _TYPES[path.suffix.lstrip(".")]
    response = HttpResponse(path.read_bytes(), content_type=kind)
    response.headers["Content-Security-Policy"] = _PICTURE_CSP
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
