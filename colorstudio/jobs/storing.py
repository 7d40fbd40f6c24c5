"""Storing results: output folders, and which failures concern more than one picture."""

import contextlib
import io
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from colorstudio.core.artwork import Artwork
from colorstudio.core.encoding import FORMAT_OF_SUFFIX, encode
from colorstudio.core.failures import (
    ColorStudioError,
    Failure,
    FailureKind,
    describe,
    printable,
    worded,
)
from colorstudio.core.layer_files import write_layers
from colorstudio.core.naming import result_is_there
from colorstudio.core.request import Colored
from colorstudio.core.writing import write_artwork
from colorstudio.jobs.job import Job

_MB = 1_000_000


class OutputFolders:
    """Makes output folders when they are first needed, and notices when one vanishes."""

    def __init__(self) -> None:
        self._seen: dict[Path, int] = {}  # folder → the disk that it lay on
        self._lock = threading.Lock()

    def prepare(self, folder: Path) -> None:
        """Make the folder (and those above it) unless it was there before and is gone now.

        An unplugged drive must not become a full system disk. Raises OSError, or
        ColorStudioError (CANNOT_WRITE) for a folder that vanished.
        """
        with self._lock:
            self.check(folder)
            if folder in self._seen:
                return
            new = [place for place in (folder, *folder.parents) if not place.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            try:
                self.check(folder)  # the disk may have gone since
            except ColorStudioError:
                for place in new:
                    with contextlib.suppress(OSError):
                        place.rmdir()
                raise
            for place in (folder, *folder.parents):
                self._seen.setdefault(place, _disk_of(place))

    def check(self, folder: Path) -> None:
        """Raise ColorStudioError (CANNOT_WRITE) for a folder that is `gone`."""
        if self.gone(folder):
            raise ColorStudioError(
                FailureKind.CANNOT_WRITE,
                worded(
                    "The output folder “{name}” is gone. Connect its drive again or choose "
                    "another folder, then start again.",
                    name=printable(folder.name),
                ),
            )

    def gone(self, folder: Path) -> bool:
        """True for a folder that was there before and is no longer, or lies on another disk."""
        line = (folder, *folder.parents)
        return any(self._seen.get(place, _disk_of(place)) != _disk_of(place) for place in line)


def _disk_of(folder: Path) -> int:
    """A number for the disk that holds a folder; -1 for a folder that is not there.

    Where a drive was mounted an empty folder of the system's own disk may come to light.
    """
    try:
        status = folder.stat()
    except OSError:
        return -1
    return status.st_dev if stat.S_ISDIR(status.st_mode) else -1


class KeptError(ColorStudioError):
    """A file lies where a result was to go, and nobody said that it may be replaced."""


def check_free(target: Path, *, may_replace: bool) -> None:
    """Raise KeptError if a file lies at the target that may not be replaced."""
    if may_replace or not result_is_there(target):
        return
    raise KeptError(
        FailureKind.NOTHING_TO_DO,
        worded(
            "“{name}” has come there meanwhile and was left as it is. Move it away to have the "
            "picture coloured.",
            name=printable(target.name),
        ),
    )


def store(
    job: Job,
    colored: Colored,
    source: Artwork,
    folders: OutputFolders,
    also_check: Callable[[Job], None] = lambda _: None,
) -> None:
    """Write the finished picture of a job, with its layers if it has them.

    also_check: raises where the result must not take its place after all, at the last moment.
    Raises OSError or ColorStudioError, and KeptError as `check_free`; then nothing is left.
    """
    target = job.target
    in_parts = target.suffix.lower() == ".layers"
    folders.prepare(target.parent)

    def check() -> None:
        # A drive may go between that and the file's opening, and leave an empty folder there.
        folders.check(target.parent)
        check_free(target, may_replace=job.may_replace)
        if not in_parts:
            also_check(job)

    if in_parts:
        also_check(job)  # before the first of its files: after that it is no longer as it was
    if colored.layers is None:
        write_artwork(target, colored.artwork, source=source, check=check)
    else:
        write_layers(target, colored.layers, check)


def describe_storing(
    error: BaseException,
    target: Path,
    colored: Colored | None = None,
    source: Artwork | None = None,
) -> Failure:
    """The failure of a write; a full disk is told with the room needed and the room left.

    colored, source: what was to be written, as `store` got it, if it is still known.
    """
    failure = describe(error, target, writing=True)
    if failure.kind is not FailureKind.DISK_FULL:
        return failure
    needed = None
    if colored is not None:
        with contextlib.suppress(Exception):  # a figure less, and never a failure more
            needed = _megabytes_needed(target, colored, source)
    room, name = _free_megabytes(target.parent), printable(target.name)
    if needed is None:
        sentence = worded(
            "The disk is full: {room} MB free where “{name}” was to go. Make room, then "
            "start again; finished pictures are kept.",
            room=room,
            name=name,
        )
    else:
        sentence = worded(
            "The disk is full: {needed} MB needed, {room} MB free where “{name}” was to go. "
            "Make room, then start again; finished pictures are kept.",
            needed=needed,
            room=room,
            name=name,
        )
    return replace(failure, sentence=sentence)


def _megabytes_needed(target: Path, colored: Colored, source: Artwork | None) -> int:
    """What the file would take, rounded up: found by encoding it into nothing.

    Layered files are taken at what their planes have unpacked, which is the most they take.
    """
    layers, format_name = colored.layers, FORMAT_OF_SUFFIX.get(target.suffix.lower())
    if layers is None and format_name is not None:
        nowhere = _Nowhere()
        encode(colored.artwork, format_name, nowhere, source)
        size = nowhere.size
    else:
        planes = 1 if layers is None else 4  # merged, lines, colour, flats
        size = planes * 4 * colored.artwork.width * colored.artwork.height
    return -(-size // _MB)


class _Nowhere(io.BytesIO):
    """A file of which nothing is kept but its size."""

    size = 0

    def write(self, data: object) -> int:
        length = memoryview(data).nbytes  # type: ignore[arg-type]
        self.seek(length, io.SEEK_CUR)
        self.size = max(self.size, self.tell())
        return length


def concerns_whole_batch(
    failure: Failure, folder: Path, folders: OutputFolders, left: Iterable[Path]
) -> bool:
    """True if no other picture could be stored either, so going on is pointless.

    folder: where the failed one was to go; left: where those that have not started go.
    """
    if failure.kind is FailureKind.DISK_FULL:
        return True
    concerning = (FailureKind.CANNOT_WRITE, FailureKind.NO_PERMISSION, FailureKind.NOT_FOUND)
    if failure.kind not in concerning:
        return False
    if folders.gone(folder):
        return True
    return not any(can_store_in(_nearest(place)) for place in {folder, *left})


def _nearest(folder: Path) -> Path:
    """The folder, or the first above it that is there."""
    there = (place for place in (folder, *folder.parents) if os.path.exists(place))
    return next(there, folder)


def can_store_in(folder: Path) -> bool:
    """True if a file can be made in the folder, found out by making one."""
    try:
        check_can_store_in(folder)
    except OSError:
        return False
    return True


def check_can_store_in(folder: Path) -> None:
    """Raise the OSError that stands in the way of making a file in the folder, if any."""
    with tempfile.TemporaryFile(dir=folder):
        pass


def _free_megabytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free // _MB
    except OSError:
        return 0
