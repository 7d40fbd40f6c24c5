"""A reader for tests, in a file that another process imports quickly."""

import os
import signal
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.reading import read_artwork, read_thumbnail


def fragile(path: Path) -> Artwork:
    """A decoder whose bad luck is written in the file's name."""
    _meet_its_fate(path)
    return read_artwork(path)


def fragile_thumbnail(path: Path, side: int) -> NDArray[np.uint8]:
    """The same of a decoder of thumbnails."""
    _meet_its_fate(path)
    return read_thumbnail(path, side)


def _meet_its_fate(path: Path) -> None:
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
