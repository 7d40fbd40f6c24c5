"""The preview canvas: one picture, coloured or original or both with a divider between."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from colorstudio.ui import theme
from colorstudio.ui.icons import picture_of
from colorstudio.ui.pictures import Pyramid
from colorstudio.ui.viewport import Viewport

_STEP = 1.2  # zoom per notch of the wheel
_CRISP_FROM = 2.0  # from this scale on single pixels are what the artist wants to see
_GRAB = 9  # logical pixels around the divider that take hold of it
_KNOB = 13


class CanvasView(StrEnum):
    """What the canvas shows."""

    COLORED = "colored"
    DIVIDER = "divider"
    ORIGINAL = "original"


class Canvas(QWidget):
    """Paints only what is visible, from the pyramid level that fits the zoom.

    Wheel zooms at the cursor; Space+drag or the middle button pans; the divider can be dragged.
    """

    zoomed = Signal(float)  # device pixels per picture pixel; 0.0 without a picture
    view_changed = Signal(object)  # CanvasView

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._original: Pyramid | None = None
        self._colored: Pyramid | None = None
        self._sentence = ""
        self._view = CanvasView.DIVIDER
        self._divider = 0.5  # share of the picture's width
        self._viewport: Viewport | None = None
        self._dragged_from: QPointF | None = None
        self._moving_divider = False
        self._space = False
        self._paper = _checkered()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(240, 200))
        self.setAccessibleName(self.tr("Preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # --- what is shown -------------------------------------------------------------------------

    def shows(self, original: Pyramid) -> bool:
        """True if that very picture is in view, coloured or not."""
        return self._original is original

    def show_original(self, original: Pyramid) -> None:
        """Show another picture, fitted; its coloured version comes later."""
        same_size = self._original is not None and _size(original) == _size(self._original)
        self._original, self._colored, self._sentence = original, None, ""
        if not same_size or self._viewport is None:
            self._fit()
        self._repaint()

    def show_colored(self, colored: Pyramid) -> None:
        """The coloured version of the picture has arrived; zoom and place stay."""
        self._colored = colored
        self._repaint()

    def clear(self) -> None:
        """Show nothing."""
        self.show_sentence("")

    def show_sentence(self, sentence: str) -> None:
        """Show why there is no picture, in its place."""
        self._original = self._colored = self._viewport = None
        self._sentence = sentence
        self._repaint()

    @property
    def has_picture(self) -> bool:
        """True if there is anything to see."""
        return self._original is not None

    @property
    def has_colored(self) -> bool:
        """True if the coloured version is there."""
        return self._colored is not None

    @property
    def view(self) -> CanvasView:
        """Which of the two is shown, or both."""
        return self._view

    def set_view(self, view: CanvasView) -> None:
        """Coloured, divider or original."""
        if view is not self._view:
            self._view = view
            self.view_changed.emit(view)
            self._repaint()

    # --- zoom and place ------------------------------------------------------------------------

    @property
    def viewport_now(self) -> Viewport | None:
        """Where the picture lies, in device pixels; None without a picture."""
        return self._viewport

    def fit(self) -> None:
        """Show the whole picture."""
        self._fit()
        self._repaint()

    def show_true_pixels(self) -> None:
        """100 %: one pixel of the picture is one pixel of the screen."""
        self._set_viewport(self._viewport.at_scale(1.0) if self._viewport else None)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor around a place in logical pixels, or around the middle."""
        if self._viewport is None:
            return
        spot = (at or QPointF(self.rect().center())) * self.devicePixelRatioF()
        self._set_viewport(self._viewport.zoomed(factor, spot.x(), spot.y()))

    def _fit(self) -> None:
        if self._original is None:
            return
        canvas = self._device_size()
        self._viewport = Viewport.fit(
            self._original.width, self._original.height, canvas.width(), canvas.height()
        )

    def _set_viewport(self, viewport: Viewport | None) -> None:
        self._viewport = viewport
        self._repaint()

    def _repaint(self) -> None:
        self.zoomed.emit(self._viewport.scale if self._viewport else 0.0)
        self.update()

    def _device_size(self) -> QSize:
        return (self.size() * self.devicePixelRatioF()).expandedTo(QSize(1, 1))

    # --- the artist's hand ---------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom(_STEP**notches, event.position())
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Space and Home are for the canvas as soon as the cursor is over it.

        But not while something is typed: its letters would take up tools, and Backspace hints.
        """
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider or of the picture."""
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not self._space and self._on_divider(event.position()):
            self._moving_divider = True
        elif event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self._dragged_from = event.position()
        self._choose_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if self._moving_divider:
            self._move_divider(event.position().x())
        elif self._dragged_from is not None and self._viewport is not None:
            way = (event.position() - self._dragged_from) * self.devicePixelRatioF()
            self._dragged_from = event.position()
            self._set_viewport(self._viewport.moved(way.x(), way.y()))
        self._choose_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._moving_divider = False
        self._dragged_from = None
        self._choose_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Between the whole picture and true pixels at the cursor."""
        if self._viewport is None or self._on_divider(event.position()):
            return
        if self._viewport.fitted:
            self.zoom(1.0 / self._viewport.scale, event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pans, Home fits, + and - zoom."""
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._choose_cursor(QPointF(self.mapFromGlobal(self.cursor().pos())))
        elif not self._obey(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space ends panning."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._choose_cursor(QPointF(self.mapFromGlobal(self.cursor().pos())))
        super().keyReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted picture stays fitted."""
        if self._viewport is not None:
            size = self._device_size()
            self._set_viewport(self._viewport.resized(size.width(), size.height()))

    def _obey(self, event: QKeyEvent) -> bool:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Home: self.fit,
            Qt.Key.Key_Plus: lambda: self.zoom(_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _STEP),
        }
        act = acts.get(event.key())
        if act is not None:
            act()
        return act is not None

    def _move_divider(self, x: float) -> None:
        if self._viewport is None:
            return
        place, _ = self._viewport.to_picture(x * self.devicePixelRatioF(), 0)
        self._divider = min(max(place / self._viewport.width, 0.0), 1.0)
        self.update()

    def _divider_x(self) -> float:
        """Where the divider is, in logical pixels."""
        assert self._viewport is not None
        x, _ = self._viewport.to_canvas(self._divider * self._viewport.width, 0)
        return x / self.devicePixelRatioF()

    def _shows_divider(self) -> bool:
        return self._view is CanvasView.DIVIDER and self.has_colored and self._viewport is not None

    def _on_divider(self, place: QPointF) -> bool:
        return self._shows_divider() and abs(place.x() - self._divider_x()) <= _GRAB

    def _choose_cursor(self, place: QPointF) -> None:
        if self._dragged_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._moving_divider or (not self._space and self._on_divider(place)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    # --- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surround, the picture's visible part, the divider."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.SURROUND))
        if self._original is None or self._viewport is None:
            self._paint_sentence(painter)
            return
        original = self._original
        colored = self._colored or original
        if self._shows_divider():
            split = self._divider_x()
            self._paint_picture(painter, original, QRectF(0, 0, split, self.height()))
            rest = QRectF(split, 0, self.width() - split, self.height())
            self._paint_picture(painter, colored, rest)
            self._paint_divider(painter, split)
        else:
            shown = original if self._view is CanvasView.ORIGINAL else colored
            self._paint_picture(painter, shown, QRectF(self.rect()))

    def _paint_picture(self, painter: QPainter, picture: Pyramid, room: QRectF) -> None:
        """Paint in device pixels, so that 100 % copies pixels whatever the screen's ratio is."""
        viewport = self._viewport
        assert viewport is not None
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.setClipRect(room)
        painter.scale(1 / ratio, 1 / ratio)
        place = QRectF(
            viewport.left,
            viewport.top,
            viewport.width * viewport.scale,
            viewport.height * viewport.scale,
        )
        if picture.has_alpha:
            painter.fillRect(place, self._paper)
        level = picture.level_for(viewport.scale)
        smooth = viewport.scale < _CRISP_FROM and viewport.scale != 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(place, level, QRectF(level.rect()))
        painter.restore()

    def _paint_divider(self, painter: QPainter, x: float) -> None:
        top, bottom = self._visible_span()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, width in ((QColor(0, 0, 0, 120), 4), (QColor("#ffffff"), 2)):
            painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        self._paint_knob(painter, QPointF(x, (top + bottom) / 2))
        self._paint_caption(painter, self.tr("Original"), QPointF(x, top + 12), to_left=True)
        self._paint_caption(painter, self.tr("Coloured"), QPointF(x, top + 12), to_left=False)

    def _visible_span(self) -> tuple[float, float]:
        """Top and bottom of what is seen of the picture, in logical pixels."""
        assert self._viewport is not None
        ratio = self.devicePixelRatioF()
        _, top = self._viewport.to_canvas(0, 0)
        _, bottom = self._viewport.to_canvas(0, self._viewport.height)
        return max(0.0, top / ratio), min(float(self.height()), bottom / ratio)

    def _paint_sentence(self, painter: QPainter) -> None:
        if not self._sentence:
            return
        ratio = self.devicePixelRatioF()
        middle = self.rect().center()
        spot = QRect(middle.x() - 24, middle.y() - 72, 48, 48)
        painter.drawPixmap(spot, picture_of("failed", 48, theme.BAD, ratio))
        room = QRect(0, 0, min(460, self.width() - 32), 160)
        room.moveTop(middle.y() - 12)
        room.moveLeft(middle.x() - room.width() // 2)
        painter.setPen(QColor(theme.TEXT))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextWordWrap), self._sentence)

    def _paint_knob(self, painter: QPainter, middle: QPointF) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(middle, _KNOB, _KNOB)
        painter.setPen(QPen(QColor("#333333"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 8, 0)
            painter.drawLine(tip, tip + QPointF(-side * 4, -4))
            painter.drawLine(tip, tip + QPointF(-side * 4, 4))

    def _paint_caption(
        self, painter: QPainter, text: str, beside: QPointF, *, to_left: bool
    ) -> None:
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + 20, metrics.height() + 8
        left = beside.x() - 12 - width if to_left else beside.x() + 12
        box = QRect(round(left), round(beside.y()), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 20, 20, 190))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(theme.CAPTION))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _checkered() -> QBrush:
    """Light squares under transparent pictures: ink on a transparent page must be seen."""
    tile = QPixmap(16, 16)
    tile.fill(QColor(theme.PAPER))
    painter = QPainter(tile)
    for x, y in ((0, 0), (8, 8)):
        painter.fillRect(x, y, 8, 8, QColor(theme.PAPER_SHADE))
    painter.end()
    return QBrush(tile)


def _size(picture: Pyramid) -> tuple[int, int]:
    return picture.width, picture.height
