"""Text of line art: closed white areas that hold it, white letters on black, and whole pages.

All of these are to be left as they are: speech bubbles and captions stay white.

An area counts when its lines close round it, when it is about as full as its hull, and when
what lies in it looks like writing: several marks of like height, side by side in rows, but not
all of one shape as dots and studs are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.hints import HintSet
from colorstudio.core.ink import darkness, ink_mask
from colorstudio.core.lettering import is_page_of_text, white_lettering
from colorstudio.core.mode import Ink

Mask = NDArray[np.uint8]

_WORK_PIXELS = 1_000_000
_LEAST_AREA, _MOST_AREA = 4e-4, 0.35  # of the page
_MOST_CANDIDATES, _MOST_MARKS = 300, 2_000  # of a page, the largest ones, and of an area
_LEAST_SOLID = 0.65  # area by that of its hull: a shout's spikes are allowed
_LEAST_DENSE, _MOST_DENSE = 0.015, 0.35  # of the area: what its marks cover
_LEAST_MARKS, _LEAST_HEIGHT = 3, 6  # marks, and pixels: smaller writing nobody reads
_TALLEST = 0.7  # of the area's height
_LIKE_HEIGHT = (0.5, 1.9)  # of the median height
_WIDEST, _NEXT, _ROW = 8.0, 2.0, 0.3  # of the median height: a mark, a space, a row's play
_SURE_MARKS, _FEW_ALIKE = 5, 1.5
_MOST_OF_THEM = 0.75  # of the marks must be of like height and stand in a row of some letters
_MOST_OF_INK = 0.8  # … and of their ink: whatever else lies in there, text is not beside it
_ROW_LETTERS = 3  # a mark as wide as several letters counts as so many
_LETTER_WIDE, _LEAST_ASPECT = 0.8, 0.25  # of the height: a usual letter, and the narrowest text
_SAME_HEIGHT, _MOST_SAME = 0.2, 0.55  # of a height, and of the marks: capitals, or small letters
_LEAST_BLOCK = 0.1  # of the area: the box round all text
_LEAST_COVERED = 0.3  # of that box, by those round its letters
_OFF_MIDDLE = (0.15, 0.3)  # of width and height: a tail moves a bubble's middle down, not aside
_LEAST_FILL = 0.22  # of its box, that a usual mark covers
_LEAST_VARIETY = 0.08  # standard deviation of how much of its box a mark fills


@dataclass(frozen=True, slots=True, eq=False)
class TextAreas:
    """mask (h, w), 255 in bubbles and captions with their text, at one `factor`-th of the page;
    no paint lies there."""

    mask: Mask
    factor: float

    def rows(self, rows: slice, width: int) -> NDArray[np.bool_]:
        """The mask of some rows of the page, (rows, width)."""
        down = self._places(np.arange(rows.start, rows.stop), 0)
        across = self._places(np.arange(width), 1)
        return np.asarray(self.mask[down].take(across, axis=1) > 0)

    def hold_any(self, hints: HintSet) -> bool:
        """Whether a hint lies in one of them."""
        height, width = self.mask.shape
        places = ((h.y // self.factor, h.x // self.factor) for h in hints.told().hints)
        return any(
            0 <= y < height and 0 <= x < width and self.mask[int(y), int(x)] for y, x in places
        )

    def on_smaller(self, share: float) -> "TextAreas":
        """The same areas on the page at a share of its size."""
        return TextAreas(self.mask, self.factor * share)

    def _places(self, pixels: NDArray[np.int64], axis: int) -> NDArray[np.int64]:
        return np.minimum(pixels / self.factor, self.mask.shape[axis] - 1).astype(np.int64)


def find_text_areas(on_white: NDArray[np.uint8], ink: Ink, hints: HintSet) -> TextAreas | None:
    """Find the bubbles of a page from its luma on white (H, W); None where there are none.

    A page of nothing but text is all one. An area with a hint in it is meant to be painted. White
    ink on black has no white paper, and so no bubbles.
    """
    factor = max(1, int(np.ceil((on_white.size / _WORK_PIXELS) ** 0.5)))
    page = 255 - on_white if ink is Ink.WHITE_ON_BLACK else on_white
    small = page
    if factor > 1:  # the darkest pixel of each block, so that no line breaks
        padded = cv2.copyMakeBorder(
            page, 0, -page.shape[0] % factor, 0, -page.shape[1] % factor,
            cv2.BORDER_REPLICATE,
        )  # fmt: skip
        blocks = padded.reshape(padded.shape[0] // factor, factor, -1, factor)
        small = np.ascontiguousarray(blocks.min(axis=1).min(axis=2))
    lines = ink_mask(darkness(Artwork(small), small, Ink.BLACK_ON_WHITE))
    hinted = {(int(hint.y // factor), int(hint.x // factor)) for hint in hints.told().hints}
    if not hinted and is_page_of_text(lines):
        return TextAreas(np.full_like(lines, 255), factor)
    if ink is Ink.WHITE_ON_BLACK:
        return None
    mask = _text_mask(lines, hinted) | _unhinted(white_lettering(lines), hinted)
    return TextAreas(mask, factor) if mask.any() else None


def _unhinted(mask: Mask, hinted: set[tuple[int, int]]) -> Mask:
    """The areas of a mask (h, w) that hold no hint."""
    height, width = mask.shape
    for row, column in hinted:
        if 0 <= row < height and 0 <= column < width and mask[row, column]:
            cv2.floodFill(mask, None, (column, row), 0)
    return mask


def _text_mask(lines: Mask, hinted: set[tuple[int, int]]) -> Mask:
    """255 where text lies in its area; lines (h, w): 255 where there is ink.

    Looked for twice: with the lines as they are, and with small gaps in them closed.
    """
    mask = np.zeros_like(lines)
    for closed in (1, _CLOSED):
        walls = np.asarray(cv2.dilate(lines, np.ones((closed, closed), np.uint8)), np.uint8)
        for window, filled in _candidates(walls, closed):
            held = lines[window] & (filled * np.uint8(255))
            hint = any(
                window[0].start <= row < window[0].stop
                and window[1].start <= column < window[1].stop
                and filled[row - window[0].start, column - window[1].start]
                for row, column in hinted
            )
            if not hint and _holds_text((held > 0).astype(np.uint8), filled):
                mask[window] |= filled * np.uint8(255)
        # What was closed is opened again, but lines are not crossed.
        paper = np.where(lines == 0, cv2.dilate(mask, np.ones((closed, closed), np.uint8)), 0)
        np.maximum(mask, paper, out=mask, casting="unsafe")
    # To the middle of the outline, and no farther than it goes: no coloured rim stays.
    grown = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    return np.where((lines > 0) & (grown > 0), np.uint8(255), mask)


_CLOSED = 5  # working pixels: gaps a little narrower are closed


def _candidates(walls: Mask, margin: int) -> Iterator[tuple[tuple[slice, slice], Mask]]:
    """Areas that walls (h, w) enclose, the largest first: their windows, and masks of 0 and 1
    with all that lies in them. margin: how near the page's edge they may come."""
    height, width = walls.shape
    paper = (walls == 0).astype(np.uint8)
    _, numbers, figures, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    left, top, wide, tall, areas = np.asarray(figures).T
    inside = (left >= margin) & (top >= margin)
    inside &= (left + wide <= width - margin) & (top + tall <= height - margin)
    sized = (areas >= _LEAST_AREA * walls.size) & (wide * tall <= _MOST_AREA * walls.size)
    found = np.flatnonzero(inside & sized)
    found = found[found > 0]
    for number in found[np.argsort(-areas[found])[:_MOST_CANDIDATES]]:
        x, y, w, h = (int(value) for value in figures[number, :4])
        window = slice(y, y + h), slice(x, x + w)
        yield window, _filled((numbers[window] == number).astype(np.uint8))


def _filled(area: Mask) -> Mask:
    """An area (h, w) of 0 and 1 with its holes: all that can't be reached from outside."""
    walled = np.asarray(cv2.copyMakeBorder(area, 1, 1, 1, 1, cv2.BORDER_CONSTANT), np.uint8)
    outside = np.zeros((walled.shape[0] + 2, walled.shape[1] + 2), np.uint8)
    cv2.floodFill(walled, outside, (0, 0), 2)
    return (walled[1:-1, 1:-1] != 2).astype(np.uint8)


def _holds_text(held: Mask, filled: Mask) -> bool:
    """Whether marks (h, w) in an area, both 0 and 1, look like writing on white."""
    size = int(np.count_nonzero(filled))
    if not _LEAST_DENSE <= np.count_nonzero(held) / size <= _MOST_DENSE:
        return False
    # The outline has the hull of the whole area, and far fewer points.
    outlines, _ = cv2.findContours(filled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if size < _LEAST_SOLID * cv2.contourArea(cv2.convexHull(np.concatenate(outlines))):
        return False
    count, _, figures, centres = cv2.connectedComponentsWithStats(held, connectivity=8)
    if not _LEAST_MARKS < count <= _MOST_MARKS:  # one of them is the ground
        return False
    return _looks_written(np.asarray(figures[1:]), np.asarray(centres[1:]), filled)


def _looks_written(figures: NDArray[Any], centres: NDArray[Any], filled: Mask) -> bool:
    """Whether marks (N), by their boxes and middles, are letters or words in rows."""
    wide, tall, sizes = figures[:, 2], figures[:, 3], figures[:, 4]
    area_height = filled.shape[0]
    height = float(np.median(tall[tall >= _LEAST_HEIGHT])) if (tall >= _LEAST_HEIGHT).any() else 0
    if not _LEAST_HEIGHT <= height <= _TALLEST * area_height:
        return False
    low, high = _LIKE_HEIGHT
    like = (tall >= low * height) & (tall <= high * height) & (wide <= _WIDEST * height)
    dots = (tall < low * height) & (wide < low * height)  # full stops, and those of an i
    if like.sum() < _LEAST_MARKS or (like | dots).mean() < _MOST_OF_THEM:
        return False
    if sizes[like | dots].sum() < _MOST_OF_INK * sizes.sum():
        return False
    steps = np.abs(tall[like][:, None] / tall[like] - 1)
    same = float((steps <= _SAME_HEIGHT).mean(axis=0).max())
    if like.sum() >= _SURE_MARKS and same < _MOST_SAME:
        return False
    if float(np.median(wide[like])) < _LEAST_ASPECT * height:
        return False  # folds, stripes, blades of grass
    if not _is_a_block(figures[like], filled):
        return False
    if like.sum() < _SURE_MARKS and tall[like].max() > _FEW_ALIKE * tall[like].min():
        return False  # few marks must be the more alike
    x, y = centres[like].T
    half = wide[like] / 2
    space = np.abs(x[:, None] - x) - half[:, None] - half
    beside = (np.abs(y[:, None] - y) < _ROW * height) & (space < _NEXT * height)
    np.fill_diagonal(beside, False)
    fills = sizes[like] / (wide[like] * tall[like])
    if float(np.median(fills)) < _LEAST_FILL:
        return False  # curls and plates are drawn thinner than letters
    varied = max(float(fills.std()), float(np.std(wide[like] / height)) / 2) >= _LEAST_VARIETY
    return varied and _share_in_rows(beside, wide[like] / height) >= _MOST_OF_THEM


def _share_in_rows(beside: NDArray[np.bool_], widths: NDArray[np.float64]) -> float:
    """The share of marks in a row of letters; beside (N, N): who is whose neighbour, widths (N,)
    by the height of the text."""
    letters = np.maximum(1, np.rint(widths / _LETTER_WIDE))
    row_of = np.arange(len(widths))
    while True:  # each takes the smallest number among its neighbours, until all agree
        least = np.where(beside, row_of, len(row_of)).min(axis=1, initial=len(row_of))
        joined = np.minimum(row_of, least)
        if (joined == row_of).all():
            break
        row_of = joined
    lengths = np.bincount(row_of, letters)
    return float((lengths[row_of] >= _ROW_LETTERS).mean())


def _is_a_block(figures: NDArray[Any], filled: Mask) -> bool:
    """Whether marks (N) stand close together, on a fair part of their area, in its middle."""
    left, top = figures[:, 0].min(), figures[:, 1].min()
    right = (figures[:, 0] + figures[:, 2]).max()
    bottom = (figures[:, 1] + figures[:, 3]).max()
    block = float((right - left) * (bottom - top))
    covered = float((figures[:, 2] * figures[:, 3]).sum())
    if covered < _LEAST_COVERED * block or block < _LEAST_BLOCK * np.count_nonzero(filled):
        return False
    height, width = filled.shape
    aside, down = (left + right) / 2 - width / 2, (top + bottom) / 2 - height / 2
    return bool(abs(aside) <= _OFF_MIDDLE[0] * width and abs(down) <= _OFF_MIDDLE[1] * height)
