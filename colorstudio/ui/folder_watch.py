"""Notices when files appear, vanish or change in the folders in view."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

MOST_FOLDERS = 200  # the system allows a limited number
PAUSE = 700  # milliseconds: a folder that is being filled is looked at now and then


class FolderWatch(QObject):
    """Tells, at most every so often, that something in the watched folders is new."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.changed)
        self._watcher.directoryChanged.connect(self._notice)
        self._watcher.fileChanged.connect(self._notice)

    def watch(self, places: Iterable[Path]) -> None:
        """Watch these folders and files, and nothing else."""
        wanted = [str(place) for place in dict.fromkeys(places)][:MOST_FOLDERS]
        watched = {*self._watcher.directories(), *self._watcher.files()}
        if gone := list(watched - set(wanted)):
            self._watcher.removePaths(gone)
        if fresh := [place for place in wanted if place not in watched]:
            self._watcher.addPaths(fresh)

    @property
    def watched(self) -> set[Path]:
        """What is watched."""
        return {Path(name) for name in (*self._watcher.directories(), *self._watcher.files())}

    def _notice(self) -> None:
        if not self._pause.isActive():  # not begun anew: a busy folder would never be looked at
            self._pause.start()
