"""Puts the jobs of a queue, and the rows that show them, into another order."""

from collections.abc import Iterable, Sequence

from colorstudio.jobs.job import JobState
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui.job_list_model import JobListModel
from colorstudio.ui.row_order import moved, row_after_steps


def arrange(queue: JobQueue, rows: JobListModel, order: Sequence[int]) -> bool:
    """Into that order of all ids; False if it is that already, or is out of date."""
    if order == _ids(rows):
        return False
    try:
        queue.arrange(order)
    except ValueError:  # the list lags behind the queue by a moment
        return False
    rows.arrange(order)
    return True


def move(queue: JobQueue, rows: JobListModel, ids: Iterable[int], before: int | None) -> bool:
    """Put waiting jobs right before the job of that id (None: at the end), in their order."""
    wanted, now = set(ids), _ids(rows)
    moving = [i for i in now if i in wanted and queue.state_of(i) is JobState.QUEUED]
    return arrange(queue, rows, moved(now, moving, before))


def move_by(queue: JobQueue, rows: JobListModel, ids: Iterable[int], steps: int) -> bool:
    """Move waiting jobs up (negative) or down by that many rows."""
    wanted = set(ids)
    place = row_after_steps(_ids(rows), wanted, steps)
    return bool(wanted) and move(queue, rows, wanted, place)


def _ids(rows: JobListModel) -> list[int]:
    return [row.job.id for row in rows.rows]
