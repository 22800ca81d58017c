"""Pictures inside a form: brought to a width and a size, always the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from newsroom.errors import NewsroomError

_QUALITIES = (86, 78, 70, 60, 45)


@dataclass(frozen=True, slots=True)
class FormPicture:
    """A JPEG with its size in pixels."""

    content: bytes
    width: int
    height: int


def form_picture(
    file: Path,
    *,
    width: int,
    most_bytes: int = 2_000_000,
    ratio: float | None = None,
) -> FormPicture:
    """A picture at most ``width`` pixels wide and ``most_bytes`` big, as JPEG.

    Args:
        file: a picture of the store.
        width: never enlarged beyond its own.
        most_bytes: quality gives way until it fits.
        ratio: width by height to crop to, about the upper middle (heads stay).

    Raises:
        NewsroomError: the file is no picture that can be read.
    """
    try:
        with Image.open(file) as opened:
            picture = _flat(opened)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise NewsroomError(f"图片 {file.name[:12]}… 打不开：{error}") from error
    if ratio is not None:
        picture = _crop(picture, ratio)
    if picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    for quality in _QUALITIES:
        content = _jpeg(picture, quality)
        if len(content) <= most_bytes:
            break
    return FormPicture(content, picture.width, picture.height)


def _flat(opened: Image.Image) -> Image.Image:
    """On white where it is transparent."""
    if opened.mode == "RGB":
        return opened.copy()
    with_alpha = opened.convert("RGBA")
    white = Image.new("RGBA", with_alpha.size, "white")
    return Image.alpha_composite(white, with_alpha).convert("RGB")


def _crop(picture: Image.Image, ratio: float) -> Image.Image:
    width, height = picture.size
    if width / height > ratio:
        wanted = round(height * ratio)
        left = (width - wanted) // 2
        return picture.crop((left, 0, left + wanted, height))
    wanted = round(width / ratio)
    top = (height - wanted) // 3
    return picture.crop((0, top, width, top + wanted))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
