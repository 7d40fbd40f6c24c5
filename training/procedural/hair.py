"""Hair of many shapes, in head units: the skull is a unit circle around (0, 0), chin at y 1."""

import numpy as np
from numpy.typing import NDArray

from training.procedural.curves import (
    Points,
    arc,
    cloud,
    ellipse,
    floats,
    locks,
    points_of,
    smooth,
    tube,
)
from training.procedural.palettes import Colour, Hair, lighter
from training.procedural.pen import Pen

BACKS = (
    "short",
    "short",
    "bob",
    "long",
    "long",
    "ponytail",
    "twintails",
    "braids",
    "bun",
    "curly",
    "wavy",
)
FRONTS = ("fringe", "fringe", "parted", "swept", "blunt", "crop", "spiky")


def _hair_shape(pen: Pen, points: Points, hair: Hair, *, front: bool, line: float = 1.0) -> None:
    outline = pen.shape(points, hair.colour, line=line, shade=0.9 if front else 0.4)
    if hair.dark and pen.look.hand.spot_blacks:
        pen.black(outline)


def _back_colour(pen: Pen, hair: Hair) -> Hair:
    return Hair(pen.dark(hair.colour, 0.16), hair.dark)


def hair_behind(pen: Pen, kind: str, hair: Hair) -> None:
    """The hair that hangs behind head and shoulders."""
    deep = _back_colour(pen, hair)
    if kind == "long":
        length = pen.spread(1.6, 2.6)
        roots = [(x, length + pen.spread(-0.25, 0.05)) for x in np.linspace(1.1, -1.1, 5)]
        tips = [(x, length + pen.spread(0.1, 0.35)) for x in np.linspace(0.85, -0.85, 4)]
        side = smooth([(0.0, -1.1), (0.8, -0.8), (1.02, 0.0), (1.0, 0.9), roots[0]], closed=False)
        other = smooth(
            [roots[-1], (-1.0, 0.9), (-1.02, 0.0), (-0.8, -0.8), (0.0, -1.1)], closed=False
        )
        _hair_shape(pen, np.concatenate([side, locks(roots, tips, 0.1), other]), deep, front=False)
    elif kind == "wavy":
        knots = [
            (0, -1.12),
            (0.9, -0.75),
            (1.1, 0.0),
            (0.98, 0.5),
            (1.3, 1.0),
            (1.15, 1.5),
            (0.6, 1.75),
            (0, 1.5),
        ]
        knots += [(-x, y) for x, y in knots[-2:0:-1]]
        _hair_shape(pen, smooth(knots), deep, front=False)
    elif kind == "bob":
        knots = [(0, -1.1), (0.85, -0.75), (1.08, 0.1), (1.1, 0.75), (0.7, 0.98), (0, 0.8)]
        knots += [(-x, y) for x, y in knots[-2:0:-1]]
        _hair_shape(pen, smooth(knots), deep, front=False)
    elif kind == "ponytail":
        _tail(pen, 1 if pen.chance(0.5) else -1, deep)
    elif kind == "twintails":
        for side_sign in (-1, 1):
            _tail(pen, side_sign, deep)
    elif kind == "bun":
        places = [(0.0, -1.22)] if pen.chance(0.6) else [(-0.75, -0.95), (0.75, -0.95)]
        for x, y in places:
            _hair_shape(pen, ellipse(x, y, 0.4, 0.36), hair, front=True)
            pen.line(arc(x, y, 0.2, 0.18, 20, 300), 0.6)
    elif kind == "curly":
        _hair_shape(pen, cloud(0, -0.12, 1.25, 1.15, 13, pen.rng), deep, front=False)
    if kind != "curly":
        _hair_shape(pen, ellipse(0, -0.12, 0.95, 0.96), deep, front=False, line=0.8)


def _tail(pen: Pen, side: int, hair: Hair) -> None:
    length = pen.spread(1.1, 2.1)
    way = [
        (side * 0.7, -0.7),
        (side * 1.25, -0.55),
        (side * 1.5, 0.2),
        (side * 1.3, 0.2 + length * 0.75),
    ]
    _hair_shape(pen, tube(way, [0.3, 0.62, 0.55, 0.06]), hair, front=True)
    pen.line([(side * 1.15, -0.45), (side * 1.38, 0.2), (side * 1.3, 0.2 + length * 0.5)], 0.6)
    pen.round(side * 0.83, -0.7, 0.15, 0.2, pen.tones.cloth(), line=0.8)


def hair_over(pen: Pen, back: str, front: str, hair: Hair, edge: Points) -> None:
    """The hair on the forehead and at the temples."""
    if back == "curly":
        _curls(pen, hair)
        return
    cap = arc(0, -0.1, 0.95, 1.02, 12, -192, count=26)
    if front == "spiky":
        cap = _spikes(pen)
    outline = np.concatenate([cap, edge])
    _hair_shape(pen, outline, hair, front=True)
    _strands(pen, front, hair)
    for side in (-1, 1):
        if back == "braids":
            _braid(pen, side, hair)
        elif back in ("long", "wavy") and front != "crop":
            _side_lock(pen, side, hair)


def _side_lock(pen: Pen, side: int, hair: Hair) -> None:
    length = pen.spread(0.9, 1.9)
    way = [
        (side * 0.8, -0.42),
        (side * 0.95, 0.4),
        (side * 0.86, 0.3 + 0.6 * length),
        (side * 0.96, 0.3 + length),
    ]
    _hair_shape(pen, tube(way, [0.0, 0.24, 0.22, 0.02]), hair, front=True, line=0.8)


def fringe_shadow(pen: Pen, edge: Points, skin: Colour) -> None:
    """The shadow of the hair on the forehead; draw it before the eyes."""
    if pen.look.finish.strength < 0.2:
        return
    lower = edge + floats([0.02, 0.1])
    lower = lower[np.abs(lower[:, 0]) < 0.68]
    area = np.concatenate([arc(0, -0.3, 0.68, 0.6, 0, -180, count=12), lower])
    pen.patch(area, pen.dark(skin, 0.16))


def front_edge(pen: Pen, kind: str) -> Points:
    """The lower edge of the hair, from the left temple to the right one."""
    if kind == "parted":
        part = pen.spread(-0.35, 0.35)
        left = smooth([(-0.9, 0.35), (-0.72, -0.05), (-0.45, -0.4), (part, -0.72)], closed=False)
        right = smooth([(part, -0.72), (0.45, -0.4), (0.72, -0.05), (0.9, 0.35)], closed=False)
        return np.concatenate([left, right])
    if kind == "swept":
        way = 1 if pen.chance(0.5) else -1
        edge = smooth(
            [
                (-0.9, 0.3),
                (-0.78, -0.1),
                (-0.45, -0.16),
                (0.1, -0.3),
                (0.5, -0.62),
                (0.74, -0.3),
                (0.9, 0.2),
            ],
            closed=False,
        )
        return edge if way > 0 else floats([-1, 1]) * edge[::-1]
    if kind == "blunt":
        return smooth(
            [
                (-0.93, 0.4),
                (-0.8, 0.35),
                (-0.72, -0.12),
                (-0.3, -0.2),
                (0.3, -0.2),
                (0.72, -0.12),
                (0.8, 0.35),
                (0.93, 0.4),
            ],
            closed=False,
        )
    if kind in ("crop", "spiky"):
        roots = [
            (-0.9, 0.1),
            (-0.62, -0.42),
            (-0.2, -0.52),
            (0.25, -0.52),
            (0.62, -0.42),
            (0.9, 0.1),
        ]
        tips = [(-0.72, -0.12), (-0.45, -0.3), (0.05, -0.34), (0.48, -0.3), (0.72, -0.12)]
        return locks(roots, tips, 0.08)
    count = int(pen.rng.integers(4, 7))
    root_x = np.linspace(-0.86, 0.86, count + 1)
    roots = [(x, 0.2 if abs(x) > 0.8 else pen.spread(-0.58, -0.38)) for x in root_x]
    lean = pen.spread(-0.16, 0.16)
    tips = [
        (x + lean, -0.12 + 0.42 * x * x + pen.spread(-0.1, 0.1))
        for x in (root_x[1:] + root_x[:-1]) / 2
    ]
    tips[0], tips[-1] = (-0.84, pen.spread(0.2, 0.75)), (0.84, pen.spread(0.2, 0.75))
    return locks(roots, tips, 0.18 * (1 if lean > 0 else -1))


def _spikes(pen: Pen) -> Points:
    turns = np.linspace(12, -192, 9)
    roots = [(0.92 * np.cos(np.radians(t)), -0.1 + 0.95 * np.sin(np.radians(t))) for t in turns]
    tips = [
        (1.28 * np.cos(np.radians(t)), -0.12 + 1.34 * np.sin(np.radians(t)))
        for t in (turns[1:] + turns[:-1]) / 2 - pen.spread(4, 10)
    ]
    return locks(roots, tips, -0.08)


def _curls(pen: Pen, hair: Hair) -> None:
    for x, y, r in (
        (-0.72, -0.42, 0.34),
        (0.72, -0.42, 0.34),
        (-0.4, -0.74, 0.38),
        (0.4, -0.74, 0.38),
        (0, -0.8, 0.4),
    ):
        _hair_shape(pen, cloud(x, y, r, r * 0.9, 7, pen.rng), hair, front=True, line=0.8)
        pen.line(arc(x, y, r * 0.45, r * 0.4, 150, 350), 0.5)


def _strands(pen: Pen, kind: str, hair: Hair) -> None:
    """A few lines that follow the hair, and the shine of light on it."""
    if pen.size < 6:
        return
    ends = [-0.6, -0.3, 0.05, 0.35, 0.62]
    for x in ends:
        if pen.chance(0.55):
            start = (0.25 * x, -0.98 + 0.08 * abs(x))
            pen.line([start, (0.75 * x, -0.72 + 0.1 * x * x), (1.05 * x, -0.42 + 0.3 * x * x)], 0.5)
    if kind != "spiky" and pen.chance(0.6):
        band = np.concatenate(
            [arc(0, -0.1, 0.8, 0.76, -150, -30), arc(0, -0.02, 0.78, 0.6, -35, -145)]
        )
        pen.glaze(band, lighter(hair.colour, 0.55), 0.4, blur=0.02)


def _braid(pen: Pen, side: int, hair: Hair) -> None:
    length = int(pen.rng.integers(6, 10))
    for step in range(length):
        way = 1 if step % 2 else -1
        x, y = side * (0.9 + 0.02 * step) + way * 0.06, 0.4 + 0.17 * step
        _hair_shape(
            pen, ellipse(x, y, 0.19 - 0.008 * step, 0.125, 38 * way), hair, front=True, line=0.7
        )
    x, y = side * (0.9 + 0.02 * length), 0.4 + 0.17 * length
    _hair_shape(
        pen,
        smooth(
            [
                (x - 0.07, y),
                (x + 0.07, y),
                (x + 0.11, y + 0.22),
                (x, y + 0.34),
                (x - 0.11, y + 0.22),
            ]
        ),
        hair,
        front=True,
        line=0.7,
    )
    pen.round(x, y, 0.11, 0.07, pen.tones.cloth(), line=0.7)


def hat(pen: Pen, kind: str, colour: Colour) -> None:
    """Something on the head: straw hat, beanie, cap, witch's hat, crown, bow."""
    band = pen.tones.cloth()
    if kind == "brim":
        pen.round(0, -0.55, 1.55, 0.36, colour)
        pen.shape(
            smooth(
                [(-0.85, -0.6), (-0.78, -1.15), (0, -1.4), (0.78, -1.15), (0.85, -0.6), (0, -0.45)]
            ),
            colour,
        )
        pen.shape(
            np.concatenate([arc(0, -0.85, 0.86, 0.28, 180, 0), arc(0, -0.62, 0.88, 0.26, 0, 180)]),
            band,
            line=0.7,
        )
    elif kind == "beanie":
        pen.shape(
            smooth(
                [(-0.95, -0.4), (-0.85, -1.05), (0, -1.4), (0.85, -1.05), (0.95, -0.4), (0, -0.55)]
            ),
            colour,
        )
        pen.shape(_cuff(), pen.dark(colour, 0.1))
        pen.lines(
            [
                [(x, -0.36 - 0.12 * (1 - x * x)), (x, -0.62 - 0.14 * (1 - x * x))]
                for x in np.linspace(-0.8, 0.8, 9)
            ],
            0.5,
        )
        if pen.chance(0.6):
            pen.shape(cloud(0, -1.45, 0.28, 0.26, 8, pen.rng), band)
    elif kind == "cap":
        pen.shape(
            smooth(
                [(-0.95, -0.42), (-0.85, -1.0), (0, -1.25), (0.85, -1.0), (0.95, -0.42), (0, -0.5)]
            ),
            colour,
        )
        side = 1 if pen.chance(0.5) else -1
        pen.shape(
            smooth(
                [
                    (side * 0.1, -0.52),
                    (side * 0.95, -0.52),
                    (side * 1.6, -0.28),
                    (side * 0.8, -0.32),
                ]
            ),
            band,
        )
    elif kind == "witch":
        pen.round(0, -0.55, 1.7, 0.34, colour)
        pen.shape(
            smooth(
                [
                    (-0.85, -0.62),
                    (-0.5, -1.3),
                    (0.25, -2.4),
                    (0.55, -1.3),
                    (0.85, -0.62),
                    (0, -0.45),
                ]
            ),
            colour,
        )
        pen.shape(
            np.concatenate([arc(0, -0.85, 0.84, 0.26, 175, 5), arc(0, -0.62, 0.87, 0.26, 0, 180)]),
            band,
            line=0.7,
        )
    elif kind == "crown":
        gold = pen.tones.near(0.83, 0.14, 90)
        pen.shape(
            [
                (-0.6, -0.85),
                (-0.68, -1.45),
                (-0.32, -1.15),
                (0, -1.55),
                (0.32, -1.15),
                (0.68, -1.45),
                (0.6, -0.85),
            ],
            gold,
        )
    else:
        for side in (-1, 1):
            bow = pen.at(0.5 + side * 0.27, -0.86, 1, 20 + 12 * side)
            bow.shape(smooth([(-0.24 * side, 0), (0.24 * side, -0.28), (0.3 * side, 0.24)]), colour)
        pen.round(0.5, -0.86, 0.12, 0.12, pen.dark(colour), line=0.8)


def _cuff() -> NDArray[np.float32]:
    upper = arc(0, -0.42, 0.98, 0.34, 180, 360)
    lower = arc(0, -0.18, 0.98, 0.34, 360, 180)
    return np.concatenate([points_of(upper), points_of(lower)])
