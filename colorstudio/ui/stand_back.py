"""Work in the background gives way to the window when processors are scarce."""

import os
import sys
import threading
from contextlib import suppress

_NICENESS = 5


def stand_back() -> None:
    """Let the window's thread go before the calling one, and before those that it starts.

    Without it a batch on two cores, whose every thread is busy, keeps the window waiting for a
    processor up to a fifth of a second. Only Linux has a niceness for each thread; elsewhere
    the priority that a QThread is started with does the same.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
