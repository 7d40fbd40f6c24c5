"""Animals, each in its own units: about one unit tall, standing on y = 0."""

import numpy as np

from training.procedural.beasts import beast, elephant, eye, muzzle
from training.procedural.curves import arc, ellipse, smooth, tube
from training.procedural.palettes import lighter
from training.procedural.pen import Pen


def cat(pen: Pen) -> None:
    """A sitting cat seen from the front."""
    fur = pen.tones.any_of(
        [(0.7, 0.12, 62), (0.35, 0.01, 280), (0.92, 0.01, 80), (0.6, 0.02, 260), (0.6, 0.06, 60)]
    )
    pale = lighter(fur, 0.55)
    pen.limb([(0.22, -0.06), (0.5, -0.08), (0.55, -0.35), (0.45, -0.5)], [0.1, 0.12, 0.09], fur)
    pen.shape(
        smooth(
            [(-0.13, -0.62), (-0.28, -0.25), (-0.27, 0), (0.27, 0), (0.28, -0.25), (0.13, -0.62)]
        ),
        fur,
    )
    pen.patch(ellipse(0, -0.33, 0.1, 0.17), pale)
    for side in (-1, 1):
        pen.round(side * 0.1, -0.03, 0.09, 0.055, pale, line=0.8, shade=0.3)
        pen.lines([[(side * 0.045, -0.05), (side * 0.05, -0.3)]], 0.6)
        pen.shape([(side * 0.06, -0.86), (side * 0.2, -1.04), (side * 0.25, -0.74)], fur)
        pen.shape(
            [(side * 0.12, -0.85), (side * 0.19, -0.96), (side * 0.21, -0.8)],
            (232, 165, 165),
            line=0.5,
            shade=0,
        )
    pen.round(0, -0.71, 0.27, 0.215, fur)
    if pen.chance(0.5):
        stripes = [[(x, -0.91 + abs(x) * 0.2), (x * 0.8, -0.83)] for x in (-0.08, 0.0, 0.08)]
        pen.dabs(stripes, pen.dark(fur, 0.35), 0.025)
        pen.lines(stripes, 0.7)
    muzzle(pen, 0, -0.66, 0.11, pale)
    for side in (-1, 1):
        eye(pen, side * 0.12, -0.74, 0.036)
        pen.lines(
            [
                [(side * 0.13, -0.63), (side * 0.36, -0.66)],
                [(side * 0.13, -0.61), (side * 0.35, -0.58)],
            ],
            0.4,
        )


def rabbit(pen: Pen) -> None:
    fur = pen.tones.any_of([(0.93, 0.01, 80), (0.7, 0.04, 65), (0.6, 0.015, 260), (0.55, 0.05, 55)])
    pen.round(-0.3, -0.14, 0.1, 0.1, lighter(fur, 0.6))
    for dx, tilt in ((-0.07, -12), (0.1, 8)):
        pen.round(0.1 + dx, -0.98, 0.075, 0.25, fur, angle=tilt)
        pen.round(0.1 + dx, -0.96, 0.035, 0.17, (236, 176, 176), angle=tilt, line=0.5, shade=0)
    pen.shape(
        smooth(
            [(-0.02, -0.55), (-0.3, -0.35), (-0.32, -0.02), (0.2, 0), (0.26, -0.3), (0.18, -0.55)]
        ),
        fur,
    )
    pen.round(-0.13, -0.15, 0.16, 0.14, fur)
    for x in (0.02, 0.18):
        pen.round(x, -0.03, 0.1, 0.05, fur, line=0.9, shade=0.3)
    pen.round(0.12, -0.66, 0.21, 0.19, fur)
    pen.glaze(ellipse(0.17, -0.58, 0.06, 0.04), (240, 130, 130), 0.4, 0.02)
    muzzle(pen, 0.2, -0.62, 0.075, lighter(fur, 0.6))
    for x in (0.06, 0.25):
        eye(pen, x, -0.7, 0.03)


def bird(pen: Pen) -> None:
    """A songbird on thin legs, looking right."""
    colour = pen.tones.any_of(
        [(0.65, 0.13, 245), (0.6, 0.17, 30), (0.85, 0.14, 95), (0.6, 0.05, 60), (0.68, 0.12, 145)]
    )
    belly = lighter(colour, 0.6)
    pen.lines([[(x, -0.25), (x + 0.02, 0), (x + 0.12, 0)] for x in (-0.05, 0.1)], 0.9)
    pen.shape([(-0.4, -0.5), (-0.85, -0.42), (-0.8, -0.28), (-0.4, -0.35)], pen.dark(colour, 0.2))
    pen.shape([(0.42, -0.78), (0.64, -0.7), (0.43, -0.63)], pen.tones.near(0.78, 0.15, 70))
    pen.shape(
        smooth(
            [
                (-0.5, -0.45),
                (-0.1, -0.72),
                (0.12, -0.94),
                (0.38, -0.9),
                (0.46, -0.68),
                (0.3, -0.32),
                (-0.05, -0.2),
                (-0.35, -0.26),
            ]
        ),
        colour,
    )
    pen.patch(
        smooth([(0.3, -0.6), (0.36, -0.42), (0.15, -0.26), (-0.08, -0.26), (0.1, -0.4)]), belly
    )
    pen.shape(
        smooth([(0.08, -0.6), (-0.2, -0.62), (-0.62, -0.4), (-0.25, -0.3), (0.05, -0.38)]),
        pen.dark(colour, 0.15),
    )
    pen.lines([[(-0.1, -0.42), (-0.4, -0.4)], [(-0.08, -0.36), (-0.3, -0.35)]], 0.5)
    eye(pen, 0.3, -0.77, 0.04)


def owl(pen: Pen) -> None:
    brown = pen.tones.any_of(
        [(0.5, 0.06, 55), (0.62, 0.06, 65), (0.45, 0.03, 50), (0.6, 0.04, 260)]
    )
    for side in (-1, 1):
        pen.shape([(side * 0.1, -0.95), (side * 0.3, -1.12), (side * 0.3, -0.8)], brown)
    pen.shape(
        smooth(
            [
                (0, -1.0),
                (0.3, -0.92),
                (0.36, -0.5),
                (0.25, -0.08),
                (0, -0.02),
                (-0.25, -0.08),
                (-0.36, -0.5),
                (-0.3, -0.92),
            ]
        ),
        brown,
    )
    pen.shape(
        smooth([(0, -0.62), (0.2, -0.5), (0.18, -0.15), (0, -0.08), (-0.18, -0.15), (-0.2, -0.5)]),
        lighter(brown, 0.5),
        line=0.7,
        shade=0.4,
    )
    pen.lines(
        [
            [(x - 0.03, y - 0.02), (x, y), (x + 0.03, y - 0.02)]
            for y in (-0.48, -0.36, -0.24)
            for x in (-0.1, 0.0, 0.1)
        ],
        0.5,
    )
    for side in (-1, 1):
        pen.shape(
            smooth(
                [
                    (side * 0.34, -0.62),
                    (side * 0.42, -0.35),
                    (side * 0.26, -0.12),
                    (side * 0.22, -0.4),
                ]
            ),
            pen.dark(brown, 0.2),
        )
        pen.round(side * 0.14, -0.77, 0.13, 0.13, (248, 240, 220))
        pen.round(side * 0.13, -0.77, 0.08, 0.08, (236, 178, 60), line=0.6, shade=0)
        eye(pen, side * 0.13, -0.77, 0.045)
        pen.round(side * 0.1, -0.02, 0.07, 0.04, (226, 160, 60), line=0.7, shade=0)
    pen.shape([(-0.045, -0.7), (0.045, -0.7), (0, -0.58)], (226, 160, 60), line=0.7)


def penguin(pen: Pen) -> None:
    dark = pen.tones.any_of([(0.3, 0.03, 265), (0.4, 0.06, 255)])
    for side in (-1, 1):
        pen.round(side * 0.14, -0.02, 0.13, 0.05, (240, 160, 50), line=0.8)
        pen.limb(
            [(side * 0.28, -0.65), (side * 0.42, -0.4), (side * 0.4, -0.25)],
            [0.12, 0.14, 0.05],
            dark,
        )
    pen.shape(
        smooth(
            [
                (0, -1.05),
                (0.24, -0.92),
                (0.34, -0.45),
                (0.26, -0.06),
                (0, -0.02),
                (-0.26, -0.06),
                (-0.34, -0.45),
                (-0.24, -0.92),
            ]
        ),
        dark,
    )
    pen.shape(
        smooth(
            [
                (0, -0.82),
                (0.15, -0.88),
                (0.2, -0.7),
                (0.24, -0.4),
                (0.18, -0.1),
                (-0.18, -0.1),
                (-0.24, -0.4),
                (-0.2, -0.7),
                (-0.15, -0.88),
            ]
        ),
        (250, 248, 244),
        line=0.7,
        shade=0.4,
    )
    for side in (-1, 1):
        eye(pen, side * 0.1, -0.8, 0.035)
        pen.glaze(ellipse(side * 0.16, -0.71, 0.05, 0.035), (245, 130, 130), 0.5, 0.015)
    pen.shape([(-0.06, -0.74), (0.06, -0.74), (0, -0.65)], (240, 160, 50), line=0.7)


def fish(pen: Pen) -> None:
    """A fish swimming right around (0, 0)."""
    colour = pen.tones.any_of(
        [(0.7, 0.17, 50), (0.65, 0.13, 235), (0.85, 0.15, 95), (0.65, 0.16, 20), (0.68, 0.12, 165)]
    )
    other = pen.tones.cloth()
    pen.shape(smooth([(-0.4, 0), (-0.75, -0.3), (-0.66, 0), (-0.75, 0.3)]), other)
    pen.shape(smooth([(-0.2, -0.2), (0.0, -0.48), (0.25, -0.22)]), other)
    pen.shape(
        smooth(
            [(0.6, 0.0), (0.35, -0.26), (-0.05, -0.28), (-0.48, -0.02), (-0.05, 0.28), (0.35, 0.26)]
        ),
        colour,
    )
    if pen.chance(0.5):
        for x in (-0.15, 0.12):
            pen.shape(
                smooth(
                    [
                        (x, -0.26),
                        (x + 0.06, 0),
                        (x, 0.26),
                        (x - 0.08, 0.24),
                        (x - 0.03, 0),
                        (x - 0.08, -0.24),
                    ]
                ),
                other,
                line=0.6,
                shade=0,
            )
    pen.lines(
        [
            arc(x, y, 0.06, 0.06, -80, 80, count=6)
            for x, y in ((-0.2, -0.05), (-0.05, 0.08), (0.0, -0.12), (-0.22, 0.1))
        ],
        0.5,
    )
    pen.shape(smooth([(0.12, 0.05), (-0.1, 0.15), (-0.04, -0.02)]), other, line=0.8)
    pen.round(0.4, -0.06, 0.07, 0.075, (252, 252, 250), line=0.7, shade=0)
    eye(pen, 0.41, -0.06, 0.035)
    pen.line([(0.58, 0.06), (0.5, 0.1), (0.44, 0.08)], 0.6)


def butterfly(pen: Pen) -> None:
    colour, other = pen.tones.petal(), pen.tones.petal()
    for side in (-1, 1):
        wing = pen.at(0, 0, 1, 0, flip=side < 0)
        wing.shape(
            smooth([(0.02, -0.08), (0.25, -0.55), (0.62, -0.58), (0.58, -0.15), (0.1, 0.0)]), colour
        )
        wing.shape(
            smooth([(0.02, 0.0), (0.45, 0.02), (0.48, 0.35), (0.2, 0.45), (0.03, 0.12)]), other
        )
        wing.round(0.42, -0.38, 0.1, 0.09, lighter(other, 0.3), line=0.6, shade=0)
        wing.round(0.3, 0.2, 0.07, 0.07, lighter(colour, 0.3), line=0.5, shade=0)
        wing.line([(0.02, -0.25), (0.08, -0.42), (0.17, -0.48)], 0.6)
    pen.round(0, 0.0, 0.05, 0.27, (70, 55, 50))


def whale(pen: Pen) -> None:
    """A whale at the surface, looking right."""
    blue = pen.tones.any_of([(0.55, 0.09, 245), (0.6, 0.05, 250), (0.5, 0.07, 225)])
    pen.shape(
        smooth([(-0.75, -0.35), (-1.05, -0.75), (-0.85, -0.68), (-0.68, -0.8), (-0.62, -0.3)]), blue
    )
    pen.shape(
        smooth(
            [
                (-0.75, -0.3),
                (-0.3, -0.45),
                (0.3, -0.72),
                (0.85, -0.5),
                (0.9, -0.15),
                (0.5, 0),
                (-0.2, 0),
                (-0.6, -0.12),
            ]
        ),
        blue,
    )
    pen.shape(
        smooth([(0.88, -0.2), (0.5, -0.16), (0.1, -0.1), (-0.15, -0.01), (0.5, 0.0), (0.86, -0.1)]),
        (238, 240, 238),
        line=0.7,
        shade=0.3,
    )
    pen.lines([[(0.3 + 0.14 * k, -0.11), (0.24 + 0.14 * k, -0.01)] for k in range(4)], 0.5)
    pen.shape(smooth([(0.2, -0.15), (0.05, 0.1), (0.35, -0.05)]), pen.dark(blue, 0.1))
    eye(pen, 0.6, -0.3, 0.035)
    spray = pen.tones.near(0.85, 0.05, 225)
    for side in (-1, 1):
        pen.shape(
            tube(
                [(0.35, -0.72), (0.35 + side * 0.05, -0.95), (0.35 + side * 0.22, -0.92)],
                [0.05, 0.08, 0.04],
            ),
            spray,
            line=0.7,
        )


def turtle(pen: Pen) -> None:
    skin, shell = (
        pen.tones.near(0.7, 0.12, 130),
        pen.tones.any_of([(0.5, 0.08, 70), (0.5, 0.09, 140), (0.6, 0.1, 60)]),
    )
    for x in (-0.4, 0.35):
        pen.limb([(x, -0.25), (x, -0.03)], [0.22, 0.2], skin)
    pen.shape([(-0.58, -0.22), (-0.78, -0.1), (-0.5, -0.1)], skin)
    pen.limb([(0.45, -0.28), (0.68, -0.42), (0.78, -0.5)], [0.2, 0.2, 0.22], skin)
    pen.round(0.82, -0.55, 0.17, 0.15, skin)
    eye(pen, 0.88, -0.6, 0.03)
    pen.line([(0.98, -0.5), (0.88, -0.46), (0.8, -0.49)], 0.6)
    pen.shape(
        np.concatenate([arc(0, -0.2, 0.62, 0.55, 180, 360), [(0.62, -0.15), (-0.62, -0.15)]]), shell
    )
    pen.line([(-0.25, -0.68), (-0.2, -0.45), (-0.36, -0.2)], 0.7, curved=False)
    pen.line([(0.25, -0.68), (0.2, -0.45), (0.36, -0.2)], 0.7, curved=False)
    pen.line([(-0.5, -0.5), (-0.2, -0.45), (0.2, -0.45), (0.5, -0.5)], 0.7, curved=False)


LAND = (cat, cat, beast, beast, beast, elephant, rabbit, owl, penguin, turtle)
