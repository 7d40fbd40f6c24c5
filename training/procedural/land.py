"""Ground: hills, mountains, water, beaches, paths, rocks, grass."""

import numpy as np
from numpy.typing import ArrayLike

from training.procedural.curves import Points, box, cloud, points_of, smooth
from training.procedural.palettes import Colour, lighter, mix
from training.procedural.pen import Pen
from training.procedural.sky import Time


def ridge(pen: Pen, y: float, rise: float, knots: int) -> Points:
    """A rolling skyline from left to right of the sheet."""
    x = np.linspace(-6, pen.width + 6, knots)
    tops = y - rise * pen.rng.uniform(0, 1, knots)
    return smooth(np.stack([x, tops], axis=1), closed=False)


def land_below(pen: Pen, skyline: Points, colour: Colour, fade: float = 0.0) -> None:
    """Everything below a skyline, gently darker (or with `fade` lighter) toward the bottom."""
    floor = [(pen.width + 6, pen.height + 6), (-6, pen.height + 6)]
    area = np.concatenate([skyline, points_of(floor)])
    foot = mix(colour, (235, 240, 240), fade) if fade else pen.dark(colour, 0.12)
    pen.ramp(area, [colour, foot])
    pen.line(skyline, 1.0, curved=False)


def hills(pen: Pen, horizon: float, time: Time, layers: int) -> None:
    """Layered hills that turn bluer with distance."""
    air: Colour = {
        Time.DAY: (176, 203, 224),
        Time.DUSK: (214, 160, 160),
        Time.NIGHT: (90, 105, 150),
        Time.GREY: (190, 198, 206),
    }[time]
    for layer in range(layers):
        far = 1 - layer / max(layers, 1)
        colour = mix(pen.tones.grass(), air, 0.62 * far)
        skyline = ridge(
            pen, horizon + 3 + layer * 4, pen.spread(4, 12), int(pen.rng.integers(4, 8))
        )
        land_below(pen, skyline, colour, fade=0.15 * far)


def mountains(pen: Pen, horizon: float, time: Time) -> None:
    """A range of peaks, often with snow."""
    base = pen.tones.any_of(
        [(0.6, 0.05, 255), (0.55, 0.04, 280), (0.6, 0.03, 70), (0.5, 0.06, 240)]
    )
    snow = pen.chance(0.6)
    for row in range(int(pen.rng.integers(1, 3))):
        colour = mix(base, (190, 210, 228), 0.35 - 0.3 * row)
        for _ in range(int(pen.rng.integers(2, 5))):
            peak(
                pen,
                pen.spread(-5, pen.width + 5),
                horizon + 3,
                pen.spread(16, 34) * (1 - 0.3 * row),
                colour,
                snow,
            )


def peak(pen: Pen, x: float, foot: float, rise: float, colour: Colour, snow: bool) -> None:
    """One mountain with a lit and a shadowed flank."""
    spread = rise * pen.spread(0.7, 1.1)
    left = _crag(pen, (x - spread, foot), (x, foot - rise))
    right = _crag(pen, (x, foot - rise), (x + spread, foot))
    outline = np.concatenate([left, right[1:]])
    pen.shape(outline, colour, shade=0)
    fold = points_of(
        [
            (x, foot - rise),
            (x + 0.12 * spread, foot - 0.62 * rise),
            (x - 0.03 * spread, foot - 0.35 * rise),
            (x + 0.15 * spread, foot),
        ]
    )
    side = right if pen.look.light.x < 0 else left[::-1]
    pen.patch(np.concatenate([side, fold[::-1]]), pen.dark(colour, 0.17))
    pen.line(fold, 0.6, curved=False)
    if snow:
        _snow_cap(pen, left, right, foot - rise, rise)


def _crag(pen: Pen, start: tuple[float, float], end: tuple[float, float]) -> Points:
    share = np.linspace(0, 1, 7)[:, None]
    way = points_of([start]) * (1 - share) + points_of([end]) * share
    way[1:-1] += pen.rng.uniform(-0.035, 0.035, (5, 2)) * abs(end[1] - start[1])
    return way.astype(np.float32)


def _snow_cap(pen: Pen, left: Points, right: Points, top: float, rise: float) -> None:
    line = top + rise * pen.spread(0.28, 0.42)
    sides = [side[np.argsort(side[:, 1])] for side in (left, right)]
    edges = [float(np.interp(line, side[:, 1], side[:, 0])) for side in sides]
    upper = np.concatenate([left[left[:, 1] < line], right[right[:, 1] < line]])
    teeth = np.linspace(edges[1], edges[0], 7)
    drop = np.where(np.arange(7) % 2, rise * 0.09, -rise * 0.03)
    drop[[0, -1]] = 0
    edge = np.stack([teeth, line + drop], axis=1)
    pen.shape(np.concatenate([upper, edge]), (247, 250, 253), shade=0.4, line=0.7)


def sea(pen: Pen, horizon: float, bottom: float, time: Time) -> None:
    """Water from the horizon to `bottom`, with glints."""
    near = pen.tones.water()
    far = mix(near, (200, 226, 235), 0.3)
    if time is Time.DUSK:
        far = mix(far, (236, 170, 120), 0.55)
    area = box(-3, horizon, pen.width + 6, bottom - horizon + 4)
    pen.ramp(area, [far, near])
    pen.line([(-3, horizon), (pen.width + 3, horizon)], 0.8, curved=False)
    ripples(pen, horizon, bottom, lighter(near, 0.45))


def ripples(pen: Pen, top: float, bottom: float, glint: Colour) -> None:
    """Short wave lines, larger toward the viewer."""
    marks: list[Points] = []
    crests: list[Points] = []
    for _ in range(int(pen.rng.integers(12, 30))):
        depth = pen.rng.random() ** 0.7
        y, x = top + 1.5 + depth * (bottom - top - 3), pen.spread(0, pen.width)
        reach = 1.0 + depth * pen.spread(2, 7)
        wave = smooth(
            [
                (x - reach, y),
                (x - reach / 2, y - 0.3 * depth),
                (x, y + 0.2 * depth),
                (x + reach / 2, y - 0.3 * depth),
                (x + reach, y),
            ],
            closed=False,
        )
        (marks if pen.chance(0.45) else crests).append(wave)
    pen.dabs(crests + marks, glint, 0.45)
    pen.lines(marks, 0.6)


def meadow_grass(pen: Pen, top: float, colour: Colour, amount: int) -> None:
    """Tufts and painted blades over a meadow that begins at `top`."""
    blades: list[ArrayLike] = []
    inked: list[ArrayLike] = []
    for _ in range(amount):
        depth = pen.rng.random() ** 0.8
        x, y = pen.spread(0, pen.width), top + 3 + depth * (pen.height - top)
        size = 0.8 + 1.8 * depth
        tuft = [
            [(x + k * 0.5 * size, y), (x + k * 1.0 * size, y - size * (1.3 - 0.3 * abs(k)))]
            for k in (-1, 0, 1)
        ]
        (inked if pen.chance(0.4) else blades).extend(tuft)
    pen.dabs(blades, pen.dark(colour, 0.2), 0.35)
    pen.dabs(inked, lighter(colour, 0.25), 0.4)
    pen.lines(inked, 0.6)


def path(pen: Pen, horizon: float, colour: Colour) -> None:
    """A way that winds from the foreground toward the horizon."""
    start, end = pen.spread(0.25, 0.75) * pen.width, pen.spread(0.3, 0.7) * pen.width
    share = np.linspace(0, 1, 9)
    y = pen.height + 4 + (horizon + 2 - pen.height - 4) * share
    sway = pen.spread(-14, 14) * np.sin(share * np.pi * pen.spread(1.2, 2.2))
    x = start + (end - start) * share + sway * (1 - 0.6 * share)
    half = 13 * (1 - share) ** 1.4 + 0.7
    left = smooth(np.stack([x - half, y], axis=1), closed=False)
    right = smooth(np.stack([x + half, y], axis=1), closed=False)
    pen.shape(np.concatenate([left, right[::-1]]), colour, shade=0)


def river(pen: Pen, horizon: float) -> None:
    """A winding river with light on the water."""
    water = pen.tones.water()
    path(pen, horizon, water)


def rock(pen: Pen, x: float, y: float, size: float) -> None:
    """A boulder with one facet."""
    colour = pen.tones.stone()
    turns = np.radians(np.array([180, 215, 255, 300, 335, 360]) + pen.rng.uniform(-10, 10, 6))
    tops = np.stack([x + size * np.cos(turns), y + 0.75 * size * np.sin(turns)], axis=1)
    tops[[0, -1], 1] = y
    pen.ground_shadow(x + 0.1 * size, y, 1.1 * size, 0.2 * size)
    pen.shape(tops, colour)
    ridge_line = [tops[2], (x + 0.05 * size, y - 0.3 * size), (x - 0.1 * size, y)]
    pen.line(ridge_line, 0.6, curved=False)


def bush(pen: Pen, x: float, y: float, size: float, colour: Colour | None = None) -> None:
    """A low round shrub, sometimes with berries or blossoms."""
    colour = colour or pen.tones.leaves()
    heap = cloud(x, y - 0.45 * size, size, 0.62 * size, int(pen.rng.integers(7, 11)), pen.rng)
    heap[:, 1] = np.minimum(heap[:, 1], y)
    pen.shape(heap, colour)
    if pen.chance(0.3):
        dot = pen.tones.petal()
        for _ in range(6):
            pen.round(
                x + pen.spread(-0.7, 0.7) * size,
                y - pen.spread(0.15, 0.8) * size,
                0.09 * size,
                0.09 * size,
                dot,
                line=0.5,
                shade=0,
            )
