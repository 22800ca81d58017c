"""A sheet to draw flat pictures on: 1200 x 800, drawn at double size, then halved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
_SCALE = 2
_QUALITY = 86

Point = tuple[float, float]

PAPER = "#fbf1df"
CREAM = "#f4e3c6"
SAND = "#e6cda3"
WHEAT = "#e2b04f"
AMBER = "#d98a3d"
CLAY = "#c7714b"
RED = "#a3161b"
DARK_RED = "#7d1015"
BROWN = "#6b4630"
DARK = "#3b2b24"
TEAL = "#3f6f73"
DEEP = "#28474f"
MIST = "#bcd0c8"
SAGE = "#93a371"
LEAF = "#5f7d4f"
STEEL = "#8d9a9e"
SILVER = "#c9cfcb"
SKIN = "#dba379"
SKIN_SHADE = "#bd8159"
WHITE = "#fffaf0"


class Canvas:
    """A picture in the making; every measure is in pixels of the finished sheet."""

    def __init__(self, background: str = PAPER) -> None:
        size = (WIDTH * _SCALE, HEIGHT * _SCALE)
        self._image = Image.new("RGB", size, background)
        self._draw = ImageDraw.Draw(self._image)

    def box(  # noqa: PLR0913 - four measures and a colour make a box
        self, x: float, y: float, w: float, h: float, fill: str, *, r: float = 0
    ) -> None:
        """A rectangle with its left upper corner at (x, y) and corners of radius r."""
        area = [_big(v) for v in (x, y, x + w, y + h)]
        self._draw.rounded_rectangle(area, radius=_big(r), fill=fill)

    def oval(
        self, x: float, y: float, rx: float, ry: float | None = None, *, fill: str
    ) -> None:
        """An ellipse around (x, y), a circle without ``ry``."""
        ry = rx if ry is None else ry
        area = [_big(v) for v in (x - rx, y - ry, x + rx, y + ry)]
        self._draw.ellipse(area, fill=fill)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        """A filled polygon."""
        self._draw.polygon([(_big(x), _big(y)) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A line with round ends and joints."""
        big = [(_big(x), _big(y)) for x, y in points]
        self._draw.line(big, fill=fill, width=round(_big(width)), joint="curve")
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2 - 0.5, fill=fill)

    def curve(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A smooth line through the points."""
        self.line(smooth(points), fill, width)

    def ring(self, x: float, y: float, radius: float, fill: str, width: float) -> None:
        """A circle's line."""
        area = [_big(v) for v in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(area, outline=fill, width=round(_big(width)))

    def arc(  # noqa: PLR0913 - place, size, turn and stroke make an arc
        self,
        x: float,
        y: float,
        radius: float,
        turn: tuple[float, float],
        *,
        fill: str,
        width: float,
    ) -> None:
        """A part of a circle, from ``turn[0]`` to ``turn[1]`` degrees clockwise."""
        area = [_big(v) for v in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.arc(area, *turn, fill=fill, width=round(_big(width)))

    def slice(
        self, x: float, y: float, radius: float, turn: tuple[float, float], fill: str
    ) -> None:
        """A slice of a disc, degrees clockwise from the right."""
        area = [_big(v) for v in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.pieslice(area, *turn, fill=fill)

    def fade(self, top: str, bottom: str, *, start: float = 0, end: float) -> None:
        """A sky: colours run from ``top`` to ``bottom`` between two heights."""
        first, last = _rgb(top), _rgb(bottom)
        height = round(_big(end) - _big(start))
        for row in range(height):
            share = row / height
            colour = tuple(
                round(a + (b - a) * share) for a, b in zip(first, last, strict=True)
            )
            y = _big(start) + row
            self._draw.line([(0, y), (WIDTH * _SCALE, y)], fill=colour)

    def jpeg(self, *, turned: bool = False) -> bytes:
        """The finished picture; ``turned`` lies on its side and says so in its EXIF."""
        small = self._image.reduce(_SCALE)
        out = BytesIO()
        if not turned:
            small.save(out, "JPEG", quality=_QUALITY, optimize=True)
            return out.getvalue()
        exif = Image.Exif()
        exif[_ORIENTATION] = _TURN_RIGHT
        exif[_MAKER] = "demo"
        exif.get_ifd(_GPS)[_GPS_LATITUDE_REF] = "N"
        lying = small.transpose(Image.Transpose.ROTATE_90)
        lying.save(out, "JPEG", quality=_QUALITY, optimize=True, exif=exif)
        return out.getvalue()


_ORIENTATION, _MAKER, _GPS, _GPS_LATITUDE_REF = 0x0112, 0x010F, 0x8825, 1
_TURN_RIGHT = 6


def smooth(points: Sequence[Point], steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        curve += [_between(a, b, c, d, step / steps) for step in range(steps)]
    return [*curve, points[-1]]


def turned(points: Iterable[Point], about: Point, degrees: float) -> list[Point]:
    """The points turned clockwise about a point."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    ax, ay = about
    return [
        (
            ax + (x - ax) * cos - (y - ay) * sin,
            ay + (x - ax) * sin + (y - ay) * cos,
        )
        for x, y in points
    ]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def value(n: int) -> float:
        p, q, r, s = a[n], b[n], c[n], d[n]
        return 0.5 * (
            2 * q
            + (r - p) * t
            + (2 * p - 5 * q + 4 * r - s) * t**2
            + (3 * q - p - 3 * r + s) * t**3
        )

    return value(0), value(1)


def _big(value: float) -> float:
    return value * _SCALE


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
