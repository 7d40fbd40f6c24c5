"""Finding artworks in folders that may hold anything, in the order an artist expects."""

import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.failures import (
    ColorStudioError,
    Failure,
    FailureKind,
    describe,
    printable,
    worded,
)
from colorstudio.core.natural_order import natural_key
from colorstudio.core.reading import SUFFIXES


@dataclass(frozen=True, slots=True)
class Found:
    """A picture to colour: its path, and its place relative to the folder it was found in."""

    path: Path
    relative: Path


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found, in natural order, and what could not be looked at, with the reason."""

    found: tuple[Found, ...]
    failures: tuple[tuple[Path, Failure], ...]


_SUFFIXES: Final = SUFFIXES | BOOK_SUFFIXES
_NOT_A_FILE: Final = Failure(
    FailureKind.NOT_A_PICTURE,
    worded("This is a pipe, a socket or a device, not a picture file. Leave it out."),
)
_BROKEN_LINK: Final = Failure(
    FailureKind.NOT_FOUND,
    worded("This link leads nowhere. Delete it, or put back the file that it leads to."),
)


def find_artworks(inputs: Sequence[Path], *, recursive: bool, exclude: Path | None) -> Scan:
    """Collect the pictures and books that `inputs` (files and folders) name.

    A file that is named is always taken; in folders only regular files with a suffix of pictures
    or of books (archives and PDFs of pages, each as one) are, hidden ones left out. Sub-folders
    are searched if `recursive`; the folder `exclude` (the output) is not.
    Each real file comes once, however many links lead to it. Raises
    ColorStudioError: NOT_FOUND for an input that is not there, USAGE where the output folder
    is an input folder, NOTHING_TO_DO where there is no picture.
    """
    search = _Search(recursive, exclude)
    for given in inputs:
        search.add(given)
    scan = search.result()
    if not scan.found and not scan.failures:
        raise ColorStudioError(FailureKind.NOTHING_TO_DO, _nothing_found(inputs, recursive))
    return scan


def _nothing_found(inputs: Sequence[Path], recursive: bool) -> str:
    names = ", ".join(f"“{printable(str(given))}”" for given in inputs[:3])
    places = worded("{names} and the other places", names=names) if len(inputs) > 3 else names
    if recursive:
        return worded(
            "There is no picture in {places}. Choose a folder with PNG, JPEG, WebP, TIFF, BMP, "
            "GIF, PSD, ORA or KRA files, or books (CBZ, ZIP, PDF).",
            places=places,
        )
    return worded(
        "There is no picture in {places}. Choose a folder with PNG, JPEG, WebP, TIFF, BMP, GIF, "
        "PSD, ORA or KRA files, or books (CBZ, ZIP, PDF), or search its sub-folders too.",
        places=places,
    )


class _Search:
    """One walk over all inputs, which remembers the folders and files it has met."""

    def __init__(self, recursive: bool, exclude: Path | None) -> None:
        self._recursive = recursive
        self._excluded = _identity(exclude) if exclude is not None else None
        self._folders: set[tuple[int, int]] = set()
        self._files: set[str] = set()
        self._found: list[Found] = []
        self._links: list[Found] = []
        self._failures: list[tuple[Path, Failure]] = []

    def add(self, given: Path) -> None:
        try:
            mode = os.stat(given).st_mode
        except (OSError, ValueError) as error:
            raise _unreachable(given, error) from error
        if stat.S_ISDIR(mode):
            self._refuse_output_as_input(given)
            self._walk(given)
        elif stat.S_ISREG(mode):
            self._links.append(Found(given, Path(given.name)))
        else:
            self._failures.append((given, _NOT_A_FILE))

    def _refuse_output_as_input(self, folder: Path) -> None:
        if self._excluded is not None and _identity(folder) == self._excluded:
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "The output folder is also an input folder. Choose another output folder, such "
                    "as “colorized” inside it."
                ),
            )

    def result(self) -> Scan:
        # Links come last, so that the real file's own name wins over a link's.
        for link in self._links:
            self._take(link, os.path.realpath(link.path))
        keys = {found.path: natural_key(found.path) for found in self._found}
        ordered = sorted(self._found, key=lambda found: keys[found.path])
        return Scan(tuple(ordered), tuple(sorted(self._failures, key=lambda entry: entry[0])))

    def _take(self, found: Found, real: str) -> None:
        if real not in self._files:
            self._files.add(real)
            self._found.append(found)

    def _walk(self, root: Path) -> None:
        waiting = deque([(str(root), "")])
        linked: deque[tuple[str, str]] = deque()
        while waiting or linked:
            folder, relative = waiting.popleft() if waiting else linked.popleft()
            if not self._enter(folder):
                continue
            real = os.path.realpath(folder)
            for entry in self._entries(folder):
                inner = os.path.join(relative, entry.name)
                if not _is_folder(entry):
                    self._look_at_file(entry, inner, real)
                elif self._recursive:
                    (linked if entry.is_symlink() else waiting).append((entry.path, inner))

    def _enter(self, folder: str) -> bool:
        identity = _identity(Path(folder))
        if identity is None or identity in self._folders or identity == self._excluded:
            return identity is None  # reading it will tell why it cannot be looked at
        self._folders.add(identity)
        return True

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        yield entry
        except OSError as error:
            self._failures.append((Path(folder), describe(error, Path(folder))))

    def _look_at_file(self, entry: os.DirEntry[str], relative: str, real_folder: str) -> None:
        if os.path.splitext(entry.name)[1].lower() not in _SUFFIXES:
            return
        found = Found(Path(entry.path), Path(relative))
        try:
            if entry.is_file():
                if entry.is_symlink():
                    self._links.append(found)
                else:
                    self._take(found, os.path.join(real_folder, entry.name))
            else:
                broken = entry.is_symlink() and not os.path.exists(entry.path)
                self._failures.append((found.path, _BROKEN_LINK if broken else _NOT_A_FILE))
        except OSError as error:
            self._failures.append((found.path, describe(error, found.path)))


def _unreachable(given: Path, error: OSError | ValueError) -> ColorStudioError:
    if isinstance(error, ValueError):  # a NUL character cannot be part of any name
        error = FileNotFoundError(2, "no such name")
    failure = describe(error, given)
    return ColorStudioError(failure.kind, failure.sentence, failure.detail)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in a circle
        return False
