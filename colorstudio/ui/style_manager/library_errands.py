"""What the style manager has done for it away from the UI thread. Everything raises
ColorStudioError, and loads what it needs when it is first called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from colorstudio.core.failures import ColorStudioError, Failure
from colorstudio.core.modes import Mode
from colorstudio.styles.style import Style
from colorstudio.ui.pictures import pyramid_of

if TYPE_CHECKING:
    from colorstudio.core.artwork import Artwork

LONGEST_SIDE = 1600
"""Long side, in pixels, of the pictures that are compared: they share a screen."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Styles that were imported, and what could not be."""

    names: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One picture in two styles; a failure in place of the one that could not be made."""

    pictures: tuple[QImage | None, QImage | None]
    failures: tuple[Failure | None, Failure | None]


def read_samples(styles: Sequence[Style], side: int) -> dict[str, QImage]:
    """The sample pictures by name of the style, the long side of each at so many pixels."""
    found = {}
    for style in styles:
        if style.sample is None:
            continue
        reader = QImageReader(str(style.sample))
        size = reader.size()
        if size.isValid():
            size.scale(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(size.expandedTo(QSize(1, 1)))
        image = reader.read()
        if not image.isNull():
            found[style.info.name] = image
    return found


def import_files(files: Sequence[Path]) -> Taken:
    """Take .colorstyle files into the library; one that is broken stops no other."""
    from colorstudio.styles.library import StyleLibrary
    from colorstudio.styles.package import import_style

    library, names, failures = StyleLibrary(), [], []
    for file in files:
        try:
            names.append(import_style(file, library).info.name)
        except ColorStudioError as error:
            failures.append(error.failure)
    return Taken(tuple(names), tuple(failures))


def export(style: Style, target: Path) -> Path:
    """Write a style as one file."""
    from colorstudio.styles.package import export_style

    return export_style(style, target)


def remove(name: str) -> str:
    """Delete one of the artist's own styles."""
    from colorstudio.styles.library import StyleLibrary

    StyleLibrary().remove(name)
    return name


def rename(name: str, new: str) -> tuple[str, str]:
    """Give one of the artist's own styles another name; the old and the new one."""
    from colorstudio.styles.library import StyleLibrary

    return name, StyleLibrary().rename(name, new).info.name


def compare(picture: Path, styles: tuple[Style, Style], mode: Mode | None) -> Compared:
    """Colour a picture in two styles, at screen size."""
    from colorstudio.core.request import ColorRequest
    from colorstudio.inference.colorizer import Colorizer
    from colorstudio.jobs.guarded_reading import window_reader

    reader = window_reader("preview")
    width, height = reader.size(picture)
    artwork = _smaller(reader.artwork(picture, width * height))
    pictures: list[QImage | None] = []
    failures: list[Failure | None] = []
    for style in styles:
        try:
            colored = Colorizer(style).colorize_artwork(artwork, ColorRequest(mode=mode)).artwork
            whole = pyramid_of(colored.pixels, colored.alpha).levels[0].copy()
            pictures.append(whole)
            failures.append(None)
        except ColorStudioError as error:
            pictures.append(None)
            failures.append(error.failure)
    return Compared((pictures[0], pictures[1]), (failures[0], failures[1]))


def _smaller(artwork: "Artwork") -> "Artwork":
    """The artwork with its long side at most at LONGEST_SIDE."""
    import cv2
    import numpy as np

    scale = LONGEST_SIDE / max(artwork.height, artwork.width)
    if scale >= 1:
        return artwork
    size = (max(1, round(artwork.width * scale)), max(1, round(artwork.height * scale)))

    def fitted(plane: Any) -> Any:
        return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA)).astype(np.uint8)

    alpha = None if artwork.alpha is None else fitted(artwork.alpha)
    return replace(artwork, pixels=fitted(artwork.pixels), alpha=alpha)
