"""From half a picture's resolution to the whole of it, along its luma.

Hints and smooth paint are worked out at half the working size (`core/hint_field.py`). A cell
there that a line crosses is neither ink nor paper, so what is spread over the paper does not
reach it; enlarged evenly, such cells would show on the paper on both sides of every line, as a
dark or pale rim. So each pixel reads, of the four cells next to it, those whose luma is its own.
"""

import itertools

import numpy as np
from numpy.typing import NDArray

Planes = NDArray[np.float32]

_SIGMA = 0.09  # of luma: how alike a cell must be to count, as in `core/guided.py`
_LEAST_WEIGHT = np.float32(1e-3)  # where no cell is alike all four count
_NEAR, _FAR = 0.75, 0.25  # the shares of bilinear interpolation, along each axis


def doubled(planes: Planes, halved: Planes, luma: Planes) -> Planes:
    """Planes (C, h, w) as large as a luma (H, W), 0..1, of which `halved` (h, w) is the half.

    h and w are half of H and W, rounded up.
    """
    height, width = halved.shape
    cells = np.pad(np.concatenate([planes, halved[None]]), ((0, 0), (1, 1), (1, 1)), mode="edge")
    odd = (0, 2 * height - luma.shape[0]), (0, 2 * width - luma.shape[1])
    whole = np.pad(luma, odd, mode="edge")
    out = np.empty((len(planes), *whole.shape), np.float32)
    for down, across in itertools.product((0, 1), repeat=2):
        own = np.ascontiguousarray(whole[down::2, across::2])
        total = np.zeros_like(own)
        sums = np.zeros_like(planes)
        for (top, high), (left, wide) in itertools.product(
            ((1, _NEAR), (2 * down, _FAR)), ((1, _NEAR), (2 * across, _FAR))
        ):
            four = cells[:, top : top + height, left : left + width]
            weight = np.exp((four[-1] - own) ** 2 * np.float32(-0.5 / _SIGMA**2)) + _LEAST_WEIGHT
            weight *= np.float32(high * wide)
            total += weight
            sums += four[:-1] * weight
        out[:, down::2, across::2] = sums / total
    return out[:, : luma.shape[0], : luma.shape[1]]
