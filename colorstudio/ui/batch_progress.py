"""How far a batch is, how fast it goes and when it will end; plain numbers without a window."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from colorstudio.jobs.job import JobState

_ENOUGH = 3  # endings from which on the rate is told without the first picture's start
_RECENT = 24  # endings that decide the rate: the pictures of now, not those of an hour ago


@dataclass(frozen=True, slots=True)
class ProgressView:
    """One look at a batch. rate: pictures a second, left: seconds; None while unknown.

    fraction: 0..1, exactly 1 only when everything has ended. It never falls while a batch runs:
    where pictures come in on the way it waits until the others have caught up.
    """

    ended: int
    total: int
    rate: float | None
    left: float | None
    fraction: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What has not been done yet. to_color: pictures; to_skip: such as were coloured before."""

    to_color: int
    to_skip: int


class BatchProgress:
    """Counts endings against a monotonic clock; skipped pictures do not count as speed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._total = 0
        self._endings: dict[JobState, int] = {}
        self._worked: deque[float] = deque(maxlen=_RECENT)  # when pictures ended
        self._began: float | None = None  # when the first picture was taken in hand
        self._farthest = 0.0
        self._paused_at: float | None = None

    def start(self, total: int, done: int = 0) -> None:
        """A batch of that many jobs begins, of which so many were done before it was interrupted.

        Those count as done, and never as speed.
        """
        self._total = total
        self._endings = {JobState.DONE: done} if done else {}
        self._worked.clear()
        self._began = None
        self._farthest = 0.0
        self._paused_at = None

    def begin_work(self) -> None:
        """A picture is taken in hand: what was before, such as loading a style, was no work."""
        if self._began is None:
            self._began = self._now()

    def pause(self) -> None:
        """Time stands still for the rate until resume()."""
        self._paused_at = self._now()

    def resume(self) -> None:
        """Go on as if there had been no pause."""
        if self._paused_at is not None:
            rested = self._clock() - self._paused_at
            self._worked = deque((moment + rested for moment in self._worked), _RECENT)
            self._began = None if self._began is None else self._began + rested
            self._paused_at = None

    def grow(self, more: int, done: int = 0) -> None:
        """Jobs came in (or, negative, were taken out) while the batch runs.

        done: so many of those that came in were done before.
        """
        self._total += more
        if done:
            self._endings[JobState.DONE] = self.ended(JobState.DONE) + done

    def count(self, state: JobState) -> None:
        """One job ended so."""
        self._endings[state] = self._endings.get(state, 0) + 1
        if state in (JobState.DONE, JobState.FAILED):
            self._worked.append(self._now())

    def take_back(self, state: JobState) -> None:
        """One job that ended so is tried again."""
        self._endings[state] -= 1

    def ended(self, state: JobState) -> int:
        """How many jobs of this batch ended in that state."""
        return self._endings.get(state, 0)

    def view(self) -> ProgressView:
        """The numbers as they are now."""
        ended = min(sum(self._endings.values()), self._total)
        fraction = ended / self._total if self._total else 0.0
        if fraction < 1:
            fraction = self._farthest = max(self._farthest, fraction)
        rate = self._rate()
        left = (self._total - ended) / rate if rate else None
        return ProgressView(ended, self._total, rate, left, fraction)

    def _now(self) -> float:
        return self._clock() if self._paused_at is None else self._paused_at

    def _rate(self) -> float | None:
        moments = self._measured()
        intervals = len(moments) - 1
        if intervals < 1:
            return None
        # Up to now, not to the last ending: a picture that takes long must show in the rate,
        # but the usual wait for the next ending must not make it flicker.
        span = moments[-1] - moments[0]
        waiting = self._now() - moments[-1]
        late = max(0.0, waiting - span / intervals)
        return intervals / (span + late) if span + late > 0 else None

    def _measured(self) -> list[float]:
        """From ending to ending. The first picture went through an empty pipeline and took
        longer than the rate tells, so its start counts only as long as there is little else."""
        start = [] if self._began is None or len(self._worked) >= _ENOUGH else [self._began]
        return [*start, *self._worked]
