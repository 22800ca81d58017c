"""A picture from outside, made anew: upright, small enough, nothing but its pixels.

Everything else that a file can carry (place and time of a phone's EXIF, XMP, comments,
a second file glued to the end) is gone, because the pixels are copied into a new
picture (reliability: A08, A44, A45, A51-A54).
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

try:
    import pi_heif
except ImportError:  # an office may leave it out: it brings LGPL libraries along
    HAS_HEIF = False
else:
    pi_heif.register_heif_opener(thumbnails=False)
    HAS_HEIF = True

from newsroom.errors import NewsroomError
from submissions.limits import (
    LONG_SIDE,
    MAX_JPEG_PIXELS,
    MAX_PHOTO_BYTES,
    MAX_WHOLE_PIXELS,
    MEGABYTE,
    SMALL_SIDE,
)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
TOO_SMALL = f"照片太小（长边不足{SMALL_SIDE}）"
RATHER_SMALL = f"照片偏小（长边不足{LONG_SIDE}）"
_JPEG_QUALITY = 82
_FEW_COLOURS = 256
_ORIENTATION = 0x0112
# What Pillow raises on broken files, as its fuzzers found them.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    TypeError,
    EOFError,
    LookupError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)

# Pillow refuses twice this number of pixels by the header alone.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS // 2


class PictureRefused(NewsroomError):  # noqa: N818 - reads as a claim
    """A file is no picture that we take; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture made anew.

    ``extension`` is ``jpg`` or ``png``, sizes are pixels, ``warnings`` are Chinese
    phrases for the report, e.g. 照片太小（长边不足800）.
    """

    data: bytes
    extension: str
    width: int
    height: int
    warnings: tuple[str, ...] = ()


def clean_picture(data: bytes) -> CleanPicture:
    """The picture in the bytes, upright, at most 1280 pixels long, without metadata.

    JPEG, PNG, WebP and HEIC by content, whatever the file is called; of a moving
    picture the first frame.

    Raises:
        PictureRefused: too large, another kind of file, or broken.
    """
    if len(data) > MAX_PHOTO_BYTES:
        raise PictureRefused(f"照片超过 {MAX_PHOTO_BYTES // MEGABYTE} MB，请发小一些的")
    with warnings.catch_warnings():
        # Bombs are judged below by the header; broken EXIF is only ignored.
        warnings.simplefilter("ignore")
        opened = _open(data)
        _check_size(opened)
        longest = max(opened.size)
        few_colours = opened.format != "JPEG" and _has_few_colours(opened)
        pixels = _pixels(opened)
    pixels.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    content, extension = write_pixels(pixels, few_colours=few_colours)
    return CleanPicture(content, extension, *pixels.size, _warnings(longest))


def _open(data: bytes) -> Image.Image:
    formats = FORMATS if HAS_HEIF else FORMATS[:-1]
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise PictureRefused("照片的像素太多，打不开，请缩小后再发") from error
    except _BROKEN as error:
        raise PictureRefused(_not_a_picture(data)) from error


def _not_a_picture(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "这个 HEIC 照片（或视频）读不了，请另存为 JPG 再发"
    return "不是 JPG、PNG、WebP 或 HEIC 照片，或者文件已损坏，请重新发一张"


def _check_size(opened: Image.Image) -> None:
    width, height = opened.size
    # A progressive JPEG keeps all its coefficients in memory, whatever size is asked.
    by_parts = opened.format == "JPEG" and not opened.info.get("progressive")
    most = MAX_JPEG_PIXELS if by_parts else MAX_WHOLE_PIXELS
    if width * height > most:
        raise PictureRefused(
            f"照片有 {width}×{height} 像素，太大了，请缩小到 6000×4000 以内再发"
        )


def _has_few_colours(opened: Image.Image) -> bool:
    try:
        return opened.convert("RGB").getcolors(_FEW_COLOURS) is not None
    except _BROKEN as error:
        raise PictureRefused("照片文件不完整，可能没有传完，请重新发一张") from error


def _pixels(opened: Image.Image) -> Image.Image:
    """The upright pixels in a new picture that has nothing else."""
    try:
        if opened.format == "JPEG":
            # Unpacked at the smallest fraction that is still large enough.
            opened.draft("RGB", (2 * LONG_SIDE, 2 * LONG_SIDE))
        opened.load()
        upright = _upright(opened)
        flat = upright.convert("RGBA") if upright.has_transparency_data else upright
        fresh = Image.new("RGB", flat.size, "white")
        fresh.paste(flat, mask=flat if flat.mode == "RGBA" else None)
    except _BROKEN as error:
        raise PictureRefused("照片文件不完整，可能没有传完，请重新发一张") from error
    return fresh


def _upright(opened: Image.Image) -> Image.Image:
    try:
        turned = opened.getexif().get(_ORIENTATION, 1) != 1
        return ImageOps.exif_transpose(opened) if turned else opened
    except _BROKEN:
        # Broken EXIF says nothing of the pixels: the picture is kept as it lies.
        return opened


def write_pixels(pixels: Image.Image, *, few_colours: bool) -> tuple[bytes, str]:
    """The bytes of these pixels alone, and ``jpg`` or ``png``."""
    out = io.BytesIO()
    if few_colours:
        # Drawings and screenshots stay sharp; no dots are made up between colours.
        drawn = pixels.quantize(_FEW_COLOURS, dither=Image.Dither.NONE)
        drawn.save(out, "PNG", optimize=True)
        return out.getvalue(), "png"
    pixels.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue(), "jpg"


def _warnings(longest: int) -> tuple[str, ...]:
    if longest < SMALL_SIDE:
        return (TOO_SMALL,)
    if longest < LONG_SIDE:
        return (RATHER_SMALL,)
    return ()
