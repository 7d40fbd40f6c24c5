"""LazyBrush (Sýkora, Dingliana & Collins 2009) for comparison: colours by minimum cuts.

Each hint is a hard scribble. Neighbours are tied by how light the page is between them (the
paper's V = 1 + K·I, K twice width and height, with I squared to favour thin lines), so cuts run
along ink. Labels are cut off one against the rest, as in the paper's greedy multiway cut.
Needs PyMaxflow, which only this comparison uses.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.hints import HintSet

LONGEST_SIDE = 480
"""The cut is made at this size: it takes seconds at full size, and areas hardly change."""

_HARD = 1e9


def lazybrush(line: NDArray[np.uint8], hints: HintSet) -> NDArray[np.int64]:
    """The number of the hint (H, W) that each pixel of a page (H, W), 255 paper, belongs to."""
    scale = min(1.0, LONGEST_SIDE / max(line.shape))
    size = max(1, round(line.shape[1] * scale)), max(1, round(line.shape[0] * scale))
    # The darkest pixel of a neighbourhood, so that thin lines survive the reduction.
    reach = max(1, round(1 / scale))
    dark = cv2.erode(line, np.ones((reach, reach), np.uint8)) if reach > 1 else line
    small = cv2.resize(dark, size, interpolation=cv2.INTER_AREA)
    intensity = (small.astype(np.float64) / 255) ** 2
    labels = np.full(small.shape, -1, np.int64)
    seeds = _seeds(hints, small.shape, scale)
    numbers = list(range(len(hints.hints)))
    while len(numbers) > 1:
        chosen = numbers.pop(0)
        labels[_cut(intensity, seeds, chosen, labels < 0)] = chosen
    labels[labels < 0] = numbers[0]
    return cv2.resize(
        labels.astype(np.int32), line.shape[::-1], interpolation=cv2.INTER_NEAREST
    ).astype(np.int64)


def _seeds(hints: HintSet, shape: tuple[int, ...], scale: float) -> NDArray[np.int64]:
    """The hints' discs as scribbles; one of a pixel could be cut off by itself."""
    seeds = np.full(shape, -1, np.int64)
    rows, columns = np.indices(shape)
    for number, hint in enumerate(hints.hints):
        y = min(int(hint.y * scale), shape[0] - 1)
        x = min(int(hint.x * scale), shape[1] - 1)
        reach = max(hint.radius * _SCRIBBLE * scale, 1.0)
        seeds[(rows - y) ** 2 + (columns - x) ** 2 <= reach**2] = number
        seeds[y, x] = number
    return seeds


_SCRIBBLE = 1.8  # of a hint's radius: as far as its true region surely goes


def _cut(
    intensity: NDArray[np.float64],
    seeds: NDArray[np.int64],
    chosen: int,
    free: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which free pixels (h, w) the minimum cut gives to one hint, against all later ones."""
    import maxflow

    factor = 2.0 * sum(intensity.shape)
    graph = maxflow.Graph[float]()
    nodes = graph.add_grid_nodes(intensity.shape)
    for axis in (0, 1):
        near = [slice(None), slice(None)]
        far = [slice(None), slice(None)]
        near[axis], far[axis] = slice(None, -1), slice(1, None)
        one, other = tuple(near), tuple(far)
        tie = 1 + factor * np.minimum(intensity[one], intensity[other])
        tie = np.where(free[one] & free[other], tie, 0.0)
        weights = np.zeros_like(intensity)
        weights[one] = tie
        structure = np.zeros((3, 3))
        structure[(2, 1) if axis == 0 else (1, 2)] = 1
        graph.add_grid_edges(nodes, weights, structure, symmetric=True)
    sources = np.where((seeds == chosen) & free, _HARD, 0.0)
    sinks = np.where((seeds > chosen) & free, _HARD, 0.0)
    graph.add_grid_tedges(nodes, sources, sinks)
    graph.maxflow()
    return np.asarray(~graph.get_grid_segments(nodes) & free)
