"""Palettes from the files that paint programs keep them in, or from a picture's colours.

GIMP, Krita and Inkscape write .gpl, Adobe's programs .ase, .aco and .act; hex lists (.hex,
.txt) come from palette sites and Paint.NET.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core import adobe_palettes
from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.oklab import oklab_of
from colorstudio.core.palette import palette_of, palette_of_colors
from colorstudio.core.reading import SUFFIXES, read_artwork
from colorstudio.core.small_files import read_small
from colorstudio.core.writing import new_file

MOST_COLORS: Final = 4096
MOST_BYTES: Final = 4 << 20
COLORS_OF_A_PICTURE: Final = 16
"""How many colours are taken from a picture, at most."""

_ALIKE = 0.04  # OkLab: of a picture's colours that differ by less, the more frequent one stays
_SAMPLE_SIDE = 256  # a picture's colours need no more detail

Named = list[tuple[tuple[int, int, int], str]]
"""Colours, red, green and blue 0..255, with their names, or ""."""


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """colors (K, 3) uint8 sRGB, each once; names (K) or ""; vector (PALETTE_SIZE,), what a
    generator is steered by."""

    colors: NDArray[np.uint8]
    names: tuple[str, ...]
    vector: NDArray[np.float32]

    @property
    def hex_colors(self) -> tuple[str, ...]:
        """The colours as `#rrggbb`."""
        return tuple("#" + bytes(color).hex() for color in self.colors)

    def named(self) -> dict[tuple[int, int, int], str]:
        """The names of those colours that have one."""
        values = ((int(r), int(g), int(b)) for r, g, b in self.colors)
        return {rgb: name for rgb, name in zip(values, self.names, strict=True) if name}


def read_palette(path: Path) -> Palette:
    """Read a palette file, or take the colours of a finished picture.

    Raises ColorStudioError with a sentence that names the file.
    """
    parse = _PARSERS.get(path.suffix.lower())
    try:
        if parse is None:
            return palette_from_picture(_picture(path).pixels)
        return _palette_of(parse(_bytes_of(path)))
    except ColorStudioError as error:
        failure = error.failure
        sentence = worded(
            "The palette “{name}” can't be used. {reason}",
            name=printable(path.name),
            reason=failure.sentence,
        )
        raise ColorStudioError(failure.kind, sentence, failure.detail) from error


def _picture(path: Path) -> Artwork:
    """A finished picture; of a file of another program's palettes it is not said to be none."""
    try:
        return read_artwork(path)
    except ColorStudioError as error:
        unknown = path.suffix.lower() not in SUFFIXES and path.is_file()
        if error.failure.kind is not FailureKind.NOT_A_PICTURE or not unknown:
            raise
        kinds = ", ".join(sorted(PALETTE_SUFFIXES))
        reason = worded(
            "It is neither a palette file ({kinds}) nor a picture. Export it as one of these.",
            kinds=kinds,
        )
        raise _bad(reason, error.failure.detail) from error


def write_palette(path: Path, palette: Palette, name: str) -> None:
    """Write a palette as GIMP's .gpl, which most paint programs read; name: of the palette.

    The file is there as a whole or not at all. Raises ColorStudioError.
    """
    rows = [f"GIMP Palette\nName: {printable(name)}\nColumns: 8\n#"]
    for color, its_name in zip(palette.colors.tolist(), palette.names, strict=True):
        red, green, blue = color
        rows.append(f"{red:3} {green:3} {blue:3}\t{its_name or '#' + bytes(color).hex()}")
    with new_file(path) as file:
        file.write(("\n".join(rows) + "\n").encode())


def palette_from_picture(pixels: NDArray[np.uint8]) -> Palette:
    """The palette of a finished picture (H, W, 3): its vector, and its most telling colours.

    Those are found by k-means in OkLab; each is the most frequent value of its cluster, so
    that the colours of a flat picture are met exactly. Raises ColorStudioError for grey.
    """
    if pixels.ndim == 2:
        raise _bad(worded("It has no colours to take a palette from. Choose a finished picture."))
    step = max(1, -(-max(pixels.shape[:2]) // _SAMPLE_SIDE))
    sample = pixels[::step, ::step].reshape(-1, 3)
    values, counts = np.unique(sample, axis=0, return_counts=True)
    kept = _most_telling(values, counts)
    return Palette(values[kept], ("",) * len(kept), palette_of(pixels))


def _most_telling(values: NDArray[np.uint8], counts: NDArray[np.int64]) -> list[int]:
    """Which of the different values (N, 3) stand for all of them, the most frequent first."""
    lab = oklab_of(values)
    clusters = _clusters(lab, counts)
    shares = np.bincount(clusters, counts)
    kept: list[int] = []
    for cluster in np.argsort(-shares, kind="stable"):
        members = np.flatnonzero(clusters == cluster)
        if not len(members):
            continue
        best = int(members[np.argmax(counts[members])])
        if all(np.linalg.norm(lab[best] - lab[other]) >= _ALIKE for other in kept):
            kept.append(best)
    return kept


def _clusters(lab: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The cluster (N,) of each value (N, 3), weighed by the roots of how often they occur."""
    if len(lab) <= COLORS_OF_A_PICTURE:
        return np.arange(len(lab))
    # Roots, so that a small red scarf counts beside a large blue sky.
    weighed = np.repeat(lab, np.ceil(np.sqrt(counts)).astype(int), axis=0).astype(np.float32)
    cv2.setRNGSeed(1)  # the same picture always gives the same palette
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 1e-3)
    how, labels = cv2.KMEANS_PP_CENTERS, np.zeros((len(weighed), 1), np.int32)
    _, _, centres = cv2.kmeans(weighed, COLORS_OF_A_PICTURE, labels, stop, 1, how)
    distances = [((lab - centre) ** 2).sum(axis=1) for centre in centres]
    return np.argmin(distances, axis=0)


def _palette_of(named: Named) -> Palette:
    if len(named) > MOST_COLORS:
        raise _bad(
            worded(
                "It holds {number:,} colours; at most {most:,} are read.",
                number=len(named),
                most=MOST_COLORS,
            )
        )
    first: dict[tuple[int, int, int], str] = {}
    for color, name in named:
        first.setdefault(color, printable(name.strip()))
    if not first:
        raise _bad(worded("There is no colour in it."))
    colors = np.array(list(first), np.uint8)
    return Palette(colors, tuple(first.values()), palette_of_colors(colors))


def _bytes_of(path: Path) -> bytes:
    data = read_small(path, MOST_BYTES)
    if data is None:
        raise _bad(worded("It is larger than {most} MB.", most=MOST_BYTES >> 20))
    return data


def _bad(reason: str, detail: str = "") -> ColorStudioError:
    return ColorStudioError(FailureKind.BAD_PALETTE, reason, detail)


# Formats ------------------------------------------------------------------------------------------


def _text_of(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace")


_GPL_ROW = re.compile(r"\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?")


def _gpl(data: bytes) -> Named:
    """GIMP palette: a heading, then rows of red, green, blue and a name."""
    lines = _text_of(data).splitlines()
    if not lines or lines[0].strip() != "GIMP Palette":
        raise _bad(worded("It does not begin with “GIMP Palette”. Export it again as .gpl."))
    named: Named = []
    for line in lines[1:]:
        row = _GPL_ROW.fullmatch(line)
        if row is None:
            continue  # a comment, the palette's name, the number of columns
        red, green, blue = (int(row[part]) for part in (1, 2, 3))
        if max(red, green, blue) > 255:
            raise _bad(
                worded(
                    "Its row “{row}” is no colour from 0 to 255.", row=printable(line.strip())[:40]
                )
            )
        named.append(((red, green, blue), row[4] or ""))
    return named


_HEX_ROW = re.compile(r"(?:#|0x)?([0-9a-fA-F]{6}|[0-9a-fA-F]{8})(?:[\s,;]+(.*))?")


def _hex(data: bytes) -> Named:
    """One colour a line, rrggbb or, after Paint.NET, aarrggbb; lines with ; or // are remarks."""
    named: Named = []
    for number, line in enumerate(_text_of(data).splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith((";", "//")):
            continue
        row = _HEX_ROW.fullmatch(text)
        if row is None:
            raise _bad(worded("Its line {number} is no colour like d04030.", number=number))
        red, green, blue = bytes.fromhex(row[1][-6:])
        named.append(((red, green, blue), row[2] or ""))
    return named


def _adobe(read: Callable[[bytes], Named]) -> Callable[[bytes], Named]:
    """Say in a sentence what a broken binary file raises."""

    def parse(data: bytes) -> Named:
        try:
            return read(data)
        except (struct.error, ValueError, IndexError, OverflowError) as error:
            raise _bad(
                worded("It is damaged or of another kind. Export it again."), str(error)
            ) from error

    return parse


_PARSERS: Final[dict[str, Callable[[bytes], Named]]] = {
    ".gpl": _gpl,
    ".hex": _hex,
    ".txt": _hex,
    ".ase": _adobe(adobe_palettes.swatch_exchange),
    ".aco": _adobe(adobe_palettes.swatches),
    ".act": _adobe(adobe_palettes.color_table),
}
PALETTE_SUFFIXES: Final = frozenset(_PARSERS)
"""Suffixes, in lower case, of palette files; any other file is taken for a picture."""
