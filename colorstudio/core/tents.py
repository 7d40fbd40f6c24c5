"""Shares of linear interpolation, as arrays: for grids and tables that numpy and torch read."""

from typing import Any


def tents(xp: Any, positions: Any, cells: int, before: int | None = None) -> Any:
    """How much each position, in cells, belongs to each of the cells 0, 1, … cells − 1.

    xp is numpy or torch, positions one of its arrays. The cells become the last axis of the
    answer, or the axis number `before`. The shares of a position within 0..cells − 1 sum to 1.
    """
    axis = positions.ndim if before is None else before
    numbers = xp.arange(cells, dtype=positions.dtype, device=positions.device)
    numbers = numbers.reshape([-1 if a == axis else 1 for a in range(positions.ndim + 1)])
    spread = positions.reshape([*positions.shape[:axis], 1, *positions.shape[axis:]])
    return (1 - abs(spread - numbers)).clip(0, None)
