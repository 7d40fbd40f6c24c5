"""The queue of jobs: who is waiting, who is running, how each one ended."""

import threading
from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from colorstudio.core.cancel import CancelSource, CancelToken
from colorstudio.core.failures import Failure
from colorstudio.jobs.job import Job, JobState, JobUpdate

LEGAL_MOVES: Mapping[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset(JobState) - {JobState.QUEUED},
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.SKIPPED: frozenset(),
    JobState.CANCELLED: frozenset({JobState.QUEUED}),
}


@dataclass(slots=True)
class _Entry:
    job: Job
    update: JobUpdate
    stop: CancelSource = field(default_factory=CancelSource)


class JobQueue:
    """Jobs in the order in which they start, each with its latest update. Safe from any thread.

    The owner (window, command line) adds, cancels, retries and removes; the pipeline takes jobs
    and applies their updates. An unknown job id raises KeyError, an illegal move ValueError.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._entries: dict[int, _Entry] = {}
        self._waiting: deque[int] = deque()  # may hold ids that have since left QUEUED
        self._counts: Counter[JobState] = Counter()
        self._next_id = 1
        self._version = 0
        self._only: set[int] | None = None  # None: all that wait may start
        self._may_go = threading.Event()
        self._may_go.set()

    # --- looking -----------------------------------------------------------------------------

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Every job, in order of arrival or as they were arranged."""
        with self._lock:
            return tuple(entry.job for entry in self._entries.values())

    @property
    def counts(self) -> dict[JobState, int]:
        """How many jobs are in each state; every state is there."""
        with self._lock:
            return {state: self._counts[state] for state in JobState}

    @property
    def next_id(self) -> int:
        """An id above every id this queue has ever held."""
        with self._lock:
            return self._next_id

    @property
    def version(self) -> int:
        """Grows whenever the owner puts jobs in or takes some out, in whatever way."""
        return self._version

    def jobs_to_do(self, most: int | None = None) -> tuple[Job, ...]:
        """The jobs that may start, in order, up to the one that makes `most` to colour."""
        with self._lock:
            waiting = (self._entries.get(job_id) for job_id in dict.fromkeys(self._waiting))
            jobs = [entry.job for entry in waiting if entry and self._may_start(entry)]
        if most is None:
            return tuple(jobs)
        colored = accumulate((not job.skip for job in jobs), initial=0)
        return tuple(job for job, before in zip(jobs, colored, strict=False) if before < most)

    def job(self, job_id: int) -> Job:
        """The job of that id."""
        with self._lock:
            return self._entries[job_id].job

    def state_of(self, job_id: int) -> JobState:
        """Where the job stands now."""
        return self.update_of(job_id).state

    def update_of(self, job_id: int) -> JobUpdate:
        """The latest update of the job."""
        with self._lock:
            return self._entries[job_id].update

    def token_of(self, job_id: int) -> CancelToken:
        """Tells the pipeline that this one job, while running, is to stop."""
        with self._lock:
            return self._entries[job_id].stop.token

    # --- the owner's side --------------------------------------------------------------------

    def add(self, jobs: Iterable[Job], done: Collection[int] = ()) -> None:
        """Queue the jobs in the order given; those whose ids are in `done` are DONE already.

        Raises ValueError, adding none, for an id in use.
        """
        fresh = tuple(jobs)
        with self._lock:
            ids = {job.id for job in fresh}
            if len(ids) != len(fresh) or ids & self._entries.keys():
                raise ValueError("every job in a queue needs an id of its own")
            for job in fresh:
                state = JobState.DONE if job.id in done else JobState.QUEUED
                self._entries[job.id] = _Entry(job, JobUpdate(job.id, state))
                self._counts[state] += 1
                if state is JobState.QUEUED:
                    self._waiting.append(job.id)
            self._version += 1
            self._next_id = max([self._next_id, *(job_id + 1 for job_id in ids)])

    def let_start(self, job_ids: Iterable[int] | None) -> None:
        """Only these may start, and what is retried; the others go on waiting. None: all may."""
        with self._lock:
            self._only = None if job_ids is None else set(job_ids)
            self._version += 1

    def pause(self) -> None:
        """Let no further job start; those that run go on to their ends."""
        self._may_go.clear()

    def resume(self) -> None:
        """Let jobs start again."""
        self._may_go.set()

    @property
    def paused(self) -> bool:
        """True from pause() to resume()."""
        return not self._may_go.is_set()

    def arrange(self, job_ids: Iterable[int]) -> None:
        """Put the jobs into that order, which names every one; those that wait start in it.

        Raises ValueError, changing nothing, if jobs are missing or named twice.
        """
        order = tuple(job_ids)
        with self._lock:
            if len(order) != len(self._entries) or set(order) != self._entries.keys():
                raise ValueError("an order must name every job once")
            self._entries = {job_id: self._entries[job_id] for job_id in order}
            waits = JobState.QUEUED
            self._waiting = deque(i for i in order if self._entries[i].update.state is waits)

    def cancel(self, job_id: int) -> JobUpdate | None:
        """Cancel one job.

        A queued job is CANCELLED at once and its update returned, since no pipeline will ever
        report it. A running one is asked to stop and reported by the pipeline; an ended one
        stays as it is. Both return None.
        """
        with self._lock:
            entry = self._entries[job_id]
            if entry.update.state is JobState.QUEUED:
                self._version += 1
                return self._set(entry, JobUpdate(job_id, JobState.CANCELLED))
            entry.stop.cancel()
            return None

    def cancel_all_queued(self, failure: Failure | None = None) -> tuple[JobUpdate, ...]:
        """Cancel every job that may start; returns their updates, in order.

        failure: why, if it was not the artist's wish.
        """
        with self._lock:
            self._version += 1
            waiting = [entry for entry in self._entries.values() if self._may_start(entry)]
            return tuple(
                self._set(e, JobUpdate(e.job.id, JobState.CANCELLED, failure=failure))
                for e in waiting
            )

    def retry(self, job_id: int) -> None:
        """Put a failed or cancelled job at the end of the queue again."""
        with self._lock:
            entry = self._entries[job_id]
            self._set(entry, JobUpdate(job_id, JobState.QUEUED))
            entry.stop = CancelSource()
            self._waiting.append(job_id)
            if self._only is not None:
                self._only.add(job_id)
            self._version += 1

    def renew(self, jobs: Iterable[Job], state: JobState) -> list[JobUpdate]:
        """Put jobs in the place of those with their ids, all in that state.

        QUEUED: their results are out of date, and they start last. DONE: they are up to date
        after all. Those that run or are gone are passed over. Gives the updates of the others.
        """
        updates = []
        with self._lock:
            for job in jobs:
                entry = self._entries.get(job.id)
                if entry is None or entry.update.state is JobState.RUNNING:
                    continue
                self._counts[entry.update.state] -= 1
                self._counts[state] += 1
                entry.job, entry.update = job, JobUpdate(job.id, state)
                entry.stop = CancelSource()
                updates.append(entry.update)
            renewed = {update.job_id for update in updates}
            self._waiting = deque(i for i in self._waiting if i not in renewed)
            if state is JobState.QUEUED:
                self._waiting.extend(update.job_id for update in updates)
            self._version += 1
        return updates

    def remove(self, job_id: int) -> None:
        """Forget a job; a running one can't be removed (ValueError): cancel it first."""
        with self._lock:
            state = self._entries[job_id].update.state
            if state is JobState.RUNNING:
                raise ValueError(f"job {job_id} is running and can't be removed")
            del self._entries[job_id]
            self._counts[state] -= 1
            self._version += 1

    def clear_finished(self) -> None:
        """Forget every job that has ended."""
        with self._lock:
            for job_id in [i for i, entry in self._entries.items() if entry.update.state.ended]:
                self.remove(job_id)

    # --- the pipeline's side -----------------------------------------------------------------

    def wait_to_go(self, seconds: float) -> bool:
        """Wait that long at most; False while jobs wait that must not start yet."""
        return self._may_go.wait(seconds) or not self.counts[JobState.QUEUED]

    def take_next(self) -> Job | None:
        """Claim the next queued job, which is RUNNING from now on; None when none is left."""
        with self._lock:
            held: list[int] = []  # that wait, and must not start
            try:
                while self._waiting:
                    entry = self._entries.get(self._waiting.popleft())
                    if entry is None or entry.update.state is not JobState.QUEUED:
                        continue
                    if self._may_start(entry):
                        self._set(entry, JobUpdate(entry.job.id, JobState.RUNNING))
                        return entry.job
                    held.append(entry.job.id)
                return None
            finally:
                self._waiting.extendleft(reversed(held))

    def apply(self, update: JobUpdate) -> None:
        """Make the update the job's latest; ValueError if its state can't follow the present."""
        with self._lock:
            self._set(self._entries[update.job_id], update)

    def _may_start(self, entry: _Entry) -> bool:
        waits = entry.update.state is JobState.QUEUED
        return waits and (self._only is None or entry.job.id in self._only)

    def _set(self, entry: _Entry, update: JobUpdate) -> JobUpdate:
        present = entry.update.state
        if update.state not in LEGAL_MOVES[present]:
            raise ValueError(f"job {update.job_id} can't go from {present} to {update.state}")
        self._counts[present] -= 1
        self._counts[update.state] += 1
        entry.update = update
        return update
