"""Pictures of fields, streets, water and worksites."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from demo.canvas import (
    AMBER,
    BROWN,
    CLAY,
    CREAM,
    DARK,
    DARK_RED,
    DEEP,
    LEAF,
    MIST,
    PAPER,
    RED,
    SAGE,
    SAND,
    SILVER,
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


def wheel(c: Canvas, x: float, y: float, radius: float) -> None:
    """A wheel with a hub."""
    c.oval(x, y, radius, fill=DARK)
    c.oval(x, y, radius * 0.55, fill=SILVER)
    c.oval(x, y, radius * 0.2, fill=DARK)


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


def _bike(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, CREAM)
    for x, h, colour in ((0, 330, SAND), (220, 420, MIST), (520, 300, SAND), (840, 390, MIST)):  # fmt: skip
        c.box(x, 640 - h, 300, h, colour)
        for wx in range(x + 40, x + 270, 80):
            for wy in range(640 - h + 40, 560, 84):
                c.box(wx, wy, 42, 50, PAPER)
    c.box(0, 640, 1200, 160, STEEL)
    c.box(0, 640, 1200, 12, SILVER)
    for x in range(60, 1200, 220):
        c.box(x, 744, 120, 10, WHITE, r=5)
    c.oval(600, 700, 330, 16, fill=DARK)
    wheel(c, 400, 620, 84)
    wheel(c, 830, 620, 84)
    c.line([(400, 620), (500, 560), (700, 600), (760, 430)], DARK, 24)
    c.shape([(480, 530), (700, 590), (660, 630), (460, 590)], TEAL)
    c.line([(760, 400), (830, 620)], STEEL, 18)
    c.line([(740, 380), (810, 372)], DARK, 16)
    c.shape([(715, 440), (790, 400), (812, 560), (700, 600)], TEAL)
    c.oval(792, 424, 22, fill=WHEAT)
    c.box(470, 486, 190, 42, DARK, r=20)
    c.box(290, 300, 230, 200, RED, r=18)
    c.box(290, 300, 230, 40, DARK_RED, r=18)
    c.box(340, 390, 130, 12, WHEAT, r=6)
    c.box(340, 420, 130, 12, WHEAT, r=6)
    c.box(300, 500, 220, 16, DARK)
    c.slice(830, 604, 96, (200, 320), TEAL)
    c.slice(400, 604, 96, (200, 330), TEAL)
    wheel(c, 400, 620, 72)
    wheel(c, 830, 620, 72)


def _truck(c: Canvas, _r: Random) -> None:
    c.fade("#f3cf9a", PAPER, end=560)
    c.oval(260, 260, 96, fill=WHITE)
    hills(c, 470, MIST, swing=40, phase=1.2)
    hills(c, 540, SAGE, swing=26, phase=3.0)
    c.box(0, 620, 1200, 180, STEEL)
    c.box(0, 612, 1200, 16, SAND)
    for x in range(0, 1200, 200):
        c.box(x + 30, 730, 110, 10, WHITE, r=5)
    c.oval(590, 676, 470, 14, fill=DARK)
    c.box(130, 280, 620, 330, RED, r=12)
    for x in range(180, 740, 62):
        c.box(x, 300, 8, 290, DARK_RED)
    c.box(130, 560, 620, 22, WHEAT)
    c.box(130, 606, 900, 30, DARK)
    c.shape([(780, 612), (780, 340), (930, 340), (1010, 470), (1040, 480), (1040, 612)], WHITE)  # fmt: skip
    c.shape([(830, 372), (918, 372), (976, 468), (830, 468)], TEAL)
    c.box(800, 500, 18, 110, SAND)
    c.box(1010, 530, 34, 28, WHEAT, r=8)
    c.box(780, 580, 264, 40, RED)
    for x in (250, 370, 900):
        wheel(c, x, 636, 58)


def _bus(c: Canvas, r: Random) -> None:
    c.fade(DEEP, TEAL, end=600)
    c.oval(950, 150, 62, fill=WHEAT)
    for _ in range(26):
        c.oval(r.uniform(0, 1200), r.uniform(10, 330), r.uniform(1.5, 3.5), fill=WHITE)
    hills(c, 470, "#1f3940", swing=34, phase=0.2)
    for x, y in ((120, 500), (210, 520), (1010, 490), (1090, 512)):
        c.box(x, y, 16, 14, WHEAT)
    c.box(0, 620, 1200, 180, "#34454a")
    c.shape([(985, 570), (1200, 540), (1200, 700), (985, 610)], "#6d7f6a")
    c.oval(590, 690, 440, 14, fill="#22343a")
    c.box(190, 300, 800, 350, RED, r=46)
    c.box(190, 530, 800, 30, WHEAT)
    for x in range(230, 760, 132):
        c.box(x, 340, 112, 130, "#fbe3a4", r=14)
    c.box(780, 340, 90, 300, DARK_RED, r=12)
    c.box(790, 350, 32, 280, "#fbe3a4", r=8)
    c.box(828, 350, 32, 280, "#fbe3a4", r=8)
    c.box(890, 340, 90, 150, "#fbe3a4", r=16)
    c.box(940, 574, 50, 30, WHITE, r=10)
    for x in (360, 880):
        c.slice(x, 650, 80, (180, 360), DARK_RED)
        wheel(c, x, 652, 62)


def _field(c: Canvas, r: Random) -> None:
    c.fade("#f4c98d", PAPER, end=430)
    c.oval(300, 260, 100, fill=WHITE)
    hills(c, 360, MIST, swing=24, phase=0.9)
    hills(c, 410, SAGE, swing=14, phase=2.2)
    c.box(0, 430, 1200, 370, WHEAT)
    for k in range(-14, 15):
        c.shape([(600 + k * 30, 430), (600 + k * 30 + 10, 430), (600 + k * 190 + 70, 800), (600 + k * 190, 800)], AMBER)  # fmt: skip
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
        x = r.uniform(-10, 1210)
        y = 800 - r.uniform(0, 70)
        lean = r.uniform(-16, 16)
        c.line([(x, 810), (x + lean, y - 90)], "#b77f2c", 5)
        for step in range(4):
            ex, ey = x + lean * (1 - step * 0.12), y - 92 + step * 15
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
    for x, y, s in ((120, 460, 1.5), (300, 400, 0.9), (410, 372, 0.6), (1090, 470, 1.5), (900, 402, 0.9), (790, 374, 0.6)):  # fmt: skip
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
            c.line([(x + side * 70 * s, top + tall), (x + side * 14 * s, top)], DARK, 8 * s)  # fmt: skip
        for k in range(6):
            y = top + tall * (k + 1) / 7
            w = (14 + 56 * (k + 1) / 7) * s
            c.line([(x - w, y), (x + w, y - tall / 8)], DARK, 5 * s)
            c.line([(x + w, y), (x - w, y - tall / 8)], DARK, 5 * s)
        for k, arm in enumerate((120, 150, 120)):
            y = top + (40 + 76 * k) * s
            c.line([(x - arm * s, y), (x + arm * s, y)], DARK, 8 * s)
            for side in (-1, 1):
                c.line([(x + side * arm * s, y), (x + side * arm * s, y + 28 * s)], RED, 8 * s)  # fmt: skip
    for k, arm in enumerate((120, 150, 120)):
        for side in (-1, 1):
            points = [(-60.0, 150.0 + 110 * k)]
            for x, top, _tall, s in towers:
                points.append((x + side * arm * s, top + (68 + 76 * k) * s))
            points.append((1260, 400 + 50.0 * k))
            sagged = [points[0]]
            for a, b in zip(points, points[1:], strict=False):
                sagged += [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 30), b]
            c.line(smooth(sagged), DARK, 3)


def _broom(c: Canvas, r: Random) -> None:
    c.fade("#f0c9a0", PAPER, end=520)
    c.oval(220, 420, 90, fill=WHITE)
    for x, h in ((0, 240), (160, 320), (760, 280), (960, 360)):
        c.box(x, 560 - h, 220, h, MIST)
    c.box(0, 560, 1200, 240, STEEL)
    c.box(0, 560, 1200, 46, SAND)
    c.box(1010, 170, 40, 400, BROWN)
    for x, y, s in ((1030, 150, 140), (930, 200, 90), (1130, 210, 96)):
        c.oval(x, y, s, s * 0.8, fill=AMBER)
    c.oval(1060, 120, 90, 70, fill=WHEAT)
    c.oval(620, 736, 240, 16, fill=DARK)
    c.shape([(480, 430), (800, 430), (770, 680), (510, 680)], TEAL)
    c.box(470, 404, 340, 40, DEEP, r=14)
    c.box(520, 500, 240, 16, WHEAT)
    c.line([(800, 440), (900, 380)], DARK, 16)
    wheel(c, 560, 696, 40)
    wheel(c, 720, 696, 40)
    c.line([(430, 160), (330, 570)], BROWN, 20)
    c.shape([(296, 556), (372, 574), (392, 740), (200, 712)], WHEAT)
    c.shape([(296, 556), (372, 574), (366, 606), (286, 588)], RED)
    for k in range(8):
        c.line([(300 + k * 8, 612), (222 + k * 22, 716 + k * 2)], AMBER, 5)
    for _ in range(22):
        x, y = r.uniform(30, 1170), r.uniform(620, 785)
        c.oval(x, y, 15, 7, fill=r.choice((AMBER, WHEAT, CLAY, RED)))


def _station(c: Canvas, _r: Random) -> None:
    c.fade("#f6dcb2", PAPER, end=600)
    hills(c, 500, MIST, swing=30, phase=0.8)
    c.box(0, 640, 1200, 160, SAND)
    c.box(260, 300, 680, 350, WHITE, r=10)
    c.box(230, 250, 740, 60, RED, r=12)
    for k in range(8):
        x = 250 + k * 88
        c.shape([(x, 310), (x + 88, 310), (x + 96, 366), (x - 8, 366)], RED if k % 2 else CREAM)  # fmt: skip
    c.box(300, 410, 300, 160, TEAL, r=8)
    c.box(312, 422, 276, 136, "#fbe7b5", r=6)
    c.box(290, 566, 320, 20, BROWN, r=6)
    c.box(680, 400, 200, 250, BROWN, r=8)
    c.box(696, 416, 168, 120, MIST, r=6)
    c.oval(852, 560, 10, fill=WHEAT)
    c.box(350, 500, 76, 60, SILVER, r=12)
    c.arc(388, 500, 32, (180, 360), fill=DARK, width=7)
    c.box(470, 524, 32, 38, RED, r=6)
    c.box(520, 524, 32, 38, WHITE, r=6)
    c.box(60, 590, 190, 18, BROWN, r=6)
    c.box(60, 540, 190, 16, BROWN, r=6)
    c.box(80, 540, 14, 130, DARK)
    c.box(216, 540, 14, 130, DARK)
    c.box(1040, 420, 18, 230, BROWN)
    c.oval(1050, 370, 84, 96, fill=LEAF)
    c.oval(1080, 340, 46, 56, fill=SAGE)


def _pear(c: Canvas, _r: Random) -> None:
    c.fade("#dfe6cf", PAPER, end=800)
    c.oval(920, 230, 180, fill=WHITE)
    c.curve([(-20, 150), (300, 190), (640, 130), (1000, 190), (1220, 140)], BROWN, 34)
    c.curve([(420, 180), (480, 240), (500, 320)], BROWN, 16)
    c.curve([(760, 146), (800, 210), (810, 270)], BROWN, 16)
    for x, y, turn in ((150, 230, 60), (330, 110, -40), (580, 230, 70), (690, 90, -50), (930, 250, 50), (1080, 120, -30), (620, 320, 40)):  # fmt: skip
        a = math.radians(turn)
        tip = (x + 120 * math.cos(a), y + 120 * math.sin(a))
        side = (-34 * math.sin(a), 34 * math.cos(a))
        mid = ((x + tip[0]) / 2, (y + tip[1]) / 2)
        c.shape(smooth([(x, y), (mid[0] + side[0], mid[1] + side[1]), tip, (mid[0] - side[0], mid[1] - side[1]), (x, y)]), LEAF)  # fmt: skip
        c.line([(x, y), tip], SAGE, 4)
    for x, y, s in ((500, 420, 1.0), (810, 370, 0.92), (250, 350, 0.86)):
        c.line([(x, y - 130 * s), (x + 6, y - 70 * s)], BROWN, 12)
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
    "bike": _bike,
    "truck": _truck,
    "bus": _bus,
    "field": _field,
    "canal": _canal,
    "powerline": _powerline,
    "broom": _broom,
    "station": _station,
    "pear": _pear,
}
"""The pictures of this file by name."""
