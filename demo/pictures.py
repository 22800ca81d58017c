"""The pictures of the demonstration: drawn by us, no faces, no words, no emblem."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from demo import motives_hands, motives_indoors, motives_land, motives_road
from demo.canvas import Canvas

Motive = Callable[[Canvas, Random], None]

MOTIVES: dict[str, Motive] = {
    **motives_hands.MOTIVES,
    **motives_indoors.MOTIVES,
    **motives_land.MOTIVES,
    **motives_road.MOTIVES,
}
"""What can be drawn, by name."""


@cache
def draw(motive: str, *, seed: int = 0) -> bytes:
    """A JPEG of 1200 x 800 pixels; the same name and seed give the same picture."""
    return _sheet(motive, seed).jpeg()


@cache
def draw_sideways(motive: str, *, seed: int = 0) -> bytes:
    """The same as a phone may save it: lying, with a turn and a place in its EXIF."""
    return _sheet(motive, seed).jpeg(turned=True)


def _sheet(motive: str, seed: int) -> Canvas:
    canvas = Canvas()
    # what varies is the place of sparks, grains and bricks, nothing secret
    MOTIVES[motive](canvas, Random(f"{motive}-{seed}"))  # noqa: S311 - as above
    return canvas
