"""Ctrl-C and a polite kill close the window as if the artist had done it."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class QuitSignals(QObject):
    """Python runs signal handlers only between its own steps, and Qt's event loop waits in C.

    So the signal writes a byte to a socket (the wakeup file of the signal module), which wakes
    Qt. Made and used on the main thread only.
    """

    def __init__(self, quit_: Callable[[], None]) -> None:
        super().__init__()
        self._quit = quit_
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._before = [signal.signal(number, self._note) for number in _SIGNALS]
        self._wakeup = signal.set_wakeup_fd(self._theirs.fileno())
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def forget(self) -> None:
        """Leave the signals as they were before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in zip(_SIGNALS, self._before, strict=True):
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        """The byte on the socket says it all."""

    def _woken(self) -> None:
        self._ours.recv(64)
        self._quit()
