"""The canvas where regions are filled, merged, closed and split, and leaks are shown."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from colorstudio.core.hints import HintSet
from colorstudio.core.region_edits import EditKind, RegionEdit
from colorstudio.ui.hint_canvas import HintCanvas
from colorstudio.ui.hint_hand import REGION_TOOLS, Deed, Edit, Tool
from colorstudio.ui.pictures import Pyramid
from colorstudio.ui.region_marks import LeakMarks, RegionOutline, paint_note, spot_of
from colorstudio.ui.region_scout import Looks, RegionReply

if TYPE_CHECKING:
    from colorstudio.core.leaks import Leak

LEAK_KEY = Qt.Key.Key_L
_OUTLINE = {
    Tool.MERGE: QColor("#00a89a"),
    Tool.CLOSE: QColor("#8a93a0"),
    Tool.SPLIT: QColor("#e0409a"),
}


class RegionCanvas(HintCanvas):
    """Shows regions while a region tool is in hand, and leaks while they are to be seen."""

    looks_wanted = Signal(object)  # Looks: what is to be found out about the picture
    leaks_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._takes_regions = True
        self._shows_leaks = False
        self._found: RegionReply | None = None
        self._outline = RegionOutline()
        self._leaks = LeakMarks()
        self._meant: Leak | None = None
        self.close_button = QPushButton(self.tr("Close this gap"), self)
        self.close_button.setProperty("small", True)
        self.close_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.hide()
        self.close_button.clicked.connect(self._close_meant)

    # --- what is shown ---------------------------------------------------------------------------

    def show_original(self, original: Pyramid) -> None:
        """Another picture has other regions."""
        if not self.shows(original):
            self._forget()
        super().show_original(original)

    def show_sentence(self, sentence: str) -> None:
        """Without a picture there are none."""
        self._forget()
        super().show_sentence(sentence)

    def show_hints(self, hints: HintSet) -> None:
        """Other walls and merges make other regions, which are found in a moment."""
        if self._found is not None and _shaping(hints) != _shaping(self._found.hints):
            self._found, self.hand.regions = None, None  # leaks stay until it is known better
        super().show_hints(hints)

    def show_regions(self, found: RegionReply) -> None:
        """These regions and leaks the picture has."""
        self._found, self.hand.regions = found, found.regions
        self._leaks.leaks = found.leaks or ()
        self._mean(None)
        self.update()

    def set_tool(self, tool: Tool) -> None:
        """Regions are found as soon as a tool needs them."""
        if tool in REGION_TOOLS and not self._takes_regions:
            tool = Tool.HAND
        super().set_tool(tool)
        self._tell_looks()

    def set_takes_hints(self, takes: bool) -> None:
        """A style without hints may paint line art all the same: its regions can be edited."""
        tool = self.hand.tool
        super().set_takes_hints(takes)
        if tool in REGION_TOOLS:
            self.set_tool(tool)

    def set_takes_regions(self, takes: bool) -> None:
        """Whether the style paints line art: if not, there are no regions."""
        self._takes_regions = takes
        if not takes and self.hand.tool in REGION_TOOLS:
            self.set_tool(Tool.HAND)

    def set_shows_leaks(self, shows: bool) -> None:
        """Look for leaks and show them, or leave the picture free."""
        if shows == self._shows_leaks:
            return
        self._shows_leaks = shows
        if not shows:
            self._leaks.leaks = ()
            self._mean(None)
        self.leaks_toggled.emit(shows)
        self._tell_looks()
        self.update()

    @property
    def leaks(self) -> "tuple[Leak, ...]":
        """The places that are shown."""
        return tuple(self._leaks.leaks)

    @property
    def note(self) -> str:
        """What is said at the lower end of the canvas, or ""."""
        if not self.has_colored:
            return ""
        found, tool = self._found, self.hand.tool in REGION_TOOLS
        if found is not None and found.regions is None and (tool or self._shows_leaks):
            return self.tr(
                "Only line art has regions: this picture is coloured as greyscale. "
                "If it is line art, choose that mode above."
            )
        if tool and found is None:
            return self.tr("Finding regions…")
        if self._shows_leaks and found is not None and found.leaks is not None:
            return self._leak_words(len(found.leaks))
        return ""

    # --- the hand --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The region under the cursor, or a leak, is meant."""
        super().mouseMoveEvent(event)
        self._mean(self._leak_at(event.position()))
        if self.hand.tool in REGION_TOOLS:
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """On the way to the button its leak stays the one that is meant."""
        super().leaveEvent(event)
        if not self.close_button.underMouse():
            self._mean(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One more letter."""
        if event.key() == LEAK_KEY and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.set_shows_leaks(not self._shows_leaks)
        else:
            super().keyPressEvent(event)

    def _begin(self, place: QPointF) -> bool:
        none = self._found is not None and self._found.regions is None
        if self.hand.tool in REGION_TOOLS and none:
            return False  # the note says why
        return super()._begin(place)

    # --- leaks -----------------------------------------------------------------------------------

    def _leak_at(self, place: QPointF) -> "Leak | None":
        if self._viewport is None or self.hand.busy:
            return None
        return self._leaks.near(place, self._viewport, self.devicePixelRatioF())

    def _mean(self, leak: "Leak | None") -> None:
        """That leak is meant: its button is beside it."""
        if leak is self._meant:
            return
        self._meant = leak
        self.close_button.setVisible(leak is not None)
        if leak is not None and self._viewport is not None:
            spot = spot_of(leak, self._viewport, self.devicePixelRatioF())
            size = self.close_button.sizeHint()
            left = min(spot.x() + 16, self.width() - size.width() - 4)
            top = min(max(4.0, spot.y() - size.height() / 2), self.height() - size.height() - 4.0)
            self.close_button.setGeometry(round(left), round(top), size.width(), size.height())
        self.update()

    def _close_meant(self) -> None:
        leak = self._meant
        self._mean(None)
        if leak is not None:
            self._leaks.leaks = tuple(other for other in self._leaks.leaks if other is not leak)
            wall = RegionEdit.stroke(EditKind.CLOSE, leak.ends)
            hints = self.hand.hints
            self._pass_on(Edit(replace(hints, edits=(*hints.edits, wall)), Deed.CLOSE))

    def _leak_words(self, number: int) -> str:
        if not number:
            return self.tr("No open gaps found.")
        if number == 1:
            return self.tr("One place where colour may flow out: point at it to close it.")
        words = self.tr("{count} places where colour may flow out: point at one to close it.")
        return words.format(count=number)

    # --- inner workings --------------------------------------------------------------------------

    def _tell_looks(self) -> None:
        self.looks_wanted.emit(Looks(self.hand.tool in REGION_TOOLS, self._shows_leaks))

    def _forget(self) -> None:
        self._found, self.hand.regions = None, None
        self._leaks.leaks = ()
        self._mean(None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture and its hints, then regions, leaks and what is to be said."""
        super().paintEvent(event)
        viewport = self._viewport
        if viewport is None or self._peeked_from is not None:
            return
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        regions = self.hand.regions
        if regions is not None and self._cursor is not None:
            numbers, color = self._highlighted(self._cursor)
            self._outline.paint(painter, regions, numbers, viewport, ratio, color)
        if self._leaks.leaks:
            room = QRectF(self.rect())
            self._leaks.paint(painter, viewport, ratio, room, self._meant)
        if self.note:
            paint_note(painter, self.note, self.rect())

    def _highlighted(self, place: QPointF) -> tuple[frozenset[int], QColor]:
        """The regions that the tool in hand is about to change, and the colour to show them in."""
        hand, regions = self.hand, self.hand.regions
        if regions is None or hand.tool not in REGION_TOOLS or self._on_divider(place):
            return frozenset(), QColor()
        color = QColor(hand.color) if hand.tool is Tool.BUCKET else _OUTLINE[hand.tool]
        if hand.tool is Tool.MERGE and hand.busy:
            return regions.along(hand.path), color
        number = regions.at(*self._raw_spot(place))
        return frozenset({number} if number >= 0 else ()), color


def _shaping(hints: HintSet) -> tuple[RegionEdit, ...]:
    """The edits that change where regions lie."""
    return tuple(edit for edit in hints.edits if edit.kind is not EditKind.BUCKET)
