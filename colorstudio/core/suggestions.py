"""Colours for one spot of a picture: what it has there, what lies around, what its palette has."""

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.oklab import oklab_of

MOST = 8
_LIKE = 0.035  # OkLab: closer colours are the same to the eye
_AROUND = 0.12  # of the picture's longer side: how far neighbours count
_SAMPLES = 48  # along each side of what is looked at
_STEP = 16  # of 256: pixels are counted in cubes of that side
_LEAST_LIGHT = 0.22  # OkLab: darker than that are lines and shadows, nothing to paint with


def suggested_colors(
    picture: NDArray[np.uint8], spot: tuple[int, int], palette: NDArray[np.uint8] | None = None
) -> NDArray[np.uint8]:
    """Up to eight colours (K, 3), uint8 sRGB, for a spot (x, y) of a coloured picture (H, W, 3).

    First what is there now, then, with a palette (P, 3), its colours from the most alike on;
    without one the frequent colours around, and those of the whole picture, all plainly
    different from each other.
    """
    here = _middle(_window(picture, spot, 2))
    found = [here]
    if palette is not None and len(palette):
        away = np.linalg.norm(oklab_of(palette) - oklab_of(here), axis=1)
        found += list(palette[np.argsort(away, kind="stable")])
    else:
        reach = round(max(picture.shape[:2]) * _AROUND)
        found += list(_frequent(_window(picture, spot, reach)))
        found += list(_frequent(_window(picture, spot, max(picture.shape[:2]))))
    return _different(np.array(found, np.uint8))


def _window(picture: NDArray[np.uint8], spot: tuple[int, int], reach: int) -> NDArray[np.uint8]:
    """Pixels (N, 3) within reach of a spot, a few thousand at most."""
    (x, y), (height, width) = spot, picture.shape[:2]
    rows = slice(max(0, y - reach), min(height, y + reach + 1))
    columns = slice(max(0, x - reach), min(width, x + reach + 1))
    part = picture[rows, columns]
    step = max(1, -(-max(part.shape[:2]) // _SAMPLES))
    return part[::step, ::step].reshape(-1, 3)


def _middle(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pixel whose luma is in the middle: never a mixture of line and paint."""
    light = pixels.astype(np.int32).sum(axis=1)
    middle: NDArray[np.uint8] = pixels[np.argsort(light, kind="stable")[len(light) // 2]]
    return middle


def _frequent(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Mean colours (K, 3) of the fullest cubes of colour, the fullest first, lines left out."""
    keys = (pixels // _STEP).astype(np.int64) @ np.array([1 << 10, 1 << 5, 1])
    _, cubes, counts = np.unique(keys, return_inverse=True, return_counts=True)
    sums = [np.bincount(cubes.ravel(), pixels[:, channel]) for channel in range(3)]
    means = np.rint(np.stack(sums, axis=1) / counts[:, None]).astype(np.uint8)
    means = means[np.argsort(-counts, kind="stable")]
    return means[oklab_of(means)[:, 0] >= _LEAST_LIGHT]


def _different(colors: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The first of these (N, 3) that are plainly different from all before them."""
    lab = oklab_of(colors)
    kept: list[int] = []
    for number in range(len(colors)):
        if all(np.linalg.norm(lab[number] - lab[other]) >= _LIKE for other in kept):
            kept.append(number)
        if len(kept) == MOST:
            break
    return colors[kept]
