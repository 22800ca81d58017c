"""The sign of the site on a phone as PNG, for those that take no SVG: iOS before all.

Drawn here from a few bars, a sheet of lines as in ``icon.svg``; no emblem. iOS rounds
the corners itself and wants no transparent ground; what matters lies within the circle
that Android may cut out (a "maskable" icon).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from site_builder.links import Address, Kind

TOUCH = 180  # pixels, as iOS asks for
SIZES = (TOUCH, 192, 512)
_UNIT = 512  # the drawing's own width
_PALETTE = bytes.fromhex("a3161bfffdf8")  # union red, paper
_RED, _PAPER = 0, 1
# Left, top, width, height, colour; the later ones lie above.
_BARS = (
    (120, 120, 272, 272, _PAPER),
    (168, 184, 176, 28, _RED),
    (168, 248, 176, 20, _RED),
    (168, 300, 176, 20, _RED),
    (168, 352, 104, 20, _RED),
)


def app_icons() -> Iterator[tuple[Address, bytes]]:
    """The icons in each size, with where they stand."""
    for size in SIZES:
        yield icon_address(size), icon_png(size)


def icon_address(size: int) -> Address:
    """Where the icon of a size stands."""
    return Address(Kind.APP_ICON, str(size))


def icon_png(size: int) -> bytes:
    """The icon, ``size`` pixels wide and high, in two colours."""
    rows = b"".join(b"\0" + _row(y, size) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", _PALETTE),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _row(y: int, size: int) -> bytes:
    """One line of pixels; bars begin and end at whole ones, so that edges are sharp."""
    row = bytearray([_RED]) * size
    for left, top, width, height, colour in _BARS:
        if _pixel(top, size) <= y < _pixel(top + height, size):
            start, end = _pixel(left, size), _pixel(left + width, size)
            row[start:end] = bytes([colour]) * (end - start)
    return bytes(row)


def _pixel(place: int, size: int) -> int:
    return round(place * size / _UNIT)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
