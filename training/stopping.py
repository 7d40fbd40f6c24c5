"""Being asked to end: by a signal, or by a window that writes to or closes our standard input."""

import os
import signal
import stat
import sys
import threading
from types import FrameType


class Stopped(Exception):
    """The run was asked to end before it had anything worth saving."""


KEEP = b"keep"
"""What is written to our standard input to end the training now and keep the best as a style."""


class StopRequest:
    """Whether the run was asked to end: by a signal, or a closed standard input.

    watch_input: the window holds our standard input open, and closes it to end the run. Only a
    pipe or socket is watched: scripts often have none, which must not end what they start.
    """

    def __init__(self, *, watch_input: bool) -> None:
        self.asked = False
        self.keep = False
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
                signal.signal(number, self._ask)
        if watch_input and sys.stdin is not None and _is_pipe(sys.stdin.fileno()):
            threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self) -> bool:
        return self.asked

    def ends_training(self) -> bool:
        """Whether no further step is wanted, be it to leave or to keep what there is."""
        return self.asked or self.keep

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def _watch(self) -> None:
        # Raw reads: the interpreter could not end while a buffered one waits.
        while told := os.read(sys.stdin.fileno(), 4096):
            self.keep = self.keep or KEEP in told
        self.asked = True


def _is_pipe(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
