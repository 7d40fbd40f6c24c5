"""Which cells of a small plane a hint marks on line art: those on its own side of the lines.

A dot that overhangs a line means the side that its middle lies on, as in flats. And a dot beside
a line may lie in a cell that the line crosses, from which colour flows nowhere: then the nearest
cell that is all paper is marked too.
"""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.hints import Hint

Mask = NDArray[np.bool_]

NEARBY = 2.5
"""Cells round a hint that are looked at, if its disc is smaller."""

_PAPER = 48  # steps of luma below the lightest nearby: what is darker is ink
_MOST_OF_IT, _ALL_OF_IT = 0.5, 0.98  # of a cell: what makes it a hint's own, and pure paper


class Sides:
    """A page of line art (H, W), its ink dark, with the cells of a plane (h, w) on it."""

    def __init__(self, page: NDArray[np.uint8], plane: tuple[int, int]) -> None:
        self._page = page
        self._sizes = tuple(side / cells for side, cells in zip(page.shape, plane, strict=True))

    def marked(self, hint: Hint, rows: slice, columns: slice, disc: Mask) -> Mask:
        """The cells that a hint marks, among some rows and columns of the plane.

        disc: those that it covers, given back where no line is near, or the hint lies on one.
        """
        down, across = self._edges(rows, 0), self._edges(columns, 1)
        top, left = int(down[0]), int(across[0])
        page = self._page[top : math.ceil(down[-1]), left : math.ceil(across[-1])]
        paper = page >= int(page.max()) - _PAPER
        x, y = min(int(hint.x) - left, paper.shape[1] - 1), min(int(hint.y) - top, len(paper) - 1)
        if paper.all() or not paper[y, x]:
            return disc
        reached = paper.astype(np.uint8)
        cv2.floodFill(reached, None, (x, y), 2, flags=4)
        share = _averaged(_averaged(reached == 2, down - top, 0), across - left, 1)
        own, pure = disc & (share >= _MOST_OF_IT), share >= _ALL_OF_IT
        if pure.any() and not (own & pure).any():
            far_down, far_across = (
                (edges[:-1] + edges[1:]) / 2 - at - 0.5
                for edges, at in ((down, hint.y), (across, hint.x))
            )
            far = np.hypot(far_down[:, None], far_across)
            own.flat[np.where(pure, far, np.inf).argmin()] = True
        return own if own.any() else disc

    def _edges(self, cells: slice, axis: int) -> NDArray[np.float64]:
        """Where on the page cells begin along an axis, and where the last one ends."""
        edges = np.arange(cells.start, cells.stop + 1) * self._sizes[axis]
        return np.minimum(edges, self._page.shape[axis])


def _averaged(plane: NDArray[np.generic], edges: NDArray[np.float64], axis: int) -> NDArray[Any]:
    """Means of a plane between edges, which may lie within pixels, along an axis."""
    sums = np.cumsum(np.moveaxis(plane, axis, 0), axis=0, dtype=np.float64)
    sums = np.concatenate([np.zeros_like(sums[:1]), sums])
    whole = np.minimum(edges.astype(np.int64), len(sums) - 2)
    part = (edges - whole)[:, None]
    upto = sums[whole] + (sums[whole + 1] - sums[whole]) * part
    means = np.diff(upto, axis=0) / np.diff(edges)[:, None]
    return np.moveaxis(means, 0, axis)
