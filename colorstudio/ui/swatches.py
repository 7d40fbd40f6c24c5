"""Small fields of colour to choose from, by mouse or keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from colorstudio.ui import theme
from colorstudio.ui.icons import plain_tooltip

GAP = 3


class Swatches(QWidget):
    """Colours `#rrggbb` side by side, in as many rows as they need; `chosen` tells which one."""

    chosen = Signal(str)

    def __init__(self, name: str, side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._colors: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._current = 0  # for the keyboard
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def colors(self) -> tuple[str, ...]:
        """What is offered."""
        return self._colors

    def show_colors(self, colors: Sequence[str], names: Sequence[str] = ()) -> None:
        """Offer these; names are for their tooltips."""
        self._colors, self._names = tuple(colors), tuple(names)
        self._current = 0
        self.updateGeometry()
        self.update()

    def swatch(self, number: int) -> QRect:
        """Where that colour is."""
        row, column = divmod(number, self._columns(self.width()))
        pitch = self._side + GAP
        return QRect(column * pitch, row * pitch, self._side, self._side)

    def hasHeightForWidth(self) -> bool:
        """Narrow ones are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all rows."""
        rows = -(-max(1, len(self._colors)) // self._columns(width))
        return rows * (self._side + GAP) - GAP

    def sizeHint(self) -> QSize:
        """A row of up to twelve."""
        columns = min(max(len(self._colors), 1), 12)
        width = columns * (self._side + GAP) - GAP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One colour wide."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each colour with a thin rim, so that dark ones are seen too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, color in enumerate(self._colors):
            place = self.swatch(number)
            if not place.intersects(event.rect()):
                continue
            marked = self.hasFocus() and number == self._current
            painter.setPen(QPen(QColor(theme.ACCENT_HOVER if marked else theme.LINE), 1.6))
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the colour under the cursor."""
        number = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.chosen.emit(self._colors[number])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cursor tells what can be clicked."""
        over = self._at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from colour to colour, Space and Return take one."""
        columns = self._columns(self.width())
        steps: dict[int, int] = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns,
        }  # fmt: skip
        step = steps.get(event.key())
        if step is not None and 0 <= self._current + step < len(self._colors):
            self._current += step
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return) and self._colors:
            self.chosen.emit(self._colors[self._current])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tooltips: the value of a colour, and its name if it has one."""
        if isinstance(event, QHelpEvent):
            number = self._at(event.pos())
            words = "" if number is None else self._words(number)
            QToolTip.showText(event.globalPos(), plain_tooltip(words) if words else "", self)
            return True
        return bool(super().event(event))

    def _words(self, number: int) -> str:
        name = self._names[number] if number < len(self._names) else ""
        return f"{name}  {self._colors[number]}".strip()

    def _columns(self, width: int) -> int:
        return max(1, (width + GAP) // (self._side + GAP))

    def _at(self, place: QPoint) -> int | None:
        columns, pitch = self._columns(self.width()), self._side + GAP
        column, row = place.x() // pitch, place.y() // pitch
        number = row * columns + column
        inside = 0 <= column < columns and 0 <= number < len(self._colors)
        return number if inside and self.swatch(number).contains(place) else None
