"""Faces: comic faces with large eyes and picture-book faces with dots, in head units."""

from dataclasses import dataclass

import numpy as np

from training.procedural.curves import Points, arc, ellipse, floats, smooth
from training.procedural.hair import (
    BACKS,
    FRONTS,
    fringe_shadow,
    front_edge,
    hair_behind,
    hair_over,
    hat,
)
from training.procedural.palettes import Colour, Hair, mix
from training.procedural.pen import Pen

_BLUSH: Colour = (236, 110, 100)
_SMALL = 9.0  # pixels of head radius under which eyes become dots


@dataclass(frozen=True, slots=True)
class Head:
    """Everything that makes a person's head theirs, so that it can be drawn twice alike."""

    skin: Colour
    hair: Hair
    iris: Colour
    back: str
    front: str
    comic: bool
    turn: float  # -1 looks left … 1 looks right
    mouth: str
    eyes: str
    beard: bool
    glasses: bool
    hat: str
    hat_colour: Colour
    old: bool
    eye_width: float
    eye_height: float
    eye_tilt: float  # degrees; positive lifts the outer corners
    chin: float  # 0 pointed … 1 broad
    brow: float  # slant of the brows: positive is worried or kind, negative is stern


def choose_head(pen: Pen, comic: bool, hats: float = 0.2) -> Head:
    """A person by chance."""
    tones, rng = pen.tones, pen.rng
    skin = tones.skin()
    old = pen.chance(0.07)
    hair = Hair((222, 221, 220), False) if old else tones.hair(skin)
    back = str(rng.choice(BACKS))
    mouths = (*["smile"] * 5, "open", "open", "small", "grin", "grin", "flat", "round")
    return Head(
        skin=skin,
        hair=hair,
        iris=tones.iris(),
        back=back,
        front=str(rng.choice(FRONTS)),
        comic=comic,
        turn=pen.spread(-0.8, 0.8) if pen.chance(0.6) else 0.0,
        mouth=str(rng.choice(mouths)),
        eyes=str(rng.choice(["open", "closed", "wink"], p=[0.84, 0.1, 0.06])),
        beard=back == "short" and pen.chance(0.15),
        glasses=pen.chance(0.1),
        hat=str(rng.choice(["brim", "beanie", "cap", "witch", "crown", "bow", "bow"]))
        if pen.chance(hats)
        else "",
        hat_colour=tones.cloth(),
        old=old,
        eye_width=pen.spread(0.85, 1.2),
        eye_height=pen.spread(0.75, 1.3),
        eye_tilt=pen.spread(-7, 9),
        chin=pen.spread(0, 1) ** 1.5,
        brow=pen.spread(-0.02, 0.06),
    )


def draw_head_behind(pen: Pen, head: Head) -> None:
    """What lies behind the shoulders: draw it before the body."""
    hair_behind(pen, head.back, head.hair)


def draw_head(pen: Pen, head: Head) -> None:
    """Face, ears, hair and hat: draw it after the body."""
    for side in (-1, 1):
        if side * head.turn > -0.5:
            pen.round(side * 0.8 - 0.1 * head.turn, 0.14, 0.14, 0.2, head.skin, line=0.8)
            pen.line(arc(side * 0.82 - 0.1 * head.turn, 0.14, 0.06, 0.1, -90, 90 * side + 90), 0.4)
    pen.shape(_face(head), head.skin, shade=0.8)
    edge = front_edge(pen, head.front)
    if head.back != "curly":
        fringe_shadow(pen, edge, head.skin)
    _cheeks(pen, head)
    if head.beard:
        _beard(pen, head)
    _features(pen, head)
    hair_over(pen, head.back, head.front, head.hair, edge)
    if head.hat:
        hat(pen, head.hat, head.hat_colour)


def _face(head: Head) -> Points:
    if head.comic:
        chin = head.chin
        half = [
            (0.0, 1.0),
            (0.2 + 0.12 * chin, 0.93),
            (0.5 + 0.1 * chin, 0.66 + 0.05 * chin),
            (0.72 + 0.03 * chin, 0.3),
            (0.78, -0.05),
            (0.76, -0.45),
            (0.5, -0.86),
        ]
    else:
        half = [
            (0.0, 0.95),
            (0.4, 0.88),
            (0.74, 0.6),
            (0.85, 0.2),
            (0.83, -0.25),
            (0.7, -0.65),
            (0.4, -0.92),
        ]
    knots = floats([*half, (0.0, -0.98), *[(-x, y) for x, y in half[:0:-1]]])
    knots[:, 0] += head.turn * 0.1 * (knots[:, 1] + 0.1)
    return smooth(knots)


def _cheeks(pen: Pen, head: Head) -> None:
    if head.beard or not pen.chance(0.75):
        return
    shift = 0.2 * head.turn
    colour = mix(_BLUSH, head.skin, 0.15)
    for side in (-1, 1):
        x = shift + side * 0.47
        if head.comic:
            pen.glaze(ellipse(x, 0.42, 0.17, 0.1), colour, 0.4, blur=0.07)
            if pen.size > 12 and pen.look.hand.spot_blacks:
                pen.lines(
                    [
                        [(x + k * 0.08 - 0.03, 0.47), (x + k * 0.08 + 0.03, 0.38)]
                        for k in (-1, 0, 1)
                    ],
                    0.35,
                )
        else:
            pen.glaze(ellipse(x, 0.42, 0.17, 0.15), colour, 0.5, blur=0.04)


def _features(pen: Pen, head: Head) -> None:
    shift = 0.22 * head.turn
    brow = pen.dark(head.hair.colour, 0.25)
    for side in (-1, 1):
        far = side * head.turn > 0
        squeeze = 1 - 0.22 * abs(head.turn) if far else 1.0
        eye = pen.at(
            shift + side * 0.37 * (1 - 0.08 * abs(head.turn)), 0.12, 1.0, -side * head.eye_tilt
        )
        _eye(eye, head, side, squeeze)
        lift = -0.12 - 0.16 * head.eye_height if head.comic else -0.2
        path = [
            (side * -0.14 * squeeze, lift - 0.03 - head.brow),
            (side * 0.04, lift - 0.07),
            (side * 0.2 * squeeze, lift),
        ]
        eye.dabs([smooth(path, closed=False)], brow, 0.05)
        eye.line(path, 0.75)
    _nose(pen, head, shift)
    _mouth(pen, head, shift)
    if head.glasses:
        _glasses(pen, shift)


def _eye(pen: Pen, head: Head, side: int, squeeze: float) -> None:
    if head.eyes == "closed" or (head.eyes == "wink" and side > 0):
        bend = (190, 350) if head.mouth != "small" else (10, 170)
        pen.line(arc(0, 0.02, 0.17 * squeeze, 0.1, *bend), 1.2)
        return
    if pen.size < _SMALL or not head.comic:
        big = 0.085 if not head.comic else 0.11
        pen.spot(ellipse(0, 0.02, big * squeeze, big * 1.35, count=12), (45, 32, 34))
        if pen.size > 6:
            dot = ellipse(-0.03, -0.04, 0.03, 0.035, count=8)
            pen.patch(dot, (255, 255, 255))
            pen.canvas.wipe(pen.pixels(dot))
        return
    _large_eye(pen, head, side, squeeze)


def _large_eye(pen: Pen, head: Head, side: int, squeeze: float) -> None:
    rx, ry = 0.19 * squeeze * head.eye_width, 0.2 * head.eye_height
    white = smooth(
        [
            (-rx, 0.0),
            (-0.55 * rx, -0.8 * ry),
            (0.2 * rx * side, -ry),
            (0.75 * rx, -0.65 * ry),
            (rx, 0.05),
            (0.5 * rx, 0.8 * ry),
            (0, ry),
            (-0.55 * rx, 0.8 * ry),
        ]
    )
    pen.shape(white, (252, 252, 252), line=0, shade=0)
    look = 0.03 * head.turn
    iris = ellipse(look, 0.0, 0.66 * rx, 0.92 * ry, count=20)
    pen.ramp(
        iris, [pen.dark(head.iris, 0.5), head.iris, mix(head.iris, (255, 255, 255), 0.35)], line=0.5
    )
    pen.spot(ellipse(look, -0.02, 0.3 * rx, 0.42 * ry, count=12), (28, 22, 34))
    for x, y, r in ((-0.28, -0.42, 0.24), (0.24, 0.4, 0.12)):
        glint = ellipse(look + x * rx, y * ry, r * rx, r * ry * 1.1, count=10)
        pen.patch(glint, (255, 255, 255))
        pen.canvas.wipe(pen.pixels(glint))
    pen.spot(_lash(rx, ry, side, wing=head.back != "short"), (34, 26, 34))
    pen.line(arc(0, 0.0, rx * 0.8, ry * 1.05, 40, 140), 0.45)
    if pen.size > 25:
        pen.line(arc(0, -0.02, rx * 1.05, ry * 1.38, 215, 325), 0.4)


def _lash(rx: float, ry: float, side: int, wing: bool) -> Points:
    """The thick upper lid, with a flick at its outer corner."""
    reach = 335 if wing else 360
    outer = arc(0, 0.02, rx * 1.1, ry * 1.12, 180, reach, count=14)
    inner = arc(0, 0.05, rx * 0.98, ry * 0.98, 350, 188, count=14)
    tip = floats([(rx * 1.38, -0.62 * ry)]) if wing else outer[-1:]
    return np.concatenate([outer, tip, inner]) * floats([side, 1])


def _nose(pen: Pen, head: Head, shift: float) -> None:
    x = shift * 1.35
    if head.comic:
        pen.line(
            [(x, 0.36), (x + 0.05 * (1 if head.turn >= 0 else -1), 0.45), (x - 0.02, 0.47)], 0.6
        )
    elif pen.chance(0.5):
        pen.round(x, 0.36, 0.1, 0.08, mix(head.skin, _BLUSH, 0.25), line=0.7)
    else:
        pen.line(arc(x, 0.34, 0.09, 0.08, 0, 180), 0.8)


def _mouth(pen: Pen, head: Head, shift: float) -> None:
    x, y = shift * 1.2, 0.66 if head.comic else 0.6
    if head.mouth == "open":
        shape = smooth(
            [
                (x - 0.18, y - 0.05),
                (x, y - 0.02),
                (x + 0.18, y - 0.05),
                (x + 0.11, y + 0.12),
                (x, y + 0.16),
                (x - 0.11, y + 0.12),
            ]
        )
        pen.shape(shape, (140, 50, 55), line=0.8, shade=0)
        pen.patch(ellipse(x, y + 0.1, 0.09, 0.05, count=12), (228, 120, 120))
    elif head.mouth == "grin":
        shape = np.concatenate(
            [[(x - 0.25, y - 0.06), (x + 0.25, y - 0.06)], arc(x, y - 0.06, 0.25, 0.2, 5, 175)]
        )
        pen.shape(shape, (250, 250, 248), line=0.8, shade=0)
    elif head.mouth == "round":
        pen.shape(ellipse(x, y, 0.07, 0.1, count=14), (140, 50, 55), line=0.8, shade=0)
    elif head.mouth == "small":
        pen.line(arc(x, y - 0.04, 0.08, 0.06, 20, 160), 0.9)
    elif head.mouth == "flat":
        pen.line([(x - 0.1, y + 0.01), (x + 0.1, y)], 0.9)
    else:
        pen.line(arc(x, y - 0.12, 0.25, 0.18, 25, 155), 1.0)
    if head.mouth in ("small", "smile") and pen.chance(0.25):
        pen.patch(ellipse(x, y + 0.04, 0.1, 0.03, count=12), mix(head.skin, (200, 80, 90), 0.5))


def _beard(pen: Pen, head: Head) -> None:
    shift, colour = 0.2 * head.turn, head.hair.colour
    outer = smooth(
        [
            (0.8, 0.05),
            (0.76, 0.7),
            (0.4, 1.12),
            (0.0, 1.24),
            (-0.4, 1.12),
            (-0.76, 0.7),
            (-0.8, 0.05),
        ],
        closed=False,
    )
    inner = smooth(
        [
            (-0.7, 0.15),
            (-0.5 + shift, 0.48),
            (-0.2 + shift, 0.5),
            (shift, 0.54),
            (0.2 + shift, 0.5),
            (0.5 + shift, 0.48),
            (0.7, 0.15),
        ],
        closed=False,
    )
    pen.shape(np.concatenate([outer, inner]), colour)
    pen.shape(ellipse(1.2 * shift, 0.68, 0.24, 0.12), head.skin, line=0.5, shade=0)


def _glasses(pen: Pen, shift: float) -> None:
    for side in (-1, 1):
        pen.line(ellipse(shift + side * 0.38, 0.13, 0.27, 0.25), 0.8, curved=False)
    pen.line([(shift - 0.11, 0.1), (shift, 0.06), (shift + 0.11, 0.1)], 0.8)
