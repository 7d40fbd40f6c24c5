"""Sentences about the picture in view, over its lower edge: read whole, and moving nothing."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

_WIDEST = 620  # logical pixels: longer lines are hard to read
_MARGIN = 12


class CanvasNote(QLabel):
    """A note at the bottom of its parent, which gets all clicks on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setProperty("note", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        parent.installEventFilter(self)

    def show_text(self, text: str, tone: str) -> None:
        """Show these sentences, in the look of that tone; none: hide."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().polish(self)
        self.setText(text)
        self.setVisible(bool(text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the parent's lower edge."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if not self.text():
            return
        room = self._canvas.size()
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _MARGIN + 8
        width = min(wanted, _WIDEST, room.width() - 2 * _MARGIN)
        height = self.heightForWidth(width)
        self.setGeometry(
            (room.width() - width) // 2, room.height() - height - _MARGIN, width, height
        )
