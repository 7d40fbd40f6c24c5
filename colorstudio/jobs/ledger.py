"""One batch in the journal: which pictures it may take, and what each of them came to."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from colorstudio.core.failures import Failure, FailureKind, printable, worded
from colorstudio.core.hints import hints_path
from colorstudio.core.request import ColorRequest
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.journal import Claim, Journal, fingerprint

_log = logging.getLogger(__name__)

Refusal = tuple[JobState, Failure]

_OF_EACH_JOB = {"mode", "hints", "layers"}
"""What of a wish follows from each job, and is told with it."""


class Ledger:
    """Keeps the journal for one batch. A journal that can't be written stops no picture."""

    def __init__(self, journal: Journal, style: str, wish: ColorRequest) -> None:
        """style: the sha256 of the generator; wish: palette and flats of the whole batch."""
        self._journal, self._batch = journal, 0
        self._since: int | None = None
        with _unless_it_fails():
            self._since = journal.latest()
        told = {each.name: getattr(wish, each.name) for each in fields(wish)}
        self._settings = _digest(
            style, *(_plain(told[name]) for name in sorted(told.keys() - _OF_EACH_JOB))
        )

    def refreshed(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """The jobs; those to be skipped whose result is our own and outdated are done again."""
        return tuple(
            replace(job, skip=False) if job.skip and self._outdated(job) else job for job in jobs
        )

    def begin(self, asked: dict[str, Any], total: int) -> None:
        """The batch starts. asked: what the program needs to go on with it after a crash."""
        with _unless_it_fails():
            self._batch = self._journal.begin(asked, total)

    def end(self) -> None:
        """The batch came to an end of its own, or the artist stopped it."""
        with _unless_it_fails():
            self._journal.end(self._batch)

    def claim(self, job: Job) -> Refusal | None:
        """Take a picture in hand; how it ends at once where it can't be taken."""
        with _unless_it_fails():
            settings = self._settings_of(job)
            claim = self._journal.claim(job.source, job.target, settings, self._since)
            if claim is not Claim.MINE:
                return _refusal(claim, job.source)
        return None

    def ended(self, job: Job, state: JobState) -> None:
        """A picture that was claimed has ended."""
        settings = self._settings_of(job) if state is JobState.DONE else None
        with _unless_it_fails():
            self._journal.release(self._batch, job.source, job.target, settings)

    def _outdated(self, job: Job) -> bool:
        with _unless_it_fails():
            return self._journal.outdated(job.source, job.target, self._settings_of(job))
        return False

    def _settings_of(self, job: Job) -> str:
        hints = job.hints or hints_path(job.source)
        return _digest(self._settings, str(job.mode), fingerprint(hints))


def _refusal(claim: Claim, source: Path) -> Refusal:
    name = printable(source.name)
    if claim is Claim.MADE:
        sentence = f"“{name}” was coloured by another Color Studio meanwhile."
        return JobState.SKIPPED, Failure(FailureKind.NOTHING_TO_DO, sentence)
    if claim is Claim.OTHERS:
        sentence = worded("“{name}” is being coloured by another Color Studio just now.", name=name)
        return JobState.SKIPPED, Failure(FailureKind.NOTHING_TO_DO, sentence)
    sentence = worded(
        "Color Studio ended without a word while it coloured “{name}”, several times, so "
        "the picture was left out. Save it again in a paint program to have it tried "
        "once more.",
        name=name,
    )
    return JobState.FAILED, Failure(FailureKind.DAMAGED, sentence)


def _plain(value: object) -> str:
    return value.tobytes().hex() if isinstance(value, np.ndarray) else repr(value)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@contextmanager
def _unless_it_fails() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # whatever is wrong with it, it is no reason to lose a picture
        _log.warning("The journal could not be kept: %s", error)
