"""Hints drawn over a picture, so that they are seen on any: colour within white within black."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from colorstudio.core.hints import Hint, HintSet
from colorstudio.ui.edit_marks import EditPainter
from colorstudio.ui.viewport import Viewport

CORE = 5.0  # logical pixels: radius of the coloured middle of a mark
_WHITE, _BLACK = QColor("#ffffff"), QColor(0, 0, 0, 190)
_MOST_RINGS = 400  # more rings than that hide the picture, and take long to paint


class MarkPainter:
    """Paints the hints of one picture where its viewport puts them, in logical pixels."""

    def __init__(self, painter: QPainter, viewport: Viewport, ratio: float, room: QRectF) -> None:
        self._painter, self._viewport, self._ratio = painter, viewport, ratio
        self._room = room.adjusted(-40, -40, 40, 40)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, hints: HintSet, chosen: frozenset[int]) -> None:
        """All hints; those chosen stand out, and show how far they reach."""
        rings = len(hints.hints) <= _MOST_RINGS
        for members in _strokes(hints):
            some = [hints.hints[number] for number in members]
            picked = members[0] in chosen
            spots = [self._spot(hint) for hint in some]
            if not any(self._room.contains(spot) for spot in spots):
                continue
            if len(some) > 1:
                self._ribbon(spots, QColor(some[0].color), picked)
            else:
                self._dot(spots[0], some[0], picked, ring=rings or picked)

    def brush(self, place: QPointF, radius: float) -> None:
        """The reach of a brush of that radius, in the picture's pixels, at the cursor."""
        self._ring(place, max(self._length(radius), 2.0))

    def _dot(self, spot: QPointF, hint: Hint, picked: bool, *, ring: bool) -> None:
        reach = self._length(hint.radius)
        if ring and reach > CORE + 4:
            self._ring(spot, reach)
        grown = CORE + 1.5 if picked else CORE
        if picked:
            self._ring(spot, grown + 6)
        self._painter.setPen(Qt.PenStyle.NoPen)
        for color, radius in ((_BLACK, grown + 2.5), (_WHITE, grown + 1.5)):
            self._painter.setBrush(color)
            self._painter.drawEllipse(spot, radius, radius)
        self._painter.setBrush(QColor(hint.color))
        self._painter.drawEllipse(spot, grown, grown)

    def _ribbon(self, spots: Sequence[QPointF], color: QColor, picked: bool) -> None:
        path = QPainterPath(spots[0])
        for spot in spots[1:]:
            path.lineTo(spot)
        around = ((_BLACK, 15.0), (_WHITE, 12.5)) if picked else ()
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in (*around, (_BLACK, 8.5), (_WHITE, 6.5), (color, 4.0)):
            pen = QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            self._painter.drawPath(path)

    def _ring(self, spot: QPointF, radius: float) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((_BLACK, 2.6), (_WHITE, 1.2)):
            self._painter.setPen(QPen(color, width))
            self._painter.drawEllipse(spot, radius, radius)

    def _spot(self, hint: Hint) -> QPointF:
        # A hint at (0, 0) means the middle of the first pixel.
        x, y = self._viewport.to_canvas(hint.x + 0.5, hint.y + 0.5)
        return QPointF(x / self._ratio, y / self._ratio)

    def _length(self, pixels: float) -> float:
        return pixels * self._viewport.scale / self._ratio


class MarkLayer:
    """The marks of a picture as one transparent picture, painted anew only when they change.

    So thousands of hints cost nothing while the cursor moves over them.
    """

    def __init__(self) -> None:
        self._shows: object = None
        self._layer = QPixmap()

    def paint(
        self,
        painter: QPainter,
        hints: HintSet,
        chosen: frozenset[int],
        viewport: Viewport,
        widget: QWidget,
    ) -> None:
        """Paint the marks over the whole widget."""
        ratio = widget.devicePixelRatioF()
        wanted = (hints, chosen, viewport, ratio)  # a viewport knows the widget's size
        if wanted != self._shows:
            self._shows = wanted
            self._layer = QPixmap(widget.size() * ratio)
            self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(Qt.GlobalColor.transparent)
            on_layer = QPainter(self._layer)
            room = QRectF(widget.rect())
            EditPainter(on_layer, viewport, ratio, room).paint(hints.edits)
            MarkPainter(on_layer, viewport, ratio, room).paint(hints, chosen)
            on_layer.end()
        painter.drawPixmap(QPointF(), self._layer)


def _strokes(hints: HintSet) -> Iterator[list[int]]:
    """Positions of hints that belong together, from bottom to top."""
    numbered = enumerate(hints.hints)
    for stroke, members in groupby(numbered, key=lambda pair: pair[1].stroke):
        numbers = [number for number, _ in members]
        if stroke:
            yield numbers
        else:
            yield from ([number] for number in numbers)
