"""Which region lies where on a page, small enough to be asked at every move of a hand."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.borders import Numbers
from colorstudio.core.regions import Regions

NO_REGION: Final = -1
_MOST_PIXELS: Final = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class RegionMap:
    """numbers (h, w): the region of each `factor`-th pixel of the page, along each side.

    paper (h, w): where there is no ink, which belongs to the region whose paint lies under it.
    """

    numbers: NDArray[np.int32]
    paper: NDArray[np.bool_]
    factor: int = 1

    def at(self, x: float, y: float) -> int:
        """The region at a place of the page; NO_REGION off it."""
        row, column = int(y // self.factor), int(x // self.factor)
        height, width = self.numbers.shape
        inside = 0 <= row < height and 0 <= column < width
        return int(self.numbers[row, column]) if inside else NO_REGION

    def same(self, one: tuple[float, float], other: tuple[float, float]) -> bool:
        """Whether two places lie in one region."""
        number = self.at(*one)
        return number != NO_REGION and number == self.at(*other)

    def along(self, path: Collection[tuple[float, float]]) -> frozenset[int]:
        """The regions that a stroke's points lie in, on paper."""
        numbers = {self.at(*place) for place in path if self._on_paper(*place)}
        return frozenset(numbers - {NO_REGION})

    def mask(self, numbers: Collection[int]) -> NDArray[np.uint8]:
        """Where (h, w) these regions lie, 255 there, else 0."""
        wanted = np.array(sorted(numbers), np.int32)
        one = len(wanted) == 1  # the usual case, and a quick one
        inside = self.numbers == wanted[0] if one else np.isin(self.numbers, wanted)
        return inside.view(np.uint8) * np.uint8(255)

    def _on_paper(self, x: float, y: float) -> bool:
        row, column = int(y // self.factor), int(x // self.factor)
        height, width = self.paper.shape
        return 0 <= row < height and 0 <= column < width and bool(self.paper[row, column])


def region_map(regions: Regions, groups: Numbers) -> RegionMap:
    """The map of a page; groups (count,): the region of each cell."""
    height, width = regions.cells.shape
    factor = max(1, math.ceil((height * width / _MOST_PIXELS) ** 0.5))
    seen = slice(factor // 2, None, factor)  # the middle of each block, as far as there is one
    cells, ink = regions.cells[seen, seen], regions.ink[seen, seen]
    return RegionMap(groups.astype(np.int32)[cells], ink == 0, factor)
