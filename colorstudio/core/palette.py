"""A palette as the generator sees it: how often which chroma occurs in a picture.

One function serves the program (numpy) and the training (torch): it uses only
arithmetic that both know, and takes the counting function as an argument.
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.yuv import chroma_of

BINS = 8
"""Steps along U and along V."""

PALETTE_SIZE = BINS * BINS + 1
"""BINS × BINS shares (their square roots) and a flag: 1 when a palette is given."""

_SAMPLE_SIDE = 256  # a palette needs no more detail than this


def chroma_bins(chroma: Any) -> Any:
    """Bin number 0..63, a float, of normalised chroma (..., 2).

    Colours crowd round grey, so the signed square root of U and V is divided evenly:
    small differences near grey fall into different bins.
    """
    signed_root = abs(chroma) ** 0.5 * ((chroma > 0) * 2.0 - 1.0)
    steps = ((signed_root + 1) * (BINS / 2)).clip(0, BINS - 1e-3) // 1
    return steps[..., 0] * BINS + steps[..., 1]


def palette_shares(bins: Any, bincount: Callable[..., Any] = np.bincount) -> Any:
    """Square roots of the shares (N, 64) of N pictures' bin numbers, whole numbers (N, K).

    `bincount` is numpy's or torch's: both count a flat array of whole numbers.
    """
    pictures, pixels = bins.shape
    slots = BINS * BINS
    own = [[slots * n] for n in range(pictures)]  # picture n counts into slots of its own
    flat = bins + bins.new_tensor(own) if hasattr(bins, "new_tensor") else bins + np.array(own)
    counts = bincount(flat.reshape(-1), minlength=slots * pictures)
    return (counts.reshape(pictures, slots) / pixels) ** 0.5


def palette_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The palette (PALETTE_SIZE,) of a finished picture, uint8 sRGB (H, W, 3)."""
    height, width = pixels.shape[:2]
    scale = _SAMPLE_SIDE / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        sample = cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST)
    else:
        sample = pixels
    return palette_of_colors(np.asarray(sample, np.uint8).reshape(-1, 3))


def palette_of_colors(colors: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The palette (PALETTE_SIZE,) of colours (K, 3), uint8 sRGB, all of them in equal shares."""
    chroma = chroma_of(colors.astype(np.float32) / 255)
    bins = chroma_bins(chroma).astype(np.int64).reshape(1, -1)
    return np.append(palette_shares(bins)[0], 1.0).astype(np.float32)
