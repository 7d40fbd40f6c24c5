"""What one sees first: a place to drop pictures on, and two ways in for those who do not drag."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorstudio.core.failures import printable
from colorstudio.ui import theme
from colorstudio.ui.icons import icon, picture_of, plain_tooltip
from colorstudio.ui.tab_order import chain

_MOST_RECENT = 4
_LONGEST = 64  # characters of a path


class EmptyPage(QWidget):
    """The window before anything is opened."""

    open_wanted = Signal()
    samples_wanted = Signal()
    paste_wanted = Signal()
    recent_wanted = Signal(object)  # Path of a folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invited = False
        self._folders: list[str] = []
        self.open_button = QPushButton(self.tr("Open folder…"), self)
        self.open_button.setIcon(icon("folder-open", theme.ACCENT_TEXT))
        self.open_button.setProperty("primary", True)
        self.open_button.clicked.connect(self.open_wanted)
        self.samples_button = QPushButton(self.tr("Try the samples"), self)
        self.samples_button.setIcon(icon("samples"))
        self.samples_button.clicked.connect(self.samples_wanted)
        self.paste_button = QPushButton(self.tr("Paste"), self)
        self.paste_button.setIcon(icon("copy"))
        self.paste_button.setToolTip(
            self.tr("Open the picture or files that were copied elsewhere  (Ctrl+V)")
        )
        self.paste_button.clicked.connect(self.paste_wanted)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_title = QLabel(self.tr("Opened last"), self)
        self._recent_title.setProperty("tone", "muted")
        for button in (self.open_button, self.paste_button, self.samples_button):
            button.setIconSize(QSize(20, 20))
            button.setProperty("large", True)
        self._lay_out()

    def invite(self, invited: bool) -> None:
        """Pictures are being dragged over the window, or no more."""
        self._invited = invited
        self.update()

    def show_recent(self, folders: Sequence[str]) -> None:
        """Offer the folders that were opened last."""
        while (item := self._recent.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.deleteLater()
        self._folders = list(folders[:_MOST_RECENT])
        self._recent_title.setVisible(bool(folders))
        for name in self._folders:
            button = QPushButton(icon("folder"), _shortened(name), self)
            button.setProperty("flat", True)
            button.setProperty("small", True)
            button.setToolTip(plain_tooltip(printable(name)))
            button.clicked.connect(lambda _=False, name=name: self.recent_wanted.emit(Path(name)))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        chain([self])

    @property
    def recent(self) -> list[str]:
        """The folders that are offered."""
        return self._folders

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashed frame that says: here."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.SURROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side_x, side_y = min(760, self.width() - 64), min(540, self.height() - 48)
        frame = QRectF(0, 0, side_x, side_y)
        frame.moveCenter(QRectF(self.rect()).center())
        pen = QPen(QColor(theme.ACCENT_HOVER if self._invited else theme.EDGE), 2)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.PANEL if self._invited else theme.WINDOW))
        painter.drawRoundedRect(frame, 18, 18)

    def _lay_out(self) -> None:
        sign = QLabel(self)
        sign.setPixmap(picture_of("colorstudio", 88, ratio=2.0))
        title = QLabel(self.tr("Drop a folder, a book or pictures here"), self)
        title.setProperty("tone", "large")
        words = QLabel(
            self.tr(
                "Line art or greyscale pages. They are coloured on this computer;\n"
                "your originals are never changed."
            ),
            self,
        )
        words.setProperty("tone", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.paste_button)
        buttons.addWidget(self.samples_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, gap in ((sign, 24), (title, 10), (words, 28)):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(gap)
        column.addLayout(buttons)
        column.addSpacing(24)
        column.addWidget(self._recent_title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addLayout(self._recent)
        column.addStretch(1)
        self._recent_title.hide()


def _shortened(name: str) -> str:
    """A path as it may be shown on a button; its end tells most."""
    text = printable(name)
    text = text if len(text) <= _LONGEST else f"…{text[1 - _LONGEST :]}"
    return text.replace("&", "&&")
