"""Pictures of hands at work."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from demo.canvas import (
    AMBER,
    BROWN,
    CLAY,
    DARK,
    DARK_RED,
    DEEP,
    MIST,
    PAPER,
    RED,
    SAND,
    SILVER,
    SKIN,
    SKIN_SHADE,
    STEEL,
    TEAL,
    WHEAT,
    WHITE,
    Canvas,
)


def fist(c: Canvas, x: float, y: float, *, skin: str, shade: str) -> None:
    """A hand closed round a bar that runs from left to right through (x, y)."""
    c.box(x - 96, y - 50, 192, 150, skin, r=56)
    for k in range(4):
        fx = x - 92 + k * 47
        c.box(fx - 3, y - 74, 50, 132, shade, r=24)
        c.box(fx, y - 76, 43, 128, skin, r=21)
    c.line([(x - 86, y + 70), (x + 10, y + 34)], shade, 52)
    c.line([(x - 86, y + 66), (x + 8, y + 30)], skin, 44)


def _hands_wrench(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, MIST)
    c.oval(760, 380, 400, fill=PAPER)
    c.line([(190, 380), (800, 380)], STEEL, 54)
    c.line([(190, 370), (800, 370)], SILVER, 20)
    c.oval(880, 380, 122, fill=STEEL)
    c.oval(872, 372, 104, fill=SILVER)
    c.shape([(870, 330), (1010, 300), (1030, 460), (870, 430)], PAPER)
    hexagon = [
        (925 + 62 * math.cos(math.radians(a)), 380 + 62 * math.sin(math.radians(a)))
        for a in range(0, 360, 60)
    ]
    c.shape(hexagon, BROWN)
    c.oval(925, 380, 30, fill=DARK)
    for x, tone, shade in ((290, SKIN, SKIN_SHADE), (560, "#c98e64", "#a36b45")):
        c.shape([(x - 92, 450), (x + 92, 450), (x + 150, 820), (x - 170, 820)], tone)
        c.shape([(x - 132, 590), (x + 120, 590), (x + 160, 820), (x - 190, 820)], TEAL)
        c.box(x - 138, 570, 262, 50, RED, r=20)
        fist(c, x, 376, skin=tone, shade=shade)
    c.box(0, 780, 1200, 20, DEEP)


def _hands_sign(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, CLAY)
    for y in range(60, 800, 130):
        c.box(0, y, 1200, 4, BROWN)
    c.shape([(170, 110), (700, 70), (770, 680), (230, 730)], SAND)
    c.shape([(160, 96), (690, 56), (760, 664), (218, 714)], WHITE)
    c.shape([(210, 150), (480, 130), (484, 164), (214, 184)], RED)
    for k in range(9):
        y = 224 + k * 42
        right = 660 if k % 3 else 560
        c.line([(222 + k * 4, y), (right + k * 4, y - 34)], SAND, 8)
    c.curve([(470, 632), (500, 600), (520, 640), (560, 600), (590, 622)], DEEP, 7)
    c.shape([(1260, 620), (1220, 830), (900, 830), (860, 560), (980, 470)], TEAL)
    c.shape([(850, 520), (960, 420), (1030, 520), (900, 640)], RED)
    c.shape([(690, 520), (830, 420), (960, 470), (900, 610), (740, 640)], SKIN)
    c.line([(600, 618), (860, 330)], DARK, 24)
    c.line([(600, 618), (640, 574)], WHEAT, 18)
    c.line([(820, 420), (716, 470), (672, 544)], SKIN_SHADE, 56)
    c.line([(820, 414), (714, 464), (668, 538)], SKIN, 48)
    c.line([(800, 560), (706, 580), (668, 560)], SKIN_SHADE, 52)
    c.line([(800, 566), (706, 588), (670, 566)], SKIN, 46)
    c.line([(850, 610), (740, 640)], SKIN_SHADE, 50)
    c.line([(850, 606), (742, 634)], SKIN, 44)
    c.oval(120, 700, 110, fill=WHITE)
    c.oval(120, 700, 84, fill=AMBER)
    c.oval(120, 700, 84, 78, fill=BROWN)


def _welding(c: Canvas, r: Random) -> None:
    c.box(0, 0, 1200, 800, "#22363d")
    for radius, colour in (
        (420, "#2c464d"),
        (300, "#3d5a5c"),
        (190, "#6f7558"),
        (110, "#c99a4a"),
    ):
        c.oval(480, 520, radius, fill=colour)
    c.box(0, 560, 1200, 90, STEEL)
    c.box(0, 560, 1200, 16, SILVER)
    c.box(0, 650, 1200, 150, DARK)
    c.box(300, 470, 150, 94, STEEL, r=4)
    c.box(300, 470, 150, 14, SILVER)
    for _ in range(90):
        angle = math.radians(r.uniform(185, 355))
        reach = r.uniform(70, 400)
        x, y = 480 + reach * math.cos(angle), 540 + reach * math.sin(angle)
        tail = 0.93
        c.line(
            [
                (
                    480 + reach * tail * math.cos(angle),
                    540 + reach * tail * math.sin(angle),
                ),
                (x, y),
            ],
            r.choice((WHEAT, "#ffe9ae", AMBER, RED)),
            r.uniform(2.5, 6),
        )
    c.oval(480, 540, 54, fill="#ffe9ae")
    c.oval(480, 540, 30, fill="#ffffff")
    c.line([(496, 526), (640, 400)], SILVER, 12)
    c.line([(630, 410), (820, 300)], DARK, 40)
    c.curve([(820, 300), (1000, 330), (1100, 560), (1220, 600)], DARK, 20)
    c.shape([(700, 330), (880, 200), (990, 330), (830, 460)], CLAY)
    for k in range(4):
        c.line(
            [(716 + k * 40, 312 - k * 30), (772 + k * 40, 398 - k * 30)], DARK_RED, 50
        )
        c.line([(716 + k * 40, 308 - k * 30), (770 + k * 40, 392 - k * 30)], CLAY, 42)
    c.shape([(880, 190), (1000, 330), (1260, 200), (1260, -40), (1080, -40)], DEEP)
    c.shape([(866, 206), (920, 160), (1032, 296), (984, 348)], RED)


MOTIVES: dict[str, Callable[[Canvas, Random], None]] = {
    "hands_wrench": _hands_wrench,
    "hands_sign": _hands_sign,
    "welding": _welding,
}
"""The pictures of this file by name."""
