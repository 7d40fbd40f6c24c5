"""The middle of the window: the canvas with a bar of what it shows and how."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from colorstudio.ui import theme
from colorstudio.ui.canvas import CanvasView
from colorstudio.ui.canvas_note import CanvasNote
from colorstudio.ui.hint_canvas import Pointed
from colorstudio.ui.parts import flat_button
from colorstudio.ui.preview_worker import PreviewReply
from colorstudio.ui.region_canvas import RegionCanvas
from colorstudio.ui.segmented import Choice, SegmentedSwitch
from colorstudio.ui.sentences import told
from colorstudio.ui.wording import duration, mode_words, name_of, size_line

NARROW = 860  # logical pixels
_ROOM_FOR_ZOOM, _ROOM_FOR_PIXEL = 460, 520


def view_choices() -> tuple[Choice, ...]:
    """What of a picture can be looked at."""
    translate = QCoreApplication.translate
    return (
        Choice(CanvasView.COLORED, translate("CanvasPanel", "Coloured"),
               translate("CanvasPanel", "Show the coloured picture"), "view-colored", "1"),
        Choice(CanvasView.DIVIDER, translate("CanvasPanel", "Compare"),
               translate("CanvasPanel", "Original and coloured side by side; drag the divider"),
               "view-divider", "2"),
        Choice(CanvasView.ORIGINAL, translate("CanvasPanel", "Original"),
               translate("CanvasPanel", "Show the picture as it is"), "view-original", "3"),
    )  # fmt: skip


class ElidedLabel(QLabel):
    """A line of plain text that gives way to its neighbours by being shortened."""

    def __init__(
        self,
        parent: QWidget | None = None,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(40)
        self._whole = ""
        self._elide = elide

    def show_text(self, text: str) -> None:
        """Show that text as far as there is room."""
        self._whole = text
        self._fill()

    @property
    def whole_text(self) -> str:
        """The text before it was shortened."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Room for the whole text, where there is some."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 4
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten again."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        room = max(self.width() - 2, 0)
        self.setText(self.fontMetrics().elidedText(self._whole, self._elide, room))
        self.updateGeometry()


class PixelReadout(QLabel):
    """Colour and place of the pixel under the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = ""
        self.setProperty("tone", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(self.tr("Pixel under the cursor"))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("#mmmmmm") + 30)
        self.setContentsMargins(22, 0, 0, 0)

    def show_pixel(self, pixel: Pointed | None) -> None:
        """Show that pixel; None: the cursor is on none."""
        self._color = "" if pixel is None else pixel.color
        self.setText(self._color)
        self.setToolTip("" if pixel is None else f"{pixel.x}, {pixel.y}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colour itself beside its value."""
        super().paintEvent(event)
        if not self._color:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.EDGE), 1))
        painter.setBrush(QColor(self._color))
        painter.drawRoundedRect(QRectF(1.5, self.height() / 2 - 7.5, 15, 15), 3, 3)


class CanvasPanel(QWidget):
    """Shows previews as they arrive; the last good picture stays until the next one is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = RegionCanvas(self)
        self.views = SegmentedSwitch(self.tr("View"), view_choices(), self)
        self.views.set_value(self.canvas.view)
        self._name = ElidedLabel(self)
        self._name.setProperty("tone", "title")
        self._facts = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        self._facts.setProperty("tone", "muted")
        self._note = CanvasNote(self.canvas)
        self._zoom = QLabel(self)
        self._zoom.setProperty("tone", "muted")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("3200 %") + 8)
        self.pixel = PixelReadout(self)
        self.fit_button = flat_button("fit", self.tr("Fit the whole picture  (Home)"), self)
        self.actual_button = flat_button(
            "actual-size", self.tr("True pixels, 100 %  (Ctrl+1)"), self
        )
        self._lay_out()
        self._connect()
        self._show_zoom(0.0)

    def put_above(self, bar: QWidget) -> None:
        """Put a bar of tools above the canvas."""
        self._column.insertWidget(0, bar)

    def expect(self, name: str) -> None:
        """A picture of that name is being read."""
        self._name.show_text(name)
        self._set_facts(self.tr("Reading…"))

    def recolor(self) -> None:
        """The picture in view is being coloured in another way."""
        self._set_facts(self.tr("Colouring…"))

    def show_reply(self, reply: PreviewReply) -> None:
        """Take in one step of a preview."""
        self._name.show_text(name_of(reply.path))
        if reply.failure is not None:
            self._show_failure(reply)
            return
        if reply.original is None:
            return
        size = size_line(reply.original.width, reply.original.height)
        known = self.canvas.shows(reply.original)
        if not known:
            self.canvas.show_original(reply.original)
        if reply.hints is not None:
            self.canvas.show_hints(reply.hints)
        if reply.colored is None:
            if not known:
                self._set_facts("  ·  ".join((size, self.tr("Colouring…"))))
            return
        self.canvas.show_colored(reply.colored)
        if not reply.last:
            return  # a draft: what there is to say comes with the picture itself
        paper = [self.tr("paper made white")] if reply.whitened else []
        facts = [mode_words(reply.mode), *paper, size, duration(reply.seconds)]
        warnings = " ".join(map(told, reply.warnings))
        self._set_facts("  ·  ".join(facts), note=warnings, tone="warning")

    def clear(self) -> None:
        """Show nothing."""
        self.canvas.clear()
        self._name.show_text("")
        self._set_facts("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the views are shown as icons, and figures give way to the name."""
        width = event.size().width()
        self.views.set_compact(width < NARROW)
        self._zoom.setVisible(width >= _ROOM_FOR_ZOOM)
        self.pixel.setVisible(width >= _ROOM_FOR_PIXEL)
        super().resizeEvent(event)

    @property
    def facts(self) -> str:
        """What is told of the picture: mode, size, time; and what went wrong."""
        return " ".join((self._facts.whole_text, self._note.text())).strip()

    def _show_failure(self, reply: PreviewReply) -> None:
        assert reply.failure is not None
        sentence = told(reply.failure.sentence)
        if reply.original is None:
            self.canvas.show_sentence(sentence)
            self._set_facts(self.tr("Can't be shown"))
        else:
            self.canvas.show_original(reply.original)
            size = size_line(reply.original.width, reply.original.height)
            self._set_facts(size, note=sentence, tone="bad")

    def _set_facts(self, text: str, *, note: str = "", tone: str = "muted") -> None:
        self._facts.show_text(text)
        self._note.show_text(note, tone)

    def _show_zoom(self, scale: float) -> None:
        shown = self.canvas.has_picture
        self._zoom.setText(f"{scale * 100:.0f} %" if shown else "")
        for widget in (self.fit_button, self.actual_button, self.views):
            widget.setEnabled(shown)

    def _connect(self) -> None:
        self.views.chosen.connect(self.canvas.set_view)
        self.canvas.view_changed.connect(self.views.set_value)
        self.canvas.zoomed.connect(self._show_zoom)
        self.canvas.pointed.connect(self.pixel.show_pixel)
        self.fit_button.clicked.connect(self.canvas.fit)
        self.actual_button.clicked.connect(self.canvas.show_true_pixels)
        QShortcut(QKeySequence("Ctrl+1"), self).activated.connect(self.canvas.show_true_pixels)

    def _lay_out(self) -> None:
        bar = QWidget(self)
        bar.setProperty("bar", True)
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        row.addLayout(words, 1)
        for widget in (
            self.pixel,
            self.views,
            self._zoom,
            self.fit_button,
            self.actual_button,
        ):
            row.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.canvas, 1)
        self._column.addWidget(bar)
