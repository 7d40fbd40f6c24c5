"""Everything that is known of one style."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from colorstudio.core.failures import printable
from colorstudio.styles.style import Style
from colorstudio.ui.parts import told_label
from colorstudio.ui.style_manager import words

SAMPLE_SIDE = 300


class StyleDetails(QScrollArea):
    """Sample, description, origin, figures and credits, from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("About the style"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        inner.setProperty("panel", True)
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(8)
        self.sample = QLabel(inner)
        self.sample.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._name = self._label("large", column)
        self._origin = self._label("muted", column)
        column.addSpacing(4)
        column.addWidget(self.sample)
        column.addSpacing(4)
        self._description = self._label("", column)
        self._figures = self._label("", column)
        self._facts = self._label("muted", column)
        column.addSpacing(6)
        self._credits_title = self._label("title", column)
        self._credits = self._label("muted", column)
        self._credits_title.setText(self.tr("Credits"))
        column.addStretch(1)
        self.setWidget(inner)

    def show_style(self, style: Style | None, sample: QImage | None) -> None:
        """Tell about that style; sample: its picture, at SAMPLE_SIDE in device pixels."""
        self.verticalScrollBar().setValue(0)
        inner = self.widget()
        if inner is not None:
            inner.setVisible(style is not None)
        if style is None:
            return
        info = style.info
        self._name.setText(printable(info.name))
        self._origin.setText(words.origin_line(style))
        self._description.setText(printable(info.description))
        self._description.setVisible(bool(info.description))
        self._figures.setText("\n".join(words.figures_lines(style)))
        self._facts.setText(words.facts_line(style))
        self._credits.setText("\n\n".join(printable(line) for line in info.credits))
        for label in (self._credits_title, self._credits):
            label.setVisible(bool(info.credits))
        self.sample.setVisible(sample is not None)
        if sample is not None:
            pixmap = QPixmap.fromImage(sample)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self.sample.setPixmap(pixmap)
            self.sample.setAccessibleName(self.tr("A page in this style"))

    @property
    def text(self) -> str:
        """All that is told, as shown."""
        labels = (self._name, self._origin, self._description, self._figures, self._facts)
        return "\n".join(label.text() for label in (*labels, self._credits))

    def _label(self, tone: str, column: QVBoxLayout) -> QLabel:
        label = told_label(tone, self)
        column.addWidget(label)
        return label
