"""From the generator's paint to finished line art: paint or flats under the lines, and layers."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.bubbles import TextAreas
from colorstudio.core.flats import blended, flats_of
from colorstudio.core.guided import GuidedUpsampler
from colorstudio.core.layers import Layers
from colorstudio.core.leaks import read_leaks
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.recompose import color_lines, lay_under_lines, recompose_line_art
from colorstudio.core.regions import Regions
from colorstudio.core.request import ColorRequest


def greyscale_layers(source: Artwork, finished: Artwork, ink: Ink) -> Layers:
    """The layers of a page whose luma was kept: the page, and its colours over it."""
    return Layers(Mode.GREYSCALE, ink, finished, source.pixels, source.alpha, color=finished.pixels)


def painted_line_art(
    source: Artwork,
    on_white: NDArray[np.uint8],
    upsampler: GuidedUpsampler,
    ink: Ink,
    blank: TextAreas | None,
    in_colour: NDArray[np.uint8] | None = None,
) -> Artwork:
    """Line art with paint under its lines.

    on_white: the source's `luma_on_white`; the upsampler brings the generator's chroma and
    paint luma to the page's full size. blank: where the paper stays as it is. in_colour: the lines
    (H, W, 3) where they have a colour of their own.
    """
    page, alpha = _page_and_alpha(source, on_white, ink)
    pixels = recompose_line_art(page, upsampler, ink, blank=blank, in_colour=in_colour)
    return replace(source, pixels=pixels, alpha=alpha)


def line_art_layers(
    source: Artwork,
    on_white: NDArray[np.uint8],
    upsampler: GuidedUpsampler,
    ink: Ink,
    regions: Regions,
    blank: TextAreas | None,
    request: ColorRequest,
    in_colour: NDArray[np.uint8] | None = None,
) -> Layers:
    """Line art as `painted_line_art` gives it, with its flats as the request asks for them.

    regions: of the page's ink, with the walls among the edits; blank, in_colour: as above.
    """
    page, alpha = _page_and_alpha(source, on_white, ink)
    drawn = page if in_colour is None else in_colour
    paint = np.empty((*page.shape, 3), np.uint8)
    pixels = recompose_line_art(page, upsampler, ink, paint, blank, in_colour)
    paper = 0 if ink is Ink.WHITE_ON_BLACK else 255
    parts = flats_of(regions, paint, request.hints, request.only, blank, paper)
    flats = parts.picture()
    mixed = blended(paint, flats, request.flat) if request.flat > 0 else paint
    lines = color_lines(page, mixed) if request.colored_lines and _can_color(ink) else drawn
    if request.flat > 0 or lines is not drawn:
        pixels = lay_under_lines(lines, mixed, ink)
    own = ink is Ink.BLACK_ON_TRANSPARENCY and lines is drawn
    return Layers(
        mode=Mode.LINEART,
        ink=ink,
        merged=replace(source, pixels=pixels, alpha=alpha),
        lines=_own_lines(source, in_colour) if own else lines,
        lines_alpha=source.alpha if own or ink is not Ink.BLACK_ON_TRANSPARENCY else None,
        # At 1 the mix is the flats again; the paint is worth more beside them.
        color=paint if request.flat >= 1 else mixed,
        flats=flats,
        flat=request.flat,
        parts=parts,
        leaks=read_leaks(parts, None if request.flat >= 1 else mixed) if request.leaks else None,
        split=request.split_flats,
        names=request.names,
    )


def _can_color(ink: Ink) -> bool:
    """White lines on black carry no colour of their own: paint lies beside them, not under."""
    return ink is not Ink.WHITE_ON_BLACK


def _own_lines(source: Artwork, in_colour: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """Lines on transparency as they were drawn there."""
    return source.luma8() if in_colour is None else source.pixels


def _page_and_alpha(
    source: Artwork, on_white: NDArray[np.uint8], ink: Ink
) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """The lines' luma, and the transparency that the finished picture keeps."""
    # Paint lies under lines that were drawn on transparency: the paper becomes opaque.
    if source.alpha is None or ink is Ink.BLACK_ON_TRANSPARENCY:
        return on_white, None
    # Where transparency stays, it must not lighten the ink a second time.
    return source.luma8(), source.alpha
