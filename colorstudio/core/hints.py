"""Colour hints: dots with which an artist says "this colour here".

A hint set lies beside its picture as `<name>.hints.json`, in pixels of the upright picture:
`{"hints": [{"x": 120, "y": 80, "radius": 6, "color": "#d04030"}, …]}`. Beside them may lie
`"regions"`: what was corrected about the regions of line art, see `region_edits`.
"""

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.region_edits import MOST_EDITS, EditKind, RegionEdit, edit_from
from colorstudio.core.small_files import read_small
from colorstudio.core.yuv import chroma_of, luma_of

SUFFIX = ".hints.json"
MOST_HINTS = 10_000
MOST_BYTES = 4 << 20

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BUCKET_RADIUS = 6.0  # of the hint that a bucket gives to a generator
_SMALLEST_RADIUS = 0.75  # in plane pixels: the disc always covers the pixel it lies in


@dataclass(frozen=True, slots=True)
class Hint:
    """One dot: centre and radius in pixels of the upright picture, colour `#rrggbb`."""

    x: float
    y: float
    radius: float
    color: str

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The colour as red, green and blue, 0..255."""
        red, green, blue = bytes.fromhex(self.color[1:])
        return red, green, blue


@dataclass(frozen=True, slots=True)
class HintSet:
    """All hints of one picture, in the order they were placed: later ones lie on top.

    edits: what was corrected about its regions, in the order in which it was.
    """

    hints: tuple[Hint, ...] = ()
    edits: tuple[RegionEdit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hints or self.edits)

    def told(self) -> "HintSet":
        """The hints alone, with those that buckets give: what a generator is told."""
        buckets = (edit for edit in self.edits if edit.kind is EditKind.BUCKET)
        filled = (Hint(*edit.points[0], _BUCKET_RADIUS, edit.color) for edit in buckets)
        return HintSet((*self.hints, *filled))

    def to_json(self) -> str:
        rows = [{"x": h.x, "y": h.y, "radius": h.radius, "color": h.color} for h in self.hints]
        edits = [edit.to_row() for edit in self.edits]
        return json.dumps({"hints": rows} | ({"regions": edits} if edits else {}), indent=1)

    @classmethod
    def from_json(cls, text: str, *, name: str = "") -> "HintSet":
        """Read a hint set; ColorStudioError (BAD_HINTS) says which hint is wrong and why.

        name: of the file, for that sentence.
        """
        try:
            held = json.loads(text)
            edits = held.get("regions", [])
            rows = held.get("hints", []) if edits else held["hints"]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise _bad("It holds no list of hints.", name, error) from error
        return cls.from_rows(rows, edits, name=name)

    @classmethod
    def from_rows(cls, rows: Any, edits: Any = (), *, name: str = "") -> "HintSet":
        """Make a hint set of rows like those of a hint file, and of its "regions".

        Raises ColorStudioError (BAD_HINTS).
        """
        if not isinstance(rows, list) or len(rows) > MOST_HINTS:
            raise _bad(f"It needs a list of at most {MOST_HINTS} hints.", name)
        if not isinstance(edits, list | tuple) or len(edits) > MOST_EDITS:
            raise _bad(f"Its “regions” need a list of at most {MOST_EDITS} edits.", name)
        return cls(
            tuple(_hint_from(row, place, name) for place, row in enumerate(rows, start=1)),
            tuple(_edit_from(row, place, name) for place, row in enumerate(edits, start=1)),
        )


def hints_path(picture: Path) -> Path:
    """Where the hints of a picture lie: `page.png` has `page.hints.json` beside it."""
    return picture.with_name(picture.stem + SUFFIX)


def load_hints(path: Path) -> HintSet:
    """Read a hint file; raises ColorStudioError (BAD_HINTS, or what the disk says)."""
    raw = read_small(path, MOST_BYTES)
    if raw is None:
        raise _bad(f"It is larger than {MOST_BYTES >> 20} MB.", path.name)
    # "-sig": some editors put a mark at the start.
    return HintSet.from_json(raw.decode("utf-8-sig", errors="replace"), name=path.name)


def rasterise(xp: Any, centres: Any, radii: Any, chroma: Any, rows: Any, columns: Any) -> Any:
    """Paint discs of chroma onto planes: the one rasteriser of the program and the training.

    xp is numpy or torch, the others its arrays: centres (N, K, 2), x and y, and radii (N, K),
    negative for "no hint"; chroma (N, K, C), normalised U, V and whatever else each disc carries,
    such as a 1 for the mask; rows (H,) and columns (W,), the positions of the pixels. Gives
    planes (N, H, W, C), zeros where no hint lies; where discs overlap the later one shows.
    """
    across = (columns - centres[:, :, :1]) ** 2  # (N, K, W)
    down = (rows - centres[:, :, 1:]) ** 2  # (N, K, H)
    reach = xp.where(radii < 0, -1.0, radii**2)
    empty = down[:, 0, :, None] + across[:, 0, None, :]
    uppermost = xp.zeros_like(empty, dtype=xp.int64)  # number of the hint, from 1; 0: none
    for k in range(radii.shape[1]):
        distance = down[:, k, :, None] + across[:, k, None, :]
        uppermost = xp.where(distance <= reach[:, k, None, None], k + 1, uppermost)
    table = xp.concatenate([xp.zeros_like(chroma[:, :1]), chroma], 1)
    return table[xp.arange(len(radii))[:, None, None], uppermost]


def hint_planes(
    hints: HintSet, picture: tuple[int, int], plane: tuple[int, int]
) -> NDArray[np.float32]:
    """Hint planes (4, h, w): U, V normalised, luma 0..1 and a 0/1 mask, of size (h, w).

    picture is the (height, width) in whose pixels the hints are given. Hints outside it
    are ignored.
    """
    planes = np.zeros((4, *plane), np.float32)
    across, down = plane[1] / picture[1], plane[0] / picture[0]
    for hint in hints.hints:
        if not (0 <= hint.x <= picture[1] and 0 <= hint.y <= picture[0]):
            continue
        x, y = (hint.x + 0.5) * across - 0.5, (hint.y + 0.5) * down - 0.5
        # Never off the plane, and never between pixels: a dot of one pixel must land.
        x, y = min(max(x, 0), plane[1] - 1), min(max(y, 0), plane[0] - 1)
        radius = max(hint.radius * (across * down) ** 0.5, _SMALLEST_RADIUS)
        _stamp(planes, x, y, radius, hint)
    return planes


def _stamp(planes: NDArray[np.float32], x: float, y: float, radius: float, hint: Hint) -> None:
    """Rasterise one hint into the window of the planes that it can reach."""
    height, width = planes.shape[1:]
    left, right = max(0, math.floor(x - radius)), min(width, math.ceil(x + radius) + 1)
    top, bottom = max(0, math.floor(y - radius)), min(height, math.ceil(y + radius) + 1)
    rgb = np.array([[hint.rgb]], np.float32) / np.float32(255)
    marked = np.concatenate([chroma_of(rgb), luma_of(rgb)[..., None], np.ones((1, 1, 1))], axis=2)
    stamp = rasterise(
        np,
        np.array([[[x, y]]], np.float32),
        np.array([[radius]], np.float32),
        marked.astype(np.float32),
        np.arange(top, bottom),
        np.arange(left, right),
    )[0]
    covered = stamp[:, :, -1] > 0
    planes[:, top:bottom, left:right][:, covered] = stamp[covered].T


def _hint_from(row: Any, number: int, name: str) -> Hint:
    try:
        x, y, radius = (float(row[key]) for key in ("x", "y", "radius"))
        colour = row["color"]
        if not (math.isfinite(x) and math.isfinite(y) and 0 <= radius < 1e6):
            raise ValueError("x, y or radius is no sensible number")
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            raise ValueError("color is not of the form #rrggbb")
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        reason = f"Hint {number} needs x, y, radius and a color like #d04030."
        raise _bad(reason, name, error) from error
    return Hint(x, y, radius, colour.lower())


def _edit_from(row: Any, number: int, name: str) -> RegionEdit:
    try:
        return edit_from(row)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        reason = (
            f"Edit {number} of its “regions” needs a kind (bucket, merge, close, split), points, "
            "and, for a bucket, a color like #d04030."
        )
        raise _bad(reason, name, error) from error


def _bad(reason: str, name: str, error: Exception | None = None) -> ColorStudioError:
    which = f"hint file “{printable(name)}” is" if name else "list of hints is"
    sentence = f"The {which} not usable. {reason} Mend or remove it."
    return ColorStudioError(FailureKind.BAD_HINTS, sentence, str(error or ""))
