"""Trees, flowers and small plants."""

import numpy as np

from training.procedural.curves import Points, cloud, ellipse, points_of, smooth, tube
from training.procedural.palettes import Colour, lighter
from training.procedural.pen import Pen


def tree(pen: Pen, x: float, y: float, height: float) -> None:
    """A tree of a kind by chance, standing at (x, y)."""
    if pen.tones.winter:
        (conifer, conifer, bare_tree)[int(pen.rng.integers(3))](pen, x, y, height)
        return
    kinds = (round_tree, round_tree, layered_tree, conifer, conifer, poplar, birch)
    pen.ground_shadow(x, y, 0.28 * height, 0.045 * height)
    kinds[int(pen.rng.integers(len(kinds)))](pen, x, y, height)


def _trunk(pen: Pen, x: float, y: float, height: float, width: float, colour: Colour) -> None:
    lean = pen.spread(-0.06, 0.06) * height
    outline = smooth(
        [
            (x + lean + 0.35 * width, y - height),
            (x + 0.4 * width, y - 0.4 * height),
            (x + 0.75 * width, y),
        ],
        closed=False,
    )
    mirror = smooth(
        [
            (x - 0.85 * width, y),
            (x - 0.42 * width, y - 0.35 * height),
            (x + lean - 0.35 * width, y - height),
        ],
        closed=False,
    )
    pen.shape(np.concatenate([outline, mirror]), colour)
    if width * pen.size > 6:
        pen.lines(
            [
                [(x - 0.1 * width, y - 0.2 * height), (x - 0.05 * width, y - 0.45 * height)],
                [(x + 0.2 * width, y - 0.1 * height), (x + 0.16 * width, y - 0.3 * height)],
            ],
            0.5,
        )


def _leaf_marks(pen: Pen, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
    """Clumps of leaves inside a crown: lights toward the light, a few inked curves."""
    light = pen.look.light
    bright: list[Points] = []
    deep: list[Points] = []
    inked: list[Points] = []
    for _ in range(int(pen.rng.integers(7, 13))):
        turn, reach = pen.spread(0, 6.28), pen.spread(0.1, 0.75)
        cx, cy = x + reach * rx * np.cos(turn), y + reach * ry * np.sin(turn)
        size = 0.16 * min(rx, ry)
        mark = smooth(
            [(cx - size, cy), (cx - 0.3 * size, cy - 0.6 * size), (cx + size, cy - 0.1 * size)],
            closed=False,
        )
        toward = (cx - x) * light.x + (cy - y) * light.y
        (bright if toward > 0 else deep).append(mark)
        if pen.chance(0.35):
            inked.append(mark)
    pen.dabs(bright, lighter(colour, 0.25), 0.07 * min(rx, ry))
    pen.dabs(deep, pen.dark(colour, 0.22), 0.07 * min(rx, ry))
    pen.lines(inked, 0.5)


def round_tree(pen: Pen, x: float, y: float, height: float) -> None:
    """A crown like a cloud on a trunk."""
    colour, reach = pen.tones.leaves(), height * pen.spread(0.26, 0.38)
    _trunk(pen, x, y, 0.6 * height, 0.1 * height, pen.tones.bark())
    top = y - height + 0.9 * reach
    crown = cloud(x, top, reach, 0.92 * reach, int(pen.rng.integers(8, 13)), pen.rng)
    pen.shape(crown, colour)
    _leaf_marks(pen, x, top, reach, reach, colour)
    if pen.chance(0.15):
        fruit = pen.tones.any_of([(0.58, 0.2, 28), (0.75, 0.16, 62), (0.85, 0.14, 95)])
        for _ in range(7):
            turn, share = pen.spread(0, 6.28), pen.spread(0.2, 0.75)
            pen.round(
                x + share * reach * np.cos(turn),
                top + share * reach * np.sin(turn),
                0.035 * height,
                0.035 * height,
                fruit,
                line=0.6,
            )


def layered_tree(pen: Pen, x: float, y: float, height: float) -> None:
    """Several separate clumps of leaves on a forked trunk."""
    bark, colour = pen.tones.bark(), pen.tones.leaves()
    for side in (-1, 1):
        pen.limb(
            [
                (x, y - 0.35 * height),
                (x + side * 0.1 * height, y - 0.5 * height),
                (x + side * 0.22 * height, y - 0.62 * height),
            ],
            [0.07 * height, 0.03 * height],
            bark,
        )
    _trunk(pen, x, y, 0.65 * height, 0.09 * height, bark)
    clumps = (
        (-0.22, 0.6, 0.2),
        (0.22, 0.63, 0.2),
        (-0.1, 0.78, 0.21),
        (0.13, 0.8, 0.2),
        (0, 0.62, 0.2),
    )
    for dx, up, size in clumps:
        cx, cy = x + dx * height, y - up * height
        pen.shape(cloud(cx, cy, size * height, 0.75 * size * height, 8, pen.rng), colour)


def conifer(pen: Pen, x: float, y: float, height: float) -> None:
    """A fir of three to five skirts."""
    colour, tiers = pen.tones.conifer(), int(pen.rng.integers(3, 6))
    half = height * pen.spread(0.2, 0.28)
    pen.shape(
        [
            (x - 0.035 * height, y),
            (x - 0.03 * height, y - 0.25 * height),
            (x + 0.03 * height, y - 0.25 * height),
            (x + 0.035 * height, y),
        ],
        pen.tones.bark(),
    )
    snowy = pen.tones.winter
    for tier in range(tiers):
        foot = y - height * (0.12 + 0.62 * tier / tiers)
        reach = half * (1 - 0.72 * tier / tiers)
        tip = foot - height * (0.3 + 0.12 * (tier == tiers - 1)) * (1.6 / tiers + 0.55)
        tip = max(tip, y - height)
        teeth = np.linspace(1, -1, 7)
        sag = np.where(np.arange(7) % 2, -0.018, 0.014 + 0.012 * (1 - teeth**2)) * height
        hem = np.stack([x + teeth * reach, foot + sag], axis=1)
        skirt = np.concatenate([points_of([(x, tip)]), hem])
        pen.shape(skirt, colour if not snowy else lighter(colour, 0.12))
        if snowy:
            cap = [
                (x, tip),
                (x + 0.5 * reach, foot - 0.38 * (foot - tip)),
                (x + 0.15 * reach, foot - 0.5 * (foot - tip)),
                (x - 0.1 * reach, foot - 0.36 * (foot - tip)),
                (x - 0.5 * reach, foot - 0.42 * (foot - tip)),
            ]
            pen.shape(cap, (246, 249, 253), line=0.5, shade=0.3)


def bare_tree(pen: Pen, x: float, y: float, height: float) -> None:
    """A leafless tree: a trunk that forks three times."""
    bark = pen.tones.bark()
    _branch(pen, x, y, -90 + pen.spread(-6, 6), 0.38 * height, 0.1 * height, 3, bark)


def _branch(
    pen: Pen,
    x: float,
    y: float,
    heading: float,
    reach: float,
    width: float,
    forks: int,
    bark: Colour,
) -> None:
    turn = np.radians(heading)
    end = (x + reach * np.cos(turn), y + reach * np.sin(turn))
    if forks:
        for spread in (-32, 30):
            _branch(
                pen,
                *end,
                heading + spread + pen.spread(-9, 9),
                0.68 * reach,
                0.6 * width,
                forks - 1,
                bark,
            )
    pen.limb(
        [(x, y), ((x + end[0]) / 2 + pen.spread(-0.03, 0.03) * reach, (y + end[1]) / 2), end],
        [width, 0.6 * width],
        bark,
        shade=0.6 if forks > 1 else 0,
    )


def poplar(pen: Pen, x: float, y: float, height: float) -> None:
    """A tall narrow crown."""
    colour = pen.tones.leaves()
    _trunk(pen, x, y, 0.4 * height, 0.06 * height, pen.tones.bark())
    crown = smooth(
        [
            (x, y - height),
            (x + 0.13 * height, y - 0.7 * height),
            (x + 0.15 * height, y - 0.35 * height),
            (x, y - 0.18 * height),
            (x - 0.15 * height, y - 0.35 * height),
            (x - 0.13 * height, y - 0.7 * height),
        ]
    )
    pen.shape(crown, colour)
    _leaf_marks(pen, x, y - 0.52 * height, 0.12 * height, 0.3 * height, colour)


def birch(pen: Pen, x: float, y: float, height: float) -> None:
    """A pale trunk with dark bars and a loose crown."""
    _trunk(pen, x, y, 0.7 * height, 0.06 * height, (236, 234, 226))
    bars = [
        [(x - 0.025 * height, y - up * height), (x + 0.012 * height, y - (up + 0.006) * height)]
        for up in (0.08, 0.2, 0.3, 0.42)
    ]
    pen.dabs(bars, (60, 56, 56), 0.014 * height)
    pen.lines(bars, 1.0)
    colour = pen.tones.leaves()
    for dx, up, size in ((-0.11, 0.58, 0.16), (0.12, 0.62, 0.17), (0.0, 0.8, 0.2)):
        pen.shape(
            cloud(
                x + dx * height, y - up * height, size * height, 0.85 * size * height, 9, pen.rng
            ),
            colour,
        )


def palm(pen: Pen, x: float, y: float, height: float) -> None:
    """A curved trunk and feathered leaves."""
    lean = pen.spread(-0.3, 0.3) * height
    top = (x + lean, y - height)
    pen.ground_shadow(x, y, 0.25 * height, 0.04 * height)
    spine = smooth([(x, y), (x + 0.3 * lean, y - 0.5 * height), top], closed=False)
    pen.limb(
        [(x, y), (x + 0.3 * lean, y - 0.5 * height), top],
        [0.09 * height, 0.05 * height],
        pen.tones.bark(),
    )
    rings = [
        [(sx - 0.03 * height, sy), (sx, sy + 0.012 * height), (sx + 0.03 * height, sy)]
        for sx, sy in spine[2:-2:2]
    ]
    pen.lines(rings, 0.5)
    green = pen.tones.near(0.6, 0.13, 138)
    for heading in (-172, -8, -145, -38, -112, -68, 168, 12):
        _palm_leaf(pen, top, heading + pen.spread(-8, 8), 0.42 * height, green)
    for dx in (-0.03, 0.03):
        pen.round(
            top[0] + dx * height,
            top[1] + 0.03 * height,
            0.035 * height,
            0.035 * height,
            pen.tones.near(0.45, 0.07, 55),
            line=0.7,
        )


def _palm_leaf(
    pen: Pen, at: tuple[float, float], heading: float, reach: float, colour: Colour
) -> None:
    turn = np.radians(heading)
    x, y = at
    middle = (x + 0.55 * reach * np.cos(turn), y + 0.55 * reach * np.sin(turn) - 0.14 * reach)
    tip = (x + reach * np.cos(turn), y + reach * np.sin(turn) + 0.28 * reach)
    pen.shape(tube([at, middle, tip], [0.05 * reach, 0.24 * reach, 0.16 * reach, 0.0]), colour)
    pen.line([at, middle, tip], 0.5)


def flower(pen: Pen, x: float, y: float, size: float, colour: Colour | None = None) -> None:
    """A flower on a stem whose foot is (x, y); `size` is its height."""
    colour = colour or pen.tones.petal()
    green = pen.tones.near(0.6, 0.13, 138)
    sway = pen.spread(-0.12, 0.12) * size
    top = (x + sway, y - size)
    stem = [(x, y), (x + 0.2 * sway, y - 0.5 * size), top]
    pen.dabs([smooth(stem, closed=False)], green, 0.05 * size)
    pen.line(stem, 0.7)
    leaf = tube([(x, y - 0.1 * size), (x + 0.2 * size, y - 0.35 * size)], [0.0, 0.16 * size, 0.0])
    pen.shape(leaf, green, line=0.6)
    head = pen.at(*top, size * 0.3, pen.spread(-20, 20))
    kind = pen.rng.integers(4)
    if kind == 0:
        tulip(head, colour)
    elif kind == 1:
        daisy(head, colour, petals=int(pen.rng.integers(8, 13)), slim=0.28)
    elif kind == 2:
        daisy(head, colour, petals=5, slim=0.5)
    else:
        rose(head, colour)


def daisy(pen: Pen, colour: Colour, petals: int, slim: float) -> None:
    """Petals around a heart; the pen's unit is the flower's radius."""
    for petal in range(petals):
        turn = 360 * petal / petals
        part = pen.at(0, 0, 1, turn)
        part.round(0.6, 0, 0.45, slim, colour, line=0.7)
    heart = pen.tones.any_of([(0.86, 0.16, 90), (0.6, 0.12, 60), (0.9, 0.12, 98)])
    pen.round(0, 0, 0.32, 0.32, heart, line=0.7)


def tulip(pen: Pen, colour: Colour) -> None:
    cup = [
        (0, 0.7),
        (-0.75, 0.25),
        (-0.7, -0.9),
        (-0.3, -0.35),
        (0, -1.0),
        (0.3, -0.35),
        (0.7, -0.9),
        (0.75, 0.25),
    ]
    pen.shape(smooth(cup), colour)
    pen.line([(-0.3, -0.35), (-0.2, 0.2), (0, 0.5)], 0.6)


def rose(pen: Pen, colour: Colour) -> None:
    pen.shape(cloud(0, 0, 0.95, 0.9, 6, pen.rng), colour)
    pen.shape(ellipse(0, -0.05, 0.6, 0.55), lighter(colour, 0.12), line=0.7, shade=0.6)
    spiral = [
        (0.35 * (1 - k / 9) * np.cos(k), 0.35 * (1 - k / 9) * np.sin(k))
        for k in np.arange(0, 8, 0.7)
    ]
    pen.line(spiral, 0.7)


def mushroom(pen: Pen, x: float, y: float, size: float) -> None:
    """A spotted cap on a pale stalk."""
    part = pen.at(x, y, size)
    part.shape(smooth([(-0.2, 0), (-0.14, -0.6), (0.14, -0.6), (0.22, 0)]), (240, 230, 210))
    cap = part.tones.any_of([(0.58, 0.19, 29), (0.6, 0.1, 60), (0.72, 0.12, 65)])
    part.shape(
        smooth(
            [(-0.55, -0.5), (-0.45, -0.85), (0, -1.05), (0.45, -0.85), (0.55, -0.5), (0, -0.42)]
        ),
        cap,
    )
    for dx, dy, r in (
        (-0.22, -0.72, 0.09),
        (0.08, -0.85, 0.1),
        (0.3, -0.64, 0.07),
        (0.02, -0.58, 0.06),
    ):
        part.round(dx, dy, r, r * 0.85, (250, 245, 235), line=0.5, shade=0)
