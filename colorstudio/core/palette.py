"""A palette as the generator sees it: which chroma occurs in a picture, and at which tones.

A histogram of chroma tells which colours there are; the tone curve, the mean chroma at each
of sixteen steps of luma, tells where they go: the dark is blue, the light is cream. One
function serves the program (numpy) and the training (torch): `xp` is either module.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.tents import tents
from colorstudio.core.yuv import chroma_of, luma_of

BINS = 8
"""Steps of the histogram along U and along V."""

TONES = 16
"""Steps of luma in the tone curve."""

PALETTE_SIZE = BINS * BINS + 3 * TONES + 1
"""BINS × BINS shares of chroma (their square roots), then U, V and the share (its square root)
of each tone, then a flag: 1 when a palette is given."""

_SAMPLE_SIDE = 256  # a palette needs no more detail than this


def chroma_bins(chroma: Any) -> Any:
    """Bin number 0..63, a float, of normalised chroma (..., 2).

    Colours crowd round grey, so the signed square root of U and V is divided evenly:
    small differences near grey fall into different bins.
    """
    signed_root = abs(chroma) ** 0.5 * ((chroma > 0) * 2.0 - 1.0)
    steps = ((signed_root + 1) * (BINS / 2)).clip(0, BINS - 1e-3) // 1
    return steps[..., 0] * BINS + steps[..., 1]


def palettes(xp: Any, luma: Any, chroma: Any) -> Any:
    """The palettes (N, PALETTE_SIZE) of N pictures of K pixels, float32.

    luma (N, K) in 0..1, chroma (N, K, 2) normalised.
    """
    shares = chroma_shares(xp, chroma)
    belongs = tents(xp, luma * (TONES - 1), TONES)  # (N, K, TONES)
    weight = belongs.sum(1)
    curve = xp.einsum("nkt,nkc->ntc", belongs, chroma) / weight.clip(1e-6, None)[..., None]
    tones = xp.concatenate([curve, ((weight / luma.shape[1]) ** 0.5)[..., None]], -1)
    given = xp.ones_like(weight[:, :1])
    return xp.concatenate([shares, tones.reshape(len(luma), -1), given], 1)


def chroma_shares(xp: Any, chroma: Any) -> Any:
    """The histogram alone, (N, 64) square roots of shares, of N pictures' chroma (N, K, 2)."""
    bins = chroma_bins(chroma)
    pictures, pixels = bins.shape
    slots = BINS * BINS
    first = xp.arange(pictures, device=bins.device)[:, None] * slots  # picture n has its own
    flat = xp.asarray(bins + first, dtype=xp.int64).reshape(-1)
    counts = xp.bincount(flat, minlength=slots * pictures)
    return xp.asarray((counts.reshape(pictures, slots) / pixels) ** 0.5, dtype=xp.float32)


def masses_of(xp: Any, palettes: Any) -> Any:
    """Palettes (K, P) as numbers (K, P) that add up: weighted means of these are what
    `palettes_of_masses` makes palettes of, as if the pixels of the pictures lay together.
    """
    slots = BINS * BINS
    curve = palettes[:, slots:-1].reshape(-1, TONES, 3)
    weight = curve[..., 2:] ** 2
    tones = xp.concatenate([curve[..., :2] * weight, weight], -1).reshape(len(palettes), -1)
    return xp.concatenate([palettes[:, :slots] ** 2, tones, palettes[:, -1:]], 1)


def palettes_of_masses(xp: Any, masses: Any) -> Any:
    """Palettes (N, P) of mixtures of pictures; of zeros, no palette: zeros."""
    slots = BINS * BINS
    curve = masses[:, slots:-1].reshape(-1, TONES, 3)
    weight = curve[..., 2:]
    tones = xp.concatenate([curve[..., :2] / weight.clip(1e-9, None), weight**0.5], -1)
    tones = tones.reshape(len(masses), -1)
    return xp.concatenate([masses[:, :slots] ** 0.5, tones, masses[:, -1:]], 1)


def palette_of(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The palette (PALETTE_SIZE,) of a finished picture, uint8 sRGB (H, W, 3)."""
    height, width = pixels.shape[:2]
    scale = _SAMPLE_SIDE / max(height, width)
    sample: NDArray[Any] = pixels
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        sample = cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST)
    return palette_of_colors(np.asarray(sample, np.uint8).reshape(-1, 3))


def palette_of_colors(colors: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The palette (PALETTE_SIZE,) of colours (K, 3), uint8 sRGB, all of them in equal shares."""
    rgb = colors[None].astype(np.float32) / np.float32(255)
    palette: NDArray[np.float32] = palettes(np, luma_of(rgb), chroma_of(rgb))[0]
    return palette
