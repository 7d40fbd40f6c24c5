"""The tools for regions, side by side or, in a narrow window, behind one button."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from colorstudio.ui.hint_hand import REGION_TOOLS, Tool
from colorstudio.ui.icons import icon
from colorstudio.ui.segmented import Choice, SegmentedSwitch


class RegionTools(QWidget):
    """Shows which of them is in hand; `chosen` tells which one is wanted."""

    chosen = Signal(object)  # Tool

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = SegmentedSwitch(self.tr("Region tools"), self._choices(), self)
        self.switch.set_compact(True)
        self.switch.setStyleSheet("QToolButton { padding: 0 8px; }")
        self.switch.set_none()
        self.folded = self._make_folded()
        self._usable = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.switch)
        row.addWidget(self.folded)
        self.switch.chosen.connect(self.chosen)
        self.set_folded(False)

    def show_tool(self, tool: Tool) -> None:
        """The tool in hand, which may be none of these."""
        held = tool in REGION_TOOLS
        if held:
            self.switch.set_value(tool)
            self.folded.setIcon(icon(f"tool-{tool}"))
        else:
            self.switch.set_none()
        self.folded.setChecked(held)

    def set_folded(self, folded: bool) -> None:
        """One button with a menu, or all of them."""
        self.folded.setVisible(folded)
        self.switch.setVisible(not folded)

    @property
    def unfolding(self) -> int:
        """How much more room all of them need than the one button."""
        return self.switch.sizeHint().width() - self.folded.sizeHint().width()

    def show_usable(self, usable: bool) -> None:
        """Grey the tools out where the style paints no line art."""
        why = self.tr("This style doesn't paint line art, so it knows no regions.")
        self.folded.setEnabled(usable)
        for choice in self._choices():
            button = self.switch.button(choice.value)
            button.setEnabled(usable)
            button.setToolTip(choice.tooltip if usable else why)

    def _make_folded(self) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("tool-bucket"))
        button.setIconSize(QSize(18, 18))
        button.setCheckable(True)
        button.setToolTip(self.tr("Fill, merge, close and split regions"))
        button.setAccessibleName(self.tr("Region tools"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setProperty("folded", True)
        menu = QMenu(button)
        for choice in self._choices():
            action = QAction(icon(choice.icon), choice.tooltip, menu)
            action.triggered.connect(lambda _=False, tool=choice.value: self.chosen.emit(tool))
            menu.addAction(action)
        button.setMenu(menu)
        return button

    def _choices(self) -> tuple[Choice, ...]:
        return (
            Choice(Tool.BUCKET, self.tr("Fill"), self.tr(
                "Fill a region with the colour in hand  (G)"), "tool-bucket"),
            Choice(Tool.MERGE, self.tr("Merge"), self.tr(
                "Merge regions: draw across them  (J)"), "tool-merge"),
            Choice(Tool.CLOSE, self.tr("Close gap"), self.tr(
                "Close a gap: draw a line that bars the way  (C)"), "tool-close"),
            Choice(Tool.SPLIT, self.tr("Split"), self.tr(
                "Split a region: draw a line through it  (K)"), "tool-split"),
        )  # fmt: skip
