"""What stands and grows on the ground of a scene."""

import numpy as np

from training.procedural import animals, toys
from training.procedural.curves import box, floats, smooth, tube
from training.procedural.figures import person
from training.procedural.land import bush, meadow_grass, rock
from training.procedural.palettes import mix
from training.procedural.pen import Pen
from training.procedural.plants import flower, tree
from training.procedural.sky import Time


def depths(pen: Pen, count: int, near: float, far: float) -> list[float]:
    """Feet of things on the ground, far ones first."""
    return sorted(pen.rng.uniform(far, near, count).tolist())


def meadow_ground(pen: Pen, horizon: float, time: Time) -> None:
    colour = pen.tones.grass()
    area = box(-3, horizon, pen.width + 6, pen.height - horizon + 6)
    pen.ramp(
        area, [mix(colour, pen.tones.near(0.8, 0.08, 130), 0.4), colour, pen.dark(colour, 0.1)]
    )
    pen.line([(-3, horizon), (pen.width + 3, horizon)], 0.8)
    meadow_grass(pen, horizon, colour, int(pen.rng.integers(20, 70)))


def grow(pen: Pen, horizon: float, x_range: tuple[float, float], y: float) -> None:
    """One plant that fits its distance."""
    depth = (y - horizon) / max(pen.height - horizon, 1)
    x = pen.spread(*x_range)
    kind = pen.rng.random()
    if kind < 0.5:
        tree(pen, x, y, 16 + 42 * depth)
    elif kind < 0.8:
        bush(pen, x, y, 4 + 7 * depth)
    else:
        rock(pen, x, y, 2 + 5 * depth)


def company(pen: Pen, count: int, feet: tuple[float, float], heights: tuple[float, float]) -> None:
    """Several people and animals side by side, far ones first."""
    places = pen.rng.permutation(count)
    for place, y in zip(places, depths(pen, count, feet[1], feet[0]), strict=True):
        x = (0.1 + 0.8 * (float(place) + pen.spread(0.25, 0.75)) / count) * pen.width
        someone(pen, x, y, pen.spread(*heights))


def someone(pen: Pen, x: float, y: float, height: float) -> None:
    """A person or an animal in the open."""
    if pen.chance(0.62):
        hand = person(pen, x, y, height)
        if pen.chance(0.2):
            toys.balloon(hand.at(0, 0, 2.2))
        return
    size = height * 0.62
    pen.ground_shadow(x, y, 0.4 * size, 0.06 * size)
    creature = animals.LAND[int(pen.rng.integers(len(animals.LAND)))]
    creature(pen.at(x, y, size, flip=pen.chance(0.5)))


def flowers(pen: Pen, top: float, count: int) -> None:
    colour = pen.tones.petal()
    for y in depths(pen, count, pen.height + 2, top + 0.45 * (pen.height - top)):
        size = 4 + 9 * (y - top) / max(pen.height - top, 1)
        flower(pen, pen.spread(0, pen.width), y, size, colour if pen.chance(0.6) else None)


def beach(pen: Pen, shore: float) -> None:
    sand, x = pen.tones.sand(), np.linspace(-4, pen.width + 4, 7)
    edge = smooth(np.stack([x, shore + pen.rng.uniform(-3, 5, 7)], axis=1), closed=False)
    floor = [(pen.width + 6, pen.height + 6), (-6, pen.height + 6)]
    foam = np.concatenate([edge - floats([0, 2.2]), floor])
    pen.shape(foam, (246, 250, 250), shade=0, line=0.6)
    pen.shape(np.concatenate([edge, floor]), sand, shade=0)
    grains = [
        [(gx, gy), (gx + 0.4, gy)]
        for gx, gy in zip(
            pen.rng.uniform(0, pen.width, 40),
            pen.rng.uniform(shore + 6, pen.height + 4, 40),
            strict=True,
        )
    ]
    pen.dabs(grains, pen.dark(sand, 0.15), 0.3)
    pen.lines(grains[:14], 0.5)


def weed(pen: Pen, x: float, y: float) -> None:
    colour = pen.tones.any_of(
        [(0.58, 0.13, 145), (0.65, 0.15, 20), (0.6, 0.12, 330), (0.72, 0.14, 70)]
    )
    for k in range(int(pen.rng.integers(2, 5))):
        tall, sway = pen.spread(12, 30), pen.spread(-4, 4)
        pen.limb(
            [
                (x + 3 * k, y),
                (x + 3 * k + sway, y - 0.35 * tall),
                (x + 3 * k - sway, y - 0.7 * tall),
                (x + 3 * k + sway, y - tall),
            ],
            [2.2, 3.2, 2.4, 0.2],
            colour,
        )


def tent(pen: Pen, x: float, y: float, size: float) -> None:
    cloth = pen.tones.cloth()
    pen.shape([(x - 0.75 * size, y), (x, y - 0.8 * size), (x + 0.75 * size, y)], cloth)
    pen.shape(
        [(x - 0.22 * size, y), (x, y - 0.62 * size), (x + 0.22 * size, y)],
        pen.dark(cloth, 0.5),
        shade=0,
    )
    pen.shape(
        tube(
            [(x - 0.22 * size, y), (x - 0.2 * size, y - 0.3 * size), (x, y - 0.62 * size)],
            [0.12 * size, 0.1 * size, 0.0],
        ),
        pen.dark(cloth, 0.1),
        line=0.7,
    )
