"""How the cells of a page meet, and which of them are one region."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """Pairs of cells that touch.

    pairs (K, 2): cell numbers, the smaller one first, each pair once. open (K,): how many
    pixels long they meet on paper. inked (K,): how long a line lies between them.
    """

    pairs: Numbers
    open: Numbers
    inked: Numbers

    def between(self, groups: Numbers) -> "Borders":
        """The borders between groups of cells; groups (count,): the group of each cell."""
        pairs = np.sort(groups[self.pairs], axis=1)
        apart = pairs[:, 0] != pairs[:, 1]
        return _summed(pairs[apart], self.open[apart], self.inked[apart])


def borders_of(cells: NDArray[np.uint16], ink: NDArray[np.uint8]) -> Borders:
    """Measure the borders of cells (h, w); ink (h, w), 255 where a line is."""
    pairs, inked = [], []
    for first, second in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        places = np.nonzero(cells[first] != cells[second])
        pairs.append(np.stack([cells[first][places], cells[second][places]], axis=1))
        inked.append((ink[first][places] | ink[second][places]) > 0)
    ends = np.sort(np.concatenate(pairs).astype(np.int64), axis=1)
    on_ink = np.concatenate(inked).astype(np.int64)
    return _summed(ends, 1 - on_ink, on_ink)


def _summed(pairs: Numbers, open_: Numbers, inked: Numbers) -> Borders:
    """Add up the lengths of each pair."""
    if not len(pairs):
        return Borders(pairs, open_, inked)
    keys = pairs[:, 0] << 32 | pairs[:, 1]
    unique, place = np.unique(keys, return_inverse=True)
    lengths = [np.bincount(place, length).astype(np.int64) for length in (open_, inked)]
    return Borders(np.stack([unique >> 32, unique & 0xFFFFFFFF], axis=1), *lengths)


class Groups:
    """Cells joined into regions, one join at a time; groups that differ in hint stay apart.

    areas and girths (count,) as in Regions; hints (count,): a number for each cell that has
    a hint, one per colour, −1 for none.
    """

    def __init__(
        self, areas: Numbers, girths: NDArray[np.float32], hints: Numbers | None = None
    ) -> None:
        count = len(areas)
        self._parent = np.arange(count)
        self.areas, self.girths = areas.copy(), girths.copy()
        self.hints = np.full(count, -1) if hints is None else hints.copy()

    def join(self, pairs: Numbers) -> bool:
        """Join pairs of group numbers, the first ones first; tells whether any was joined.

        A group is joined at most once in a call: after that its borders have to be summed
        up anew.
        """
        busy: set[int] = set()
        for first, second in pairs.tolist():
            if first in busy or second in busy or not self._may_join(first, second):
                continue
            busy.update((first, second))
            self._take(first, second)
        return bool(busy)

    def join_all(self, pairs: Numbers) -> None:
        """Join pairs of cells, and so whatever they were joined to before, the first ones first."""
        for pair in pairs.tolist():
            first, second = map(self._top, pair)
            if first != second and self._may_join(first, second):
                self._take(first, second)

    def force(self, cells: Numbers) -> None:
        """Make one group of cells, whatever their hints say; the latest hint is kept."""
        tops = [self._top(cell) for cell in cells.tolist()]
        for cell in tops[1:]:
            first, second = self._top(tops[0]), self._top(cell)
            if first != second:
                self._take(first, second)

    def _take(self, first: int, second: int) -> None:
        self._parent[second] = first
        self.areas[first] += self.areas[second]
        self.girths[first] = max(self.girths[first], self.girths[second])
        self.hints[first] = max(self.hints[first], self.hints[second])

    def _top(self, cell: int) -> int:
        while (parent := int(self._parent[cell])) != cell:
            cell = parent
        return cell

    def _may_join(self, first: int, second: int) -> bool:
        hints = self.hints[first], self.hints[second]
        return min(hints) < 0 or hints[0] == hints[1]

    def of_cells(self) -> Numbers:
        """The group of each cell (count,), called by the number of one of its cells."""
        while not np.array_equal(parents := self._parent[self._parent], self._parent):
            self._parent = parents
        return self._parent


_MOST_ROUNDS = 40


def join_open(groups: Groups, borders: Borders, widest_gap: float) -> None:
    """Join what no line parts: cells that meet on paper, unless the place is a gap in a line.

    It is one if the line between the two goes on for longer than the gap is wide, and if the
    place is narrower than both cells.
    """
    for _ in range(_MOST_ROUNDS):
        now = borders.between(groups.of_cells())
        share = now.open / (now.open + now.inked)
        narrower = 2 * groups.girths[now.pairs].min(axis=1)
        joins = (share > _OPEN_SHARE) | (now.open > widest_gap)
        joins |= now.open > _AS_WIDE_AS * narrower
        joins &= now.open > 0
        order = np.argsort(-share[joins], kind="stable")
        if not groups.join(now.pairs[joins][order]):
            return


_OPEN_SHARE = 0.5
_AS_WIDE_AS = 0.9


def absorb_crumbs(groups: Groups, borders: Borders, speck: float, crumb: float) -> None:
    """Join specks to what they border on most, and crumbs among crumbs to each other.

    speck and crumb: areas in pixels. Cells of hatching have many small neighbours; an eye is
    small too, but its neighbours are few or large.
    """
    crumbs = _textured(groups, borders, crumb)
    for _ in range(_MOST_ROUNDS):
        now = borders.between(groups.of_cells())
        joins = groups.areas[now.pairs].min(axis=1) < speck
        joins |= crumbs[now.pairs].all(axis=1)
        length = _OPEN_COUNTS * now.open + now.inked
        order = np.argsort(-length[joins], kind="stable")
        if not groups.join(now.pairs[joins][order]):
            return


_OPEN_COUNTS = 4  # how much more an open border counts than a line
_MANY = 3  # small neighbours that make hatching


def _textured(groups: Groups, borders: Borders, crumb: float) -> NDArray[np.bool_]:
    """Which groups (count,) are small and have many small neighbours, or touch such a one."""
    now = borders.between(groups.of_cells())
    small = now.pairs[(groups.areas[now.pairs] < crumb).all(axis=1)]
    many = np.bincount(small.ravel(), minlength=len(groups.areas)) >= _MANY
    touching = small[many[small].any(axis=1)]
    many[touching] = True
    return many
