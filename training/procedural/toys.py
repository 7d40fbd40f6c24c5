"""Toys, vehicles and other single things, about one unit tall, standing on y = 0."""

from itertools import pairwise

import numpy as np

from training.procedural.curves import arc, box, ellipse, rounded, smooth
from training.procedural.palettes import lighter
from training.procedural.pen import Pen


def ball(pen: Pen) -> None:
    colour, other = pen.tones.cloth(), pen.tones.cloth()
    pen.round(0, -0.5, 0.5, 0.5, colour)
    if pen.chance(0.6):
        band = np.concatenate(
            [arc(0, -0.5, 0.5, 0.14, 175, 5, -15), arc(0, -0.42, 0.5, 0.16, 5, 175, -15)]
        )
        pen.shape(band, other, line=0.7, shade=0.4)
    pen.glaze(ellipse(-0.18, -0.7, 0.12, 0.08, -30), (255, 255, 255), 0.6, 0.03)


def gift(pen: Pen) -> None:
    colour, band = pen.tones.cloth(), pen.tones.cloth()
    pen.shape(box(-0.45, -0.65, 0.9, 0.65), colour, shade=0.7)
    pen.shape(box(-0.5, -0.78, 1.0, 0.18), lighter(colour, 0.1), shade=0.3)
    pen.shape(box(-0.08, -0.78, 0.16, 0.78), band, line=0.7, shade=0)
    for side in (-1, 1):
        pen.shape(smooth([(0, -0.78), (side * 0.3, -1.02), (side * 0.38, -0.82)]), band)


def balloon(pen: Pen) -> None:
    """A balloon whose string ends at (0, 0)."""
    colour = pen.tones.cloth()
    pen.line([(0, -0.95), (0.05, -0.6), (-0.04, -0.3), (0, 0)], 0.6)
    pen.shape([(-0.05, -0.93), (0.05, -0.93), (0, -1.0)], colour, line=0.7)
    pen.shape(
        smooth(
            [(0, -0.97), (0.28, -1.25), (0.32, -1.55), (0, -1.82), (-0.32, -1.55), (-0.28, -1.25)]
        ),
        colour,
    )
    pen.glaze(ellipse(-0.14, -1.58, 0.06, 0.11, 25), (255, 255, 255), 0.6, 0.02)


def car(pen: Pen) -> None:
    """A small car seen from the side, 2.4 units long."""
    colour = pen.tones.cloth()
    pen.shape(
        smooth(
            [
                (-1.15, -0.2),
                (-1.2, -0.5),
                (-0.85, -0.62),
                (-0.5, -0.98),
                (0.25, -1.0),
                (0.6, -0.62),
                (1.1, -0.52),
                (1.2, -0.22),
                (0.9, -0.14),
                (-0.9, -0.14),
            ]
        ),
        colour,
    )
    glass = (190, 216, 226)
    pen.shape(
        [(-0.68, -0.62), (-0.42, -0.88), (-0.1, -0.9), (-0.1, -0.62)], glass, line=0.8, shade=0.4
    )
    pen.shape([(0.0, -0.62), (0.0, -0.9), (0.22, -0.88), (0.45, -0.62)], glass, line=0.8, shade=0.4)
    pen.line([(-0.05, -0.62), (-0.05, -0.2)], 0.6)
    pen.line([(0.06, -0.5), (0.18, -0.5)], 0.9)
    for x in (-0.68, 0.68):
        pen.round(x, -0.17, 0.24, 0.24, (52, 52, 58))
        pen.round(x, -0.17, 0.12, 0.12, (206, 208, 212), line=0.7, shade=0)
    pen.round(1.1, -0.42, 0.07, 0.09, (255, 236, 160), line=0.7, shade=0)
    pen.round(-1.12, -0.42, 0.05, 0.08, (210, 60, 50), line=0.7, shade=0)


def boat(pen: Pen) -> None:
    """A sailing boat, 1.6 units tall, floating at y = 0."""
    hull, sail = (
        pen.tones.wood() if pen.chance(0.4) else pen.tones.cloth(),
        pen.tones.any_of([(0.96, 0.01, 90), (0.62, 0.18, 28), (0.88, 0.1, 90)]),
    )
    pen.limb([(0, -0.2), (0, -1.6)], [0.06, 0.05], pen.tones.wood())
    pen.shape(smooth([(0.06, -1.5), (0.4, -0.9), (0.72, -0.42), (0.06, -0.4)]), sail)
    pen.shape([(-0.06, -1.3), (-0.06, -0.42), (-0.5, -0.42)], lighter(sail, 0.2))
    pen.shape([(0, -1.6), (0.26, -1.52), (0, -1.44)], pen.tones.cloth(), line=0.7, shade=0)
    pen.shape(
        np.concatenate(
            [
                [(-0.8, -0.32), (0.85, -0.32)],
                smooth([(0.65, 0.0), (0.3, 0.06), (-0.55, 0.05), (-0.8, -0.32)], closed=False),
            ]
        ),
        hull,
    )
    pen.line([(-0.7, -0.2), (0.74, -0.2)], 0.7)


def rocket(pen: Pen) -> None:
    body, fin = pen.tones.any_of([(0.93, 0.01, 250), (0.85, 0.03, 90)]), pen.tones.cloth()
    pen.shape(smooth([(-0.12, 0.0), (0, 0.35), (0.12, 0.0)]), (255, 170, 60), glow=True, shade=0)
    pen.shape(
        smooth([(-0.06, 0.0), (0, 0.2), (0.06, 0.0)]), (255, 226, 120), line=0.5, glow=True, shade=0
    )
    for side in (-1, 1):
        pen.shape(
            smooth(
                [(side * 0.18, -0.45), (side * 0.45, -0.1), (side * 0.4, 0.1), (side * 0.15, -0.05)]
            ),
            fin,
        )
    pen.shape(
        smooth(
            [
                (0, -1.35),
                (0.22, -0.95),
                (0.24, -0.4),
                (0.14, 0),
                (-0.14, 0),
                (-0.24, -0.4),
                (-0.22, -0.95),
            ]
        ),
        body,
    )
    pen.shape(
        smooth(
            [(0, -1.35), (0.14, -1.15), (0.19, -1.0), (0, -0.96), (-0.19, -1.0), (-0.14, -1.15)]
        ),
        fin,
        line=0.8,
    )
    pen.round(0, -0.7, 0.12, 0.12, (150, 200, 230), shade=0.6)


def umbrella(pen: Pen) -> None:
    colour, other = pen.tones.cloth(), pen.tones.cloth()
    pen.limb([(0, -1.0), (0, -0.1)], [0.05, 0.05], pen.tones.wood())
    edge = [(-0.7, -0.75), (-0.23, -0.75), (0.23, -0.75), (0.7, -0.75)]
    for k, (left, right) in enumerate(pairwise(edge)):
        hem = arc((left[0] + right[0]) / 2, -0.75, 0.235, 0.08, 360, 180, count=8)
        pen.shape(
            np.concatenate(
                [
                    smooth([left, (left[0] * 0.72, -1.05), (0, -1.25)], closed=False),
                    smooth([(0, -1.25), (right[0] * 0.72, -1.05), right], closed=False),
                    hem,
                ]
            ),
            other if k % 2 else colour,
            shade=0.6,
        )


def teddy(pen: Pen) -> None:
    fur = pen.tones.any_of([(0.62, 0.08, 62), (0.75, 0.07, 72), (0.5, 0.06, 50)])
    pale = lighter(fur, 0.45)
    for side in (-1, 1):
        pen.round(side * 0.28, -0.1, 0.16, 0.14, fur)
        pen.round(side * 0.3, -0.09, 0.08, 0.08, pale, line=0.6, shade=0)
        pen.round(side * 0.2, -0.98, 0.1, 0.1, fur)
        pen.limb([(side * 0.2, -0.5), (side * 0.38, -0.34)], [0.16, 0.15], fur)
    pen.round(0, -0.33, 0.26, 0.28, fur)
    pen.round(0, -0.3, 0.15, 0.17, pale, line=0.6, shade=0.3)
    pen.round(0, -0.77, 0.27, 0.23, fur)
    pen.round(0, -0.7, 0.12, 0.09, pale, line=0.6, shade=0.3)
    pen.spot(ellipse(0, -0.735, 0.04, 0.03, count=10), (50, 36, 34))
    for side in (-1, 1):
        pen.spot(ellipse(side * 0.1, -0.81, 0.03, 0.035, count=10), (40, 30, 30))
    pen.line(arc(0, -0.71, 0.06, 0.05, 20, 160), 0.6)


def campfire(pen: Pen) -> None:
    pen.glaze(ellipse(0, -0.3, 1.1, 0.9), (255, 170, 70), 0.35, 0.25)
    for angle in (-12, 12):
        pen.at(0, -0.05, 1, angle).shape(rounded(-0.45, -0.07, 0.9, 0.14, 0.07), pen.tones.bark())
    pen.shape(
        smooth(
            [
                (-0.32, -0.1),
                (-0.3, -0.45),
                (-0.14, -0.38),
                (0, -0.95),
                (0.14, -0.42),
                (0.3, -0.55),
                (0.32, -0.1),
                (0, 0.0),
            ]
        ),
        (242, 120, 40),
        glow=True,
        shade=0,
    )
    pen.shape(
        smooth(
            [(-0.17, -0.08), (-0.13, -0.3), (0.0, -0.55), (0.13, -0.3), (0.17, -0.08), (0, -0.02)]
        ),
        (255, 214, 90),
        line=0.6,
        glow=True,
        shade=0,
    )


def snowman(pen: Pen) -> None:
    snow = (244, 248, 252)
    for side in (-1, 1):
        pen.line([(side * 0.25, -0.65), (side * 0.5, -0.8), (side * 0.62, -0.95)], 1.4)
    for y, r in ((-0.28, 0.34), (-0.72, 0.25), (-1.05, 0.19)):
        pen.round(0, y, r, 0.92 * r, snow)
    pen.shape(
        smooth([(-0.2, -0.92), (0.2, -0.92), (0.22, -0.85), (0, -0.8), (-0.22, -0.85)]),
        pen.tones.cloth(),
    )
    pen.shape([(0, -1.09), (0.3, -1.02), (0.0, -1.01)], (240, 140, 50), line=0.8)
    for x in (-0.07, 0.07):
        pen.spot(ellipse(x, -1.12, 0.022, 0.026, count=10), (40, 38, 42))
    hat = pen.tones.near(0.32, 0.02, 270)
    pen.shape(box(-0.27, -1.24, 0.54, 0.05), hat)
    pen.shape(box(-0.17, -1.5, 0.34, 0.27), hat)


def robot(pen: Pen) -> None:
    body, trim = pen.tones.metal(), pen.tones.cloth()
    for side in (-1, 1):
        pen.limb([(side * 0.14, -0.3), (side * 0.16, -0.08)], [0.1, 0.1], pen.dark(body, 0.2))
        pen.shape(rounded(side * 0.16 - 0.12, -0.1, 0.24, 0.1, 0.05), trim, line=0.8)
        pen.limb(
            [(side * 0.3, -0.62), (side * 0.46, -0.45), (side * 0.44, -0.28)],
            [0.1, 0.09, 0.1],
            pen.dark(body, 0.2),
        )
        pen.round(side * 0.44, -0.25, 0.07, 0.07, trim, line=0.8)
    pen.shape(rounded(-0.3, -0.72, 0.6, 0.46, 0.08), body)
    pen.shape(rounded(-0.18, -0.62, 0.36, 0.2, 0.03), lighter(trim, 0.4), line=0.7, shade=0)
    for k in range(3):
        pen.round(-0.1 + 0.1 * k, -0.34, 0.03, 0.03, pen.tones.petal(), line=0.6, shade=0)
    pen.line([(0, -1.15), (0, -1.3)], 0.9)
    pen.round(0, -1.32, 0.045, 0.045, (226, 70, 60), line=0.7, shade=0)
    pen.shape(rounded(-0.27, -1.16, 0.54, 0.4, 0.12), body)
    for side in (-1, 1):
        pen.round(side * 0.12, -0.99, 0.075, 0.075, (255, 226, 120), glow=True, shade=0)
        pen.spot(ellipse(side * 0.12, -0.98, 0.03, 0.03, count=10), (40, 36, 44))
    pen.line([(-0.1, -0.85), (0.1, -0.85)], 0.8)


def cactus(pen: Pen) -> None:
    green = pen.tones.near(0.58, 0.11, 148)
    pen.limb([(0.1, -0.45), (0.36, -0.5), (0.38, -0.8)], [0.16, 0.16, 0.15], green)
    pen.limb([(-0.1, -0.3), (-0.34, -0.34), (-0.35, -0.6)], [0.15, 0.15, 0.14], green)
    pen.limb([(0, 0), (0, -0.95)], [0.28, 0.3, 0.28], green)
    pen.lines(
        [[(x, y), (x, y - 0.07)] for x in (-0.07, 0.0, 0.07) for y in (-0.15, -0.4, -0.65, -0.85)],
        0.5,
    )


def hot_air_balloon(pen: Pen) -> None:
    first, second = pen.tones.cloth(), pen.tones.cloth()
    pen.lines([[(-0.12, -0.2), (-0.24, -0.55)], [(0.12, -0.2), (0.24, -0.55)]], 0.7)
    pen.shape(
        smooth(
            [
                (0, -1.5),
                (0.42, -1.3),
                (0.48, -0.95),
                (0.2, -0.5),
                (-0.2, -0.5),
                (-0.48, -0.95),
                (-0.42, -1.3),
            ]
        ),
        first,
    )
    for share in (0.62, 0.22):
        pen.shape(
            smooth(
                [
                    (0, -1.49),
                    (0.42 * share, -1.3),
                    (0.48 * share, -0.95),
                    (0.2 * share, -0.5),
                    (-0.2 * share, -0.5),
                    (-0.48 * share, -0.95),
                    (-0.42 * share, -1.3),
                ]
            ),
            second if share > 0.5 else first,
            line=0.7,
            shade=0.4,
        )
    pen.shape([(-0.14, -0.2), (0.14, -0.2), (0.11, 0), (-0.11, 0)], pen.tones.wood())


TOYS = (
    ball,
    teddy,
    robot,
    gift,
    rocket,
    car,
    boat,
    umbrella,
    balloon,
    hot_air_balloon,
    cactus,
    snowman,
)
