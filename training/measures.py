"""How near a picture comes to the truth: PSNR, CIEDE2000 and colourfulness.

Pictures are uint8 sRGB (H, W, 3); `judged` (H, W) says which pixels count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000, rgb2lab

from colorstudio.core.artwork import as_rgb

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

BEST_PSNR = 60.0
"""dB given to an exact copy, whose PSNR would be infinite and would swallow any mean."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """One picture against its truth, or the mean over several pictures.

    psnr: of RGB, dB. ciede2000: mean difference over the pixels; 1 is just visible. The
    colourfulness of both, 0 for grey and about 100 for the most vivid pictures.
    """

    psnr: float
    ciede2000: float
    colourfulness: float
    true_colourfulness: float

    @property
    def colourfulness_ratio(self) -> float:
        """1 where the colours are as vivid as the true ones."""
        return self.colourfulness / max(self.true_colourfulness, 1e-9)


class Truth:
    """A picture that others are compared with on the judged pixels; converted to Lab once."""

    def __init__(self, pixels: Pixels, judged: Mask) -> None:
        self._judged = judged
        self._rgb = pixels[judged]
        self._lab = rgb2lab(self._rgb)
        self._colourfulness = colourfulness(self._rgb)

    def closeness(self, painted: Pixels) -> Closeness:
        """How near a painted picture (H, W, 3), or a grey one (H, W), comes."""
        rgb = as_rgb(painted)[self._judged]
        return Closeness(
            psnr(rgb, self._rgb),
            float(deltaE_ciede2000(self._lab, rgb2lab(rgb)).mean()),
            colourfulness(rgb),
            self._colourfulness,
        )


def psnr(painted: Pixels, truth: Pixels) -> float:
    """PSNR of RGB in dB, over all values; at most BEST_PSNR."""
    error = float(np.mean((painted.astype(np.float32) - truth.astype(np.float32)) ** 2))
    return float(min(BEST_PSNR, 10 * np.log10(255**2 / max(error, 1e-9))))


def colourfulness(rgb: Pixels) -> float:
    """Hasler & Süsstrunk, "Measuring colourfulness in natural images" (2003), of (..., 3)."""
    red, green, blue = np.moveaxis(rgb.astype(np.float32), -1, 0)
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = np.hypot(red_green.std(), yellow_blue.std())
    return float(spread + 0.3 * np.hypot(red_green.mean(), yellow_blue.mean()))


def mean(rows: Sequence[Closeness]) -> Closeness:
    """The mean of each figure; of colourfulness too, since ratios of pale pictures explode."""
    table = [(r.psnr, r.ciede2000, r.colourfulness, r.true_colourfulness) for r in rows]
    return Closeness(*(float(value) for value in np.mean(table, axis=0)))
