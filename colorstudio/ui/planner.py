"""Plans what is wished for, away from the UI thread, and fills the queue with it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.session import Wishes, arranged_like, without_clashes
from colorstudio.ui.studio_errands import (
    Planned,
    Renewal,
    any_book_changed,
    look_for_changes,
    only_of,
    places_failure,
    plan_groups,
)


class Planner(QObject):
    """Turns wishes into jobs. wishes: as they are now; whoever changes them sets them here."""

    replaced = Signal(object)  # tuple of Path: where results will be; the queue was planned anew
    added = Signal(object)  # tuple of Path: where results of what came into the queue will be
    told = Signal(object)  # Failure

    def __init__(
        self, desk: BatchDesk, errands: ErrandThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.wishes = Wishes()
        self._desk, self._errands = desk, errands
        self._left_out: set[Path] = set()  # taken out of the queue by hand
        self._then: list[Callable[[], None]] = []  # to be done once all is planned
        self._due = False  # wishes changed while a batch ran

    def leave_out(self, sources: Iterable[Path]) -> None:
        """These stay out of the queue when it is planned anew."""
        self._left_out.update(sources)

    def take_again(self, paths: Iterable[Path]) -> None:
        """These pictures, and those in these folders, are wanted after all."""
        wanted = set(paths)
        self._left_out = {p for p in self._left_out if wanted.isdisjoint((p, *p.parents))}

    def take_all(self) -> None:
        """Nothing is left out any more."""
        self._left_out.clear()

    def plan_anew(self) -> None:
        """Queue what is wished for in the place of what waits, before the next start at the latest.

        A batch that runs keeps what it started with.
        """
        self._due = self._desk.running
        if self._due:
            return
        wishes, first_id = self.wishes, self._desk.queue.next_id
        self._errands.ask(
            "plan",
            lambda: plan_groups(wishes, first_id, self._desk.records),
            self._replace_jobs,
            self._plan_failed,
        )

    def plan_more(self, inputs: tuple[Path, ...]) -> None:
        """Queue these as well."""
        wishes, first_id = replace(self.wishes, inputs=inputs), self._desk.queue.next_id
        self._errands.ask(
            f"plan of {inputs}",
            lambda: plan_groups(wishes, first_id, self._desk.records),
            self._add_more,
            self.told.emit,
        )

    def look_at_books(self) -> None:
        """Plan anew where a book was saved since: no page of its older version goes into it."""
        pages = [job for job in self._desk.pending if job.book is not None]
        if pages and not self._desk.running:
            self._errands.ask(
                "books",
                lambda: any_book_changed(pages),
                lambda changed: self.plan_anew() if changed else None,
                self.told.emit,
            )

    def plan_fresh(self, folder: Path, fresh: tuple[Path, ...]) -> None:
        """Queue these as well, which came into a folder: planned with it, as what was there is.

        Planned alone a page would have a folder of results of its own, and the number 1.
        """
        wishes, first_id = replace(self.wishes, inputs=(folder,)), self._desk.queue.next_id
        self._errands.ask(
            f"plan of {fresh}",
            lambda: only_of(plan_groups(wishes, first_id, self._desk.records), fresh),
            self._add_jobs,
            self.told.emit,
        )

    def when_planned(self, then: Callable[[], None]) -> None:
        """Do something once the queue is what is wished for now; at once if it is."""
        self._then.append(then)
        self._go_on()

    def look_for_changes(self) -> None:
        """See which results in the queue are out of date: those pictures wait again."""
        if self._desk.running:
            return
        rows, wishes = [(row.job, row.update) for row in self._desk.rows.rows], self.wishes
        self._errands.ask(
            "changes",
            lambda: look_for_changes(rows, wishes, self._desk.records),
            self._renew,
            self.told.emit,
        )

    def _go_on(self) -> None:
        if self._due and not self._desk.running:
            self.plan_anew()
        if self._desk.running or not self._errands.busy:
            waiting, self._then = self._then, []
            for then in waiting:
                then()
            return
        # Errands are done in the order of asking: this one comes back after the plan under way.
        self._errands.ask("start", lambda: None, lambda _: self._go_on(), self.told.emit)

    def _renew(self, renewal: Renewal) -> None:
        if renewal.stale or renewal.fresh:
            self._desk.renew(renewal.stale, renewal.fresh)

    def _plan_failed(self, failure: Failure) -> None:
        if not self._desk.running:
            self._desk.clear_waiting()
        if failure.kind is not FailureKind.NOTHING_TO_DO:  # the browser says that much
            self.told.emit(failure)

    def _replace_jobs(self, planned: Planned) -> None:
        if self._desk.running:
            return  # the batch was started with what waited before
        if self._desk.arranged:
            order = [row.job.source for row in self._desk.rows.rows]
            planned = replace(planned, jobs=arranged_like(planned.jobs, order))
        self._desk.clear_all_but_failed()
        self.replaced.emit(planned.outputs)
        self._add_jobs(planned)

    def _add_more(self, planned: Planned) -> None:
        self.added.emit(planned.outputs)
        self._add_jobs(planned)

    def _add_jobs(self, planned: Planned) -> None:
        """Queue what was planned, true to what has come in since the plan was asked for."""
        out, mode = self._left_out, self.wishes.mode
        fresh = [
            job if job.mode is mode else replace(job, mode=mode)
            for job in planned.jobs
            if not out or job.source not in out
        ]
        self._desk.make_way(fresh)
        held = self._desk.pending
        self._desk.add(without_clashes(fresh, held) if held else fresh)
        if planned.failures:
            self.told.emit(places_failure(planned.failures))
