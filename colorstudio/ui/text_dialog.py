"""A dialog that shows a longer text to read and copy: the self-test, credits, the log."""

from collections.abc import Sequence

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.failures import printable
from colorstudio.ui.icons import icon
from colorstudio.ui.parts import open_at, told_label


class TextDialog(QDialog):
    """A heading, a few sentences, a text; buttons below, of which the last closes."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        open_at(self, 680, 520)
        self.heading = told_label("large", self)
        self.sentence = told_label("", self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(title)
        self.copy_button = QPushButton(icon("copy"), self.tr("Copy"), self)
        self.copy_button.clicked.connect(self._copy)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addWidget(self.copy_button)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        for part in (self.heading, self.sentence, self.text):
            column.addWidget(part, 1 if part is self.text else 0)
        column.addSpacing(4)
        column.addLayout(self.buttons)

    def show_text(self, heading: str, sentence: str, text: str) -> None:
        """Show all three, as plain text."""
        self.heading.setText(printable(heading))
        self.sentence.setText(printable(sentence))
        self.sentence.setVisible(bool(sentence))
        self.text.setPlainText("\n".join(printable(line) for line in text.splitlines()))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class ShortcutList(QDialog):
    """Every key of the window, by where it belongs."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        open_at(self, 560, 600)
        page = QWidget(self)
        page.setProperty("panel", True)
        grid = QGridLayout(page)
        grid.setContentsMargins(20, 12, 20, 20)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        line = 0
        for title, rows in groups:
            if not rows:
                continue
            heading = QLabel(title, page)
            heading.setProperty("tone", "title")
            heading.setContentsMargins(0, 10, 0, 0)
            grid.addWidget(heading, line, 0, 1, 2)
            for key, words in rows:
                line += 1
                sign = QLabel(key, page)
                sign.setProperty("tone", "muted")
                grid.addWidget(sign, line, 0)
                grid.addWidget(QLabel(words, page), line, 1)
            line += 1
        grid.setRowStretch(line, 1)
        area = QScrollArea(self)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.windowTitle())
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 4, 16, 12)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area, 1)
        column.addLayout(buttons)
