"""The artist's hand on the canvas: which tool it holds and what one stroke of it does.

Plain state in pixels of the upright picture, without a window: the canvas tells where the hand
goes down, moves and lifts, and gets back what has become of the hints.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from colorstudio.core.edit_strokes import edits_erased, with_bucket, with_region_stroke
from colorstudio.core.hint_edits import (
    LEAST_RADIUS,
    MOST_RADIUS,
    Spot,
    chosen_at,
    erased,
    moved,
    recolored,
    resized,
    with_dot,
    with_stroke,
    without,
)
from colorstudio.core.hints import HintSet
from colorstudio.core.region_edits import EditKind

if TYPE_CHECKING:
    from colorstudio.core.region_map import RegionMap

_SIZE_STEP = 1.25  # from one brush size to the next
_FIRST_SHARE = 0.008  # of a picture's shorter side: the brush for a picture not yet painted on
_LEAST_FIRST = 3.0  # pixels: a smaller brush is only ever chosen by hand
_FIRST_COLOR = "#c8503c"


class Tool(StrEnum):
    """What the hand holds."""

    HAND = "hand"
    DOT = "dot"
    BRUSH = "brush"
    ERASER = "eraser"
    PICKER = "picker"
    BUCKET = "bucket"
    MERGE = "merge"
    CLOSE = "close"
    SPLIT = "split"


REGION_TOOLS = (Tool.BUCKET, Tool.MERGE, Tool.CLOSE, Tool.SPLIT)
"""Tools that correct the regions of line art; each makes the edit of the same name."""


class Deed(StrEnum):
    """What was done to the hints; the words for it are the window's."""

    DOT = "dot"
    STROKE = "stroke"
    MOVE = "move"
    ERASE = "erase"
    DELETE = "delete"
    COLOR = "color"
    SIZE = "size"
    BUCKET = "bucket"
    MERGE = "merge"
    CLOSE = "close"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Edit:
    """A finished change: the hints after it, and what it was."""

    hints: HintSet
    deed: Deed


@dataclass(slots=True)
class HintHand:
    """Tool, brush and selection, and the stroke under way.

    size: (width, height) of the picture. radius: of the brush, in its pixels. regions: where
    the picture's regions lie, as far as that is known.
    """

    size: tuple[int, int] = (1, 1)
    hints: HintSet = field(default_factory=HintSet)
    tool: Tool = Tool.HAND
    radius: float = 8.0
    color: str = _FIRST_COLOR
    chosen: frozenset[int] = frozenset()
    regions: "RegionMap | None" = None
    _path: list[Spot] = field(default_factory=list)  # of the stroke under way; empty: none is
    _holds: bool = False  # the stroke moves what is chosen

    def take_picture(self, size: tuple[int, int], hints: HintSet) -> None:
        """Another picture lies on the easel. The brush keeps its share of the picture."""
        if size != self.size:
            known = self.size != (1, 1)
            share = self.radius / min(self.size) if known else _FIRST_SHARE
            self.size = size
            self.set_radius(max(share * min(size), _LEAST_FIRST))
        self.hints, self.chosen, self.regions = hints, frozenset(), None
        self._path.clear()

    def show_hints(self, hints: HintSet) -> None:
        """The hints were changed elsewhere, or are what the last edit asked for."""
        if len(hints.hints) != len(self.hints.hints):
            self.chosen = frozenset()
        self.hints = hints

    def set_radius(self, radius: float) -> None:
        """Give the brush a size within its limits."""
        self.radius = round(min(max(radius, LEAST_RADIUS), MOST_RADIUS), 1)

    def resize(self, steps: int) -> Edit | None:
        """Make the brush, or what is chosen, larger or smaller by steps."""
        before = self.radius
        if self.chosen:
            before = max(self.hints.hints[number].radius for number in self.chosen)
        step = max(1.0, abs(before * _SIZE_STEP**steps - before))
        self.set_radius(before + (step if steps > 0 else -step))
        if not self.chosen:
            return None
        return self._edit(resized(self.hints, self.chosen, self.radius), Deed.SIZE)

    def set_color(self, color: str) -> Edit | None:
        """Paint in that colour from now on; what is chosen takes it at once."""
        self.color = color
        if not self.chosen:
            return None
        return self._edit(recolored(self.hints, self.chosen, color), Deed.COLOR)

    # --- one stroke ------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """True while a stroke is under way."""
        return bool(self._path)

    def press(self, spot: Spot, slack: float) -> bool:
        """The hand goes down; True if the stroke is for the hints. slack: pixels a click may miss.

        A hint that is hit is taken hold of: with the hand anywhere on it, with dot and brush at
        its middle only, so that others can be placed beside it.
        """
        if self.tool is Tool.PICKER:
            return False
        self._holds = False
        if self.tool not in (Tool.ERASER, *REGION_TOOLS):
            hit = chosen_at(self.hints, spot, slack, whole=self.tool is Tool.HAND)
            self._holds, self.chosen = bool(hit), hit
        else:
            self.chosen = frozenset()
        if self.tool is Tool.HAND and not self._holds:
            return False
        if not self._holds and not self._on_picture(spot, slack):
            return False
        self._path = [spot]
        return True

    def move(self, spot: Spot) -> None:
        """The hand moves while it is down."""
        if self._path:
            self._path.append(spot)

    def release(self) -> Edit | None:
        """The hand lifts: what has been done, or None if nothing was."""
        if not self._path:
            return None
        after, deed = self.shown, self._deed()
        self._path = []
        return None if after == self.hints else self._edit(after, deed)

    def give_up(self) -> bool:
        """Let go without changing anything; True if there was something to let go of."""
        some = bool(self._path or self.chosen)
        self._path, self.chosen = [], frozenset()
        return some

    def delete(self) -> Edit | None:
        """Remove what is chosen."""
        if not self.chosen:
            return None
        after, self.chosen = without(self.hints, self.chosen), frozenset()
        return self._edit(after, Deed.DELETE)

    @property
    def path(self) -> tuple[Spot, ...]:
        """Where the stroke under way has been."""
        return tuple(self._path)

    @property
    def shown(self) -> HintSet:
        """The hints as they would be if the hand lifted now."""
        if not self._path:
            return self.hints
        if self._holds:
            (x0, y0), (x1, y1) = self._path[0], self._path[-1]
            return moved(self.hints, self.chosen, (x1 - x0, y1 - y0), self.size)
        if self.tool is Tool.ERASER:
            left = erased(self.hints, self._path, self.radius)
            return edits_erased(left, self._path, self.radius)
        within = [self._inside(spot) for spot in self._path]
        if self.tool is Tool.BUCKET:
            same = self.regions.same if self.regions else None
            return with_bucket(self.hints, within[-1], self.color, same)
        if self.tool in REGION_TOOLS:
            return with_region_stroke(self.hints, EditKind(self.tool), within)
        if self.tool is Tool.BRUSH:
            return with_stroke(self.hints, within, self.radius, self.color)
        return with_dot(self.hints, within[-1], self.radius, self.color)

    # --- inner workings --------------------------------------------------------------------------

    def _deed(self) -> Deed:
        if self._holds:
            return Deed.MOVE
        if self.tool in REGION_TOOLS:
            return Deed(self.tool)
        return {Tool.ERASER: Deed.ERASE, Tool.BRUSH: Deed.STROKE}.get(self.tool, Deed.DOT)

    def _edit(self, after: HintSet, deed: Deed) -> Edit:
        self.hints = after
        return Edit(after, deed)

    def _on_picture(self, spot: Spot, slack: float) -> bool:
        reach = slack + (self.radius if self.tool in (Tool.ERASER, Tool.BRUSH) else 0)
        return all(-reach <= at <= side + reach for at, side in zip(spot, self.size, strict=True))

    def _inside(self, spot: Spot) -> Spot:
        """Nothing is placed beside the picture: it would be of no use, and never seen again."""
        return min(max(spot[0], 0.0), self.size[0] - 1.0), min(
            max(spot[1], 0.0), self.size[1] - 1.0
        )
