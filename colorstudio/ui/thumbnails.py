"""Thumbnails: read by two guarded readers, newest wish first, kept in a cache of bounded size."""

import functools
import threading
from collections import OrderedDict
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal
from PySide6.QtGui import QImage, QPixmap

from colorstudio.core.cancel import CancelSource, CancelToken
from colorstudio.ui.pictures import thumbnail_image
from colorstudio.ui.stand_back import stand_back

THUMBNAIL_SIDE = 160  # logical pixels
CACHE_BYTES = 48_000_000
MOST_WAITING = 160  # wishes of rows that have been scrolled out of sight are dropped
_THREADS = 2


class _Desk:
    """What is to be read, and what has been: shared between the window and the threads."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.wishes: OrderedDict[Path, int] = OrderedDict()  # path → side in device pixels
        self.read: list[tuple[Path, QImage | None]] = []
        self.leaving = False
        self.stop = CancelSource()

    def next_wish(self) -> tuple[Path, int] | None:
        with self.changed:
            while not self.wishes and not self.leaving:
                self.changed.wait()
            return None if self.leaving else self.wishes.popitem()

    def put(self, path: Path, image: QImage | None) -> bool:
        """Add a result; True if it is the first that waits to be fetched."""
        with self.changed:
            self.read.append((path, image))
            return len(self.read) == 1

    def fetch(self) -> list[tuple[Path, QImage | None]]:
        with self.changed:
            fetched, self.read = self.read, []
            return fetched


class _Reader(QThread):
    some_read = Signal()

    def __init__(self, desk: _Desk, use: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._use = desk, use

    def run(self) -> None:
        stand_back()
        while (wish := self._desk.next_wish()) is not None:
            if self._desk.put(wish[0], _read(*wish, self._use, self._desk.stop.token)):
                self.some_read.emit()


class Thumbnails(QObject):
    """Gives thumbnails at once if they are cached, else fetches them and tells when they arrive."""

    arrived = Signal(object)  # set of Path

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = _Desk()
        self._cache: OrderedDict[Path, QPixmap | None] = OrderedDict()
        self._asked: set[Path] = set()
        self._outdated: set[Path] = set()  # being read while their files were written anew
        self._bytes = 0
        self._readers = [
            _Reader(self._desk, f"thumbnails {number}", self) for number in range(_THREADS)
        ]
        for reader in self._readers:
            reader.some_read.connect(self._take_in, Qt.ConnectionType.QueuedConnection)

    def get(self, path: Path, ratio: float = 1.0) -> QPixmap | None:
        """The thumbnail if it is there. Otherwise it is asked for, unless it can't be read."""
        if path in self._cache:
            self._cache.move_to_end(path)
            return self._cache[path]
        self._ask(path, round(THUMBNAIL_SIDE * ratio))
        return None

    def unreadable(self, path: Path) -> bool:
        """True if reading was tried and failed."""
        return path in self._cache and self._cache[path] is None

    def forget_unreadable(self) -> None:
        """Try again those that failed; the artist may have mended them."""
        for path in [path for path, pixmap in self._cache.items() if pixmap is None]:
            del self._cache[path]

    def forget(self, paths: Collection[Path]) -> None:
        """These files were written anew: read them again when they are next in sight."""
        with self._desk.changed:
            self._outdated |= {p for p in paths if p in self._asked and p not in self._desk.wishes}
        stale = {path for path in paths if path in self._cache}
        for path in stale:
            self._bytes -= _cost(self._cache.pop(path))
        if stale:
            self.arrived.emit(stale)

    @property
    def cached_bytes(self) -> int:
        """How much memory the cached thumbnails take."""
        return self._bytes

    def leave(self) -> None:
        """Let the threads end soon."""
        with self._desk.changed:
            self._desk.leaving = True
            self._desk.stop.cancel()
            self._desk.changed.notify_all()

    def wait(self, deadline: QDeadlineTimer) -> bool:
        """True if the threads have ended by then."""
        return all([reader.wait(deadline) for reader in self._readers])

    def _ask(self, path: Path, side: int) -> None:
        with self._desk.changed:
            if path in self._asked:
                if path in self._desk.wishes:
                    self._desk.wishes.move_to_end(path)
                return
            self._desk.wishes[path] = side
            self._asked.add(path)
            while len(self._desk.wishes) > MOST_WAITING:
                dropped, _ = self._desk.wishes.popitem(last=False)
                self._asked.discard(dropped)
            self._desk.changed.notify()
        for reader in self._readers:
            if not reader.isRunning():
                reader.start(QThread.Priority.LowPriority)

    def _take_in(self) -> None:
        fetched = self._desk.fetch()
        for path, image in fetched:
            self._asked.discard(path)
            if path in self._outdated:  # asked for again as soon as it is painted
                self._outdated.discard(path)
            else:
                self._keep(path, None if image is None else QPixmap.fromImage(image))
        if fetched:
            self.arrived.emit({path for path, _ in fetched})

    def _keep(self, path: Path, pixmap: QPixmap | None) -> None:
        self._bytes += _cost(pixmap) - _cost(self._cache.pop(path, None))
        self._cache[path] = pixmap
        while self._bytes > CACHE_BYTES:
            _, dropped = self._cache.popitem(last=False)
            self._bytes -= _cost(dropped)


def _read(path: Path, side: int, use: str, token: CancelToken) -> QImage | None:
    # here: the window shows before numpy is loaded
    from colorstudio.core.reading import read_thumbnail
    from colorstudio.jobs.guarded_reading import window_reader

    try:
        read = functools.partial(read_thumbnail, side=side)
        return thumbnail_image(window_reader(use).ask(read, path, token))
    except Exception:  # the picture's own row or preview says what is wrong with it
        return None


def _cost(pixmap: QPixmap | None) -> int:
    return 0 if pixmap is None else pixmap.width() * pixmap.height() * 4
