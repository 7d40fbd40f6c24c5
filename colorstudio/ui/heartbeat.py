"""Measures how long the UI thread stays away from its event loop: how long a click may wait."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL = 2  # milliseconds between beats


class Heartbeat(QObject):
    """Beats while it lives; `worst` is the longest time between two beats, in seconds.

    clock: time.thread_time counts only the work of the thread itself, for machines on which
    other programs hold the processor for longer.
    """

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.worst = 0.0
        self._clock = clock
        self._last = clock()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(INTERVAL)

    def _beat(self) -> None:
        now = self._clock()
        self.worst = max(self.worst, now - self._last)
        self._last = now
