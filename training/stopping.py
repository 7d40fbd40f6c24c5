"""Being asked to end: by a signal, or by a window that writes to or closes our standard input."""

import os
import signal
import stat
import sys
import threading
from types import FrameType

from colorstudio.core.streams import write_line
from training.talk import Talk

INTERRUPTED = 130
NOTHING_CHANGED = "Stopped before the training began; nothing was changed."


class Stopped(Exception):
    """The run was asked to end before it had anything worth saving."""


KEEP = b"keep"
"""What is written to our standard input to end the training now and keep the best as a style."""


class StopRequest:
    """Whether the run was asked to end: by a signal, or a closed standard input.

    watch_input: the window holds our standard input open, and closes it to end the run. Only a
    pipe or socket is watched: scripts often have none, which must not end what they start.
    at_once: until `in_good_order`, being asked ends the process there and then. Nothing has been
    written yet, and nobody wants to wait until torch is loaded.
    """

    def __init__(self, *, watch_input: bool, at_once: bool = False) -> None:
        self.asked = False
        self.keep = False
        self._at_once, self._talks = at_once, watch_input
        self._deciding = threading.Lock()
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

    def in_good_order(self) -> None:
        """From here on the run looks whether it was asked, and ends by itself."""
        with self._deciding:
            self._at_once = False

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        if self._at_once:
            self._leave()

    def _leave(self) -> None:
        if self._talks:
            Talk().say("stopped", sentence=NOTHING_CHANGED)
        else:
            write_line(sys.stdout, NOTHING_CHANGED)
        os._exit(INTERRUPTED)

    def _watch(self) -> None:
        # Raw reads: the interpreter could not end while a buffered one waits.
        while told := os.read(sys.stdin.fileno(), 4096):
            self.keep = self.keep or KEEP in told
        with self._deciding:
            self.asked = True
            if self._at_once:
                self._leave()


def _is_pipe(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
