"""Colours at the cursor: what fits the spot, the palette's, the recent ones, and all others."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorstudio.ui.swatches import GAP, Swatches

_SIDE, _COLUMNS = 26, 8
_MOST_OF_PALETTE = 32


class SpotPopup(QFrame):
    """Opens at a spot of the picture and goes with the next click, wherever that is."""

    chosen = Signal(str)
    other_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popup", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(6)
        self.rows: dict[str, Swatches] = {}

    def offer(self, title: str, colors: Sequence[str], names: Sequence[str] = ()) -> None:
        """Offer colours under a title; nothing where there are none."""
        if not colors:
            return
        label = QLabel(title, self)
        label.setProperty("tone", "muted")
        swatches = Swatches(title, _SIDE, self)
        swatches.show_colors(colors[:_MOST_OF_PALETTE], names)
        width = _COLUMNS * (_SIDE + GAP) - GAP
        swatches.setFixedSize(width, swatches.heightForWidth(width))
        swatches.chosen.connect(self._choose)
        self._column.addWidget(label)
        self._column.addWidget(swatches)
        self._column.addSpacing(4)
        self.rows[title] = swatches

    def open_at(self, place: QPoint, *, on_hint: bool) -> None:
        """Show at a place of the screen, wholly on it."""
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._button(self.tr("Other colour…"), self.other_wanted.emit))
        if on_hint:
            buttons.addWidget(self._button(self.tr("Remove hint"), self.removal_wanted.emit))
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        self.adjustSize()
        screen = QGuiApplication.screenAt(place) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        left = min(place.x() + 6, room.right() - self.width())
        top = min(place.y() + 6, room.bottom() - self.height())
        self.move(max(left, room.left()), max(top, room.top()))
        self.show()

    def _choose(self, color: str) -> None:
        self.chosen.emit(color)
        self.close()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("small", True)
        button.clicked.connect(act)
        button.clicked.connect(self.close)
        return button
