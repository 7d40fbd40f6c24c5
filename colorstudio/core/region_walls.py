"""Walls that an artist draws into line art: they close gaps and split regions."""

import math
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.region_edits import Point, RegionEdit

_SEEN_PARTS = 200  # a wall is a 200th of the page wide then: a generator works on small pages
_REACH = 0.015  # of the page's longer side: how far a wall is drawn on to meet a line

Mask = NDArray[np.uint8]


def with_walls(ink: Mask, edits: Iterable[RegionEdit], thickness: int) -> Mask:
    """The ink (H, W), 255 on lines, with what closes gaps and splits regions drawn into it.

    A stroke that ends a little before a line is drawn on to meet it. The ink itself is not
    changed; without such edits it is given back.
    """
    walls = [edit for edit in edits if edit.is_wall]
    if not walls:
        return ink
    walled = ink.copy()
    for edit in walls:
        points = np.rint(_drawn_on(edit.points, ink)).astype(np.int32)
        cv2.polylines(walled, [points.reshape(-1, 1, 2)], False, 255, thickness)
    return walled


def walled_luma(
    on_white: NDArray[np.uint8], edits: Iterable[RegionEdit], *, white_ink: bool
) -> NDArray[np.uint8]:
    """Luma (H, W) with the walls drawn in as ink: what a generator sees, and hints spread by."""
    ink = np.where((on_white > 127) == white_ink, np.uint8(255), np.uint8(0))
    walled = with_walls(ink, edits, max(3, round(max(on_white.shape) / _SEEN_PARTS)))
    if walled is ink:
        return on_white
    return np.where(walled > ink, np.uint8(255 if white_ink else 0), on_white)


def _drawn_on(points: tuple[Point, ...], ink: Mask) -> list[Point]:
    """The points with both ends drawn on to the nearest ink ahead of them, if it is near."""
    first = _ahead(points[1], points[0], ink)
    last = _ahead(points[-2], points[-1], ink)
    return [first, *points, last]


def _ahead(before: Point, end: Point, ink: Mask) -> Point:
    """Where a stroke that ends would meet ink; its end itself where there is none near."""
    length = math.hypot(end[0] - before[0], end[1] - before[1])
    if length == 0:
        return end
    across, down = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    for step in range(round(_REACH * max(ink.shape)) + 1):
        x, y = end[0] + step * across, end[1] + step * down
        column, row = round(x), round(y)
        if not (0 <= row < ink.shape[0] and 0 <= column < ink.shape[1]) or ink[row, column]:
            return x, y
    return end


def places_along(points: tuple[Point, ...], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """The pixels (N, 2), row and column, that a stroke runs over on a page (H, W)."""
    drawn = np.array(points)
    steps = np.abs(np.diff(drawn, axis=0)).max(axis=1)
    pieces = [
        start + (end - start) * np.linspace(0, 1, int(min(step, sum(shape))) + 2)[:, None]
        for start, end, step in zip(drawn, drawn[1:], steps, strict=False)
    ]
    columns, rows = np.rint(np.concatenate(pieces)).astype(np.int64).T
    inside = (rows >= 0) & (rows < shape[0]) & (columns >= 0) & (columns < shape[1])
    return np.stack([rows, columns], axis=1)[inside]
