"""Something the window offers, in place: a bar with a sentence and two answers, never a box."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from colorstudio.core.failures import printable
from colorstudio.ui.icons import icon
from colorstudio.ui.parts import told_label


class OfferBar(QFrame):
    """Hidden until there is something to offer, and after it was answered."""

    accepted = Signal()
    declined = Signal()

    def __init__(self, accept: str, decline: str, parent: QWidget | None = None) -> None:
        """accept, decline: what the two buttons say."""
        super().__init__(parent)
        self.setProperty("message", "offer")
        self._text = told_label("plain", self)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.accept_button = QPushButton(icon("resume"), accept, self)
        self.decline_button = QPushButton(decline, self)
        self.accept_button.setProperty("small", True)
        self.decline_button.setProperty("small", True)
        self.accept_button.clicked.connect(self._accept)
        self.decline_button.clicked.connect(self._decline)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        for button in (self.accept_button, self.decline_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Show it until it is answered."""
        self._text.setText(printable(sentence))
        self.show()

    @property
    def sentence(self) -> str:
        """What is offered; "" while nothing is."""
        return "" if self.isHidden() else self._text.text()

    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()
