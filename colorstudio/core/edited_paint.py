"""Paint as an artist corrected its regions: what was filled or merged is alike in it too.

A region that was filled is an even coat of its colour: who wants a soft colour places a hint.
Merged regions keep their own shading, and each is moved as a whole until the middle of its
colours is that of all together, or that of a hint in them. Both at working size, before paint
is brought to the page's own, so that it stops at lines as all paint does.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.borders import Numbers
from colorstudio.core.flats import grouped_as_edited, hinted_cells, merged_cells
from colorstudio.core.hints import HintSet
from colorstudio.core.region_edits import EditKind
from colorstudio.core.regions import Regions
from colorstudio.core.yuv import chroma_of, luma_of

Planes = NDArray[np.float32]


def edits_paint(hints: HintSet) -> bool:
    """Whether anything was filled or merged."""
    return any(not edit.is_wall for edit in hints.edits)


def paint_as_edited(planes: Planes, regions: Regions, hints: HintSet) -> Planes:
    """Paint (3, h, w), normalised chroma and luma 0..1, with its regions as they were corrected.

    regions: of the page at its own size, with the walls among the edits as ink.
    """
    others = tuple(edit for edit in hints.edits if edit.kind is not EditKind.MERGE)
    parts = grouped_as_edited(regions, HintSet(hints.hints, others))
    cells, paper = _seen_at(regions, planes.shape[1:])
    numbers = parts[cells]
    out = planes.copy()
    for members, color, filled in _edited(regions, parts, hints):
        inside = np.isin(numbers, members)
        if filled and color is not None:
            out[:, inside] = color[:, None]
            continue
        middle = _middle(planes, inside, paper) if color is None else color
        for part in members:
            whole = numbers == part
            out[:, whole] += (middle - _middle(planes, whole, paper))[:, None]
    np.clip(out[:2], -1, 1, out=out[:2])
    np.clip(out[2], 0, 1, out=out[2])
    return out


def _middle(planes: Planes, inside: NDArray[np.bool_], paper: NDArray[np.bool_]) -> Planes:
    """The median (3,) of planes where something lies, off the lines if there is such a place."""
    seen = inside & paper
    if not seen.any():
        seen = inside
    if not seen.any():
        return np.zeros(len(planes), np.float32)
    return np.median(planes[:, seen], axis=1).astype(np.float32)


def _seen_at(
    regions: Regions, size: tuple[int, ...]
) -> tuple[NDArray[np.uint16], NDArray[np.bool_]]:
    """The cell of each pixel, and whether it is paper, on a page of that size (h, w)."""
    rows, columns = (
        np.minimum((np.arange(small) + 0.5) * large / small, large - 1).astype(np.int64)
        for small, large in zip(size, regions.cells.shape, strict=True)
    )
    return regions.cells[rows][:, columns], regions.ink[rows][:, columns] == 0


def _edited(
    regions: Regions, parts: Numbers, hints: HintSet
) -> Iterator[tuple[list[int], Planes | None, bool]]:
    """Parts (count,) that are to be alike, the colour (3,) of the latest hint in them, and
    whether they were filled with it."""
    told = hints.told()
    hinted = hinted_cells(regions, told)
    for members in _alike(regions, parts, hints, hinted >= len(hints.hints)):
        latest = int(hinted[np.isin(parts, list(members))].max())
        filled = latest >= len(hints.hints)  # what buckets tell comes after the hints
        if filled or len(members) > 1:
            color = None if latest < 0 else _planes_of(told.hints[latest].rgb)
            yield sorted(members), color, filled


def _alike(
    regions: Regions, parts: Numbers, hints: HintSet, filled: NDArray[np.bool_]
) -> list[set[int]]:
    """Sets of parts: those that strokes have made one, and each that was filled alone."""
    sets: list[set[int]] = []
    alone = [{part} for part in np.unique(parts[filled]).tolist()]
    merged = [set(parts[cells].tolist()) for cells in merged_cells(regions, hints.edits)]
    for joined in filter(None, (*alone, *merged)):
        for other in [one for one in sets if one & joined]:
            joined |= other
            sets.remove(other)
        sets.append(joined)
    return sets


def _planes_of(color: tuple[int, int, int]) -> Planes:
    """A colour as the generator's planes (3,) have it."""
    rgb = np.array(color, np.float32) / np.float32(255)
    return np.append(chroma_of(rgb), luma_of(rgb)).astype(np.float32)
