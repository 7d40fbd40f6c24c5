"""Is a picture greyscale or line art, and which way round are its lines?

The rule looks at shares of near-white, near-black and mid tones. Mid tones count only
where they are flat: the grey rim of an anti-aliased line is mid-toned too, but never
flat, and this tells ink from tones at every resolution.
"""

from dataclasses import dataclass
from enum import StrEnum
from operator import le

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.modes import Mode
from colorstudio.core.paper import Paper, find_paper, on_white_paper


class Ink(StrEnum):
    """Where line art carries its lines."""

    BLACK_ON_WHITE = "black on white"
    WHITE_ON_BLACK = "white on black"
    BLACK_ON_TRANSPARENCY = "black on transparency"


WHITE, BLACK = 216, 64
"""Luma (0..255) from which a pixel is near-white, and below which it is near-black."""
MOST_WHITE_INK = 0.25
"""White lines on black are thin; a page with more white than this has black areas instead."""
LEAST_PAPER = 0.6
MOST_FLAT_TONE = 0.02
"""Line art is at least this much paper and at most this much flat mid tone. Over 174 line
drawings and 580 colour pictures made grey, 99.6 % are told apart rightly."""
LEAST_INKED = 0.88
"""A page with black areas may have less paper, if all but the rims is ink or paper."""
MOST_SHADED = 0.008
"""Lines of pencil or of pale or coloured ink: at most this much flat tone between paper and ink."""
MOST_LIGHTER, MOST_UNEVEN = 0.005, (0.1, 0.04)
"""On paper that is not white at most this much is lighter than the paper, and this much of the
paper off by 3 and 5 %. `training/mode_benchmark.py` tells how many photos of drawings are known
again by that, and how many colour pictures made grey are not taken for such."""

_FLAT = 10  # luma steps between neighbours
_FLAT_AS_ON = 300_000  # pixels: on larger pages a tone must be flat over as much more
_SAMPLE = 1_000_000  # pixels looked at
_LEAST_CLEAR, _MOST_OWN_PAPER = 0.25, 0.02  # shares that make a drawing one without paper
_PALEST_INK = 200  # luma on white paper to which the palest pencil goes
_CLEAN_WHITE = 246  # luma of paper from which on nobody sees that it dulls the paint
_SOLID = 4  # alpha this close to 0 or 255 counts as neither line nor veil


@dataclass(frozen=True, slots=True)
class ModeReading:
    """What the rule saw: shares 0..1 of all pixels, and its verdict.

    paper: what line art lies on where that is not white, for `on_white_paper`; the shares are
    those of the page as it is. white_in_alpha: white lines on transparency, not to be seen on
    white paper: their alpha is what lies on black.
    """

    mode: Mode
    ink: Ink
    white: float
    black: float
    flat_tone: float
    paper: Paper | None = None
    white_in_alpha: bool = False


def read_mode(artwork: Artwork, on_white: NDArray[np.uint8] | None = None) -> ModeReading:
    """Read the mode of an artwork off its pixels; on_white: its `luma_on_white`, if at hand."""
    ink_in_alpha = _ink_in_alpha(artwork)
    if ink_in_alpha is not None:
        white_ink = ink_in_alpha is Ink.WHITE_ON_BLACK
        return ModeReading(Mode.LINEART, ink_in_alpha, 1.0, 0.0, 0.0, white_in_alpha=white_ink)
    luma = luma_on_white(artwork) if on_white is None else on_white
    white, black, flat_tone = _shares(luma)
    black_and_white = max(white, black) >= LEAST_PAPER or white + black >= LEAST_INKED
    paper = find_paper(luma) if not black_and_white and _is_opaque(artwork) else None
    if _has_no_paper(artwork):
        ink = Ink.BLACK_ON_TRANSPARENCY
    else:
        # On a page of tones, which was forced to be line art, ink is dark as on paper.
        black_ground = black > max(white, 1 - white - black)
        white_ink = paper is None and black_ground and white <= MOST_WHITE_INK
        ink = Ink.WHITE_ON_BLACK if white_ink else Ink.BLACK_ON_WHITE
    if paper is not None:
        is_lines = _is_even(paper) and _holds_only_lines(on_white_paper(luma, paper))
    elif black_and_white and flat_tone <= MOST_FLAT_TONE:
        # A page of one tone holds no lines at all: nothing to paint under.
        is_lines = min(white, black) + flat_tone + _rims(luma) > 0
    else:
        is_lines = white >= LEAST_PAPER and _holds_only_lines(luma)
    if is_lines and paper is None and _is_off_white(artwork, luma):
        paper = find_paper(luma)
        if paper is not None and not _is_even(paper):
            paper = None
    mode = Mode.LINEART if is_lines else Mode.GREYSCALE
    return ModeReading(mode, ink, white, black, flat_tone, paper)


def luma_on_white(artwork: Artwork) -> NDArray[np.uint8]:
    """Luma (H, W), 0..255, of the picture as it looks on white paper."""
    luma = artwork.luma8()
    if artwork.alpha is None:
        return luma
    # 255 − (255 − Y)·a/255 in whole numbers: no float copy of a large page.
    shade = (255 - luma).astype(np.uint16) * artwork.alpha
    return (255 - (shade + 127) // 255).astype(np.uint8)


def _ink_in_alpha(artwork: Artwork) -> Ink | None:
    """The ink where only the alpha plane tells lines from paper: all dark, or all white."""
    if artwork.alpha is None:
        return None
    step = sample_step(artwork.alpha)
    alpha = artwork.alpha[::step, ::step]
    luma = artwork.luma8()[::step, ::step]
    visible, cover = alpha > _SOLID, float(alpha.mean()) / 255
    if not visible.any():
        return None
    deep = float((luma[visible] < BLACK // 2).mean())
    if cover <= 1 - _LEAST_CLEAR and deep > 1 - MOST_FLAT_TONE:
        return Ink.BLACK_ON_TRANSPARENCY  # however soft: greyscale would leave it without a colour
    inked = alpha >= 255 - _SOLID
    thin = float(visible.mean()) <= 1 - LEAST_PAPER
    if thin and inked.any() and float((luma[inked] < BLACK).mean()) > 1 - MOST_FLAT_TONE:
        return Ink.BLACK_ON_TRANSPARENCY
    is_white = artwork.pixels[::step, ::step][visible].min() >= WHITE  # and not yellow
    return Ink.WHITE_ON_BLACK if cover <= MOST_WHITE_INK and is_white else None


def _is_opaque(artwork: Artwork) -> bool:
    return artwork.alpha is None or int(artwork.alpha.min()) >= 255 - _SOLID


def _has_no_paper(artwork: Artwork) -> bool:
    """Whether much is see-through and hardly anything opaque white: paint must bring its paper."""
    if artwork.alpha is None:
        return False
    step = sample_step(artwork.alpha)
    alpha = artwork.alpha[::step, ::step]
    paper = (alpha >= 255 - _SOLID) & (artwork.luma8()[::step, ::step] >= WHITE)
    return bool((alpha <= _SOLID).mean() >= _LEAST_CLEAR and paper.mean() < _MOST_OWN_PAPER)


def _is_off_white(artwork: Artwork, luma: NDArray[np.uint8]) -> bool:
    """Whether the ground is light, but dark enough to dull what is painted under the lines."""
    step = sample_step(luma)
    usual = float(np.median(luma[::step, ::step]))
    return WHITE <= usual < _CLEAN_WHITE and _is_opaque(artwork)


def _is_even(paper: Paper) -> bool:
    return paper.lighter <= MOST_LIGHTER and all(map(le, paper.uneven, MOST_UNEVEN))


def _holds_only_lines(page: NDArray[np.uint8]) -> bool:
    """Whether a page on white has no tones but that of its pencil, pale or coloured ink.

    Such lines are grey all through: their darkest is to them what black is to ink.
    """
    step = sample_step(page)
    darkest, usual = np.quantile(page[::step, ::step], (0.01, 0.9)).astype(int)
    darkest, lightest = min(darkest, _PALEST_INK), max(usual, WHITE)
    levels = (np.arange(256) - darkest) * (255 / (lightest - darkest))
    seen = cv2.LUT(page, np.clip(levels, 0, 255).astype(np.uint8)).reshape(page.shape)
    white, black, shaded = _shares(np.asarray(seen, np.uint8))
    return white >= LEAST_PAPER and shaded <= MOST_SHADED and black + shaded + _rims(page) > 0


def sample_step(plane: NDArray[np.uint8]) -> int:
    """Every how many pixels of a page (H, W) to look at: about a million of them in all."""
    return max(1, int((plane.size / _SAMPLE) ** 0.5))


def _shares(luma: NDArray[np.uint8]) -> tuple[float, float, float]:
    """Shares of near-white, near-black and flat mid tone, from a grid of sampled pixels."""
    step = sample_step(luma)
    centre, *neighbours = _sampled_with_neighbours(luma, step)
    flat = np.ones(centre.shape, np.bool_)
    for neighbour in neighbours:
        flat &= cv2.absdiff(centre, neighbour).reshape(centre.shape) <= _FLAT
    flat &= centre >= BLACK
    flat &= centre < WHITE
    return _share(centre >= WHITE), _share(centre < BLACK), _share(flat)


def _share(mask: NDArray[np.bool_]) -> float:
    return int(np.count_nonzero(mask)) / mask.size


def _sampled_with_neighbours(luma: NDArray[np.uint8], step: int) -> list[NDArray[np.uint8]]:
    """Every step-th pixel of every step-th row, and what lies above, below, left and right of it:
    next to it, and on a large page as far away as it is larger, because there the rims of lines
    are as wide.

    Beyond the edge lies what is at the edge. Whole bytes in slices: the page is not copied.
    """
    picked = [luma[::step, ::step]]
    for far in {1, max(1, round((luma.size / _FLAT_AS_ON) ** 0.5))}:
        rows = np.arange(0, luma.shape[0], step)
        picked += [luma[np.maximum(rows - far, 0)][:, ::step]]
        picked += [luma[np.minimum(rows + far, luma.shape[0] - 1)][:, ::step]]
        beside = cv2.copyMakeBorder(luma[::step], 0, 0, far, far, cv2.BORDER_REPLICATE)
        beside = np.asarray(beside, np.uint8).reshape(len(rows), -1)
        picked += [beside[:, : -2 * far : step], beside[:, 2 * far :: step]]
    return [np.ascontiguousarray(plane) for plane in picked]


def _rims(luma: NDArray[np.uint8]) -> float:
    """Share of sampled pixels that are mid-toned at all: thin grey lines have nothing else."""
    step = sample_step(luma)
    sample = luma[::step, ::step]
    return _share((sample >= BLACK) & (sample < WHITE))
