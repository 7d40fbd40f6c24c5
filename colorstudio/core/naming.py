"""Naming outputs: one file for each input, on every disk, and never an input itself."""

import os
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.encoding import FORMAT_OF_SUFFIX
from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.output_options import (
    MERGED_NAME,
    PLAIN_NAMES,
    Existing,
    OutputFormat,
    checked_pattern,
    patterned,
)
from colorstudio.core.scan import Found
from colorstudio.core.writing import LONGEST_NAME, shortened


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


class _Wanted(NamedTuple):
    """The name an input would like; with_suffix: its stem if another input was first, or ""."""

    folder: Path
    stem: str
    suffix: str
    with_suffix: str


def plan_outputs(
    found: Sequence[Found],
    output: Path,
    fmt: OutputFormat,
    existing: Existing,
    pattern: str = PLAIN_NAMES,
) -> tuple[Plan, ...]:
    """Name the output of each picture, under `output` in the sub-folder it was found in.

    No two names differ only by case or by the way accents are composed, so that none
    overwrites another on any disk. Of two inputs with one name the first keeps it; the other
    becomes "name.jpg.png" or "name (2).png". The same inputs always get the same names. Names
    are at most 255 bytes. pattern: see `output_options`. Raises ColorStudioError (USAGE) where a
    result would replace a source, and for a pattern that can't be used.
    """
    names = _distinct_names(found, fmt, checked_pattern(pattern))
    sources = _Sources(found)
    taken = {fold(name) for name in names}
    plans = []
    for item, name in zip(found, names, strict=True):
        target = output / name
        there = result_is_there(target)
        if there and existing is Existing.RENAME:
            target, there = output / _next_free(name, output, taken), False
        if sources.contain(target):
            raise _would_replace_source(target)
        plans.append(Plan(item.path, target, skip=there and existing is Existing.SKIP))
    return tuple(plans)


def example_name(picture: Path, fmt: OutputFormat, pattern: str) -> str:
    """The name that a picture's result would get as the first of a batch.

    Raises ColorStudioError (USAGE) for a pattern that can't be used.
    """
    wanted = _wanted(Found(picture, Path(picture.name)), fmt, checked_pattern(pattern), 1, 1)
    return fitting(wanted.folder, wanted.stem, wanted.suffix).name


def result_is_there(target: Path) -> bool:
    """Whether something lies where a result is to be; of a folder of layers, all of them."""
    # The merged picture is written last: it is there only when the whole result is.
    return os.path.lexists(target / MERGED_NAME if target.suffix == ".layers" else target)


def _distinct_names(found: Sequence[Found], fmt: OutputFormat, pattern: str) -> list[Path]:
    """Give each input its plain name if it is the first to want it, else another one."""
    total = len(found)
    wanted = [_wanted(item, fmt, pattern, n, total) for n, item in enumerate(found, start=1)]
    names = [fitting(want.folder, want.stem, want.suffix) for want in wanted]
    taken: set[str] = set()
    late: list[int] = []
    for index, name in enumerate(names):
        key = fold(name)
        if key in taken:
            late.append(index)
        taken.add(key)
    for index in late:
        names[index] = _free_alternative(wanted[index], taken)
        taken.add(fold(names[index]))
    return names


def _wanted(item: Found, fmt: OutputFormat, pattern: str, number: int, total: int) -> _Wanted:
    stem, suffix = _stem_and_suffix(item, fmt)
    changes = item.path.suffix.lower() != suffix.lower()
    return _Wanted(
        item.relative.parent,
        patterned(pattern, item.path, stem, number, total),
        suffix,
        patterned(pattern, item.path, item.path.name, number, total) if changes else "",
    )


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


def _free_alternative(wanted: _Wanted, taken: set[str]) -> Path:
    folder, stem, suffix, with_suffix = wanted
    if with_suffix:
        name = fitting(folder, with_suffix, suffix)
        if fold(name) not in taken:
            return name
    return next(name for name in _numbered(folder, stem, suffix) if fold(name) not in taken)


def _next_free(name: Path, output: Path, taken: set[str]) -> Path:
    """Find "name (2)", "name (3)", … that neither exists nor is planned, and take it."""
    for candidate in _numbered(name.parent, name.stem, name.suffix):
        if fold(candidate) not in taken and not os.path.lexists(output / candidate):
            taken.add(fold(candidate))
            return candidate
    raise AssertionError("numbers do not end")


def _numbered(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    number = 2
    while True:
        yield fitting(folder, stem, f" ({number}){suffix}")
        number += 1


def fitting(folder: Path, stem: str, ending: str) -> Path:
    """Join stem and ending to a name of at most 255 bytes.

    A checksum of what was cut off keeps shortened names apart.
    """
    name = stem + ending
    if len(os.fsencode(name)) <= LONGEST_NAME:
        return folder / name
    mark = f"~{zlib.crc32(os.fsencode(stem)):08x}{ending}"
    return folder / (shortened(stem, LONGEST_NAME - len(os.fsencode(mark))) + mark)


def fold(name: Path) -> str:
    """One key for all spellings that some disk takes for the same name."""
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
        worded(
            "The result would replace the original “{name}”. Choose another output folder.",
            name=printable(target.name),
        ),
    )
