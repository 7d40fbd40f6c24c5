"""Seams: where two cells of line art meet on open paper, in a gap of a line.

Growing leaves them wherever two fronts happened to meet, in steps and bays. Here they are drawn
taut, by a majority vote round each of their pixels, again and again: motion by mean curvature
(Merriman, Bence and Osher 1992), for a few pixels.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

_RADIUS: Final = 6  # of the disc that votes, in working pixels
_TURNS: Final = 8  # so many pixels a seam may move at most
_LEAST_AREA: Final = 4 * _RADIUS**2  # smaller cells lose nothing: they could vanish
_MOST_PLACES: Final = 60_000  # beside seams; more are noise or hatching all over the page

_Places = NDArray[np.int64]


def drawn_taut(cells: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The same cells (h, w), 0 where there is ink, with smooth seams; lines stay where they are."""
    padded = np.pad(cells, _RADIUS)
    places = np.flatnonzero(_beside_seams(padded))
    if not 0 < len(places) <= _MOST_PLACES:
        return cells
    flat, width = padded.ravel(), padded.shape[1]
    large = np.bincount(cells.ravel()) >= _LEAST_AREA
    beside = np.array([1, -1, width, -width])
    around = (np.arange(-2, 3)[:, None] * width + np.arange(-2, 3)).ravel()
    rows, columns = np.nonzero(
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _RADIUS + 1, 2 * _RADIUS + 1))
    )
    every_other = (rows + columns) % 2 == 0  # says the same in half the time
    disc = ((rows - _RADIUS) * width + columns - _RADIUS)[every_other]
    for _ in range(_TURNS):
        own, other = flat[places], _neighbour(flat, places, beside)
        at_seam = (other > 0) & (own > 0) & large[own]
        places, own, other = places[at_seam], own[at_seam], other[at_seam]
        votes = np.zeros(len(places), np.int16)
        for step in disc:
            near = flat[places + step]
            votes += near == other
            votes -= near == own
        lost = votes > 0
        if not lost.any():
            break
        flat[places[lost]] = other[lost]
        places = np.unique(places[lost][:, None] + around)  # elsewhere the vote stays as it was
    inside = slice(_RADIUS, -_RADIUS)
    taut = np.ascontiguousarray(padded[inside, inside])
    vanished = np.bincount(taut.ravel(), minlength=len(large)) == 0
    if vanished[1:].any():
        np.copyto(taut, cells, where=vanished[cells])
    return taut


def _beside_seams(padded: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Where a cell touches another one, without a line between them."""
    seams = np.zeros(padded.shape, bool)
    for first, second in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        meet = padded[first] != padded[second]
        meet &= padded[first] > 0
        meet &= padded[second] > 0
        seams[first] |= meet
        seams[second] |= meet
    return seams


def _neighbour(flat: NDArray[np.uint16], places: _Places, beside: _Places) -> NDArray[np.uint16]:
    """Another cell that touches each place, 0 where there is none."""
    own = flat[places]
    other = np.zeros(len(places), np.uint16)
    for step in beside:
        near = flat[places + step]
        differs = (near != own) & (near > 0)
        other[differs] = near[differs]
    return other
