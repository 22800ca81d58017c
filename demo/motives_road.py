"""Pictures of streets, vehicles and stations."""

from __future__ import annotations

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
)
from demo.motives_land import hills


def wheel(c: Canvas, x: float, y: float, radius: float) -> None:
    """A wheel with a hub."""
    c.oval(x, y, radius, fill=DARK)
    c.oval(x, y, radius * 0.55, fill=SILVER)
    c.oval(x, y, radius * 0.2, fill=DARK)


def _bike(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, CREAM)
    for x, h, colour in (
        (0, 330, SAND),
        (220, 420, MIST),
        (520, 300, SAND),
        (840, 390, MIST),
    ):
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
    c.shape(
        [(780, 612), (780, 340), (930, 340), (1010, 470), (1040, 480), (1040, 612)],
        WHITE,
    )
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
    for x in range(230, 640, 136):
        c.box(x, 340, 112, 130, "#fbe3a4", r=14)
    c.box(780, 340, 90, 300, DARK_RED, r=12)
    c.box(790, 350, 32, 280, "#fbe3a4", r=8)
    c.box(828, 350, 32, 280, "#fbe3a4", r=8)
    c.box(890, 340, 90, 150, "#fbe3a4", r=16)
    c.box(940, 574, 50, 30, WHITE, r=10)
    for x in (360, 880):
        c.slice(x, 650, 80, (180, 360), DARK_RED)
        wheel(c, x, 652, 62)


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
        leaf = r.choice((AMBER, WHEAT, CLAY, RED))
        c.oval(r.uniform(30, 1170), r.uniform(620, 785), 15, 7, fill=leaf)


def _station(c: Canvas, _r: Random) -> None:
    c.fade("#f6dcb2", PAPER, end=600)
    hills(c, 500, MIST, swing=30, phase=0.8)
    c.box(0, 640, 1200, 160, SAND)
    c.box(260, 300, 680, 350, WHITE, r=10)
    c.box(230, 250, 740, 60, RED, r=12)
    for k in range(8):
        x = 250 + k * 88
        c.shape(
            [(x, 310), (x + 88, 310), (x + 96, 366), (x - 8, 366)],
            RED if k % 2 else CREAM,
        )
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


MOTIVES: dict[str, Callable[[Canvas, Random], None]] = {
    "bike": _bike,
    "truck": _truck,
    "bus": _bus,
    "broom": _broom,
    "station": _station,
}
"""The pictures of this file by name."""
