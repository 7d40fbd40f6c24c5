"""Houses, towers, streets."""

import numpy as np

from training.procedural.curves import Points, arc, box, cloud, points_of
from training.procedural.palettes import Colour
from training.procedural.pen import Pen

_GLASS_DAY: Colour = (176, 205, 220)
_GLASS_LIT: Colour = (255, 220, 130)


def house(pen: Pen, x: float, y: float, width: float, height: float, night: bool = False) -> None:
    """A small house standing at (x, y) (its lower left corner), wall `height` high."""
    wall, roof = pen.tones.wall(), pen.tones.roof()
    pen.ground_shadow(x + width / 2, y, 0.6 * width, 0.07 * height)
    if pen.chance(0.5):
        _chimney(pen, x + pen.spread(0.15, 0.75) * width, y - height - 0.3 * width, 0.1 * width)
    pen.shape(box(x, y - height, width, height), wall, shade=0.5)
    surface = pen.chance(0.5)
    if surface:
        _bricks(pen, x, y, width, height, wall)
    over, rise = 0.1 * width, width * pen.spread(0.32, 0.6)
    top = y - height
    if pen.chance(0.6):
        gable = [
            (x - over, top + 0.04 * height),
            (x + width / 2, top - rise),
            (x + width + over, top + 0.04 * height),
        ]
        pen.shape(gable, roof, shade=0.6)
        _tiles(pen, gable, roof)
        if pen.chance(0.4):
            pen.round(
                x + width / 2,
                top - 0.33 * rise,
                0.07 * width,
                0.07 * width,
                _glass(pen, night),
                glow=night,
                shade=0,
            )
    else:
        slope = [
            (x - over, top + 0.05 * height),
            (x + 0.14 * width, top - 0.7 * rise),
            (x + 0.86 * width, top - 0.7 * rise),
            (x + width + over, top + 0.05 * height),
        ]
        pen.shape(slope, roof, shade=0.6)
        _tiles(pen, slope, roof)
    _front(pen, x, y, width, height, night)


def _front(pen: Pen, x: float, y: float, width: float, height: float, night: bool) -> None:
    places = [0.5] if width < 0.8 * height else [0.24, 0.5, 0.76]
    entry = int(pen.rng.integers(len(places)))
    floors = 2 if height > 1.15 * width else 1
    for index, share in enumerate(places):
        for floor in range(floors):
            unit = height / floors
            if index == entry and floor == 0:
                door(pen, x + share * width, y, 0.2 * width, 0.62 * unit)
            else:
                size = 0.19 * width if len(places) > 1 else 0.34 * width
                window(
                    pen,
                    x + share * width - size / 2,
                    y - unit * floor - 0.76 * unit,
                    size,
                    0.36 * unit,
                    night,
                )


def _glass(pen: Pen, night: bool) -> Colour:
    return _GLASS_LIT if night else _GLASS_DAY


def window(pen: Pen, x: float, y: float, width: float, height: float, night: bool = False) -> None:
    """A framed window with bars, perhaps shutters or a flower box."""
    lit = night and pen.chance(0.7)
    if pen.chance(0.3):
        shutter = pen.tones.cloth()
        for side in (x - 0.45 * width, x + width):
            pen.shape(box(side, y, 0.45 * width, height), shutter, line=0.8, shade=0)
            pen.lines(
                [
                    [
                        (side + 0.08 * width, y + height * k / 6),
                        (side + 0.37 * width, y + height * k / 6),
                    ]
                    for k in range(1, 6)
                ],
                0.4,
            )
    frame = box(x, y, width, height)
    pen.shape(
        box(x - 0.09 * width, y - 0.09 * width, 1.18 * width, height + 0.18 * width),
        (244, 240, 228),
        line=0.8,
        shade=0,
    )
    pane = _glass(pen, lit)
    pen.ramp(
        frame,
        [pen.dark(pane, 0.12), pane] if not lit else [pane, (255, 200, 110)],
        line=0.7,
        glow=lit,
    )
    pen.line([(x + width / 2, y), (x + width / 2, y + height)], 0.7)
    pen.line([(x, y + 0.45 * height), (x + width, y + 0.45 * height)], 0.6)
    if pen.chance(0.2):
        pen.shape(
            box(x - 0.1 * width, y + height, 1.2 * width, 0.2 * height), pen.tones.wood(), line=0.7
        )
        colour = pen.tones.petal()
        for k in range(4):
            pen.round(
                x + width * (0.1 + 0.27 * k),
                y + height - 0.05 * height,
                0.13 * width,
                0.1 * height,
                colour,
                line=0.5,
                shade=0,
            )


def door(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    """A door whose threshold has its middle at (x, y)."""
    colour = pen.tones.wood() if pen.chance(0.6) else pen.tones.cloth()
    if pen.chance(0.4):
        top = arc(x, y - height + width / 2, width / 2, width / 2, 180, 360, count=12)
        pen.shape(
            np.concatenate([[(x - width / 2, y)], top, [(x + width / 2, y)]]), colour, shade=0.5
        )
    else:
        pen.shape(box(x - width / 2, y - height, width, height), colour, shade=0.5)
        for k in (0.12, 0.55):
            pen.line(
                np.concatenate(
                    [box(x - 0.3 * width, y - height * (1 - k), 0.6 * width, 0.32 * height)] * 2
                )[:5],
                0.5,
                curved=False,
            )
    pen.round(
        x + 0.32 * width,
        y - 0.45 * height,
        0.07 * width,
        0.07 * width,
        (230, 190, 90),
        line=0.6,
        shade=0,
    )


def _chimney(pen: Pen, x: float, y: float, size: float) -> None:
    pen.shape(box(x, y - size, size, 3.2 * size), pen.tones.near(0.55, 0.08, 40), shade=0.5)
    pen.shape(
        box(x - 0.15 * size, y - 1.25 * size, 1.3 * size, 0.4 * size),
        pen.tones.near(0.5, 0.05, 50),
        shade=0,
    )
    if pen.chance(0.4):
        for k in range(3):
            pen.shape(
                cloud(
                    x + size * (0.6 + 0.6 * k),
                    y - size * (2.2 + 1.4 * k),
                    size * (0.6 + 0.3 * k),
                    size * (0.5 + 0.2 * k),
                    7,
                    pen.rng,
                ),
                (232, 232, 234),
                line=0.6,
                shade=0.3,
            )


def _bricks(pen: Pen, x: float, y: float, width: float, height: float, wall: Colour) -> None:
    marks = []
    for _ in range(14):
        bx, by = x + pen.spread(0.03, 0.88) * width, y - pen.spread(0.05, 0.95) * height
        marks.append([(bx, by), (bx + 0.08 * width, by)])
    pen.dabs(marks, pen.dark(wall, 0.12), 0.03 * width)
    pen.lines(marks, 0.45)


def _tiles(pen: Pen, slope: list[tuple[float, float]], colour: Colour) -> None:
    """Rows that follow the roof from eaves to ridge."""
    corners = points_of(slope)
    low, high = float(corners[:, 1].max()), float(corners[:, 1].min())
    rows = []
    for share in np.linspace(0.2, 0.85, int(pen.rng.integers(3, 6))):
        y = low + (high - low) * share
        left = float(np.interp(y, corners[:2, 1][::-1], corners[:2, 0][::-1]))
        right = float(np.interp(y, corners[-2:, 1], corners[-2:, 0]))
        inset = 0.04 * (right - left)
        rows.append([(left + inset, y), (right - inset, y)])
    pen.dabs(rows, pen.dark(colour, 0.15), 0.5)
    pen.lines(rows, 0.55)


def tower_block(pen: Pen, x: float, y: float, width: float, height: float, night: bool) -> None:
    """A city building with rows of windows."""
    colour = pen.tones.any_of(
        [(0.78, 0.02, 250), (0.7, 0.05, 40), (0.82, 0.04, 80), (0.6, 0.04, 255), (0.68, 0.07, 30)]
    )
    pen.shape(box(x, y - height, width, height), colour, shade=0.6)
    pen.shape(
        box(x - 0.03 * width, y - height - 0.04 * width, 1.06 * width, 0.08 * width),
        pen.dark(colour, 0.1),
        shade=0,
    )
    columns, rows = max(2, round(width / 5)), max(2, round(height / 7))
    dark_pane = (120, 150, 172)
    step_x, step_y = width / columns, height / rows
    panes: dict[bool, list[Points]] = {False: [], True: []}
    for row in range(rows):
        for column in range(columns):
            place = box(
                x + (column + 0.25) * step_x,
                y - height + (row + 0.22) * step_y,
                0.5 * step_x,
                0.52 * step_y,
            )
            panes[night and pen.chance(0.45)].append(place)
    pen.tiles(panes[False], dark_pane)
    pen.tiles(panes[True], _GLASS_LIT, glow=True)


def shop(pen: Pen, x: float, y: float, width: float, height: float, night: bool) -> None:
    """A shop front with an awning and a house above it."""
    wall = pen.tones.wall()
    pen.shape(box(x, y - height, width, height), wall, shade=0.5)
    for k in range(2):
        window(
            pen,
            x + width * (0.17 + 0.42 * k),
            y - 0.88 * height,
            0.24 * width,
            0.24 * height,
            night,
        )
    pane = _GLASS_LIT if night else (200, 222, 226)
    pen.shape(
        box(x + 0.08 * width, y - 0.4 * height, 0.52 * width, 0.32 * height),
        pane,
        shade=0.3,
        glow=night,
    )
    door(pen, x + 0.79 * width, y, 0.22 * width, 0.42 * height)
    stripe, count = pen.tones.cloth(), 6
    for k in range(count):
        left, right = x + width * k / count, x + width * (k + 1) / count
        flap = np.concatenate(
            [
                [(left, y - 0.56 * height), (right, y - 0.56 * height)],
                arc(
                    (left + right) / 2,
                    y - 0.42 * height,
                    (right - left) / 2,
                    0.05 * height,
                    0,
                    180,
                    count=8,
                ),
            ]
        )
        pen.shape(flap, stripe if k % 2 else (250, 246, 238), line=0.8, shade=0.3)
    sign = pen.tones.wood()
    pen.shape(box(x + 0.1 * width, y - 0.635 * height, 0.8 * width, 0.075 * height), sign, shade=0)


def fence(pen: Pen, y: float, height: float, colour: Colour) -> None:
    """A picket fence across the sheet."""
    pen.shape(box(-2, y - 0.7 * height, pen.width + 4, 0.16 * height), colour, line=0.7, shade=0)
    pen.shape(box(-2, y - 0.32 * height, pen.width + 4, 0.16 * height), colour, line=0.7, shade=0)
    step = 0.55 * height
    for x in np.arange(-1, pen.width + 2, step):
        pen.shape(
            [
                (x, y),
                (x, y - 0.85 * height),
                (x + 0.15 * height, y - height),
                (x + 0.3 * height, y - 0.85 * height),
                (x + 0.3 * height, y),
            ],
            colour,
            line=0.7,
            shade=0.3,
        )


def castle(pen: Pen, x: float, y: float, size: float, night: bool) -> None:
    """Towers with pointed roofs and battlements."""
    stone, roof = pen.tones.near(0.8, 0.025, 70), pen.tones.roof()
    for dx, width, up in ((-0.5, 0.26, 0.75), (0.5, 0.26, 0.68), (0.0, 0.3, 1.05)):
        _turret(pen, x + dx * size, y, width * size, up * size, stone, roof, night)
    wall = [(x - 0.6 * size, y), (x - 0.6 * size, y - 0.42 * size)]
    for k in range(7):
        left = x - 0.6 * size + k * 1.2 * size / 7
        step = 1.2 * size / 14
        wall += [
            (left, y - 0.5 * size),
            (left + step, y - 0.5 * size),
            (left + step, y - 0.43 * size),
            (left + 2 * step, y - 0.43 * size),
        ]
    pen.shape([*wall, (x + 0.6 * size, y)], stone, shade=0.5)
    gate = arc(x, y - 0.2 * size, 0.12 * size, 0.14 * size, 180, 360, count=12)
    pen.shape(
        np.concatenate([[(x - 0.12 * size, y)], gate, [(x + 0.12 * size, y)]]), pen.tones.wood()
    )
    for dx in (-0.4, 0.36):
        window(pen, x + dx * size, y - 0.32 * size, 0.08 * size, 0.12 * size, night)


def _turret(
    pen: Pen,
    x: float,
    y: float,
    width: float,
    height: float,
    stone: Colour,
    roof: Colour,
    night: bool,
) -> None:
    pen.shape(box(x - width / 2, y - height, width, height), stone, shade=0.7)
    pen.shape(
        [
            (x - 0.66 * width, y - height),
            (x, y - height - 1.3 * width),
            (x + 0.66 * width, y - height),
        ],
        roof,
    )
    top = y - height - 1.3 * width
    pen.line([(x, top), (x, top - 0.5 * width)], 0.8)
    pen.shape(
        [(x, top - 0.5 * width), (x + 0.45 * width, top - 0.36 * width), (x, top - 0.22 * width)],
        pen.tones.cloth(),
        line=0.7,
        shade=0,
    )
    window(pen, x - 0.14 * width, y - 0.8 * height, 0.28 * width, 0.4 * width, night)


def street_lamp(pen: Pen, x: float, y: float, height: float, night: bool) -> None:
    iron: Colour = (58, 62, 70)
    pen.limb([(x, y), (x, y - 0.85 * height)], [0.05 * height, 0.03 * height], iron)
    if night:
        pen.glaze(
            arc(x, y - 0.92 * height, 0.3 * height, 0.3 * height, 0, 350),
            (255, 214, 120),
            0.45,
            blur=0.08 * height,
        )
    pen.shape(
        [
            (x - 0.07 * height, y - 0.98 * height),
            (x + 0.07 * height, y - 0.98 * height),
            (x + 0.045 * height, y - 0.84 * height),
            (x - 0.045 * height, y - 0.84 * height),
        ],
        _GLASS_LIT,
        glow=night,
        shade=0,
    )
    pen.shape(
        [
            (x - 0.09 * height, y - 0.98 * height),
            (x, y - 1.05 * height),
            (x + 0.09 * height, y - 0.98 * height),
        ],
        iron,
    )
