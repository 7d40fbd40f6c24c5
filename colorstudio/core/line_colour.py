"""Lines in a colour of their own: sepia ink, a blue pencil, the coloured line art of a screen.

Most line art is black on white, perhaps on a tinted sheet, and its luma is all there is to it.
Where the ink has a colour the page is multiplied with the paint as it is, channel by channel,
once its paper is neutral; so the artist's brown line stays brown.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.coloured import is_coloured
from colorstudio.core.encoding import flattened
from colorstudio.core.ink import paper_level
from colorstudio.core.mode import WHITE, sample_step

_LEAST_COLOUR = 24  # of 255: the range of the channels of ink, in the mean; scans of black have 12


def lines_in_colour(
    artwork: Artwork, on_white: NDArray[np.uint8], *, over_white: bool
) -> NDArray[np.uint8] | None:
    """Dark lines as RGB (H, W, 3) to be multiplied; None where their luma (H, W) is all.

    on_white: the artwork's `luma_on_white`. over_white: its transparency becomes white paper;
    else it is kept, and the pixels are given as they are under it. Pictures that have colours
    already have no lines of their own: they are to be coloured anew.
    """
    if artwork.pixels.ndim == 2:
        return None
    pixels = artwork.pixels
    if artwork.alpha is not None and over_white:
        pixels = flattened(pixels, artwork.alpha)
    step = sample_step(on_white)
    sample = pixels[::step, ::step]
    tables = _to_neutral(sample)
    ink = sample[on_white[::step, ::step] < WHITE]
    if not len(ink):
        return None
    neutral = np.stack([table[ink[:, c]] for c, table in enumerate(tables)], axis=1)
    if float(np.ptp(neutral, axis=1).mean()) < _LEAST_COLOUR or is_coloured(artwork):
        return None
    return np.asarray(cv2.LUT(pixels, np.stack(tables, axis=1)[None]), np.uint8)


def _to_neutral(pixels: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """For each channel the table (256,) after which the paper is as light as before, and grey."""
    papers = [paper_level(np.ascontiguousarray(pixels[..., c])) for c in range(3)]
    light = 0.299 * papers[0] + 0.587 * papers[1] + 0.114 * papers[2]
    levels = np.arange(256)
    return [
        np.minimum(np.rint(levels * (light / max(1, paper))), 255).astype(np.uint8)
        for paper in papers
    ]
