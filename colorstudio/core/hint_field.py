"""The hints of one picture at work: what the generator is told, and that its answer obeys."""

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.doubling import doubled
from colorstudio.core.hint_planes import hint_planes
from colorstudio.core.hints import HintSet
from colorstudio.core.spreading import EdgeAwareSmoother, Scales, corrected, spread_hints

Planes = NDArray[np.float32]


_PAINT_SMOOTHNESS = 1e3  # reaches some thirty pixels; a wide sky keeps half of its gradient


class HintGround:
    """What hints and paint lie on: a picture's working-size luma, and what follows from it alone.

    Made once for a picture whose hints change. Hints are spread at half its resolution: colour
    needs no finer grid, as in the generator, and a quarter of the pixels is a quarter of the
    time.
    """

    def __init__(self, guide: Planes, page: NDArray[np.uint8] | None = None) -> None:
        """guide: luma (h, w) in 0..1; page: the same at the picture's own size, 0..255."""
        self.guide, self.page = guide, page
        height, width = ((side + 1) // 2 for side in guide.shape)
        half = cv2.resize(guide, (width, height), interpolation=cv2.INTER_AREA)
        self.luma = half.reshape(1, height, width)

    @cached_property
    def smoother(self) -> EdgeAwareSmoother:
        """Smooths along this luma's edges, as far as a hint reaches."""
        return EdgeAwareSmoother(np, self.luma)

    @cached_property
    def scales(self) -> Scales:
        """What brings colours that are missing at hints to where they belong."""
        return Scales(np, self.luma)

    @cached_property
    def paint_smoother(self) -> EdgeAwareSmoother:
        """The same, as far as paint is to be even."""
        return EdgeAwareSmoother(np, self.luma, _PAINT_SMOOTHNESS)


class HintField:
    """The hints of one picture, spread over their ground."""

    def __init__(
        self,
        hints: HintSet,
        picture: tuple[int, int],
        ground: HintGround,
        *,
        line_art: bool = False,
    ) -> None:
        """picture: (height, width) in whose pixels the hints are given. line_art: the ground's
        page, where it has one, is made of lines, and a hint means one side of them."""
        self._hints, self._picture, self._size = hints, picture, ground.guide.shape
        self._luma, self._ground = ground.luma, ground
        lines = ground.page if line_art else None
        self._planes = hint_planes(hints, picture, ground.luma.shape[1:], lines)[None]

    def dots(self) -> Planes:
        """U, V and a 0/1 mask (3, h, w): zeros where no hint lies."""
        return hint_planes(self._hints, self._picture, self._size)[[0, 1, 3]]

    def spread(self) -> Planes:
        """U, V and how sure they are, 0..1 (3, h, w): the hints spread over the picture."""
        values, confidence = spread_hints(
            np, self._luma, self._planes[:, [0, 1, 3]], self._ground.smoother
        )
        half = np.concatenate([values[0], confidence])
        whole = half.repeat(2, axis=1).repeat(2, axis=2)
        return whole[:, : self._size[0], : self._size[1]]

    def obeyed(self, chroma: Planes, paint_luma: Planes | None) -> tuple[Planes, Planes | None]:
        """Chroma (2, h, w) and paint luma (h, w) 0..1, with the hinted colours where they belong.

        At a hint the colour is the hinted one; from there the correction flows through its
        region, and stops at lines.
        """
        painted = chroma if paint_luma is None else np.concatenate([chroma, paint_luma[None]])
        told = self._planes if paint_luma is not None else self._planes[:, [0, 1, 3]]
        size = self._luma.shape[:0:-1]
        half = np.stack([cv2.resize(p, size, interpolation=cv2.INTER_AREA) for p in painted])
        bent = corrected(np, half[None], told, self._ground.scales)
        change = (bent - half[None])[0]
        whole = painted + doubled(change, self._luma[0], self._ground.guide)
        np.clip(whole[:2], -1, 1, out=whole[:2])
        return whole[:2], None if paint_luma is None else np.clip(whole[2], 0, 1)
