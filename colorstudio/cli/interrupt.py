"""Ctrl-C and a polite kill: finish what is being written, then leave."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from colorstudio.core.cancel import CancelSource, CancelToken

INTERRUPTED = 130
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the last one, a closed terminal, not on Windows


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
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    former = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield stop.token
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
