"""What is asked for one picture, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind, worded
from colorstudio.core.flats import Flats
from colorstudio.core.hints import HintSet
from colorstudio.core.layers import Layers
from colorstudio.core.leaks import LeakReading
from colorstudio.core.mode import Mode


@dataclass(frozen=True, slots=True, eq=False)
class ColorRequest:
    """How one picture is to be coloured.

    mode None: read off the picture. palette (PALETTE_SIZE,) from `palette_of`, or None.
    flat: 0 painted … 1 one colour a region, in line-art mode. only (K, 3): uint8 sRGB, the
    only colours that flats may have. layers: whether layers are wanted beside the picture.
    keep_text: whether speech bubbles and captions of line art stay white.
    colored_lines: whether lines take a darker tone of what lies beside them. split_flats:
    whether layered files get one layer for each colour of the flats; names: of such colours.
    leaks: whether leaks of line art are looked for. skip_coloured: whether a batch leaves
    pictures out that have colours already. parts: whether regions are given back where they
    were needed anyway.
    """

    mode: Mode | None = None
    hints: HintSet = field(default_factory=HintSet)
    palette: NDArray[np.float32] | None = None
    flat: float = 0.0
    only: NDArray[np.uint8] | None = None
    layers: bool = False
    keep_text: bool = True
    colored_lines: bool = False
    split_flats: bool = False
    names: Mapping[tuple[int, int, int], str] = field(default_factory=dict)
    leaks: bool = False
    skip_coloured: bool = False
    parts: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Colored:
    """A coloured picture and how it came about.

    changed_luma counts pixels whose luma moved by more than 1/255, checked on the finished
    pixels; None in line-art mode, where paint changes the luma of paper by design.
    changed_lines counts line pixels that became fainter, in line-art mode only; None where
    lines were to be coloured. layers, leaks: where they were asked for. whitened: line art's
    paper was not white and has been made so first.
    """

    artwork: Artwork
    mode: Mode
    provider: str
    changed_luma: int | None
    layers: Layers | None = None
    changed_lines: int | None = None
    leaks: LeakReading | None = None
    parts: Flats | None = None
    whitened: bool = False


def checked_flat(amount: float) -> float:
    """Give the flat amount back if it lies in 0..1. Raises ColorStudioError (USAGE) if not."""
    if 0 <= amount <= 1:
        return float(amount)
    sentence = worded(
        "{amount:g} is no amount of flats. Choose one from 0 (painted) to 1 (flat).", amount=amount
    )
    raise ColorStudioError(FailureKind.USAGE, sentence)
