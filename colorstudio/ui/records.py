"""The window's part of the journal: opened when first needed, and from whatever thread."""

import logging
import os
import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colorstudio.core.failures import ColorStudioError
from colorstudio.core.modes import Mode
from colorstudio.core.output_options import Existing, OutputFormat
from colorstudio.jobs.job import Job
from colorstudio.ui.plain_coloring import coloring_from, plain_coloring
from colorstudio.ui.session import Wishes

if TYPE_CHECKING:
    from colorstudio.core.request import ColorRequest
    from colorstudio.jobs.journal import Interrupted, Journal
    from colorstudio.jobs.ledger import Ledger

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenUp:
    """An interrupted batch, ready to be gone on with. jobs: all of them, in order.

    done: sources of those that have their results. left: how many are to be coloured. batches:
    what it takes the place of in the journal.
    """

    wishes: Wishes
    jobs: tuple[Job, ...]
    done: frozenset[Path]
    left: int
    batches: tuple[int, ...]


class Records:
    """Gives ledgers to batches and to whoever plans them. Safe to use from any thread.

    Where the home takes no files, there are none, and everything goes on without. What it does
    waits for the disk: never call it on the UI thread, but for `close`.
    """

    def __init__(self) -> None:
        self._opening = threading.Lock()
        self._journal: Journal | None = None
        self._closed = False

    def ledger(
        self, style: str, wish: "ColorRequest", again: Collection[Path] = frozenset()
    ) -> "Ledger | None":
        """For pictures in that style (sha256 of its generator), coloured like that."""
        from colorstudio.jobs.ledger import Ledger

        journal = self._opened()
        return None if journal is None else Ledger(journal, style, wish, again)

    def ledger_of(self, wishes: Wishes) -> "Ledger | None":
        """The same for what is wished for; None also where the style can't be found."""
        from colorstudio.styles.library import StyleLibrary

        try:
            style = StyleLibrary().find(wishes.style)
        except ColorStudioError:
            return None
        return self.ledger(style.info.sha256, wishes.request())

    def interrupted(self) -> TakenUp | None:
        """The newest batch whose program ended before it did, if it left anything to do."""
        journal = self._opened()
        if journal is None:
            return None
        try:
            batches = journal.interrupted()
            taken = self._taken_up(batches) if batches else None
            if batches and (taken is None or not taken.left):
                self.forget(batch.id for batch in batches)
                return None
        except sqlite3.Error as error:
            _log.warning("the journal can't be read: %s", error)
            return None
        return taken

    def forget(self, batches: Iterable[int]) -> None:
        """The artist does not want to go on with these."""
        journal = self._opened()
        if journal is not None:
            try:
                for batch in batches:
                    journal.end(batch)
            except sqlite3.Error as error:
                _log.warning("the journal can't be written: %s", error)

    def close(self) -> None:
        """Nothing more is noted. A batch that has not ended counts as interrupted from here on."""
        with self._opening:
            self._closed = True
            journal, self._journal = self._journal, None
        if journal is not None:
            journal.close()

    def _opened(self) -> "Journal | None":
        from colorstudio.jobs.journal import Journal

        with self._opening:
            if self._journal is None and not self._closed:
                try:
                    self._journal = Journal()
                except (OSError, sqlite3.Error) as error:
                    _log.warning("no journal is kept: %s", error)
                    self._closed = True  # told once
            return self._journal

    def _taken_up(self, batches: "list[Interrupted]") -> TakenUp | None:
        """The newest of these; None if it was written by a version that asks otherwise."""
        batch = batches[0]
        try:
            wishes = wishes_from(batch.asked)
            pages = [(Job.from_dict(dict(page.job)), page.state) for page in batch.pages]
        except (KeyError, ValueError, TypeError) as error:
            _log.warning("an interrupted batch can't be understood: %r", error)
            return None
        pages = [(_of_book_as_it_is(job), state) for job, state in pages]
        over = wishes.existing is Existing.OVERWRITE
        # A result that is there without the journal's word came of the very last moment.
        jobs = [replace(job, replaces=over, skip=not over and has_result(job)) for job, _ in pages]
        ended = {job.source for job, state in pages if state == "done" and has_result(job)}
        ledger = self.ledger_of(wishes)
        if ledger is not None:
            jobs = list(ledger.refreshed(jobs))
            ended -= {job.source for job in jobs if job.redo}
        here = [job for job in jobs if job.original.exists()]
        done = ended | {job.source for job in here if job.skip}
        done -= _still_to_be_packed(here, done)
        left = sum(job.source not in done for job in here)
        return TakenUp(wishes, tuple(here), frozenset(done), left, tuple(b.id for b in batches))


def _of_book_as_it_is(job: Job) -> Job:
    """The job; no page that was made of an older version of its book goes into the new one."""
    from colorstudio.jobs.books import fits_no_more, moved  # pillow comes with it

    return moved(job, job.book) if job.book is not None and fits_no_more(job) else job


def _still_to_be_packed(jobs: Sequence[Job], done: Collection[Path]) -> set[Path]:
    """One page of each book whose pages are all done and still wait for it: it has to go through
    the queue for the book to be packed."""
    books: dict[tuple[Path, Path], list[Job]] = {}
    for job in jobs:
        if job.book is not None:
            books.setdefault((job.original, job.book), []).append(job)
    over = [pages for pages in books.values() if all(page.source in done for page in pages)]
    waiting = [[page.source for page in pages if os.path.exists(page.target)] for pages in over]
    return {sources[-1] for sources in waiting if sources}


def has_result(job: Job) -> bool:
    """Whether the whole result is on the disk; a page's may be in its book already."""
    from colorstudio.core.naming import result_is_there  # pillow comes with it

    return any(result_is_there(place) for place in (job.target, job.book) if place is not None)


def plain_wishes(wishes: Wishes) -> dict[str, Any]:
    """Plain values only, for the journal; `wishes_from` reads them back."""
    told = {each.name: getattr(wishes, each.name) for each in fields(wishes)}
    told["inputs"] = [str(path) for path in wishes.inputs]
    told["output"] = None if wishes.output is None else str(wishes.output)
    told["mode"] = None if wishes.mode is None else str(wishes.mode)
    told["coloring"] = plain_coloring(wishes.coloring)
    return told


def wishes_from(values: dict[str, Any]) -> Wishes:
    """Read what plain_wishes wrote. Raises KeyError, TypeError or ValueError for anything else."""
    output, mode = values["output"], values["mode"]
    return Wishes(
        inputs=tuple(Path(name) for name in values["inputs"]),
        recursive=bool(values["recursive"]),
        output=None if output is None else Path(output),
        fmt=OutputFormat(values["fmt"]),
        pattern=str(values["pattern"]),
        existing=Existing(values["existing"]),
        mode=None if mode is None else Mode(mode),
        style=str(values["style"]),
        coloring=coloring_from(values["coloring"]),
        skip_coloured=bool(values.get("skip_coloured", False)),  # older versions did not ask
    )
