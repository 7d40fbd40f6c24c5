"""Lettering that no bubble encloses: pages of text, and white letters on black.

Marks are letters where they stand in rows of their like and are not all of one shape.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Sums = Callable[..., NDArray[np.int32]]
Side = NDArray[np.int32] | int
Boxes = NDArray[np.int32]  # (N, 5): left, top, width, height, pixels of each mark

_LEAST_HEIGHT, _TALLEST = 6, 0.12  # pixels, and of the page's height
_MOST_MARKS = 1_500
_WIDEST = 8.0  # of its height: a whole word in one stroke
_LIKE_HEIGHT, _NEXT, _LEVEL = 1.9, 2.0, 0.5  # of the taller one, and of the lower one's height
_FULL = (0.22, 0.85)  # of its box, that a usual letter covers: no hairs, no windows
_LEAST_VARIETY = 0.06  # of that, and of half the width by the height
_LEAST_IN_ROWS = 0.9  # of a text page's ink
_MOST_ENCLOSED = 0.4  # paper by the ink; small figures and outlined letters enclose more
_TURNED = [1, 0, 3, 2, 4]  # columns for rows
_LETTERS = 4  # make a row
_SURE_LETTERS = 5  # make one on black, beside which fewer are believed too
_LINE = 1.8  # of a letter's height: as near are lines of one text
_MOST_OTHER = 0.03  # of the black round white letters, that is neither black nor letter
_DENSE = (0.08, 0.34)  # of that black, that its letters cover
_LEAST_BLACK = 0.62  # of a white letter's box and its margin


def is_page_of_text(lines: Mask) -> bool:
    """Whether a page of lines (h, w), 255 where there is ink, holds nothing but text."""
    marks = _marks(lines)
    if not _LETTERS <= len(marks) <= 2 * _MOST_MARKS:
        return False
    if int(marks[:, 3].max()) > _TALLEST * lines.shape[0]:
        return False
    letters = marks[(marks[:, 3] >= _LEAST_HEIGHT) & (marks[:, 2] <= _WIDEST * marks[:, 3])]
    if not len(letters) or not _look_written(letters):
        return False
    ink = int(marks[:, 4].sum())
    if _enclosed(lines) > _MOST_ENCLOSED * ink:
        return False
    either_way = (letters, letters[:, _TURNED])
    return any(_in_rows(boxes) >= _LEAST_IN_ROWS * ink for boxes in either_way)


def _in_rows(letters: Boxes) -> int:
    """How much ink of the letters stands in rows of some of them."""
    rows = _rows_of(letters)
    return int(letters[np.bincount(rows)[rows] >= _LETTERS, 4].sum())


def _enclosed(lines: Mask) -> int:
    """How many pixels of paper the ink of a page (h, w) encloses."""
    walled = cv2.copyMakeBorder(lines, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    cv2.floodFill(walled, None, (0, 0), 255)
    return int(np.count_nonzero(walled == 0))


def white_lettering(lines: Mask) -> Mask:
    """255 round white letters on black, elsewhere 0; lines (h, w): 255 where there is ink."""
    mask = np.zeros_like(lines)
    letters, marked = _letters_on_black(lines)
    if not _SURE_LETTERS <= len(letters) <= _MOST_MARKS:
        return mask
    rows, expected = _rows_of(letters), _sums((lines > 0) | marked)
    text = np.zeros(len(letters), np.bool_)
    for number in np.flatnonzero(np.bincount(rows) >= _SURE_LETTERS):
        row = rows == number
        if _look_written(letters[row]) and _is_on_black(letters[row], expected):
            text |= _with_all_beside(row, letters)
    reached = np.zeros_like(lines)
    for left, top, wide, tall, _ in letters[text].tolist():
        for plane, edge in ((mask, max(2, tall // 4)), (reached, tall)):
            height = slice(max(0, top - edge), top + tall + edge)
            plane[height, max(0, left - edge) : left + wide + edge] = 255
    mask[marked & (reached > 0)] = 255  # full stops, too
    return mask


def _letters_on_black(lines: Mask) -> tuple[Boxes, NDArray[np.bool_]]:
    """White marks with mostly black round them: those as high as letters, and where (h, w) all
    of them are."""
    # Diagonally nothing is joined: what two lines enclose ends at their corners.
    _, numbers, figures, _ = cv2.connectedComponentsWithStats(255 - lines, connectivity=4)
    marks = np.asarray(figures, np.int32)
    marks[0] = 0  # the ink itself
    left, top, wide, tall, _ = marks.T
    margin = np.maximum(2, tall // 4)
    space = (wide + 2 * margin) * (tall + 2 * margin)
    black = _sums(lines > 0)
    around = black(left - margin, top - margin, left + wide + margin, top + tall + margin)
    on_black = (around >= _LEAST_BLACK * space) & (tall <= _TALLEST * lines.shape[0])
    on_black &= wide <= _WIDEST * np.maximum(tall, _LEAST_HEIGHT)
    letters = marks[on_black & (tall >= _LEAST_HEIGHT)]
    return letters, on_black[numbers]


def _is_on_black(row: Boxes, expected: Sums) -> bool:
    """Whether the box round a row of letters holds letters on black and nothing else."""
    edge = max(2, int(np.median(row[:, 3])) // 4)
    left, top = (int(side) for side in np.maximum(row[:, :2].min(axis=0) - edge, 0))
    right, bottom = (int(side) for side in (row[:, :2] + row[:, 2:4]).max(axis=0) + edge)
    space, covered = (right - left) * (bottom - top), int(row[:, 4].sum())
    other = space - int(expected(left, top, right, bottom))
    return other <= _MOST_OTHER * space and _DENSE[0] <= covered / space <= _DENSE[1]


def _with_all_beside(row: NDArray[np.bool_], letters: Boxes) -> NDArray[np.bool_]:
    """A row (N,) of the letters, and all that lie as near to it, or to those, as lines do."""
    height = int(np.median(letters[row, 3]))
    starts, ends = letters[:, :2] - _LINE * height, letters[:, :2] + letters[:, 2:4]
    near = (starts[:, None] < ends).all(axis=2)
    near &= near.T & (letters[:, 3] <= _LIKE_HEIGHT * height)
    text = row
    while True:
        grown = text | near[text].any(axis=0)
        if (grown == text).all():
            return text
        text = grown


def _sums(mask: NDArray[np.bool_]) -> Sums:
    """How much of a mask (h, w) lies in boxes, from left and top to right and bottom."""
    height, width = mask.shape
    sums = np.asarray(cv2.integral(mask.astype(np.uint8)))

    def inside(left: Side, top: Side, right: Side, bottom: Side) -> NDArray[np.int32]:
        left, right = np.clip(left, 0, width), np.clip(right, 0, width)
        top, bottom = np.clip(top, 0, height), np.clip(bottom, 0, height)
        whole, above = sums[bottom, right] - sums[bottom, left], sums[top, right] - sums[top, left]
        return np.asarray(whole - above, np.int32)

    return inside


def _marks(ink: Mask) -> Boxes:
    """The marks of a mask (h, w): their boxes."""
    figures = cv2.connectedComponentsWithStats(ink, connectivity=8)[2]
    return np.asarray(figures[1:], np.int32)


def _look_written(letters: Boxes) -> bool:
    wide, tall, sizes = letters[:, 2], letters[:, 3], letters[:, 4]
    fills = sizes / (wide * tall)
    varied = max(float(fills.std()), float(np.std(wide / tall)) / 2) >= _LEAST_VARIETY
    return varied and _FULL[0] <= float(np.median(fills)) <= _FULL[1]


def _rows_of(letters: Boxes) -> NDArray[np.intp]:
    """The row (N,) in which each letter stands, numbered by its first."""
    left, top, wide, tall = letters[:, :4].T.astype(np.float32)
    taller, lower = np.maximum(tall[:, None], tall), np.minimum(tall[:, None], tall)
    right, bottom = left + wide, top + tall
    space = np.maximum(left[:, None], left) - np.minimum(right[:, None], right)
    level = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    beside = (taller <= _LIKE_HEIGHT * lower) & (space < _NEXT * taller)
    beside &= level >= _LEVEL * lower
    row_of = np.arange(len(letters))
    while len(letters):  # each takes the smallest number among its neighbours, until all agree
        joined = np.where(beside, row_of, len(letters)).min(axis=1)
        if (joined == row_of).all():
            break
        row_of = joined
    return row_of
