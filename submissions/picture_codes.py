"""What the QR codes in a photo say: a printed link leads readers out of the paper.

A code says nothing to the eye: whoever signs a story must learn where it leads, since a
forged one is how people are made to pay or to give their numbers (reliability: A79).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import zxingcpp
from PIL import Image

from newsroom.text import clean_text

_KINDS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
    ]
)
_LONGEST = 120
_REMEMBERED = 4096
KeepPicture = Callable[[bytes, str], str]


def keep_with_codes(
    keep_picture: KeepPicture, keep_codes: Callable[[str, Sequence[str]], None]
) -> KeepPicture:
    """Keeps a picture as it is told to, and what its codes say as soon as it is kept.

    So nobody who opens a story waits until its photos are searched.
    """

    def keep(data: bytes, extension: str) -> str:
        name = keep_picture(data, extension)
        keep_codes(name, _read_codes(io.BytesIO(data)))
        return name

    return keep


@lru_cache(_REMEMBERED)
def codes_in(path: Path) -> tuple[str, ...]:
    """What the codes in a kept picture say, top to bottom; mostly none.

    A kept picture never changes (its name is its content's), so each is read once.

    Args:
        path: a picture of ours, made anew from its pixels.
    """
    with path.open("rb") as file:
        return _read_codes(file)


def _read_codes(file: BinaryIO) -> tuple[str, ...]:
    with Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L"), formats=_KINDS)
    ordered = sorted(found, key=lambda code: code.position.top_left.y)
    said = (clean_text(code.text)[:_LONGEST] or "（读不出文字）" for code in ordered)
    return tuple(dict.fromkeys(said))
