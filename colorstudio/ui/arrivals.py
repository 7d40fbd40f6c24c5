"""Jobs on their way into the queue: in portions, between which the window gets its turn."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui.job_list_model import JobListModel

ARRIVALS = 1000  # jobs that are queued before the window gets its turn


class Arrivals(QObject):
    """Puts jobs at the end of a queue and of its rows."""

    came = Signal(int, int)  # so many jobs are in now, and how many of them are done

    def __init__(self, queue: JobQueue, rows: JobListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue, self._rows = queue, rows
        self._done: Collection[Path] = frozenset()  # sources of those that arrive as done
        self.jobs: list[Job] = []  # that are still on their way

    def bring(self, jobs: Sequence[Job], done: Collection[Path]) -> None:
        """Queue these, the first portion at once. done: sources of those that have results."""
        self.jobs.extend(jobs)
        self._done = done
        self._take_portion()

    def bring_work(self) -> None:
        """Go on at once until there is something to do: a beginning may be done and no more."""
        while self.jobs and not self._queue.counts[JobState.QUEUED]:
            self._take_in()

    def forget(self) -> None:
        """The rest is not wanted."""
        self.jobs.clear()

    def _take_portion(self) -> None:
        self._take_in()
        if self.jobs:
            QTimer.singleShot(0, self, self._take_portion)

    def _take_in(self) -> None:
        jobs, self.jobs = self.jobs[:ARRIVALS], self.jobs[ARRIVALS:]
        numbered = enumerate(jobs, start=self._queue.next_id)  # anew if others came in meanwhile
        jobs = [job if job.id == n else replace(job, id=n) for n, job in numbered]
        done = {job.id for job in jobs if job.source in self._done}
        self._queue.add(jobs, done)
        self._rows.add(jobs, done)
        self.came.emit(len(jobs), len(done))
