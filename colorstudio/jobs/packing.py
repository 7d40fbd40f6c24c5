"""The end of a book in a batch: its finished pages become a new book, in one step."""

import contextlib
import functools
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from colorstudio.core.books import page_to_keep, write_book
from colorstudio.core.cancel import CancelToken
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, printable, worded
from colorstudio.core.output_options import alternatives
from colorstudio.core.writing import new_file
from colorstudio.jobs.books import MARK_LENGTH, Book, page_names, working_folder
from colorstudio.jobs.guarded_reading import batch_reader
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.ledger import Ledger
from colorstudio.jobs.queue import JobQueue
from colorstudio.jobs.storing import check_free, describe_storing


@dataclass(frozen=True, slots=True)
class BookUpdate:
    """How a book ended: DONE, SKIPPED (nothing in it was coloured) or FAILED, with its failure.

    pages: how many it has. SKIPPED with a failure: it was left to another program, or lies there
    finished already. unchanged: pages that are in it as they were, because they were skipped or
    failed. lost: what is not in it at all, since it can't be got out of the damaged source.
    """

    book: Book
    state: JobState
    pages: int = 0
    unchanged: int = 0
    failure: Failure | None = None
    lost: int = 0


@dataclass(slots=True)
class _Open:
    """The jobs of a book, and the ids of those that have not ended."""

    book: Book
    jobs: list[Job] = field(default_factory=list)
    left: set[int] = field(default_factory=set)


class BookPacker:
    """Listens to a batch and packs each book when the last of its pages has ended.

    tell is called once for each book that ended; one whose batch was stopped, or of which pages
    wait for another batch, does not. A book that another program is at, as the ledger knows, is
    left to it with all its pages.
    """

    def __init__(
        self,
        queue: JobQueue,
        tell: Callable[[BookUpdate], None],
        ledger: Ledger | None = None,
        token: CancelToken | None = None,
    ) -> None:
        self._queue, self._tell, self._ledger, self._token = queue, tell, ledger, token
        self._version = -1  # of the queue as it was looked through
        self._opened: dict[Book, _Open] = {}
        self._of_job: dict[int, _Open] = {}
        self._due: dict[Book, None] = {}  # pages of these have ended since they were packed

    def __call__(self, update: JobUpdate) -> None:
        """Take an update of the batch, which the queue has taken already."""
        if not update.state.ended:
            return
        self._look_through()
        entry = self._of_job.get(update.job_id)
        if entry is None:
            return
        entry.left.discard(update.job_id)
        self._due[entry.book] = None
        self._pack_if_over(entry)

    def finish(self) -> None:
        """The batch is over: pack books whose last pages were taken out of the queue meanwhile."""
        self._look_through()
        for entry in [entry for book, entry in self._opened.items() if book in self._due]:
            self._pack_if_over(entry)

    def _look_through(self) -> None:
        """Find the pages in the queue, whenever the owner has put jobs in or taken some out."""
        version = self._queue.version
        if version == self._version:
            return
        self._version, self._opened, self._of_job = version, {}, {}
        for job in self._queue.jobs:
            if job.book is None:
                continue
            book = Book(job.original, job.book)
            entry = self._of_job[job.id] = self._opened.setdefault(book, _Open(book))
            entry.jobs.append(job)
            if not self._update_of(job).state.ended:
                entry.left.add(job.id)

    def _pack_if_over(self, entry: _Open) -> None:
        if not entry.left and not self._was_stopped(entry):
            self._due.pop(entry.book, None)
            self._tell(self._ended(entry))

    def _was_stopped(self, entry: _Open) -> bool:
        """True if pages are to be gone on with; those that the artist cancelled are not.

        Where a stop found every page of a book ended, nothing but the packing would be left.
        """
        updates = [self._update_of(job) for job in entry.jobs]
        cancelled = [update for update in updates if update.state is JobState.CANCELLED]
        if self._token is not None and self._token.cancelled:
            return bool(cancelled)
        return any(update.failure for update in cancelled)

    def _update_of(self, job: Job) -> JobUpdate:
        try:
            return self._queue.update_of(job.id)
        except KeyError:  # it was taken out this very moment
            return JobUpdate(job.id, JobState.SKIPPED)

    def _ended(self, entry: _Open) -> BookUpdate:
        book, ledger = entry.book, self._ledger
        pages = {_page_of(job): job for job in entry.jobs}
        replaces = any(job.replaces for job in entry.jobs)
        if ledger is None:
            return self._packed(book, pages, lambda: check_free(book.target, may_replace=replaces))
        refusal = ledger.hold_book(book, may_replace=replaces)
        if refusal is not None:
            return BookUpdate(book, refusal[0], len(pages), len(pages), refusal[1])
        done = False
        try:
            kept = _kept(book, pages) if ledger.holds_pages_of(book) else {}
            check = functools.partial(ledger.check_book, book, may_replace=replaces)
            # Those that left the queue since they were made belong into the book all the same.
            waiting = ledger.waiting_in(_working_folder(book, pages), book)
            update = self._packed(book, pages, check, kept, waiting)
            if done := update.state is JobState.DONE:
                _remove_stale(_working_folder(book, pages))
            return update
        finally:
            ledger.let_go_of_book(book, packed=done)

    def _packed(
        self,
        book: Book,
        jobs: Mapping[str, Job],
        check: Callable[[], None],
        kept: Mapping[str, str] | None = None,
        waiting: Mapping[str, Path] | None = None,
    ) -> BookUpdate:
        """Make the book. jobs: by their pages. check: raises where the book may not be replaced.

        kept: pages that the book as it lies there holds already, with their names in it. waiting:
        finished pages that may be none of the jobs'.
        """
        made = {page: job.target for page, job in jobs.items() if os.path.isfile(job.target)}
        finished = {**(waiting or {}), **made}
        if not finished:
            failed = any(self._update_of(job).state is JobState.FAILED for job in jobs.values())
            return _nothing_made(book, len(jobs), failed=failed and not kept)
        folder, kept = _working_folder(book, jobs), kept or {}

        def check_all() -> None:
            check()
            _check_unchanged(book, folder)

        pages = tuple(jobs)
        try:
            pages = page_names(book.source)
            contents = _contents(pages, folder, finished, kept)
            with new_file(book.target, check_all) as file:
                lost = write_book(file, book.source, contents, _Unchanged(book, kept))
        except Exception as error:  # the pages are there: the next run only has to pack them
            failure = describe_storing(error, book.target)
            left = len(pages) - len(finished)
            return BookUpdate(book, JobState.FAILED, len(pages), left, failure)
        if self._ledger is not None:
            self._ledger.note_pages(folder, self._in_it(folder, jobs, finished, kept))
        shutil.rmtree(folder, ignore_errors=True)
        unchanged = set(pages) - finished.keys() - kept.keys() - set(lost)
        return BookUpdate(book, JobState.DONE, len(pages), len(unchanged), lost=len(lost))

    def _in_it(
        self,
        folder: Path,
        jobs: Mapping[str, Job],
        finished: Mapping[str, Path],
        kept: Mapping[str, str],
    ) -> set[Path]:
        """Where the pages waited that are in the new book finished, or need no colours."""
        old = {folder / name for page, name in kept.items() if page not in finished}
        read = [job for job in jobs.values() if not job.skip]
        plain = {j.target for j in read if self._update_of(j).state is JobState.SKIPPED}
        return {*finished.values(), *old, *plain}


@dataclass(frozen=True, slots=True)
class _Unchanged:
    """Gives the bytes of a page that goes into the new book as it is."""

    book: Book
    kept: Mapping[str, str]

    def __call__(self, source: Path, page: str) -> bytes:
        name = self.kept.get(page)
        book, page = (source, page) if name is None else (self.book.target, name)
        return batch_reader().ask(functools.partial(page_to_keep, page=page), book)


def _page_of(job: Job) -> str:
    return job.source.relative_to(job.original).as_posix()  # also where the book has gone


def _working_folder(book: Book, jobs: Mapping[str, Job]) -> Path:
    """Where finished pages wait, as it was when they were planned."""
    target = next(iter(jobs.values())).target
    return book.target.parent / target.relative_to(book.target.parent).parts[0]


def _nothing_made(book: Book, pages: int, *, failed: bool) -> BookUpdate:
    if not failed:
        return BookUpdate(book, JobState.SKIPPED, pages, pages)
    nothing = Failure(FailureKind.NOTHING_TO_DO, worded("No page of it could be coloured."))
    return BookUpdate(book, JobState.FAILED, pages, pages, nothing)


def _check_unchanged(book: Book, folder: Path) -> None:
    """Raise ColorStudioError where another version of the source has come since the plan.

    Some of its pages may be of the one, some of the other.
    """
    if os.path.exists(book.source) and working_folder(book.source, book.target) != folder:
        raise ColorStudioError(
            FailureKind.DAMAGED,
            worded(
                "“{name}” changed while it was being coloured, so no new book was made. Start "
                "again when the other program has saved it.",
                name=printable(book.source.name),
            ),
        )


def _remove_stale(folder: Path) -> None:
    """Remove pages that waited for a book that is no longer to be: an older version of this one.

    folder: where pages of this one waited. Only while the book is held, so that no other program
    is at them.
    """
    start = folder.name.removesuffix(".pages")[:-MARK_LENGTH]
    name = re.compile(rf"{re.escape(start)}[0-9a-f]{{{MARK_LENGTH}}}\.pages")
    with contextlib.suppress(OSError):
        for each in folder.parent.iterdir():
            if name.fullmatch(each.name):
                shutil.rmtree(each, ignore_errors=True)


def _kept(book: Book, jobs: Mapping[str, Job]) -> dict[str, str]:
    """Pages of the source that the book as it lies there has, and their names in it.

    It may have been made in another format: then only the suffix differs.
    """
    names = page_names(book.target)
    by_stem = {PurePosixPath(name).with_suffix(""): name for name in names}
    kept = {}
    for page in page_names(book.source):
        job = jobs.get(page)
        inside = Path(page) if job is None else job.place.relative_to(book.target)
        wanted = PurePosixPath(inside.as_posix())
        name = str(wanted) if str(wanted) in names else by_stem.get(wanted.with_suffix(""))
        if name is not None:
            kept[page] = name
    return kept


def _contents(
    pages: Iterable[str], folder: Path, finished: Mapping[str, Path], kept: Mapping[str, str]
) -> dict[str, tuple[str, Path | None]]:
    """Each page's name in the new book, and its finished file in the folder if there is one."""
    new = {page: file.relative_to(folder).as_posix() for page, file in finished.items()}
    taken = {name.casefold() for name in new.values()}
    for page in pages:
        if page not in new:  # as it was; another one may have got its name in a new format
            names = map(str, alternatives(PurePosixPath(kept.get(page, page))))
            new[page] = next(name for name in names if name.casefold() not in taken)
            taken.add(new[page].casefold())
    return {page: (new[page], finished.get(page)) for page in pages}
