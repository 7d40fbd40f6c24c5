"""A row of joined buttons of which one is on: a switch whose choices are all in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from colorstudio.ui.icons import icon


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of the switch. icon: a name, or "" for none; shortcut: a key, or ""."""

    value: Any
    label: str
    tooltip: str
    icon: str = ""
    shortcut: str = ""


class SegmentedSwitch(QWidget):
    """Shows one of several values; `chosen` is emitted when the artist picks another one."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._choices = tuple(choices)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, choice in enumerate(self._choices):
            button = self._button(choice, index)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._clicked)

    @property
    def value(self) -> Any:
        """What is switched on."""
        return self._choices[self._group.checkedId()].value

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All there is to choose from."""
        return self._choices

    def set_value(self, value: Any) -> None:
        """Switch to that value without telling anyone."""
        self.button(value).setChecked(True)

    def set_none(self) -> None:
        """Switch all off: what holds is to be seen elsewhere."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def button(self, value: Any) -> QToolButton:
        """The button of a value."""
        index = next(i for i, choice in enumerate(self._choices) if choice.value == value)
        button = self._group.button(index)
        assert isinstance(button, QToolButton)
        return button

    def set_compact(self, compact: bool) -> None:
        """Show icons alone, or with their words."""
        styles = Qt.ToolButtonStyle
        for button in self._group.buttons():
            assert isinstance(button, QToolButton)
            button.setToolButtonStyle(
                styles.ToolButtonIconOnly if compact else styles.ToolButtonTextBesideIcon
            )

    def _button(self, choice: Choice, index: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(choice.label)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(choice.label)
        hint = f"  ({choice.shortcut})" if choice.shortcut else ""
        button.setToolTip(f"{choice.tooltip}{hint}")
        if choice.icon:
            button.setIcon(icon(choice.icon))
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if choice.shortcut:  # not the button's own, which clicks only after a moment
            shortcut = QShortcut(QKeySequence(choice.shortcut), self)
            shortcut.activated.connect(lambda: self._choose(index))
        ends = {0: "first", len(self._choices) - 1: "last"}
        button.setProperty("segment", ends.get(index, "middle"))
        return button

    def _choose(self, index: int) -> None:
        if self.isEnabled():
            self._group.button(index).setChecked(True)
            self._clicked(index)

    def _clicked(self, index: int) -> None:
        self.chosen.emit(self._choices[index].value)
