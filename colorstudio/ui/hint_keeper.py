"""Hints and their files: what the artist changes is on the disk a moment later."""

import contextlib
import errno
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal

from colorstudio.core.books import file_of
from colorstudio.core.failures import (
    ColorStudioError,
    Failure,
    FailureKind,
    describe,
    printable,
    worded,
)
from colorstudio.core.hints import HintSet, hints_path, load_hints
from colorstudio.ui.errand_thread import ErrandThread

_log = logging.getLogger(__name__)

SAVE_AFTER = 300  # milliseconds without a further change
_PATIENCE = 2000  # milliseconds that a write under way is given when the window closes
_TAKES_NO_FILES = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG)
SET_ASIDE = ".bad"
"""Behind the name of a hint file that could not be read and is in the way of a new one."""


class HintKeeper(QObject):
    """Holds the hints of pictures that were changed and writes them beside their pictures.

    Or at home, where a folder takes no files. One file for one picture, written as a whole; a
    picture without hints has none.
    """

    saved = Signal()  # hint files were written
    failed = Signal(object)  # Failure: hints could not be written

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsaved: dict[Path, HintSet] = {}
        self._writing: dict[Path, HintSet] = {}
        self.errands = ErrandThread(self)
        self.copying = ErrandThread(self)  # reads pages, and must not keep hints from being saved
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER)
        self._timer.timeout.connect(self.save)
        self._then: list[Callable[[], None]] = []
        self._told: set[Path] = set()  # folders whose hints are kept at home

    def held(self, picture: Path) -> HintSet | None:
        """Hints that are not on the disk yet; None: its file tells."""
        return self._unsaved.get(picture, self._writing.get(picture))

    def keep(self, picture: Path, hints: HintSet) -> None:
        """These are the picture's hints now; they are written shortly."""
        self._unsaved[picture] = hints
        self._timer.start()

    def save(self) -> None:
        """Write what has changed, without waiting any longer."""
        self._timer.stop()
        if self._writing or not self._unsaved:
            return  # what is being written comes first; the rest follows
        self._writing, self._unsaved = self._unsaved, {}
        todo = dict(self._writing)
        self.errands.ask("save", lambda: _save(todo), self._written, self._not_written)

    def when_saved(self, then: Callable[[], None]) -> None:
        """Do something as soon as every change is on the disk; at once if all is.

        Copies under way are changes too.
        """
        if self.copying.busy:
            # Errands are done in the order of asking: this one comes back after the copies.
            again = partial(self.when_saved, then)
            self.copying.ask(f"then {id(then)}", lambda: None, lambda _: again(), self.failed.emit)
            return
        if not self._unsaved and not self._writing:
            then()
            return
        self._then.append(then)
        self.save()

    def begin_leaving(self) -> None:
        """Write what is left now: nothing comes after this. A silent drive is not waited for."""
        self._timer.stop()
        writing, unsaved = self._writing, self._unsaved
        self._writing, self._unsaved = {}, {}
        self.copying.leave()
        self.errands.leave()
        left = writing | unsaved
        if not self.errands.wait(QDeadlineTimer(_PATIENCE)):
            # The disk of those does not answer: others' may.
            silent = {picture.parent for picture in writing}
            left = {path: hints for path, hints in unsaved.items() if path.parent not in silent}
        for failure in _write_in_time(left):
            self.failed.emit(failure)

    def _written(self, saved: "_Saved") -> None:
        failures = saved.failures
        self._tell_kept(saved.at_home)
        self.saved.emit()
        more = bool(self._unsaved)  # changed while others were being written
        # What could not be written is held, and tried again with the next change.
        self._unsaved = {path: self._writing[path] for path in failures} | self._unsaved
        self._writing = {}
        for failure in list(failures.values())[:1]:  # a full disk is told once
            self.failed.emit(failure)
        if more:
            self.save()
            return
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _not_written(self, failure: Failure) -> None:
        self._written(_Saved(dict.fromkeys(self._writing, failure), ()))

    def _tell_kept(self, pictures: tuple[Path, ...]) -> None:
        """Once for each folder: it is the same with all its pictures."""
        for picture in pictures:
            if picture.parent not in self._told:
                self._told.add(picture.parent)
                self.failed.emit(_kept_failure(picture))


@dataclass(frozen=True, slots=True)
class _Saved:
    """What came of saving hints. at_home: pictures whose hints can't lie beside them."""

    failures: dict[Path, Failure]
    at_home: tuple[Path, ...]


def _save(hints: dict[Path, HintSet]) -> _Saved:
    from colorstudio.jobs.hint_files import kept_path

    failures = write_all(hints)
    return _Saved(failures, tuple(p for p in hints if kept_path(p).is_file()))


_swept: set[Path] = set()  # folders that were looked through


def write_all(hints: dict[Path, HintSet]) -> dict[Path, Failure]:
    """Write the hints of several pictures; gives those that could not be written, and why."""
    from colorstudio.core.writing import remove_leftovers  # pillow comes with it

    failures = {}
    for folder in {hints_path(picture).parent for picture in hints} - _swept:
        _swept.add(folder)
        remove_leftovers(folder)  # what a killed program left
    for picture, its in hints.items():
        try:
            write_hints(picture, its)
        except OSError as error:
            failures[picture] = _unsaved_failure(picture, error)
    return failures


def _write_in_time(hints: dict[Path, HintSet]) -> list[Failure]:
    """Write these, those of each folder on a thread of their own; gives what is known of failures.

    A drive that does not answer holds up neither the others' hints nor whoever waits here.
    """
    failures: list[Failure] = []
    folders: dict[Path, dict[Path, HintSet]] = {}
    for picture, its in hints.items():
        folders.setdefault(picture.parent, {})[picture] = its

    def write(todo: dict[Path, HintSet]) -> None:
        failures.extend(write_all(todo).values())

    # Daemons, since nothing can end a thread that waits for such a drive.
    threads = [threading.Thread(target=write, args=(f,), daemon=True) for f in folders.values()]
    for thread in threads:
        thread.start()
    deadline = QDeadlineTimer(_PATIENCE)
    for thread in threads:
        thread.join(deadline.remainingTime() / 1000)
    if silent := sum(thread.is_alive() for thread in threads):
        _log.warning("hints in %d folders could not be saved in time", silent)
    return list(failures)


def write_hints(picture: Path, hints: HintSet) -> None:
    """Write a picture's hints beside it, or at home where its folder takes no files.

    Raises OSError.
    """
    from colorstudio.jobs.hint_files import forget_kept, keep_at_home  # numpy comes with it

    try:
        _write_beside(picture, hints)
    except OSError as error:
        if error.errno not in _TAKES_NO_FILES or not file_of(picture).is_file():
            raise
        keep_at_home(picture, hints)
    else:
        forget_kept(picture)


def _write_beside(picture: Path, hints: HintSet) -> None:
    """Write the hint file as a whole, or remove it where there are none.

    A file in its place that can't be read is set aside, not lost. Raises OSError.
    """
    from colorstudio.core.writing import write_bytes_atomic  # pillow comes with it

    target = hints_path(picture)
    if target.exists() and _unreadable(target):
        os.replace(target, target.with_name(target.name + SET_ASIDE))
    file = file_of(picture)
    of_page = file != picture  # a page's lie in a folder beside its book
    if hints:
        if of_page:
            target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_atomic(target, hints.to_json().encode())
        return
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    if of_page:
        with contextlib.suppress(OSError):  # others' hints are in one, or none ever were
            for folder in target.relative_to(file.parent).parents[:-1]:
                (file.parent / folder).rmdir()


def _unreadable(target: Path) -> bool:
    try:
        load_hints(target)
    except ColorStudioError:
        return True
    return False


def _kept_failure(picture: Path) -> Failure:
    sentence = worded(
        "The folder of “{name}” takes no files, so its hints are kept in Color Studio's own folder "
        "on this computer.",
        name=printable(picture.name),
    )
    return Failure(FailureKind.CANNOT_WRITE, sentence)


def _unsaved_failure(picture: Path, error: OSError) -> Failure:
    cause = describe(error, hints_path(picture), writing=True)
    if cause.kind is FailureKind.DISK_FULL:
        reason = worded("The disk is full: make room, they are saved with the next change.")
    else:
        reason = worded("Its folder takes no files: copy the picture to another one.")
    sentence = worded(
        "The hints of “{name}” could not be saved beside it. {reason}",
        name=printable(picture.name),
        reason=reason,
    )
    return Failure(cause.kind, sentence, cause.detail)
