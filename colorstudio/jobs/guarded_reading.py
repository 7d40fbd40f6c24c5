"""Reading foreign files at arm's length.

A file made to harm, or broken in an unlucky place, can make a decoder hang, crash natively or eat
all memory. So files are read in a process of their own, with a time and a memory limit: the worst
that a file can do is to cost itself.
"""

import atexit
import contextlib
import functools
import multiprocessing
import os
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.cancel import CancelToken
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, printable, worded
from colorstudio.core.reading import read_artwork, read_size
from colorstudio.jobs.reading_process import PlanesFollow, ReadingTask, serve

HEADER_SECONDS = 10.0
PICTURE_SECONDS = 30.0
SECONDS_PER_MEGAPIXEL = 1.0
"""A picture may take this much longer; the slowest kinds need a tenth of that."""

WINDOW_SECONDS = 15.0
"""What the window gives a picture: who looks at it is waiting, and loses nothing by a refusal."""

WINDOW_PATIENCE = 1.0
"""How long a picture that nobody wants any more may keep the next one waiting, in seconds."""

START_SECONDS = 60.0
"""What the process itself may take to start, on a busy machine."""

_LOOK_SECONDS = 0.05  # how soon a cancelled reading is given up
_TRIES = 2  # a crash may have been bad luck; a second one is the file's doing
_SHARED = Path("/dev/shm")
_KILLED = -9  # how the system ends a process when memory runs out

Value = TypeVar("Value")


class _ReaderDied(Exception):
    """The process ended in the middle of a file. exit_code: as `Process.exitcode` gives it."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class _NotStarted(Exception):
    """The process ended, or said nothing, before it was ready for any file."""


class GuardedReader:
    """One reading process, started when first needed and again whenever it was lost.

    Safe to use from several threads, which then wait for each other. Close it at the end.
    """

    def __init__(
        self,
        picture: Callable[[Path], Artwork] = read_artwork,
        size: Callable[[Path], tuple[int, int]] = read_size,
        picture_seconds: float = PICTURE_SECONDS,
        patience: float = 0.0,
    ) -> None:
        """picture, size: what reads, by functions that another process can import.

        patience: seconds that a cancelled reading may still take. A new process costs half a
        second, so who cancels often waits a little rather than ending it.
        """
        self._picture, self._size, self._picture_seconds = picture, size, picture_seconds
        self._patience = patience
        self._lock = threading.Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._memory: SharedMemory | None = None

    def start(self) -> None:
        """Start the process ahead of its first file; does not wait until it is there."""
        with self._lock, contextlib.suppress(_NotStarted):  # told with the first file
            self._begin_process()

    def size(self, path: Path, token: CancelToken | None = None) -> tuple[int, int]:
        """(width, height) of the upright picture, from its header.

        Raises ColorStudioError like `read_size`, also for a file that hangs or crashes the
        reader, and Cancelled.
        """
        return self._guarded(path, token, lambda: self._value(self._size, path, token))

    def artwork(self, path: Path, pixels: int, token: CancelToken | None = None) -> Artwork:
        """The picture, as `read_artwork` reads it. pixels: how many it has, which gives it time.

        Raises ColorStudioError and Cancelled, as `size` does.
        """
        seconds = self._picture_seconds + SECONDS_PER_MEGAPIXEL * pixels / 1e6
        return self._guarded(path, token, lambda: self._read_picture(path, seconds, token))

    def ask(
        self, read: Callable[[Path], Value], path: Path, token: CancelToken | None = None
    ) -> Value:
        """What another function makes of a file; it and its value must be picklable.

        Raises ColorStudioError and Cancelled, as `size` does.
        """
        return self._guarded(
            path, token, lambda: self._value(read, path, token, self._picture_seconds)
        )

    def rest(self) -> None:
        """Give the shared memory back; the process stays."""
        with self._lock:
            self._drop_memory()

    def close(self) -> None:
        """End the process and give its memory back."""
        with self._lock:
            self._end_process()
            self._drop_memory()

    # --- one file ------------------------------------------------------------------------------

    def _guarded(self, path: Path, token: CancelToken | None, read: Callable[[], Value]) -> Value:
        with self._lock:
            for tries_left in reversed(range(_TRIES)):
                try:
                    return read()
                except _ReaderDied as death:
                    self._end_process()
                    if not tries_left:
                        raise _crashed(path, death) from death
                except TimeoutError as error:
                    self._end_process()
                    raise _too_slow(path) from error
                except _NotStarted as error:
                    self._end_process()
                    if not tries_left:
                        raise _without_reader(path, error) from error
                except BaseException as error:
                    # Only a failure that the process told leaves it in a known state, and so
                    # does one that has not begun with any file.
                    if self._ready and not isinstance(error, ColorStudioError):
                        self._end_process()
                    raise
            raise AssertionError("the last try returns or raises")

    def _value(
        self,
        read: Callable[[Path], Any],
        path: Path,
        token: CancelToken | None,
        seconds: float = HEADER_SECONDS,
    ) -> Any:
        pipe = self._running(token)
        self._send(pipe, ReadingTask(read, path))
        answer = self._receive(pipe, seconds, token)
        if isinstance(answer, Failure):
            raise ColorStudioError(answer.kind, answer.sentence, answer.detail)
        return answer

    def _read_picture(self, path: Path, seconds: float, token: CancelToken | None) -> Artwork:
        follow = self._value(self._picture, path, token, seconds)
        assert isinstance(follow, PlanesFollow)
        pipe = self._running(token)
        memory = self._room(sum(follow.sizes))
        self._send(pipe, "" if memory is None else memory.name)
        if memory is not None:
            self._receive(pipe, seconds, token)
            planes = _copied(memory, follow)
        else:
            planes = [
                np.frombuffer(self._receive(pipe, seconds, token, as_bytes=True), np.uint8)
                .reshape(shape)
                .copy()
                for shape in follow.shapes
            ]
        alpha = planes[1] if len(planes) > 1 else None
        return replace(follow.artwork, pixels=planes[0], alpha=alpha)

    # --- the process ---------------------------------------------------------------------------

    def _running(self, token: CancelToken | None) -> Connection:
        self._begin_process()
        assert self._pipe is not None
        if not self._ready:
            try:
                self._receive(self._pipe, START_SECONDS, token)
            except (_ReaderDied, TimeoutError) as error:  # no file had any part in it
                raise _NotStarted(repr(error)) from error
            self._ready = True
        return self._pipe

    def _begin_process(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        self._end_process()
        # While OpenCV is loaded, which another thread may be at, it lays its own folder into
        # sys.path, whose "typing" a process spawned then would take for Python's. This waits.
        import cv2  # noqa: F401

        # A fresh interpreter: a fork would copy the locks of this program's threads.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True, name="reader")
        try:
            process.start()
        except OSError as error:  # no memory, or no more processes allowed
            raise _NotStarted(repr(error)) from error
        finally:
            theirs.close()  # so that its death is noticed
        self._process = process

    def _end_process(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()  # it holds nothing that a kill could spoil
            self._process.join()
            self._process.close()
        self._process = self._pipe = None
        self._ready = False

    def _send(self, pipe: Connection, message: object) -> None:
        try:
            pipe.send(message)
        except OSError as error:
            raise self._death() from error

    def _receive(
        self, pipe: Connection, seconds: float, token: CancelToken | None, *, as_bytes: bool = False
    ) -> Any:
        started = time.monotonic()
        try:
            while not pipe.poll(_LOOK_SECONDS):
                waited = time.monotonic() - started
                if token is not None and waited >= self._patience:
                    token.raise_if_cancelled()
                if waited > seconds:
                    raise TimeoutError
            return pipe.recv_bytes() if as_bytes else pipe.recv()
        except TimeoutError:
            raise
        except (EOFError, OSError) as error:
            raise self._death() from error

    def _death(self) -> _ReaderDied:
        assert self._process is not None
        self._process.join(1)
        return _ReaderDied(self._process.exitcode)

    # --- shared memory -------------------------------------------------------------------------

    def _room(self, size: int) -> SharedMemory | None:
        """A segment of at least this many bytes; None where the system has no room for it.

        It is kept for the next pictures and grows with the largest.
        """
        if self._memory is not None and self._memory.size >= size:
            return self._memory
        self._drop_memory()
        # Where there is too little (64 MB in many containers), touching it would end the process.
        if sys.platform == "linux" and shutil.disk_usage(_SHARED).free < size:
            return None
        self._memory = _segment(size)
        return self._memory

    def _drop_memory(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory.unlink()
            self._memory = None


@functools.cache
def batch_reader() -> GuardedReader:
    """The reader that all batches of this program share; it ends with the program."""
    return _until_the_end(GuardedReader())


@functools.cache
def window_reader(use: str) -> GuardedReader:
    """The program's reader for one use within the window; it ends with the program.

    A picture that hangs in one use then keeps no other one waiting.
    """
    return _until_the_end(GuardedReader(picture_seconds=WINDOW_SECONDS, patience=WINDOW_PATIENCE))


def _until_the_end(reader: GuardedReader) -> GuardedReader:
    atexit.register(reader.close)
    return reader


def _segment(size: int) -> SharedMemory | None:
    """Shared memory of that many bytes; None where the system refuses it."""
    name = f"cs-{secrets.token_hex(8)}"
    known = f"/{name}", "shared_memory"
    if os.name == "posix":
        # Python takes a refused segment back from its tracker though it never got there, and the
        # tracker, a process of its own, complains of that with a traceback.
        resource_tracker.register(*known)
    try:
        return SharedMemory(name, create=True, size=size)
    except OSError:
        if os.name == "posix":
            resource_tracker.register(*known)
            resource_tracker.unregister(*known)
        return None


def _copied(memory: SharedMemory, follow: PlanesFollow) -> list[NDArray[np.uint8]]:
    planes, start = [], 0
    for shape, size in zip(follow.shapes, follow.sizes, strict=True):
        planes.append(np.ndarray(shape, np.uint8, memory.buf, start).copy())
        start += size
    return planes


def _crashed(path: Path, death: _ReaderDied) -> ColorStudioError:
    name = printable(path.name)
    if death.exit_code == _KILLED:
        return ColorStudioError(
            FailureKind.OUT_OF_MEMORY,
            worded(
                "There is not enough memory for “{name}”. Close other programs or use a smaller "
                "picture.",
                name=name,
            ),
            "the reading process was killed",
        )
    return ColorStudioError(
        FailureKind.DAMAGED,
        worded(
            "“{name}” is damaged in a way that breaks reading it. Open it in a paint program "
            "and save it again.",
            name=name,
        ),
        f"the reading process ended with {death.exit_code}",
    )


def _without_reader(path: Path, error: _NotStarted) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.INTERNAL,
        worded(
            "“{name}” could not be read: the process that reads pictures does not start. Close "
            "other programs, then try again.",
            name=printable(path.name),
        ),
        str(error),
    )


def _too_slow(path: Path) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.DAMAGED,
        worded(
            "Reading “{name}” took too long, so it was left out. Open it in a paint program "
            "and save it again.",
            name=printable(path.name),
        ),
    )
