"""Flats: one colour for each region of line art, hard-edged, under untouched lines.

A region takes the median of the generator's paint in it, in a perceptual space, so that
shading and a little leaked colour don't count; a hint in the region wins. With an exact
palette every flat is one of its values.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import bands
from colorstudio.core.borders import Groups, Numbers
from colorstudio.core.bubbles import TextAreas
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.oklab import nearest, oklab_of, rgb_of
from colorstudio.core.region_edits import EditKind, RegionEdit
from colorstudio.core.region_walls import places_along
from colorstudio.core.regions import Regions

_SAMPLES = 500_000  # pixels of paint that are looked at
_STEPS = 1023  # of each of L, a and b, for sorting: finer than a byte of sRGB
_LOW, _SPAN = np.array([0.0, -0.5, -0.5]), 1.0  # of OkLab's axes
_ALIKE = 0.04  # OkLab: cells that meet on paper and differ by less are one
_LEAST_SEARCH = 3.0  # pixels round a hint on a line in which its cell is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Flats:
    """colors (count, 3): the colour, uint8 sRGB, of each cell of `regions`; groups (count,):
    cells with one number are one region."""

    regions: Regions
    groups: Numbers
    colors: NDArray[np.uint8]

    def picture(self) -> NDArray[np.uint8]:
        """The flats as RGB (H, W, 3), without lines and without any colour in between."""
        cells = self.regions.cells
        out = np.empty((*cells.shape, 3), np.uint8)
        for rows in bands(*cells.shape):
            np.take(self.colors, cells[rows], axis=0, out=out[rows])
        return out

    def region_at(self, x: float, y: float) -> NDArray[np.bool_] | None:
        """Where (H, W) the region at a place of the page lies; None off the page."""
        height, width = self.regions.cells.shape
        if not (0 <= x < width and 0 <= y < height):
            return None
        same = self.groups == self.groups[self.regions.cells[int(y), int(x)]]
        return np.asarray(same[self.regions.cells])


def flats_of(
    regions: Regions,
    paint: NDArray[np.uint8],
    hints: HintSet,
    palette: NDArray[np.uint8] | None = None,
    blank: TextAreas | None = None,
    paper: int = 255,
) -> Flats:
    """Choose the flats of a page.

    paint (H, W, 3): what lies under the lines, sRGB. hints: in pixels of the page; their edits
    merge regions and fill them (walls are part of the regions' ink). palette (K, 3): the only
    colours that flats may have. blank: where flats are as the paper
    is, 255 or 0, or the nearest to it.
    """
    told = hints.told()
    hinted = hinted_cells(regions, told)
    groups = regions.grouped(_one_per_color(hinted, told))
    samples = _samples(regions, paint)
    _join_alike(groups, regions, samples)
    for cells in merged_cells(regions, hints.edits):
        groups.force(cells)
    of_cells = groups.of_cells()
    colors = rgb_of(samples.medians(of_cells))
    for cell in np.argsort(hinted, kind="stable"):  # of several in one region the latest counts
        if hinted[cell] >= 0:
            colors[of_cells[cell]] = told.hints[hinted[cell]].rgb
    colors = np.ascontiguousarray(colors[of_cells])
    if blank is not None:
        colors[_blank_cells(regions, blank)] = paper
    if palette is not None:
        colors = palette[nearest(colors, palette)]
    return Flats(regions, of_cells, colors)


def grouped_as_edited(regions: Regions, hints: HintSet) -> Numbers:
    """The region (count,) of each cell as far as lines, hints and edits tell, without paint."""
    told = hints.told()
    groups = regions.grouped(_one_per_color(hinted_cells(regions, told), told))
    for cells in merged_cells(regions, hints.edits):
        groups.force(cells)
    return groups.of_cells()


def merged_cells(regions: Regions, edits: tuple[RegionEdit, ...]) -> Iterator[Numbers]:
    """The cells under each stroke that merges; a stroke may cross lines."""
    for edit in edits:
        if edit.kind is EditKind.MERGE:
            rows, columns = places_along(edit.points, regions.cells.shape).T
            on_paper = regions.ink[rows, columns] == 0
            touched = regions.cells[rows[on_paper], columns[on_paper]]
            yield np.unique(touched).astype(np.int64)


def _blank_cells(regions: Regions, blank: TextAreas) -> NDArray[np.bool_]:
    """Which cells (count,) lie mostly where flats are white, seen on a grid of their paper."""
    cells, ink = regions.cells, regions.ink
    step = blank.factor
    paper = ink[::step, ::step] == 0
    white = blank.mask[: paper.shape[0], : paper.shape[1]] > 0
    numbers = cells[::step, ::step]
    all_of = np.bincount(numbers[paper], minlength=regions.count)
    in_it = np.bincount(numbers[paper & white], minlength=regions.count)
    return np.asarray(in_it > all_of / 2)


def blended(paint: NDArray[np.uint8], flats: NDArray[np.uint8], amount: float) -> NDArray[np.uint8]:
    """Mix paint and flats, both (H, W, 3): amount 0 gives the paint, 1 the very flats."""
    if amount >= 1:
        return flats
    share = round(amount * 256)
    out = np.empty_like(paint)
    for rows in bands(*paint.shape[:2]):
        mixed = paint[rows].astype(np.uint16) * (256 - share)
        mixed += flats[rows].astype(np.uint16) * share
        out[rows] = (mixed + 128) >> 8
    return out


# Hints ------------------------------------------------------------------------------------------


def hinted_cells(regions: Regions, hints: HintSet) -> Numbers:
    """The latest hint (count,) of each cell: its number in the set, −1 for none."""
    hinted = np.full(regions.count, -1)
    for number, hint in enumerate(hints.hints):
        cell = _cell_under(regions, hint)
        if cell is not None:
            hinted[cell] = number
    return hinted


def _one_per_color(hinted: Numbers, hints: HintSet) -> Numbers:
    """The same with the first hint of its colour for each: cells of one colour may join."""
    first_of_color: dict[str, int] = {}
    first = [first_of_color.setdefault(hint.color, n) for n, hint in enumerate(hints.hints)]
    return np.array([*first, -1])[hinted]  # −1 is the last one


def _cell_under(regions: Regions, hint: Hint) -> int | None:
    """The cell that a hint means: the one with most paper under the hint's disc."""
    height, width = regions.cells.shape
    x, y = round(hint.x), round(hint.y)
    if not (0 <= hint.x <= width and 0 <= hint.y <= height):
        return None
    x, y = min(x, width - 1), min(y, height - 1)
    if not regions.ink[y, x]:
        return int(regions.cells[y, x])
    reach = round(min(max(hint.radius, _LEAST_SEARCH), max(height, width)))
    window = slice(max(0, y - reach), y + reach + 1), slice(max(0, x - reach), x + reach + 1)
    on_paper = regions.cells[window][regions.ink[window] == 0]
    return int(np.bincount(on_paper).argmax()) if on_paper.size else int(regions.cells[y, x])


# Colours of paint ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Samples:
    """Paint from all over the page: OkLab (N, 3), in whole steps, and the cell (N,) of each."""

    steps: Numbers
    cells: Numbers

    def medians(self, groups: Numbers) -> NDArray[np.float64]:
        """The median OkLab colour (count, 3) of each group; groups (count,) of all cells."""
        labels = groups[self.cells]
        counts = np.bincount(labels, minlength=len(groups))
        middle = np.cumsum(counts) - counts + np.maximum(counts - 1, 0) // 2
        medians = np.empty((len(groups), 3))
        for axis in range(3):
            ordered = np.sort(labels << 10 | self.steps[:, axis])
            medians[:, axis] = ordered[np.minimum(middle, len(ordered) - 1)] & _STEPS
        return medians * (_SPAN / _STEPS) + _LOW


def _samples(regions: Regions, paint: NDArray[np.uint8]) -> _Samples:
    """Sample the paint on paper, not under ink, and once at least in each cell.

    The small ones may lie between the places of the grid.
    """
    cells, ink = regions.cells, regions.ink
    step = max(1, int((cells.size / _SAMPLES) ** 0.5))
    paper = ink[::step, ::step] == 0
    numbers = cells[::step, ::step][paper]
    colors = paint[::step, ::step][paper]
    rest = np.setdiff1d(np.arange(regions.count), numbers)
    places = _a_place_of_each(cells, regions.count)[rest]
    oklab = oklab_of(np.concatenate([colors, paint.reshape(-1, 3)[places]]))
    steps = np.rint((oklab - _LOW) * (_STEPS / _SPAN)).clip(0, _STEPS).astype(np.int64)
    return _Samples(steps, np.concatenate([numbers, rest]).astype(np.int64))


def _join_alike(groups: Groups, regions: Regions, samples: _Samples) -> None:
    """Join cells that meet on paper and are painted alike: no line says that they differ."""
    of_cells = groups.of_cells()
    medians = samples.medians(of_cells)
    borders = regions.borders.between(of_cells)
    steps = np.linalg.norm(np.diff(medians[borders.pairs], axis=1)[:, 0], axis=1)
    alike = (borders.open > 0) & (steps < _ALIKE)
    groups.join_all(borders.pairs[alike][np.argsort(steps[alike], kind="stable")])


def _a_place_of_each(cells: NDArray[np.uint16], count: int) -> Numbers:
    """The position (count,), counted along the rows, of some pixel of each cell."""
    places = np.zeros(count, np.int64)
    for rows in bands(*cells.shape):
        band = cells[rows].ravel()
        start = rows.start * cells.shape[1]
        places[band] = np.arange(start, start + band.size)
    return places
