"""The artwork: one upright 8-bit picture with everything that must survive colouring."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Whole-page float arrays would need gigabytes at 600 dpi, so pages are worked on in bands.
_BAND_PIXELS = 1 << 20


def bands(height: int, width: int) -> Iterator[slice]:
    """Cut `height` rows into slices of about a million pixels each, from top to bottom."""
    rows = max(1, _BAND_PIXELS // max(1, width))
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def as_rgb(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Give grey (H, W) pixels as RGB (H, W, 3); RGB pixels pass through."""
    return np.repeat(pixels[:, :, None], 3, axis=2) if pixels.ndim == 2 else pixels


@dataclass(frozen=True, slots=True)
class Artwork:
    """A picture in memory, upright, in sRGB, 8 bits a channel.

    pixels: (H, W) grey or (H, W, 3) RGB, uint8, straight (not multiplied by alpha).
    alpha: (H, W) uint8, 255 opaque; None where the source has no transparency.
    format: Pillow's name of the source's format, such as "PNG".
    dpi: horizontal and vertical dots per inch, where the source says so.
    frames: how many pages or frames the source holds; `pixels` are the first.
    warnings: sentences about what was repaired or left out while reading.
    jpeg_luma_table: the 64 steps (row by row) by which a JPEG source rounded its luma; only
        where `pixels` still lie on the source's grid of 8 x 8 blocks.
    profile: the ICC profile of an RGB source that was not sRGB, for documents that keep it.
    """

    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None
    format: str = "PNG"
    dpi: tuple[float, float] | None = None
    frames: int = 1
    warnings: tuple[str, ...] = ()
    jpeg_luma_table: tuple[int, ...] | None = None
    profile: bytes | None = None

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Pixels in a row."""
        return int(self.pixels.shape[1])

    def luma8(self) -> NDArray[np.uint8]:
        """Give the BT.601 luma as (H, W) uint8, rounded to nearest; grey pixels pass through."""
        if self.pixels.ndim == 2:
            return self.pixels
        luma = np.empty(self.pixels.shape[:2], np.uint8)
        for rows in bands(self.height, self.width):
            red, green, blue = np.moveaxis(self.pixels[rows].astype(np.uint32), -1, 0)
            luma[rows] = (299 * red + 587 * green + 114 * blue + 500) // 1000
        return luma
