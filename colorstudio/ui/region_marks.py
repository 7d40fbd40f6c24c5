"""What is drawn over a picture about its regions: the one under the cursor, and where they leak."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from colorstudio.ui import theme
from colorstudio.ui.edit_marks import CLOSE_COLOR, EditPainter
from colorstudio.ui.viewport import Viewport

if TYPE_CHECKING:
    from colorstudio.core.leaks import Leak
    from colorstudio.core.region_map import RegionMap

_TINT = 70  # of 255: how much of its colour a region under the cursor shows
_NEAR = 26.0  # logical pixels round a leak in which it is meant
_RING = 11.0
_WIDEST_NOTE = 520


class RegionOutline:
    """The outline of some regions, worked out when it is another one than before."""

    def __init__(self) -> None:
        self._of: tuple[object, frozenset[int]] = (None, frozenset())
        self._path = QPainterPath()

    def paint(
        self,
        painter: QPainter,
        regions: "RegionMap",
        numbers: frozenset[int],
        viewport: Viewport,
        ratio: float,
        color: QColor,
    ) -> None:
        """Tint these regions and draw a line round them."""
        if not numbers:
            return
        if self._of[0] is not regions or self._of[1] != numbers:
            self._of, self._path = (regions, numbers), _outline(regions, numbers)
        scale = viewport.scale * regions.factor / ratio
        to_canvas = QTransform(scale, 0, 0, scale, viewport.left / ratio, viewport.top / ratio)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = to_canvas.map(self._path)
        painter.fillPath(path, QColor(color.red(), color.green(), color.blue(), _TINT))
        for ink, width in ((QColor(255, 255, 255, 200), 3.0), (QColor(color), 1.4)):
            painter.strokePath(path, QPen(ink, width))
        painter.restore()


def _outline(regions: "RegionMap", numbers: frozenset[int]) -> QPainterPath:
    """The outline of regions in pixels of their map, holes left out."""
    import cv2  # here, because the window is shown before it is needed

    contours, _ = cv2.findContours(
        regions.mask(numbers), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE, offset=(0, 0)
    )
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for contour in contours:
        points = [QPointF(x + 0.5, y + 0.5) for x, y in contour[:, 0].tolist()]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    return path


class LeakMarks:
    """The suspicious places of a page, drawn as rings with the line that would close them."""

    def __init__(self) -> None:
        self.leaks: Sequence[Leak] = ()

    def near(self, place: QPointF, viewport: Viewport, ratio: float) -> "Leak | None":
        """The leak that is meant at a place of the canvas, in logical pixels."""
        found, least = None, _NEAR
        for leak in self.leaks:
            spot = spot_of(leak, viewport, ratio)
            distance = math.hypot(spot.x() - place.x(), spot.y() - place.y())
            if distance <= least:
                found, least = leak, distance
        return found

    def paint(
        self,
        painter: QPainter,
        viewport: Viewport,
        ratio: float,
        room: QRectF,
        meant: "Leak | None",
    ) -> None:
        """All of them; the one that is meant shows the stroke that would close it."""
        painter.save()
        lines = EditPainter(painter, viewport, ratio, room)
        for leak in self.leaks:
            lines.stroke(leak.ends, CLOSE_COLOR, joins=leak is not meant)
            spot = spot_of(leak, viewport, ratio)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            grown = _RING + 3 if leak is meant else _RING
            for ink, width in ((QColor(255, 255, 255, 220), 4.4), (CLOSE_COLOR, 2.2)):
                painter.setPen(QPen(ink, width))
                painter.drawEllipse(spot, grown, grown)
        painter.restore()


def spot_of(leak: "Leak", viewport: Viewport, ratio: float) -> QPointF:
    """Where the middle of a leak is on the canvas, in logical pixels."""
    x, y = viewport.to_canvas(leak.x, leak.y)
    return QPointF(x / ratio, y / ratio)


def paint_note(painter: QPainter, text: str, room: QRect) -> None:
    """A sentence at the lower end of the canvas, wrapped where it is long."""
    metrics = painter.fontMetrics()
    wide = min(_WIDEST_NOTE, room.width() - 48)
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    words = metrics.boundingRect(QRect(0, 0, wide, 400), flags, text)
    box = words.adjusted(-14, -7, 14, 7)
    box.moveCenter(room.center())
    box.moveBottom(room.bottom() - 16)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 20, 20, 215))
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(QColor(theme.CAPTION))
    painter.drawText(box, flags, text)
    painter.restore()
