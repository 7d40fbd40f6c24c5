"""The strip of tools above the canvas: what the hand holds, how large, in which colour."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from colorstudio.core.hint_edits import LEAST_RADIUS, MOST_RADIUS
from colorstudio.ui.color_choice import ColorButton, HexField
from colorstudio.ui.hint_hand import REGION_TOOLS, HintHand, Tool
from colorstudio.ui.icons import icon
from colorstudio.ui.region_tools import RegionTools
from colorstudio.ui.segmented import Choice, SegmentedSwitch
from colorstudio.ui.swatches import GAP, Swatches

_STEPS = 100  # of the size slider, which is logarithmic: small brushes need fine steps
_RECENT = 5
_SWATCH = 20
_SPACING = 8
_LEAST_WIDTH = 340


class HintBar(QWidget):
    """Shows the hand's state and tells what the artist wants of it."""

    tool_wanted = Signal(object)  # Tool
    radius_wanted = Signal(float)
    color_wanted = Signal(str)
    marks_toggled = Signal(bool)
    leaks_toggled = Signal(bool)

    def __init__(self, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tools = SegmentedSwitch(self.tr("Tools"), self._choices(), self)
        self.tools.set_compact(True)
        self.tools.setStyleSheet("QToolButton { padding: 0 8px; }")  # five beside a small canvas
        self.regions = RegionTools(self)
        self.size_slider = self._make_slider()
        self._sizing = QWidget(self)
        self._size = QLabel(self)
        self._size.setProperty("tone", "muted")
        self._size.setMinimumWidth(self.fontMetrics().horizontalAdvance("800 px") + 4)
        self.color_button = ColorButton(self)
        self.hex_field = HexField(self)
        self.hex_field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.recent = Swatches(self.tr("Recent colours"), _SWATCH, self)
        self.recent.setFixedSize(QSize(_RECENT * (_SWATCH + GAP) - GAP, _SWATCH))
        self.marks_button = self._toggle("marks", self.tr("Show the hints over the picture  (M)"))
        self.leaks_button = self._toggle(
            "leaks", self.tr("Show where colour may flow out through gaps in the lines  (L)")
        )
        self.leaks_button.setChecked(False)
        self.undo_button, self.redo_button = self._acting(undo), self._acting(redo)
        self.setMinimumWidth(_LEAST_WIDTH)  # less than all its parts need: some then go
        self._lay_out()
        self._connect()

    # --- what is shown ---------------------------------------------------------------------------

    def show_hand(self, hand: HintHand) -> None:
        """Tool and size as the hand has them."""
        if hand.tool in REGION_TOOLS:
            self.tools.set_none()
        else:
            self.tools.set_value(hand.tool)
        self.regions.show_tool(hand.tool)
        self.size_slider.blockSignals(True)
        self.size_slider.setValue(_step_of(hand.radius))
        self.size_slider.blockSignals(False)
        self._size.setText(self.tr("{size} px").format(size=f"{2 * hand.radius:.0f}"))

    def show_color(self, color: str, recent: Sequence[str]) -> None:
        """The colour in hand, and those that were used last."""
        self.color_button.show_color(color)
        self.hex_field.show_color(color)
        self.recent.show_colors(recent[:_RECENT])

    def show_takes_hints(self, takes: bool) -> None:
        """Grey the tools out that a style without hints has no use for."""
        for tool in (Tool.DOT, Tool.BRUSH, Tool.ERASER):
            button = self.tools.button(tool)
            button.setEnabled(takes)
            words = next(c.tooltip for c in self._choices() if c.value is tool)
            button.setToolTip(words if takes else self.tr("This style takes no hints."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the size goes to the keys, and colours to the menu at the cursor."""
        left = event.size().width() - self._least_width()
        for widget, need in (
            (self.leaks_button, _width_of(self.leaks_button)),
            (self.marks_button, _width_of(self.marks_button)),
            (None, self.regions.unfolding),
            (self.hex_field, _width_of(self.hex_field)),
            (self._sizing, _width_of(self._sizing)),
            (self.recent, self.recent.width() + _SPACING),
        ):
            fits, left = need <= left, left - need  # once one has no room, the rest has none
            if widget is None:
                self.regions.set_folded(not fits)
            else:
                widget.setVisible(fits)
        super().resizeEvent(event)

    def _least_width(self) -> int:
        """Of what is always there."""
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        kept = (self.tools, self.regions.folded, self.color_button, self.undo_button,
                self.redo_button)  # fmt: skip
        return sum(map(_width_of, kept)) + margins.left() + margins.right()

    # --- putting together ------------------------------------------------------------------------

    def _choices(self) -> tuple[Choice, ...]:
        return (
            Choice(Tool.HAND, self.tr("Hand"), self.tr(
                "Move the picture, or a hint  (V)"), "tool-hand"),
            Choice(Tool.DOT, self.tr("Dot"), self.tr(
                "Place a dot: this colour here  (D)"), "tool-dot"),
            Choice(Tool.BRUSH, self.tr("Brush"), self.tr(
                "Paint a stroke of colour  (B)"), "tool-brush"),
            Choice(Tool.ERASER, self.tr("Eraser"), self.tr(
                "Erase hints  (E)"), "tool-eraser"),
            Choice(Tool.PICKER, self.tr("Picker"), self.tr(
                "Pick a colour from the picture  (I, or Ctrl+click with any tool)"),
                "tool-picker"),
        )  # fmt: skip

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, _STEPS)
        slider.setFixedWidth(84)
        slider.setAccessibleName(self.tr("Brush size"))
        slider.setToolTip(self.tr("Brush size  ([ and ])"))
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return slider

    def _toggle(self, icon_name: str, tooltip: str) -> QToolButton:
        button = _flat_button(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(tooltip)
        button.setAccessibleName(tooltip)
        button.setCheckable(True)
        button.setChecked(True)
        return button

    def _acting(self, action: QAction) -> QToolButton:
        button = _flat_button(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _connect(self) -> None:
        self.tools.chosen.connect(self.tool_wanted)
        self.regions.chosen.connect(self.tool_wanted)
        self.leaks_button.toggled.connect(self.leaks_toggled)
        self.size_slider.valueChanged.connect(lambda s: self.radius_wanted.emit(_radius_of(s)))
        self.color_button.picked.connect(self.color_wanted)
        self.hex_field.picked.connect(self.color_wanted)
        self.recent.chosen.connect(self.color_wanted)
        self.marks_button.toggled.connect(self.marks_toggled)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(_SPACING)
        sizes = QHBoxLayout(self._sizing)
        sizes.setContentsMargins(0, 0, 0, 0)
        sizes.setSpacing(_SPACING)
        sizes.addWidget(self.size_slider)
        sizes.addWidget(self._size)
        row.addWidget(self.tools)
        row.addWidget(self.regions)
        for widget in (self._sizing, self.color_button, self.hex_field):
            row.addWidget(widget)
        row.addWidget(self.recent)
        row.addStretch(1)
        for button in (self.leaks_button, self.marks_button, self.undo_button, self.redo_button):
            row.addWidget(button)


def _flat_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIconSize(QSize(18, 18))
    button.setProperty("flat", True)
    return button


def _width_of(widget: QWidget) -> int:
    """With the space beside it."""
    return widget.sizeHint().width() + _SPACING


def _radius_of(step: int) -> float:
    return LEAST_RADIUS * (MOST_RADIUS / LEAST_RADIUS) ** (step / _STEPS)


def _step_of(radius: float) -> int:
    return round(_STEPS * math.log(radius / LEAST_RADIUS) / math.log(MOST_RADIUS / LEAST_RADIUS))
