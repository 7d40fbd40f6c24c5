"""Edge-aware upsampling: colour from the generator's small planes to the page's full size.

Joint bilateral upsampling (Kopf et al. 2007), done as a bilateral grid with few luma
levels (Chen, Paris & Durand 2007): for each level the small planes are averaged over
neighbours whose luma is near that level; at full size every pixel reads the two levels
next to its own luma. So colour stops where luma steps, at hardly more than the price of
bilinear resizing. Works in strips: a page of any size needs a bounded amount of memory.
"""

import itertools
import math
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

LEVELS = 5
_SIGMA = 0.09  # of luma: how alike neighbours must be to share colour
_REACH = 5  # small pixels: width of the neighbourhood
_LEAST_WEIGHT = 1e-4  # keeps levels that occur nowhere near defined
_STRIP_PIXELS = 1 << 18  # a strip's planes stay in the processor's cache
_MOST_THREADS = 8
_MARGIN = 2  # small rows beside a strip that interpolation looks at

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of the picture, and the small rows first..last that lie under them."""

    rows: slice
    first: int
    last: int


class GuidedUpsampler:
    """Brings small planes to full size along the edges of the full-size luma."""

    def __init__(
        self,
        planes: NDArray[np.float32],
        guide: NDArray[np.float32],
        size: tuple[int, int],
        *,
        hurried: bool = False,
    ) -> None:
        """planes (C, h, w); guide (h, w), their luma 0..1; size (H, W) of the picture.

        hurried: strips are worked on side by side, by as many threads as there are processors.
        """
        self._size = size
        self._hurried = hurried
        self._small = guide.shape
        self._levels = [_averaged(planes, guide, k / (LEVELS - 1)) for k in range(LEVELS)]
        self._steps = [
            [above - below for below, above in zip(*two, strict=True)]
            for two in itertools.pairwise(self._levels)
        ]

    def strips(self) -> Iterator[Strip]:
        """Strips that cover the picture from top to bottom, cut between small rows."""
        (height, width), small_height = self._size, self._small[0]
        tall = max(1, round(_STRIP_PIXELS / width * small_height / height))
        for first in range(0, small_height, tall):
            last = min(first + tall, small_height)
            rows = slice(round(first * height / small_height), round(last * height / small_height))
            if rows.stop > rows.start:
                yield Strip(rows, first, last)

    def each(self, work: Callable[[Strip], T]) -> list[T]:
        """Do something for every strip; the results, from top to bottom."""
        if not self._hurried:
            return [work(strip) for strip in self.strips()]
        with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
            return list(pool.map(work, self.strips()))

    def planes(self, strip: Strip, luma: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """The C planes, each (rows, W), of one strip, guided by its luma (rows, W) in 0..1."""
        position = luma * np.float32(LEVELS - 1)
        # Between two levels what is read changes evenly: so it is the lowest level in the strip,
        # and above each level as much of the step to the next one as the luma goes beyond it.
        lowest = min(int(position.min()), LEVELS - 1)
        highest = min(math.ceil(float(position.max())), LEVELS - 1)
        out = [self._enlarged(plane, strip).copy() for plane in self._levels[lowest]]
        share = np.empty_like(position)
        for number in range(lowest, highest):
            np.subtract(position, np.float32(number), out=share)
            np.clip(share, 0, 1, out=share)
            for plane, step in zip(out, self._steps[number], strict=True):
                cv2.accumulateProduct(self._enlarged(step, strip), share, plane)
        return out

    def _enlarged(self, plane: NDArray[np.float32], strip: Strip) -> NDArray[np.float32]:
        """One strip of a plane at full size, bilinear, pixel centres kept in place."""
        (height, width), small_height = self._size, self._small[0]
        first, last = max(0, strip.first - _MARGIN), min(small_height, strip.last + _MARGIN)
        # Rounding moves colour by at most half a pixel of the full-size picture.
        top = round(first * height / small_height)
        tall = round(last * height / small_height) - top
        enlarged = cv2.resize(plane[first:last], (width, tall), interpolation=cv2.INTER_LINEAR)
        rows = enlarged[strip.rows.start - top : strip.rows.stop - top]
        return rows.astype(np.float32, copy=False)


def _averaged(
    planes: NDArray[np.float32], guide: NDArray[np.float32], level: float
) -> list[NDArray[np.float32]]:
    """The planes, each pixel averaged over neighbours whose luma is near the level."""
    weight = np.exp(-((guide - level) ** 2) / (2 * _SIGMA**2)) + _LEAST_WEIGHT
    window = (_REACH, _REACH)
    share = cv2.GaussianBlur(weight, window, 0)
    return [
        (cv2.GaussianBlur(plane * weight, window, 0) / share).astype(np.float32) for plane in planes
    ]
