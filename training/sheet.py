"""A contact sheet to look at: rows of pictures under labelled columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from colorstudio.core.books import file_of
from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable
from colorstudio.core.writing import atomic_path

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")

_TABLE, _TEXT, _QUIET_TEXT = (236, 236, 233), (30, 30, 30), (96, 96, 96)
_GAP, _MARGIN = 8, 14
_HEAD = 48  # pixels for two lines of label
_CAPTION = 22
_LABEL_SIZE, _CAPTION_SIZE = 18, 14

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """One picture, uint8 RGB (H, W, 3), and what stands above it."""

    pixels: NDArray[np.uint8]
    caption: str


def check_target(target: Path, pictures: Iterable[Path]) -> None:
    """Refuse, before any work, a sheet that could not be written, or would replace one of the
    pictures that are compared; raises ColorStudioError."""
    if target.suffix.lower() not in SUFFIXES:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"The contact sheet “{printable(target.name)}” needs a name that ends in "
            ".png, .jpg or .webp.",
        )
    if not target.parent.is_dir():
        raise ColorStudioError(
            FailureKind.NOT_FOUND,
            f"The folder “{printable(str(target.parent))}” for the contact sheet is not there. "
            "Make it, or choose another one.",
        )
    if target.is_dir():
        raise ColorStudioError(
            FailureKind.CANNOT_WRITE,
            f"The contact sheet can't be called “{printable(target.name)}”: a folder of that name "
            "is in the way. Choose another name.",
        )
    if target.exists() and any(_is_same(target, file_of(picture)) for picture in pictures):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"“{printable(str(target))}” is one of the pictures to compare with, and would be "
            "lost. Give the contact sheet another name, or put it into another folder.",
        )


def _is_same(target: Path, picture: Path) -> bool:
    try:
        return target.samefile(picture)
    except OSError:  # gone meanwhile, or out of reach: left out as a picture
        return False


def write_sheet(
    target: Path, labels: Sequence[str], rows: Sequence[Sequence[Tile]], side: int
) -> None:
    """Draw the tiles, each at most side × side, in rows; raises ColorStudioError.

    Labels stand over the columns; what comes before a colon stands on a line of its own.
    """
    across, down = side + _GAP, side + _GAP + _CAPTION
    width = 2 * _MARGIN + len(labels) * across - _GAP
    height = 2 * _MARGIN + _HEAD + len(rows) * down - _GAP
    sheet = Image.new("RGB", (width, height), _TABLE)
    draw = ImageDraw.Draw(sheet)
    label_font, caption_font = (
        ImageFont.load_default(_LABEL_SIZE),
        ImageFont.load_default(_CAPTION_SIZE),
    )
    for column, label in enumerate(labels):
        text = label.replace(": ", "\n", 1)
        place = (_MARGIN + column * across, _MARGIN + _HEAD - 6)
        draw.multiline_text(place, text, _TEXT, label_font, anchor="ld", spacing=2)
    for number, row in enumerate(rows):
        top = _MARGIN + _HEAD + number * down
        for column, tile in enumerate(row):
            left = _MARGIN + column * across
            caption = _shortened(printable(tile.caption), caption_font, side)
            draw.text((left, top + _CAPTION - 5), caption, _QUIET_TEXT, caption_font, anchor="ls")
            sheet.paste(Image.fromarray(tile.pixels), (left, top + _CAPTION))
    try:
        with atomic_path(target) as beside:
            sheet.save(beside)
    except OSError as error:
        failure = describe(error, target, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error


def _shortened(text: str, font: _Font, width: int) -> str:
    """The text, its middle left out where it would be wider: names differ at both ends."""
    if font.getlength(text) <= width:
        return text
    for kept in range(len(text) - 1, 1, -1):
        short = f"{text[: (kept + 1) // 2]}…{text[len(text) - kept // 2 :]}"
        if font.getlength(short) <= width:
            return short
    return "…"
