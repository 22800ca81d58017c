"""A kept picture cropped, and faces in it made unknowable, by boxes drawn by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from PIL import Image, ImageFilter

from submissions.pictures import CleanPicture, PictureRefused, write_pixels

WHOLE = 1000
LEAST_SIDE = 200
MOST_BOXES = 30
# A face keeps at most this many squares a side: too few to know anybody by.
_SQUARES = 6
_LEAST_SQUARE = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in thousandths of its width and height."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def read(cls, text: str) -> Self:
        """The box of four numbers with commas, cut to what lies inside the picture.

        Raises:
            PictureRefused: it is no box, or nothing of it lies inside.
        """
        numbers = text.strip().split(",")
        if len(numbers) != len(cls.__slots__) or not all(map(_is_number, numbers)):
            raise PictureRefused("框没有画好，请重新画")
        left, top, width, height = map(int, numbers)
        right, bottom = min(left + width, WHOLE), min(top + height, WHOLE)
        left, top = max(left, 0), max(top, 0)
        if right <= left or bottom <= top:
            raise PictureRefused("框没有画在照片上，请重新画")
        return cls(left, top, right - left, bottom - top)

    def pixels(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in a picture of this size; never empty."""
        width, height = size
        left, top = self.left * width // WHOLE, self.top * height // WHOLE
        right = -(-(self.left + self.width) * width // WHOLE)
        bottom = -(-(self.top + self.height) * height // WHOLE)
        return left, top, max(right, left + 1), max(bottom, top + 1)


def read_boxes(text: str) -> tuple[Box, ...]:
    """The boxes of a field, with semicolons between them; none in an empty one.

    Raises:
        PictureRefused: one is no box, or there are too many.
    """
    boxes = tuple(Box.read(one) for one in text.split(";") if one.strip())
    if len(boxes) > MOST_BOXES:
        raise PictureRefused(f"一张照片最多打 {MOST_BOXES} 处码")
    return boxes


def edit_picture(data: bytes, crop: Box | None, covers: Sequence[Box]) -> CleanPicture:
    """The picture with the covered parts blurred for good, then cropped.

    Nothing of what was under a cover can be won back: it is squares of mean colour.

    Raises:
        PictureRefused: what is left would be too small, or nothing was asked.
    """
    if crop is None and not covers:
        raise PictureRefused("还没有画框：先在照片上画出要打码或要留下的部分")
    with Image.open(io.BytesIO(data)) as opened:
        few_colours = opened.format == "PNG"
        pixels = opened.convert("RGB")
    for box in covers:
        _cover(pixels, box.pixels(pixels.size))
    if crop is not None:
        pixels = pixels.crop(crop.pixels(pixels.size))
    if min(pixels.size) < LEAST_SIDE:
        raise PictureRefused(f"留下的部分太小了（不足 {LEAST_SIDE} 像素），请留大一些")
    content, extension = write_pixels(pixels, few_colours=few_colours)
    return CleanPicture(content, extension, *pixels.size)


def _cover(pixels: Image.Image, place: tuple[int, int, int, int]) -> None:
    part = pixels.crop(place)
    square = max(_LEAST_SQUARE, -(-min(part.size) // _SQUARES))
    few = (max(1, part.width // square), max(1, part.height // square))
    squares = part.resize(few, Image.Resampling.BOX)
    rough = squares.resize(part.size, Image.Resampling.NEAREST)
    pixels.paste(rough.filter(ImageFilter.GaussianBlur(square / 4)), place[:2])


def _is_number(text: str) -> bool:
    digits = text.strip().removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) <= len(str(WHOLE))
