"""What `colorize` tells while it works and at the end: for a terminal, a file or a script."""

import logging
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from colorstudio.cli.console import say, say_json
from colorstudio.cli.progress import ProgressBar
from colorstudio.cli.status import DONE, INTERRUPTED, SOME_FAILED
from colorstudio.core.leaks import LeakReading
from colorstudio.core.mode import Mode
from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.jobs.packing import BookUpdate
from colorstudio.jobs.planning import Batch

_COUNTED = (
    (JobState.FAILED, "failed"),
    (JobState.SKIPPED, "skipped"),
    (JobState.CANCELLED, "not done"),
)
_MODE_WORDS = {Mode.GREYSCALE: "greyscale", Mode.LINEART: "line art"}

_log = logging.getLogger(__name__)


class Report:
    """Listens to a batch. Each picture that ends is told once; the summary comes last.

    As JSON that holds for cancelled pictures too, with the failure that stopped the batch if
    one did; in words the summary counts them.
    """

    def __init__(self, batch: Batch, *, as_json: bool, quiet: bool) -> None:
        self._json, self._quiet = as_json, quiet
        self._jobs = {job.id: job for job in batch.jobs}
        self._counts: Counter[JobState] = Counter()
        self._changed_luma: list[int] = []
        self._changed_lines: list[int] = []
        self._failed_books = 0
        self._last_lines: list[str] = []  # told after the bar is gone
        self._start = time.monotonic()
        to_do = sum(not job.skip for job in batch.jobs)
        self._bar = None if as_json or quiet else ProgressBar.on_terminal(to_do)
        for path, failure in batch.failures:
            self._tell(path, None, JobUpdate(0, JobState.FAILED, failure=failure))

    def __call__(self, update: JobUpdate) -> None:
        """Take an update of the batch."""
        if update.state.ended:
            job = self._jobs[update.job_id]
            self._tell(job.source, job.place, update)
            if self._bar is not None and update.state is not JobState.SKIPPED:
                self._bar.advance()

    def book(self, update: BookUpdate) -> None:
        """Take the end of a book, whose pages were told before."""
        self._failed_books += update.state is JobState.FAILED
        if self._json:
            say_json(**_book(update))
            return
        line = _book_line(update, routine=not self._quiet)
        if line and self._bar is not None:
            self._last_lines.append(line)
        elif line:
            say(line)

    def finish(self, *, interrupted: bool, provider: str = "", fallback: str = "") -> int:
        """Tell the summary and return the exit status.

        provider: where the generator ran, if it did; fallback: why it was not a better one.
        """
        if self._bar is not None:
            self._bar.close()
        for line in self._last_lines:
            say(line)
        if self._json:
            self._summary_as_json(interrupted, provider, fallback)
        elif not self._quiet:
            say(self._summary(interrupted, provider, fallback))
        if interrupted:
            return INTERRUPTED
        undone = self._counts[JobState.FAILED] or self._counts[JobState.CANCELLED]
        undone = undone or self._failed_books
        return SOME_FAILED if undone else DONE

    def _tell(self, source: Path, target: Path | None, update: JobUpdate) -> None:
        self._counts[update.state] += 1
        if update.state is JobState.DONE and update.changed_luma is not None:
            self._changed_luma.append(update.changed_luma)
        if update.state is JobState.DONE and update.changed_lines is not None:
            self._changed_lines.append(update.changed_lines)
        if update.failure is not None and update.state is JobState.FAILED:
            _log.warning("%s: %s (%s)", source, update.failure.sentence, update.failure.detail)
        if self._json:
            say_json(**_picture(source, target, update))
        else:
            self._tell_in_words(source, target, update)

    def _tell_in_words(self, source: Path, target: Path | None, update: JobUpdate) -> None:
        for line in _lines(source, update, routine=self._bar is None and not self._quiet):
            if self._bar is not None:
                self._last_lines.append(line)
            else:
                say(line)

    def _summary(self, interrupted: bool, provider: str, fallback: str) -> str:
        count = self._counts
        parts = [f"{count[JobState.DONE]} coloured"]
        for state, word in _COUNTED:
            if count[state]:
                parts.append(f"{count[state]} {word}")
        line = f"{', '.join(parts)} in {time.monotonic() - self._start:.1f} s"
        if provider:
            line += f" on {provider}"
        if fallback:
            line += f" ({fallback.rstrip('.')})"
        if self._changed_luma:
            line += f"; changed luma pixels: {sum(self._changed_luma)}"
        if self._changed_lines:
            line += f"; changed line pixels: {sum(self._changed_lines)}"
        return f"Interrupted: {line}" if interrupted else line

    def _summary_as_json(self, interrupted: bool, provider: str, fallback: str) -> None:
        count = self._counts
        say_json(
            event="summary",
            done=count[JobState.DONE],
            failed=count[JobState.FAILED],
            skipped=count[JobState.SKIPPED],
            cancelled=count[JobState.CANCELLED],
            seconds=round(time.monotonic() - self._start, 3),
            provider=provider,
            fallback=fallback,
            changed_luma=sum(self._changed_luma) if self._changed_luma else None,
            changed_lines=sum(self._changed_lines) if self._changed_lines else None,
            interrupted=interrupted,
        )


def _picture(source: Path, target: Path | None, update: JobUpdate) -> dict[str, object]:
    return {
        "event": "picture",
        "source": str(source),
        "target": None if target is None else str(target),
        "state": update.state,
        "mode": update.mode,
        "provider": update.provider,
        "seconds": round(update.seconds, 4),
        "changed_luma": update.changed_luma,
        "changed_lines": update.changed_lines,
        **({} if update.leaks is None else {"leaks": update.leaks.to_row()}),
        "warnings": update.warnings,
        "failure": None if update.failure is None else asdict(update.failure),
    }


def _book(update: BookUpdate) -> dict[str, object]:
    return {
        "event": "book",
        "source": str(update.book.source),
        "target": str(update.book.target),
        "state": update.state,
        "pages": update.pages,
        "unchanged": update.unchanged,
        "lost": update.lost,
        "failure": None if update.failure is None else asdict(update.failure),
    }


def _book_line(update: BookUpdate, *, routine: bool) -> str:
    """What a person reads about the end of a book; routine: also where nothing is amiss."""
    source = update.book.source
    if update.failure is not None:
        return f"{source}: {update.failure.sentence}"
    if update.state is JobState.SKIPPED:
        return f"{source}: no book was written, since no page of it was coloured"
    words = []
    if update.lost:
        files = "1 damaged file is" if update.lost == 1 else f"{update.lost} damaged files are"
        words.append(f"{files} missing from the new book")
    if update.unchanged:
        pages = "1 page is" if update.unchanged == 1 else f"{update.unchanged} pages are"
        words.append(f"{pages} in the new book as before, see above")
    if words:
        return f"{source}: {'; '.join(words)}"
    return f"{source}: written as {update.book.target.name}" if routine else ""


def _leak_words(reading: LeakReading) -> str:
    """What a person reads about leaks: how much, how many, and where the worst is."""
    words = []
    if reading.crossing is not None:
        words.append(f"{100 * reading.crossing:.1f} % of the chroma crosses lines")
    if reading.leaks:
        worst, count = reading.leaks[0], len(reading.leaks)
        gaps = "1 open gap" if count == 1 else f"{count} open gaps, the worst"
        words.append(f"{gaps} at {worst.x:.0f}, {worst.y:.0f} ({worst.width:.0f} pixels wide)")
    return "; ".join(words) if words else "no leaks"


def _lines(source: Path, update: JobUpdate, *, routine: bool) -> list[str]:
    """What a person reads about one ending; routine: also where nothing is amiss."""
    if update.state in (JobState.FAILED, JobState.SKIPPED) and update.failure is not None:
        return [f"{source}: {update.failure.sentence}"]
    if update.state is JobState.DONE:
        lines = [f"{source}: {warning}" for warning in update.warnings]
        if update.leaks is not None:
            lines.append(f"{source}: {_leak_words(update.leaks)}")
        if routine:
            mode = f" as {_MODE_WORDS[update.mode]}" if update.mode else ""
            lines.append(f"{source}: coloured{mode} in {update.seconds:.1f} s")
        return lines
    if update.state is JobState.SKIPPED and update.warnings:
        return [f"{source}: {warning}" for warning in update.warnings]
    if update.state is JobState.SKIPPED and routine:
        return [f"{source}: skipped, its result is there already"]
    return []
