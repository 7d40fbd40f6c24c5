"""The words for numbers and states; plain text, one line each."""

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from colorstudio.core.failures import printable
from colorstudio.core.modes import Mode
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.ui.batch_progress import ProgressView
from colorstudio.ui.shelf import Mark, PictureState

MODE_WORDS = {None: "Auto", Mode.GREYSCALE: "Greyscale", Mode.LINEART: "Line art"}

_STATE_WORDS = {
    JobState.QUEUED: "Waiting",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
    JobState.SKIPPED: "Skipped: coloured before",
    JobState.CANCELLED: "Cancelled",
}


def name_of(path: Path) -> str:
    """A file's or folder's name as it may be shown; for a bare drive or root, the path."""
    return printable(path.name or str(path))


def counted(number: int, one: str, many: str) -> str:
    """'1 picture', '12 pictures', '1,200 pictures'."""
    return f"{number:,} {one if number == 1 else many}"


def pictures(number: int) -> str:
    """'1 picture', '12 pictures'."""
    return counted(number, "picture", "pictures")


def hints_copied(number: int) -> str:
    """'Hints copied to 3 pictures.'"""
    words = QCoreApplication.translate("Wording", "Hints copied to {pictures}.")
    return words.format(pictures=pictures(number))


def duration(seconds: float) -> str:
    """'0.4 s', '12 s', '3 min', '2 h 05 min': as exact as one can feel."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def rate(per_second: float) -> str:
    """'3.2 pictures/s', or '12 pictures/min' where a second is too short."""
    if per_second >= 0.95:
        return f"{per_second:.1f} pictures/s"
    return f"{per_second * 60:.1f} pictures/min"


def running_line(view: ProgressView, now: float) -> str:
    """'1.8 pictures/s · 20 s left · until 14:32', as far as it is known.

    now: seconds since the epoch, for the time of day; a change of the clock changes nothing else.
    """
    if view.rate is None or view.left is None:
        return "Starting…"
    end = clock_time(now, view.left)
    return f"{rate(view.rate)}  ·  {duration(view.left)} left  ·  until {end}"


def clock_time(now: float, left: float) -> str:
    """The time of day in `left` seconds: '14:32', or 'Tue 03:10' if that is another day."""
    start, end = time.localtime(now), time.localtime(now + left)
    same_day = (start.tm_year, start.tm_yday) == (end.tm_year, end.tm_yday)
    return time.strftime("%H:%M" if same_day else "%a %H:%M", end)


def job_line(job: Job, update: JobUpdate) -> str:
    """The second line of a job's row."""
    if update.failure is not None:
        return printable(update.failure.sentence)
    if update.state is JobState.QUEUED and job.skip:
        return "Will be skipped: coloured before"
    if update.state is JobState.RUNNING:
        return _running_words(update.progress)
    parts = [_STATE_WORDS[update.state]]
    if update.state is JobState.DONE:
        if update.mode is not None:
            parts.append(MODE_WORDS[update.mode])
        parts.extend([duration(update.seconds)] if update.seconds else [])  # before this start
        parts.extend(["with a warning"] if update.warnings else [])
    return "  ·  ".join(parts)


def mark_line(mark: Mark) -> str:
    """'Done, line art': how far a picture has come."""
    tr = QCoreApplication.translate
    states = {
        PictureState.NOT_YET: tr("Wording", "Not coloured yet"),
        PictureState.DONE: tr("Wording", "Done"),
        PictureState.FAILED: tr("Wording", "Failed"),
    }
    words = states[mark.state]
    return words if mark.mode is None else f"{words}, {MODE_WORDS[mark.mode].lower()}"


def _running_words(progress: float) -> str:
    if progress < 0.3:
        return "Reading…"
    return "Colouring…" if progress < 0.7 else "Writing…"


def end_line(done: int, failed: int, skipped: int, cancelled: int) -> str:
    """How a batch ended, honestly: 'All done' only where nothing failed or was left."""
    if not failed and not cancelled:
        start = f"All done: {pictures(done)} coloured" if done else "Nothing left to colour"
    else:
        start = f"{pictures(done)} coloured"
    counts = ((failed, "failed"), (skipped, "skipped"), (cancelled, "cancelled"))
    rest = [f"{number:,} {word}" for number, word in counts if number]
    return ", ".join([start, *rest]) + "."


def size_line(width: int, height: int) -> str:
    """'1080 × 720 px'."""
    return f"{width} × {height} px"
