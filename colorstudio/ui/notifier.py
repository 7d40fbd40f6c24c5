"""Tells of the end of a batch outside the window, to an artist who works elsewhere meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from colorstudio.ui.icons import application_icon


def tray_icon() -> QSystemTrayIcon | None:
    """An icon that can show messages; None where the desktop has no place for it."""
    if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
        return QSystemTrayIcon(application_icon())
    return None


class Notifier(QObject):
    """Shows a desktop message unless the window is in front; its icon goes when it comes back.

    wanted: False shows none.
    """

    clicked = Signal()  # the artist wants to see the window

    def __init__(
        self,
        window: QWidget,
        make_icon: Callable[[], QSystemTrayIcon | None] = tray_icon,
    ) -> None:
        super().__init__(window)
        self._window = window
        self.wanted = True
        self._make_icon = make_icon
        self._icon: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> None:
        """Tell it, once; the desktop decides how long it is shown."""
        if not self.wanted or self._window.isActiveWindow():
            return
        QApplication.alert(self._window)  # marks the window in the task bar, on any desktop
        icon = self._icon or self._make_icon()
        if icon is None:
            return
        if self._icon is None:
            self._icon = icon
            icon.setParent(self)
            icon.messageClicked.connect(self.clicked)
            icon.activated.connect(self.clicked)
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.focusWindowChanged.connect(self._focus_changed)
        icon.setToolTip(title)
        icon.show()
        icon.showMessage(title, text, application_icon())

    def _focus_changed(self, window: QWindow | None) -> None:
        if self._icon is not None and window is not None:
            self._icon.hide()
