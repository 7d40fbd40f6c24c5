"""The queue: who waits, who runs, which moves are legal. No window, no pipeline."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from colorstudio.core.cancel import Cancelled, CancelSource
from colorstudio.core.failures import Failure, FailureKind
from colorstudio.core.mode import Mode
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.queue import JobQueue


def job(number: int) -> Job:
    return Job(number, Path(f"in/{number}.png"), Path(f"out/{number}.png"))


@pytest.fixture
def queue() -> JobQueue:
    filled = JobQueue()
    filled.add([job(1), job(2), job(3)])
    return filled


def finish(queue: JobQueue, job_id: int, state: JobState) -> None:
    queue.apply(JobUpdate(job_id, state))


def test_jobs_are_taken_in_their_order_and_once(queue: JobQueue) -> None:
    taken = [queue.take_next() for _ in range(4)]
    assert taken == [job(1), job(2), job(3), None]
    assert queue.counts[JobState.RUNNING] == 3


def test_many_threads_never_take_the_same_job() -> None:
    queue = JobQueue()
    queue.add([job(number) for number in range(1, 501)])
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: queue.take_next(), range(600)))
    assert Counter(job.id for job in taken if job) == Counter(range(1, 501))


def test_a_cancelled_job_is_never_taken(queue: JobQueue) -> None:
    assert queue.cancel(1) == JobUpdate(1, JobState.CANCELLED)
    assert queue.take_next() == job(2)


def test_cancelling_a_running_job_asks_it_to_stop(queue: JobQueue) -> None:
    queue.take_next()
    token = queue.token_of(1)
    assert not token.cancelled
    assert queue.cancel(1) is None
    assert token.cancelled
    assert queue.state_of(1) is JobState.RUNNING  # until the pipeline says how it ended
    assert not queue.token_of(2).cancelled


def test_cancelling_all_leaves_what_runs(queue: JobQueue) -> None:
    queue.take_next()
    why = Failure(FailureKind.DISK_FULL, "The disk is full.")
    updates = queue.cancel_all_queued(why)
    assert [update.job_id for update in updates] == [2, 3]
    assert queue.update_of(3).failure == why
    assert queue.counts[JobState.RUNNING] == 1 and queue.take_next() is None


def test_a_failed_job_can_be_retried_and_comes_last(queue: JobQueue) -> None:
    queue.take_next()
    queue.cancel(1)
    finish(queue, 1, JobState.FAILED)
    queue.retry(1)
    assert [taken.id for taken in (queue.take_next(), queue.take_next())] == [2, 3]  # type: ignore[union-attr]
    assert queue.take_next() == job(1)
    assert not queue.token_of(1).cancelled  # a retry starts with a clean slate


@pytest.mark.parametrize("ending", [state for state in JobState if state.ended])
def test_an_ended_job_takes_no_more_updates(queue: JobQueue, ending: JobState) -> None:
    queue.take_next()
    finish(queue, 1, ending)
    for state in (JobState.RUNNING, JobState.DONE, JobState.FAILED):
        with pytest.raises(ValueError, match="can't go from"):
            finish(queue, 1, state)
    assert queue.state_of(1) is ending


def test_a_done_job_cannot_be_retried(queue: JobQueue) -> None:
    queue.take_next()
    finish(queue, 1, JobState.DONE)
    with pytest.raises(ValueError, match="can't go from"):
        queue.retry(1)


def test_a_waiting_job_cannot_end_without_running(queue: JobQueue) -> None:
    with pytest.raises(ValueError, match="can't go from"):
        finish(queue, 2, JobState.DONE)


def test_running_jobs_cannot_be_removed_and_ended_ones_can(queue: JobQueue) -> None:
    queue.take_next()
    with pytest.raises(ValueError, match="running"):
        queue.remove(1)
    finish(queue, 1, JobState.DONE)
    queue.remove(2)
    queue.clear_finished()
    assert queue.jobs == (job(3),)
    assert sum(queue.counts.values()) == 1
    with pytest.raises(KeyError):
        queue.state_of(1)


def test_ids_are_never_shared(queue: JobQueue) -> None:
    with pytest.raises(ValueError, match="id of its own"):
        queue.add([job(9), job(2)])
    assert len(queue.jobs) == 3
    queue.remove(3)
    assert queue.next_id == 4  # ids of removed jobs do not come back


def test_counts_name_every_state(queue: JobQueue) -> None:
    queue.take_next()
    finish(queue, 1, JobState.FAILED)
    queue.cancel(3)
    assert queue.counts == {
        JobState.QUEUED: 1,
        JobState.RUNNING: 0,
        JobState.DONE: 0,
        JobState.FAILED: 1,
        JobState.SKIPPED: 0,
        JobState.CANCELLED: 1,
    }


def test_a_job_survives_being_written_down() -> None:
    whole = Job(7, Path("in/線画.png"), Path("out/線画.png"), Mode.LINEART, Path("h.json"), True)
    for original in (whole, job(1)):
        assert Job.from_dict(json.loads(json.dumps(original.to_dict()))) == original


def test_joined_tokens_stop_for_either_reason() -> None:
    batch, single = CancelSource(), CancelSource()
    token = batch.token.joined(single.token)
    token.raise_if_cancelled()
    single.cancel()
    assert token.cancelled and not batch.token.cancelled
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()
