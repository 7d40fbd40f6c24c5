"""Naming outputs: one file for each input, on every disk, and never an input itself."""

import os
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.encoding import FORMAT_OF_SUFFIX
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.scan import Found
from colorstudio.core.writing import LONGEST_NAME, shortened


class OutputFormat(StrEnum):
    """The format to write; KEEP writes each picture's own, or the nearest where we cannot."""

    KEEP = "keep"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    TIFF = "tiff"
    PSD = "psd"
    ORA = "ora"
    PNG_LAYERS = "png-layers"


LAYERED_FORMATS: Final = (OutputFormat.PSD, OutputFormat.ORA, OutputFormat.PNG_LAYERS)
"""Formats that hold lines, colour and flats apart."""


MERGED_NAME: Final = "merged.png"
"""The finished picture in a folder of layers (PNG_LAYERS); it is written last."""


class Existing(StrEnum):
    """What to do where an output exists already."""

    SKIP = "skip"
    OVERWRITE = "overwrite"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where one source's result goes; `skip` where it is there already and is to be kept."""

    source: Path
    target: Path
    skip: bool


_SUFFIX_OF_FORMAT: Final = {
    OutputFormat.PNG: ".png",
    OutputFormat.JPEG: ".jpg",
    OutputFormat.WEBP: ".webp",
    OutputFormat.TIFF: ".tif",
    OutputFormat.PSD: ".psd",
    OutputFormat.ORA: ".ora",
    OutputFormat.PNG_LAYERS: ".layers",
}

_KEPT: Final = {".psd": ".psd", ".psb": ".psb", ".ora": ".ora", ".kra": ".ora", ".gif": ".png"}
"""Suffixes of readable files that no plain picture is written to, and what KEEP makes of them."""


def plan_outputs(
    found: Sequence[Found], output: Path, fmt: OutputFormat, existing: Existing
) -> tuple[Plan, ...]:
    """Name the output of each picture, under `output` in the sub-folder it was found in.

    No two names differ only by case or by the way accents are composed, so that none
    overwrites another on any disk. Of two inputs with one name the first keeps it; the other
    becomes "name.jpg.png" or "name (2).png". The same inputs always get the same names. Names
    are at most 255 bytes. Raises ColorStudioError (USAGE) where a result would replace a source.
    """
    names = _distinct_names(found, fmt)
    sources = _Sources(found)
    taken = {_fold(name) for name in names}
    plans = []
    for item, name in zip(found, names, strict=True):
        target = output / name
        there = os.path.lexists(_proof(target))
        if there and existing is Existing.RENAME:
            target, there = output / _next_free(name, output, taken), False
        if sources.contain(target):
            raise _would_replace_source(target)
        plans.append(Plan(item.path, target, skip=there and existing is Existing.SKIP))
    return tuple(plans)


def _proof(target: Path) -> Path:
    """What is there only when the whole result is: of a folder of layers the last one written."""
    return target / MERGED_NAME if target.suffix == ".layers" else target


def _distinct_names(found: Sequence[Found], fmt: OutputFormat) -> list[Path]:
    """Give each input its plain name if it is the first to want it, else another one."""
    names = [_fitting(item.relative.parent, *_stem_and_suffix(item, fmt)) for item in found]
    taken: set[str] = set()
    late: list[int] = []
    for index, name in enumerate(names):
        key = _fold(name)
        if key in taken:
            late.append(index)
        taken.add(key)
    for index in late:
        names[index] = _free_alternative(found[index], fmt, taken)
        taken.add(_fold(names[index]))
    return names


def _stem_and_suffix(item: Found, fmt: OutputFormat) -> tuple[str, str]:
    suffix = item.path.suffix
    if suffix.lower() in BOOK_SUFFIXES:  # a book stays one; PDFs can't be written
        return item.path.stem, ".cbz" if suffix.lower() == ".pdf" else suffix
    known = FORMAT_OF_SUFFIX.get(suffix.lower())
    if known is not None and fmt in (OutputFormat.KEEP, known.lower()):
        return item.path.stem, suffix
    wanted = _SUFFIX_OF_FORMAT.get(fmt) or _KEPT.get(suffix.lower(), ".png")
    recognised = known is not None or suffix.lower() in _KEPT
    return (item.path.stem if recognised else item.path.name), wanted


def _free_alternative(item: Found, fmt: OutputFormat, taken: set[str]) -> Path:
    folder = item.relative.parent
    stem, suffix = _stem_and_suffix(item, fmt)
    if item.path.suffix.lower() != suffix.lower():
        name = _fitting(folder, item.path.name, suffix)
        if _fold(name) not in taken:
            return name
    return next(name for name in _numbered(folder, stem, suffix) if _fold(name) not in taken)


def _next_free(name: Path, output: Path, taken: set[str]) -> Path:
    """Find "name (2)", "name (3)", … that neither exists nor is planned, and take it."""
    for candidate in _numbered(name.parent, name.stem, name.suffix):
        if _fold(candidate) not in taken and not os.path.lexists(output / candidate):
            taken.add(_fold(candidate))
            return candidate
    raise AssertionError("numbers do not end")


def _numbered(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    number = 2
    while True:
        yield _fitting(folder, stem, f" ({number}){suffix}")
        number += 1


def _fitting(folder: Path, stem: str, ending: str) -> Path:
    """Join stem and ending to a name of at most 255 bytes.

    A checksum of what was cut off keeps shortened names apart.
    """
    name = stem + ending
    if len(os.fsencode(name)) <= LONGEST_NAME:
        return folder / name
    mark = f"~{zlib.crc32(os.fsencode(stem)):08x}{ending}"
    return folder / (shortened(stem, LONGEST_NAME - len(os.fsencode(mark))) + mark)


def _fold(name: Path) -> str:
    """Give one key to all spellings that some disk takes for the same name."""
    decomposed = unicodedata.normalize("NFD", str(name))
    return unicodedata.normalize("NFC", decomposed.casefold())


class _Sources:
    """The inputs' identities on the disk, looked up only where a target exists."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._found = found
        self._identities: set[tuple[int, int]] | None = None

    def contain(self, target: Path) -> bool:
        """True if `target` is a source under any name: itself, a link or a hard link."""
        identity = _identity(target)
        if identity is None:
            return False
        if self._identities is None:
            known = (_identity(item.path) for item in self._found)
            self._identities = {each for each in known if each is not None}
        return identity in self._identities


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _would_replace_source(target: Path) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.USAGE,
        f"The result would replace the original “{printable(target.name)}”. "
        "Choose another output folder.",
    )
