"""A picture that is coloured again and again: what no wish changes is worked out once."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.bubbles import TextAreas, find_text_areas
from colorstudio.core.hint_field import HintGround
from colorstudio.core.hints import HintSet
from colorstudio.core.ink import darkness, ink_mask
from colorstudio.core.line_colour import lines_in_colour
from colorstudio.core.mode import Ink, ModeReading, luma_on_white, read_mode
from colorstudio.core.paper import on_white_paper
from colorstudio.core.region_edits import RegionEdit
from colorstudio.core.region_walls import walled_luma, with_walls
from colorstudio.core.regions import Regions, find_regions, work_factor

T = TypeVar("T")

_KEPT = 2  # of what follows from walls: undo goes back by one
_SMALL = 1_500_000  # pixels: a picture with more is large
_STRIP = 3  # times as long as wide
_LONGEST = 12  # working sizes: no strip becomes longer, so that its memory is bounded


class PreparedArtwork:
    """An artwork with its luma, its mode and its regions, each found when first needed.

    Keeps about five bytes a pixel beside the artwork once flats were asked for. For one thread
    at a time.
    """

    def __init__(self, artwork: Artwork) -> None:
        self.artwork = artwork
        self._found: dict[object, object] = {}
        self._recent: dict[str, dict[object, object]] = {}

    @cached_property
    def luma(self) -> NDArray[np.uint8]:
        """Luma (H, W) as the picture looks on white paper."""
        return luma_on_white(self.artwork)

    @cached_property
    def reading(self) -> ModeReading:
        """What the picture was taken for."""
        return read_mode(self.artwork, self.luma)

    @cached_property
    def as_line_art(self) -> "PreparedArtwork":
        """The lines on white paper, or white ones on black: this picture, unless it lies on paper
        that is not white, or its white lines on transparency."""
        if self.reading.white_in_alpha:
            alpha = self.artwork.alpha
            assert alpha is not None, "that is where the lines were found"
            return PreparedArtwork(replace(self.artwork, pixels=alpha, alpha=None))
        if self.reading.paper is None:
            return self
        lines = on_white_paper(self.artwork.pixels, self.reading.paper)
        return PreparedArtwork(replace(self.artwork, pixels=lines, jpeg_luma_table=None))

    @cached_property
    def in_colour(self) -> NDArray[np.uint8] | None:
        """Its lines (H, W, 3) where they have a colour of their own."""
        ink = self.reading.ink
        if ink is Ink.WHITE_ON_BLACK:
            return None
        over_white = ink is Ink.BLACK_ON_TRANSPARENCY
        return lines_in_colour(self.artwork, self.luma, over_white=over_white)

    def small_in_colour(self, small: Artwork) -> NDArray[np.uint8] | None:
        """The same as large as the smaller picture."""
        lines = self.in_colour
        return None if lines is None else _halved(lines, (small.width, small.height))

    @cached_property
    def small(self) -> Artwork | None:
        """A large picture halved until it fits a screen; None for one that does anyway."""
        halvings = 0
        while self.artwork.pixels.shape[0] * self.artwork.pixels.shape[1] >> 2 * halvings > _SMALL:
            halvings += 1
        if not halvings:
            return None
        size = (max(1, self.artwork.width >> halvings), max(1, self.artwork.height >> halvings))
        alpha = self.artwork.alpha
        return replace(
            self.artwork,
            pixels=_halved(self.artwork.pixels, size),
            alpha=None if alpha is None else _halved(alpha, size),
        )

    def ground(
        self, working_size: int, edits: tuple[RegionEdit, ...], *, inverted: bool
    ) -> HintGround:
        """Luma at working size, with the walls among the edits as ink.

        inverted: white lines on black as black on white.
        """
        walls = tuple(edit for edit in edits if edit.is_wall)

        def made() -> HintGround:
            luma = walled_luma(self.luma, walls, white_ink=inverted) if walls else self.luma
            page = 255 - luma if inverted else luma
            return HintGround(working_luma(page, working_size), page)

        return self._latest("ground", (working_size, inverted, walls), made)

    def regions(self, ink: Ink, edits: tuple[RegionEdit, ...]) -> Regions:
        """The areas that its lines, and the walls among the edits, enclose."""
        walls = tuple(edit for edit in edits if edit.is_wall)

        def made() -> Regions:
            inked = ink_mask(darkness(self.artwork, self.luma, ink))
            return find_regions(with_walls(inked, walls, 2 * work_factor(inked.size) + 1))

        return self._latest("regions", (ink, walls), made)

    def text_areas(self, ink: Ink, hints: HintSet) -> TextAreas | None:
        """Bubbles and captions; one that holds a hint is meant to be painted."""
        found = self._once((ink, "text"), lambda: find_text_areas(self.luma, ink, HintSet()))
        if found is None or not found.hold_any(hints):
            return found
        return find_text_areas(self.luma, ink, hints)

    def _latest(self, what: str, key: object, make: Callable[[], T]) -> T:
        """Found once, and kept only until the artist has drawn other walls, and others again."""
        kept = self._recent.setdefault(what, {})
        if key not in kept:
            while len(kept) >= _KEPT:
                del kept[next(iter(kept))]
            kept[key] = make()
        kept[key] = kept.pop(key)  # the one used last goes last
        return kept[key]  # type: ignore[return-value]

    def _once(self, key: object, make: Callable[[], T]) -> T:
        if key not in self._found:
            self._found[key] = make()
        return self._found[key]  # type: ignore[return-value]


def _halved(plane: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.uint8)


def working_luma(luma: NDArray[np.uint8], working_size: int) -> NDArray[np.float32]:
    """Luma (h, w), 0..1, with its long side at the working size.

    Large pages are averaged down, so that their colours do not depend on the scan's dpi.
    Small pictures are enlarged, at most to twice their size: more would only blur them. Of a
    strip the short side is half the working size: with the long one at it, a webtoon would be a
    few dozen pixels wide.
    """
    long, short = max(luma.shape), min(luma.shape)
    scale = working_size / long
    if long > _STRIP * short:
        scale = min(working_size / 2 / short, _LONGEST * scale)
    scale = min(scale, 2.0)
    height, width = (max(1, round(side * scale)) for side in luma.shape)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(luma, (width, height), interpolation=method)
    return resized.reshape(height, width).astype(np.float32) / np.float32(255)
