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

MOST_EDITS: Final = 10_000
MOST_POINTS: Final = 2_000
"""Points of one stroke; of a hand-drawn one every few pixels is enough."""

HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_FARTHEST = 1e6  # pixels

Point = tuple[float, float]


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

    @property
    def is_wall(self) -> bool:
        """Whether it bars the way like a line."""
        return self.kind in (EditKind.CLOSE, EditKind.SPLIT)

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
    if kind is EditKind.BUCKET and not HEX_COLOR.fullmatch(color):
        raise ValueError("color is not of the form #rrggbb")
    return RegionEdit(kind, points, color.lower())
