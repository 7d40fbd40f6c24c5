"""Near-duplicates: the same picture saved twice, at another size or quality, or retouched a little.

A repeated picture would count twice in training, and a page held back to judge by would be
known already. Compared are a difference hash (Krawetz 2013: which neighbours of an 8 × 9 grey
picture are lighter) and an 8 × 8 colour picture, so that recoloured pages are no twins.
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

MOST_BITS = 4
"""Of the hash's 64, so many may differ."""
MOST_COLOUR = 4.0
"""So much may the small colour pictures differ, in steps of 255, in the mean."""
_LIGHTER = 2
"""Steps by which a neighbour must be lighter: grain in a flat sky tells nothing."""


class TwinFinder:
    """Remembers pictures, and says of a new one which of them it repeats."""

    def __init__(self) -> None:
        self._paths: list[Path] = []
        self._hashes: list[NDArray[np.bool_]] = []
        self._colours: list[NDArray[np.float32]] = []

    def remember(self, path: Path, pixels: NDArray[np.uint8]) -> None:
        """Take a picture, uint8 RGB (H, W, 3), among those that others may repeat."""
        self._paths.append(path)
        self._hashes.append(difference_hash(pixels))
        self._colours.append(_small_colours(pixels))

    def twin_of(self, pixels: NDArray[np.uint8]) -> Path | None:
        """The remembered picture that these pixels (H, W, 3) repeat, if any."""
        if not self._paths:
            return None
        bits = (np.array(self._hashes) != difference_hash(pixels)).sum(axis=1)
        colours = np.abs(np.array(self._colours) - _small_colours(pixels)).mean(axis=1)
        alike = np.flatnonzero((bits <= MOST_BITS) & (colours <= MOST_COLOUR))
        return self._paths[int(alike[0])] if len(alike) else None


def difference_hash(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """64 truths: is a cell of the shrunken picture clearly lighter than its left neighbour?"""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    return (np.diff(small, axis=1) > _LIGHTER).reshape(-1)


def _small_colours(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    small = cv2.resize(pixels, (8, 8), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32).reshape(-1)
