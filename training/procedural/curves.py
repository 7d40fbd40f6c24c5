"""Outlines: smooth curves, tapered tubes and shaky hands, all as (N, 2) float32 points."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float32]

_RIGHT = np.array([-1, 1], np.float32)
_STEPS = np.linspace(0.0, 1.0, 10, endpoint=False, dtype=np.float32)
# Catmull-Rom basis (uniform, tension 1/2), evaluated once for the ten steps between two points.
_BASIS = 0.5 * np.stack(
    [
        -_STEPS + 2 * _STEPS**2 - _STEPS**3,
        2 - 5 * _STEPS**2 + 3 * _STEPS**3,
        _STEPS + 4 * _STEPS**2 - 3 * _STEPS**3,
        -(_STEPS**2) + _STEPS**3,
    ],
    axis=1,
)


def floats(values: ArrayLike) -> NDArray[np.float32]:
    """Any numbers as a float32 array."""
    return np.asarray(values, np.float32)


def points_of(values: ArrayLike) -> Points:
    """Any list of pairs as points."""
    return np.asarray(values, np.float32).reshape(-1, 2)


def smooth(values: ArrayLike, closed: bool = True) -> Points:
    """A Catmull-Rom curve through the points, ten steps between neighbours."""
    points = points_of(values)
    if len(points) < 3:
        return points
    if closed:
        return _through(np.concatenate([points[-1:], points, points[:2]]))
    curve = _through(np.concatenate([points[:1], points, points[-1:]]))
    return np.concatenate([curve, points[-1:]])


def _through(padded: Points) -> Points:
    """The curve from the second point to the last but one."""
    quads = np.array([padded[:-3], padded[1:-2], padded[2:-1], padded[3:]])
    return np.tensordot(quads, _BASIS, (0, 1)).transpose(0, 2, 1).reshape(-1, 2)


def ellipse(
    x: float, y: float, rx: float, ry: float, angle: float = 0.0, count: int = 28
) -> Points:
    """A closed ellipse; angle in degrees."""
    return arc(x, y, rx, ry, 0.0, 360.0 * (count - 1) / count, angle, count)


def arc(
    x: float,
    y: float,
    rx: float,
    ry: float,
    start: float,
    end: float,
    angle: float = 0.0,
    count: int = 20,
) -> Points:
    """A piece of an ellipse from `start` to `end` degrees (0 is right, 90 is down)."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    frame = floats([[rx * cosine, rx * sine], [-ry * sine, ry * cosine]])
    return _unit_arc(start, end, count) @ frame + floats([x, y])


@lru_cache(maxsize=512)
def _unit_arc(start: float, end: float, count: int) -> Points:
    turn = np.radians(np.linspace(start, end, count, dtype=np.float32))
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def box(x: float, y: float, width: float, height: float) -> Points:
    """A rectangle whose upper left corner is (x, y)."""
    return points_of([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def rounded(x: float, y: float, width: float, height: float, radius: float) -> Points:
    """A rectangle with round corners."""
    radius = min(radius, width / 2, height / 2)
    left, right = x + radius, x + width - radius
    top, bottom = y + radius, y + height - radius
    corners = ((right, top, -90), (right, bottom, 0), (left, bottom, 90), (left, top, 180))
    return np.concatenate(
        [arc(cx, cy, radius, radius, start, start + 90, count=6) for cx, cy, start in corners]
    )


def normals(points: Points, closed: bool = False) -> Points:
    """Unit normals, to the right of the way along the points."""
    along = np.empty_like(points)
    along[1:-1] = points[2:] - points[:-2]
    along[0] = points[1] - points[-1 if closed else 0]
    along[-1] = points[0 if closed else -1] - points[-2]
    side = along[:, ::-1] * _RIGHT
    return side / (np.sqrt(np.einsum("nd,nd->n", side, side)) + 1e-6)[:, None]


def tube(values: ArrayLike, widths: Sequence[float], cap: bool = True) -> Points:
    """A limb along the points, `widths` wide at its start … its end, with a round end."""
    spine = smooth(values, closed=False)
    if len(spine) < 3:
        spine = spine[0] + (spine[-1] - spine[0]) * np.linspace(0, 1, 6, dtype=np.float32)[:, None]
    stops = np.linspace(0, len(spine) - 1, len(widths))
    half = 0.5 * np.interp(np.arange(len(spine)), stops, widths).astype(np.float32)
    side = normals(spine) * half[:, None]
    end, away = spine[-1], spine[-1] - spine[-2]
    if not cap or half[-1] < 1e-3:
        return np.concatenate([spine + side, (spine - side)[::-1]])
    heading = math.degrees(math.atan2(float(away[1]), float(away[0])))
    tip = arc(end[0], end[1], half[-1], half[-1], heading + 75, heading - 75, count=7)
    return np.concatenate([spine + side, tip, (spine - side)[::-1]])


def locks(roots: ArrayLike, tips: ArrayLike, bow: float = 0.25) -> Points:
    """A jagged edge root, tip, root, tip, … root whose sides bow like locks of hair."""
    root, tip = points_of(roots), points_of(tips)
    corners = np.empty((len(root) + len(tip), 2), np.float32)
    corners[0::2], corners[1::2] = root, tip
    start, end = corners[:-1], corners[1:]
    middle = (start + end) / 2
    side = np.stack([-(end - start)[:, 1], (end - start)[:, 0]], axis=1)
    middle = middle + bow * side * np.where(np.arange(len(side)) % 2, 0.5, 1.0)[:, None]
    t = np.linspace(0, 1, 9, endpoint=False, dtype=np.float32)[None, :, None]
    curve = (1 - t) ** 2 * start[:, None] + 2 * t * (1 - t) * middle[:, None] + t**2 * end[:, None]
    return np.concatenate([curve.reshape(-1, 2), corners[-1:]]).astype(np.float32)


def cloud(x: float, y: float, rx: float, ry: float, bumps: int, rng: np.random.Generator) -> Points:
    """A closed outline of round bumps: foliage, clouds, wool, smoke, curls."""
    turn = np.sort(
        np.linspace(0, 2 * np.pi, bumps, endpoint=False) + rng.uniform(-0.5, 0.5, bumps) * 4 / bumps
    )
    reach = rng.uniform(0.82, 1.05, bumps)
    knots = np.stack([x + rx * reach * np.cos(turn), y + ry * reach * np.sin(turn)], axis=1)
    nexts = np.roll(knots, -1, axis=0)
    across = nexts - knots
    outward = np.stack([across[:, 1], -across[:, 0]], axis=1)
    bend = np.sin(np.linspace(0, np.pi, 12, endpoint=False))[None, :, None]
    slide = np.linspace(0, 1, 12, endpoint=False)[None, :, None]
    swell = 0.12 * np.sin(2 * np.pi * slide) * across[:, None]
    curve = knots[:, None] + slide * across[:, None] + 0.42 * bend * outward[:, None] - swell
    return curve.reshape(-1, 2).astype(np.float32)


def densify(points: Points, step: float, closed: bool) -> Points:
    """The same outline with no two neighbours more than about `step` apart; corners stay."""
    nexts = np.concatenate([points[1:], points[:1]]) if closed else points[1:]
    starts = points if closed else points[:-1]
    across = nexts - starts
    length = np.sqrt(np.einsum("nd,nd->n", across, across))
    if length.max() <= step:
        return points
    pieces = np.ceil(np.maximum(length, 1e-3) / step).astype(np.int64)
    owner = np.repeat(np.arange(len(pieces)), pieces)
    first = np.cumsum(pieces) - pieces
    share = (np.arange(len(owner)) - first[owner]) / pieces[owner]
    dense = starts[owner] + across[owner] * share[:, None].astype(np.float32)
    return dense if closed else np.concatenate([dense, points[-1:]])


def wander(count: int, knots: int, rng: np.random.Generator, closed: bool) -> NDArray[np.float32]:
    """`count` values of slow noise within about ±1, without a jump at the seam of a closed line."""
    knots = max(knots, 2)
    values = 2 * rng.random(knots + 1) - 1
    if closed:
        values[-1] = values[0]
    places = np.arange(count) * (knots / max(count - 1, 1))
    first = np.minimum(places.astype(np.int64), knots - 1)
    share = places - first
    share = share * share * (3 - 2 * share)  # smooth steps: a hand does not turn sharply
    return floats(values[first] + share * (values[first + 1] - values[first]))


def ribbon(points: Points, half: NDArray[np.float32], closed: bool) -> tuple[Points, Points]:
    """The two edges of an ink line that is 2·half wide at each point."""
    side = normals(points, closed) * half[:, None]
    return points + side, points - side
