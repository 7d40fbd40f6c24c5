"""The pipeline of a batch: decoding, colouring and encoding of neighbouring pictures overlap.

    queue → reader thread → the generator, in the calling thread → writer threads → report

Every job that is taken from the queue gets exactly one ending, whatever happens to it.
"""

import logging
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import Protocol

from colorstudio.core.artwork import Artwork
from colorstudio.core.cancel import Cancelled, CancelSource, CancelToken
from colorstudio.core.coloured import ALREADY_COLOURED, is_coloured
from colorstudio.core.encoding import FORMAT_OF_SUFFIX, LOSSY_FORMATS
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, describe, worded
from colorstudio.core.hints import HintSet, load_hints
from colorstudio.core.layer_files import LAYERED_SUFFIXES
from colorstudio.core.modes import Mode
from colorstudio.core.request import Colored, ColorRequest
from colorstudio.jobs.budget import PixelBudget
from colorstudio.jobs.guarded_reading import GuardedReader, batch_reader
from colorstudio.jobs.hint_files import hints_of
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.ledger import Ledger
from colorstudio.jobs.queue import JobQueue
from colorstudio.jobs.storing import (
    KeptError,
    OutputFolders,
    check_free,
    concerns_whole_batch,
    describe_storing,
    store,
)

INEXACT = worded(
    "A JPEG can't hold exact colours: beside the palette's it has many in between. Choose PNG or "
    "TIFF to have the palette's alone."
)

PIXELS_IN_FLIGHT = 72_000_000
"""Two A4 pages at 600 dpi; about 8 bytes a pixel: decoded and coloured picture."""

# Encoding takes longest. Decoding takes least, and one reader keeps the queue's order.
_WRITERS = min(4, max(1, (os.cpu_count() or 1) // 2))

_LAYERS_WEIGH = 2  # paint and flats are kept beside the picture

_STARTED, _READ, _COLORED = 0.1, 0.3, 0.7  # progress of one job; 1.0 once it is written
_LOOK_SECONDS = 0.2  # Windows delivers Ctrl-C only between waits

_log = logging.getLogger(__name__)


class ArtworkColorizer(Protocol):
    """What the pipeline needs of a colorizer."""

    def colorize_artwork(
        self, artwork: Artwork, request: ColorRequest, token: CancelToken | None = None
    ) -> Colored:
        """Colour one artwork; raises ColorStudioError, or Cancelled if the token says so."""
        ...


def run_batch(
    queue: JobQueue,
    colorizer: ArtworkColorizer,
    token: CancelToken,
    report: Callable[[JobUpdate], None],
    *,
    wish: ColorRequest | None = None,
    most: int | None = None,
    pixels_in_flight: int = PIXELS_IN_FLIGHT,
    reader: GuardedReader | None = None,
    ledger: Ledger | None = None,
) -> None:
    """Work the queue off and return when nothing is left in it.

    Jobs start in the queue's order. Each update is applied to the queue first and then reported,
    from whatever thread it arose in but never two at a time. A cancelled token stops the batch
    within one picture: what was started and all that was queued ends as CANCELLED. A full disk
    or an output folder that no longer takes files stops it too; the picture that found out is
    FAILED, the others CANCELLED with the same failure. While the queue is paused, nothing more
    is started. wish: palette and flats for every picture; mode, hints and layers follow from each
    job. most: so many pictures are coloured at most, and the rest stays queued. reader: what reads
    the files, by default the program's own; what hangs or crashes it fails alone. ledger: keeps
    the journal, and says which pictures are not to be taken.
    Raises only what report raises, after all threads have ended.
    """
    wish, reader = wish or ColorRequest(), reader or batch_reader()
    _Pipeline(queue, colorizer, token, report, wish, most, pixels_in_flight, reader, ledger).run()


@dataclass(slots=True)
class _Flight:
    """One job on its way, with what it has become so far."""

    job: Job
    token: CancelToken
    pixels: int = 0
    share: int = 0  # of the pixel budget
    claimed: bool = False  # in the journal
    seconds: float = 0.0  # worked on it; waiting for others does not count
    artwork: Artwork | None = None
    hints: HintSet = field(default_factory=HintSet)
    colored: Colored | None = None
    warnings: tuple[str, ...] = ()

    @property
    def lossless(self) -> bool:
        """True if the target will hold exactly the pixels that were coloured."""
        return FORMAT_OF_SUFFIX.get(self.job.target.suffix.lower()) not in LOSSY_FORMATS

    @property
    def layered(self) -> bool:
        """True if the target holds layers."""
        return self.job.target.suffix.lower() in LAYERED_SUFFIXES

    def update(
        self, state: JobState, progress: float = 0.0, failure: Failure | None = None
    ) -> JobUpdate:
        colored = self.colored
        return JobUpdate(
            self.job.id,
            state,
            progress=progress,
            mode=colored.mode if colored else self.job.mode,
            provider=colored.provider if colored else "",
            seconds=self.seconds,
            failure=failure,
            warnings=self.warnings,
            changed_luma=colored.changed_luma if colored and self.lossless else None,
            changed_lines=colored.changed_lines if colored and self.lossless else None,
            leaks=colored.leaks if colored else None,
        )


_Channel = SimpleQueue[_Flight | None]  # None: nothing more will come


class _Pipeline:
    """One run of run_batch."""

    def __init__(
        self,
        queue: JobQueue,
        colorizer: ArtworkColorizer,
        token: CancelToken,
        report: Callable[[JobUpdate], None],
        wish: ColorRequest,
        most: int | None,
        pixels_in_flight: int,
        reader: GuardedReader,
        ledger: Ledger | None,
    ) -> None:
        self._queue, self._ledger = queue, ledger
        self._reader = reader
        self._colorizer = colorizer
        self._report = report
        self._wish = wish
        self._left = math.inf if most is None else most  # pictures that may still start
        self._stop = CancelSource()  # thrown by the pipeline itself
        self._token = token.joined(self._stop.token)
        self._stop_reason: Failure | None = None
        self._crash: BaseException | None = None
        self._budget = PixelBudget(pixels_in_flight)
        self._folders = OutputFolders()
        self._decoded: _Channel = SimpleQueue()
        self._finished: _Channel = SimpleQueue()
        self._flying: dict[int, _Flight] = {}  # taken from the queue and not yet ended
        self._reporting = threading.Lock()

    def run(self) -> None:
        """The whole batch; see run_batch."""
        reader = self._start(self._read_all)
        writers = [self._start(self._write_all) for _ in range(_WRITERS)]
        with self._noting_crash():
            self._color_all()
        for _ in writers:
            self._finished.put(None)
        for thread in (reader, *writers):
            thread.join()
        self._cancel_rest()
        if self._crash is not None:
            raise self._crash

    def _start(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work, name=work.__name__.strip("_"))
        thread.start()
        return thread

    # --- reader thread -------------------------------------------------------------------------

    def _read_all(self) -> None:
        with self._noting_crash():
            while (flight := self._take()) is not None:
                with self._ending(flight):
                    with self._timing(flight):
                        self._read(flight)
                    if self._is_to_skip(flight):
                        flight.warnings = (ALREADY_COLOURED,)
                        self._end(flight, flight.update(JobState.SKIPPED))
                    else:
                        self._decoded.put(flight)
            self._reader.rest()
        self._decoded.put(None)

    def _take(self) -> _Flight | None:
        """The next job, once there is room for it; jobs that need no work end on the way."""
        while not self._token.cancelled and self._left > 0:
            if self._ledger is not None:
                self._ledger.keep_up(self._queue)
            if not self._queue.wait_to_go(_LOOK_SECONDS):
                continue
            job = self._queue.take_next()
            if job is None:
                return None
            flight = _Flight(job, self._token.joined(self._queue.token_of(job.id)))
            self._flying[job.id] = flight
            if job.skip:
                self._end(flight, flight.update(JobState.SKIPPED))
                continue
            refusal = None if self._ledger is None else self._ledger.claim(job)
            if refusal is not None:
                self._end(flight, flight.update(refusal[0], failure=refusal[1]))
                continue
            flight.claimed = True
            with self._ending(flight):
                check_free(job.target, may_replace=job.may_replace)
                self._left -= 1
                width, height = self._reader.size(job.source, flight.token)
                flight.pixels = width * height
                weight = _LAYERS_WEIGH if flight.layered else 1
                flight.share = self._budget.take(weight * flight.pixels, flight.token)
                return flight
        return None

    def _read(self, flight: _Flight) -> None:
        flight.token.raise_if_cancelled()
        self._tell(flight.update(JobState.RUNNING, _STARTED))
        flight.artwork = self._reader.artwork(flight.job.source, flight.pixels, flight.token)
        flight.warnings = flight.artwork.warnings
        self._read_hints(flight)
        self._tell(flight.update(JobState.RUNNING, _READ))

    def _is_to_skip(self, flight: _Flight) -> bool:
        """Hints and a mode for this very picture say that it is meant to be coloured."""
        meant = flight.job.mode is not None or bool(flight.hints)
        assert flight.artwork is not None
        return self._wish.skip_coloured and not meant and is_coloured(flight.artwork)

    def _read_hints(self, flight: _Flight) -> None:
        """Broken hints cost the hints, not the picture."""
        path = flight.job.hints or hints_of(flight.job.source)
        if path is None:
            return
        try:
            flight.hints = load_hints(path)
        except ColorStudioError as error:
            warning = worded("Coloured without hints. {reason}", reason=error.failure.sentence)
            flight.warnings = (*flight.warnings, warning)

    # --- the calling thread --------------------------------------------------------------------

    def _color_all(self) -> None:
        while (flight := self._next_decoded()) is not None:
            with self._ending(flight):
                with self._timing(flight):
                    self._color(flight)
                self._finished.put(flight)

    def _next_decoded(self) -> _Flight | None:
        while True:
            try:
                return self._decoded.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue

    def _color(self, flight: _Flight) -> None:
        flight.token.raise_if_cancelled()
        assert flight.artwork is not None
        if self._ledger is not None:
            self._ledger.work_on(flight.job)
        request = replace(
            self._wish, mode=flight.job.mode, hints=flight.hints, layers=flight.layered
        )
        colored = self._colorizer.colorize_artwork(flight.artwork, request, flight.token)
        flight.colored = colored
        inexact = (INEXACT,) if self._blurs_palette(flight, colored) else ()
        flight.warnings = tuple(dict.fromkeys(flight.warnings + colored.artwork.warnings + inexact))
        self._tell(flight.update(JobState.RUNNING, _COLORED))

    def _blurs_palette(self, flight: _Flight, colored: Colored) -> bool:
        """Whether nothing but a palette's colours was asked for, where the file can't hold them."""
        flats = self._wish.flat >= 1 and colored.mode is Mode.LINEART
        return flats and self._wish.only is not None and not flight.lossless

    # --- writer threads ------------------------------------------------------------------------

    def _write_all(self) -> None:
        while (flight := self._finished.get()) is not None:
            with self._noting_crash(), self._ending(flight, writing=True):
                with self._timing(flight):
                    self._write(flight)
                self._end(flight, flight.update(JobState.DONE, 1.0))

    def _write(self, flight: _Flight) -> None:
        flight.token.raise_if_cancelled()
        assert flight.artwork is not None and flight.colored is not None
        check = self._ledger.check_untouched if self._ledger else lambda _: None
        store(flight.job, flight.colored, flight.artwork, self._folders, check)

    # --- endings -------------------------------------------------------------------------------

    @contextmanager
    def _ending(self, flight: _Flight, *, writing: bool = False) -> Iterator[None]:
        """Whatever is raised inside becomes the job's one ending; the batch goes on."""
        try:
            yield
        except Cancelled:
            self._end(flight, flight.update(JobState.CANCELLED, failure=self._stop_reason))
        except KeptError as error:
            self._end(flight, flight.update(JobState.SKIPPED, failure=error.failure))
        except Exception as error:  # one unreadable picture must not end the night's work
            failure = self._failure_of(error, flight, writing)
            self._end(flight, flight.update(JobState.FAILED, failure=failure))

    def _failure_of(self, error: Exception, flight: _Flight, writing: bool) -> Failure:
        job = flight.job
        if writing:
            failure = describe_storing(error, job.target, flight.colored, flight.artwork)
        else:
            failure = describe(error, job.source)
        if failure.kind is FailureKind.INTERNAL:
            _log.error("Unexpected with %s", ascii(str(job.source)), exc_info=error)
        if writing:
            left = (other.target.parent for other in self._queue.jobs_to_do() if not other.skip)
            if concerns_whole_batch(failure, job.target.parent, self._folders, left):
                self._stop_reason = self._stop_reason or failure
                self._stop.cancel()
        return failure

    def _end(self, flight: _Flight, update: JobUpdate) -> None:
        self._flying.pop(flight.job.id)
        self._budget.give_back(flight.share)
        flight.artwork, flight.colored = None, None
        if flight.claimed and self._ledger is not None:
            self._ledger.ended(flight.job, update.state, stopped=self._token.cancelled)
        self._tell(update)

    def _cancel_rest(self) -> None:
        """After a stop, what lies half-way and what never started ends too."""
        for flight in list(self._flying.values()):
            self._end(flight, flight.update(JobState.CANCELLED, failure=self._stop_reason))
        if self._token.cancelled:
            for update in self._queue.cancel_all_queued(self._stop_reason):
                self._report_one(update)

    def _tell(self, update: JobUpdate) -> None:
        self._queue.apply(update)
        self._report_one(update)

    def _report_one(self, update: JobUpdate) -> None:
        """A listener that raises stops the batch; run() raises it again at the end."""
        with self._reporting:
            if self._crash is None:
                with self._noting_crash():
                    self._report(update)

    @contextmanager
    def _timing(self, flight: _Flight) -> Iterator[None]:
        start = time.monotonic()
        try:
            yield
        finally:
            flight.seconds += time.monotonic() - start

    @contextmanager
    def _noting_crash(self) -> Iterator[None]:
        """What must not be swallowed, like Ctrl-C: stop all, let threads end, raise it then."""
        try:
            yield
        except BaseException as error:
            self._crash = self._crash or error
            self._stop.cancel()
