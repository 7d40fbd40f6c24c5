"""The words for numbers and states; plain text, one line each."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from colorstudio.core.failures import Failure, printable, worded
from colorstudio.core.modes import Mode
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.ui.batch_progress import ProgressView
from colorstudio.ui.sentences import told
from colorstudio.ui.shelf import Mark, PictureState

translate = QCoreApplication.translate


def mode_words(mode: Mode | None) -> str:
    """A mode's name; None: it is found out for each picture."""
    if mode is None:
        return translate("Wording", "Auto")
    if mode is Mode.GREYSCALE:
        return translate("Wording", "Greyscale")
    return translate("Wording", "Line art")


def name_of(path: Path) -> str:
    """A file's or folder's name as it may be shown; for a bare drive or root, the path."""
    return printable(path.name or str(path))


def named(path: Path, failure: Failure) -> Failure:
    """The failure with the name of what it concerns in its sentence."""
    name = name_of(path)
    if f"“{name}”" in failure.sentence:
        return failure
    sentence = worded("“{name}”: {reason}", name=name, reason=failure.sentence)
    return Failure(failure.kind, sentence, failure.detail)


def pictures(number: int) -> str:
    """'1 picture', '12 pictures', '1,200 pictures'."""
    if number == 1:
        return translate("Wording", "1 picture")
    return translate("Wording", "{count} pictures").format(count=f"{number:,}")


def hints_copied(number: int) -> str:
    """'Hints copied to 3 pictures.'"""
    words = translate("Wording", "Hints copied to {pictures}.")
    return words.format(pictures=pictures(number))


def duration(seconds: float) -> str:
    """'0.4 s', '12 s', '3 min', '2 h 05 min': as exact as one can feel."""
    if seconds < 9.95:
        return translate("Wording", "{seconds} s").format(seconds=f"{seconds:.1f}")
    if seconds < 99.5:
        return translate("Wording", "{seconds} s").format(seconds=f"{seconds:.0f}")
    minutes = round(seconds / 60)
    if minutes < 60:
        return translate("Wording", "{minutes} min").format(minutes=minutes)
    hours = translate("Wording", "{hours} h {minutes} min")
    return hours.format(hours=minutes // 60, minutes=f"{minutes % 60:02}")


def rate(per_second: float) -> str:
    """'3.2 pictures/s', or '12 pictures/min' where a second is too short."""
    if per_second >= 0.95:
        return translate("Wording", "{rate} pictures/s").format(rate=f"{per_second:.1f}")
    return translate("Wording", "{rate} pictures/min").format(rate=f"{per_second * 60:.1f}")


def running_line(view: ProgressView, now: float) -> str:
    """'1.8 pictures/s · 20 s left · until 14:32', as far as it is known.

    now: seconds since the epoch, for the time of day; a change of the clock changes nothing else.
    """
    if view.rate is None or view.left is None:
        return translate("Wording", "Starting…")
    end = clock_time(now, view.left)
    left = translate("Wording", "{duration} left").format(duration=duration(view.left))
    until = translate("Wording", "until {time}").format(time=end)
    return "  ·  ".join((rate(view.rate), left, until))


def clock_time(now: float, left: float) -> str:
    """The time of day in `left` seconds: '14:32', or 'Tue 03:10' if that is another day."""
    start, end = time.localtime(now), time.localtime(now + left)
    same_day = (start.tm_year, start.tm_yday) == (end.tm_year, end.tm_yday)
    clock = time.strftime("%H:%M", end)
    day = QLocale().dayName(end.tm_wday + 1, QLocale.FormatType.ShortFormat)
    return clock if same_day else f"{day} {clock}"


def job_line(job: Job, update: JobUpdate) -> str:
    """The second line of a job's row."""
    if update.failure is not None:
        return told(update.failure.sentence)
    if update.state is JobState.QUEUED and job.skip:
        return translate("Wording", "Will be skipped: coloured before")
    if update.state is JobState.RUNNING:
        return _running_words(update.progress)
    if update.state is JobState.SKIPPED and update.warnings:  # it needed no colours
        return told(update.warnings[0])
    parts = [_state_words(update.state)]
    if update.state is JobState.DONE:
        if update.mode is not None:
            parts.append(mode_words(update.mode))
        parts.extend([duration(update.seconds)] if update.seconds else [])  # before this start
        parts.extend([translate("Wording", "with a warning")] if update.warnings else [])
    return "  ·  ".join(parts)


def _state_words(state: JobState) -> str:
    return {
        JobState.QUEUED: translate("Wording", "Waiting"),
        JobState.DONE: translate("Wording", "Done"),
        JobState.FAILED: translate("Wording", "Failed"),
        JobState.SKIPPED: translate("Wording", "Skipped: coloured before"),
        JobState.CANCELLED: translate("Wording", "Cancelled"),
    }[state]


def mark_line(mark: Mark) -> str:
    """'Done, line art': how far a picture has come."""
    states = {
        PictureState.NOT_YET: translate("Wording", "Not coloured yet"),
        PictureState.DONE: translate("Wording", "Done"),
        PictureState.FAILED: translate("Wording", "Failed"),
    }
    words = states[mark.state]
    return words if mark.mode is None else f"{words}, {mode_words(mark.mode).lower()}"


def _running_words(progress: float) -> str:
    if progress < 0.3:
        return translate("Wording", "Reading…")
    return (
        translate("Wording", "Colouring…") if progress < 0.7 else translate("Wording", "Writing…")
    )


def end_line(done: int, failed: int, skipped: int, cancelled: int) -> str:
    """How a batch ended, honestly: 'All done' only where nothing failed or was left."""
    start = translate("Wording", "{pictures} coloured")
    if not failed and not cancelled:
        start = translate("Wording", "All done: {pictures} coloured")
        start = start if done else translate("Wording", "Nothing left to colour")
    counts = (
        (failed, translate("Wording", "{count} failed")),
        (skipped, translate("Wording", "{count} skipped")),
        (cancelled, translate("Wording", "{count} cancelled")),
    )
    rest = [words.format(count=f"{number:,}") for number, words in counts if number]
    return translate("Wording", "{parts}.").format(
        parts=_listed([start.format(pictures=pictures(done)), *rest])
    )


def waiting_line(to_color: int, to_skip: int) -> str:
    """'9 to colour, 3 were coloured before': what the next start would take on."""
    parts = []
    if to_color:
        parts.append(translate("Wording", "{count} to colour").format(count=f"{to_color:,}"))
    if to_skip == 1:
        parts.append(translate("Wording", "1 was coloured before"))
    elif to_skip:
        words = translate("Wording", "{count} were coloured before")
        parts.append(words.format(count=f"{to_skip:,}"))
    return _listed(parts) or translate("Wording", "Nothing to colour")


def _listed(parts: Sequence[str]) -> str:
    return translate("Wording", ", ", "between the parts of a line").join(parts)


def size_line(width: int, height: int) -> str:
    """'1080 × 720 px'."""
    return translate("Wording", "{width} × {height} px").format(width=width, height=height)
