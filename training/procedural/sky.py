"""Skies: day, dusk, night, grey weather; sun, moon, stars, clouds, birds."""

from enum import StrEnum

import numpy as np

from training.procedural.curves import arc, box, cloud, ellipse
from training.procedural.palettes import Colour, lighter, mix
from training.procedural.pen import Pen


class Time(StrEnum):
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"
    GREY = "grey"


_TINTS = {
    Time.DAY: (1.0, 1.0, 1.0),
    Time.DUSK: (1.0, 0.88, 0.8),
    Time.NIGHT: (0.46, 0.52, 0.74),
    Time.GREY: (0.92, 0.94, 0.97),
}


def choose_time(pen: Pen, night: float = 0.14) -> Time:
    dusk, grey = 0.16, 0.1
    return Time(str(pen.rng.choice(list(Time), p=[1 - dusk - night - grey, dusk, night, grey])))


def draw_sky(pen: Pen, time: Time, horizon: float) -> None:
    """Fill the sheet from the top to the horizon and set the light of the scene."""
    area = box(-2, -2, pen.width + 4, horizon + 6)
    pen.ramp(area, _stops(pen, time), glow=True)
    if time is Time.NIGHT:
        _stars(pen, horizon)
        _moon(pen, horizon)
    elif time is Time.DUSK:
        _low_sun(pen, horizon)
    elif time is Time.DAY and pen.chance(0.45):
        _sun(pen, horizon)
    pen.light_up(_TINTS[time])
    if pen.chance(0.75):
        _clouds(pen, time, horizon)
    if time in (Time.DAY, Time.DUSK) and pen.chance(0.3):
        _far_birds(pen, horizon)


def _stops(pen: Pen, time: Time) -> list[Colour]:
    tones = pen.tones
    if time is Time.DAY:
        top = tones.near(0.7, 0.105, 242)
        return [top, mix(top, tones.near(0.93, 0.035, 215), pen.spread(0.35, 1.0))]
    if time is Time.DUSK:
        high = tones.any_of([(0.55, 0.1, 285), (0.62, 0.08, 260), (0.68, 0.1, 340)])
        low = tones.any_of([(0.8, 0.13, 65), (0.86, 0.11, 80), (0.74, 0.14, 40)])
        return [high, tones.near(0.74, 0.1, 15), low]
    if time is Time.NIGHT:
        return [tones.near(0.24, 0.07, 270), tones.near(0.38, 0.085, 262)]
    return [tones.near(0.76, 0.02, 240), tones.near(0.88, 0.012, 230)]


def _sun(pen: Pen, horizon: float) -> None:
    x, y = pen.spread(0.12, 0.88) * pen.width, pen.spread(0.12, 0.4) * horizon
    radius = pen.spread(4, 8)
    yellow = pen.tones.near(0.89, 0.15, 92)
    pen.glaze(
        ellipse(x, y, radius * 2.2, radius * 2.2), lighter(yellow, 0.4), 0.5, blur=radius * 0.5
    )
    if pen.chance(0.4):
        turns = np.radians(np.arange(0, 360, 30))
        reach = np.where(np.arange(12) % 2, 1.55, 1.85)
        rays = [
            [
                (x + radius * 1.25 * np.cos(t), y + radius * 1.25 * np.sin(t)),
                (x + radius * r * np.cos(t), y + radius * r * np.sin(t)),
            ]
            for t, r in zip(turns, reach, strict=True)
        ]
        pen.dabs(rays, yellow, radius * 0.12)
        pen.lines(rays, 0.8)
    pen.round(x, y, radius, radius, yellow, glow=True, shade=0.2)


def _low_sun(pen: Pen, horizon: float) -> None:
    x, radius = pen.spread(0.2, 0.8) * pen.width, pen.spread(6, 12)
    y = horizon - radius * pen.spread(-0.2, 1.4)
    orange = pen.tones.near(0.8, 0.16, 65)
    pen.glaze(
        ellipse(x, y, radius * 2, radius * 1.8), lighter(orange, 0.3), 0.55, blur=radius * 0.5
    )
    pen.round(x, y, radius, radius, orange, glow=True, shade=0)


def _moon(pen: Pen, horizon: float) -> None:
    x, y, radius = (
        pen.spread(0.15, 0.85) * pen.width,
        pen.spread(0.15, 0.4) * horizon,
        pen.spread(4, 8),
    )
    pale = pen.tones.near(0.93, 0.06, 95)
    pen.glaze(ellipse(x, y, radius * 2, radius * 2), pale, 0.3, blur=radius * 0.6)
    if pen.chance(0.5):
        outer = arc(x, y, radius, radius, 60, 300, count=22)
        inner = arc(x + radius * 0.42, y, radius * 0.86, radius * 0.92, 285, 75, count=18)
        pen.shape(np.concatenate([outer, inner]), pale, glow=True, shade=0)
        return
    pen.round(x, y, radius, radius, pale, glow=True, shade=0.3)
    for dx, dy, r in ((-0.35, -0.2, 0.2), (0.3, 0.3, 0.26), (0.25, -0.45, 0.13)):
        pen.round(
            x + dx * radius,
            y + dy * radius,
            r * radius,
            r * radius * 0.85,
            pen.dark(pale, 0.12),
            glow=True,
            shade=0,
            line=0.5,
        )


def _stars(pen: Pen, horizon: float) -> None:
    white: Colour = (250, 246, 222)
    for _ in range(int(pen.rng.integers(18, 46))):
        x, y = pen.spread(0, pen.width), pen.spread(0, horizon * 0.85)
        if pen.chance(0.22):
            star(pen, x, y, pen.spread(0.8, 1.6), white, points=4, waist=0.3)
        else:
            pen.patch(ellipse(x, y, 0.28, 0.28, count=8), white, glow=True)


def star(
    pen: Pen,
    x: float,
    y: float,
    radius: float,
    colour: Colour,
    points: int = 5,
    waist: float = 0.45,
) -> None:
    """A pointed star."""
    turns = np.radians(np.arange(2 * points) * 180 / points - 90)
    reach = np.where(np.arange(2 * points) % 2, waist, 1.0) * radius
    outline = np.stack([x + reach * np.cos(turns), y + reach * np.sin(turns)], axis=1)
    pen.shape(outline, colour, glow=True, shade=0.3)


def _clouds(pen: Pen, time: Time, horizon: float) -> None:
    colour: Colour = {
        Time.DAY: (253, 252, 250),
        Time.DUSK: pen.tones.near(0.86, 0.07, 30),
        Time.NIGHT: (150, 160, 190),
        Time.GREY: (226, 229, 233),
    }[time]
    for _ in range(int(pen.rng.integers(1, 6))):
        draw_cloud(
            pen,
            pen.spread(0, pen.width),
            pen.spread(0.08, 0.75) * horizon,
            pen.spread(6, 15),
            colour,
        )


def draw_cloud(pen: Pen, x: float, y: float, reach: float, colour: Colour) -> None:
    """A flat-bottomed heap of bumps."""
    lift = reach * pen.spread(0.28, 0.45)
    heap = cloud(x, y, reach, lift, int(pen.rng.integers(7, 11)), pen.rng)
    heap[:, 1] = np.where(
        heap[:, 1] > y + 0.45 * lift, y + 0.45 * lift + (heap[:, 1] - y) * 0.12, heap[:, 1]
    )
    pen.shape(heap, colour, line=0.8, shade=0.35)


def _far_birds(pen: Pen, horizon: float) -> None:
    x, y = pen.spread(0.2, 0.8) * pen.width, pen.spread(0.15, 0.55) * horizon
    for _ in range(int(pen.rng.integers(2, 6))):
        bx, by, s = x + pen.spread(-14, 14), y + pen.spread(-7, 7), pen.spread(1.0, 2.0)
        wing = [
            (bx - s, by - 0.5 * s),
            (bx - 0.45 * s, by - 0.75 * s),
            (bx, by),
            (bx + 0.45 * s, by - 0.75 * s),
            (bx + s, by - 0.5 * s),
        ]
        pen.dabs([wing], (60, 60, 75), 0.3)
        pen.line(wing, 0.7)
