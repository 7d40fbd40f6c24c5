"""Scenes under the sky."""

import numpy as np

from training.procedural import animals, toys
from training.procedural.buildings import castle, fence, house, shop, street_lamp, tower_block
from training.procedural.curves import box, ellipse, smooth
from training.procedural.figures import CHILD, person
from training.procedural.ground import (
    beach,
    company,
    depths,
    flowers,
    grow,
    meadow_ground,
    someone,
    tent,
    weed,
)
from training.procedural.land import bush, hills, mountains, path, river, rock, sea
from training.procedural.palettes import mix
from training.procedural.pen import Pen
from training.procedural.plants import mushroom, palm, tree
from training.procedural.sky import Time, choose_time, draw_cloud, draw_sky


def meadow(pen: Pen) -> None:
    """Hills, grass, trees, somebody."""
    time, horizon = choose_time(pen), pen.spread(0.35, 0.62) * pen.height
    draw_sky(pen, time, horizon)
    hills(pen, horizon, time, int(pen.rng.integers(0, 4)))
    ground = horizon + pen.spread(2, 8)
    meadow_ground(pen, ground, time)
    if pen.chance(0.35):
        path(pen, ground, pen.tones.earth())
    elif pen.chance(0.25):
        river(pen, ground)
    for y in depths(
        pen, int(pen.rng.integers(3, 8)), ground + 0.5 * (pen.height - ground), ground + 1
    ):
        grow(pen, ground, (0, pen.width), y)
    feet = (0.86 * pen.height, 0.98 * pen.height)
    company(pen, int(pen.rng.choice([0, 1, 1, 2])), feet, (30, 58))
    if pen.chance(0.6):
        flowers(pen, ground, int(pen.rng.integers(3, 10)))
    if pen.chance(0.3):
        for _ in range(3):
            animals.butterfly(
                pen.at(
                    pen.spread(0, pen.width),
                    pen.spread(0.4, 0.8) * pen.height,
                    pen.spread(3, 7),
                    pen.spread(-40, 40),
                )
            )


def highlands(pen: Pen) -> None:
    """Mountains with firs, perhaps a lake."""
    time, horizon = choose_time(pen), pen.spread(0.4, 0.6) * pen.height
    draw_sky(pen, time, horizon)
    mountains(pen, horizon, time)
    hills(pen, horizon, time, int(pen.rng.integers(1, 3)))
    ground = horizon + 8
    meadow_ground(pen, ground, time)
    if pen.chance(0.4):
        lake = pen.tones.water()
        x, rx = pen.spread(0.3, 0.7) * pen.width, pen.spread(20, 45)
        pen.shape(
            smooth(
                ellipse(x, ground + 0.4 * (pen.height - ground), rx, 0.2 * rx, count=12)
                + pen.rng.uniform(-1.5, 1.5, (12, 2))
            ),
            lake,
            shade=0.3,
        )
    for y in depths(pen, int(pen.rng.integers(4, 11)), pen.height, ground + 2):
        depth = (y - ground) / max(pen.height - ground, 1)
        tree(pen, pen.spread(0, pen.width), y, 12 + 38 * depth) if pen.chance(0.8) else rock(
            pen, pen.spread(0, pen.width), y, 2 + 6 * depth
        )
    if pen.chance(0.5):
        someone(pen, pen.spread(0.25, 0.75) * pen.width, 0.96 * pen.height, pen.spread(24, 40))


def seaside(pen: Pen) -> None:
    """Beach, sea, palms, boats."""
    time, horizon = choose_time(pen), pen.spread(0.3, 0.55) * pen.height
    draw_sky(pen, time, horizon)
    shore = horizon + (pen.height - horizon) * pen.spread(0.35, 0.75)
    if pen.chance(0.4):
        hills(pen, horizon - 3, time, 1)
    sea(pen, horizon, shore + 8, time)
    for depth in depths(pen, int(pen.rng.integers(0, 4)), 0.7, 0.1):
        y = horizon + depth * (shore - horizon)
        vessel = toys.boat if pen.chance(0.75) else animals.whale
        vessel(pen.at(pen.spread(0.1, 0.9) * pen.width, y, 5 + 12 * depth, flip=pen.chance(0.5)))
    beach(pen, shore)
    if pen.chance(0.6):
        palm(
            pen,
            pen.spread(0.05, 0.95) * pen.width,
            pen.spread(0.85, 0.98) * pen.height,
            pen.spread(38, 62),
        )
    feet = (0.88 * pen.height, 0.98 * pen.height)
    company(pen, int(pen.rng.choice([0, 1, 1, 2])), feet, (28, 50))
    if pen.chance(0.5):
        toys.ball(pen.at(pen.spread(0.1, 0.9) * pen.width, 0.95 * pen.height, pen.spread(5, 9)))


def woods(pen: Pen) -> None:
    """Inside a forest: dark far trunks, large near trees, undergrowth."""
    time = choose_time(pen)
    draw_sky(pen, time, pen.height * 0.7)
    ground = pen.spread(0.55, 0.75) * pen.height
    far = mix(pen.tones.leaves(), (150, 190, 190), 0.45)
    for layer in range(2):
        base = ground + 2 + 3 * layer
        colour = mix(far, pen.tones.leaves(), 0.5 * layer)
        x = np.linspace(-8, pen.width + 8, 15)
        crowns = smooth(
            np.stack([x, base - pen.rng.uniform(14, 34, 15) + 8 * layer], axis=1), closed=False
        )
        pen.shape(
            np.concatenate([crowns, [(pen.width + 8, base + 4), (-8, base + 4)]]),
            colour,
            shade=0,
            line=0.6,
        )
    meadow_ground(pen, ground, time)
    if pen.chance(0.5):
        path(pen, ground, pen.tones.earth())
    for y in depths(pen, int(pen.rng.integers(4, 8)), pen.height + 3, ground + 2):
        depth = (y - ground) / max(pen.height - ground, 1)
        tree(pen, pen.spread(0, 1) * pen.width, y, 30 + 50 * depth)
    for _ in range(int(pen.rng.integers(0, 5))):
        mushroom(
            pen, pen.spread(0, pen.width), pen.spread(0.85, 1.0) * pen.height, pen.spread(5, 10)
        )
    feet = (0.88 * pen.height, 0.97 * pen.height)
    company(pen, int(pen.rng.integers(1, 3)), feet, (28, 46))


def village(pen: Pen) -> None:
    """Houses between gardens and hills."""
    time, horizon = choose_time(pen, night=0.2), pen.spread(0.35, 0.5) * pen.height
    night = time is Time.NIGHT
    draw_sky(pen, time, horizon)
    if pen.chance(0.4):
        mountains(pen, horizon, time)
    hills(pen, horizon, time, int(pen.rng.integers(1, 3)))
    ground = horizon + 7
    meadow_ground(pen, ground, time)
    if pen.chance(0.2):
        castle(pen, pen.spread(0.25, 0.75) * pen.width, ground + 6, pen.spread(28, 40), night)
    path(pen, ground, pen.tones.earth())
    for y in depths(
        pen, int(pen.rng.integers(2, 6)), ground + 0.62 * (pen.height - ground), ground + 3
    ):
        depth = (y - ground) / max(pen.height - ground, 1)
        size, x = 14 + 26 * depth, pen.spread(-4, pen.width - 12)
        if pen.chance(0.5):
            tree(pen, x - 0.2 * size, y, 1.5 * size)
        house(pen, x, y, size, size * pen.spread(0.55, 1.3), night)
        if pen.chance(0.5):
            bush(pen, x + 1.1 * size, y + 1, 0.22 * size)
    if pen.chance(0.35):
        fence(pen, 0.95 * pen.height, 9, (246, 243, 236) if pen.chance(0.5) else pen.tones.wood())
    if pen.chance(0.6):
        someone(pen, pen.spread(0.2, 0.8) * pen.width, 0.96 * pen.height, pen.spread(22, 36))
    if pen.chance(0.4):
        flowers(pen, ground, 5)


def street(pen: Pen) -> None:
    """A city street: shops, towers, cars, people."""
    time = choose_time(pen, night=0.28)
    night = time is Time.NIGHT
    ground = pen.spread(0.68, 0.78) * pen.height
    draw_sky(pen, time, ground)
    for x in np.arange(-5, pen.width, 13.0):
        tower_block(pen, x, ground, pen.spread(11, 17), ground * pen.spread(0.45, 0.85), night)
    x = -pen.spread(0, 10)
    while x < pen.width:
        wide = pen.spread(22, 34)
        (shop if pen.chance(0.65) else house)(
            pen, x + 1, ground + 2, wide - 2, pen.spread(26, 40), night
        )
        x += wide
    walk, road = pen.tones.near(0.8, 0.015, 80), pen.tones.near(0.5, 0.015, 265)
    pen.shape(box(-3, ground + 2, pen.width + 6, 8), walk, shade=0)
    pen.lines(
        [[(k, ground + 2), (k - 3, ground + 10)] for k in np.arange(0, pen.width + 6, 9.0)], 0.5
    )
    company(pen, int(pen.rng.integers(1, 4)), (ground + 8, ground + 8), (18, 25))
    if pen.chance(0.6):
        street_lamp(pen, pen.spread(0.1, 0.9) * pen.width, ground + 7, 30, night)
    pen.shape(box(-3, ground + 10, pen.width + 6, pen.height), road, shade=0)
    stripes = [
        box(k, ground + 0.62 * (pen.height - ground), 8, 1.4)
        for k in np.arange(-4, pen.width, 17.0)
    ]
    for stripe in stripes:
        pen.shape(stripe, (240, 236, 220), line=0.5, shade=0)
    if pen.chance(0.75):
        toys.car(
            pen.at(
                pen.spread(0.2, 0.8) * pen.width,
                pen.height - pen.spread(4, 8),
                pen.spread(11, 16),
                flip=pen.chance(0.5),
            )
        )


def winter(pen: Pen) -> None:
    """Snow over hills, firs, a snowman."""
    pen.tones.winter = True
    time, horizon = choose_time(pen, night=0.25), pen.spread(0.4, 0.55) * pen.height
    draw_sky(pen, time, horizon)
    if pen.chance(0.5):
        mountains(pen, horizon, time)
    snow = (240, 246, 252)
    for layer in range(3):
        x = np.linspace(-6, pen.width + 6, 6)
        top = smooth(
            np.stack([x, horizon + 4 + layer * 9 - pen.rng.uniform(0, 8, 6)], axis=1), closed=False
        )
        area = np.concatenate([top, [(pen.width + 6, pen.height + 6), (-6, pen.height + 6)]])
        pen.ramp(area, [snow, pen.tones.near(0.9, 0.03, 245)])
        pen.line(top, 0.9, curved=False)
        for _ in range(int(pen.rng.integers(0, 4))):
            tree(pen, pen.spread(0, pen.width), horizon + 6 + layer * 9, 14 + 9 * layer)
    if pen.chance(0.4):
        house(pen, pen.spread(0.05, 0.5) * pen.width, 0.82 * pen.height, 26, 20, time is Time.NIGHT)
    if pen.chance(0.5):
        toys.snowman(
            pen.at(pen.spread(0.1, 0.4) * pen.width, 0.92 * pen.height, pen.spread(16, 26))
        )
    someone(pen, pen.spread(0.5, 0.9) * pen.width, 0.95 * pen.height, pen.spread(26, 42))
    for sx, sy in zip(
        pen.rng.uniform(0, pen.width, 40), pen.rng.uniform(0, pen.height, 40), strict=True
    ):
        flake = ellipse(sx, sy, 0.5, 0.5, count=8)
        pen.patch(flake, (255, 255, 255), glow=True)
        pen.canvas.wipe(pen.pixels(flake))


def underwater(pen: Pen) -> None:
    """Fish, weeds, corals, bubbles."""
    top = pen.tones.near(0.78, 0.09, 210)
    pen.ramp(box(-2, -2, pen.width + 4, pen.height + 4), [top, pen.tones.near(0.52, 0.1, 238)])
    for x in pen.rng.uniform(0, pen.width, 3):
        pen.glaze(
            [(x, -2), (x + 8, -2), (x + 28, pen.height), (x + 8, pen.height)],
            (255, 255, 255),
            0.12,
            1.5,
        )
    ground = 0.84 * pen.height
    x = np.linspace(-6, pen.width + 6, 7)
    floor = smooth(np.stack([x, ground + pen.rng.uniform(-4, 4, 7)], axis=1), closed=False)
    pen.shape(
        np.concatenate([floor, [(pen.width + 6, pen.height + 6), (-6, pen.height + 6)]]),
        pen.tones.near(0.8, 0.06, 90),
        shade=0,
    )
    for _ in range(int(pen.rng.integers(4, 9))):
        weed(pen, pen.spread(0, pen.width), ground + pen.spread(2, 14))
    for _ in range(int(pen.rng.integers(1, 4))):
        rock(pen, pen.spread(0, pen.width), ground + pen.spread(4, 14), pen.spread(4, 9))
    for _ in range(int(pen.rng.integers(3, 9))):
        animals.fish(
            pen.at(
                pen.spread(0.1, 0.9) * pen.width,
                pen.spread(0.12, 0.78) * pen.height,
                pen.spread(6, 19),
                pen.spread(-14, 14),
                pen.chance(0.5),
            )
        )
    if pen.chance(0.3):
        animals.turtle(
            pen.at(pen.spread(0.3, 0.7) * pen.width, 0.5 * pen.height, 18, -10, pen.chance(0.5))
        )
    for bx, by, r in zip(
        pen.rng.uniform(0, pen.width, 14),
        pen.rng.uniform(0, ground, 14),
        pen.rng.uniform(0.5, 1.8, 14),
        strict=True,
    ):
        pen.round(bx, by, r, r, (214, 238, 246), line=0.6, shade=0)


def camp(pen: Pen) -> None:
    """People around a fire at night."""
    ground = 0.55 * pen.height
    draw_sky(pen, Time.NIGHT, ground)
    hills(pen, ground, Time.NIGHT, 2)
    meadow_ground(pen, ground + 4, Time.NIGHT)
    for x in (pen.spread(0, 0.2), pen.spread(0.8, 1.0)):
        tree(pen, x * pen.width, ground + 14, pen.spread(36, 52))
    if pen.chance(0.6):
        tent(pen, pen.spread(0.25, 0.75) * pen.width, ground + 20, pen.spread(24, 32))
    pen.light_up((0.86, 0.68, 0.6))
    middle, feet = 0.5 * pen.width, 0.86 * pen.height
    pen.glaze(ellipse(middle, feet, 0.42 * pen.width, 14), (255, 160, 70), 0.35, 5)
    for dx in (-0.27, 0.27):
        person(
            pen,
            middle + dx * pen.width,
            feet + pen.spread(0, 4),
            pen.spread(30, 40),
            body=CHILD,
            flip=dx > 0,
        )
    toys.campfire(pen.at(middle, feet + 2, 17))


def desert(pen: Pen) -> None:
    """Dunes and cacti."""
    time, horizon = choose_time(pen), 0.5 * pen.height
    draw_sky(pen, time, horizon)
    sand = pen.tones.near(0.82, 0.09, 75)
    for layer in range(4):
        x = np.linspace(-8, pen.width + 8, 5)
        top = smooth(
            np.stack([x, horizon + layer * 11 - pen.rng.uniform(0, 12, 5)], axis=1), closed=False
        )
        pen.ramp(
            np.concatenate([top, [(pen.width + 8, pen.height + 6), (-8, pen.height + 6)]]),
            [sand, pen.dark(sand, 0.16)],
        )
        pen.line(top, 1.0, curved=False)
        if pen.chance(0.6):
            toys.cactus(
                pen.at(pen.spread(0.05, 0.95) * pen.width, horizon + 5 + layer * 11, 8 + 5 * layer)
            )
    someone(pen, pen.spread(0.25, 0.75) * pen.width, 0.95 * pen.height, pen.spread(28, 44))


def airborne(pen: Pen) -> None:
    """Above the clouds: balloons, birds, a rocket."""
    time = choose_time(pen)
    draw_sky(pen, time, pen.height + 4)
    for y in depths(pen, 6, pen.height, 0.1 * pen.height):
        draw_cloud(
            pen,
            pen.spread(0, pen.width),
            y,
            8 + 14 * y / pen.height,
            (252, 252, 252) if time is not Time.DUSK else pen.tones.near(0.88, 0.06, 30),
        )
    for _ in range(int(pen.rng.integers(1, 4))):
        craft = (
            toys.hot_air_balloon,
            toys.hot_air_balloon,
            toys.rocket,
            animals.bird,
            animals.butterfly,
            toys.balloon,
        )[int(pen.rng.integers(6))]
        craft(
            pen.at(
                pen.spread(0.15, 0.85) * pen.width,
                pen.spread(0.45, 0.9) * pen.height,
                pen.spread(16, 30),
            )
        )
