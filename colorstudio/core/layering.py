"""From the generator's paint to finished line art: paint or flats under the lines, and layers."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.flats import blended, flats_of
from colorstudio.core.guided import GuidedUpsampler
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.recompose import lay_under_lines, recompose_line_art
from colorstudio.core.regions import Regions
from colorstudio.core.request import ColorRequest


def greyscale_layers(source: Artwork, finished: Artwork, ink: Ink) -> Layers:
    """The layers of a page whose luma was kept: the page, and its colours over it."""
    return Layers(Mode.GREYSCALE, ink, finished, source.pixels, source.alpha, color=finished.pixels)


def painted_line_art(
    source: Artwork, on_white: NDArray[np.uint8], upsampler: GuidedUpsampler, ink: Ink
) -> Artwork:
    """Line art with paint under its lines.

    on_white: the source's `luma_on_white`; the upsampler brings the generator's chroma and
    paint luma to the page's full size.
    """
    page, alpha = _page_and_alpha(source, on_white, ink)
    return replace(source, pixels=recompose_line_art(page, upsampler, ink), alpha=alpha)


def line_art_layers(
    source: Artwork,
    on_white: NDArray[np.uint8],
    upsampler: GuidedUpsampler,
    ink: Ink,
    regions: Regions,
    request: ColorRequest,
) -> Layers:
    """Line art as `painted_line_art` gives it, with its flats as the request asks for them.

    regions: of the page's ink.
    """
    page, alpha = _page_and_alpha(source, on_white, ink)
    paint = np.empty((*page.shape, 3), np.uint8)
    pixels = recompose_line_art(page, upsampler, ink, paint)
    flats = flats_of(regions, paint, request.hints, request.only).picture()
    if request.flat > 0:
        mixed = blended(paint, flats, request.flat)
        pixels = lay_under_lines(page, mixed, ink)
        # At 1 the mix is the flats again; the paint is worth more beside them.
        paint = paint if request.flat >= 1 else mixed
    return Layers(
        mode=Mode.LINEART,
        ink=ink,
        merged=replace(source, pixels=pixels, alpha=alpha),
        lines=source.luma8() if ink is Ink.BLACK_ON_TRANSPARENCY else page,
        lines_alpha=source.alpha,
        color=paint,
        flats=flats,
        flat=request.flat,
    )


def _page_and_alpha(
    source: Artwork, on_white: NDArray[np.uint8], ink: Ink
) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """The lines' luma, and the transparency that the finished picture keeps."""
    # Paint lies under lines that were drawn on transparency: the paper becomes opaque.
    if source.alpha is None or ink is Ink.BLACK_ON_TRANSPARENCY:
        return on_white, None
    # Where transparency stays, it must not lighten the ink a second time.
    return source.luma8(), source.alpha
