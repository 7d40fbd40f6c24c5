"""From luma, chroma and paint to the finished RGB picture.

Greyscale mode keeps the luma of every pixel: chroma that RGB cannot hold is pulled
toward grey at constant luma, never clipped per channel. Line-art mode lays paint under
the untouched line layer. Both work in strips of float planes and write uint8 in place.
"""

import functools
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import bands
from colorstudio.core.bubbles import TextAreas
from colorstudio.core.guided import GuidedUpsampler, Strip
from colorstudio.core.mode import BLACK, WHITE, Ink
from colorstudio.core.yuv import luma_of, offsets_of

Plane = NDArray[np.float32]


def share_in_gamut(luma: Plane, offsets: Sequence[Plane]) -> Plane:
    """The largest share 0..1 of each pixel's chroma that RGB can hold at its luma.

    luma in 0..1; offsets: R − Y, G − Y, B − Y. RGB is linear in the share, so it is the
    smallest of room / offset over the channels: white bounds the largest offset, black the
    lowest, and the others have room where these two have.
    """
    highest = functools.reduce(np.maximum, offsets[1:], offsets[0])
    lowest = functools.reduce(np.minimum, offsets[1:], offsets[0])
    share = 1 - luma
    share /= np.maximum(highest, _LEAST_OFFSET)
    below = np.minimum(lowest, -_LEAST_OFFSET)
    np.divide(luma, below, out=below)
    np.minimum(share, np.negative(below, out=below), out=share)
    return np.minimum(share, 1, out=share)


_LEAST_OFFSET = 1e-6  # less has room everywhere


def rgb_planes(luma: Plane, u: Plane, v: Plane) -> list[Plane]:
    """R, G, B in 0..1 of luma 0..1 and normalised chroma; luma is kept exactly."""
    offsets = offsets_of(u, v)
    share = share_in_gamut(luma, offsets)
    for offset in offsets:
        offset *= share
        offset += luma
    return list(offsets)


def luma_plane(pixels: NDArray[np.uint8]) -> Plane:
    """Exact luma 0..1 of some rows of grey (rows, W) or RGB (rows, W, 3) pixels."""
    rows = pixels.astype(np.float32)
    rows *= 1 / 255
    return rows if rows.ndim == 2 else luma_of(rows)


def recompose_greyscale(
    pixels: NDArray[np.uint8], upsampler: GuidedUpsampler
) -> tuple[NDArray[np.uint8], int]:
    """Colour a picture, its luma kept: RGB (H, W, 3) and the number of changed luma pixels.

    pixels (H, W) or (H, W, 3); the upsampler brings U and V. A pixel counts as changed when
    the luma of its finished bytes is more than 1/255 off: the check of the promise.
    """
    out = np.empty((*pixels.shape[:2], 3), np.uint8)

    def color(strip: Strip) -> int:
        luma = luma_plane(pixels[strip.rows])
        u, v = upsampler.planes(strip, luma)
        _write(out[strip.rows], rgb_planes(luma, u, v))
        return _count_drifted(out[strip.rows], luma)

    return out, sum(upsampler.each(color))


def recompose_line_art(
    luma: NDArray[np.uint8],
    upsampler: GuidedUpsampler,
    ink: Ink,
    paint_alone: NDArray[np.uint8] | None = None,
    blank: TextAreas | None = None,
    in_colour: NDArray[np.uint8] | None = None,
) -> NDArray[np.uint8]:
    """Lay paint under lines: RGB (H, W, 3).

    luma (H, W): the page as it looks on white paper; the upsampler brings U, V and the
    paint's luma 0..1. Black ink multiplies the paint; white ink lies on it. paint_alone
    (H, W, 3): where to write the paint without the lines, if it is wanted. blank: where the
    paper stays as it is. in_colour (H, W, 3): dark lines in a colour of their own.
    """
    out = np.empty((*luma.shape, 3), np.uint8)

    def paint_under(strip: Strip) -> None:
        page = luma_plane(luma[strip.rows])
        paper = 1 - page if ink is Ink.WHITE_ON_BLACK else page
        # Paint that is as dark as ink along a line is hidden by black ink, and shows under white.
        seen = np.ones_like(paper) if ink is Ink.WHITE_ON_BLACK else paper
        u, v, paint_luma = upsampler.planes(strip, seen)
        paint = rgb_planes(np.clip(paint_luma, 0, 1, out=paint_luma), u, v)
        if blank is not None:
            bare = blank.rows(strip.rows, luma.shape[1])
            for channel in paint:
                channel[bare] = 0 if ink is Ink.WHITE_ON_BLACK else 1
        if paint_alone is not None:
            _write(paint_alone[strip.rows], paint)
        if in_colour is not None:
            _multiply(paint, in_colour[strip.rows])
        else:
            for channel in paint:
                channel *= paper
                if ink is Ink.WHITE_ON_BLACK:
                    channel += page
        _write(out[strip.rows], paint)

    upsampler.each(paint_under)
    return out


def _multiply(paint: Sequence[Plane], lines: NDArray[np.uint8]) -> None:
    for channel, line in zip(paint, cv2.split(lines), strict=True):
        channel *= line
        channel *= np.float32(1 / 255)


def lay_under_lines(
    lines: NDArray[np.uint8], paint: NDArray[np.uint8], ink: Ink
) -> NDArray[np.uint8]:
    """Lay finished paint (H, W, 3) under lines (H, W), or dark ones in colour (H, W, 3): RGB."""
    out = np.empty_like(paint)
    for rows in bands(*lines.shape[:2]):
        band = lines[rows] if lines.ndim == 3 else lines[rows, :, None]
        page = band.astype(np.uint16)
        white_ink = ink is Ink.WHITE_ON_BLACK
        laid = paint[rows] * (255 - page if white_ink else page) + 127
        laid //= 255
        out[rows] = laid + page if white_ink else laid
    return out


def color_lines(luma: NDArray[np.uint8], paint: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lines (H, W) that take a darker tone of the paint (H, W, 3) they are multiplied with.

    luma (H, W): the lines as they were drawn. They let through up to a third of the paint, less
    where it is pale: beside white, in speech bubbles above all, they stay black.
    """
    out = np.empty_like(luma)
    for rows in bands(*luma.shape):
        band = paint[rows]
        colorful = (band.max(axis=2) - band.min(axis=2)).astype(np.float32) / 255
        through = _THROUGH * np.minimum(colorful / _FULLY_COLORFUL, 1)
        page = luma[rows].astype(np.float32)
        out[rows] = np.rint(page + (255 - page) * through)
    return out


_THROUGH, _FULLY_COLORFUL = 0.35, 0.3  # shares of the paint, and of the range of its channels


def count_changed_lines(luma: NDArray[np.uint8], pixels: NDArray[np.uint8], ink: Ink) -> int:
    """How many line pixels of finished pixels (H, W, 3) are fainter than on the page (H, W).

    Paint under a black line can only darken its soft rim, and white ink is never darkened by
    what it lies on; by more than 1/255 off counts. Checked on the finished bytes.
    """
    changed = 0
    for rows in bands(*luma.shape):
        finished = cv2.cvtColor(pixels[rows], cv2.COLOR_RGB2GRAY).astype(np.int16)
        page = luma[rows]
        if ink is Ink.WHITE_ON_BLACK:
            changed += int(np.count_nonzero((page >= BLACK) & (finished < page - np.int16(1))))
        else:
            changed += int(np.count_nonzero((page < WHITE) & (finished > page + np.int16(1))))
    return changed


def _count_drifted(pixels: NDArray[np.uint8], luma: Plane) -> int:
    """How many finished pixels (rows, W, 3) are more than 1/255 off their luma (rows, W) 0..1."""
    # In floats OpenCV's weights are those of BT.601 to seven digits; in bytes they are not.
    finished = cv2.cvtColor(pixels.astype(np.float32), cv2.COLOR_RGB2GRAY)
    drift = np.abs(np.subtract(finished, luma * np.float32(255), out=finished), out=finished)
    return int(np.count_nonzero(drift > 1 + 255e-6))


def _write(target: NDArray[np.uint8], channels: Sequence[Plane]) -> None:
    """Round planes of 0..1 into the bytes of some rows (rows, W, 3), in place."""
    cv2.merge([cv2.convertScaleAbs(channel, alpha=255) for channel in channels], target)
