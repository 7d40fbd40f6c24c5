"""Changes to a hint set: plain functions from the set before to the set after.

Places and lengths are in pixels of the upright picture. `chosen` are positions in the set. The
dots of one stroke are chosen together.
"""

import itertools
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from colorstudio.core.hints import MOST_HINTS, Hint, HintSet

Spot = tuple[float, float]

LEAST_RADIUS, MOST_RADIUS = 1.0, 400.0
"""Radii that a brush can have."""

_DIGITS = 2  # of a place in the file: a hundredth of a pixel


def with_dot(hints: HintSet, spot: Spot, radius: float, color: str) -> HintSet:
    """One more dot, on top of the others; nothing where the set is full."""
    return _joined(hints, [_dot(spot, radius, color)])


def with_stroke(hints: HintSet, path: Sequence[Spot], radius: float, color: str) -> HintSet:
    """Dots along a path, a radius apart, that belong together; a path of one place is a dot."""
    spots = spaced(path, radius)
    stroke = _next_stroke(hints.hints) if len(spots) > 1 else 0
    return _joined(hints, [replace(_dot(spot, radius, color), stroke=stroke) for spot in spots])


def chosen_at(hints: HintSet, spot: Spot, slack: float, *, whole: bool) -> frozenset[int]:
    """The uppermost hint at a place, with its whole stroke; empty where none is.

    A hint counts within `slack` of its centre, and with `whole` anywhere on its disc.
    """
    for number in range(len(hints.hints) - 1, -1, -1):
        hint = hints.hints[number]
        reach = max(slack, hint.radius) if whole else slack
        if math.hypot(hint.x - spot[0], hint.y - spot[1]) <= reach:
            return _stroke_of(hints, number)
    return frozenset()


def moved(hints: HintSet, chosen: Collection[int], way: Spot, size: tuple[int, int]) -> HintSet:
    """The chosen ones moved by `way`, but none off a picture of size (width, height)."""
    some = [hints.hints[number] for number in chosen]
    if not some:
        return hints
    across = _bounded(way[0], [hint.x for hint in some], size[0])
    down = _bounded(way[1], [hint.y for hint in some], size[1])
    return _changed(
        hints,
        chosen,
        lambda hint: replace(
            hint, x=round(hint.x + across, _DIGITS), y=round(hint.y + down, _DIGITS)
        ),
    )


def recolored(hints: HintSet, chosen: Collection[int], color: str) -> HintSet:
    """The chosen ones in another colour."""
    return _changed(hints, chosen, lambda hint: replace(hint, color=color))


def resized(hints: HintSet, chosen: Collection[int], radius: float) -> HintSet:
    """The chosen ones with another radius."""
    return _changed(hints, chosen, lambda hint: replace(hint, radius=radius))


def without(hints: HintSet, chosen: Collection[int]) -> HintSet:
    """The set without the chosen ones; a stroke cut in two becomes two strokes."""
    kept: list[Hint] = []
    fresh = _next_stroke(hints.hints)
    renamed: dict[int, int] = {}  # strokes cut so far, and the number of their rest
    begun: set[int] = set()
    for number, hint in enumerate(hints.hints):
        if number in chosen:
            if hint.stroke and hint.stroke in begun:
                renamed[hint.stroke], begun = fresh, begun - {hint.stroke}
                fresh += 1
            continue
        begun.add(hint.stroke)
        kept.append(replace(hint, stroke=renamed.get(hint.stroke, hint.stroke)))
    return replace(hints, hints=tuple(_singles_freed(kept)))


def erased(hints: HintSet, path: Iterable[Spot], radius: float) -> HintSet:
    """The set without the dots whose centres an eraser of that radius went over."""
    import numpy as np  # here, because the window is shown before it is needed

    across = np.array([hint.x for hint in hints.hints])
    down = np.array([hint.y for hint in hints.hints])
    gone = np.zeros(len(hints.hints), bool)
    for x, y in spaced(list(path), radius):
        gone |= np.hypot(across - x, down - y) <= radius
    return without(hints, set(np.flatnonzero(gone).tolist())) if gone.any() else hints


def scaled(hints: HintSet, before: tuple[int, int], after: tuple[int, int]) -> HintSet:
    """The hints of a picture of size `before` (width, height) for one of size `after`.

    Without its edits of regions: those belong to the lines of their own page.
    """
    across, down = after[0] / before[0], after[1] / before[1]
    both = (across * down) ** 0.5
    return HintSet(
        tuple(
            replace(
                hint,
                x=round(hint.x * across, _DIGITS),
                y=round(hint.y * down, _DIGITS),
                radius=round(hint.radius * both, _DIGITS),
            )
            for hint in hints.hints
        )
    )


def spaced(path: Sequence[Spot], step: float) -> list[Spot]:
    """Places along a path, `step` apart, with its first and last."""
    if not path:
        return []
    spots, left = [path[0]], step
    for (x0, y0), (x1, y1) in itertools.pairwise(path):
        length = math.hypot(x1 - x0, y1 - y0)
        done = 0.0
        while length - done >= left:
            done += left
            share = done / length
            spots.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
            left = step
        left -= length - done
    if math.dist(spots[-1], path[-1]) > step / 4:
        spots.append(path[-1])
    return spots


def _dot(spot: Spot, radius: float, color: str) -> Hint:
    x, y = (round(place, _DIGITS) for place in spot)
    return Hint(x, y, round(min(max(radius, LEAST_RADIUS), MOST_RADIUS), _DIGITS), color)


def _joined(hints: HintSet, more: Sequence[Hint]) -> HintSet:
    return replace(hints, hints=(*hints.hints, *more)[:MOST_HINTS])


def _changed(hints: HintSet, chosen: Collection[int], change: Callable[[Hint], Hint]) -> HintSet:
    changed = (change(hint) if n in chosen else hint for n, hint in enumerate(hints.hints))
    return replace(hints, hints=tuple(changed))


def _stroke_of(hints: HintSet, number: int) -> frozenset[int]:
    stroke = hints.hints[number].stroke
    if not stroke:
        return frozenset({number})
    return frozenset(n for n, hint in enumerate(hints.hints) if hint.stroke == stroke)


def _next_stroke(hints: Iterable[Hint]) -> int:
    """The smallest number above those in use; numbers in files start anew at 1."""
    return 1 + max((hint.stroke for hint in hints), default=0)


def _singles_freed(hints: Sequence[Hint]) -> list[Hint]:
    """What is left of a stroke as one dot is a dot."""
    sizes: dict[int, int] = {}
    for hint in hints:
        sizes[hint.stroke] = sizes.get(hint.stroke, 0) + 1
    return [replace(hint, stroke=0) if sizes[hint.stroke] == 1 else hint for hint in hints]


def _bounded(way: float, places: Sequence[float], length: float) -> float:
    """`way`, cut so that all places stay within 0..length (or as near as they were)."""
    return min(max(way, min(0.0, -min(places))), max(0.0, length - max(places)))
