"""Colour hints: dots with which an artist says "this colour here".

A hint set lies beside its picture as `<name>.hints.json`, in pixels of the upright picture:
`{"hints": [{"x": 120, "y": 80, "radius": 6, "color": "#d04030"}, …]}`. Dots painted in one
stroke may share a number, `"stroke": 3`: a window moves them together, colouring ignores it.
Beside them may lie `"regions"`: what was corrected about the regions of line art, see
`region_edits`.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colorstudio.core.books import split_page
from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.region_edits import HEX_COLOR, MOST_EDITS, EditKind, RegionEdit, edit_from
from colorstudio.core.small_files import read_small

SUFFIX = ".hints.json"
FOLDER_SUFFIX = ".hints"  # of the folder beside a book
MOST_HINTS = 10_000
MOST_BYTES = 4 << 20

_BUCKET_RADIUS = 6.0  # of the hint that a bucket gives to a generator


@dataclass(frozen=True, slots=True)
class Hint:
    """One dot: centre and radius in pixels of the upright picture, colour `#rrggbb`.

    stroke: the number that the dots of one stroke share; 0 for a dot of its own.
    """

    x: float
    y: float
    radius: float
    color: str
    stroke: int = 0

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

    def outside(self, width: int, height: int) -> int:
        """How many of the hints do not even touch a picture of that size, in pixels."""
        return sum(
            not (-hint.radius <= hint.x <= width + hint.radius)
            or not (-hint.radius <= hint.y <= height + hint.radius)
            for hint in self.hints
        )

    def to_json(self) -> str:
        rows = [_row_of(hint) for hint in self.hints]
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
            raise _bad(worded("It holds no list of hints."), name, error) from error
        return cls.from_rows(rows, edits, name=name)

    @classmethod
    def from_rows(cls, rows: Any, edits: Any = (), *, name: str = "") -> "HintSet":
        """Make a hint set of rows like those of a hint file, and of its "regions".

        Raises ColorStudioError (BAD_HINTS).
        """
        if not isinstance(rows, list) or len(rows) > MOST_HINTS:
            raise _bad(worded("It needs a list of at most {most} hints.", most=MOST_HINTS), name)
        if not isinstance(edits, list | tuple) or len(edits) > MOST_EDITS:
            raise _bad(
                worded("Its “regions” need a list of at most {most} edits.", most=MOST_EDITS), name
            )
        return cls(
            tuple(_hint_from(row, place, name) for place, row in enumerate(rows, start=1)),
            tuple(_edit_from(row, place, name) for place, row in enumerate(edits, start=1)),
        )


def hints_path(picture: Path) -> Path:
    """Where the hints of a picture lie: `page.png` has `page.hints.json` beside it.

    Those of a book's pages lie in a folder beside the book: `book.cbz.hints/page.hints.json`.
    """
    place = split_page(picture)
    if place is None:
        return picture.with_name(picture.stem + SUFFIX)
    book, page = place
    inside = book.with_name(book.name + FOLDER_SUFFIX) / page
    return inside.with_name(inside.stem + SUFFIX)


def hints_beside(picture: Path) -> Path | None:
    """The hint file beside a picture; None where there is none, or can be none.

    The name of a picture may be so long already that no longer one is possible.
    """
    beside = hints_path(picture)
    try:
        return beside if beside.is_file() else None
    except OSError:
        return None


def load_hints(path: Path) -> HintSet:
    """Read a hint file; raises ColorStudioError (BAD_HINTS, or what the disk says)."""
    raw = read_small(path, MOST_BYTES)
    if raw is None:
        raise _bad(worded("It is larger than {most} MB.", most=MOST_BYTES >> 20), path.name)
    # "-sig": some editors put a mark at the start.
    return HintSet.from_json(raw.decode("utf-8-sig", errors="replace"), name=path.name)


def _row_of(hint: Hint) -> dict[str, Any]:
    row = {"x": hint.x, "y": hint.y, "radius": hint.radius, "color": hint.color}
    return row | {"stroke": hint.stroke} if hint.stroke else row


def _hint_from(row: Any, number: int, name: str) -> Hint:
    try:
        x, y, radius = (float(row[key]) for key in ("x", "y", "radius"))
        colour = row["color"]
        if not (math.isfinite(x) and math.isfinite(y) and 0 <= radius < 1e6):
            raise ValueError("x, y or radius is no sensible number")
        if not isinstance(colour, str) or not HEX_COLOR.fullmatch(colour):
            raise ValueError("color is not of the form #rrggbb")
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        reason = worded("Hint {number} needs x, y, radius and a color like #d04030.", number=number)
        raise _bad(reason, name, error) from error
    stroke = row.get("stroke", 0)
    known = type(stroke) is int and 0 < stroke <= MOST_HINTS
    return Hint(x, y, radius, colour.lower(), stroke if known else 0)


def _edit_from(row: Any, number: int, name: str) -> RegionEdit:
    try:
        return edit_from(row)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        reason = worded(
            "Edit {number} of its “regions” needs a kind (bucket, merge, close, split), "
            "points, and, for a bucket, a color like #d04030.",
            number=number,
        )
        raise _bad(reason, name, error) from error


def _bad(reason: str, name: str, error: Exception | None = None) -> ColorStudioError:
    sentence = worded("The list of hints is not usable. {reason} Mend or remove it.", reason=reason)
    if name:
        sentence = worded(
            "The hint file “{name}” is not usable. {reason} Mend or remove it.",
            name=printable(name),
            reason=reason,
        )
    return ColorStudioError(FailureKind.BAD_HINTS, sentence, str(error or ""))
