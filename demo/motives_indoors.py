"""Pictures of workshops, rooms and tools."""

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
)

BRICK = "#cf7d55"


def workshop(c: Canvas, *, wall: str = CREAM, bench: str = CLAY) -> None:
    """A wall with a round window light and a bench along the foot."""
    c.box(0, 0, 1200, 800, wall)
    c.oval(860, 300, 330, fill=PAPER)
    c.box(0, 590, 1200, 210, bench)
    c.box(0, 590, 1200, 16, BROWN)


def _teacup(c: Canvas, _r: Random) -> None:
    workshop(c)
    for x in range(0, 1200, 300):
        c.box(x, 668, 296, 4, BROWN)
    c.oval(600, 640, 220, 20, fill=BROWN)
    c.ring(742, 470, 88, SAND, 30)
    c.ring(738, 466, 88, WHITE, 28)
    c.box(436, 336, 300, 302, SAND, r=34)
    c.box(430, 330, 288, 305, WHITE, r=34)
    c.box(424, 322, 312, 28, RED, r=14)
    c.box(452, 332, 256, 10, DARK_RED, r=5)
    c.curve([(560, 590), (556, 530), (520, 470)], LEAF, 7)
    c.curve([(557, 560), (590, 520), (620, 500)], LEAF, 7)
    c.curve([(554, 520), (560, 470), (590, 430)], LEAF, 7)
    for x, y, radius in ((516, 464, 17), (626, 494, 20), (594, 422, 24)):
        c.oval(x, y, radius, fill=RED)
        c.oval(x - radius / 3, y - radius / 3, radius / 4, fill=CLAY)
    for x in (500, 575, 650):
        c.curve([(x, 290), (x + 26, 240), (x - 20, 190), (x + 10, 120)], WHITE, 15)
    c.line([(110, 668), (330, 640)], STEEL, 34)
    c.slice(100, 668, 52, (215, 135), STEEL)
    c.slice(100, 668, 26, (120, 230), CLAY)
    c.oval(336, 638, 32, fill=STEEL)
    c.oval(336, 638, 14, fill=CLAY)
    c.oval(930, 690, 34, fill=SILVER)
    c.oval(930, 690, 15, fill=CLAY)
    c.oval(1020, 664, 24, fill=STEEL)
    c.oval(1020, 664, 10, fill=CLAY)


def _toolbox(c: Canvas, _r: Random) -> None:
    workshop(c, wall=MIST, bench=AMBER)
    c.line([(470, 470), (420, 220)], BROWN, 36)
    c.box(330, 160, 180, 74, STEEL, r=14)
    c.shape([(330, 166), (290, 120), (322, 234)], STEEL)
    c.line([(600, 470), (600, 230)], SILVER, 30)
    c.slice(600, 205, 66, (-40, 220), SILVER)
    c.slice(600, 190, 34, (-140, -40), MIST)
    c.oval(600, 178, 26, fill=MIST)
    c.line([(730, 470), (770, 260)], SILVER, 16)
    c.line([(766, 280), (788, 160)], RED, 44)
    c.line([(860, 470), (900, 330)], WHEAT, 50)
    c.box(330, 430, 600, 60, DARK_RED, r=12)
    c.box(310, 470, 640, 190, RED, r=22)
    c.box(310, 540, 640, 14, DARK_RED)
    c.box(575, 515, 110, 66, WHEAT, r=12)
    c.box(610, 538, 40, 18, BROWN, r=8)
    c.oval(630, 668, 350, 14, fill=BROWN)
    c.box(310, 600, 640, 60, RED, r=22)
    c.oval(200, 690, 40, fill=STEEL)
    c.oval(200, 690, 18, fill=AMBER)
    c.oval(1040, 700, 28, fill=SILVER)
    c.oval(1040, 700, 12, fill=AMBER)


def _helmets(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, TEAL)
    for y in range(0, 800, 100):
        c.box(0, y, 1200, 3, DEEP)
    c.box(80, 250, 1040, 42, BROWN, r=10)
    c.box(80, 250, 1040, 12, CLAY, r=6)
    for x, colour, shade in (
        (245, WHEAT, AMBER),
        (600, RED, DARK_RED),
        (955, WHITE, SAND),
    ):
        c.box(x - 14, 262, 28, 70, DARK, r=10)
        c.slice(x, 480, 128, (180, 360), colour)
        c.slice(x + 40, 480, 88, (270, 360), shade)
        c.box(x - 22, 346, 44, 134, shade, r=18)
        c.box(x - 162, 470, 324, 34, colour, r=17)
        c.box(x - 162, 490, 324, 14, shade, r=7)
        c.curve([(x - 96, 506), (x - 60, 600), (x, 628)], DARK, 9)
        c.curve([(x + 96, 506), (x + 60, 600), (x, 628)], DARK, 9)
        c.oval(x, 630, 13, fill=SILVER)
    c.box(0, 720, 1200, 80, DEEP)


def _conveyor(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, CREAM)
    for x in (90, 430, 770):
        c.box(x, 70, 280, 190, PAPER, r=14)
        c.box(x + 134, 70, 12, 190, SAND)
        c.box(x, 158, 280, 10, SAND)
    for x in (250, 600, 950):
        c.line([(x, 0), (x, 300)], DARK, 6)
        c.shape([(x - 70, 340), (x + 70, 340), (x + 34, 290), (x - 34, 290)], RED)
        c.oval(x, 344, 32, 14, fill=WHEAT)
    c.box(0, 690, 1200, 110, SAND)
    for x in (170, 560, 950):
        c.box(x, 590, 44, 150, TEAL)
        c.box(x - 20, 732, 84, 18, DEEP, r=8)
    c.box(-40, 520, 1280, 92, DEEP, r=46)
    c.box(-40, 532, 1280, 30, TEAL, r=15)
    for x in range(30, 1200, 95):
        c.oval(x, 582, 21, fill=STEEL)
        c.oval(x, 582, 8, fill=DARK)
    for x in (60, 350, 640, 930):
        c.box(x, 400, 210, 124, AMBER, r=10)
        c.box(x, 400, 210, 26, CLAY, r=10)
        c.box(x + 88, 400, 34, 124, WHEAT)
        c.oval(x + 44, 478, 18, fill=RED)


def _gauge(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, MIST)
    c.line([(0, 90), (1200, 90)], STEEL, 44)
    c.line([(220, 90), (220, 240)], STEEL, 40)
    c.line([(980, 90), (980, 240)], STEEL, 40)
    c.box(90, 200, 1020, 520, DEEP, r=36)
    c.box(112, 222, 976, 476, TEAL, r=26)
    for x, needle in ((300, 230), (600, 300), (900, 200)):
        c.oval(x, 400, 132, fill=DARK)
        c.oval(x, 400, 114, fill=WHITE)
        c.arc(x, 400, 98, (150, 315), fill=SAGE, width=14)
        c.arc(x, 400, 98, (315, 390), fill=RED, width=14)
        for step in range(150, 391, 24):
            a = math.radians(step)
            c.line(
                [
                    (x + 70 * math.cos(a), 400 + 70 * math.sin(a)),
                    (x + 82 * math.cos(a), 400 + 82 * math.sin(a)),
                ],
                DARK,
                5,
            )
        a = math.radians(needle)
        c.line([(x, 400), (x + 76 * math.cos(a), 400 + 76 * math.sin(a))], RED, 9)
        c.oval(x, 400, 15, fill=DARK)
    for x, colour in ((230, SAGE), (330, WHEAT), (430, SAGE), (530, RED)):
        c.oval(x, 612, 32, fill=DARK)
        c.oval(x, 612, 24, fill=colour)
    for x in (700, 830, 960):
        c.box(x - 36, 572, 72, 84, DARK, r=14)
        c.box(x - 13, 560, 26, 60, SILVER, r=12)


def _desk(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, DEEP)
    c.shape([(330, 270), (560, 250), (900, 620), (180, 620)], "#5f7d75")
    c.box(720, 90, 330, 260, TEAL, r=10)
    c.oval(960, 170, 40, fill=WHEAT)
    c.box(880, 90, 12, 260, DEEP)
    c.box(720, 214, 330, 12, DEEP)
    c.box(0, 610, 1200, 190, CLAY)
    c.box(0, 610, 1200, 14, BROWN)
    c.box(180, 598, 210, 26, DARK, r=13)
    c.line([(280, 600), (230, 400), (400, 240)], STEEL, 18)
    c.shape([(340, 250), (460, 170), (580, 290), (390, 340)], RED)
    c.oval(480, 316, 60, 26, fill=WHEAT)
    for y, x, w, colour in (
        (566, 790, 270, TEAL),
        (522, 810, 230, RED),
        (478, 796, 250, WHEAT),
        (434, 830, 200, SAGE),
    ):
        c.box(x, y, w, 44, colour, r=6)
        c.box(x + w - 30, y + 8, 24, 28, PAPER)
    c.shape([(430, 690), (640, 650), (690, 720), (450, 764)], WHITE)
    c.shape([(640, 650), (830, 690), (880, 764), (690, 720)], PAPER)
    for k in range(4):
        c.line([(476 + 6 * k, 700 + k * 13), (630 + 8 * k, 672 + k * 13)], SAND, 4)
    c.line([(930, 740), (1060, 690)], WHEAT, 16)
    c.shape([(924, 750), (900, 752), (920, 734)], DARK)


def _noticeboard(c: Canvas, r: Random) -> None:
    c.box(0, 0, 1200, 800, SAND)
    c.box(0, 640, 1200, 160, CLAY)
    c.box(110, 90, 980, 500, BROWN, r=14)
    c.box(140, 120, 920, 440, SAGE)
    papers = (
        (180, 160, 200, 260, WHITE),
        (420, 150, 240, 170, PAPER),
        (420, 350, 240, 170, WHITE),
        (700, 160, 150, 200, CREAM),
        (880, 160, 150, 200, WHITE),
        (700, 390, 330, 140, PAPER),
        (180, 440, 200, 90, CREAM),
    )
    for x, y, w, h, colour in papers:
        c.box(x + 6, y + 8, w, h, LEAF)
        c.box(x, y, w, h, colour)
        for row in range(int(h / 26) - 2):
            length = w - 50 - r.randint(0, 60)
            c.line(
                [(x + 22, y + 48 + row * 26), (x + 22 + length, y + 48 + row * 26)],
                SAND,
                6,
            )
        c.oval(x + w / 2, y + 18, 12, fill=RED)
    for k, height in enumerate((34, 58, 44, 74)):
        c.box(730 + k * 66, 510 - height, 40, height, AMBER)
    c.box(170, 590, 40, 210, BROWN)
    c.box(990, 590, 40, 210, BROWN)


def _loom(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, CREAM)
    c.box(0, 0, 1200, 120, TEAL)
    c.box(0, 110, 1200, 20, DEEP)
    colours = (WHITE, RED, WHITE, WHEAT, WHITE, SAGE, WHITE)
    for k, colour in enumerate(colours):
        x = 120 + k * 160
        c.line([(x, 120), (x, 330)], STEEL, 5)
        c.box(x - 44, 316, 88, 24, BROWN, r=10)
        c.shape(
            [(x - 40, 340), (x + 40, 340), (x + 56, 560), (x - 56, 560)],
            colour,
        )
        for y in range(362, 556, 26):
            spread = 42 + (y - 340) / 14
            c.line([(x - spread + 8, y), (x + spread - 8, y - 9)], SAND, 4)
        c.box(x - 62, 556, 124, 26, BROWN, r=12)
    c.box(0, 580, 1200, 60, DEEP)
    c.box(0, 640, 1200, 160, CLAY)
    for k in range(7):
        x = 120 + k * 160
        c.oval(x, 610, 18, fill=STEEL)
        c.oval(x, 610, 7, fill=DARK)


def _chair(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, MIST)
    c.box(120, 90, 330, 340, DEEP, r=16)
    c.oval(350, 190, 50, fill=WHEAT)
    c.oval(330, 180, 46, fill=DEEP)
    c.box(278, 90, 14, 340, WHITE)
    c.box(100, 424, 370, 22, WHITE, r=8)
    c.box(0, 640, 1200, 160, SAND)
    c.oval(690, 706, 400, 40, fill=CLAY)
    c.line([(420, 560), (360, 700)], DARK, 20)
    c.line([(860, 590), (920, 700)], DARK, 20)
    c.line([(560, 590), (500, 700)], DARK, 20)
    c.line([(270, 520), (560, 580), (800, 570), (990, 280)], BROWN, 78)
    c.line([(270, 505), (560, 562), (790, 550), (980, 265)], TEAL, 62)
    c.shape([(480, 510), (760, 500), (820, 660), (560, 690)], RED)
    c.shape([(480, 510), (760, 500), (766, 530), (488, 540)], DARK_RED)
    c.line([(920, 336), (984, 240)], WHITE, 78)
    c.line([(1120, 690), (1120, 330)], STEEL, 12)
    c.shape([(1060, 330), (1180, 330), (1150, 240), (1090, 240)], WHEAT)
    c.box(1080, 684, 80, 14, STEEL, r=7)


def _circuit(c: Canvas, r: Random) -> None:
    c.box(0, 0, 1200, 800, SAND)
    c.box(120, 90, 960, 620, DEEP, r=26)
    c.box(110, 78, 960, 620, TEAL, r=26)
    for _ in range(26):
        x, y = r.randrange(160, 1000, 40), r.randrange(120, 640, 40)
        dx, dy = r.choice((80, 120, -80)), r.choice((80, -80, 120))
        end = (min(1030, max(150, x + dx)), min(660, max(110, y + dy)))
        c.line([(x, y), (end[0], y), end], SAGE, 7)
        c.oval(*end, 10, fill=WHEAT)
    for x, y, w, h in (
        (430, 280, 280, 220),
        (190, 150, 150, 110),
        (830, 470, 160, 130),
    ):
        for k in range(0, int(w) - 20, 34):
            c.box(x + k + 8, y - 20, 14, h + 40, SILVER, r=4)
        c.box(x, y, w, h, DARK, r=12)
        c.oval(x + 28, y + 28, 9, fill=STEEL)
    for x, y in ((850, 170), (950, 170), (210, 560), (310, 560)):
        c.oval(x, y, 40, fill=DARK)
        c.oval(x, y, 32, fill=AMBER)
    for x in (480, 560, 640):
        c.box(x, 580, 54, 30, RED, r=6)
    c.oval(155, 124, 15, fill=SAND)
    c.oval(1024, 652, 15, fill=SAND)


def _extinguisher(c: Canvas, _r: Random) -> None:
    c.box(0, 0, 1200, 800, CREAM)
    for y in range(0, 640, 80):
        for x in range(-120 + (y // 80 % 2) * 80, 1200, 160):
            c.box(x, y, 156, 76, PAPER)
    c.box(0, 640, 1200, 160, SAND)
    c.oval(430, 690, 150, 16, fill=CLAY)
    c.box(340, 270, 180, 420, RED, r=60)
    c.box(470, 300, 30, 360, DARK_RED, r=15)
    c.box(340, 420, 180, 120, PAPER)
    c.oval(430, 480, 34, fill=WHEAT)
    c.box(396, 220, 68, 64, DARK, r=14)
    c.line([(404, 230), (330, 180)], DARK, 20)
    c.line([(440, 226), (330, 206)], STEEL, 14)
    c.oval(486, 250, 26, fill=SILVER)
    c.curve([(460, 240), (600, 250), (590, 420), (570, 600)], DARK, 20)
    c.shape([(548, 596), (592, 596), (608, 672), (536, 672)], DARK)
    c.shape([(760, 440), (980, 440), (940, 690), (800, 690)], AMBER)
    c.shape([(900, 440), (980, 440), (940, 690), (890, 690)], CLAY)
    c.oval(870, 440, 110, 26, fill=BROWN)
    c.oval(870, 442, 94, 18, fill=WHEAT)
    c.arc(870, 430, 112, (190, 350), fill=DARK, width=9)
    c.line([(1060, 690), (1060, 260)], BROWN, 18)
    c.shape([(1010, 160), (1110, 160), (1096, 300), (1024, 300)], STEEL)


def _kiln(c: Canvas, r: Random) -> None:
    c.box(0, 0, 1200, 800, "#5a3a2b")
    c.oval(1030, 150, 60, fill="#70503c")
    c.slice(450, 640, 400, (180, 360), CLAY)
    for row in range(9):
        for col in range(14):
            x = 60 + col * 64 - (row % 2) * 32
            y = 600 - row * 46
            if (x + 28 - 450) ** 2 + (y - 640) ** 2 < 370**2 and r.choice(
                (True, True, True, False)
            ):
                c.box(x, y, 58, 40, r.choice(("#b9633f", "#cf7d55", "#a95536")), r=4)
    c.slice(450, 640, 210, (180, 360), DARK)
    c.slice(450, 640, 182, (180, 360), AMBER)
    c.slice(450, 640, 130, (180, 360), WHEAT)
    c.slice(450, 640, 74, (180, 360), "#fbe7a8")
    c.box(0, 640, 1200, 160, DARK)
    c.shape([(280, 640), (620, 640), (740, 800), (160, 800)], "#7a4a2c")
    c.shape([(360, 640), (540, 640), (600, 800), (300, 800)], "#a8672f")
    for row in range(4):
        for col in range(4):
            colour = (BRICK, BRICK, BRICK, RED)[row]
            c.box(866 + col * 78, 690 - row * 44, 72, 38, colour, r=4)
    c.box(850, 730, 336, 22, BROWN, r=4)


MOTIVES: dict[str, Callable[[Canvas, Random], None]] = {
    "teacup": _teacup,
    "toolbox": _toolbox,
    "helmets": _helmets,
    "conveyor": _conveyor,
    "gauge": _gauge,
    "desk": _desk,
    "noticeboard": _noticeboard,
    "loom": _loom,
    "chair": _chair,
    "circuit": _circuit,
    "extinguisher": _extinguisher,
    "kiln": _kiln,
}
"""The pictures of this file by name."""
