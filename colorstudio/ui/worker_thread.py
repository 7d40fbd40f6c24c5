"""The one thread that works off the queue: jobs go in by the queue, updates come out by signal."""

import logging
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal

from colorstudio.core.cancel import Cancelled, CancelSource, CancelToken
from colorstudio.core.failures import ColorStudioError, Failure, describe
from colorstudio.jobs.job import JobUpdate
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.records import Records, plain_wishes
from colorstudio.ui.session import PLAIN, Wishes
from colorstudio.ui.stand_back import stand_back

if TYPE_CHECKING:
    from colorstudio.inference.colorizer import Colorizer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a loaded style works with. provider: really in use; reason: why not another, or ""."""

    style: str
    provider: str
    reason: str
    supports: frozenset[str]


def equipment_of(style: str, colorizer: "Colorizer") -> Equipment:
    """Describe a colorizer for the window."""
    report = colorizer.provider
    return Equipment(style, report.name, report.reason, frozenset(colorizer.supports))


class UpdateBox:
    """Updates on their way to the window: any thread puts in, the window takes out in portions.

    One signal for each update would drown the window's event loop in ten thousand skipped jobs.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._updates: list[JobUpdate] = []

    def put(self, update: JobUpdate) -> bool:
        """Add an update; True if the box was empty, so that someone must be told."""
        with self._lock:
            self._updates.append(update)
            return len(self._updates) == 1

    def take(self, most: int) -> tuple[list[JobUpdate], bool]:
        """The oldest updates, and whether there are more."""
        with self._lock:
            taken, self._updates = self._updates[:most], self._updates[most:]
            return taken, bool(self._updates)


class BatchThread(QThread):
    """Runs one batch after another. `finished` tells that one has ended; see `failure` then."""

    updates_waiting = Signal()
    equipped = Signal(object)  # Equipment
    book_ended = Signal(object)  # BookUpdate

    def __init__(
        self,
        queue: JobQueue,
        source: ColorizerSource,
        parent: QObject | None = None,
        records: Records | None = None,
    ) -> None:
        super().__init__(parent)
        self.updates = UpdateBox()
        self.failure: Failure | None = None
        self.coloring = PLAIN  # of the next batch; one under way keeps what it has
        self.wishes = Wishes()  # that it comes of, for the journal
        self.again: set[Path] = set()  # pictures to be tried though the program died of them
        self.goes_on_with: tuple[int, ...] = ()  # interrupted batches, by the journal's numbers
        self.leaks = False  # whether it looks for leaks
        self._queue = queue
        self._source = source
        self._records = records or Records()
        self._leaving = False
        self._style = ""
        self._asked = Wishes()  # of the batch that is running; loading its style takes a while
        self._most: int | None = None
        self._stop = CancelSource()
        self._colorizer: Colorizer | None = None  # of the batch that is running
        self._told: Equipment | None = None

    def work_off(self, style: str, most: int | None = None) -> None:
        """Start on the queue with that style; nothing happens if a batch is running.

        most: so many pictures at most; None: all.
        """
        if self.isRunning():
            return
        self._style, self._most = style, most
        self._asked = replace(self.wishes, style=style, coloring=self.coloring, leaks=self.leaks)
        self._stop = CancelSource()
        self.failure = None
        self.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Ask the batch to end; it does so within one picture."""
        self._stop.cancel()

    def leave(self) -> None:
        """Ask the batch to end because the program does; the next start can go on with it."""
        self._leaving = not self._stop.token.cancelled  # what was stopped by hand has ended
        self.cancel()

    def stop(self, deadline: QDeadlineTimer) -> bool:
        """Cancel and wait; True if the thread has ended by then. It is never terminated."""
        self.cancel()
        return bool(self.wait(deadline))

    def run(self) -> None:
        """The thread itself."""
        stand_back()
        token = self._stop.token
        try:
            colorizer = self._source.get(self._style)
            self._told = equipment_of(self._style, colorizer)
            self.equipped.emit(self._told)
            self._colorizer = colorizer
            self._work_off(colorizer, token)
        except Cancelled:
            pass
        except ColorStudioError as error:  # a style that is gone, say
            self.failure = error.failure
            _log.warning("the batch could not start: %s", error.failure.sentence)
        except Exception as error:  # the window must live, and say what happened
            self.failure = describe(error)
            _log.exception("the batch ended early")
        finally:
            self._colorizer = None

    def _work_off(self, colorizer: "Colorizer", token: CancelToken) -> None:
        from colorstudio.core.writing import remove_leftovers
        from colorstudio.jobs.packing import BookPacker
        from colorstudio.jobs.pipeline import run_batch  # pillow and cv2 come with it

        asked, wish = self._asked, self._asked.request()
        jobs = self._queue.jobs_to_do()
        for folder in {job.target.parent for job in jobs} | {job.folder for job in jobs}:
            remove_leftovers(folder)
        ledger = self._records.ledger(colorizer.style.info.sha256, wish, self.again)
        if ledger is not None:
            ledger.begin(plain_wishes(asked), self._queue, self._most, self.goes_on_with)
        self.goes_on_with = ()
        pack = BookPacker(self._queue, self.book_ended.emit, ledger, token)

        def report(update: JobUpdate) -> None:
            self._report(update)
            if not self._leaving:  # who closes the window waits for no book: the next start packs
                pack(update)

        run_batch(self._queue, colorizer, token, report, wish=wish, most=self._most, ledger=ledger)
        if self._leaving:
            return
        pack.finish()
        if ledger is not None:
            ledger.end()

    def _report(self, update: JobUpdate) -> None:
        self._tell_other_equipment()
        if self.updates.put(update):
            self.updates_waiting.emit()

    def _tell_other_equipment(self) -> None:
        """A card can give up in the middle of a batch; updates come one at a time."""
        if self._colorizer is not None:
            equipment = equipment_of(self._style, self._colorizer)
            if equipment != self._told:
                self._told = equipment
                self.equipped.emit(equipment)
