"""What an artist corrects about the regions of line art: bucket, merge, close a gap, split.

Edits lie beside the hints in a picture's hint file, in pixels of the upright picture:
`{"hints": […], "regions": [{"kind": "bucket", "points": [[x, y]], "color": "#d04030"},
{"kind": "merge", "points": [[x, y], …]}, {"kind": "close", …}, {"kind": "split", …}]}`.
They are plain values: a window adds and takes away entries of `HintSet.edits`, in the order in
which they were made.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

MOST_EDITS: Final = 10_000
MOST_POINTS: Final = 2_000
"""Points of one stroke; of a hand-drawn one every few pixels is enough."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FARTHEST = 1e6  # pixels
_REACH = 0.015  # of the page's longer side: how far a wall is drawn on to meet a line

Point = tuple[float, float]
Mask = NDArray[np.uint8]


class EditKind(StrEnum):
    """What is done. bucket: the region at a point gets a colour. merge: all regions under a
    stroke are one. close: a drawn line closes a gap. split: a drawn line parts a region."""

    BUCKET = "bucket"
    MERGE = "merge"
    CLOSE = "close"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class RegionEdit:
    """One edit: points (x, y) in pixels of the upright picture, one for a bucket, at least two
    for a stroke; color `#rrggbb` for a bucket, else ""."""

    kind: EditKind
    points: tuple[Point, ...]
    color: str = ""

    @classmethod
    def bucket(cls, x: float, y: float, color: str) -> "RegionEdit":
        """Fill the region at a place."""
        return cls(EditKind.BUCKET, ((x, y),), color)

    @classmethod
    def stroke(cls, kind: EditKind, points: Iterable[Point]) -> "RegionEdit":
        """Merge, close or split along a stroke."""
        return cls(kind, tuple(points))

    def to_row(self) -> dict[str, Any]:
        """Plain values for a hint file."""
        row: dict[str, Any] = {"kind": str(self.kind), "points": [list(p) for p in self.points]}
        return row | {"color": self.color} if self.color else row


def edit_from(row: Any) -> RegionEdit:
    """Read what `to_row` wrote. Raises ValueError, TypeError, KeyError or OverflowError."""
    kind = EditKind(row["kind"])
    points = tuple((float(x), float(y)) for x, y in row["points"])
    few, many = (1, 1) if kind is EditKind.BUCKET else (2, MOST_POINTS)
    if not few <= len(points) <= many:
        raise ValueError(f"{kind} has {len(points)} points")
    if not all(math.isfinite(v) and abs(v) < _FARTHEST for point in points for v in point):
        raise ValueError("a point is no sensible place")
    color = row.get("color", "") if kind is EditKind.BUCKET else ""
    if kind is EditKind.BUCKET and not _COLOUR.fullmatch(color):
        raise ValueError("color is not of the form #rrggbb")
    return RegionEdit(kind, points, color.lower())


def with_walls(ink: Mask, edits: Iterable[RegionEdit], thickness: int) -> Mask:
    """The ink (H, W), 255 on lines, with what closes gaps and splits regions drawn into it.

    A stroke that ends a little before a line is drawn on to meet it. The ink itself is not
    changed; without such edits it is given back.
    """
    walls = [edit for edit in edits if edit.kind in (EditKind.CLOSE, EditKind.SPLIT)]
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


_SEEN_PARTS = 200  # a wall is a 200th of the page wide then: a generator works on small pages


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
