"""The hints of one picture at work: what the generator is told, and that its answer obeys."""

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.hints import HintSet, hint_planes
from colorstudio.core.spreading import EdgeAwareSmoother, corrected, spread_hints

Planes = NDArray[np.float32]


class HintField:
    """Hints on a picture's working-size luma. They are spread at half its resolution.

    Colour needs no finer grid, as in the generator, and a quarter of the pixels is a quarter
    of the time.
    """

    def __init__(self, hints: HintSet, picture: tuple[int, int], guide: Planes) -> None:
        """picture: (height, width) in whose pixels the hints are given; guide: luma (h, w)."""
        self._hints, self._picture, self._size = hints, picture, guide.shape
        height, width = ((side + 1) // 2 for side in guide.shape)
        half = cv2.resize(guide, (width, height), interpolation=cv2.INTER_AREA)
        self._luma = half.reshape(1, height, width)
        self._planes = hint_planes(hints, picture, (height, width))[None]

    @cached_property
    def _smoother(self) -> EdgeAwareSmoother:
        return EdgeAwareSmoother(np, self._luma)

    def dots(self) -> Planes:
        """U, V and a 0/1 mask (3, h, w): zeros where no hint lies."""
        return hint_planes(self._hints, self._picture, self._size)[[0, 1, 3]]

    def spread(self) -> Planes:
        """U, V and how sure they are, 0..1 (3, h, w): the hints spread over the picture."""
        values, confidence = spread_hints(
            np, self._luma, self._planes[:, [0, 1, 3]], self._smoother
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
        change = (corrected(np, half[None], told, self._smoother) - half)[0]
        size = self._size[::-1]
        bent = painted + [cv2.resize(p, size, interpolation=cv2.INTER_LINEAR) for p in change]
        np.clip(bent[:2], -1, 1, out=bent[:2])
        return bent[:2], None if paint_luma is None else np.clip(bent[2], 0, 1)
