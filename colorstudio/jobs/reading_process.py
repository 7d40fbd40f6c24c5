"""The other side of `guarded_reading`: a process that opens foreign files and does nothing else.

It asks and answers over one pipe. A request is a `ReadingTask`; the answer is a `Failure`, or a
value, or an artwork whose planes follow: in shared memory where there is room, else as bytes.
"""

import contextlib
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import describe

MEMORY_BYTES = 4 << 30
"""What the process may take: several times a page of the largest size that is read at all."""


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """One file to read, and what with: a function of a path, importable by name."""

    read: Callable[[Path], Any]
    path: Path


@dataclass(frozen=True, slots=True)
class PlanesFollow:
    """An artwork without its planes, and their shapes: pixels, then alpha if there is any."""

    artwork: Artwork
    shapes: tuple[tuple[int, ...], ...]

    @property
    def sizes(self) -> list[int]:
        """Bytes of each plane."""
        return [int(np.prod(shape)) for shape in self.shapes]


def serve(pipe: Connection) -> None:
    """Read what is asked for until the pipe closes. What a reader raises becomes a failure."""
    # Ctrl-C reaches the whole group; the program decides when its reader ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    # The program may be gone at any moment, also before its reader is ready.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(None)  # ready: from here on, time counts for the files
        while True:
            _answer(pipe, pipe.recv())


def _answer(pipe: Connection, task: ReadingTask) -> None:
    try:
        value = task.read(task.path)
    except Exception as error:  # whatever a file makes a reader raise, it costs this file only
        pipe.send(describe(error, task.path))
        return
    if not isinstance(value, Artwork):
        pipe.send(value)
        return
    planes = [value.pixels] if value.alpha is None else [value.pixels, value.alpha]
    bare = replace(value, pixels=np.empty((0, 0), np.uint8), alpha=None)
    pipe.send(PlanesFollow(bare, tuple(plane.shape for plane in planes)))
    _hand_over(pipe, planes, pipe.recv())


def _hand_over(pipe: Connection, planes: list[NDArray[np.uint8]], segment: str) -> None:
    if not segment:
        for plane in planes:
            pipe.send_bytes(np.ascontiguousarray(plane).data.cast("B"))
        return
    memory = SharedMemory(segment)
    start = 0
    for plane in planes:
        place = np.ndarray(plane.shape, np.uint8, memory.buf, start)
        np.copyto(place, plane)
        start += plane.nbytes
        del place  # or the segment could not be closed
    memory.close()
    pipe.send(None)


def _limit_memory() -> None:
    if sys.platform != "linux":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = MEMORY_BYTES if most == resource.RLIM_INFINITY else min(MEMORY_BYTES, most)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))
