"""Writing layers into files that paint programs open: PSD and OpenRaster."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import bands
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.writing import new_file

LAYERED_SUFFIXES: Final = frozenset({".psd", ".psb", ".ora"})
"""Suffixes, in lower case, of files that hold layers."""


class Blend(StrEnum):
    """How a layer lies on those below it."""

    NORMAL = "normal"
    MULTIPLY = "multiply"
    COLOR = "color"


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One layer as it is written: pixels (H, W) or (H, W, 3), alpha (H, W) or None: opaque."""

    name: str
    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    blend: Blend = Blend.NORMAL
    visible: bool = True


def write_layers(target: Path, layers: Layers) -> None:
    """Write layers atomically as PSD, PSB or OpenRaster, as the target's suffix says.

    The folder must exist. Raises only ColorStudioError, after which nothing is left.
    """
    with new_file(target) as file:
        # Each format's library is needed by those only who write it.
        suffix = target.suffix.lower()
        if suffix in (".psd", ".psb"):
            from colorstudio.core.psd import write_psd

            write_psd(file, sheets_of(layers), layers.merged, large=suffix == ".psb")
        elif suffix == ".ora":
            from colorstudio.core.openraster import write_openraster

            write_openraster(file, sheets_of(layers), layers.merged)
        else:
            raise ColorStudioError(
                FailureKind.USAGE,
                f"“{printable(target.name)}” names no format with layers. Choose PSD or ORA.",
            )


def sheets_of(layers: Layers) -> list[Sheet]:
    """The layers as they lie on each other, the lowest first."""
    alpha = layers.merged.alpha
    if layers.mode is Mode.GREYSCALE or layers.flats is None:
        page = Sheet("Page", layers.lines, layers.lines_alpha)
        return [page, Sheet("Colour", layers.color, alpha, Blend.COLOR)]
    only_flats = layers.flat >= 1
    return [
        Sheet("Flats", layers.flats, alpha, visible=only_flats),
        Sheet("Colour", layers.color, alpha, visible=not only_flats),
        _lines(layers),
    ]


def _lines(layers: Layers) -> Sheet:
    if layers.ink is not Ink.WHITE_ON_BLACK:
        return Sheet("Lines", layers.lines, layers.lines_alpha, Blend.MULTIPLY)
    # White ink covers as far as it is white, and black paper is what shows the paint.
    cover = layers.lines
    if layers.lines_alpha is not None:
        cover = _product(cover, layers.lines_alpha)
    return Sheet("Lines", np.full_like(layers.lines, 255), cover)


def _product(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The product of two planes (H, W) of shares, 255 standing for 1."""
    out = np.empty_like(first)
    for rows in bands(*first.shape):
        out[rows] = (first[rows].astype(np.uint16) * second[rows] + 127) // 255
    return out
