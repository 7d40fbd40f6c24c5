"""Hints whose colour can't be seen in greyscale mode: where the page is white or black."""

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.hints import HintSet
from colorstudio.core.recompose import share_in_gamut
from colorstudio.core.yuv import chroma_of, offsets_of

_LEAST_COLOUR = 0.1  # normalised chroma of a hint that is more than grey
_LEAST_SHARE = 0.25  # of it that has to be seen


def any_unseen(hints: HintSet, luma: NDArray[np.uint8]) -> bool:
    """Whether some hint has a colour of which a page of that luma (H, W) can hold nearly nothing.

    At white and at black RGB has room for no chroma.
    """
    height, width = luma.shape
    for hint in hints.hints:
        left, top = max(0, int(hint.x - hint.radius)), max(0, int(hint.y - hint.radius))
        right, bottom = int(hint.x + hint.radius) + 1, int(hint.y + hint.radius) + 1
        under = luma[top : min(bottom, height), left : min(right, width)]
        u, v = chroma_of(np.array([[hint.rgb]], np.float32) / np.float32(255))[0, 0]
        if not under.size or np.hypot(u, v) < _LEAST_COLOUR:
            continue
        light = np.full((1, 1), np.median(under) / 255, np.float32)
        offsets = offsets_of(np.full((1, 1), u), np.full((1, 1), v))
        if float(share_in_gamut(light, offsets)[0, 0]) < _LEAST_SHARE:
            return True
    return False
