"""Notices when files appear, vanish or change in the folders in view."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import (
    QDeadlineTimer,
    QFileSystemWatcher,
    QObject,
    Qt,
    QThread,
    QTimer,
    Signal,
    Slot,
)

from colorstudio.core.books import file_of

MOST_FOLDERS = 200  # the system allows a limited number
PAUSE = 700  # milliseconds: a folder that is being filled is looked at now and then


class _Watcher(QObject):
    """Lives in a thread of its own: to watch a place is to look at it, which takes its time."""

    noticed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[Path] = []  # set by the window; read here
        self._watcher: QFileSystemWatcher | None = None

    @Slot()
    def follow(self) -> None:
        """Watch what is wanted by now, and nothing else."""
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self.noticed)
            self._watcher.fileChanged.connect(self.noticed)
        wanted = list(dict.fromkeys(str(file_of(place)) for place in self.wanted))
        watched = {*self._watcher.directories(), *self._watcher.files()}
        if gone := list(watched - set(wanted)):
            self._watcher.removePaths(gone)
        if fresh := [place for place in wanted if place not in watched]:
            self._watcher.addPaths(fresh)


class FolderWatch(QObject):
    """Tells, at most every so often, that something in the watched folders is new."""

    changed = Signal()
    _wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leaving = False
        self._thread = QThread(self)
        self._watcher = _Watcher()
        self._watcher.moveToThread(self._thread)
        self._thread.finished.connect(self._watcher.deleteLater)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.changed)
        self._wanted.connect(self._watcher.follow, Qt.ConnectionType.QueuedConnection)
        self._watcher.noticed.connect(self._notice, Qt.ConnectionType.QueuedConnection)

    def watch(self, places: Iterable[Path]) -> None:
        """Watch these folders and files, and nothing else; for a page of a book, the book."""
        self._watcher.wanted = list(dict.fromkeys(places))[:MOST_FOLDERS]
        self._wanted.emit()
        if not self._leaving and not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)

    def leave(self) -> None:
        """Let the thread end soon; nothing is watched any more."""
        self._leaving = True
        self._thread.quit()

    def wait(self, deadline: QDeadlineTimer) -> bool:
        """True if the thread has ended by then."""
        return bool(self._thread.wait(deadline))

    def _notice(self) -> None:
        if not self._pause.isActive():  # not begun anew: a busy folder would never be looked at
            self._pause.start()
