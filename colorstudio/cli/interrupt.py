"""Ctrl-C and a polite kill: finish what is being written, then leave."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from colorstudio.cli.status import INTERRUPTED
from colorstudio.core.cancel import CancelSource, CancelToken


@contextmanager
def interruptible() -> Iterator[CancelToken]:
    """A token that the first signal cancels; a second one ends the program at once."""
    stop = CancelSource()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.token.cancelled:
            os._exit(INTERRUPTED)
        stop.cancel()

    if threading.current_thread() is not threading.main_thread():
        yield stop.token  # only the main thread may handle signals
        return
    former = {number: signal.signal(number, handle) for number in _signals()}
    try:
        yield stop.token
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def end_in_peace() -> None:
    """No signal changes any more how the program ends: all is done, and only the status is left.

    Python takes a while to leave, in which a late Ctrl-C would make a finished batch look broken.
    """
    for number in _signals():
        signal.signal(number, signal.SIG_IGN)


def _signals() -> list[signal.Signals]:
    """What stops a batch; a closed terminal (not on Windows) only where nohup was not asked for."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        numbers.append(hangup)
    return numbers
