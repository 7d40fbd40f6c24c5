"""Small errands away from the UI thread: listing folders, planning, looking through styles."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal

from colorstudio.core.failures import Failure, describe
from colorstudio.ui.stand_back import stand_back

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Errand:
    key: str
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Failure], None]
    result: Any = None
    failure: Failure | None = None


class ErrandThread(QThread):
    """Runs errands one after another; each answer comes back on the thread that asked.

    Of errands with the same key only the newest matters: an older one that waits is dropped, and
    the answer of an older one under way is thrown away.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = threading.Condition()
        self._waiting: dict[str, _Errand] = {}  # in the order of asking
        self._newest: dict[str, _Errand] = {}
        self._leaving = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        key: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Do the work away from here, then call `then` with its result, or `failed`.

        Once the thread is leaving, nothing is done any more.
        """
        errand = _Errand(key, work, then, failed)
        with self._changed:
            if self._leaving:
                return
            self._waiting.pop(key, None)
            self._waiting[key] = errand
            self._newest[key] = errand
            self._changed.notify()
        if not self.isRunning():
            self.start(QThread.Priority.LowPriority)

    def forget(self, key: str) -> None:
        """Nobody waits for the answer of that errand any more."""
        with self._changed:
            self._waiting.pop(key, None)
            self._newest.pop(key, None)

    @property
    def busy(self) -> bool:
        """True while an answer is still to be delivered."""
        return bool(self._newest)

    def leave(self) -> None:
        """End as soon as the errand under way is done; nothing more is delivered."""
        with self._changed:
            self._leaving = True
            self._newest.clear()
            self._changed.notify()

    def run(self) -> None:
        """The thread itself."""
        stand_back()
        while (errand := self._next()) is not None:
            try:
                errand.result = errand.work()
            except Exception as error:  # whatever goes wrong is an answer too
                errand.failure = describe(error)
                _log.info("errand %s failed: %s", errand.key, errand.failure)
            self._answered.emit(errand)

    def _next(self) -> _Errand | None:
        with self._changed:
            while not self._waiting and not self._leaving:
                self._changed.wait()
            if self._leaving:
                return None
            return self._waiting.pop(next(iter(self._waiting)))

    def _deliver(self, errand: _Errand) -> None:
        if self._newest.get(errand.key) is not errand:
            return
        del self._newest[errand.key]
        if errand.failure is not None:
            errand.failed(errand.failure)
        else:
            errand.then(errand.result)
