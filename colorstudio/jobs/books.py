"""Books in a batch: their pages are jobs of their own, and become a book again at the end.

Finished pages wait in a hidden folder beside the new book. It stays when the batch is stopped,
so that the next run goes on with what is there. `packing` makes the book.
"""

import functools
import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from colorstudio.core.books import UNUSUAL_SUFFIXES, pages_of
from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.naming import Existing, OutputFormat, Plan, fitting, plan_outputs
from colorstudio.core.reading import SUFFIXES
from colorstudio.core.scan import Found
from colorstudio.jobs.guarded_reading import batch_reader
from colorstudio.jobs.job import Job
from colorstudio.jobs.journal_file import fingerprint

MARK_LENGTH: Final = 8
"""Characters in a working folder's name that stand for its source."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book that is being coloured: where it comes from, and where the new one is to lie."""

    source: Path
    target: Path


def page_names(book: Path) -> tuple[str, ...]:
    """The pages of a book, in order. Raises ColorStudioError and OSError."""
    return _page_names(book, fingerprint(book))


@functools.lru_cache(maxsize=64)  # a window lists its folders again and again
def _page_names(book: Path, version: str) -> tuple[str, ...]:
    # A stranger's archive or PDF is a stranger's file even where only its pages are counted.
    pages = functools.partial(pages_of, suffixes=SUFFIXES | UNUSUAL_SUFFIXES)
    names: tuple[str, ...] = batch_reader().ask(pages, book)
    return names


def working_folder(source: Path, target: Path) -> Path:
    """The hidden folder beside a new book in which its finished pages wait.

    It belongs to the source as it is now: another book of that name, or a new version of this
    one, gets a folder of its own.
    """
    identity = os.fsencode(source.absolute()) + fingerprint(source).encode()
    mark = hashlib.sha256(identity).hexdigest()[:MARK_LENGTH]
    return fitting(target.parent, f".{target.name}", f".{mark}.pages")


def fits_no_more(page: Job) -> bool:
    """Whether another version of its book has come since the page was planned."""
    assert page.book is not None
    source = page.original
    return source.is_file() and not page.target.is_relative_to(working_folder(source, page.book))


def moved(page: Job, book: Path) -> Job:
    """The same page on its way into a new book of another name."""
    assert page.book is not None
    inside = page.place.relative_to(page.book)
    target = working_folder(page.original, book) / inside
    return replace(page, target=target, book=book, skip=False)


def plan_pages(plan: Plan, fmt: OutputFormat, existing: Existing) -> tuple[Plan, ...]:
    """Plan the pages of one book. Raises ColorStudioError and OSError."""
    if fmt is OutputFormat.PNG_LAYERS:  # a page that is a folder goes into no book
        raise ColorStudioError(
            FailureKind.USAGE,
            worded(
                "“{name}” can't be kept as folders of layers: choose PSD or ORA, or unpack the "
                "book first.",
                name=printable(plan.source.name),
            ),
        )
    found = [Found(plan.source / name, Path(name)) for name in page_names(plan.source)]
    # What an unfinished run left is gone on with, unless all is to be made anew.
    again = Existing.OVERWRITE if existing is Existing.OVERWRITE else Existing.SKIP
    return plan_outputs(found, working_folder(plan.source, plan.target), fmt, again)
