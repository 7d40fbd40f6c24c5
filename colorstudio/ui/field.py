"""A text field beside the canvas, whose letters are tools: what is typed here never reaches it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class Field(QLineEdit):
    """Has the keyboard until it is left: by Return, by Esc, which stops no batch here, or by Tab.

    A file that falls on it is opened, as anywhere on the window, and is no text.
    """

    left = Signal()  # by Return or Esc: the keys may be the tools' again

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)
        self.returnPressed.connect(self.left)

    def take_back(self) -> None:
        """Esc: where half of what is typed makes no sense it is taken back here."""

    def event(self, event: QEvent) -> bool:
        """Esc goes before the window's shortcut."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.take_back()
            self.left.emit()
        else:
            super().keyPressEvent(event)
