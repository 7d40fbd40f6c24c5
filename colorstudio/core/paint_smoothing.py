"""Paint on line art, smoothed within what lines enclose, and a pale guess enlivened.

From bare lines the generator can only guess, and a guess wavers: an empty sky comes out in
blots. Between two lines artists lay an even coat or a soft gradient, so the paint is smoothed
along the picture, and stops at its lines, as hints are spread (`core/spreading.py`).

The guess that is nearest to all that a page could be is their mean, and the mean of a red, a
green and a blue shirt is a brown veil over white paper: right by figures, and nothing an artist
would begin with.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.doubling import doubled
from colorstudio.core.hint_field import HintGround

Planes = NDArray[np.float32]

_COMMON, _OWN = 1.5, 2.5  # times the page's mean chroma, and what a place differs from it
_TOWARD_WHITE = 0.7  # how far the lightest coat is brought toward that of plain paper
_PAPER = 0.97
_LIGHTEST = 0.95  # this share of the page is darker than its lightest coat
_LEAST_LIGHT = 0.3  # a night page stays one

_INK_COUNTS = 0.02  # what the generator painted under ink is as good as nothing


def smoothed_paint(paint: Planes, ground: HintGround) -> Planes:
    """Paint (C, h, w) smoothed between the lines of its ground of the same size: 0 ink … 1 paper.

    At half the resolution, as hints are spread. The answer never leaves the range of the paint.
    """
    size = ground.luma.shape[:0:-1]
    half = np.stack([cv2.resize(p, size, interpolation=cv2.INTER_AREA) for p in paint])
    weight = _INK_COUNTS + ground.luma[None] ** 2
    weighed = np.concatenate([half.reshape(1, -1, *size[::-1]) * weight, weight], axis=1)
    both = ground.paint_smoother(weighed)[0]
    even = (both[:-1] / both[-1:]).astype(np.float32)
    return doubled(even, ground.luma[0], ground.guide)


def enlivened(paint: Planes, known: Planes | None = None) -> Planes:
    """Paint (3, h, w), normalised chroma and luma 0..1, that is the mean of many guesses, as one.

    What all of the page has in common is the veil; what its regions differ in is what the
    generator knows. Neither this nor more light costs much nearness to the truth:
    `docs/decisions.md`. known (h, w), 0..1: where hints tell the colours, which then stay.
    """
    lightest = np.clip(float(np.quantile(paint[2], _LIGHTEST)), _LEAST_LIGHT, _PAPER)
    light = paint[2] / (1 + _TOWARD_WHITE * (lightest / _PAPER - 1))
    guessed = 1 if known is None else 1 - known
    common = paint[:2].mean(axis=(1, 2), keepdims=True)
    more = (_COMMON - 1) * common + (_OWN - 1) * (paint[:2] - common)
    chroma = np.clip(paint[:2] + guessed * more, -1, 1)
    return np.concatenate([chroma, np.clip(light, 0, 1)[None]]).astype(np.float32, copy=False)
