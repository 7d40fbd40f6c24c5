"""OkLab (Ottosson 2020), where distances are about as large as differences look.

L is 0 black … 1 white; a and b lie within ±0.4; a distance of 0.02 is just visible side by side.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_LMS_FROM_LINEAR = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_OKLAB_FROM_ROOTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LINEAR_FROM_LMS = np.linalg.inv(_LMS_FROM_LINEAR)
_ROOTS_FROM_OKLAB = np.linalg.inv(_OKLAB_FROM_ROOTS)

_STORED = np.arange(256) / 255
# IEC 61966-2-1: what the bytes of sRGB mean as light.
_LIGHT = np.where(_STORED <= 0.04045, _STORED / 12.92, ((_STORED + 0.055) / 1.055) ** 2.4)


def oklab_of(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """OkLab (..., 3) of sRGB bytes (..., 3), exact to a millionth.

    OpenCV's arithmetic takes a tenth of the time of numpy's products with 3 × 3 matrices.
    """
    if not rgb.size:
        return np.empty(rgb.shape)
    light = _LIGHT.astype(np.float32)[rgb].reshape(-1, 1, 3)
    roots = cv2.pow(cv2.transform(light, _LMS_FROM_LINEAR), 1 / 3)
    return np.asarray(cv2.transform(roots, _OKLAB_FROM_ROOTS), np.float64).reshape(rgb.shape)


def rgb_of(oklab: NDArray[np.float64]) -> NDArray[np.uint8]:
    """sRGB bytes (..., 3) of OkLab (..., 3); what sRGB can't show is clipped."""
    light = (oklab @ _ROOTS_FROM_OKLAB.T) ** 3 @ _LINEAR_FROM_LMS.T
    return np.rint(stored_of_light(np.clip(light, 0, 1)) * 255).astype(np.uint8)


def stored_of_light(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """sRGB as stored, 0..1, of linear light 0..1 (IEC 61966-2-1)."""
    curve = 1.055 * light ** (1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, curve)


def nearest(colors: NDArray[np.uint8], palette: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Which palette colour (K, 3) looks most like each of the colours (N, 3): (N,) numbers."""
    mine, theirs = oklab_of(colors), oklab_of(palette)
    best = np.zeros(len(mine), np.intp)
    least = np.full(len(mine), np.inf)
    for number, color in enumerate(theirs):  # (N, K, 3) floats would be large
        distance = ((mine - color) ** 2).sum(axis=1)
        closer = distance < least
        best[closer], least[closer] = number, distance[closer]
    return best
