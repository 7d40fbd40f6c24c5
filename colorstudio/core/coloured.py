"""Has a picture been coloured already? Tints of paper, ink and old scans are no colours.

The chroma of a tinted grey page follows its luma and changes slowly over the page: both are
fitted, and what they can't explain is colour. On 111 pictures (picture
books, comics, sketches, emoji) 96 % are recognised, and of the same pictures made grey and
tinted again (yellowed edges, coloured ink, noise, JPEG) none is taken for a coloured one. What
is missed is pale, or of one colour on white.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.encoding import flattened
from colorstudio.core.failures import worded
from colorstudio.core.yuv import chroma_of, luma_of

ALREADY_COLOURED = worded(
    "It has colours already, so it was left as it is. Give it hints or choose a mode to have it "
    "coloured anew."
)
"""Why a picture was skipped."""

MOST_TINT = 0.015
"""Share of pixels with unexplained chroma up to which a picture counts as grey or tinted."""

_SIDE = 128  # pixels: averages away screentone and noise
_AREA = np.ones((3, 3), np.uint8)  # smaller than that is a coloured line, not a colour
_CHROMA = 0.08  # normalised: unexplained chroma that is plainly seen
_ROUNDS, _SOFTNESS = 5, 0.03  # of the fit, which large deviations shall not pull


def is_coloured(artwork: Artwork) -> bool:
    """True if a picture has colours that no tint explains."""
    return unexplained_share(artwork) >= MOST_TINT


def unexplained_share(artwork: Artwork) -> float:
    """The share 0..1 of a picture whose chroma neither its luma nor its place explains."""
    if artwork.pixels.ndim == 2:
        return 0.0
    small = _small(artwork)
    chroma = chroma_of(small).reshape(-1, 2).astype(np.float64)
    terms = _terms(luma_of(small))
    weight = np.ones(len(chroma))
    left = np.hypot(*chroma.T)
    for _ in range(_ROUNDS):  # least squares, far ones weighed less and less (Geman-McClure)
        weighed = terms * weight[:, None]
        normal = weighed.T @ terms + 1e-3 * np.eye(terms.shape[1])
        fitted = terms @ np.linalg.solve(normal, weighed.T @ chroma)
        left = np.hypot(*(chroma - fitted).T)
        weight = 1 / (1 + (left / _SOFTNESS) ** 2)
    plain = (left > _CHROMA).astype(np.uint8).reshape(small.shape[:2])
    return float(cv2.morphologyEx(plain, cv2.MORPH_OPEN, _AREA).mean())


def _small(artwork: Artwork) -> NDArray[np.float32]:
    """The picture on white, RGB 0..1, its longer side at most 128 pixels."""
    scale = min(1.0, _SIDE / max(artwork.height, artwork.width))
    size = max(1, round(artwork.width * scale)), max(1, round(artwork.height * scale))
    pixels = cv2.resize(artwork.pixels, size, interpolation=cv2.INTER_AREA)
    if artwork.alpha is not None:
        alpha = np.asarray(cv2.resize(artwork.alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
        pixels = flattened(np.asarray(pixels, np.uint8).reshape(*alpha.shape, 3), alpha)
    return pixels.reshape(size[1], size[0], 3).astype(np.float32) / np.float32(255)


def _terms(luma: NDArray[np.float32]) -> NDArray[np.float64]:
    """Products (N, 18) of 1, Y, Y² and of 1, x, y, x², y², xy for luma (h, w)."""
    height, width = luma.shape
    y, x = np.mgrid[0:height, 0:width] / max(height, width) - 0.5
    places = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=-1).reshape(-1, 6)
    tone = luma.ravel().astype(np.float64)
    tones = np.stack([np.ones_like(tone), tone, tone * tone], axis=1)
    return (places[:, :, None] * tones[:, None, :]).reshape(len(tone), -1)
