"""Walls, windows and furniture of a room."""

import numpy as np

from training.procedural import objects
from training.procedural.curves import box, ellipse, rounded, smooth
from training.procedural.palettes import Colour, lighter, mix
from training.procedural.pen import Pen
from training.procedural.sky import star


def wallpaper(pen: Pen, wall: Colour, ground: float) -> None:
    kind = pen.rng.integers(4)
    tint = mix(wall, pen.tones.cloth(), 0.22)
    if kind == 0:
        for x in np.arange(2, pen.width, 8.0):
            pen.patch(box(x, -2, 3.2, ground + 2), tint)
    elif kind == 1:
        for row, y in enumerate(np.arange(4, ground - 4, 9.0)):
            for x in np.arange(3 + 4.5 * (row % 2), pen.width, 9.0):
                pen.patch(ellipse(x, y, 0.9, 0.9, count=10), tint)


def boards(pen: Pen, ground: float, floor: Colour) -> None:
    middle = 0.5 * pen.width
    seams = [
        [(middle + (x - middle) * 0.55, ground), (x, pen.height + 2)]
        for x in np.arange(-0.6 * pen.width, 1.6 * pen.width, 13.0)
    ]
    pen.dabs(seams, pen.dark(floor, 0.2), 0.4)
    pen.lines(seams, 0.5)


def big_window(pen: Pen, x: float, y: float, size: float, night: bool) -> None:
    high = 1.1 * size
    pen.shape(box(x - 2, y - 2, size + 4, high + 4), (248, 244, 234), shade=0)
    sky = (
        [pen.tones.near(0.25, 0.07, 270), pen.tones.near(0.4, 0.08, 262)]
        if night
        else [pen.tones.near(0.72, 0.1, 240), pen.tones.near(0.92, 0.04, 215)]
    )
    pen.ramp(box(x, y, size, high), sky, line=0.7, glow=True)
    if night:
        star(pen, x + 0.7 * size, y + 0.25 * high, 1.6, (250, 244, 200))
    else:
        hill = [
            (x, y + 0.72 * high),
            (x + 0.3 * size, y + 0.6 * high),
            (x + 0.7 * size, y + 0.75 * high),
            (x + size, y + 0.66 * high),
        ]
        foot = [(x + size, y + high), (x, y + high)]
        pen.shape(
            np.concatenate([smooth(hill, closed=False), foot]),
            pen.tones.grass(),
            line=0.6,
            shade=0,
        )
    pen.shape(box(x + size / 2 - 0.8, y, 1.6, high), (248, 244, 234), line=0.6, shade=0)
    pen.shape(box(x, y + high / 2 - 0.8, size, 1.6), (248, 244, 234), line=0.6, shade=0)
    if pen.chance(0.7):
        cloth = pen.tones.cloth()
        for side in (-1, 1):
            edge = x - 5 if side < 0 else x + size + 5
            inner = edge - side * 0.34 * size
            knots = [
                (edge, y - 4),
                (inner, y - 4),
                (inner - side * -1, y + 0.5 * high),
                (edge - side * 5, y + 0.65 * high),
                (edge - side * 8, y + high + 6),
                (edge, y + high + 6),
            ]
            pen.shape(knots, cloth)
            pen.lines(
                [
                    [(edge - side * 0.1 * size * k, y - 3), (edge - side * 2.2 * k, y + 0.6 * high)]
                    for k in (1, 2)
                ],
                0.5,
            )
        pen.limb([(x - 8, y - 5), (x + size + 8, y - 5)], [1.6, 1.6], pen.tones.wood())


def shelf(pen: Pen, x: float, y: float) -> None:
    wide = pen.spread(22, 32)
    left = x - wide / 2
    for _ in range(int(pen.rng.integers(4, 8))):
        thick, tall = pen.spread(1.6, 3.2), pen.spread(7, 11)
        if left + thick > x + 0.1 * wide:
            break
        pen.shape(box(left, y - tall, thick, tall), pen.tones.cloth(), line=0.8, shade=0.4)
        left += thick
    thing = objects.TABLE[int(pen.rng.integers(len(objects.TABLE)))]
    thing(pen.at(x + 0.32 * wide, y, 8))
    pen.shape(box(x - 0.56 * wide, y, 1.12 * wide, 2), pen.tones.wood(), shade=0)


def picture(pen: Pen, x: float, y: float) -> None:
    """A framed landscape on the wall."""
    wide, high = pen.spread(10, 16), pen.spread(8, 13)
    pen.shape(box(x, y, wide, high), pen.tones.wood(), shade=0)
    inner = box(x + 1.2, y + 1.2, wide - 2.4, high - 2.4)
    pen.ramp(inner, [pen.tones.near(0.8, 0.07, 235), pen.tones.near(0.92, 0.04, 215)], line=0.6)
    foot = y + high - 1.2
    pen.shape(
        [
            (x + 1.2, foot),
            (x + 0.35 * wide, y + 0.4 * high),
            (x + 0.55 * wide, y + 0.65 * high),
            (x + 0.7 * wide, y + 0.5 * high),
            (x + wide - 1.2, foot),
        ],
        pen.tones.grass(),
        line=0.6,
        shade=0,
    )


def sofa(pen: Pen, x: float, y: float, wide: float) -> None:
    """A sofa with cushions, its feet on y."""
    colour, cushion = pen.tones.cloth(), pen.tones.cloth()
    pen.ground_shadow(x + wide / 2, y, 0.55 * wide, 2)
    for foot in (0.06, 0.88):
        pen.shape(
            box(x + foot * wide, y - 2.5, 0.06 * wide, 2.5), pen.tones.wood(), line=0.8, shade=0
        )
    pen.shape(rounded(x, y - 0.5 * wide, wide, 0.42 * wide, 0.1 * wide), colour)
    for k in range(2):
        pen.shape(
            rounded(
                x + (0.1 + 0.4 * k) * wide, y - 0.28 * wide, 0.4 * wide, 0.13 * wide, 0.04 * wide
            ),
            lighter(colour, 0.12),
            shade=0.6,
        )
    for side in (0.0, 0.87):
        pen.shape(
            rounded(x + side * wide, y - 0.34 * wide, 0.13 * wide, 0.3 * wide, 0.06 * wide), colour
        )
    if pen.chance(0.7):
        pillow = pen.at(
            x + pen.spread(0.25, 0.75) * wide, y - 0.34 * wide, 0.11 * wide, pen.spread(-25, 25)
        )
        pillow.shape(
            smooth(
                [
                    (-1, -0.8),
                    (0, -0.65),
                    (1, -0.8),
                    (0.85, 0),
                    (1, 0.8),
                    (0, 0.65),
                    (-1, 0.8),
                    (-0.85, 0),
                ]
            ),
            cushion,
        )


def table(pen: Pen, x: float, y: float, wide: float) -> None:
    wood = pen.tones.wood()
    for dx in (-0.42, 0.38):
        pen.shape(box(x + dx * wide, y - 0.5 * wide, 0.05 * wide, 0.5 * wide), pen.dark(wood, 0.1))
    pen.shape(box(x - 0.5 * wide, y - 0.56 * wide, wide, 0.08 * wide), wood, shade=0.4)
    for dx in (-0.3, 0.02, 0.3):
        if pen.chance(0.75):
            thing = objects.TABLE[int(pen.rng.integers(len(objects.TABLE)))]
            thing(pen.at(x + dx * wide, y - 0.56 * wide, pen.spread(0.18, 0.3) * wide))
