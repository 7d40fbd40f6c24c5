"""Changes to the region edits of a hint set: plain functions from the set before to that after.

Places and lengths are in pixels of the upright picture.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from colorstudio.core.hint_edits import Spot, spaced
from colorstudio.core.hints import HintSet
from colorstudio.core.region_edits import MOST_EDITS, MOST_POINTS, EditKind, RegionEdit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST: Final = 2.0
"""Pixels: a shorter stroke is a click, which joins, closes and splits nothing."""

_STEP = 3.0  # pixels between the points of a stroke that are kept
_DIGITS = 1  # of a place in the file


def with_bucket(
    hints: HintSet, spot: Spot, color: str, same: Callable[[Spot, Spot], bool] | None = None
) -> HintSet:
    """The region at a place filled with a colour.

    same: whether two places lie in one region, where that is known: what was filled into this
    region before goes.
    """
    bucket = RegionEdit.bucket(*_rounded(spot), color)

    def stays(edit: RegionEdit) -> bool:
        place = edit.points[0]
        if edit.kind is not EditKind.BUCKET:
            return True
        return place != bucket.points[0] and not (same is not None and same(place, spot))

    return _with(replace(hints, edits=tuple(filter(stays, hints.edits))), bucket)


def with_region_stroke(hints: HintSet, kind: EditKind, path: Sequence[Spot]) -> HintSet:
    """One more stroke that merges, closes or splits; unchanged where it is too short for one."""
    length = sum(math.dist(one, other) for one, other in itertools.pairwise(path))
    if length < SHORTEST:
        return hints
    points = spaced(path, max(_STEP, length / (MOST_POINTS - 2)))
    return _with(hints, RegionEdit.stroke(kind, map(_rounded, points)))


def edits_erased(hints: HintSet, path: Sequence[Spot], radius: float) -> HintSet:
    """The set without the edits that an eraser of that radius has touched anywhere."""
    import numpy as np  # here, because the window is shown before it is needed

    rubbed = np.array(spaced(path, max(radius / 2, 1.0))).reshape(-1, 2)
    kept = tuple(edit for edit in hints.edits if not _touched(edit, rubbed, radius))
    return hints if len(kept) == len(hints.edits) else replace(hints, edits=kept)


def _touched(edit: RegionEdit, rubbed: "NDArray[np.float64]", radius: float) -> bool:
    """Whether any place (N, 2) of the eraser is that near to an edit's point or line."""
    import numpy as np

    points = np.array(edit.points, np.float64)
    low, high = points.min(axis=0) - radius, points.max(axis=0) + radius
    near = rubbed[((rubbed >= low) & (rubbed <= high)).all(axis=1)]
    if not len(near):
        return False
    starts, ways = points[:1], points[:1] * 0  # a bucket: one place
    if len(points) > 1:
        starts, ways = points[:-1], np.diff(points, axis=0)
    lengths = np.maximum((ways**2).sum(axis=1), 1e-9)
    offset = near[:, None] - starts
    along = np.clip((offset * ways).sum(axis=2) / lengths, 0, 1)
    distance = np.linalg.norm(offset - along[..., None] * ways, axis=2)
    return bool((distance <= radius).any())


def _rounded(spot: Spot) -> Spot:
    return round(spot[0], _DIGITS), round(spot[1], _DIGITS)


def _with(hints: HintSet, edit: RegionEdit) -> HintSet:
    return replace(hints, edits=(*hints.edits, edit)[:MOST_EDITS])
