"""Things: toys, fruit, vessels, books, vehicles; about one unit tall, standing on y = 0."""

import numpy as np

from training.procedural.curves import arc, box, ellipse, smooth, tube
from training.procedural.pen import Pen
from training.procedural.plants import flower
from training.procedural.toys import ball, gift, teddy


def cup(pen: Pen) -> None:
    colour = pen.tones.cloth()
    pen.line(arc(0.4, -0.38, 0.2, 0.2, -100, 110), 1.6)
    pen.dabs([arc(0.4, -0.38, 0.2, 0.2, -90, 90)], colour, 0.08)
    pen.shape(
        np.concatenate([[(-0.42, -0.7)], arc(0, -0.05, 0.3, 0.08, 170, 10), [(0.42, -0.7)]]), colour
    )
    pen.round(0, -0.7, 0.42, 0.1, pen.dark(colour, 0.15), shade=0)
    pen.round(
        0,
        -0.68,
        0.36,
        0.07,
        pen.tones.any_of([(0.4, 0.06, 50), (0.7, 0.12, 70)]),
        line=0.6,
        shade=0,
    )
    for k in (-0.12, 0.12):
        pen.line([(k, -0.85), (k + 0.06, -0.97), (k - 0.04, -1.08), (k + 0.03, -1.2)], 0.5)


def books(pen: Pen) -> None:
    y = 0.0
    for _ in range(int(pen.rng.integers(2, 5))):
        high, wide, dx = pen.spread(0.14, 0.22), pen.spread(0.75, 1.0), pen.spread(-0.06, 0.06)
        colour = pen.tones.cloth()
        pen.shape(box(dx - wide / 2, y - high, wide, high), colour, shade=0.5)
        pen.shape(
            box(dx + 0.32 * wide, y - 0.82 * high, 0.2 * wide, 0.64 * high),
            (246, 240, 222),
            line=0.6,
            shade=0,
        )
        pen.line([(dx - 0.36 * wide, y - high), (dx - 0.36 * wide, y)], 0.5)
        y -= high


def apple(pen: Pen) -> None:
    colour = pen.tones.any_of([(0.58, 0.2, 27), (0.78, 0.16, 122), (0.8, 0.14, 90)])
    pen.shape(
        smooth(
            [
                (0, -0.78),
                (0.3, -0.9),
                (0.52, -0.6),
                (0.42, -0.15),
                (0.15, 0),
                (0, -0.04),
                (-0.15, 0),
                (-0.42, -0.15),
                (-0.52, -0.6),
                (-0.3, -0.9),
            ]
        ),
        colour,
    )
    pen.line([(0, -0.76), (0.02, -0.92), (0.1, -1.02)], 1.3)
    pen.shape(
        smooth([(0.06, -0.93), (0.3, -1.08), (0.38, -0.95)]),
        pen.tones.near(0.62, 0.14, 138),
        line=0.8,
    )
    pen.glaze(ellipse(-0.24, -0.62, 0.08, 0.14, 20), (255, 255, 255), 0.5, 0.03)


def orange(pen: Pen) -> None:
    colour = pen.tones.any_of([(0.76, 0.16, 62), (0.88, 0.15, 100)])
    pen.round(0, -0.42, 0.44, 0.42, colour)
    pen.shape(
        smooth([(0, -0.82), (0.2, -0.95), (0.28, -0.82)]), pen.tones.near(0.6, 0.13, 138), line=0.8
    )
    pen.lines(
        [
            [(x, y), (x + 0.01, y)]
            for x, y in ((0.1, -0.3), (-0.1, -0.2), (0.22, -0.45), (-0.2, -0.4))
        ],
        0.5,
    )


def pear(pen: Pen) -> None:
    colour = pen.tones.near(0.8, 0.15, 115)
    pen.shape(
        smooth(
            [
                (0, -1.0),
                (0.16, -0.9),
                (0.2, -0.6),
                (0.4, -0.3),
                (0.28, -0.02),
                (0, 0),
                (-0.28, -0.02),
                (-0.4, -0.3),
                (-0.2, -0.6),
                (-0.16, -0.9),
            ]
        ),
        colour,
    )
    pen.line([(0, -0.98), (0.04, -1.14)], 1.2)


def banana(pen: Pen) -> None:
    colour = pen.tones.near(0.87, 0.16, 95)
    for k in range(2):
        pen.shape(
            tube(
                [
                    (-0.5, -0.62 + 0.1 * k),
                    (-0.25, -0.2 + 0.1 * k),
                    (0.2, -0.1 + 0.05 * k),
                    (0.55, -0.4),
                ],
                [0.06, 0.24, 0.24, 0.07],
            ),
            colour,
        )
    pen.round(0.56, -0.43, 0.05, 0.05, (90, 70, 50), shade=0)


def grapes(pen: Pen) -> None:
    colour = pen.tones.any_of([(0.45, 0.12, 310), (0.75, 0.13, 120)])
    for row, count in enumerate((4, 3, 3, 2, 1)):
        for k in range(count):
            pen.round(
                (k - (count - 1) / 2) * 0.2, -0.82 + 0.17 * row, 0.115, 0.115, colour, line=0.8
            )
    pen.line([(0, -0.95), (0.03, -1.12)], 1.2)
    pen.shape(
        smooth([(0.02, -1.02), (0.25, -1.15), (0.36, -0.98), (0.18, -0.92)]),
        pen.tones.near(0.6, 0.13, 138),
        line=0.8,
    )


def cake(pen: Pen) -> None:
    cream, sponge = (
        pen.tones.any_of([(0.93, 0.04, 10), (0.95, 0.02, 90), (0.5, 0.06, 50)]),
        pen.tones.near(0.82, 0.09, 78),
    )
    pen.round(0, -0.03, 0.7, 0.08, (240, 240, 244), shade=0.4)
    pen.shape(box(-0.5, -0.5, 1.0, 0.45), sponge, shade=0.6)
    drips = smooth(
        [
            (0.52, -0.35),
            (0.36, -0.25),
            (0.2, -0.36),
            (0.02, -0.22),
            (-0.15, -0.36),
            (-0.33, -0.25),
            (-0.52, -0.35),
        ],
        closed=False,
    )
    pen.shape(np.concatenate([arc(0, -0.55, 0.52, 0.1, 180, 360), drips]), cream)
    for x in (-0.28, 0.0, 0.28):
        pen.shape(box(x - 0.03, -0.86, 0.06, 0.26), pen.tones.cloth(), line=0.7, shade=0)
        pen.shape(
            smooth([(x, -1.02), (x + 0.05, -0.9), (x, -0.86), (x - 0.05, -0.9)]),
            (255, 190, 70),
            line=0.6,
            glow=True,
            shade=0,
        )


def teapot(pen: Pen) -> None:
    colour, other = pen.tones.cloth(), pen.tones.cloth()
    pen.line(arc(-0.42, -0.45, 0.22, 0.24, 80, 280), 2.2)
    pen.limb([(0.35, -0.3), (0.55, -0.42), (0.66, -0.68)], [0.22, 0.13, 0.1], colour)
    pen.round(0, -0.4, 0.45, 0.38, colour)
    pen.round(0, -0.76, 0.22, 0.07, other)
    pen.round(0, -0.86, 0.06, 0.06, other, shade=0)
    daisy_at = pen.at(0, -0.38, 0.16)
    for k in range(5):
        daisy_at.at(0, 0, 1, 72 * k).round(0.6, 0, 0.42, 0.36, other, line=0.5, shade=0)


def lamp(pen: Pen) -> None:
    shade_colour = pen.tones.any_of([(0.9, 0.08, 88), (0.75, 0.12, 50), (0.85, 0.04, 140)])
    pen.round(0, -0.04, 0.22, 0.06, pen.tones.wood())
    pen.limb([(0, -0.05), (0, -0.6)], [0.08, 0.06], pen.tones.wood())
    pen.shape(
        [(-0.16, -1.0), (0.16, -1.0), (0.32, -0.58), (-0.32, -0.58)],
        shade_colour,
        glow=True,
        shade=0.4,
    )


def vase(pen: Pen) -> None:
    for x in (-0.16, 0.0, 0.17):
        flower(pen, x, -0.45, pen.spread(0.5, 0.75))
    colour = pen.tones.cloth()
    pen.shape(
        smooth(
            [
                (-0.16, -0.55),
                (-0.1, -0.46),
                (-0.28, -0.22),
                (-0.16, 0),
                (0.16, 0),
                (0.28, -0.22),
                (0.1, -0.46),
                (0.16, -0.55),
            ]
        ),
        colour,
    )


def potted_plant(pen: Pen) -> None:
    green = pen.tones.near(0.58, 0.12, 142)
    for heading in (-70, -35, 0, 35, 70):
        turn = np.radians(heading + pen.spread(-8, 8) - 90)
        tip = (0.5 * np.cos(turn), -0.42 + 0.55 * np.sin(turn))
        pen.shape(
            tube([(0, -0.36), (0.5 * tip[0], 0.55 * tip[1] - 0.2), tip], [0.04, 0.2, 0.0]), green
        )
    pen.shape(
        [(-0.24, -0.38), (0.24, -0.38), (0.17, 0), (-0.17, 0)], pen.tones.near(0.62, 0.12, 42)
    )
    pen.shape(box(-0.27, -0.45, 0.54, 0.12), pen.tones.near(0.66, 0.11, 42), shade=0.4)


FRUIT = (apple, orange, pear, banana, grapes)
TABLE = (
    cup,
    books,
    apple,
    orange,
    pear,
    banana,
    grapes,
    cake,
    teapot,
    vase,
    potted_plant,
    lamp,
    teddy,
    gift,
    ball,
)
