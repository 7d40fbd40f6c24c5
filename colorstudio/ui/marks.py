"""What updates of jobs mean for the pictures in the browser and for results on the disk."""

from collections.abc import Iterable
from pathlib import Path

from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.ui.job_list_model import JobListModel
from colorstudio.ui.shelf import Mark, PictureState

_MARKED = {
    JobState.QUEUED: PictureState.NOT_YET,
    JobState.DONE: PictureState.DONE,
    JobState.SKIPPED: PictureState.DONE,
    JobState.FAILED: PictureState.FAILED,
}


def marks_of(rows: JobListModel, updates: Iterable[JobUpdate]) -> dict[Path, Mark]:
    """How far the pictures of these jobs have come."""
    marks = {}
    for update in updates:
        row, state = rows.row_of(update.job_id), _MARKED.get(update.state)
        if update.state is JobState.SKIPPED and update.failure is not None:
            state = PictureState.NOT_YET  # another program has it in hand, say
        if row is not None and state is not None:
            marks[row.job.source] = Mark(state, update.mode)
    return marks


def written_by(rows: JobListModel, updates: Iterable[JobUpdate]) -> set[Path]:
    """The results that have come to be."""
    done = [rows.row_of(u.job_id) for u in updates if u.state is JobState.DONE]
    return {row.job.target for row in done if row is not None}
