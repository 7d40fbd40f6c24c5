"""The batch in the system's task bar: a number for the pictures left, and a bar where there is one.

The number is Qt's own (QGuiApplication.setBadgeNumber: macOS, Windows, some Linux docks). The bar
is the D-Bus signal com.canonical.Unity.LauncherEntry.Update, which the docks of Ubuntu, KDE and
others listen to. Windows and macOS have bars too, but Qt 6 reaches neither.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from colorstudio.ui.batch_desk import BatchDesk

_ENTRY = "com.canonical.Unity.LauncherEntry"
_STEPS = 100  # finer steps nobody sees

Send = Callable[[Mapping[str, object]], None]


class TaskBar(QObject):
    """Follows the desk. send: tells a dock what is new; None where there is nobody to listen."""

    def __init__(
        self,
        desk: BatchDesk,
        parent: QObject | None = None,
        send: Callable[[], Send | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._find_send = send or dock_of_session
        self._send: Send | None = None
        self._asked = False  # whether anybody listens was found out
        self._told = (0, 0)  # pictures left and hundredths of the bar
        desk.changed.connect(self._follow)

    def _follow(self) -> None:
        view = self._desk.view()
        runs = self._desk.running
        now = (view.total - view.ended, int(view.fraction * _STEPS)) if runs else (0, 0)
        if now == self._told:
            return
        self._told = now
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.setBadgeNumber(now[0])
        if not self._asked:
            self._asked, self._send = True, self._find_send()
        if self._send is not None:
            self._send({"progress": now[1] / _STEPS, "progress-visible": runs})


def dock_of_session() -> Send | None:
    """Tells the docks of this session; None on other systems, and without a session bus."""
    if not sys.platform.startswith("linux") or not _has_bus():
        return None
    try:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage
    except ImportError:  # some distributions leave it out
        return None
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return None
    place = f"/com/canonical/unity/launcherentry/{os.getpid()}"
    program = f"application://{QGuiApplication.desktopFileName()}.desktop"

    def send(values: Mapping[str, object]) -> None:
        message = QDBusMessage.createSignal(place, _ENTRY, "Update")
        message.setArguments([program, dict(values)])
        bus.send(message)

    return send


def _has_bus() -> bool:
    """Whether a bus runs: else asking for one may start one, and take its time."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    beside = bool(runtime) and (Path(runtime) / "bus").exists()
    return beside or bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
