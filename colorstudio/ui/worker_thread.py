"""The one thread that works off the queue: jobs go in by the queue, updates come out by signal."""

import logging
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal

from colorstudio.core.cancel import Cancelled, CancelSource
from colorstudio.core.failures import Failure, describe
from colorstudio.jobs.job import JobUpdate
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.session import PLAIN
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

    def __init__(
        self, queue: JobQueue, source: ColorizerSource, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.updates = UpdateBox()
        self.failure: Failure | None = None
        self.coloring = PLAIN  # of the next batch; one under way keeps what it has
        self.leaks = False  # whether it looks for leaks
        self._queue = queue
        self._source = source
        self._style = ""
        self._most: int | None = None
        self._stop = CancelSource()

    def work_off(self, style: str, most: int | None = None) -> None:
        """Start on the queue with that style; nothing happens if a batch is running.

        most: so many pictures at most; None: all.
        """
        if self.isRunning():
            return
        self._style, self._most = style, most
        self._stop = CancelSource()
        self.failure = None
        self.start(QThread.Priority.LowPriority)

    def cancel(self) -> None:
        """Ask the batch to end; it does so within one picture."""
        self._stop.cancel()

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
            self.equipped.emit(equipment_of(self._style, colorizer))
            from colorstudio.jobs.pipeline import run_batch  # pillow and cv2 come with it

            wish = replace(self.coloring.request(), leaks=self.leaks)
            run_batch(self._queue, colorizer, token, self._report, wish=wish, most=self._most)
        except Cancelled:
            pass
        except Exception as error:  # the window must live, and say what happened
            self.failure = describe(error)
            _log.exception("the batch ended early")

    def _report(self, update: JobUpdate) -> None:
        if self.updates.put(update):
            self.updates_waiting.emit()
