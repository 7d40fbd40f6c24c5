"""Writing layers into files that paint programs open: PSD and OpenRaster."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork, as_rgb, bands
from colorstudio.core.colour_management import FromSrgb, ProfileError
from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, worded
from colorstudio.core.flats import Flats
from colorstudio.core.layers import Layers, Pixels
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.output_options import MERGED_NAME
from colorstudio.core.writing import Check, new_file, remove_leftovers, write_artwork

LAYERED_SUFFIXES: Final = frozenset({".psd", ".psb", ".ora", ".layers"})
"""Suffixes, in lower case, of files, and of folders, that hold layers."""
MOST_FLAT_SHEETS: Final = 100
"""Most layers that the flats are split into; rarer colours share one."""


class Blend(StrEnum):
    """How a layer lies on those below it."""

    NORMAL = "normal"
    MULTIPLY = "multiply"
    COLOR = "color"


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One layer as it is written: pixels (H, W) or (H, W, 3), alpha (H, W) or None: opaque."""

    name: str
    pixels: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None
    blend: Blend = Blend.NORMAL
    visible: bool = True


def write_layers(target: Path, layers: Layers, check: Check | None = None) -> None:
    """Write layers atomically as PSD, PSB or OpenRaster, as the target's suffix says.

    A target that ends with .layers becomes a folder of PNG files, each written atomically, the
    merged picture last. The folder above must exist. check: see `atomic_path`. Raises only
    ColorStudioError, after which nothing is left under a file's name.
    """
    suffix = target.suffix.lower()
    if suffix == ".layers":
        _write_folder(target, layers, check)
        return
    merged, convert = _in_source_profile(layers.merged)
    sheets = (replace(sheet, pixels=convert(sheet.pixels)) for sheet in sheets_of(layers))
    with new_file(target, check) as file:
        # Each format's library is needed by those only who write it.
        if suffix in (".psd", ".psb"):
            from colorstudio.core.psd import write_psd

            write_psd(file, sheets, merged, large=suffix == ".psb")
        elif suffix == ".ora":
            from colorstudio.core.openraster import write_openraster

            write_openraster(file, list(sheets), merged)
        else:
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "“{name}” names no format with layers. Choose PSD or ORA.",
                    name=printable(target.name),
                ),
            )


def _in_source_profile(merged: Artwork) -> tuple[Artwork, Callable[[Pixels], Pixels]]:
    """The merged picture in the colour space the document is to have, and the way there."""
    if merged.profile is None:
        return merged, lambda pixels: pixels
    try:
        back = FromSrgb(merged.profile)
    except ProfileError:  # it leads to sRGB and not back: the document is in sRGB then
        return replace(merged, profile=None), lambda pixels: pixels
    return replace(merged, pixels=back.apply(as_rgb(merged.pixels))), back.apply


def _write_folder(target: Path, layers: Layers, check: Check | None) -> None:
    try:
        target.mkdir(exist_ok=True)
    except OSError as error:
        failure = describe(error, target, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    remove_leftovers(target)
    old, kept = _of_earlier_run(target), {MERGED_NAME}
    for number, sheet in enumerate(sheets_of(layers), start=1):
        name = f"{number:02d} {re.sub(_UNSAFE, '_', sheet.name)[:_LONGEST_NAME]}.png"
        kept.add(name)
        picture = Artwork(sheet.pixels, sheet.alpha, dpi=layers.merged.dpi)
        write_artwork(target / name, picture, check=check)
    write_artwork(target / MERGED_NAME, layers.merged, check=check)
    for file in old:
        if file.name not in kept:
            file.unlink(missing_ok=True)


def _of_earlier_run(folder: Path) -> list[Path]:
    """Layers that an earlier run wrote: saved between its first layer and the merged picture.

    What else is called so was put there, or worked on since, by the artist.
    """
    with contextlib.suppress(OSError):  # no merged picture: no run came to its end
        last = (folder / MERGED_NAME).stat().st_mtime_ns
        saved = {file: file.stat().st_mtime_ns for file in folder.glob("[0-9][0-9] *.png")}
        first = min((saved[file] for file in saved if file.name.startswith("01 ")), default=last)
        return [file for file, time in saved.items() if first <= time <= last]
    return []


_UNSAFE: Final = r"[^\w #-]"  # in a file name, on some system
_LONGEST_NAME: Final = 60  # letters of a layer's name in a file name


def sheets_of(layers: Layers) -> list[Sheet]:
    """The layers as they lie on each other, the lowest first."""
    alpha = layers.merged.alpha
    if layers.mode is Mode.GREYSCALE or layers.flats is None:
        page = Sheet("Page", layers.lines, layers.lines_alpha)
        return [page, Sheet("Colour", layers.color, alpha, Blend.COLOR)]
    only_flats = layers.flat >= 1
    flats = [Sheet("Flats", layers.flats, alpha, visible=only_flats)]
    if layers.split and layers.parts is not None:
        flats = _split_flats(layers, layers.parts, visible=only_flats)
    return [*flats, Sheet("Colour", layers.color, alpha, visible=not only_flats), _lines(layers)]


def _split_flats(layers: Layers, parts: Flats, *, visible: bool) -> list[Sheet]:
    """One hard-edged sheet for each colour of the flats, the largest first."""
    colors, of_cells = np.unique(parts.colors, axis=0, return_inverse=True)
    areas = np.bincount(of_cells.ravel(), parts.regions.areas, minlength=len(colors))
    order = np.argsort(-areas, kind="stable")
    sheets = []
    for color in order[:MOST_FLAT_SHEETS]:
        value = colors[color]
        red, green, blue = value.tolist()
        name = layers.names.get((red, green, blue)) or f"#{red:02x}{green:02x}{blue:02x}"
        mask = _mask_of(parts, of_cells.ravel() == color, layers.merged.alpha)
        pixels = np.broadcast_to(value, (*mask.shape, 3))
        sheets.append(Sheet(f"Flat {name}", pixels, mask, visible=visible))
    if len(order) > MOST_FLAT_SHEETS:
        rest = np.isin(of_cells.ravel(), order[MOST_FLAT_SHEETS:])
        mask = _mask_of(parts, rest, layers.merged.alpha)
        assert layers.flats is not None
        sheets.append(Sheet("Flat others", layers.flats, mask, visible=visible))
    return sheets


def _mask_of(parts: Flats, chosen: NDArray[np.bool_], alpha: Pixels | None) -> Pixels:
    """Where (H, W) some cells (count,) lie, 255, as far as the picture is opaque."""
    table = np.where(chosen, np.uint8(255), np.uint8(0))
    mask = np.asarray(table[parts.regions.cells])
    return mask if alpha is None else np.minimum(mask, alpha)


def _lines(layers: Layers) -> Sheet:
    if layers.ink is not Ink.WHITE_ON_BLACK:
        return Sheet("Lines", layers.lines, layers.lines_alpha, Blend.MULTIPLY)
    # White ink covers as far as it is white, and black paper is what shows the paint.
    cover = layers.lines
    if layers.lines_alpha is not None:
        cover = _product(cover, layers.lines_alpha)
    return Sheet("Lines", np.full_like(layers.lines, 255), cover)


def _product(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The product of two planes (H, W) of shares, 255 standing for 1."""
    out = np.empty_like(first)
    for rows in bands(*first.shape):
        out[rows] = (first[rows].astype(np.uint16) * second[rows] + 127) // 255
    return out
