"""The colour in hand: a button that opens the system of all colours, and a field for its value."""

import re

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QToolButton, QWidget

from colorstudio.ui import theme
from colorstudio.ui.field import Field

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def color_of_text(text: str) -> str | None:
    """`#rrggbb` of what was typed, with or without #, long or short; None if it is no colour."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


class ColorButton(QToolButton):
    """Shows a colour; a click asks for another one."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = "#000000"
        self.setAccessibleName(self.tr("Colour"))
        self.setToolTip(self.tr("Choose the colour to paint with"))
        self.setFixedWidth(40)
        self.clicked.connect(self.choose)

    @property
    def color(self) -> str:
        """What is shown."""
        return self._color

    def show_color(self, color: str) -> None:
        """Show that colour."""
        self._color = color
        self.update()

    def choose(self) -> None:
        """Open the dialog of all colours, beside which work goes on."""
        dialog = QColorDialog(QColor(self._color), self)
        dialog.setWindowTitle(self.tr("Choose a colour"))
        dialog.colorSelected.connect(lambda color: self.picked.emit(color.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, with its colour as its face."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.setBrush(QColor(self._color))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(5.5, 5.5, -5.5, -5.5), 3, 3)


class HexField(Field):
    """The colour's value, to be read and typed; what is no colour is taken back."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = "#000000"
        self.setAccessibleName(self.tr("Value of the colour"))
        self.setToolTip(self.tr("The colour's value, such as #d04030"))
        self.setMaxLength(9)
        self.editingFinished.connect(self._typed)

    def show_color(self, color: str) -> None:
        """Show the value of that colour."""
        self._color = color
        self.setText(color)

    def take_back(self) -> None:
        """Show the colour in hand again."""
        self.setText(self._color)

    def sizeHint(self) -> QSize:
        """Room for a whole value."""
        width = self.fontMetrics().horizontalAdvance("#mmmmmm") + 18
        return QSize(width, super().sizeHint().height())

    def _typed(self) -> None:
        color = color_of_text(self.text())
        if color is None or color == self._color:
            self.setText(self._color)
        else:
            self.picked.emit(color)
