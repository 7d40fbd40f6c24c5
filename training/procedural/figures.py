"""People from head to foot and in close-up: bodies, poses, clothes."""

import math
from dataclasses import dataclass

import numpy as np

from training.procedural.curves import arc, floats, points_of, smooth
from training.procedural.heads import Head, choose_head, draw_head, draw_head_behind
from training.procedural.palettes import Colour
from training.procedural.pen import Pen


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees from straight down, outward positive: (upper, lower) for each limb."""

    left_arm: tuple[float, float]
    right_arm: tuple[float, float]
    left_leg: tuple[float, float]
    right_leg: tuple[float, float]
    tilt: float = 0.0


POSES = {
    "stand": Pose((14, 6), (14, 6), (3, 1), (3, 1)),
    "wave": Pose((14, 4), (115, 165), (4, 1), (4, 1)),
    "cheer": Pose((108, 142), (112, 145), (10, 4), (10, 4)),
    "walk": Pose((26, 8), (22, -14), (15, 4), (12, 2), 2),
    "jump": Pose((105, 135), (98, 128), (24, 8), (17, 2), 4),
    "hips": Pose((48, -52), (48, -52), (9, 4), (9, 4)),
    "hold": Pose((16, 6), (62, 120), (3, 1), (4, 2)),
    "dance": Pose((88, 120), (42, -30), (17, 8), (4, 2), -5),
}


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths of a figure, in units of its head's radius."""

    heads: float
    shoulder: float
    hip: float
    arm: float
    leg: float


CHILD = Body(heads=4.3, shoulder=0.8, hip=0.62, arm=0.42, leg=0.5)
ADULT = Body(heads=5.8, shoulder=1.18, hip=0.9, arm=0.46, leg=0.56)
CHIBI = Body(heads=2.7, shoulder=0.52, hip=0.5, arm=0.42, leg=0.5)


@dataclass(frozen=True, slots=True)
class Outfit:
    top: Colour
    bottom: Colour
    shoe: Colour
    kind: str  # dress, skirt, trousers, shorts
    long_sleeves: bool
    pattern: str
    detail: Colour


def choose_outfit(pen: Pen) -> Outfit:
    """Clothes by chance, in the scene's hues."""
    kind = str(pen.rng.choice(["dress", "skirt", "trousers", "trousers", "shorts"]))
    return Outfit(
        top=pen.tones.cloth(),
        bottom=pen.tones.jeans() if pen.chance(0.45) else pen.tones.cloth(),
        shoe=pen.tones.any_of(
            [(0.4, 0.07, 45), (0.3, 0.02, 270), (0.55, 0.16, 28), (0.9, 0.01, 90), (0.5, 0.08, 60)]
        ),
        kind=kind,
        long_sleeves=pen.chance(0.5),
        pattern=str(
            pen.rng.choice(["none", "none", "none", "stripes", "stripes", "dots", "buttons"])
        ),
        detail=pen.tones.cloth(),
    )


def person(
    pen: Pen,
    x: float,
    y: float,
    height: float,
    *,
    head: Head | None = None,
    body: Body | None = None,
    pose: str | None = None,
    flip: bool | None = None,
) -> Pen:
    """A figure with its feet at (x, y); returns the pen of its right hand, to give it something."""
    body = body or (CHILD, ADULT, CHILD, CHIBI)[int(pen.rng.integers(4))]
    head = head or choose_head(pen, comic=pen.chance(0.5))
    plan = POSES[pose or str(pen.rng.choice(list(POSES)))]
    radius = height / (2 * body.heads)
    pen.ground_shadow(x, y, 2.0 * radius, 0.32 * radius)
    mirrored = pen.chance(0.5) if flip is None else flip
    return _draw_body(
        pen.at(x, y, radius, plan.tilt, mirrored), head, body, plan, choose_outfit(pen)
    )


def _draw_body(pen: Pen, head: Head, body: Body, plan: Pose, outfit: Outfit) -> Pen:
    total = 2 * body.heads
    neck, shoulder = -total + 1.92, -total + 2.25
    length = total - 2.25
    hip = shoulder + length * (1 - body.leg)
    face = pen.at(0, -total + 1.0)
    draw_head_behind(face, head)
    _legs(pen, head, body, plan, outfit, hip, length * body.leg)
    reach = length * body.arm
    _arm(pen, head, body, (plan.left_arm, -1), outfit, shoulder, reach)
    pen.limb([(0, neck - 0.25), (0, shoulder + 0.1)], [0.5, 0.55], head.skin, line=0.9, shade=0.5)
    _torso(pen, body, outfit, shoulder, hip, length)
    hand = _arm(pen, head, body, (plan.right_arm, 1), outfit, shoulder, reach)
    draw_head(face, head)
    return hand


def _legs(
    pen: Pen, head: Head, body: Body, plan: Pose, outfit: Outfit, hip: float, leg: float
) -> None:
    thick = 0.62 if body is not ADULT else 0.8
    for side, (upper, lower) in ((-1, plan.left_leg), (1, plan.right_leg)):
        start = (side * body.hip * 0.5, hip)
        knee = _along(start, side * upper, 0.5 * leg)
        ankle = _along(knee, side * lower, 0.46 * leg)
        covered = outfit.kind == "trousers"
        pen.limb(
            [start, knee, ankle],
            [thick, 0.85 * thick, 0.62 * thick],
            outfit.bottom if covered else head.skin,
        )
        if outfit.kind == "shorts":
            pen.limb([start, knee], [1.1 * thick, 1.05 * thick], outfit.bottom)
        _shoe(pen, ankle, side, outfit.shoe, 0.5 * thick)


def _shoe(pen: Pen, ankle: tuple[float, float], side: int, colour: Colour, size: float) -> None:
    x, y = ankle
    toe = side * 1.1 * size
    pen.shape(
        smooth(
            [
                (x - side * 0.8 * size, y - 0.1),
                (x - side * 0.85 * size, y + 0.95 * size),
                (x + toe + side * 0.9 * size, y + 1.0 * size),
                (x + toe + side * 0.6 * size, y + 0.3 * size),
                (x + 0.75 * side * size, y - 0.2),
            ]
        ),
        colour,
    )


def _arm(
    pen: Pen,
    head: Head,
    body: Body,
    limb: tuple[tuple[float, float], int],
    outfit: Outfit,
    shoulder: float,
    reach: float,
) -> Pen:
    (upper, lower), side = limb
    start = (side * body.shoulder * 0.88, shoulder + 0.28)
    elbow = _along(start, side * upper, 0.5 * reach)
    wrist = _along(elbow, side * lower, 0.46 * reach)
    thick = 0.46 if body is not ADULT else 0.56
    pen.round(*_along(wrist, side * lower, 0.12), 0.26, 0.3, head.skin, line=0.9, shade=0.6)
    if outfit.long_sleeves:
        pen.limb([start, elbow, wrist], [1.25 * thick, 1.05 * thick, 0.95 * thick], outfit.top)
    else:
        pen.limb([start, elbow, wrist], [thick, 0.85 * thick, 0.7 * thick], head.skin)
        middle = ((start[0] + elbow[0]) / 2, (start[1] + elbow[1]) / 2)
        pen.limb([start, middle], [1.3 * thick, 1.4 * thick], outfit.top)
    return pen.at(*_along(wrist, side * lower, 0.2))


def _along(start: tuple[float, float], angle: float, reach: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return start[0] + reach * math.sin(turn), start[1] + reach * math.cos(turn)


def _torso(
    pen: Pen, body: Body, outfit: Outfit, shoulder: float, hip: float, length: float
) -> None:
    sw, hw = body.shoulder, body.hip
    waist = shoulder + 0.7 * (hip - shoulder)
    if outfit.kind == "dress":
        hem = hip + 0.24 * length
        _skirt(pen, sw * 0.8, hw * 1.9, waist - 0.1, hem, outfit.top, outfit)
    elif outfit.kind == "skirt":
        _skirt(pen, hw * 0.95, hw * 1.8, waist, hip + 0.2 * length, outfit.bottom, outfit)
    else:
        pen.shape(
            [
                (-hw, waist),
                (hw, waist),
                (hw * 1.08, hip + 0.35),
                (0, hip + 0.2),
                (-hw * 1.08, hip + 0.35),
            ],
            outfit.bottom,
            line=0.9,
        )
    half = [
        (0.0, shoulder - 0.12),
        (0.4, shoulder - 0.12),
        (sw * 0.95, shoulder + 0.12),
        (sw * 1.0, shoulder + 0.5),
        (hw * 0.98, waist - 0.1),
        (hw * 1.02, waist + 0.22),
        (0, waist + 0.3),
    ]
    knots = points_of([*half, *[(-a, b) for a, b in half[-2:0:-1]]])
    pen.shape(smooth(knots), outfit.top)
    _pattern(pen, outfit, sw, hw, shoulder, waist)
    pen.line(arc(0, shoulder - 0.16, 0.42, 0.3, 15, 165), 0.8)


def _skirt(
    pen: Pen, top: float, foot: float, start: float, end: float, colour: Colour, outfit: Outfit
) -> None:
    hem = [
        (x * foot, end + 0.1 * math.sin(9 * x) + 0.1 * (1 - x * x)) for x in np.linspace(1, -1, 9)
    ]
    pen.shape(np.concatenate([[(-top, start), (top, start)], smooth(hem, closed=False)]), colour)
    pen.lines(
        [
            [(x * top * 0.8, start + 0.35 * (end - start)), (x * foot * 0.85, end - 0.05)]
            for x in (-0.6, 0.05, 0.55)
        ],
        0.55,
    )
    if outfit.pattern == "stripes":
        pen.dabs([smooth([(x, y - 0.3) for x, y in hem], closed=False)], outfit.detail, 0.16)


def _pattern(pen: Pen, outfit: Outfit, sw: float, hw: float, shoulder: float, waist: float) -> None:
    rows = np.linspace(shoulder + 0.45, waist, 4)
    half = min(sw, hw) * 0.93
    if outfit.pattern == "stripes":
        marks = [arc(0, y - 0.05, half, 0.1, 175, 5) for y in rows]
        pen.dabs(marks, outfit.detail, 0.18)
        pen.lines([m + floats([0, dy]) for m in marks for dy in (-0.1, 0.1)], 0.45)
    elif outfit.pattern == "dots":
        for row, y in enumerate(rows):
            for x in np.linspace(-0.6, 0.6, 3) + 0.12 * (row % 2):
                pen.round(x * half, y, 0.075, 0.075, outfit.detail, line=0.4, shade=0)
    elif outfit.pattern == "buttons":
        pen.line([(0, shoulder + 0.15), (0, waist + 0.25)], 0.6)
        for y in rows:
            pen.round(0.0, y, 0.08, 0.08, outfit.detail, line=0.5, shade=0)


def bust(pen: Pen, head: Head) -> None:
    """Head and shoulders; the origin is the middle of the face, the unit the head's radius."""
    draw_head_behind(pen, head)
    cloth, kind = (
        pen.tones.cloth(),
        str(pen.rng.choice(["round", "vee", "collar", "hood", "scarf", "sailor"])),
    )
    wide = pen.spread(1.35, 1.75) if head.comic else pen.spread(1.15, 1.45)
    pen.limb([(0, 0.6), (0, 1.6)], [0.62, 0.72], head.skin)
    if head.comic:
        throat = [(-0.29, 0.9), (0.29, 0.9), (0.3, 1.1), (0.05, 1.22), (-0.3, 1.1)]
        pen.patch(throat, pen.dark(head.skin, 0.14))
    half = [
        (0.0, 1.52),
        (0.42, 1.36),
        (0.9, 1.5),
        (wide, 1.85),
        (wide * 1.14, 2.8),
        (wide * 1.2, 6),
    ]
    pen.shape(smooth([*half, *[(-x, y) for x, y in half[:0:-1]]]), cloth)
    _chest(pen, wide)
    for side in (-1, 1):
        pen.line(
            [(side * wide * 0.74, 2.3), (side * wide * 0.8, 3.0), (side * wide * 0.78, 4.0)], 0.7
        )
    _collar(pen, kind, head, cloth)
    draw_head(pen, head)


def _chest(pen: Pen, wide: float) -> None:
    """What is on the front of the clothes: stripes, an open jacket, straps, buttons, or nothing."""
    kind, other = pen.rng.integers(7), pen.tones.cloth()
    if kind == 0:
        for y in (2.1, 2.6, 3.1, 3.6):
            reach = wide * 0.98 + 0.05 * (y - 2)
            band = np.concatenate(
                [arc(0, y - 0.1, reach, 0.16, 178, 2), arc(0, y + 0.1, reach, 0.16, 2, 178)]
            )
            pen.shape(band, other, line=0.6, shade=0.3)
    elif kind == 1:
        pen.shape([(-0.35, 1.45), (0.35, 1.45), (0.6, 6), (-0.6, 6)], other, shade=0.5)
        for side in (-1, 1):
            pen.line(
                [(side * 0.38, 1.5), (side * 0.62, 2.1), (side * 0.45, 2.5), (side * 0.62, 6)],
                0.8,
                curved=False,
            )
    elif kind == 2:
        for side in (-1, 1):
            pen.shape(
                [(side * 0.55, 1.42), (side * 0.85, 1.48), (side * 0.8, 2.9), (side * 0.5, 2.9)],
                other,
                shade=0.4,
            )
        pen.shape(
            smooth([(-0.85, 2.6), (0.85, 2.6), (0.95, 4.5), (0.9, 6), (-0.9, 6), (-0.95, 4.5)]),
            other,
            shade=0.5,
        )
        for side in (-1, 1):
            pen.round(side * 0.65, 2.78, 0.09, 0.09, (232, 200, 110), line=0.7, shade=0)
    elif kind == 3:
        pen.line([(0, 1.6), (0.02, 3.0), (0, 5)], 0.7)
        for y in (2.0, 2.5, 3.0, 3.5):
            pen.round(0.12, y, 0.07, 0.07, other, line=0.6, shade=0)


def _collar(pen: Pen, kind: str, head: Head, cloth: Colour) -> None:
    other = pen.tones.cloth()
    if kind == "vee":
        pen.shape([(-0.42, 1.36), (0.42, 1.36), (0, 2.15)], head.skin, line=0.8, shade=0.4)
    elif kind == "collar":
        for side in (-1, 1):
            pen.shape(
                [(0, 1.68), (side * 0.5, 1.3), (side * 0.72, 1.6), (side * 0.3, 2.02)],
                (246, 245, 240),
                shade=0.5,
            )
        pen.shape(
            [(-0.12, 1.68), (0.12, 1.68), (0.2, 3.2), (0, 3.6), (-0.2, 3.2)], other, shade=0.6
        )
    elif kind == "hood":
        pen.shape(
            smooth(
                [
                    (0, 1.75),
                    (0.75, 1.2),
                    (1.05, 1.4),
                    (0.6, 1.95),
                    (0, 2.2),
                    (-0.6, 1.95),
                    (-1.05, 1.4),
                    (-0.75, 1.2),
                ]
            ),
            cloth,
        )
        for side in (-1, 1):
            pen.line([(side * 0.2, 2.1), (side * 0.24, 2.8)], 0.8)
    elif kind == "scarf":
        pen.shape(
            smooth([(-0.75, 1.2), (0, 1.35), (0.75, 1.2), (0.9, 1.55), (0, 1.95), (-0.9, 1.55)]),
            other,
        )
        pen.limb([(0.4, 1.7), (0.55, 2.4), (0.5, 3.1)], [0.4, 0.5, 0.5], other)
    elif kind == "sailor":
        pen.shape(
            [
                (-0.9, 1.48),
                (-0.42, 1.3),
                (0, 2.2),
                (0.42, 1.3),
                (0.9, 1.48),
                (0.55, 2.2),
                (0, 2.65),
                (-0.55, 2.2),
            ],
            pen.tones.near(0.38, 0.1, 262),
        )
        pen.shape(
            smooth([(0, 2.3), (-0.45, 2.6), (-0.1, 2.5), (0.1, 2.5), (0.45, 2.6)]),
            pen.tones.near(0.6, 0.18, 25),
        )
    else:
        pen.line(arc(0, 1.32, 0.5, 0.4, 10, 170), 1.0)
