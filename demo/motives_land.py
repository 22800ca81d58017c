"""Pictures of fields, water and worksites."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from random import Random

from demo.canvas import (
    AMBER,
    BROWN,
    CLAY,
    CREAM,
    DARK,
    DARK_RED,
    LEAF,
    MIST,
    PAPER,
    RED,
    SAGE,
    SAND,
    STEEL,
    TEAL,
    WHEAT,
    WHITE,
    Canvas,
    smooth,
)


def hills(c: Canvas, height: float, fill: str, *, swing: float, phase: float) -> None:
    """A row of soft hills down to the foot of the sheet."""
    crest = [
        (x, height + swing * math.sin(x / 170 + phase) + swing / 2 * math.sin(x / 67))
        for x in range(-20, 1240, 20)
    ]
    c.shape([*crest, (1240, 800), (-20, 800)], fill)


def _crane(c: Canvas, _r: Random) -> None:
    c.fade("#f6d9a8", PAPER, end=620)
    c.oval(900, 250, 110, fill=WHEAT)
    hills(c, 600, MIST, swing=26, phase=0.6)
    c.box(0, 690, 1200, 110, SAND)
    for x, y, w in ((90, 330, 250), (520, 430, 300)):
        for row in range(int((690 - y) / 72)):
            c.box(x, y + row * 72, w, 12, BROWN)
            for col in range(4):
                c.box(x + 10 + col * (w - 30) / 3, y + row * 72, 12, 72, CLAY)
        c.box(x, 678, w, 12, BROWN)
    c.box(90, 546, 250, 132, CREAM)
    for x in (120, 200, 280):
        c.box(x, 572, 40, 60, TEAL)
    for x in (430, 470):
        c.line([(x, 690), (x, 150)], RED, 9)
    for y in range(160, 690, 50):
        c.line([(430, y), (470, y + 50)], RED, 5)
        c.line([(470, y), (430, y + 50)], DARK_RED, 4)
    c.line([(210, 150), (1060, 150)], RED, 12)
    c.line([(470, 110), (1000, 140)], DARK_RED, 5)
    for x in range(480, 1040, 56):
        c.line([(x, 150), (x + 28, 118 + (x - 480) / 20)], RED, 4)
    c.line([(450, 60), (230, 148)], DARK, 4)
    c.line([(450, 60), (860, 146)], DARK, 4)
    c.line([(450, 150), (450, 60)], RED, 9)
    c.box(220, 150, 110, 60, DARK, r=6)
    c.box(476, 160, 62, 66, TEAL, r=8)
    c.line([(800, 150), (800, 330)], DARK, 4)
    c.box(736, 336, 128, 30, BROWN, r=4)
    c.line([(800, 318), (742, 340)], DARK, 4)
    c.line([(800, 318), (858, 340)], DARK, 4)


def _field(c: Canvas, r: Random) -> None:
    c.fade("#f4c98d", PAPER, end=430)
    c.oval(300, 260, 100, fill=WHITE)
    hills(c, 360, MIST, swing=24, phase=0.9)
    hills(c, 410, SAGE, swing=14, phase=2.2)
    c.box(0, 430, 1200, 370, WHEAT)
    for k in range(-14, 15):
        c.shape(
            [
                (600 + k * 30, 430),
                (600 + k * 30 + 10, 430),
                (600 + k * 190 + 70, 800),
                (600 + k * 190, 800),
            ],
            AMBER,
        )
    c.box(660, 350, 250, 120, RED, r=14)
    c.box(680, 266, 120, 96, TEAL, r=12)
    c.box(694, 280, 92, 60, MIST, r=8)
    c.box(880, 300, 26, 60, DARK)
    c.line([(670, 372), (580, 300), (520, 312)], DARK_RED, 20)
    c.box(560, 440, 110, 46, DARK, r=8)
    for x in range(548, 672, 24):
        c.line([(x, 446), (x - 10, 492)], WHEAT, 6)
    c.oval(720, 486, 44, fill=DARK)
    c.oval(720, 486, 20, fill=WHEAT)
    c.oval(860, 494, 34, fill=DARK)
    c.oval(860, 494, 14, fill=WHEAT)
    for _ in range(54):
        foot, top, lean = r.uniform(-10, 1210), r.uniform(640, 710), r.uniform(-16, 16)
        c.line([(foot, 810), (foot + lean, top)], "#b77f2c", 5)
        for step in range(4):
            ex, ey = foot + lean * (1 - step * 0.12), top - 2 + step * 15
            c.oval(ex - 7, ey, 6, 10, fill="#f0c768")
            c.oval(ex + 7, ey - 5, 6, 10, fill="#f0c768")


def _canal(c: Canvas, _r: Random) -> None:
    c.fade("#f5d6a6", PAPER, end=360)
    c.oval(820, 220, 84, fill=WHITE)
    hills(c, 310, MIST, swing=26, phase=1.7)
    c.box(0, 350, 1200, 450, SAGE)
    c.shape([(560, 350), (650, 350), (980, 800), (230, 800)], SAND)
    c.shape([(578, 350), (632, 350), (880, 800), (330, 800)], TEAL)
    for y, w in ((420, 40), (500, 90), (590, 150), (690, 220)):
        c.line([(604 - w / 2, y), (604 + w / 3, y)], MIST, 3 + y / 130)
        c.line([(620, y + 26), (640 + w / 3, y + 26)], "#7fa3a0", 3 + y / 160)
    for x, y, s in (
        (120, 460, 1.5),
        (300, 400, 0.9),
        (410, 372, 0.6),
        (1090, 470, 1.5),
        (900, 402, 0.9),
        (790, 374, 0.6),
    ):
        c.box(x - 7 * s, y, 14 * s, 80 * s, BROWN)
        c.oval(x, y - 30 * s, 52 * s, 84 * s, fill=LEAF)
        c.oval(x + 16 * s, y - 44 * s, 26 * s, 54 * s, fill="#7a9563")
    c.box(400, 500, 34, 130, STEEL)
    c.box(780, 500, 34, 130, STEEL)
    c.box(384, 474, 446, 34, RED, r=6)
    c.box(530, 506, 150, 84, DARK_RED)
    c.line([(606, 474), (606, 420)], DARK, 9)
    c.ring(606, 404, 30, DARK, 8)


def _powerline(c: Canvas, _r: Random) -> None:
    c.fade("#e9a56b", "#fbe3b8", end=600)
    c.oval(600, 500, 130, fill=WHEAT)
    hills(c, 540, CLAY, swing=34, phase=0.4)
    hills(c, 630, BROWN, swing=26, phase=2.4)
    hills(c, 710, DARK, swing=18, phase=4.1)
    towers = ((230, 150, 560, 1.0), (720, 270, 400, 0.72), (1040, 350, 300, 0.52))
    for x, top, tall, s in towers:
        for side in (-1, 1):
            c.line(
                [(x + side * 70 * s, top + tall), (x + side * 14 * s, top)], DARK, 8 * s
            )
        for k in range(6):
            y = top + tall * (k + 1) / 7
            w = (14 + 56 * (k + 1) / 7) * s
            c.line([(x - w, y), (x + w, y - tall / 8)], DARK, 5 * s)
            c.line([(x + w, y), (x - w, y - tall / 8)], DARK, 5 * s)
        for k, arm in enumerate((120, 150, 120)):
            y = top + (40 + 76 * k) * s
            c.line([(x - arm * s, y), (x + arm * s, y)], DARK, 8 * s)
            for side in (-1, 1):
                c.line(
                    [(x + side * arm * s, y), (x + side * arm * s, y + 28 * s)],
                    RED,
                    8 * s,
                )
    for k, arm in enumerate((120, 150, 120)):
        for side in (-1, 1):
            points = [(-60.0, 200.0 + 76 * k)]
            for x, top, _tall, s in towers:
                points.append((x + side * arm * s, top + (68 + 76 * k) * s))
            points.append((1260, 400 + 40.0 * k))
            sagged = points[:2]
            for a, b in pairwise(points[1:]):
                sagged += [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 30), b]
            c.line(smooth(sagged), DARK, 3)


def _pear(c: Canvas, _r: Random) -> None:
    c.fade("#dfe6cf", PAPER, end=800)
    c.oval(920, 230, 180, fill=WHITE)
    c.curve([(-20, 150), (300, 190), (640, 130), (1000, 190), (1220, 140)], BROWN, 34)
    c.curve([(420, 180), (480, 240), (500, 320)], BROWN, 16)
    c.curve([(760, 146), (800, 210), (810, 270)], BROWN, 16)
    for x, y, turn in (
        (120, 172, 60),
        (330, 176, -50),
        (560, 140, 62),
        (690, 128, -48),
        (930, 180, 55),
        (1080, 176, -40),
        (380, 182, 100),
    ):
        a = math.radians(turn)
        tip = (x + 120 * math.cos(a), y + 120 * math.sin(a))
        side = (-34 * math.sin(a), 34 * math.cos(a))
        mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        c.shape(
            smooth(
                [
                    (x, y),
                    (mid[0] + side[0], mid[1] + side[1]),
                    tip,
                    (mid[0] - side[0], mid[1] - side[1]),
                    (x, y),
                ]
            ),
            LEAF,
        )
        c.line([(x, y), tip], SAGE, 4)
    for x, y, s in ((500, 440, 1.0), (810, 385, 0.92), (250, 340, 0.86)):
        c.line([(x, y - 180 * s), (x + 4, y - 70 * s)], BROWN, 12)
        c.oval(x, y - 30 * s, 66 * s, 74 * s, fill=WHEAT)
        c.oval(x, y + 60 * s, 112 * s, 104 * s, fill=WHEAT)
        c.oval(x + 34 * s, y + 70 * s, 66 * s, 82 * s, fill="#d39f42")
        c.oval(x - 4 * s, y + 52 * s, 96 * s, 92 * s, fill=WHEAT)
        c.oval(x - 44 * s, y + 20 * s, 18 * s, 34 * s, fill="#f1d18a")
    c.shape([(120, 700), (1080, 700), (1010, 800), (190, 800)], CLAY)
    c.box(100, 672, 1000, 40, RED, r=16)
    for x in (250, 400, 550, 700, 850, 980):
        c.oval(x, 664, 66, 50, fill="#d9a84c")
        c.oval(x - 8, 658, 54, 40, fill=WHEAT)
    c.box(100, 684, 1000, 40, RED, r=16)


MOTIVES: dict[str, Callable[[Canvas, Random], None]] = {
    "crane": _crane,
    "field": _field,
    "canal": _canal,
    "powerline": _powerline,
    "pear": _pear,
}
"""The pictures of this file by name."""
