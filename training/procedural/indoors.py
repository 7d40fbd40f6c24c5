"""Rooms, still lifes, portraits, single sprites."""

import numpy as np

from training.procedural import animals, objects, toys
from training.procedural.buildings import window
from training.procedural.curves import box, cloud
from training.procedural.figures import bust, person
from training.procedural.furniture import big_window, boards, picture, shelf, sofa, table, wallpaper
from training.procedural.heads import choose_head
from training.procedural.palettes import lighter
from training.procedural.pen import Pen
from training.procedural.plants import flower, tree
from training.procedural.sky import choose_time, draw_sky, star


def room(pen: Pen) -> None:
    """A wall, a floor, furniture, somebody."""
    wall, floor = pen.tones.wall(), pen.tones.wood()
    ground = pen.spread(0.62, 0.74) * pen.height
    pen.ramp(box(-2, -2, pen.width + 4, ground + 4), [pen.dark(wall, 0.08), wall])
    wallpaper(pen, wall, ground)
    pen.shape(box(-2, ground, pen.width + 4, pen.height - ground + 4), floor, shade=0)
    boards(pen, ground, floor)
    pen.shape(box(-2, ground - 3, pen.width + 4, 3), lighter(wall, 0.3), line=0.7, shade=0)
    night = pen.chance(0.25)
    big_window(pen, pen.spread(0.1, 0.3) * pen.width, 0.14 * pen.height, pen.spread(22, 32), night)
    if pen.chance(0.5):
        shelf(pen, pen.spread(0.76, 0.86) * pen.width, pen.spread(0.22, 0.34) * pen.height)
    elif pen.chance(0.7):
        picture(pen, pen.spread(0.68, 0.84) * pen.width, pen.spread(0.1, 0.25) * pen.height)
    if pen.chance(0.45):
        sofa(pen, pen.spread(0.1, 0.6) * pen.width, ground + 9, pen.spread(34, 46))
    if pen.chance(0.6):
        rug = pen.tones.cloth()
        pen.round(0.5 * pen.width, 0.9 * pen.height, 0.36 * pen.width, 7, rug, shade=0)
        pen.round(
            0.5 * pen.width,
            0.9 * pen.height,
            0.29 * pen.width,
            5,
            lighter(rug, 0.35),
            line=0.6,
            shade=0,
        )
    if pen.chance(0.5):
        objects.potted_plant(
            pen.at(pen.spread(0.05, 0.95) * pen.width, ground + 6, pen.spread(16, 28))
        )
    if pen.chance(0.7):
        table(pen, pen.spread(0.2, 0.7) * pen.width, ground + 12, pen.spread(26, 36))
    for _ in range(int(pen.rng.integers(1, 3))):
        x = pen.spread(0.15, 0.85) * pen.width
        if pen.chance(0.7):
            person(pen, x, 0.95 * pen.height, pen.spread(38, 58))
        else:
            (animals.cat if pen.chance(0.6) else toys.teddy)(
                pen.at(x, 0.96 * pen.height, pen.spread(16, 24))
            )
    if night:
        pen.glaze(box(-2, -2, pen.width + 4, pen.height + 4), (250, 190, 110), 0.14)


def still_life(pen: Pen) -> None:
    """Fruit and vessels on a table."""
    wall, cloth = pen.tones.wall(), pen.tones.cloth()
    edge = pen.spread(0.55, 0.68) * pen.height
    pen.ramp(box(-2, -2, pen.width + 4, edge + 4), [wall, pen.dark(wall, 0.14)])
    wallpaper(pen, wall, edge)
    if pen.chance(0.35):
        window(pen, 0.62 * pen.width, 0.1 * pen.height, 26, 30)
    pen.shape(
        box(-2, edge, pen.width + 4, pen.height),
        cloth if pen.chance(0.5) else pen.tones.wood(),
        shade=0,
    )
    count = int(pen.rng.integers(3, 7))
    feet = np.sort(pen.rng.uniform(edge + 5, 0.95 * pen.height, count))
    places = (pen.rng.permutation(count) + 0.5) / count
    for foot, place in zip(feet.tolist(), places.tolist(), strict=True):
        thing = objects.TABLE[int(pen.rng.integers(len(objects.TABLE)))]
        size = pen.spread(18, 30)
        x = place * pen.width
        pen.ground_shadow(x + 2, foot, 0.5 * size, 0.1 * size)
        thing(pen.at(x, foot, size))


def portrait(pen: Pen) -> None:
    """A close-up in front of a plain, patterned or outdoor ground."""
    comic = pen.chance(0.68)
    _backdrop(pen)
    if pen.chance(0.22):
        _two_heads(pen, comic)
        return
    radius = pen.spread(20, 34)
    head = choose_head(pen, comic)
    x, y = pen.width * pen.spread(0.42, 0.58), pen.height * pen.spread(0.42, 0.54)
    bust(pen.at(x, y, radius, pen.spread(-8, 8)), head)


def _two_heads(pen: Pen, comic: bool) -> None:
    """Two people side by side, one a little lower and in front."""
    radius = pen.spread(16, 21)
    for share, lower in ((0.32, 0.0), (0.68, pen.spread(2, 12))):
        place = pen.at(
            share * pen.width + pen.spread(-3, 3),
            0.46 * pen.height + lower,
            radius,
            pen.spread(-8, 8),
        )
        bust(place, choose_head(pen, comic))


def _backdrop(pen: Pen) -> None:
    sheet = box(-2, -2, pen.width + 4, pen.height + 4)
    kind = pen.rng.integers(5)
    if kind == 0:
        return
    if kind in (1, 2):
        colour = lighter(pen.tones.cloth(), pen.spread(0.2, 0.6))
        pen.ramp(sheet, [colour, lighter(colour, 0.3)])
        if pen.chance(0.4):
            for sx, sy in pen.rng.uniform(0, 1, (8, 2)):
                star(
                    pen,
                    sx * pen.width,
                    sy * pen.height,
                    pen.spread(1.5, 4),
                    lighter(pen.tones.cloth(), 0.3),
                )
        elif pen.chance(0.4):
            for cx, cy in pen.rng.uniform(0, 1, (7, 2)):
                pen.round(
                    cx * pen.width, cy * pen.height, 5, 5, lighter(colour, 0.35), line=0, shade=0
                )
        return
    time = choose_time(pen)
    draw_sky(pen, time, pen.height)
    if kind == 3:
        for cx in np.linspace(0, pen.width, 7):
            pen.shape(
                cloud(cx, pen.height * 0.9, 14, pen.spread(14, 30), 9, pen.rng), pen.tones.leaves()
            )
    else:
        tree(pen, pen.spread(0, 0.2) * pen.width, 0.95 * pen.height, 60)
        pen.shape(box(-2, 0.85 * pen.height, pen.width + 4, pen.height), pen.tones.grass(), shade=0)


def couple(pen: Pen) -> None:
    """Two or three full figures on a light ground."""
    _backdrop(pen)
    count = int(pen.rng.integers(1, 4))
    for k in range(count):
        x = pen.width * (k + 1) / (count + 1) + pen.spread(-3, 3)
        person(pen, x, 0.95 * pen.height, pen.spread(60, 86) if count < 3 else pen.spread(48, 70))


def creature(pen: Pen) -> None:
    """One animal large on a simple ground."""
    time, ground = choose_time(pen, night=0.08), 0.72 * pen.height
    if pen.chance(0.6):
        draw_sky(pen, time, ground)
        pen.shape(box(-2, ground, pen.width + 4, pen.height), pen.tones.grass(), shade=0)
        for _ in range(int(pen.rng.integers(0, 4))):
            tree(pen, pen.spread(0, pen.width), ground + 3, pen.spread(20, 45))
    else:
        _backdrop(pen)
    size, x, y = pen.spread(45, 66), pen.spread(0.4, 0.6) * pen.width, 0.9 * pen.height
    pen.ground_shadow(x, y, 0.42 * size, 0.06 * size)
    kinds = (*animals.LAND, animals.bird, animals.bird)
    kind = kinds[int(pen.rng.integers(len(kinds)))]
    wide = {animals.turtle: 0.6, animals.elephant: 0.85}.get(kind, 1.0)
    kind(pen.at(x, y, wide * size, flip=pen.chance(0.5)))
    for _ in range(int(pen.rng.integers(0, 5))):
        flower(pen, pen.spread(0, pen.width), pen.spread(0.92, 1.0) * pen.height, pen.spread(8, 14))


def sprites(pen: Pen) -> None:
    """Single drawings on white paper."""
    columns, rows = (1, 1) if pen.chance(0.4) else (2, 2) if pen.chance(0.6) else (3, 3)
    for row in range(rows):
        for column in range(columns):
            _sprite(
                pen,
                pen.width * (column + 0.5) / columns,
                pen.height * (row + 0.92) / rows,
                0.8 * min(pen.height / rows, pen.width / columns),
            )


def _sprite(pen: Pen, x: float, y: float, size: float) -> None:
    kind = pen.rng.random()
    things = (*toys.TOYS, *toys.TOYS, *objects.TABLE)
    if kind < 0.35:
        person(pen, x, y, size)
    elif kind < 0.6:
        animals.LAND[int(pen.rng.integers(len(animals.LAND)))](
            pen.at(x, y, 0.75 * size, flip=pen.chance(0.5))
        )
    elif kind < 0.7:
        swimmer = (animals.fish, animals.butterfly)[int(pen.rng.integers(2))]
        swimmer(pen.at(x, y - 0.5 * size, 0.6 * size, pen.spread(-20, 20)))
    elif kind < 0.78:
        flower(pen, x, y, 0.9 * size)
    else:
        things[int(pen.rng.integers(len(things)))](pen.at(x, y - 0.12 * size, 0.55 * size))
