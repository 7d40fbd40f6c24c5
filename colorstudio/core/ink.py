"""Where the ink lies: lines told from paper, whatever their colour, softness and ground.

Paper may be tinted and lines may be grey, coloured or anti-aliased. Darkness is measured
from the paper's own colour in the channel that shows it most: yellow lines have the luma of
paper, but no blue.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork, bands
from colorstudio.core.encoding import flattened
from colorstudio.core.mode import Ink

_INK_SHARE = 0.3
"""A pixel is ink from this share of the usual ink's darkness on: the softest rims stay paper."""
_FAINTEST, _DEEPEST = 12, 96  # limits of the threshold: JPEG noise below, grey lines above
_LIGHTEST_PAPER_SHARE = 0.02  # lighter pixels than the paper's peak are highlights, not paper


def darkness(artwork: Artwork, on_white: NDArray[np.uint8], ink: Ink) -> NDArray[np.uint8]:
    """How much darker than paper each pixel is, (H, W), 0 paper … 255 black on white.

    on_white: the artwork's `luma_on_white`. White ink on black paper gives the same as black
    ink on white.
    """
    if artwork.pixels.ndim == 2:
        plane = 255 - on_white if ink is Ink.WHITE_ON_BLACK else on_white
        return _below(paper_level(plane), plane)
    pixels = artwork.pixels
    if artwork.alpha is not None:
        pixels = flattened(pixels, artwork.alpha)
    return _darkest_channel(255 - pixels if ink is Ink.WHITE_ON_BLACK else pixels)


def _darkest_channel(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    papers = [paper_level(pixels[..., channel]) for channel in range(3)]
    height, width = pixels.shape[:2]
    out = np.empty((height, width), np.uint8)
    for rows in bands(height, width):
        band = out[rows]
        band[:] = 0
        for channel, paper in enumerate(papers):
            plane = np.ascontiguousarray(pixels[rows, :, channel])
            np.maximum(band, _below(paper, plane), out=band)
    return out


def _below(paper: int, plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    level = np.uint8(paper)
    return level - np.minimum(plane, level)


def paper_level(plane: NDArray[np.uint8]) -> int:
    """The value of the paper: the most frequent one of the lighter half of the values."""
    counts = np.bincount(np.ascontiguousarray(plane[::4]).ravel(), minlength=256)
    lightest = np.flatnonzero(np.cumsum(counts[::-1]) >= _LIGHTEST_PAPER_SHARE * counts.sum())
    top = 255 - int(lightest[0]) if lightest.size else 255
    return top // 2 + int(np.argmax(counts[top // 2 : top + 1]))


def ink_mask(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Tell ink (255) from paper (0) by `darkness` (H, W)."""
    return np.where(dark > ink_threshold(dark), np.uint8(255), np.uint8(0))


def ink_threshold(dark: NDArray[np.uint8]) -> int:
    """The darkness above which a pixel is ink: a share of the mean of all that is no paper.

    "No paper" is parted from paper by Otsu's method (1979), so pale pencil gets a low
    threshold and black ink a high one.
    """
    sample = np.ascontiguousarray(dark[::2, ::2] if min(dark.shape) > 512 else dark)
    parted, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    inked = sample[sample > parted]
    usual = float(inked.mean()) if inked.size else 0.0
    return int(np.clip(_INK_SHARE * usual, _FAINTEST, _DEEPEST))
