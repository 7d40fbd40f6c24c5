"""One batch in the journal: which pictures it may take, and what each of them came to."""

import hashlib
import json
import logging
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from colorstudio.core.books import is_book
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, printable, worded
from colorstudio.core.hints import MOST_BYTES
from colorstudio.core.request import ColorRequest
from colorstudio.core.small_files import read_small
from colorstudio.jobs.books import Book
from colorstudio.jobs.hint_files import hints_of
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.journal import Claim, Journal, Made, Page
from colorstudio.jobs.journal_file import absolute, fingerprint
from colorstudio.jobs.queue import JobQueue
from colorstudio.jobs.storing import KeptError, check_free

_log = logging.getLogger(__name__)

Refusal = tuple[JobState, Failure]

_OF_EACH_JOB = {"mode", "hints", "layers"}
"""What of a wish follows from each job, and is told with it."""
_BOOK = "book"
"""In place of the settings of a whole book: its pages tell theirs."""
_CHANGES_NOTHING = {"leaks"}
"""What of a wish only looks at results."""


class Ledger:
    """Keeps the journal for one batch. A journal that can't be written stops no picture."""

    def __init__(
        self,
        journal: Journal,
        style: str,
        wish: ColorRequest,
        again: Collection[Path] = frozenset(),
        since: int | None = None,
    ) -> None:
        """style: the sha256 of the generator; wish: palette and flats of the whole batch.

        again: pictures to be tried though the program kept dying of them. More may come in
        while the batch runs. since: `Journal.latest` when the batch was planned, by default now.
        """
        self._journal, self._batch = journal, 0
        self._again = again
        self._since = since
        if since is None:
            with _unless_it_fails():
                self._since = journal.latest()
        self._books: dict[Book, Refusal | None] = {}  # what came of each attempt to hold one
        self._packed: set[Path] = set()  # books that this batch has made
        self._made: dict[int, Made] = {}  # of the pictures in hand, as they were when claimed
        self._waiting: set[int] = set()  # ids of jobs that the journal has as not yet started
        self._seen = 0  # version of the queue that the journal knows
        self._grows = False  # the batch takes in what comes into the queue
        self._skips_coloured = wish.skip_coloured
        told = {each.name: getattr(wish, each.name) for each in fields(wish)}
        told["skip_coloured"] = False  # decides whether there is a result, not how it comes out
        self._settings = _digest(
            style,
            *(_plain(told[name]) for name in sorted(told.keys() - _OF_EACH_JOB - _CHANGES_NOTHING)),
        )

    def refreshed(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """The jobs; those to be skipped whose result is our own and outdated are done again.

        Pictures that a program died of come last: the others are not to wait for a second death.
        """
        with _unless_it_fails():
            suspects = self._journal.suspects()
            fresh = [to_be_redone(j) if j.skip and self.outdated(j) else j for j in jobs]
            return tuple(sorted(fresh, key=lambda job: absolute(job.source) in suspects))
        return tuple(jobs)

    def outdated(self, job: Job) -> bool:
        """Whether the job's result is our own, untouched, and would come out otherwise now."""
        if is_book(job.source):
            return False  # its pages tell
        # What waits beside a book is to become that book: no page of another one may stay there.
        source = job.source if job.book is None else None
        with _unless_it_fails():
            if job.book is not None and not os.path.exists(job.target):
                return self._outdated_in_book(job, job.book)
            return self._journal.outdated(job.target, self._made_of(job), source)
        return False

    def _outdated_in_book(self, job: Job, book: Path) -> bool:
        """The same for a page that is in its book already, also for one that is there as it was.

        It failed, or was not wished for, or the book was made in another format. One that was left
        out for its colours is what it is to be as long as such pages are left out.
        """
        source = job.original
        made_of = self._journal.made_of(book, source)
        if made_of is None:
            return False
        made = self._made_of(job)
        good = [made, _left_out(made)] if self._skips_coloured else [made]
        was_made_so = any(self._journal.was_made_so(job.target, each) for each in good)
        return made_of != fingerprint(source) or not was_made_so

    def is_of_another(self, target: Path, source: Path) -> bool:
        """Whether a result of ours lies there that belongs to another picture, which still is."""
        with _unless_it_fails():
            origin = self._journal.origin_of(target)
            if origin is not None and origin != absolute(source) and origin.exists():
                return not (source.exists() and origin.samefile(source))
        return False

    def is_of(self, target: Path, source: Path) -> bool:
        """Whether the result there is ours and was made of that very picture."""
        with _unless_it_fails():
            return self._journal.made_of(target, source) is not None
        return False

    def begin(
        self,
        asked: dict[str, Any],
        queue: JobQueue,
        most: int | None = None,
        instead_of: Iterable[int] = (),
    ) -> None:
        """A batch of what waits in the queue starts, or of the first `most` pictures there.

        asked: what the program needs to go on with it after a crash. instead_of: interrupted
        batches that it takes up.
        """
        version, jobs = queue.version, queue.jobs_to_do(most)
        ended = [job for job in queue.jobs if queue.state_of(job.id) is JobState.DONE]
        pages = [Page(job.to_dict(), str(JobState.DONE)) for job in ended]
        pages += [_page(job) for job in jobs]
        with _unless_it_fails():
            self._batch = self._journal.begin(asked, pages, instead_of)
            self._waiting = {job.id for job in jobs if not job.skip}
            self._seen, self._grows = version, most is None

    def keep_up(self, queue: JobQueue) -> None:
        """Note what has come into the queue or was taken out of it since the last look."""
        version = queue.version
        if not self._batch or not self._grows or version == self._seen:
            return
        jobs = {job.id: job for job in queue.jobs_to_do() if not job.skip}
        more = [_page(job) for number, job in jobs.items() if number not in self._waiting]
        gone = self._waiting - jobs.keys()
        with _unless_it_fails():
            self._journal.change(self._batch, more, gone)
        self._waiting, self._seen = set(jobs), version

    def end(self) -> None:
        """The batch came to an end of its own, or the artist stopped it."""
        if self._batch:
            with _unless_it_fails():
                self._journal.end(self._batch)

    def claim(self, job: Job) -> Refusal | None:
        """Take a picture in hand, before it is read; how it ends at once if it can't be taken."""
        self._waiting.discard(job.id)
        if job.redo and self._touched(job):
            return JobState.SKIPPED, _left_alone(job)
        if job.book is not None:
            book = Book(job.original, job.book)
            refusal = self.hold_book(book, may_replace=job.replaces)
            if refusal is not None:
                return refusal
        with _unless_it_fails():
            self._made[job.id] = self._made_of(job)
            claim = self._journal.claim(
                job.source,
                job.target,
                self._made[job.id],
                since=self._since,
                again=job.source in self._again,
            )
            if claim is not Claim.MINE:
                return _refusal(claim, job.source)
        return None

    def check_untouched(self, job: Job) -> None:
        """Raise KeptError where an outdated result is no longer as this program made it."""
        if job.redo and self._touched(job):
            failure = _left_alone(job)
            raise KeptError(failure.kind, failure.sentence)

    def hold_book(self, book: Book, *, may_replace: bool) -> Refusal | None:
        """Keep other programs from a book that is to be made, until it is let go of.

        Gives why not if that can't be. A book that was refused once stays so for this batch,
        whatever has become of it since: some of its pages were left out.
        """
        if book not in self._books:
            self._books[book] = None
            with _unless_it_fails():
                self._books[book] = self._refusal_of_book(book, may_replace)
        return self._books[book]

    def let_go_of_book(self, book: Book, *, packed: bool) -> None:
        """A book that is held was packed, or can't be."""
        made = Made(fingerprint(book.source), _BOOK) if packed else None
        if packed:
            self._packed.add(book.target)
        self._books.pop(book, None)
        with _unless_it_fails():
            self._journal.release(book.source, book.target, made)

    def holds_pages_of(self, book: Book) -> bool:
        """Whether our own book lies there untouched, made of the source as it is now."""
        with _unless_it_fails():
            made_of = self._journal.made_of(book.target, book.source)
            return made_of is not None and made_of == fingerprint(book.source)
        return False

    def waiting_in(self, folder: Path, book: Book) -> dict[str, Path]:
        """Pages of the book that wait in this folder, whichever batch has made them."""
        waiting, source = {}, absolute(book.source)
        with _unless_it_fails():
            for file in folder.rglob("*"):
                origin = self._journal.origin_of(file)
                if origin is not None and origin.is_relative_to(source) and file.is_file():
                    waiting[origin.relative_to(source).as_posix()] = file
        return waiting

    def note_pages(self, folder: Path, finished: Collection[Path]) -> None:
        """A book was packed from a folder: only these of its pages are in it finished.

        Others may have been in an older book that has gone since: they are to be made again.
        """
        with _unless_it_fails():
            self._journal.forget_results(folder, finished)

    def check_book(self, book: Book, *, may_replace: bool) -> None:
        """Raise KeptError where another book lies than one that this program made of the source."""
        ours = False
        with _unless_it_fails():
            ours = self._journal.made_of(book.target, book.source) is not None
        check_free(book.target, may_replace=may_replace or ours)

    def _refusal_of_book(self, book: Book, may_replace: bool) -> Refusal | None:
        made = Made(fingerprint(book.source), _BOOK)
        since = None if book.target in self._packed else self._since
        claim = self._journal.claim(book.target, book.target, made, since=since)
        if claim is not Claim.MINE:
            return _refusal(claim, book.target)
        try:
            self.check_book(book, may_replace=may_replace)  # it may have come since
        except KeptError as error:
            with _unless_it_fails():
                self._journal.release(book.source, book.target, None)
            return JobState.SKIPPED, error.failure
        return None

    def work_on(self, job: Job) -> None:
        """A claimed picture is being coloured."""
        with _unless_it_fails():
            self._journal.work_on(job.target)

    def ended(self, job: Job, state: JobState, *, stopped: bool = False) -> None:
        """A picture that was claimed has ended. stopped: it only was, and is left to be done."""
        made = self._made.pop(job.id, None)
        if made is not None and state is JobState.SKIPPED and job.book is not None:
            made = _left_out(made)  # it is finished, too, and is not read at each start
        elif state is not JobState.DONE:
            made = None
        left = stopped and state is JobState.CANCELLED
        with _unless_it_fails():
            self._journal.release(
                job.source,
                job.target,
                made,
                page=(self._batch, job.id),
                state="" if left else str(state),
            )

    def _touched(self, job: Job) -> bool:
        with _unless_it_fails():
            return self._journal.touched(job.target)
        return True  # who can't tell replaces nothing

    def _made_of(self, job: Job) -> Made:
        """What the result would be made of now."""
        hints = job.hints or hints_of(job.source)
        settings = _digest(self._settings, str(job.mode), _content_of(hints))
        return Made(fingerprint(job.source), settings)


def to_be_redone(job: Job) -> Job:
    """The job with its outdated result to be made anew."""
    return replace(job, skip=False, redo=True)


def _page(job: Job) -> Page:
    return Page(job.to_dict(), str(JobState.SKIPPED) if job.skip else "")


def _content_of(hints: Path | None) -> str:
    """The digest of a hint file; "" where there is none. A change that is undone is none."""
    if hints is None or not hints.is_file():
        return ""
    try:
        return hashlib.sha256(read_small(hints, MOST_BYTES) or b"").hexdigest()
    except ColorStudioError:
        return "unreadable"


def _left_out(made: Made) -> Made:
    """What is noted of a page of a book that has colours already and was left as it is."""
    return replace(made, settings=_digest(made.settings, "left out"))


def _left_alone(job: Job) -> Failure:
    sentence = worded(
        "“{name}” was changed by somebody since it was coloured, so it was left as it is. Move it "
        "away to have the picture coloured again.",
        name=printable(job.target.name),
    )
    return Failure(FailureKind.NOTHING_TO_DO, sentence)


def _refusal(claim: Claim, source: Path) -> Refusal:
    name = printable(source.name)
    if claim is Claim.MADE:
        sentence = worded("“{name}” was coloured by another Color Studio meanwhile.", name=name)
        return JobState.SKIPPED, Failure(FailureKind.NOTHING_TO_DO, sentence)
    if claim is Claim.OTHERS:
        sentence = worded("“{name}” is being coloured by another Color Studio just now.", name=name)
        return JobState.SKIPPED, Failure(FailureKind.NOTHING_TO_DO, sentence)
    sentence = worded(
        "Color Studio ended without a word while it coloured “{name}”, twice, so the picture was "
        "left out. Save it again in a paint program to have it tried once more.",
        name=name,
    )
    return JobState.FAILED, Failure(FailureKind.DAMAGED, sentence)


def _plain(value: object) -> str:
    return value.tobytes().hex() if isinstance(value, np.ndarray) else repr(value)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@contextmanager
def _unless_it_fails() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # whatever is wrong with it, it is no reason to lose a picture
        _log.warning("The journal could not be kept: %s", error)
