"""The settings dialog, built from rows: one row for each thing that can be set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.ui.language import OWN_NAMES, Language
from colorstudio.ui.settings import Settings
from colorstudio.ui.theme import ThemeChoice

_WIDTH = 580  # logical pixels: most explanations on one line


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as it is shown. choices: value and words; empty: a switch or a folder."""

    field: str
    label: str
    help: str
    choices: tuple[tuple[str, str], ...] = ()


def setting_rows() -> Sequence[SettingRow]:
    """Everything that can be set, in order."""
    translate = QCoreApplication.translate
    themes = (
        (ThemeChoice.SYSTEM.value, translate("Settings", "Like the system")),
        (ThemeChoice.DARK.value, translate("Settings", "Dark")),
        (ThemeChoice.LIGHT.value, translate("Settings", "Light")),
    )
    devices = (
        ("auto", translate("Settings", "The fastest that works")),
        ("cuda", translate("Settings", "Graphics card (CUDA)")),
        ("cpu", translate("Settings", "Processor (CPU)")),
    )
    languages = (
        (Language.SYSTEM.value, translate("Settings", "Like the system")),
        *((language.value, name) for language, name in OWN_NAMES.items()),
    )
    return (
        SettingRow("language", translate("Settings", "Language"),
                   translate(
                       "Settings", "The language of the window; it changes with the next start."),
                   languages),
        SettingRow("theme", translate("Settings", "Look"),
                   translate(
                       "Settings", "Neutral greys either way, so that colours can be judged."),
                   themes),
        SettingRow("device", translate("Settings", "Device"),
                   translate("Settings", "What pictures are coloured on, from the next batch on."),
                   devices),
        SettingRow("output", translate("Settings", "Results"),
                   translate("Settings", "Empty: a folder “colorized” beside the pages.")),
        SettingRow("skip_coloured", translate("Settings", "Leave out pages that have colours"),
                   translate(
                       "Settings",
                       "A batch passes them over, unless they have hints or a mode.")),
        SettingRow("notify", translate("Settings", "Tell me when a batch ends"),
                   translate(
                       "Settings", "By a message of the desktop, unless this window is in front.")),
    )  # fmt: skip


class SettingsDialog(QDialog):
    """Shows settings; `settings` are those chosen."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = settings
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(_WIDTH)
        self.controls: dict[str, QWidget] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(setting_rows()):
            self._add_row(grid, 3 * number, row)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setProperty("primary", True)
        accept.style().polish(accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.addLayout(grid)
        column.addSpacing(12)
        column.addStretch(1)
        column.addWidget(self.buttons)

    @property
    def settings(self) -> Settings:
        """As they are shown now."""
        shown: dict[str, Any] = {name: _value_of(part) for name, part in self.controls.items()}
        return replace(self._before, **shown)

    def _add_row(self, grid: QGridLayout, line: int, row: SettingRow) -> None:
        value = getattr(self._before, row.field)
        control: QWidget
        if row.choices:
            control = _choice(self, row.choices, value)
        elif isinstance(value, bool):
            control = QCheckBox(row.label, self)
            control.setChecked(value)
        else:
            control = QLineEdit(value, self)
        control.setAccessibleName(row.label)
        control.setToolTip(row.help)
        self.controls[row.field] = control
        help_line = QLabel(row.help, self)
        help_line.setProperty("tone", "muted")
        help_line.setWordWrap(True)
        if not isinstance(control, QCheckBox):
            label = QLabel(row.label, self)
            label.setBuddy(control)
            grid.addWidget(label, line, 0)
        if isinstance(control, QLineEdit):
            grid.addLayout(self._with_button(control), line, 1)
        else:
            grid.addWidget(control, line, 1)
        grid.addWidget(help_line, line + 1, 1)
        grid.setRowMinimumHeight(line + 2, 10)

    def _with_button(self, folder: QLineEdit) -> QHBoxLayout:
        button = QPushButton(self.tr("Choose…"), self)
        button.setToolTip(self.tr("Choose a folder for all results"))
        button.clicked.connect(lambda: self._choose(folder))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(folder, 1)
        line.addWidget(button)
        return line

    def _choose(self, folder: QLineEdit) -> None:
        title = self.tr("Choose a folder for all results")
        chosen = QFileDialog.getExistingDirectory(self, title, folder.text())
        if chosen:
            folder.setText(chosen)


def _choice(parent: QWidget, choices: Sequence[tuple[str, str]], value: str) -> QComboBox:
    box = QComboBox(parent)
    box.setView(QListView(box))  # a plain list, which takes the theme
    for name, words in choices:
        box.addItem(words, name)
    box.setCurrentIndex(box.findData(value, Qt.ItemDataRole.UserRole))
    return box


def _value_of(control: QWidget) -> str | bool:
    if isinstance(control, QComboBox):
        return str(control.currentData())
    if isinstance(control, QCheckBox):
        return control.isChecked()
    assert isinstance(control, QLineEdit)
    return control.text().strip()
