"""The canvas with the artist's hand on it: hints are placed, moved and erased where one looks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from colorstudio.core.hint_edits import Spot
from colorstudio.core.hints import HintSet
from colorstudio.ui.canvas import Canvas, CanvasView
from colorstudio.ui.hint_hand import Edit, HintHand, Tool
from colorstudio.ui.hint_marks import MarkLayer, MarkPainter
from colorstudio.ui.pictures import Pyramid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MISS = 8.0  # logical pixels by which a click may miss a hint
TOOL_KEYS = {
    Tool.HAND: Qt.Key.Key_V,
    Tool.DOT: Qt.Key.Key_D,
    Tool.BRUSH: Qt.Key.Key_B,
    Tool.ERASER: Qt.Key.Key_E,
    Tool.PICKER: Qt.Key.Key_I,
    Tool.BUCKET: Qt.Key.Key_G,
    Tool.MERGE: Qt.Key.Key_J,
    Tool.CLOSE: Qt.Key.Key_C,
    Tool.SPLIT: Qt.Key.Key_K,
}
_SHORTCUTS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
PEEK_KEYS = (Qt.Key.Key_O, Qt.Key.Key_QuoteLeft)
_TOOL_OF_KEY = {key: tool for tool, key in TOOL_KEYS.items()}
_OWN_KEYS = frozenset(
    {*_TOOL_OF_KEY, *PEEK_KEYS, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight,
     Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_M}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pointed:
    """A pixel of the picture, and its colour `#rrggbb` as shown."""

    x: int
    y: int
    color: str


class HintCanvas(Canvas):
    """Tells what the hand does; whoever listens shows the hints that come of it."""

    edited = Signal(object)  # Edit
    color_picked = Signal(str)
    pointed = Signal(object)  # Pointed, or None beside the picture
    hand_changed = Signal()  # tool, brush size or selection
    marks_shown = Signal(bool)
    colors_wanted = Signal(object, object)  # Pointed, and QPoint of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hand = HintHand()
        self._takes_hints = True
        self._shows_marks = True
        self._marks = MarkLayer()
        self._peeked_from: CanvasView | None = None
        self._cursor: QPointF | None = None
        self._pen_erases = False
        self._tool_after = Tool.HAND  # to go on with after the stroke under way
        self.grabGesture(Qt.GestureType.PinchGesture)

    # --- what is shown ---------------------------------------------------------------------------

    def show_original(self, original: Pyramid) -> None:
        """Another picture: its hints follow."""
        known = self.shows(original)
        super().show_original(original)
        if not known:
            self._let_go()  # of a stroke under way, which was meant for the one before
            self.hand.take_picture((original.width, original.height), HintSet())
            self.hand_changed.emit()

    def show_colored(self, colored: Pyramid) -> None:
        """The coloured version has come, and with it other colours under the cursor."""
        super().show_colored(colored)
        if self._cursor is not None:
            self.pointed.emit(self.color_at(self._cursor))

    def show_hints(self, hints: HintSet) -> None:
        """These are the picture's hints."""
        self.hand.show_hints(hints)
        self.update()

    def set_tool(self, tool: Tool) -> None:
        """Take that tool up."""
        if not self._takes_hints and tool is not Tool.PICKER:
            tool = Tool.HAND
        self.hand.give_up()
        self.hand.tool = tool
        self._tell_hand()

    def set_takes_hints(self, takes: bool) -> None:
        """Whether the style heeds hints: if not, none can be placed."""
        self._takes_hints = takes
        if not takes:
            self.set_tool(Tool.HAND)

    def set_radius(self, radius: float) -> None:
        """Give the brush that radius, in pixels of the picture."""
        self.hand.set_radius(radius)
        self._tell_hand()

    def set_color(self, color: str) -> None:
        """Paint in that colour; a chosen hint takes it."""
        self._pass_on(self.hand.set_color(color))

    def set_shows_marks(self, shows: bool) -> None:
        """Draw the hints over the picture, or leave it free."""
        if shows != self._shows_marks:
            self._shows_marks = shows
            self.marks_shown.emit(shows)
            self.update()

    def peek(self, peeking: bool) -> None:
        """Show the original as long as a key is held, then what was shown before."""
        if peeking == (self._peeked_from is not None):
            return
        if peeking:
            self._peeked_from, self._view = self._view, CanvasView.ORIGINAL
        elif self._peeked_from is not None:
            self._view, self._peeked_from = self._peeked_from, None
        self.update()

    def set_view(self, view: CanvasView) -> None:
        """Coloured, divider or original; ends a peek."""
        self.peek(False)
        super().set_view(view)

    def suggestions(self, spot: tuple[int, int], palette: "NDArray[np.uint8] | None") -> list[str]:
        """Colours for a spot of the coloured picture, or of the original where that is all."""
        from colorstudio.core.suggestions import suggested_colors

        picture, original = self._colored or self._original, self._original
        if picture is None or original is None:
            return []
        x, y = (
            spot[0] * picture.width // original.width,
            spot[1] * picture.height // original.height,
        )
        found = suggested_colors(picture.planes[0][..., 2::-1], (x, y), palette)
        return ["#" + bytes(color).hex() for color in found]

    @property
    def slack(self) -> float:
        """Pixels of the picture by which a click may miss a hint."""
        return _MISS * self.devicePixelRatioF() / self._scale()

    def color_at(self, place: QPointF) -> Pointed | None:
        """The pixel under a place, in logical pixels, in the picture that is shown there."""
        picture, original = self._picture_at(place), self._original
        if picture is None or original is None:
            return None
        x, y = (int(part // 1) for part in self._raw_spot(place))
        if not (0 <= x < original.width and 0 <= y < original.height):
            return None
        across, down = picture.width / original.width, picture.height / original.height
        color = picture.levels[0].pixelColor(int(x * across), int(y * down))  # a draft is smaller
        clear = color.alpha() == 0  # the colour of nothing is that of paper
        return Pointed(x, y, "#ffffff" if clear else color.name(QColor.NameFormat.HexRgb))

    # --- the hand --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick a colour, or begin a stroke; the rest is the canvas's own."""
        place = event.position()
        free = event.button() == Qt.MouseButton.LeftButton and not self._space and self.has_picture
        if free and self._picks(event):
            self._pick(place)
        elif free and not self._on_divider(place) and self._begin(place):
            self._tell_hand()
        else:
            super().mousePressEvent(event)
            if free and self.hand.tool is Tool.HAND and not self._moving_divider:
                self._dragged_from = place
                self._tell_hand()
        self._pen_erases = False  # the next press may be a mouse's

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, and say what is under the cursor."""
        self._cursor = event.position()
        self.pointed.emit(self.color_at(event.position()))
        if self.hand.busy:
            self.hand.move(self._spot(event.position()))
            self.update()
            return
        super().mouseMoveEvent(event)
        if self.hand.tool in (Tool.DOT, Tool.BRUSH, Tool.ERASER):
            self.update()  # the brush's ring goes with the cursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke is done."""
        if self.hand.busy and event.button() == Qt.MouseButton.LeftButton:
            self._finish()
        else:
            super().mouseReleaseEvent(event)  # of the button that drags, stroke or not

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick dots are two dots; only an empty hand zooms."""
        if self.hand.tool is Tool.HAND and not self._pen_erases:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Colours for the spot."""
        pointed = self.color_at(QPointF(event.pos()))
        if pointed is not None and not self.hand.busy:
            self.colors_wanted.emit(pointed, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """The cursor is elsewhere."""
        self._cursor = None
        self.pointed.emit(None)
        self.update()
        super().leaveEvent(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen is a mouse, but its other end erases."""
        if event.type() == QEvent.Type.TabletPress:
            self._pen_erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        event.ignore()  # Qt then sends it as a mouse

    # --- keys and gestures -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tools by letter, size by brackets, Delete, and the key that shows the original."""
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if key in PEEK_KEYS and plain:
            self.peek(True)
        elif key in _TOOL_OF_KEY and plain:
            self.set_tool(_TOOL_OF_KEY[Qt.Key(key)])
        elif key == Qt.Key.Key_M and plain:
            self.set_shows_marks(not self._shows_marks)
        elif event.text() in ("[", "]"):
            self._pass_on(self.hand.resize(-1 if event.text() == "[" else 1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pass_on(self.hand.delete())
        elif key == Qt.Key.Key_Escape and self._let_go():
            self._tell_hand()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of the key ends the look at the original."""
        if event.key() in PEEK_KEYS and not event.isAutoRepeat():
            self.peek(False)
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys that are let go elsewhere are never told here."""
        self.peek(False)
        self._space = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Pinching zooms; the canvas's own keys go before shortcuts of the window."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1.0 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            return self._pinched(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & _SHORTCUTS  # with Alt a letter opens a menu
            lets_go = event.key() == Qt.Key.Key_Escape and (self.hand.busy or self.hand.chosen)
            if plain and (event.key() in _OWN_KEYS or lets_go):
                event.accept()
                return True
        return bool(super().event(event))

    def _pinched(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self._let_go()  # the first finger was taken for a stroke
        middle = self.mapFromGlobal(pinch.centerPoint())
        self.zoom(pinch.scaleFactor(), QPointF(middle))
        event.accept(pinch)
        return True

    # --- inner workings --------------------------------------------------------------------------

    def _picks(self, event: QMouseEvent) -> bool:
        with_key = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return with_key or self.hand.tool is Tool.PICKER

    def _pick(self, place: QPointF) -> None:
        pointed = self.color_at(place)
        if pointed is not None:
            self.color_picked.emit(pointed.color)

    def _begin(self, place: QPointF) -> bool:
        tool = self.hand.tool
        if self._pen_erases and self._takes_hints:
            self.hand.tool = Tool.ERASER
        taken = self.hand.press(self._spot(place), self.slack)
        if not taken:
            self.hand.tool = tool
        self._tool_after = tool
        return taken

    def _let_go(self) -> bool:
        """Change nothing and go on with the tool there was; True if something was in hand."""
        if self.hand.busy:
            self.hand.tool = self._tool_after
        return self.hand.give_up()

    def _finish(self) -> None:
        edit = self.hand.release()
        self.hand.tool = self._tool_after
        self._pass_on(edit)

    def _pass_on(self, edit: Edit | None) -> None:
        if edit is not None:
            self.edited.emit(edit)
        self._tell_hand()

    def _tell_hand(self) -> None:
        self.hand_changed.emit()
        self._choose_cursor(self._cursor or QPointF(-1, -1))
        self.update()

    def _scale(self) -> float:
        return self._viewport.scale if self._viewport else 1.0

    def _raw_spot(self, place: QPointF) -> Spot:
        if self._viewport is None:
            return -1.0, -1.0
        ratio = self.devicePixelRatioF()
        return self._viewport.to_picture(place.x() * ratio, place.y() * ratio)

    def _spot(self, place: QPointF) -> Spot:
        """Where a hint lies that is placed there: 0 means the middle of the first pixel."""
        x, y = self._raw_spot(place)
        return x - 0.5, y - 0.5

    def _picture_at(self, place: QPointF) -> Pyramid | None:
        if self._view is CanvasView.ORIGINAL or self._colored is None:
            return self._original
        left = self._shows_divider() and place.x() < self._divider_x()
        return self._original if left else self._colored

    def _choose_cursor(self, place: QPointF) -> None:
        super()._choose_cursor(place)
        drags = self._dragged_from is not None or self._moving_divider or self._space
        if self.has_picture and not drags and not self._on_divider(place):
            hand = self.hand.tool is Tool.HAND
            self.setCursor(Qt.CursorShape.ArrowCursor if hand else Qt.CursorShape.CrossCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, then the hints over it."""
        super().paintEvent(event)
        if self._viewport is None or self._original is None or self._peeked_from is not None:
            return
        painter = QPainter(self)
        shown = self.hand.shown
        if shown and (self._shows_marks or self.hand.busy):
            self._marks.paint(painter, shown, self.hand.chosen, self._viewport, self)
        brush = self.hand.tool in (Tool.DOT, Tool.BRUSH, Tool.ERASER)
        if brush and self._cursor is not None and not self._on_divider(self._cursor):
            ratio, room = self.devicePixelRatioF(), QRectF(self.rect())
            ring = MarkPainter(painter, self._viewport, ratio, room)
            ring.brush(self._cursor, self.hand.radius)
