"""Pictures side by side that are looked at through one lens: zoom one, and all are zoomed."""

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from colorstudio.ui import theme

_STEP = 1.25  # zoom per notch of the wheel
_MOST = 12.0
_CRISP_FROM = 3.0  # screen pixels for each of the picture's


class Lens(QObject):
    """What part of a picture is seen: zoom 1 is the whole; the centre is in shares of its sides."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.centre = QPointF(0.5, 0.5)

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Zoom and keep the place `at` (shares of the picture's sides) where it is."""
        zoom = min(max(self.zoom * factor, 1.0), _MOST)
        self.centre = at + (self.centre - at) * (self.zoom / zoom)
        self.zoom = zoom
        self._settle()

    def move_by(self, way: QPointF) -> None:
        """Move the view, in shares of the picture's sides."""
        self.centre = self.centre + way
        self._settle()

    def reset(self) -> None:
        """See the whole."""
        self.zoom, self.centre = 1.0, QPointF(0.5, 0.5)
        self.moved.emit()

    def _settle(self) -> None:
        rim = 0.5 / self.zoom
        inside = (min(max(c, rim), 1 - rim) for c in (self.centre.x(), self.centre.y()))
        self.centre = QPointF(*inside)
        self.moved.emit()


class PictureView(QWidget):
    """One picture, fitted, with words below. Wheel zooms, dragging moves, double click fits."""

    def __init__(self, title: str, lens: Lens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = _Pane(lens, self)
        self._caption = QLabel(title, self)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._caption.setProperty("tone", "muted")
        self._pane.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._pane, 1)
        column.addWidget(self._caption)

    def show_image(self, image: QImage | None, sentence: str = "") -> None:
        """Show a picture, or a sentence in its place."""
        self._pane.show_image(image, sentence)

    def set_title(self, title: str) -> None:
        """The words below."""
        self._caption.setText(title)
        self._pane.setAccessibleName(title)

    @property
    def title(self) -> str:
        """The words below."""
        return self._caption.text()

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._pane.image

    @property
    def pane(self) -> QWidget:
        """The picture itself, without its words."""
        return self._pane


class _Pane(QWidget):
    def __init__(self, lens: Lens, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self._sentence = ""
        self._lens = lens
        self._held: QPointF | None = None
        lens.moved.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(96, 96))

    def sizeHint(self) -> QSize:
        return QSize(280, 280)

    def show_image(self, image: QImage | None, sentence: str) -> None:
        self.image, self._sentence = image, sentence
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.SURROUND))
        if self.image is None:
            painter.setPen(QColor(theme.MUTED))
            room = self.rect().adjusted(12, 12, -12, -12)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence
            )
            return
        frame = self._frame(self.image)
        scale = frame.width() * self._lens.zoom / self.image.width() * self.devicePixelRatioF()
        smooth = scale < _CRISP_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(frame, self.image, self._seen(self.image))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches and self.image is not None:
            self._lens.zoom_by(_STEP**notches, self._share_at(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None or self.image is None:
            return
        frame, way = self._frame(self.image), self._held - event.position()
        self._held = event.position()
        across, down = way.x() / frame.width(), way.y() / frame.height()
        self._lens.move_by(QPointF(across, down) / self._lens.zoom)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._lens.reset()

    def _frame(self, image: QImage) -> QRectF:
        """Where the picture lies, in logical pixels."""
        scale = min(self.width() / image.width(), self.height() / image.height())
        frame = QRectF(0, 0, image.width() * scale, image.height() * scale)
        frame.moveCenter(QRectF(self.rect()).center())
        return frame

    def _seen(self, image: QImage) -> QRectF:
        """The part of the picture that is seen, in its pixels."""
        wide, high = image.width() / self._lens.zoom, image.height() / self._lens.zoom
        seen = QRectF(0, 0, wide, high)
        centre = self._lens.centre
        seen.moveCenter(QPointF(centre.x() * image.width(), centre.y() * image.height()))
        return seen

    def _share_at(self, place: QPointF) -> QPointF:
        """A place of the widget in shares of the picture's sides."""
        assert self.image is not None
        frame, seen = self._frame(self.image), self._seen(self.image)
        across = (place.x() - frame.left()) / frame.width() * seen.width() + seen.left()
        down = (place.y() - frame.top()) / frame.height() * seen.height() + seen.top()
        return QPointF(across / self.image.width(), down / self.image.height())
