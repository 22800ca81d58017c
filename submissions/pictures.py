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
TOO_LONG = "照片太窄太长（像长截图），缩小后看不清字，请把文字写进正文，或分几张截"
RATHER_SMALL = f"照片偏小（长边不足{LONG_SIDE}）"
_JPEG_QUALITY = 82
_FEW_COLOURS = 256
_ORIENTATION = 0x0112
# A JPEG of several pictures, as phones make them of depth and panorama.
_JPEGS = frozenset({"JPEG", "MPO"})
_LONGEST_SHAPE = 5  # longer than so many times its breadth, a picture is a strip
_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_KINDS = (
    (b"GIF8", "这是 GIF 图片"),
    (b"BM", "这是 BMP 图片"),
    (b"II*\0", "这是 TIFF 或相机原片（RAW）"),
    (b"MM\0*", "这是 TIFF 图片"),
    (b"\xff\x0a", "这是 JPEG XL 图片"),
)
_VIDEOS = (b"qt  ", b"isom", b"mp41", b"mp42", b"M4V ", b"avc1", b"3gp", b"iso")
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
        size = opened.size
        few_colours = opened.format not in _JPEGS and _has_few_colours(opened)
        pixels = _pixels(opened)
    pixels.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    content, extension = write_pixels(pixels, few_colours=few_colours)
    return CleanPicture(content, extension, *pixels.size, _warnings(size))


def _open(data: bytes) -> Image.Image:
    formats = FORMATS if HAS_HEIF else FORMATS[:-1]
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as error:
        raise PictureRefused("照片的像素太多，打不开，请缩小后再发") from error
    except _BROKEN as error:
        raise PictureRefused(not_a_picture(data)) from error


def not_a_picture(data: bytes) -> str:
    """Why bytes are not taken as a photo, by their first ones, and what to do."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand.startswith(_VIDEOS):
            return "这是视频，不收，请发照片（实况照片请另存为 JPG 再发）"
        if brand.startswith(b"avi"):
            return "这是 AVIF 图片，请另存为 JPG 再发"
        return "这个 HEIC 照片（或视频）读不了，请另存为 JPG 再发"
    for mark, name in _KINDS:
        if data.startswith(mark):
            return f"{name}，请另存为 JPG 再发"
    return "不是 JPG、PNG、WebP 或 HEIC 照片，或者文件已损坏，请重新发一张"


def _check_size(opened: Image.Image) -> None:
    width, height = opened.size
    # A progressive JPEG keeps all its coefficients in memory, whatever size is asked.
    by_parts = opened.format in _JPEGS and not opened.info.get("progressive")
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
        if opened.format in _JPEGS:
            # Unpacked at the smallest fraction that is still large enough.
            opened.draft("RGB", (2 * LONG_SIDE, 2 * LONG_SIDE))
        opened.load()
        upright = _in_eight_bits(_upright(opened))
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


def _in_eight_bits(deep: Image.Image) -> Image.Image:
    """A grey picture of 16 bits in 8; Pillow would only cut off what is too bright."""
    if deep.mode not in _DEEP:
        return deep
    return deep.convert("I").point(lambda value: value * (1 / 257) + 0).convert("L")


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


def _warnings(size: tuple[int, int]) -> tuple[str, ...]:
    longest = max(size)
    if longest > _LONGEST_SHAPE * min(size) and longest > LONG_SIDE:
        return (TOO_LONG,)
    if longest < SMALL_SIDE:
        return (TOO_SMALL,)
    if longest < LONG_SIDE:
        return (RATHER_SMALL,)
    return ()
