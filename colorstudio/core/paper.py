"""Paper that is not white: photographed, toned or badly lit, and how to make it white.

Line art is multiplied with its paint, so grey paper would grey all colours, and a page in the
light of a lamp looks like tones to everyone who reads its pixels. What tells paper from tones is
that it is even but for its light: the light changes slowly over the page, nothing is lighter
than the paper, and away from the lines nothing is darker.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import bands
from colorstudio.core.yuv import luma_of

_CELLS = 64  # on the longer side, in which the light is looked at
_CLOSED = 512  # pixels on the longer side at which thin lines are taken out
_ORDER = 3  # of the polynomial in x and y that the light is at first sight
_ROUNDS = 6
_WIDEST, _NARROWEST = 0.25, 0.04  # share by which cells may differ from the fit and still count
_NEAR = 0.10
_REACH = 24  # parts of the longer side over which the light is averaged in the end
_DARKEST = 20.0  # luma below which no paper is
_LEAST_SHARE = 0.5
_FALL = 3.0  # the brightest paper over the darkest: no lamp makes more of one page

_TOO_LIGHT = 1.10  # of the paper's luma: nothing on paper is that light
_INKED = 0.8  # of the paper's luma: so dark is a line and no shade
_UNEVEN = (0.03, 0.05)
_MOST_LIGHTER, _MOST_UNEVEN = 0.02, 0.2  # shares; a hard shadow is within them

_NOISE = 2.5  # deviations of the paper's grain that still become white
_LEAST_WHITE = 0.85


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of a page, and what else there is on it.

    light: luma (h, w), 0..255, of the paper over the page, seen small. white: share of it that
    becomes white, just below the paper's grain. lighter: share 0..1 of the page that is lighter
    than paper can be. uneven: shares of the cells away from lines that are 3 and 5 % off.
    """

    light: NDArray[np.float32]
    white: float
    lighter: float
    uneven: tuple[float, float]


def find_paper(luma: NDArray[np.uint8]) -> Paper | None:
    """The paper of a page of that luma (H, W) with dark lines.

    None where most of the page is no paper, where its tones fall more than light does or vary
    more, and where much is lighter than the ground.
    """
    cells = _cells(luma)
    light = _light(cells)
    relative = cells / light
    share = float((np.abs(relative - 1) < _NEAR).mean())
    if share < _LEAST_SHARE or float(light.max()) > _FALL * float(light.min()):
        return None
    step = max(1, -(-max(luma.shape) // _CLOSED))
    seen = luma[::step, ::step]
    of_paper = seen / _enlarged(light, seen.shape)
    inked = (of_paper < _INKED).astype(np.float32)
    lighter = float((of_paper > _TOO_LIGHT).mean())
    if lighter > min(_MOST_LIGHTER, float(inked.mean())):
        return None  # a painting, or chalk on a board
    size = (cells.shape[1], cells.shape[0])
    bare = cv2.resize(inked, size, interpolation=cv2.INTER_AREA).reshape(cells.shape) == 0
    off = np.abs(relative - 1)[bare]
    some, much = (float((off > limit).mean()) if off.size else 1.0 for limit in _UNEVEN)
    if much > _MOST_UNEVEN:
        return None
    return Paper(light, _white(of_paper), lighter, (some, much))


def on_white_paper(pixels: NDArray[np.uint8], paper: Paper) -> NDArray[np.uint8]:
    """A page, (H, W) or (H, W, 3), as it were on white paper in even light: each value over the
    paper's, of which all channels have their own tint."""
    out = np.empty_like(pixels)
    height, width = pixels.shape[:2]
    tint = _tint(pixels, paper)
    wide = _stretched(paper.light * np.float32(paper.white), width, axis=1)
    for rows in bands(height, width):
        light = _stretched(wide, height, axis=0, part=rows)
        factor = np.float32(255) / light
        if pixels.ndim == 3:
            factor = factor[..., None] / tint
        out[rows] = np.minimum(pixels[rows] * factor + np.float32(0.5), 255)
    return out


def _tint(pixels: NDArray[np.uint8], paper: Paper) -> NDArray[np.float32]:
    """The paper's channels (3,) as shares of its luma; ones for grey pages."""
    if pixels.ndim == 2:
        return np.ones(3, np.float32)
    step = max(1, round(max(pixels.shape) / _CLOSED))
    seen = (
        pixels[::step, ::step] / _enlarged(paper.light, pixels[::step, ::step].shape[:2])[..., None]
    )
    plain = np.abs(luma_of(seen) - 1) < _NEAR
    return np.maximum(np.median(seen[plain], axis=0), 0.1).astype(np.float32)


def _cells(luma: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The page small, without its thin lines: they would darken the paper's mean."""
    longest = max(luma.shape)
    middle = _fitting(luma, min(1.0, _CLOSED / longest))
    bare = cv2.morphologyEx(middle, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    bare = np.asarray(bare, np.uint8).reshape(middle.shape)
    return _fitting(bare, min(1.0, _CELLS / max(bare.shape))).astype(np.float32)


def _fitting(plane: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    height, width = (max(1, round(side * scale)) for side in plane.shape)
    small = cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8).reshape(height, width)


def _light(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """The paper's luma (h, w): a polynomial that dark cells don't pull, then local means."""
    height, width = cells.shape
    terms = _terms(height, width)
    values = cells.ravel().astype(np.float64)
    fitted = np.full_like(values, _usual(cells))
    for number in range(_ROUNDS):
        off = values / fitted - 1
        width_of = (_WIDEST - _NARROWEST) * 0.7**number + _NARROWEST
        # What is darker may be ink, and counts less than what is lighter.
        weight = 1 / (1 + (off / np.where(off < 0, 0.6 * width_of, width_of)) ** 2) ** 2
        weighed = terms * weight
        normal = weighed @ terms.T + 1e-3 * np.eye(len(terms))
        fitted = np.clip(np.linalg.solve(normal, weighed @ values) @ terms, _DARKEST, 255)
    smooth = fitted.reshape(height, width).astype(np.float32)
    near = (np.abs(cells / smooth - 1) < _NEAR).astype(np.float32)
    reach = max(height, width) / _REACH
    total = cv2.GaussianBlur(near * cells / smooth, (0, 0), reach).reshape(cells.shape)
    count = cv2.GaussianBlur(near, (0, 0), reach).reshape(cells.shape)
    return np.asarray(smooth * (total + 0.05) / (count + 0.05), np.float32)


@lru_cache(maxsize=4)
def _terms(height: int, width: int) -> NDArray[np.float64]:
    """The products of powers of x and y, one row each, for every cell."""
    y, x = np.mgrid[0:height, 0:width] / max(height, width) - 0.5
    powers = [(i, j) for i in range(_ORDER + 1) for j in range(_ORDER + 1 - i)]
    return np.stack([(x**i * y**j).ravel() for i, j in powers])


def _usual(cells: NDArray[np.float32]) -> float:
    """The most frequent luma of the lighter half."""
    counts = np.bincount(cells.astype(np.uint8).ravel(), minlength=256)
    smooth = np.convolve(counts, np.ones(9), "same")
    lightest = int(np.quantile(cells, 0.98))
    return max(_DARKEST, lightest // 2 + float(np.argmax(smooth[lightest // 2 : lightest + 1])))


def _white(of_paper: NDArray[np.floating]) -> float:
    """The share of the paper's luma below which its grain does not fall."""
    grain = of_paper[np.abs(of_paper - 1) < 1.5 * _NEAR]
    if not grain.size:
        return 1.0
    middle = float(np.median(grain))
    deviation = 1.4826 * float(np.median(np.abs(grain - middle)))
    return max(_LEAST_WHITE, middle - _NOISE * deviation)


def _enlarged(light: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    return _stretched(_stretched(light, shape[1], axis=1), shape[0], axis=0)


def _stretched(
    plane: NDArray[np.float32], length: int, *, axis: int, part: slice | None = None
) -> NDArray[np.float32]:
    """A plane stretched to that length along an axis, between the middles of its cells; of that
    only a part, if one is asked for."""
    count = plane.shape[axis]
    wanted = np.arange(length, dtype=np.float32)[part or slice(None)]
    places = np.clip((wanted + 0.5) * (count / length) - 0.5, 0, count - 1).astype(np.float32)
    below = np.minimum(places.astype(np.intp), max(count - 2, 0))
    above = np.minimum(below + 1, count - 1)
    share = (places - below).astype(np.float32)
    share = share[:, None] if axis == 0 else share
    first, second = plane.take(below, axis), plane.take(above, axis)
    return np.asarray(first + share * (second - first), np.float32)
