"""Small widgets that several panels and dialogs are put together from."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from colorstudio.ui import theme
from colorstudio.ui.icons import icon, picture_of

_FRAME = QSize(16, 40)  # logical pixels that frame and title take, about, whatever the system


class Sign(QLabel):
    """An icon beside words, in a colour of the theme: its role, whichever theme that is."""

    def __init__(self, icon_name: str, side: int, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts = icon_name, side, role
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has come."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        name, side, role = self._facts
        self.setPixmap(picture_of(name, side, getattr(theme, role), self.devicePixelRatioF()))


def open_at(window: QWidget, width: int, height: int) -> None:
    """Let a window open at that size in logical pixels, or as large as its screen has room for.

    Else the buttons at its lower edge are out of reach, on small screens and on scaled ones.
    """
    room = window.screen().availableSize() - _FRAME
    window.resize(QSize(width, height).boundedTo(room))


def told_label(tone: str, parent: QWidget) -> QLabel:
    """A label for sentences: plain text whatever a file is called, wrapped, and to be copied."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("tone", tone)
    return label


def flat_button(icon_name: str, tooltip: str, parent: QWidget, side: int = 18) -> QToolButton:
    """A button that is an icon, `side` logical pixels wide, without a frame."""
    button = QToolButton(parent)
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(side, side))
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    button.setProperty("flat", True)
    return button
