"""Layers that were read from a file, laid on each other: for line layers and missing merges."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core.artwork import bands
from colorstudio.core.decoding import MAX_PIXELS
from colorstudio.core.failures import ColorStudioError, FailureKind, worded

MOST_LAYER_PIXELS: Final = 4 * MAX_PIXELS
"""Pixels of all layers together that are laid on each other: keeps time and patience bounded."""
MOST_DEPTH: Final = 64
"""Groups within groups that are looked into."""

LINE_NAMES: Final = frozenset(
    {"line", "lines", "lineart", "linework", "ink", "inks", "inked", "inking", "inkwork"}
    | {"outline", "outlines", "線画", "主線", "ペン入れ"}
)
"""Names, in lower case, of layers and groups that hold line art."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer of pixels: RGBA (h, w, 4), straight, its left upper corner on the canvas,
    opacity 0..1, and whether it multiplies what lies below."""

    rgba: NDArray[np.uint8]
    left: int
    top: int
    opacity: float = 1.0
    multiply: bool = False


def names_lines(name: str) -> bool:
    """True if a layer of that name holds line art: "Lines", "line art 2", "INK copy" …"""
    plain = re.sub(r"(\bcopy\b|[\d\W])+$", "", name.strip().casefold())
    return re.sub(r"[\s_-]+", "", plain) in LINE_NAMES


def stacked(layers: Iterable[Layer], size: tuple[int, int]) -> Image.Image:
    """Lay layers, the lowest first, on a clear canvas of (width, height): a Pillow "RGBA".

    Source-over and multiply as in W3C's Compositing and Blending Level 1. Layers are taken one
    by one, so a generator needs the memory of one. Raises ColorStudioError (TOO_LARGE).
    """
    width, height = size
    canvas = np.zeros((height, width, 4), np.uint8)
    budget = MOST_LAYER_PIXELS
    for layer in layers:
        budget -= layer.rgba.shape[0] * layer.rgba.shape[1]
        if budget < 0:
            raise too_many_layer_pixels()
        _lay(canvas, layer)
    return Image.fromarray(canvas)


def is_clear(picture: Image.Image) -> bool:
    """True for an "RGBA" in which nothing is to be seen: a layer made for lines, and left empty."""
    return bool(picture.getchannel("A").getextrema() == (0, 0))


def too_many_layer_pixels() -> ColorStudioError:
    """The failure of a file whose layers hold more than is laid on each other."""
    return ColorStudioError(
        FailureKind.TOO_LARGE,
        worded(
            "The layers hold more than {most:,} pixels together. Save the file with its "
            "merged picture, or with fewer layers.",
            most=MOST_LAYER_PIXELS,
        ),
    )


def _lay(canvas: NDArray[np.uint8], layer: Layer) -> None:
    """Lay one layer on the canvas, in place, where it lies on it."""
    height, width = canvas.shape[:2]
    tall, wide = layer.rgba.shape[:2]
    top, left = max(0, layer.top), max(0, layer.left)
    bottom, right = min(height, layer.top + tall), min(width, layer.left + wide)
    if bottom <= top or right <= left:
        return
    columns = slice(left - layer.left, right - layer.left)
    for rows in bands(bottom - top, right - left):
        below = canvas[top + rows.start : top + rows.stop, left:right]
        first = top - layer.top + rows.start
        above = layer.rgba[first : first + rows.stop - rows.start, columns]
        below[:] = _over(below, above, layer)


def _over(below: NDArray[np.uint8], above: NDArray[np.uint8], layer: Layer) -> NDArray[np.uint8]:
    under, over = below.astype(np.float32) / 255, above.astype(np.float32) / 255
    cover, held = over[..., 3:] * np.float32(layer.opacity), under[..., 3:]
    color = over[..., :3]
    if layer.multiply:
        color = (1 - held) * color + held * color * under[..., :3]
    whole = cover + held * (1 - cover)
    mixed = cover * color + held * (1 - cover) * under[..., :3]
    mixed /= np.maximum(whole, 1e-6)
    return np.rint(np.concatenate([mixed, whole], axis=2) * 255).astype(np.uint8)
