"""Colour propagation after Levin, Lischinski & Weiss, "Colorization using Optimization"
(SIGGRAPH 2004): the baseline that hints are measured against.

Neighbours of like luma get like chroma. Every pixel without a hint is the weighted mean of
the others in its 3×3 window; hinted pixels keep their chroma. This is one sparse linear
system, solved directly, with the weights of the authors' published code.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

_NEIGHBOURS = tuple((y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if (y, x) != (0, 0))

# From the authors' code: the Gaussian is a little narrower than the window's variance says, but
# wide enough that the most alike neighbour weighs a hundredth, and flat windows divide by no zero.
_VARIANCE_SHARE = 0.6
_LEAST_WEIGHT = 0.01
_LEAST_VARIANCE = 2e-6

_LEAF = 16  # pixels: smaller blocks are not dissected any further


def propagate(luma: NDArray[np.float32], hints: NDArray[np.float32]) -> NDArray[np.float32]:
    """Chroma (2, H, W), normalised U and V, that spreads from the hints.

    luma (H, W) in 0..1, two pixels or more; hints (4, H, W): U, V, luma, mask, as `hint_planes`
    gives them. Without any hint all is grey. About 0.25 s at 256×256 on one core.
    """
    hinted = hints[-1] > 0
    if not hinted.any():
        return np.zeros((2, *luma.shape), np.float32)
    order = _dissection(*luma.shape)
    system = _system(luma.astype(np.float64), hinted)[order][:, order]
    # Its rows are diagonally dominant: no pivoting, so the order keeps its factors sparse.
    factors = splu(
        system.tocsc(),
        permc_spec="NATURAL",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    given = (hints[:2] * hinted).reshape(2, -1).T.astype(np.float64)
    chroma = np.empty_like(given)
    chroma[order] = factors.solve(given[order])  # U and V with one factorisation
    return chroma.T.reshape(2, *luma.shape).astype(np.float32)


def _system(luma: NDArray[np.float64], hinted: NDArray[np.bool_]) -> sparse.csr_array:
    """The matrix (H·W, H·W): identity in hinted rows, else identity minus the weights."""
    numbers = np.arange(luma.size).reshape(luma.shape)
    weights = np.where(hinted, 0, _weights(luma))
    used = weights > 0
    rows = np.broadcast_to(numbers, weights.shape)[used]
    columns = _around(numbers, -1)[used]
    shape = (luma.size, luma.size)
    return sparse.eye_array(luma.size, format="csr") - sparse.csr_array(
        (weights[used], (rows, columns)), shape=shape
    )


def _weights(luma: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each of the eight neighbours counts, (8, H, W); sums to 1, 0 off the picture."""
    around = _around(luma, np.nan)
    variance = np.nanvar(np.concatenate([around, luma[None]]), axis=0) * _VARIANCE_SHARE
    difference = (around - luma) ** 2
    alike = np.nanmin(difference, axis=0) / -np.log(_LEAST_WEIGHT)
    variance = np.maximum(np.maximum(variance, alike), _LEAST_VARIANCE)
    weights = np.nan_to_num(np.exp(-difference / variance))
    return np.asarray(weights / weights.sum(axis=0))


def _around(plane: NDArray[Any], off: float) -> NDArray[Any]:
    """The eight neighbours of each pixel of (H, W), as (8, H, W); `off` where there is none."""
    height, width = plane.shape
    padded = np.pad(plane, 1, constant_values=off)
    return np.stack([padded[1 + y : 1 + y + height, 1 + x : 1 + x + width] for y, x in _NEIGHBOURS])


@lru_cache(maxsize=64)
def _dissection(height: int, width: int) -> NDArray[np.int64]:
    """Nested dissection (George 1973): an order of the pixels in which elimination fills in little.

    Each block is cut in two by a line of pixels, which comes after both halves.
    """
    parts: list[NDArray[np.int64]] = []

    def visit(block: NDArray[np.int64]) -> None:
        if block.size <= _LEAF:
            parts.append(block.ravel())
            return
        block = block if block.shape[0] >= block.shape[1] else block.T
        middle = len(block) // 2
        visit(block[:middle])
        visit(block[middle + 1 :])
        parts.append(block[middle])

    visit(np.arange(height * width).reshape(height, width))
    return np.concatenate(parts)
