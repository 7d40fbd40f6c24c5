"""The leak meter: where colour crosses lines, and where regions flow together through gaps.

Both are read off the cells of a page (`regions`), so places come in its pixels, with the ends
of the stroke that closes a gap: `RegionEdit.stroke(EditKind.CLOSE, leak.ends)`.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.borders import Numbers
from colorstudio.core.flats import Flats
from colorstudio.core.oklab import oklab_of
from colorstudio.core.region_edits import EditKind, Point, RegionEdit
from colorstudio.core.region_walls import with_walls
from colorstudio.core.regions import Regions, find_regions, reduced_ink

MOST_LEAKS: Final = 40
"""Places that are told, the worst first."""

_SAMPLES = 300_000  # pixels that are looked at
_STRAY = 0.05  # OkLab chroma: farther from its region's colour is no shade of it
_NEARER = 0.5  # … and it is a neighbour's colour when that is only half as far away
_LOOK = (0.01, 0.03)  # of the shorter side: where neighbours are looked for
_LEAST_CELL, _LEAST_PART = 1e-3, 2e-3  # of the page: what must lie on either side of a gap
_MOST_SUSPECTS = 80
_WIDEST = 0.35  # of the shorter side: openings up to this are looked at
_NARROW = 0.5  # of the narrower side's width: a wider place is an opening
_LINED = 0.6  # opening by opening and line: lines go on at a gap


@dataclass(frozen=True, slots=True)
class Leak:
    """A gap through which two parts of a page became one region.

    x, y: its middle, in pixels of the page; ends: of the stroke that closes it; width in
    pixels; share: of the page, what flows together with the larger part; background: whether
    the larger part reaches the page's edge.
    """

    x: float
    y: float
    ends: tuple[Point, Point]
    width: float
    share: float
    background: bool

    def to_row(self) -> dict[str, Any]:
        """Plain values for a report."""
        return {
            "x": round(self.x, 1),
            "y": round(self.y, 1),
            "ends": [[round(v, 1) for v in end] for end in self.ends],
            "width": round(self.width, 1),
            "share": round(self.share, 5),
            "background": self.background,
        }


@dataclass(frozen=True, slots=True)
class LeakReading:
    """crossing: share 0..1 of the page's chroma that has crossed a line, None for pure flats;
    leaks: suspicious gaps, the worst first."""

    crossing: float | None
    leaks: tuple[Leak, ...]

    @property
    def worst(self) -> float:
        """One figure 0..1 to sort pages by: what crosses, or what flows out, if that is more."""
        return max([self.crossing or 0.0, *(min(1.0, leak.share) for leak in self.leaks)])

    def to_row(self) -> dict[str, Any]:
        """Plain values for a report."""
        return {
            "crossing": None if self.crossing is None else round(self.crossing, 4),
            "worst": round(self.worst, 4),
            "places": [leak.to_row() for leak in self.leaks],
        }


def read_leaks(flats: Flats, paint: NDArray[np.uint8] | None) -> LeakReading:
    """Read the leaks of a page; paint (H, W, 3): what lies under its lines, None for flats."""
    crossing = None if paint is None else _crossing(flats, paint)
    return LeakReading(crossing, _gaps(flats))


def _crossing(flats: Flats, paint: NDArray[np.uint8]) -> float:
    """Share of chroma that differs from its own region's colour, toward a neighbour's."""
    cells = flats.regions.cells
    step = max(1, int((cells.size / _SAMPLES) ** 0.5))
    regions = flats.groups[cells[::step, ::step]]
    paper = flats.regions.ink[::step, ::step] == 0
    chroma = oklab_of(paint[::step, ::step])[..., 1:]
    own_colors = _means(regions[paper], chroma[paper], len(flats.groups))
    stray = np.linalg.norm(chroma - own_colors[regions], axis=-1)
    suspect = paper & (stray > _STRAY)
    crossed = np.zeros_like(suspect)
    side = min(regions.shape)
    for share in _LOOK:
        reach = max(1, round(share * side))
        for down, across in ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            there = _shifted(regions, down * reach, across * reach)
            distance = np.linalg.norm(chroma - own_colors[there], axis=-1)
            crossed |= suspect & (there != regions) & (distance < _NEARER * stray)
    amount = np.linalg.norm(chroma, axis=-1)
    whole = float(amount[paper].sum())
    return float(stray[crossed].sum()) / whole if whole > 0 else 0.0


def _means(regions: Numbers, chroma: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The mean chroma (count, 2) of each region, twice: the second time without strays."""
    weight = np.ones(len(regions))
    means = np.zeros((count, 2))
    for _ in range(2):
        sizes = np.maximum(np.bincount(regions, weight, minlength=count), 1e-9)
        for axis in range(2):
            means[:, axis] = np.bincount(regions, weight * chroma[:, axis], count) / sizes
        off = np.linalg.norm(chroma - means[regions], axis=1)
        weight = (off < 2 * _STRAY) + 1e-3
    return means


def _shifted(plane: NDArray[np.int64], down: int, across: int) -> NDArray[np.int64]:
    """What lies so far down and across of each pixel; the rim repeats."""
    rows = np.clip(np.arange(plane.shape[0]) + down, 0, plane.shape[0] - 1)
    columns = np.clip(np.arange(plane.shape[1]) + across, 0, plane.shape[1] - 1)
    return plane[rows][:, columns]


# Gaps ---------------------------------------------------------------------------------------------


def _gaps(flats: Flats) -> tuple[Leak, ...]:
    """Narrow places inside one region whose closing parts it, the worst first.

    Larger balls than those that found the regions roll over a smaller page. What they part, and
    what is one region nevertheless, is looked at; then all these places are closed at once, and
    those count that are shut off from each other: the end of a loose line is no gap.
    """
    ink = flats.regions.ink
    step = max(1, math.ceil((ink.size / _SAMPLES) ** 0.5))
    small = reduced_ink(ink, step)
    coarse = find_regions(small, _WIDEST * min(small.shape))
    groups = _groups_of(coarse, flats.groups[flats.regions.cells[::step, ::step]])
    openings = []
    for number in _suspects(coarse, groups)[:_MOST_SUSPECTS]:
        pair = coarse.borders.pairs[number]
        ends = _opening(coarse, int(pair[0]), int(pair[1]))
        if ends is not None:
            openings.append((number, ends))
    parts, sizes = _parts_when_closed(small, [ends for _, ends in openings])
    at_edge = _at_edge(parts, len(sizes))
    leaks = []
    for number, ends in openings:
        sides = [int(parts[_core(coarse, int(cell))]) for cell in coarse.borders.pairs[number]]
        share = float(sizes[sides].min()) / small.size
        if sides[0] == sides[1] or share < _LEAST_PART:
            continue
        larger = max(sides, key=lambda side: int(sizes[side]))
        width = float(coarse.borders.open[number] * step)
        (x0, y0), (x1, y1) = on_page = tuple(((x + 0.5) * step, (y + 0.5) * step) for x, y in ends)
        middle = (x0 + x1) / 2, (y0 + y1) / 2
        leaks.append(Leak(*middle, (on_page[0], on_page[1]), width, share, bool(at_edge[larger])))
    leaks.sort(key=lambda leak: -leak.share)
    return tuple(leaks[:MOST_LEAKS])


def _parts_when_closed(
    ink: NDArray[np.uint8], openings: list[tuple[Point, Point]]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The parts (h, w) of the paper once all openings are closed, and their sizes; 0: ink."""
    closes = [RegionEdit.stroke(EditKind.CLOSE, ends) for ends in openings]
    paper = (with_walls(ink, closes, 3) == 0).astype(np.uint8)
    _, parts, figures, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    sizes = np.asarray(figures)[:, cv2.CC_STAT_AREA].astype(np.int64)
    return np.asarray(parts, np.int32), sizes


def _core(coarse: Regions, cell: int) -> tuple[int, int]:
    """The pixel of a cell that lies deepest in it, row and column."""
    rows, columns = np.nonzero((coarse.cells == cell) & (coarse.ink == 0))
    top, left = rows.min(), columns.min()
    mask = np.zeros((rows.max() - top + 3, columns.max() - left + 3), np.uint8)
    mask[rows - top + 1, columns - left + 1] = 1
    row, column = divmod(int(cv2.distanceTransform(mask, cv2.DIST_L2, 3).argmax()), mask.shape[1])
    return int(top) + row - 1, int(left) + column - 1


def _suspects(coarse: Regions, groups: Numbers) -> Numbers:
    """Which borders may be gaps inside one region, those of the largest cells first."""
    borders = coarse.borders
    first, second = borders.pairs.reshape(-1, 2).T
    narrower = 2 * np.minimum(coarse.girths[first], coarse.girths[second])
    smaller = np.minimum(coarse.areas[first], coarse.areas[second]) / coarse.cells.size
    gap = (groups[first] == groups[second]) & (borders.open > 0)
    gap &= (borders.open < _NARROW * narrower) & (smaller > _LEAST_CELL)
    gap &= borders.open < _LINED * (borders.open + borders.inked)
    chosen = np.flatnonzero(gap)
    return chosen[np.argsort(-smaller[chosen], kind="stable")]


def _groups_of(coarse: Regions, groups: Numbers) -> Numbers:
    """The region (count,) that most of each coarse cell's paper belongs to; groups (h, w)."""
    paper = coarse.ink == 0
    keys = coarse.cells[paper].astype(np.int64) << 32 | groups[paper]
    values, counts = np.unique(keys, return_counts=True)
    rising = np.argsort(counts, kind="stable")  # the most frequent one is written last
    found = np.full(coarse.count, -1, np.int64)
    found[values[rising] >> 32] = values[rising] & 0xFFFFFFFF
    return found


def _at_edge(cells: NDArray[Any], count: int) -> NDArray[np.bool_]:
    """Which cells (count,) reach the page's edge."""
    reach = np.zeros(count, bool)
    for rim in (cells[0], cells[-1], cells[:, 0], cells[:, -1]):
        reach[rim] = True
    return reach


def _opening(coarse: Regions, first: int, second: int) -> tuple[Point, Point] | None:
    """The two farthest pixels, x and y, at which two cells meet on paper."""
    paper = coarse.ink == 0
    one = ((coarse.cells == first) & paper).astype(np.uint8)
    other = ((coarse.cells == second) & paper).astype(np.uint8)
    places = np.argwhere(cv2.dilate(one, np.ones((3, 3), np.uint8)) & other)
    if not len(places):
        return None
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    along = centred @ axes[:, -1]
    low, high = places[int(along.argmin())], places[int(along.argmax())]
    if (low == high).all():  # one pixel wide: any stroke through it closes it
        low, high = low - 1, high + 1
    return (float(low[1]), float(low[0])), (float(high[1]), float(high[0]))
