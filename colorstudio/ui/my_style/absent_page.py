"""The wizard's only page in the edition that colours but cannot train."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colorstudio.ui import theme
from colorstudio.ui.icons import picture_of
from colorstudio.ui.parts import told_label

_ICON = QSize(56, 56)
_WIDTH = 520  # pixels; longer lines are hard to read


class AbsentPage(QWidget):
    """Says what training would do, and how to come by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel(self)
        sign.setPixmap(picture_of("train", _ICON.width(), theme.MUTED))
        title = told_label("large", self)
        title.setText(self.tr("Training is in the larger edition"))
        self.text = told_label("", self)
        self.text.setText(
            self.tr(
                "This download colours only. The edition “Colour + Train” learns from 10 to 30 of "
                "your finished pages and makes a style of your own, on this computer.\n\n"
                "Get it where you got this one and use it instead. Your styles, hints and "
                "settings stay as they are, and a style trained elsewhere can be used here: "
                "drop its .colorstyle file on the window."
            )
        )
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        for widget in (sign, title, self.text):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            widget.setFixedWidth(_WIDTH)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.text.setMinimumHeight(self.text.heightForWidth(_WIDTH))  # or its end may be cut off
        column.addStretch(3)
