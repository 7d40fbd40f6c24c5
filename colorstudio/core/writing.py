"""Writing files so that a name never stands for half a file, whatever fails or is killed."""

import contextlib
import io
import os
import platform
import re
import secrets
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from colorstudio.core.artwork import Artwork
from colorstudio.core.encoding import FORMAT_OF_SUFFIX, encode
from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, worded

LONGEST_NAME: Final = 255
"""Longest file name, in bytes, on the disks in common use."""

# A name of ours: dot, stem, machine, process, number, "part", suffix last (it names the format).
_LEFTOVER: Final = re.compile(
    r"\..*\.(?P<machine>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8}\.part(\.[^.]*)?", re.DOTALL
)
_MACHINE: Final = f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"
_SURELY_ABANDONED_SECONDS: Final = 24 * 3600

Check = Callable[[], None]
"""Called when a file is written and before it takes its name; what it raises prevents that."""


_own_names: set[str] = set()
_own_names_lock = threading.Lock()


@contextmanager
def atomic_path(target: Path, check: Check | None = None) -> Iterator[Path]:
    """Give a hidden path beside `target` to write to; it takes target's name when all is well.

    The file is on the disk before it is renamed. If the block, the check or the renaming fails,
    nothing is left and `target` is as it was. The folder must exist. Raises what the block and
    the check raise, and OSError.
    """
    beside = _name_beside(target)
    with _own_names_lock:
        _own_names.add(beside.name)
    try:
        yield beside
        _flush_file(beside)
        if check is not None:
            check()
        os.replace(beside, target)
        _flush_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    finally:
        with _own_names_lock:
            _own_names.discard(beside.name)


def _name_beside(target: Path) -> Path:
    mark = f".{_MACHINE}-{os.getpid()}-{secrets.token_hex(4)}.part"
    room = LONGEST_NAME - len(os.fsencode(mark + target.suffix)) - 1
    return target.with_name(f".{shortened(target.stem, room)}{mark}{target.suffix}")


def shortened(text: str, most_bytes: int) -> str:
    """Cut `text` at its end to at most that many bytes of UTF-8, never within a character."""
    while len(os.fsencode(text)) > most_bytes:
        text = text[:-1]
    return text


def _flush_file(path: Path) -> None:
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Ask for the new name to reach the disk; not every disk can, and the file is safe anyway."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_bytes_atomic(target: Path, data: bytes) -> None:
    """Replace `target` by `data` as a whole or not at all. Raises OSError."""
    with atomic_path(target) as beside:
        beside.write_bytes(data)


class _CheckedWriter(io.BufferedWriter):
    """A file whose descriptor Pillow cannot get at.

    Pillow's encoders write to a descriptor without looking at how much was taken, and a disk
    that fills up takes a part.
    """

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")


def write_artwork(
    target: Path, artwork: Artwork, *, source: Artwork | None = None, check: Check | None = None
) -> None:
    """Write an artwork atomically, in the format that the target's suffix names.

    Alpha and dpi are kept where the format can; JPEG and BMP are flattened on white. `source`
    is the picture as it was read: a JPEG whose luma was kept is then stored with the luma
    steps of its source. The folder must exist. Raises only ColorStudioError, after which
    nothing is left.
    """
    format_name = FORMAT_OF_SUFFIX.get(target.suffix.lower())
    with new_file(target, check) as file:
        if format_name is None:
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "“{name}” names no format that can be written. Choose PNG, JPEG, WebP, TIFF or "
                    "BMP.",
                    name=printable(target.name),
                ),
            )
        encode(artwork, format_name, file, source)


@contextmanager
def new_file(target: Path, check: Check | None = None) -> Iterator[IO[bytes]]:
    """Open a file for writing that takes target's name when all is well, see `atomic_path`.

    Whatever the block raises comes out as a ColorStudioError that speaks of the target.
    """
    try:
        with (
            atomic_path(target, check) as beside,
            _CheckedWriter(io.FileIO(beside, "xb"), 1 << 20) as file,
        ):
            yield file
    except ColorStudioError:
        raise
    except Exception as error:
        failure = describe(error, target, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files in `folder` whose writers are dead; never raises OSError.

    Files of other machines are removed when they are a day old, since nothing tells whether
    their writers live.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if _is_leftover(entry):
                    os.unlink(entry.path)


def _is_leftover(entry: os.DirEntry[str]) -> bool:
    name = _LEFTOVER.fullmatch(entry.name)
    if name is None or not entry.is_file(follow_symlinks=False):
        return False
    process = int(name["process"])
    if name["machine"] == _MACHINE and process == os.getpid():
        with _own_names_lock:
            return entry.name not in _own_names
    if name["machine"] == _MACHINE and not process_lives(process):
        return True
    return time.time() - entry.stat(follow_symlinks=False).st_mtime > _SURELY_ABANDONED_SECONDS


def process_lives(process: int) -> bool:
    """True if a process with that number runs on this machine."""
    if sys.platform == "win32":
        return _process_lives_on_windows(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _process_lives_on_windows(process: int) -> bool:
    # os.kill would end the process there, whatever the signal.
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    synchronize, still_waiting = 0x00100000, 0x102
    handle = kernel.OpenProcess(synchronize, False, process)
    if not handle:
        return False
    lives = kernel.WaitForSingleObject(handle, 0) == still_waiting
    kernel.CloseHandle(handle)
    return bool(lives)
