"""The palette that pictures are to take up, and how flat line art is painted."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.failures import printable
from colorstudio.core.modes import Mode
from colorstudio.ui import theme
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.drops import dropped_paths, take_copy
from colorstudio.ui.parts import Sign, flat_button
from colorstudio.ui.session import Coloring
from colorstudio.ui.swatches import GAP, Swatches

_SWATCH, _ROWS = 22, 3
_HEIGHT = _ROWS * (_SWATCH + GAP) - GAP
_STEPS = 20  # of the flat slider


class DropPlace(QWidget):
    """Where a palette would be: says what can be dropped, and opens a dialog by click."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invited = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words = QLabel(self.tr("Drop a finished page\nor a palette file"), self)
        self._words.setProperty("tone", "muted")
        self._sign = Sign("palette", 28, "MUTED", self)
        row = QHBoxLayout(self)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        row.addStretch(1)

    def invite(self, invited: bool) -> None:
        """Something is being dragged over it."""
        self._invited = invited
        self.update()

    def mousePressEvent(self, event: object) -> None:
        """As good as the button."""
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashed frame that says: here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme.ACCENT_HOVER if self._invited else theme.FAINT), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


class PalettePanel(QWidget):
    """Shows the palette and the flat amount as wished for, and tells what is wished for next."""

    opening_wanted = Signal()
    saving_wanted = Signal()
    clearing_wanted = Signal()
    dropped = Signal(object)  # list of Path
    color_chosen = Signal(str)
    flat_wanted = Signal(float)
    flat_settled = Signal()  # the slider was let go
    only_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._coloring = Coloring()
        self._supports: frozenset[str] = frozenset({"palette", "lineart"})
        self._mode: Mode | None = None
        self._title = QLabel(self.tr("Palette"), self)
        self._title.setProperty("tone", "title")
        self._name = ElidedLabel(self)
        self._name.setProperty("tone", "muted")
        self.open_button = self._button("folder-open", self.tr("Take a palette from a file"))
        self.save_button = self._button("save", self.tr("Save the palette as .gpl"))
        self.clear_button = self._button("close", self.tr("Colour without a palette"))
        self.place = DropPlace(self)
        self.swatches = Swatches(self.tr("Palette"), _SWATCH, self)
        self._pages = QStackedWidget(self)
        self.flat = self._make_slider()
        self.only = QCheckBox(self.tr("Palette only"), self)
        self._ends = QLabel(self.tr("Painted"), self), QLabel(self.tr("Flat"), self)
        self._lay_out()
        self._connect()
        self._show()

    # --- what is shown ---------------------------------------------------------------------------

    def show_coloring(self, coloring: Coloring, mode: Mode | None) -> None:
        """Palette, flats and mode as wished for."""
        changed = coloring.palette is not self._coloring.palette
        self._coloring, self._mode = coloring, mode
        if changed:
            palette = coloring.palette
            colors = palette.hex_colors if palette else ()
            self.swatches.show_colors(colors, palette.names if palette else ())
        self._show()

    def show_supports(self, supports: Collection[str]) -> None:
        """Grey out what the style lacks."""
        self._supports = frozenset(supports)
        self._show()

    @property
    def name(self) -> str:
        """Where the palette came from."""
        return self._name.whole_text

    def _show(self) -> None:
        coloring, able = self._coloring, self._supports
        there = coloring.palette is not None
        self._pages.setCurrentIndex(1 if there else 0)
        self._name.show_text(printable(coloring.palette_name) if there else "")
        for button in (self.save_button, self.clear_button):
            button.setVisible(there)
        if there and "palette" not in able:
            self._name.show_text(self.tr("this style takes no palette"))
        flats = "lineart" in able and self._mode is not Mode.GREYSCALE
        for widget in (self.flat, *self._ends):
            widget.setEnabled(flats)
            widget.setToolTip(self._flat_words(flats))
        if not self.flat.isSliderDown():
            self.flat.blockSignals(True)
            self.flat.setValue(round(coloring.flat * _STEPS))
            self.flat.blockSignals(False)
        self.only.setEnabled(flats and there)
        self.only.blockSignals(True)
        self.only.setChecked(coloring.palette_only)
        self.only.blockSignals(False)

    def _flat_words(self, possible: bool) -> str:
        if possible:
            return self.tr("Line art: from painted to one colour for each region")
        if "lineart" not in self._supports:
            return self.tr("This style can't paint line art, which flats need.")
        return self.tr("Flats need line art: choose another mode.")

    # --- drops -----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A page or a palette is welcome; what is neither is told in a sentence."""
        if event.mimeData().hasUrls():
            take_copy(event)
            self.place.invite(event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.place.invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the palette up."""
        self.place.invite(False)
        paths: list[Path] = dropped_paths(event.mimeData())
        take_copy(event)
        if event.isAccepted():
            self.dropped.emit(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Swatches wrap anew."""
        super().resizeEvent(event)
        self.swatches.updateGeometry()

    # --- putting together ------------------------------------------------------------------------

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, _STEPS)
        slider.setPageStep(5)
        slider.setAccessibleName(self.tr("From painted to flat"))
        return slider

    def _button(self, icon_name: str, tooltip: str) -> QToolButton:
        button = flat_button(icon_name, tooltip, self)
        button.setProperty("small", True)
        return button

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.opening_wanted)
        self.place.clicked.connect(self.opening_wanted)
        self.save_button.clicked.connect(self.saving_wanted)
        self.clear_button.clicked.connect(self.clearing_wanted)
        self.swatches.chosen.connect(self.color_chosen)
        self.flat.valueChanged.connect(lambda step: self.flat_wanted.emit(step / _STEPS))
        self.flat.sliderReleased.connect(self.flat_settled)
        self.flat.sliderReleased.connect(self._show)  # it may have been undone while it was held
        self.only.toggled.connect(self.only_wanted)
        self.only.setToolTip(self.tr("Flats have no other colours than the palette's"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addSpacing(4)
        head.addWidget(self._name, 1)
        for button in (self.open_button, self.save_button, self.clear_button):
            head.addWidget(button)
        area = QScrollArea(self)
        area.setWidget(self.swatches)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent }"
        )
        self._pages.addWidget(self.place)
        self._pages.addWidget(area)
        self._pages.setFixedHeight(_HEIGHT)
        flats = QHBoxLayout()
        flats.setSpacing(8)
        for end in self._ends:
            end.setProperty("tone", "muted")
        flats.addWidget(self._ends[0])
        flats.addWidget(self.flat, 1)
        flats.addWidget(self._ends[1])
        flats.addSpacing(8)
        flats.addWidget(self.only)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages)
        column.addLayout(flats)
        self.setFixedHeight(column.sizeHint().height())  # the room is the queue's
