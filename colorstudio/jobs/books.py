"""Books in a batch: their pages are jobs of their own, and become a book again at the end.

Finished pages wait in a hidden folder beside the new book. It stays when the batch is stopped,
so that the next run goes on with what is there.
"""

import contextlib
import functools
import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from colorstudio.core.books import UNUSUAL_SUFFIXES, page_to_keep, pages_of, write_book
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, printable, worded
from colorstudio.core.naming import Existing, OutputFormat, Plan, fitting, plan_outputs
from colorstudio.core.output_options import alternatives
from colorstudio.core.reading import SUFFIXES
from colorstudio.core.scan import Found
from colorstudio.core.writing import new_file
from colorstudio.jobs.guarded_reading import batch_reader
from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.jobs.journal_file import fingerprint
from colorstudio.jobs.ledger import Ledger
from colorstudio.jobs.storing import check_free, describe_storing

_MARK: Final = 8  # characters in a working folder's name that stand for its source


@dataclass(frozen=True, slots=True)
class Book:
    """A book to colour. pages: (name in the source, where its result goes, its job's id).

    replaces: a file that lies at the target is to go.
    """

    source: Path
    target: Path
    pages: tuple[tuple[str, Path, int], ...]
    replaces: bool = False

    @property
    def folder(self) -> Path:
        """Where finished pages wait."""
        return self.target.parent / self.pages[0][1].relative_to(self.target.parent).parts[0]


@dataclass(frozen=True, slots=True)
class BookUpdate:
    """How a book ended: DONE, SKIPPED (nothing in it was coloured) or FAILED, with its failure.

    SKIPPED with a failure: it was left to another program, or lies there finished already.
    unchanged: pages that are in it as they were, because they were skipped or failed. lost: what
    is not in it at all, since it can't be got out of the damaged source.
    """

    book: Book
    state: JobState
    unchanged: int = 0
    failure: Failure | None = None
    lost: int = 0


def working_folder(source: Path, target: Path) -> Path:
    """The hidden folder beside a new book in which its finished pages wait.

    It belongs to the source as it is now: another book of that name, or a new version of this
    one, gets a folder of its own.
    """
    identity = os.fsencode(source.absolute()) + fingerprint(source).encode()
    mark = hashlib.sha256(identity).hexdigest()[:_MARK]
    return fitting(target.parent, f".{target.name}", f".{mark}.pages")


def name_in_book(page: Path, target: Path) -> Path:
    """What a finished page that waits in the working folder is called in its book."""
    return Path(*page.relative_to(target.parent).parts[1:])


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
    # A stranger's archive or PDF is a stranger's file even where only its pages are counted.
    pages = functools.partial(pages_of, suffixes=SUFFIXES | UNUSUAL_SUFFIXES)
    names = batch_reader().ask(pages, plan.source)
    found = [Found(plan.source / name, Path(name)) for name in names]
    # What an unfinished run left is gone on with, unless all is to be made anew.
    again = Existing.OVERWRITE if existing is Existing.OVERWRITE else Existing.SKIP
    return plan_outputs(found, working_folder(plan.source, plan.target), fmt, again)


@dataclass(slots=True)
class _Open:
    book: Book
    left: int
    coloured: set[int] = field(default_factory=set)
    stopped: bool = False
    failed: bool = False


class BookPacker:
    """Listens to a batch and packs each book when the last of its pages has ended.

    tell is called once for each book that ended; one with cancelled pages does not. A book that
    another program is at, as the ledger knows, is left to it with all its pages.
    """

    def __init__(
        self,
        books: Iterable[Book],
        tell: Callable[[BookUpdate], None],
        ledger: Ledger | None = None,
    ) -> None:
        opened = [_Open(book, len(book.pages)) for book in books]
        self._of_job = {number: entry for entry in opened for _, _, number in entry.book.pages}
        self._tell, self._ledger = tell, ledger
        self._lock = threading.Lock()

    def __call__(self, update: JobUpdate) -> None:
        """Take an update of the batch."""
        entry = self._of_job.get(update.job_id)
        if entry is None or not update.state.ended:
            return
        with self._lock:
            entry.left -= 1
            entry.stopped |= update.state is JobState.CANCELLED
            entry.failed |= update.state is JobState.FAILED
            last = entry.left == 0
        if last and not entry.stopped:
            self._tell(self._ended(entry))

    def _ended(self, entry: _Open) -> BookUpdate:
        book, ledger = entry.book, self._ledger
        if ledger is None:
            return _packed(entry)
        refusal = ledger.hold_book(book.target, may_replace=book.replaces)
        if refusal is not None:
            return BookUpdate(book, refusal[0], len(book.pages), refusal[1])
        try:
            update = _packed(entry)
            if update.state is JobState.DONE:
                _remove_stale(book)
            return update
        finally:
            ledger.let_go_of_book(book.target)


def _packed(entry: _Open) -> BookUpdate:
    book = entry.book
    finished = {name: target for name, target, _ in book.pages if os.path.isfile(target)}
    unchanged = len(book.pages) - len(finished)
    if not finished:
        nothing = Failure(FailureKind.NOTHING_TO_DO, worded("No page of it could be coloured."))
        state = JobState.FAILED if entry.failed else JobState.SKIPPED
        return BookUpdate(book, state, unchanged, nothing if entry.failed else None)

    def check() -> None:
        check_free(book.target, may_replace=book.replaces)
        _check_unchanged(book)

    try:
        with new_file(book.target, check) as file:
            lost = write_book(file, book.source, _contents(book, finished), _page_as_it_was)
    except Exception as error:  # the pages are there: the next run only has to pack them
        return BookUpdate(book, JobState.FAILED, unchanged, describe_storing(error, book.target))
    shutil.rmtree(book.folder, ignore_errors=True)
    unchanged -= len({page for page, _, _ in book.pages}.intersection(lost))
    return BookUpdate(book, JobState.DONE, unchanged, lost=len(lost))


def _check_unchanged(book: Book) -> None:
    """Raise ColorStudioError where another version of the source has come since the plan.

    Some of its pages may be of the one, some of the other.
    """
    if os.path.exists(book.source) and working_folder(book.source, book.target) != book.folder:
        raise ColorStudioError(
            FailureKind.DAMAGED,
            worded(
                "“{name}” changed while it was being coloured, so no new book was made. Start "
                "again when the other program has saved it.",
                name=printable(book.source.name),
            ),
        )


def _remove_stale(book: Book) -> None:
    """Remove pages that waited for a book that is no longer to be: an older version of this one.

    Only while the book is held, so that no other program is at them.
    """
    start = book.folder.name.removesuffix(".pages")[:-_MARK]
    name = re.compile(rf"{re.escape(start)}[0-9a-f]{{{_MARK}}}\.pages")
    with contextlib.suppress(OSError):
        for folder in book.target.parent.iterdir():
            if name.fullmatch(folder.name):
                shutil.rmtree(folder, ignore_errors=True)


def _page_as_it_was(book: Path, page: str) -> bytes:
    return batch_reader().ask(functools.partial(page_to_keep, page=page), book)


def _contents(book: Book, finished: dict[str, Path]) -> dict[str, tuple[str, Path | None]]:
    """Each page's name in the new book, and its finished file if there is one."""
    new = {page: name_in_book(file, book.target).as_posix() for page, file in finished.items()}
    taken = {name.casefold() for name in new.values()}
    for page, _, _ in book.pages:
        if page not in new:  # as it was; another one may have got its name in a new format
            names = map(str, alternatives(PurePosixPath(page)))
            new[page] = next(name for name in names if name.casefold() not in taken)
            taken.add(new[page].casefold())
    return {page: (new[page], finished.get(page)) for page, _, _ in book.pages}
