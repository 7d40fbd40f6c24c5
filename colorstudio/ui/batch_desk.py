"""The queue, its rows and its thread held together: what the queue panel and the studio act on."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer, Signal

from colorstudio.core.failures import Failure
from colorstudio.core.modes import Mode
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui import arranging
from colorstudio.ui.arrivals import Arrivals
from colorstudio.ui.batch_progress import BatchProgress, Outlook, ProgressView
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.job_list_model import JobListModel, JobRow
from colorstudio.ui.marks import marks_of, written_by
from colorstudio.ui.records import Records
from colorstudio.ui.session import Wishes
from colorstudio.ui.worker_thread import BatchThread

PORTION = 400  # updates shown before the window gets its turn
_TICK = 500  # milliseconds between looks at the clock, for rate and time left


class BatchDesk(QObject):
    """Acts on the queue for the artist and keeps the rows true to it."""

    changed = Signal()  # states, counts or progress are new
    marked = Signal(object)  # dict of Path to Mark: how far pictures have come
    written = Signal(object)  # targets, as a set of Path, of jobs that are done
    ended = Signal(object)  # the batch is over; Failure if it could not do its work, else None
    equipped = Signal(object)  # Equipment that the batch works with
    book_ended = Signal(object)  # BookUpdate

    def __init__(self, source: ColorizerSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.queue = JobQueue()
        self.records = Records()
        self.arranged = False  # the artist has put jobs into an order of their own
        self.rows = JobListModel(self)
        self._coming = Arrivals(self.queue, self.rows, self)
        self._coming.came.connect(self._jobs_came)
        self._thread = BatchThread(self.queue, source, self, self.records)
        self.progress = BatchProgress()
        self._running = False
        self._awaited = False
        self._stopping = False
        self._style = ""
        self._most: int | None = None  # None: not only the first few were asked for
        self._partial = False  # what comes in now has to wait
        self._outlook: Outlook | None = None  # None: to be counted again
        self.started_last = 0  # id of the job that started last
        self._hindrance: Failure | None = None  # what ended the batch under way, if not the artist
        self._counted: set[int] = set()  # jobs that ended in the batch under way
        self._given_up: set[int] = set()  # cancelled by the artist: going on leaves them alone
        self._stopped: set[int] = set()  # cancelled by Stop or a full disk: to go on with
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self.changed)
        queued = Qt.ConnectionType.QueuedConnection
        self._thread.equipped.connect(self.equipped, queued)
        self._thread.book_ended.connect(self.book_ended, queued)
        self._thread.updates_waiting.connect(self._take_updates, queued)
        self._thread.finished.connect(self._thread_ended, queued)

    # --- looking -------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """True from the start of a batch until its end has been told."""
        return self._running

    @property
    def awaited(self) -> bool:
        """True while a start that was asked for waits for the queue to be planned."""
        return self._awaited

    @property
    def stopping(self) -> bool:
        """True from Stop until the batch has ended."""
        return self._stopping

    @property
    def paused(self) -> bool:
        """True while a batch is to rest; pictures that were started come to their ends."""
        return self._running and self.queue.paused

    @property
    def resting(self) -> bool:
        """True once a paused batch has come to rest."""
        return self.paused and not self.queue.counts[JobState.RUNNING]

    @property
    def waiting(self) -> int:
        """How many jobs have not started."""
        return self.queue.counts[JobState.QUEUED]

    @property
    def first_original(self) -> Path | None:
        """The first picture in the queue, or the book that it is a page of."""
        rows = self.rows.rows
        return rows[0].job.original if rows else None

    @property
    def outlook(self) -> Outlook:
        """What the next start would take on."""
        if self._outlook is None:
            left = [row.job.skip for row in self.rows.rows if self._is_left(row)]
            self._outlook = Outlook(len(left) - sum(left), sum(left))
        return self._outlook

    @property
    def was_stopped(self) -> bool:
        """True if the last Stop left jobs to go on with."""
        return bool(self._stopped)

    def count(self, state: JobState) -> int:
        """How many rows are in that state."""
        return self.queue.counts[state]

    @property
    def pending(self) -> tuple[Job, ...]:
        """Jobs that may still write to their targets: all but those that are done or skipped."""
        over = (JobState.DONE, JobState.SKIPPED)
        return (*(row.job for row in self.rows.rows if row.state not in over), *self._coming.jobs)

    @property
    def failed(self) -> list[int]:
        """The jobs that failed."""
        return self._ids_in(JobState.FAILED)

    def ids_of(self, sources: Collection[Path]) -> list[int]:
        """The jobs of these pictures."""
        return [row.job.id for row in self.rows.rows if row.job.source in sources]

    def view(self) -> ProgressView:
        """How far the batch is."""
        return self.progress.view()

    # --- jobs in and out -----------------------------------------------------------------------

    def add(self, jobs: Sequence[Job], done: Collection[Path] = frozenset()) -> None:
        """Queue jobs at the end, in portions; a running batch takes them along.

        done: sources of those that have their results.
        """
        self._coming.bring(jobs, done)

    def clear_waiting(self) -> None:
        """Forget jobs that have not started."""
        self._coming.forget()
        self.remove(self._ids_in(JobState.QUEUED))

    def remove(self, ids: Iterable[int]) -> None:
        """Forget jobs; running ones stay."""
        for job_id in ids:
            try:
                state = self.queue.state_of(job_id)
                self.queue.remove(job_id)
            except (KeyError, ValueError):  # it is gone, or it runs since this very moment
                continue
            if state is JobState.QUEUED and self.running and not self._partial:
                self.progress.grow(-1)
        self._keep_rows()

    def clear_finished(self) -> None:
        """Forget jobs that have ended."""
        self.queue.clear_finished()
        self._keep_rows()

    def clear_all_but_failed(self) -> None:
        """Make room for other work; failures stay until the artist has dealt with them."""
        self._coming.forget()
        self.progress.start(0)
        others = [state for state in JobState if state is not JobState.FAILED]
        self.remove(self._ids_in(*others))

    def make_way(self, fresh: Iterable[Job]) -> None:
        """Forget failed and cancelled jobs of the same pictures: fresh ones take their place."""
        over = (JobState.FAILED, JobState.CANCELLED)
        rows = [row for row in self.rows.rows if row.state in over and not self._is_left(row)]
        if not rows:
            return
        sources = {job.source for job in fresh}
        ids = [row.job.id for row in rows if row.job.source in sources]
        if ids:
            self.remove(ids)

    def set_wishes(self, wishes: Wishes) -> None:
        """Pictures of the next batch are to be coloured like that."""
        self._thread.wishes, self._thread.coloring = wishes, wishes.coloring

    def set_leaks(self, leaks: bool) -> None:
        """Whether the next batch looks for leaks."""
        self._thread.leaks = leaks

    def set_mode(self, mode: Mode | None) -> None:
        """What has not been coloured yet is to be coloured in that mode."""
        if self.running:
            return
        left = [row.job for row in self.rows.rows if self._is_left(row)]
        fresh = [replace(job, mode=mode) for job in (*left, *self._coming.jobs)]
        if fresh != [*left, *self._coming.jobs]:
            self._coming.forget()
            self.remove(job.id for job in left)
            self.add(fresh)

    def move(self, ids: Iterable[int], before: int | None) -> None:
        """Put waiting jobs right before the job of that id (None: at the end), in their order."""
        self._tell_arranged(arranging.move(self.queue, self.rows, ids, before))

    def move_by(self, ids: Iterable[int], steps: int) -> None:
        """Move waiting jobs up (negative) or down in the queue by that many rows."""
        self._tell_arranged(arranging.move_by(self.queue, self.rows, ids, steps))

    # --- going ---------------------------------------------------------------------------------

    def go_on_with(self, batches: tuple[int, ...], style: str) -> None:
        """Colour what an interrupted batch left; what it had done counts as done."""
        self._thread.goes_on_with = batches
        self._coming.bring_work()
        self.start(style, done=self.count(JobState.DONE))

    def renew(self, stale: Sequence[Job], fresh: Sequence[Job]) -> None:
        """These results are out of date and wait to be made anew; those are up to date after all.

        Each job takes the place of the one with its id. Nothing happens while a batch runs.
        """
        if self.running:
            return
        self.rows.exchange([*stale, *fresh])
        updates = self.queue.renew(stale, JobState.QUEUED)
        if updates:
            self.progress.start(0)  # what the last batch came to is no longer how things are
        updates += self.queue.renew(fresh, JobState.DONE)
        self.rows.apply(updates)
        self._tell_marks(updates)
        self._notify()

    def set_awaited(self, awaited: bool) -> None:
        """A start was asked for and comes soon, or no longer."""
        if self._awaited != awaited:
            self._awaited = awaited
            self._notify()

    def start(self, style: str, most: int | None = None, done: int = 0) -> None:
        """Colour what waits, and what the last Stop left; of all that, `most` pictures at most.

        done: so many were done before the batch was interrupted.
        """
        if not self.running:
            self._put_back(set(self._stopped))
            self._begin(style, most, done)

    def pause(self) -> None:
        """Rest before the next picture."""
        if self.running and not self.stopping:
            self.queue.pause()
            self.progress.pause()
            self._notify()

    def resume(self) -> None:
        """Go on after a pause."""
        self.queue.resume()
        self.progress.resume()
        self._notify()

    def stop(self) -> None:
        """End the batch within one picture; what is left can be gone on with.

        A start that is awaited is called off.
        """
        self.set_awaited(False)
        if self.running and not self._stopping:
            self._stopping = True
            self.resume()
            self._thread.cancel()
            self._notify()

    def cancel(self, ids: Iterable[int]) -> None:
        """These pictures are not wanted."""
        for job_id in ids:
            if self.rows.row_of(job_id) is None:
                continue  # it went while its menu was open
            self._given_up.add(job_id)
            if self.queue.state_of(job_id).ended:
                continue
            update = self.queue.cancel(job_id)
            if update is not None:
                self._show([update])
        self._notify()

    def cancel_waiting(self) -> None:
        """What has not started is not wanted; what runs comes to its end."""
        self.cancel(self._ids_in(JobState.QUEUED))

    def cancel_all(self) -> None:
        """Nothing of all this is wanted."""
        self.cancel(self._ids_in(JobState.QUEUED, JobState.RUNNING))

    def retry(self, ids: Iterable[int], style: str) -> None:
        """Try failed or cancelled jobs again, at once; what else waits goes on waiting."""
        ids = list(ids)
        self._thread.again |= {row.job.source for row in map(self.rows.row_of, ids) if row}
        self._put_back(ids)
        self._begin(style, only=ids)
        self._notify()

    def begin_leaving(self) -> None:
        """End the batch within one picture; the next start of the program can go on with it."""
        self._thread.leave()
        self.stop()

    def leave(self, deadline: QDeadlineTimer) -> bool:
        """Stop and wait until then at most; True if the thread has ended."""
        if ended := self._thread.stop(deadline):
            self.records.close()
        return ended

    # --- inner workings ------------------------------------------------------------------------

    def _begin(
        self, style: str, most: int | None = None, done: int = 0, only: Iterable[int] | None = None
    ) -> None:
        if self.running:
            return
        self.queue.let_start(only)
        to_do = self.queue.jobs_to_do(most)
        if to_do:
            self._running, self._style, self._most = True, style, most
            self._partial = most is not None or only is not None
            self._counted.clear()
            self._hindrance = None
            self.progress.start(len(to_do) + done, done)
            self._tick.start()
            self._thread.work_off(style, most)
            self._notify()

    def _jobs_came(self, number: int, done: int) -> None:
        if self.running and not self._partial:
            self.progress.grow(number, done)
        self._notify()

    def _tell_arranged(self, changed: bool) -> None:
        if changed:
            self.arranged = True
            self._notify()

    def _notify(self) -> None:
        self._outlook = None
        self.changed.emit()

    def _ids_in(self, *states: JobState) -> list[int]:
        return [row.job.id for row in self.rows.rows if self.queue.state_of(row.job.id) in states]

    def _is_left(self, row: JobRow) -> bool:
        return row.state is JobState.QUEUED or row.job.id in self._stopped

    def _put_back(self, ids: Iterable[int]) -> None:
        wanted = set(ids)
        for job_id in self._ids_in(JobState.FAILED, JobState.CANCELLED):
            if job_id in wanted:
                self._count_again(job_id)
                self.queue.retry(job_id)
                self._given_up.discard(job_id)
                self._show([self.queue.update_of(job_id)])
        self._stopped -= wanted

    def _count_again(self, job_id: int) -> None:
        """A job that has ended is tried again: a batch under way may have counted it already."""
        if not self.running:
            return
        if job_id in self._counted:
            self._counted.remove(job_id)
            self.progress.take_back(self.queue.state_of(job_id))
        else:
            self.progress.grow(1)

    def _keep_rows(self) -> None:
        kept = {job.id for job in self.queue.jobs}
        self.rows.keep_only(kept)
        self._stopped &= kept
        self._notify()

    def _take_updates(self) -> None:
        if self._drain():
            QTimer.singleShot(0, self, self._take_updates)

    def _drain(self) -> bool:
        """Show a portion of what the thread reports; True if there is more."""
        updates, more = self._thread.updates.take(PORTION)
        self._show(updates)
        self._notify()
        return more

    def _show(self, updates: Sequence[JobUpdate]) -> None:
        self.rows.apply(updates)
        if written := written_by(self.rows, updates):
            self.written.emit(written)
        self._tell_marks(updates)
        for update in updates:
            if update.state is JobState.RUNNING:
                self.started_last = update.job_id
                self.progress.begin_work()
            if update.state.ended and self.running:
                self._counted.add(update.job_id)
                self.progress.count(update.state)
            if update.state is JobState.CANCELLED and update.failure is not None:
                self._hindrance = update.failure
            if update.state is JobState.CANCELLED and update.job_id not in self._given_up:
                self._stopped.add(update.job_id)

    def _tell_marks(self, updates: Sequence[JobUpdate]) -> None:
        if marks := marks_of(self.rows, updates):
            self.marked.emit(marks)

    def _thread_ended(self) -> None:
        if not self.running or self._thread.isRunning():
            return
        if self._drain():
            QTimer.singleShot(0, self, self._thread_ended)
            return
        failure = self._thread.failure
        late = self._most is None and self.queue.jobs_to_do()
        if late and not self._stopping and failure is None:
            self._thread.work_off(self._style)  # jobs came in at the very last moment
            return
        self._running = self._stopping = False
        self.queue.resume()
        self._tick.stop()
        self._notify()
        self.ended.emit(failure or self._hindrance)
