"""What is asked for one picture, and what comes back."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.hints import HintSet
from colorstudio.core.mode import Mode


@dataclass(frozen=True, slots=True, eq=False)
class ColorRequest:
    """How one picture is to be coloured.

    mode None: read off the picture. palette (PALETTE_SIZE,) from `palette_of`, or None.
    """

    mode: Mode | None = None
    hints: HintSet = field(default_factory=HintSet)
    palette: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Colored:
    """A coloured picture and how it came about.

    changed_luma counts pixels whose luma moved by more than 1/255, checked on the finished
    pixels; None in line-art mode, where paint changes the luma of paper by design.
    """

    artwork: Artwork
    mode: Mode
    provider: str
    changed_luma: int | None
