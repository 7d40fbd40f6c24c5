"""What the window has to say, in place: a bar with a sentence, told once, never a box to close."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from colorstudio.core.failures import Failure
from colorstudio.ui.icons import plain_tooltip
from colorstudio.ui.parts import Sign, flat_button
from colorstudio.ui.sentences import told


class MessageBar(QFrame):
    """Shows the latest failure until it is closed or another one comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failure: Failure | None = None
        self._report = ""
        self.setProperty("message", "bad")
        self._sign = Sign("failed", 20, "BAD", self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.copy_button = self._button("copy", self.tr("Copy what happened, for a report"))
        self.copy_button.clicked.connect(self._copy)
        self.close_button = self._button("close", self.tr("Close this message"))
        self.close_button.clicked.connect(self.hide)
        self._lay_out()
        self.hide()

    def tell(self, failure: Failure) -> None:
        """Show it; the same failure again changes nothing."""
        self._failure = failure
        sentence, detail = told(failure.sentence), failure.detail
        self._text.setText(sentence)
        self._text.setToolTip(plain_tooltip(detail) if detail else "")
        self._report = "\n".join(filter(None, (sentence, detail)))
        self.show()

    def take_back(self, failure: Failure) -> None:
        """It is true no more; another one that is shown by now stays."""
        if failure == self._failure:
            self.hide()

    @property
    def sentence(self) -> str:
        """What is shown; "" while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    def _button(self, icon_name: str, tooltip: str) -> QToolButton:
        button = flat_button(icon_name, tooltip, self, 16)
        button.setProperty("small", True)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        for widget in (self.copy_button, self.close_button):
            row.addWidget(widget)
