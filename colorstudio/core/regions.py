"""Regions of line art: the areas that its lines enclose, small gaps in the lines closed.

A ball rolls over the paper, the largest that any gap could let through first, then smaller
ones (trapped-ball segmentation after Zhang et al. 2009, by a distance transform): what a
ball can reach without squeezing through a narrow place is one cell. Cells that meet on open
paper are joined again unless ink parts them for longer than paper joins them: a line with a
gap keeps its sides apart, the neck of a vase does not. How far lines go on counts, not how
wide the gap is.

The heavy part works on a page of a few megapixels, whatever the scan's dpi; at full size the
cells only grow to the lines and to the middle of what is under them, so no paper shows
between fill and ink.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.borders import Borders, Groups, absorb_crumbs, borders_of, join_open
from colorstudio.core.seams import drawn_taut
from colorstudio.core.side_by_side import do_each

Labels = NDArray[np.uint16]
Mask = NDArray[np.bool_]

MOST_CELLS = 60_000
"""Cells of one page: more are crumbs of noise, and their numbers fit into 16 bits."""

_WORK_PIXELS = 3_000_000
_WIDEST_GAP = 0.05  # of the page's shorter side: what can be a gap at all
_LEAST_WIDEST, _MOST_WIDEST = 4.0, 64.0  # its limits, in working pixels
_RADIUS_STEP = 1.4  # from one ball to the next
_SPECK = 8  # working pixels: smaller cells are dirt or screentone
_SPECK_SHARE, _CRUMB_SHARE = 8e-6, 4e-4  # of the page: dirt, and the cells of hatching
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
_SQUARE = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """The cells of a page and how they meet.

    cells (H, W): the cell of each pixel, 0 … count − 1; ink has the cell whose paint lies
    under it. ink (H, W): 255 where there is ink. Lengths and areas are in working pixels,
    of which the page has `size` (h, w): areas (count,) of paper in each cell, girths (count,)
    the radius of the largest ball in it, borders how the cells meet.
    """

    cells: Labels
    ink: NDArray[np.uint8]
    size: tuple[int, int]
    areas: NDArray[np.int64]
    girths: NDArray[np.float32]
    borders: Borders

    @property
    def count(self) -> int:
        """How many cells there are, at least one."""
        return len(self.areas)

    def grouped(self, hints: NDArray[np.int64] | None = None) -> Groups:
        """The cells joined into regions; hints as `Groups` takes them: they hold cells apart."""
        groups = Groups(self.areas, self.girths, hints)
        join_open(groups, self.borders, widest_gap(self.size))
        page = self.size[0] * self.size[1]
        absorb_crumbs(groups, self.borders, _SPECK_SHARE * page, _CRUMB_SHARE * page)
        return groups


def find_regions(ink: NDArray[np.uint8], widest: float | None = None) -> Regions:
    """Find the regions of a page from its ink (H, W), 255 where there is ink, else 0.

    widest: of the gaps that may part cells, in working pixels; None: as `widest_gap` says.
    Every page gives at least one cell; one that is all black or all specks gives exactly one.
    """
    factor = work_factor(ink.size)
    small = reduced_ink(ink, factor)
    room = _room(small == 0)
    reached = _cells(room, widest or widest_gap(room.shape))
    cells = _numbered_from_0(reached)
    areas, girths = _measures(cells, room)
    borders = borders_of(cells, small)
    taut = drawn_taut(reached)  # only now: what is one region is told by the cells as they grew
    if taut is not reached:
        reached, cells = taut, _numbered_from_0(taut)
    if factor > 1:
        cells = _full_size(reached, cells, ink, factor)
    return Regions(cells, ink, small.shape, areas, girths, borders)


def work_factor(pixels: int) -> int:
    """How many pixels of a page make one working pixel, along each side."""
    return max(1, math.ceil((pixels / _WORK_PIXELS) ** 0.5))


def _measures(
    cells: Labels, room: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The area of paper in each cell, and the radius of the largest ball in it."""
    count = int(cells.max()) + 1
    on_paper = room > 0
    areas = np.bincount(cells[on_paper], minlength=count)
    girths = np.zeros(count, np.float32)
    np.maximum.at(girths, cells[on_paper], room[on_paper])
    return areas, girths


def reduced_ink(ink: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Shrink by a whole factor; a pixel is ink if any under it is, so that no line breaks."""
    if factor == 1:
        return ink
    height, width = ink.shape
    padded = cv2.copyMakeBorder(ink, 0, -height % factor, 0, -width % factor, cv2.BORDER_REPLICATE)
    rows = padded[::factor].astype(np.uint8)
    for number in range(1, factor):
        np.maximum(rows, padded[number::factor], out=rows)
    small: NDArray[np.uint8] = rows[:, ::factor].astype(np.uint8)
    for number in range(1, factor):
        np.maximum(small, rows[:, number::factor], out=small)
    return np.asarray(small, np.uint8)


# Cells ----------------------------------------------------------------------------------------


def _cells(room: NDArray[np.float32], widest: float) -> Labels:
    """Label (h, w) what the balls reach from 1 on; 0 stays for ink and crumbs of paper."""
    cells = np.zeros(room.shape, np.uint16)
    count = 0
    larger = 0.0
    for radius in _radii(widest):
        reach = room > radius
        _grow(cells, reach, _TURNS + round(2 * max(0.0, larger - radius)))
        count = _add_new(cells, reach, count)
        larger = radius
    return cells


_TURNS = 3  # more than the step from ball to ball needs; what is farther is a cell of its own


def _room(paper: Mask) -> NDArray[np.float32]:
    """The radius of the largest ball at each pixel; the page's edge is a wall."""
    walled = np.pad(paper.view(np.uint8), 1)
    room = cv2.distanceTransform(walled, cv2.DIST_L2, 5)[1:-1, 1:-1]
    return np.ascontiguousarray(room, np.float32)


def _radii(widest: float) -> list[float]:
    """Radii of the balls in working pixels, the largest first, 0 last."""
    radius = widest / 2
    radii = []
    while radius > 1:
        radii.append(radius)
        radius = min(radius / _RADIUS_STEP, radius - 0.5)
    return [*radii, 0.0]


def widest_gap(shape: tuple[int, ...]) -> float:
    """The widest gap in a line that is closed, in working pixels."""
    return float(np.clip(_WIDEST_GAP * min(shape), _LEAST_WIDEST, _MOST_WIDEST))


def _grow(cells: Labels, reach: Mask | None, turns: int) -> None:
    """Let all cells grow at one speed within reach, in place, until they fill or meet.

    Tile by tile, with as much round each as can grow into it: a tile stays in the processor's
    cache for all turns, tiles without a free pixel cost nothing, and processors share them.
    """
    if cells.size <= _WHOLE:
        _grow_whole(cells, reach, turns)
        return
    before = cells.copy()
    height, width = cells.shape
    tiles = [
        (slice(top, min(top + _TILE, height)), slice(left, min(left + _TILE, width)))
        for top in range(0, height, _TILE)
        for left in range(0, width, _TILE)
    ]

    def grow_into(tile: tuple[slice, slice]) -> None:
        if not cv2.countNonZero(_free(before[tile], None if reach is None else reach[tile])):
            return
        rows, columns = (
            slice(max(0, part.start - turns), min(part.stop + turns, side))
            for part, side in zip(tile, before.shape, strict=True)
        )
        room = before[rows, columns].copy()
        _grow_whole(room, None if reach is None else reach[rows, columns], turns)
        top, left = tile[0].start - rows.start, tile[1].start - columns.start
        high, wide = tile[0].stop - tile[0].start, tile[1].stop - tile[1].start
        cells[tile] = room[top : top + high, left : left + wide]

    do_each(grow_into, tiles)


_TILE = 384  # pixels along each side
_WHOLE = 4_000_000  # pixels up to which tiles are not worth what lies round them
_STILL = 2  # turns without a change, one for each shape, after which nothing grows any more


def _grow_whole(cells: Labels, reach: Mask | None, turns: int) -> None:
    """The same for one piece of a page."""
    left, still = 0, 0
    free = _free(cells, reach)
    for turn in range(turns):
        before, left = left, cv2.countNonZero(free)
        still = still + 1 if left == before else 0
        if left == 0 or still == _STILL:
            return
        grown = cv2.dilate(cells, _SQUARE if turn % 2 else _CROSS)
        cv2.copyTo(grown, free, cells)  # what no cell has reached yet is 0 there too
        free &= (cells == 0).view(np.uint8)


def _free(cells: Labels, reach: Mask | None) -> NDArray[np.uint8]:
    """1 where there is no cell yet and one may come (everywhere, if reach is None), else 0."""
    empty = cells == 0
    return (empty if reach is None else empty & reach).view(np.uint8)


def _add_new(cells: Labels, reach: Mask, count: int) -> int:
    """Make cells of what is within reach and belongs to none, in place; the new count."""
    free = _free(cells, reach)
    parts, numbers, figures, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    sizes = figures[:, cv2.CC_STAT_AREA].copy()
    sizes[0] = 0
    large = np.flatnonzero(sizes >= _SPECK)
    room = MOST_CELLS - count
    if len(large) > room:
        large = large[np.argsort(-sizes[large], kind="stable")[:room]]
    if not len(large):
        return count
    table = np.zeros(parts, np.uint16)
    table[large] = np.arange(count + 1, count + 1 + len(large))
    np.add(cells, table[numbers], out=cells)
    return count + len(large)


def _numbered_from_0(reached: Labels) -> Labels:
    """Give ink and crumbs the nearest cell; without any cell, all is one."""
    empty = _free(reached, None)
    if empty.all():
        return np.zeros_like(reached)
    _, nearest = cv2.distanceTransformWithLabels(
        empty, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros(int(nearest.max()) + 1, np.uint16)
    known = empty == 0
    table[nearest[known]] = reached[known] - 1
    return table[nearest]


# Full size --------------------------------------------------------------------------------------


def _full_size(reached: Labels, cells: Labels, ink: NDArray[np.uint8], factor: int) -> Labels:
    """Bring cells to the page's full size (H, W), numbered from 0.

    reached (h, w): cells from 1 on, 0 on ink; cells (h, w): from 0 on, everywhere. They grow
    over the paper up to the lines first, then over the lines; only deep inside black areas do
    working pixels show.
    """

    def enlarged(plane: Labels) -> Labels:
        rows = np.repeat(plane, factor, axis=0)[: ink.shape[0]]
        return np.ascontiguousarray(np.repeat(rows, factor, axis=1)[:, : ink.shape[1]])

    full = enlarged(reached)
    _grow(full, ink == 0, 2 * factor)
    _grow(full, None, 2 * factor)
    deep = full == 0
    full -= 1
    full[deep] = enlarged(cells)[deep]
    return full
