"""A coloured picture taken apart: lines, colour and flats, each as wide as the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.flats import Flats
from colorstudio.core.leaks import LeakReading
from colorstudio.core.mode import Ink, Mode

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """The layers of one picture, all (H, W) or (H, W, 3), uint8 sRGB, straight.

    mode, ink: how the picture was read. merged: the finished picture, as all other formats
    get it. lines: the untouched page, in line-art mode its lines (luma, dark ink to be
    multiplied, white ink to be laid on by as much as it is white), in greyscale mode the page.
    lines_alpha: the lines' own transparency, where the source had one. color: the paint
    under the lines, mixed with the flats as was asked for (at 1 the plain paint); in greyscale
    mode the coloured page. flats: one colour a region, None in greyscale mode. flat: the mix,
    0 painted … 1 flats only. parts: the regions behind the flats; leaks: where they leak, if
    that was asked for. split: whether files get one layer for each colour of the flats, called
    as in names, else by its value.
    """

    mode: Mode
    ink: Ink
    merged: Artwork
    lines: Pixels
    lines_alpha: Pixels | None
    color: Pixels
    flats: Pixels | None = None
    flat: float = 0.0
    parts: Flats | None = None
    leaks: LeakReading | None = None
    split: bool = False
    names: Mapping[tuple[int, int, int], str] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the page and of every layer."""
        return self.merged.width, self.merged.height
