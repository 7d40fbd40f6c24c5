"""What the artist wants at the moment, as plain values without a window."""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from colorstudio.core.books import BOOK_SUFFIXES, file_of, is_book
from colorstudio.core.modes import Mode
from colorstudio.core.output_options import (
    OUTPUT_NAME,
    PLAIN_NAMES,
    Existing,
    OutputFormat,
    alternatives,
)
from colorstudio.jobs.job import Job

if TYPE_CHECKING:
    from colorstudio.core.hints import HintSet
    from colorstudio.core.palette_files import Palette
    from colorstudio.core.request import ColorRequest


@dataclass(frozen=True, slots=True)
class Coloring:
    """How pictures are coloured, beyond style and mode.

    palette_name: of the file that the palette came from. flat: 0 painted … 1 flat.
    palette_only: flats have only the palette's colours.
    """

    palette: "Palette | None" = None
    palette_name: str = ""
    flat: float = 0.0
    palette_only: bool = False

    def request(self, mode: Mode | None = None, hints: "HintSet | None" = None) -> "ColorRequest":
        """The same as the colorizer takes it."""
        from colorstudio.core.hints import HintSet
        from colorstudio.core.request import ColorRequest

        palette = self.palette
        return ColorRequest(
            mode=mode,
            hints=hints or HintSet(),
            palette=palette.vector if palette else None,
            flat=self.flat,
            only=palette.colors if palette and self.palette_only else None,
        )


PLAIN = Coloring()
"""No palette, no flats."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that decides which pictures are coloured, how, and where to.

    inputs: pictures and folders that wait to be coloured. output None: a folder `colorized`
    beside each input. pattern: of the results' names, checked. mode None: found out per picture.
    style: a name in the style library. leaks: whether leaks are looked for. skip_coloured:
    whether pages that have colours already are left out.
    """

    inputs: tuple[Path, ...] = ()
    recursive: bool = False
    output: Path | None = None
    fmt: OutputFormat = OutputFormat.KEEP
    pattern: str = PLAIN_NAMES
    existing: Existing = Existing.SKIP
    mode: Mode | None = None
    style: str = "starter"
    coloring: Coloring = PLAIN
    leaks: bool = False
    skip_coloured: bool = False

    def request(self) -> "ColorRequest":
        """How every picture is coloured; mode and hints follow from each."""
        return replace(self.coloring.request(), leaks=self.leaks, skip_coloured=self.skip_coloured)


@dataclass(frozen=True, slots=True)
class InputGroup:
    """Inputs that share an output folder.

    pages: of the books among the inputs only these; empty: all that is in them.
    """

    inputs: tuple[Path, ...]
    output: Path
    pages: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Drop:
    """What was dropped on the window or named to it, sorted; `others` can't be used here.

    A book counts as a folder: of its pages. missing: is not there, and may have been a folder.
    """

    folders: tuple[Path, ...] = ()
    pictures: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    missing: tuple[Path, ...] = ()


def default_output(source: Path, *, is_folder: bool) -> Path:
    """Where coloured pictures go unless the artist says otherwise."""
    return (source if is_folder else source.parent) / OUTPUT_NAME


def holds_results(place: Path) -> bool:
    """True for an output folder and for a book in one, going by their names."""
    in_folder = place.suffix.lower() in BOOK_SUFFIXES and place.parent.name == OUTPUT_NAME
    return in_folder or place.name == OUTPUT_NAME


def input_groups(wishes: Wishes) -> tuple[InputGroup, ...]:
    """Sort the inputs by output folder. Looks at the disk, to tell folders from pictures.

    Single pages come in groups of their own: a book that is wished for as a whole stays whole.
    """
    whole: dict[Path, list[Path]] = {}
    pages: dict[Path, list[Path]] = {}
    for path in wishes.inputs:
        file = file_of(path)
        output = wishes.output or default_output(file, is_folder=file.is_dir())
        groups = whole if file == path else pages
        groups.setdefault(output, []).append(path)
    return (
        *(InputGroup(tuple(paths), output) for output, paths in whole.items()),
        *(
            InputGroup(tuple(dict.fromkeys(map(file_of, paths))), output, frozenset(paths))
            for output, paths in pages.items()
        ),
    )


def sort_drop(paths: Iterable[Path], suffixes: Collection[str]) -> Drop:
    """Tell folders and books, pictures (by suffix, lower case with a dot) and others apart."""
    folders, pictures, others, missing = [], [], [], []
    for path in paths:
        if path.is_dir() or is_book(path):
            folders.append(path)
        elif path.suffix.lower() in suffixes:
            pictures.append(path)
        elif path.exists():
            others.append(path)
        else:
            missing.append(path)
    return Drop(tuple(folders), tuple(pictures), tuple(others), tuple(missing))


def without_clashes(jobs: Iterable[Job], queued: Iterable[Job]) -> tuple[Job, ...]:
    """Leave out sources that are queued already, and give clashing targets a name of their own.

    Two batches planned one after the other know nothing of each other; in one queue they must
    never write to the same file.
    """
    held = tuple(queued)
    sources = {job.source for job in held}
    targets = {_folded(job.target) for job in held}
    books = {_folded(job.book): job.original for job in held if job.book is not None}
    kept = []
    for job in jobs:
        if job.source in sources:
            continue
        job = _with_own_book(job, books)
        target = _free_target(job.target, targets)
        kept.append(job if target is job.target else replace(job, target=target, skip=False))
        sources.add(job.source)
        targets.add(_folded(target))
    return tuple(kept)


def common_folder(folders: Iterable[Path]) -> Path | None:
    """The deepest folder that holds all of these; None for none, or for several drives."""
    try:
        return Path(os.path.commonpath(set(folders)))
    except ValueError:
        return None


def _with_own_book(job: Job, books: dict[str, Path]) -> Job:
    """The job, with another book to go into if that is to be made of another source.

    books: the sources of books that are to be made; this one comes in.
    """
    if job.book is None:
        return job
    source = job.original
    book = next(p for p in alternatives(job.book) if books.get(_folded(p), source) == source)
    books[_folded(book)] = source
    if book == job.book:
        return job
    from colorstudio.jobs.books import moved  # pillow comes with it

    return moved(job, book)


def _free_target(target: Path, taken: Collection[str]) -> Path:
    return next(path for path in alternatives(target) if _folded(path) not in taken)


def _folded(path: Path) -> str:
    return str(path).casefold()


def arranged_like(jobs: Iterable[Job], order: Iterable[Path]) -> tuple[Job, ...]:
    """The jobs in the order that the artist gave their sources; others follow."""
    places = {source: place for place, source in enumerate(order)}
    return tuple(sorted(jobs, key=lambda job: places.get(job.source, len(places))))
