"""A reader for tests, in a file that another process imports quickly."""

import os
import signal
import time
from pathlib import Path

import numpy as np

from colorstudio.core.artwork import Artwork
from colorstudio.core.reading import read_artwork


def fragile(path: Path) -> Artwork:
    """A decoder whose bad luck is written in the file's name."""
    if path.stem == "abort":
        os.abort()
    if path.stem == "once" and not path.with_suffix(".tried").exists():
        path.with_suffix(".tried").touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    if path.stem == "hang":
        time.sleep(1000)
    if path.stem == "stopped":
        os.kill(os.getpid(), signal.SIGSTOP)
    if path.stem == "hungry":
        np.ones(6 << 30, np.uint8)
    return read_artwork(path)
