"""Where rows go when the artist moves some of them; plain lists of ids."""

from collections.abc import Collection, Sequence


def moved(rows: Sequence[int], moving: Sequence[int], before: int | None) -> list[int]:
    """The rows with `moving` right before the row `before`, or at the end for None."""
    going = set(moving)
    place = rows.index(before) if before is not None and before in rows else len(rows)
    start = [row for row in rows[:place] if row not in going]
    end = [row for row in rows[place:] if row not in going]
    return [*start, *moving, *end]


def worst_first(rows: Sequence[tuple[int, float | None]]) -> list[int]:
    """Row ids, those with the largest figure first; rows without one keep their order below."""
    known = [(figure, row) for row, figure in rows if figure is not None]
    ranked = [row for _, row in sorted(known, key=lambda pair: -pair[0])]
    return ranked + [row for row, figure in rows if figure is None]


def row_after_steps(rows: Sequence[int], moving: Collection[int], steps: int) -> int | None:
    """The row that `moving` come to lie before when moved up (negative) or down; None: the end."""
    places = [place for place, row in enumerate(rows) if row in moving]
    others = [row for row in rows if row not in moving]
    if not places:
        return None
    target = places[0] + steps if steps < 0 else places[-1] + 1 + steps - len(places)
    target = max(0, target)
    return others[target] if target < len(others) else None
