"""What the QR codes in a photo say: a printed link leads readers out of the paper.

A code says nothing to the eye: whoever signs a story must learn where it leads, since a
forged one is how people are made to pay or to give their numbers (reliability: A79).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

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


@lru_cache(_REMEMBERED)
def codes_in(path: Path) -> tuple[str, ...]:
    """What the codes in a kept picture say, top to bottom; mostly none.

    A kept picture never changes (its name is its content's), so each is read once.

    Args:
        path: a picture of ours, made anew from its pixels.
    """
    with Image.open(path, formats=["JPEG", "PNG", "WEBP"]) as picture:
        found = zxingcpp.read_barcodes(picture.convert("L"), formats=_KINDS)
    ordered = sorted(found, key=lambda code: code.position.top_left.y)
    said = (clean_text(code.text)[:_LONGEST] or "（读不出文字）" for code in ordered)
    return tuple(dict.fromkeys(said))
