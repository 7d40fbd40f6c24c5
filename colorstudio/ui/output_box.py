"""Where results go, what they are called, as what they are stored: chosen before a batch starts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QToolButton,
    QWidget,
)

from colorstudio.core.failures import ColorStudioError, printable
from colorstudio.core.output_options import (
    OUTPUT_NAME,
    PLAIN_NAMES,
    Existing,
    OutputFormat,
    checked_pattern,
)
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.field import Field
from colorstudio.ui.icons import icon, plain_tooltip
from colorstudio.ui.sentences import told
from colorstudio.ui.session import Wishes

TYPING = 400  # milliseconds after the last key until the queue is planned anew


def format_words() -> dict[OutputFormat, str]:
    """Each format as it is offered."""
    translate = QCoreApplication.translate
    return {
        OutputFormat.KEEP: translate("OutputBox", "Like the page"),
        OutputFormat.PNG: "PNG",
        OutputFormat.JPEG: "JPEG",
        OutputFormat.WEBP: "WebP",
        OutputFormat.TIFF: "TIFF",
        OutputFormat.PSD: translate("OutputBox", "PSD with layers"),
        OutputFormat.ORA: translate("OutputBox", "ORA with layers"),
    }


def existing_words() -> dict[Existing, str]:
    """What can be done about results that are there already."""
    translate = QCoreApplication.translate
    return {
        Existing.SKIP: translate("OutputBox", "Skip"),
        Existing.OVERWRITE: translate("OutputBox", "Replace"),
        Existing.RENAME: translate("OutputBox", "Keep both"),
    }


class OutputBox(QWidget):
    """Shows the wishes about results and hands changes on; a batch under way locks it."""

    output_wanted = Signal()
    results_wanted = Signal()
    format_changed = Signal(object)  # OutputFormat
    pattern_changed = Signal(str)  # checked
    existing_changed = Signal(object)  # Existing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outputs: tuple[Path, ...] = ()
        self._page: Path | None = None  # whose result is the example
        self._fmt = OutputFormat.KEEP  # as wished for, offered here or not
        self._output = ElidedLabel(self, Qt.TextElideMode.ElideLeft)
        self.output_button = QPushButton(self)
        self.results_button = QToolButton(self)
        self.results_button.setIcon(icon("folder-open"))
        self.formats = _choice(self, format_words())
        self.existing = _choice(self, existing_words())
        self.pattern = Field(self)
        self.pattern.setText(PLAIN_NAMES)
        self._example = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self._labels = [QLabel(self) for _ in range(4)]
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._lay_out()
        self._connect()
        self._write_texts()

    # --- what is shown -------------------------------------------------------------------------

    def show_wishes(self, wishes: Wishes) -> None:
        """Show what is wished for; what is being typed stays."""
        self.existing.setCurrentIndex(self.existing.findData(wishes.existing))
        self.formats.setCurrentIndex(self.formats.findData(wishes.fmt))
        self._fmt = wishes.fmt
        if not self.pattern.hasFocus() or not self._typed_is_fine():
            self.pattern.setText(wishes.pattern)
        self._show_example()

    def show_outputs(self, outputs: Sequence[Path]) -> None:
        """The folders where results will be; more than one where pictures lie apart."""
        self._outputs = tuple(outputs)
        paths = [printable(str(path)) for path in outputs]
        several = self.tr("“{name}” beside the pictures, in {count} places").format(
            name=OUTPUT_NAME, count=len(paths)
        )
        self._output.show_text(paths[0] if len(paths) == 1 else several if paths else "")
        self._output.setToolTip(plain_tooltip("  ".join(paths[:12])))

    def add_outputs(self, outputs: Sequence[Path]) -> None:
        """Results will be in these folders as well."""
        self.show_outputs(tuple(dict.fromkeys((*self._outputs, *outputs))))

    def show_page(self, page: Path | None) -> None:
        """The picture, or book, whose result serves as the example of a name."""
        if page != self._page:
            self._page = page
            self._show_example()

    def lock(self, locked: bool) -> None:
        """A batch keeps what it starts with, and names that are being typed are part of that."""
        if locked and self._typing.isActive():
            self._take_pattern()
        for widget in (self.output_button, self.existing, self.formats, self.pattern):
            widget.setEnabled(not locked)

    @property
    def output_text(self) -> str:
        """The output folder as shown."""
        return self._output.whole_text

    @property
    def example(self) -> str:
        """The example of a name, or what is wrong with the pattern."""
        return self._example.whole_text

    # --- inner workings ------------------------------------------------------------------------

    def _typed_is_fine(self) -> bool:
        try:
            checked_pattern(self.pattern.text())
        except ColorStudioError:
            return False
        return True

    def _typed(self) -> None:
        self._show_example()
        self._typing.start()

    def _take_pattern(self) -> None:
        self._typing.stop()
        if self._typed_is_fine():
            self.pattern_changed.emit(checked_pattern(self.pattern.text()))

    def _show_example(self) -> None:
        wrong = ""
        try:
            pattern = checked_pattern(self.pattern.text())
        except ColorStudioError as error:
            wrong = told(error.failure.sentence)
        tone = "bad" if wrong else "muted"
        if self._example.property("tone") != tone:
            self._example.setProperty("tone", tone)
            self._example.style().polish(self._example)
        self._example.show_text(wrong or self._example_of(pattern))
        self._example.setToolTip(plain_tooltip(wrong) if wrong else "")

    def _example_of(self, pattern: str) -> str:
        if self._page is None:
            return ""
        from colorstudio.core.naming import example_name  # planning has loaded it by now

        return "→  " + printable(example_name(self._page, self._fmt, pattern))

    def _connect(self) -> None:
        self.output_button.clicked.connect(self.output_wanted)
        self.results_button.clicked.connect(self.results_wanted)
        self.formats.activated.connect(
            lambda row: self.format_changed.emit(OutputFormat(self.formats.itemData(row)))
        )
        self.existing.activated.connect(
            lambda row: self.existing_changed.emit(Existing(self.existing.itemData(row)))
        )
        self.pattern.textEdited.connect(self._typed)
        self.pattern.editingFinished.connect(self._take_pattern)
        self._typing.timeout.connect(self._take_pattern)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        folder = QHBoxLayout()
        folder.setSpacing(6)
        folder.addWidget(self._output, 1)
        folder.addWidget(self.output_button)
        folder.addWidget(self.results_button)
        rows: tuple[QWidget | QHBoxLayout, ...] = (
            folder,
            self.pattern,
            self.formats,
            self.existing,
        )
        for row, (label, part) in enumerate(zip(self._labels, rows, strict=True)):
            line = row if row < 2 else row + 1  # the example is below the pattern
            label.setProperty("tone", "muted")
            grid.addWidget(label, line, 0)
            if isinstance(part, QWidget):
                grid.addWidget(part, line, 1)
                part.setProperty("small", True)
                label.setBuddy(part)
            else:
                grid.addLayout(part, line, 1)
        grid.addWidget(self._example, 2, 1)
        for widget in (self.output_button, self.results_button):
            widget.setProperty("small", True)

    def _write_texts(self) -> None:
        words = (self.tr("Folder"), self.tr("Names"), self.tr("Format"), self.tr("If it exists"))
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)
        self.output_button.setText(self.tr("Change…"))
        self.output_button.setToolTip(self.tr("Choose another folder for the results"))
        self.results_button.setToolTip(self.tr("Open the folder of the results"))
        self.results_button.setAccessibleName(self.tr("Open the folder of the results"))
        self.formats.setAccessibleName(self.tr("Format of the results"))
        self.formats.setToolTip(self.tr("PSD and ORA keep lines, colour and flats apart"))
        self.existing.setAccessibleName(self.tr("If a result exists already"))
        self.existing.setToolTip(self.tr("What to do with pictures that were coloured before"))
        self.pattern.setAccessibleName(self.tr("Names of the results"))
        self.pattern.setToolTip(
            self.tr(
                "Names of the results: {name} is the page's name, {number} its place in the "
                "queue from 001 on, {folder} the folder it lies in"
            )
        )


def _choice(parent: QWidget, words: dict[OutputFormat, str] | dict[Existing, str]) -> QComboBox:
    box = QComboBox(parent)
    box.setView(QListView(box))  # a plain list, which takes the theme
    for value, text in words.items():
        box.addItem(text, value)
    return box
