"""One window for one artist: a later start hands its files to the window that is there already.

The window listens at a socket that only its own user can reach. Who starts later knocks there,
tells its files and leaves. Where nobody answers, the later one opens a window of its own: a
program that hangs must not keep the artist from working.
"""

import hashlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLockFile, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from colorstudio.core import places

ANSWER_MILLISECONDS = 10_000
"""How long a later start waits: the window may itself be starting, on a busy machine."""

_CONNECT_MILLISECONDS = 1000
_LOCK_MILLISECONDS = 5000
_LONGEST_LETTER = 4_000_000  # bytes; ten thousand long paths
_TAKEN = b"taken\n"


class FrontDoor(QObject):
    """Listens for later starts, and for the files that the system itself brings (macOS)."""

    came = Signal(list)  # absolute paths; none: the window shall only come to the front

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    @property
    def open(self) -> bool:
        """Whether a later start can be heard."""
        return self._server.isListening()

    def listen(self, place: str) -> None:
        """Hear later starts; a socket that a killed program left behind is replaced.

        The caller has made sure, behind a lock, that nobody answers there.
        """
        QLocalServer.removeServer(place)
        self._server.listen(place)  # where that fails, every start has a window of its own

    def hear_system(self, app: QCoreApplication) -> None:
        """Take files that the system opens with this program by an event."""
        app.installEventFilter(self)

    def close(self) -> None:
        """Later starts are on their own from now on."""
        self._server.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file that was double-clicked, or dropped on the icon, on macOS."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.came.emit([Path(event.file())])
            return True
        return super().eventFilter(watched, event)

    def _greet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            self._read(socket)  # what came together with it

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST_LETTER:
            socket.abort()
        if not socket.canReadLine():
            return
        paths = _paths_of(bytes(socket.readLine().data()))
        if paths is None:
            socket.abort()
            return
        socket.write(_TAKEN)
        socket.flush()  # opening may take a moment, and they wait
        socket.disconnectFromServer()
        self.came.emit(paths)


def enter(paths: Sequence[Path], place: str | None = None) -> FrontDoor | None:
    """The door of this start, or None if a running window took the paths.

    Needs a QCoreApplication, and no event loop. place: for tests; by default the artist's own.
    """
    place = own_place() if place is None else place
    door = FrontDoor()
    if not place:
        return door
    lock = QLockFile(f"{_lock_stem(place)}.lock")  # two starts at once must not both be first
    lock.tryLock(_LOCK_MILLISECONDS)
    try:
        socket = _connected(place)
        if socket is None:
            door.listen(place)
    finally:
        lock.unlock()
    if socket is not None and _handed_over(socket, paths):
        return None
    return door


def own_place() -> str:
    """Where this user's window listens; "" where there is no place that is safe from others.

    Programs with another home, or on another screen, are strangers.
    """
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
    what = f"{places.home()}\n{screen}"
    name = f"colorstudio-{hashlib.sha256(what.encode(errors='replace')).hexdigest()[:12]}"
    if sys.platform == "win32":  # a named pipe, which Qt opens to its user only
        return name
    folder = _own_folder()
    return str(folder / name) if folder is not None else ""


def _own_folder() -> Path | None:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.path.isabs(runtime) and _is_ours_alone(Path(runtime)):
        return Path(runtime)
    folder = Path(tempfile.gettempdir()) / f"colorstudio-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return None
    return folder if _is_ours_alone(folder) else None


def _is_ours_alone(folder: Path) -> bool:
    """Others could listen in our place in a folder of theirs."""
    try:
        facts = folder.lstat()
    except OSError:
        return False
    mine = stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid()
    return mine and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _lock_stem(place: str) -> str:
    return place if os.path.isabs(place) else str(Path(tempfile.gettempdir()) / place)


def _connected(place: str) -> QLocalSocket | None:
    socket = QLocalSocket()
    socket.connectToServer(place)
    return socket if socket.waitForConnected(_CONNECT_MILLISECONDS) else None


def _handed_over(socket: QLocalSocket, paths: Sequence[Path]) -> bool:
    _let_come_forward()
    letter = json.dumps([os.fspath(path.absolute()) for path in paths])  # odd names: as escapes
    socket.write(letter.encode("ascii") + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(ANSWER_MILLISECONDS):
            return False
    return bytes(socket.readLine().data()) == _TAKEN


def _let_come_forward() -> None:
    """Windows lets only the program in use bring a window to the front, or whom it allows to."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def _paths_of(letter: bytes) -> list[Path] | None:
    """The paths that a later start tells; None if these are not its words."""
    try:
        names = json.loads(letter)
    except (ValueError, RecursionError):
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    paths = [Path(name) for name in names if "\0" not in name]
    return [path for path in paths if path.is_absolute()]
