"""Hints as planes: what a generator is told, and what spreads over the picture."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.hint_sides import NEARBY, Sides
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.yuv import chroma_of, luma_of

_SMALLEST_RADIUS = 0.75  # in plane pixels: the disc always covers the pixel it lies in


def rasterise(xp: Any, centres: Any, radii: Any, chroma: Any, rows: Any, columns: Any) -> Any:
    """Paint discs of chroma onto planes: the one rasteriser of the program and the training.

    xp is numpy or torch, the others its arrays: centres (N, K, 2), x and y, and radii (N, K),
    negative for "no hint"; chroma (N, K, C), normalised U, V and whatever else each disc carries,
    such as a 1 for the mask; rows (H,) and columns (W,), the positions of the pixels. Gives
    planes (N, H, W, C), zeros where no hint lies; where discs overlap the later one shows.
    """
    across = (columns - centres[:, :, :1]) ** 2  # (N, K, W)
    down = (rows - centres[:, :, 1:]) ** 2  # (N, K, H)
    reach = xp.where(radii < 0, -1.0, radii**2)
    empty = down[:, 0, :, None] + across[:, 0, None, :]
    uppermost = xp.zeros_like(empty, dtype=xp.int64)  # number of the hint, from 1; 0: none
    for k in range(radii.shape[1]):
        distance = down[:, k, :, None] + across[:, k, None, :]
        uppermost = xp.where(distance <= reach[:, k, None, None], k + 1, uppermost)
    table = xp.concatenate([xp.zeros_like(chroma[:, :1]), chroma], 1)
    return table[xp.arange(len(radii), device=radii.device)[:, None, None], uppermost]


def hint_planes(
    hints: HintSet,
    picture: tuple[int, int],
    plane: tuple[int, int],
    lines: NDArray[np.uint8] | None = None,
) -> NDArray[np.float32]:
    """Hint planes (4, h, w): U, V normalised, luma 0..1 and a 0/1 mask, of size (h, w).

    picture is the (height, width) in whose pixels the hints are given. Hints outside it
    are ignored. lines (height, width): luma of line art, its ink dark; no hint crosses it.
    """
    sides = None if lines is None else Sides(lines, plane)
    planes = np.zeros((4, *plane), np.float32)
    across, down = plane[1] / picture[1], plane[0] / picture[0]
    for hint in hints.hints:
        if not (0 <= hint.x <= picture[1] and 0 <= hint.y <= picture[0]):
            continue
        x, y = (hint.x + 0.5) * across - 0.5, (hint.y + 0.5) * down - 0.5
        # Never off the plane, and never between pixels: a dot of one pixel must land.
        x, y = min(max(x, 0), plane[1] - 1), min(max(y, 0), plane[0] - 1)
        radius = max(hint.radius * (across * down) ** 0.5, _SMALLEST_RADIUS)
        _stamp(planes, x, y, radius, hint, sides)
    return planes


def _stamp(
    planes: NDArray[np.float32], x: float, y: float, radius: float, hint: Hint, sides: Sides | None
) -> None:
    """Rasterise one hint into the window of the planes that it can reach."""
    height, width = planes.shape[1:]
    reach = radius if sides is None else max(radius, NEARBY)
    rows = slice(max(0, math.floor(y - reach)), min(height, math.ceil(y + reach) + 1))
    columns = slice(max(0, math.floor(x - reach)), min(width, math.ceil(x + reach) + 1))
    rgb = np.array([[hint.rgb]], np.float32) / np.float32(255)
    stamp = rasterise(
        np,
        np.array([[[x, y]]], np.float32),
        np.array([[radius]], np.float32),
        np.ones((1, 1, 1), np.float32),
        np.arange(rows.start, rows.stop),
        np.arange(columns.start, columns.stop),
    )[0]
    covered = stamp[:, :, 0] > 0
    if sides is not None:
        covered = sides.marked(hint, rows, columns, covered)
    marked = [*chroma_of(rgb)[0, 0], luma_of(rgb)[0, 0], 1]
    planes[:, rows, columns][:, covered] = np.array(marked, np.float32)[:, None]
