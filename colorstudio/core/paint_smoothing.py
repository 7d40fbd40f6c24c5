"""Paint on line art, smoothed within what lines enclose.

From bare lines the generator can only guess, and a guess wavers: an empty sky comes out in
blots. Between two lines artists lay an even coat or a soft gradient, so the paint is smoothed
along the picture, and stops at its lines, as hints are spread (`core/spreading.py`).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.spreading import EdgeAwareSmoother

Planes = NDArray[np.float32]

_SMOOTHNESS = 1e3  # of the least squares: some thirty pixels; a wide sky keeps half its gradient
_INK_COUNTS = 0.02  # what the generator painted under ink is as good as nothing


def smoothed_paint(paint: Planes, lines: Planes) -> Planes:
    """Paint (C, h, w) smoothed between the lines of luma (h, w), 0 ink … 1 paper.

    At half the resolution, as hints are spread. The answer never leaves the range of the paint.
    """
    height, width = lines.shape
    half_size = ((width + 1) // 2, (height + 1) // 2)
    half = np.stack([cv2.resize(p, half_size, interpolation=cv2.INTER_AREA) for p in paint])
    luma = cv2.resize(lines, half_size, interpolation=cv2.INTER_AREA)
    luma = luma.reshape(1, 1, half_size[1], half_size[0])
    weight = _INK_COUNTS + luma**2
    smooth = EdgeAwareSmoother(np, luma[0], _SMOOTHNESS)
    both = smooth(np.concatenate([half[None] * weight, weight], axis=1))[0]
    even = (both[:-1] / both[-1:]).astype(np.float32)
    return np.stack([cv2.resize(p, (width, height), interpolation=cv2.INTER_LINEAR) for p in even])
