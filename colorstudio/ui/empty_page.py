"""What one sees first: a place to drop pictures on, and two ways in for those who do not drag."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorstudio.ui import theme
from colorstudio.ui.icons import icon, picture_of


class EmptyPage(QWidget):
    """The window before anything is opened."""

    open_wanted = Signal()
    samples_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invited = False
        self.open_button = QPushButton("Open folder…", self)
        self.open_button.setIcon(icon("folder-open", theme.ACCENT_TEXT))
        self.open_button.setProperty("primary", True)
        self.open_button.clicked.connect(self.open_wanted)
        self.samples_button = QPushButton("Try the samples", self)
        self.samples_button.setIcon(icon("samples"))
        self.samples_button.clicked.connect(self.samples_wanted)
        for button in (self.open_button, self.samples_button):
            button.setIconSize(QSize(20, 20))
            button.setProperty("large", True)
        self._lay_out()

    def invite(self, invited: bool) -> None:
        """Pictures are being dragged over the window, or no more."""
        self._invited = invited
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashed frame that says: here."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.SURROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side_x, side_y = min(760, self.width() - 64), min(460, self.height() - 64)
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
        title = QLabel("Drop a folder or pictures here", self)
        title.setProperty("tone", "large")
        words = QLabel(
            "Line art or greyscale pages. They are coloured on this computer;\n"
            "your originals are never changed.",
            self,
        )
        words.setProperty("tone", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.samples_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, gap in ((sign, 24), (title, 10), (words, 28)):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(gap)
        column.addLayout(buttons)
        column.addStretch(1)
