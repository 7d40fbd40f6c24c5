"""YUV after BT.601, as the analogue colour signal defines it (ITU-R BT.601-7; the same
numbers as scikit-image's `rgb2yuv`).

One formula serves the program and the training: every function below uses only
arithmetic and indexing of the last axis, so numpy arrays and torch tensors both pass.
RGB is sRGB as stored (gamma-encoded) in 0..1, luma Y in 0..1, chroma U in ±U_MAX and
V in ±V_MAX; "normalised" chroma is divided by those and lies in −1..1.
"""

from typing import Any

import numpy as np

RED, GREEN, BLUE = 0.299, 0.587, 0.114
"""How much each channel adds to luma."""

U_MAX = 0.43601035
V_MAX = 0.61497538

U_PER_BLUE_DIFFERENCE = U_MAX / (1 - BLUE)
V_PER_RED_DIFFERENCE = V_MAX / (1 - RED)

RED_PER_V = 1 / V_PER_RED_DIFFERENCE
BLUE_PER_U = 1 / U_PER_BLUE_DIFFERENCE
GREEN_PER_U = -BLUE * BLUE_PER_U / GREEN
GREEN_PER_V = -RED * RED_PER_V / GREEN
"""The inverse, derived: R − Y and B − Y follow from V and U, G − Y from luma's own sum."""

YUV_FROM_RGB = np.array(
    [
        [RED, GREEN, BLUE],
        [
            -RED * U_PER_BLUE_DIFFERENCE,
            -GREEN * U_PER_BLUE_DIFFERENCE,
            (1 - BLUE) * U_PER_BLUE_DIFFERENCE,
        ],
        [
            (1 - RED) * V_PER_RED_DIFFERENCE,
            -GREEN * V_PER_RED_DIFFERENCE,
            -BLUE * V_PER_RED_DIFFERENCE,
        ],
    ]
)
RGB_FROM_YUV = np.array(
    [[1.0, 0.0, RED_PER_V], [1.0, GREEN_PER_U, GREEN_PER_V], [1.0, BLUE_PER_U, 0.0]]
)


def luma_of(rgb: Any) -> Any:
    """Luma Y of RGB (..., 3), without the last axis."""
    return rgb[..., 0] * RED + rgb[..., 1] * GREEN + rgb[..., 2] * BLUE


def chroma_of(rgb: Any) -> Any:
    """Normalised chroma (..., 2), U and V in −1..1, of RGB (..., 3)."""
    luma = luma_of(rgb)
    chroma = rgb[..., [2, 0]]  # a copy: blue stands where U goes, red where V goes
    chroma[..., 0] = (chroma[..., 0] - luma) / (1 - BLUE)
    chroma[..., 1] = (chroma[..., 1] - luma) / (1 - RED)
    return chroma


def offsets_of(u: Any, v: Any) -> tuple[Any, Any, Any]:
    """R − Y, G − Y and B − Y of normalised U and V, arrays or tensors of one shape."""
    red = v * (V_MAX * RED_PER_V)
    blue = u * (U_MAX * BLUE_PER_U)
    green = (red * RED + blue * BLUE) * (-1 / GREEN)
    return red, green, blue
