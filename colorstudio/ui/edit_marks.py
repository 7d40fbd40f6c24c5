"""Region edits drawn over a picture: walls and merges as thin lines, fills as small squares."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from colorstudio.core.region_edits import EditKind, Point, RegionEdit
from colorstudio.ui.viewport import Viewport

CLOSE_COLOR: Final = QColor("#ff8a00")
_COLORS: Final = {
    EditKind.CLOSE: CLOSE_COLOR,
    EditKind.SPLIT: QColor("#e0409a"),
    EditKind.MERGE: QColor("#00a89a"),
}
_HALO, _RIM = QColor(255, 255, 255, 215), QColor(0, 0, 0, 190)
_SIDE = 9.0  # logical pixels: of the square that marks a fill
_MARGIN = 20.0


class EditPainter:
    """Paints the edits of one picture where its viewport puts them, in logical pixels."""

    def __init__(self, painter: QPainter, viewport: Viewport, ratio: float, room: QRectF) -> None:
        self._painter, self._viewport, self._ratio = painter, viewport, ratio
        self._room = room.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, edits: Iterable[RegionEdit]) -> None:
        """All of them; strokes below, fills on top."""
        edits = tuple(edits)
        for edit in edits:
            if edit.kind is not EditKind.BUCKET:
                self.stroke(edit.points, _COLORS[edit.kind], joins=edit.kind is EditKind.MERGE)
        for edit in edits:
            if edit.kind is EditKind.BUCKET:
                self._fill(self._spot(edit.points[0]), QColor(edit.color))

    def stroke(self, points: tuple[Point, ...], color: QColor, *, joins: bool) -> None:
        """A line through places of the picture; one that joins is dashed, with round ends."""
        spots = QPolygonF([self._spot(point) for point in points])
        if not spots.boundingRect().adjusted(-1, -1, 1, 1).intersects(self._room):
            return
        path = QPainterPath()
        path.addPolygon(spots)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((_HALO, 4.4), (color, 2.0)):
            pen = QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if joins and ink is color:
                pen.setDashPattern([2.5, 2.5])
            self._painter.setPen(pen)
            self._painter.drawPath(path)
        if joins:
            self._painter.setPen(QPen(_HALO, 1.5))
            self._painter.setBrush(color)
            for end in (spots.first(), spots.last()):
                self._painter.drawEllipse(end, 4.0, 4.0)

    def _fill(self, spot: QPointF, color: QColor) -> None:
        if not self._room.contains(spot):
            return
        self._painter.setPen(Qt.PenStyle.NoPen)
        for ink, grown in ((_RIM, 5.0), (QColor("#ffffff"), 3.0), (color, 0.0)):
            side = _SIDE + grown
            box = QRectF(spot.x() - side / 2, spot.y() - side / 2, side, side)
            self._painter.setBrush(ink)
            self._painter.drawRoundedRect(box, 2.0, 2.0)

    def _spot(self, place: Point) -> QPointF:
        # An edit at (0, 0) means the middle of the first pixel, as hints do.
        x, y = self._viewport.to_canvas(place[0] + 0.5, place[1] + 0.5)
        return QPointF(x / self._ratio, y / self._ratio)
