"""Second page: the new style's name, what it grows from, and how long to train."""

from collections.abc import Collection, Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QDoubleValidator, QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.books import is_book
from colorstudio.core.failures import ColorStudioError, printable
from colorstudio.styles.style import Style, checked_name, name_key
from colorstudio.ui import theme
from colorstudio.ui.icons import icon
from colorstudio.ui.my_style.order import DEFAULT_MINUTES, MINUTES, TrainingOrder

LABEL_WIDTH = 148
FIELD_WIDTH = 380


class StylePage(QWidget):
    """Takes an order together; `ready_changed` tells whether it can be given."""

    ready_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken: set[str] = set()
        self._begun: set[str] = set()
        self._suggested = ""
        self.name = self._line(self.tr("What the style is called in the list"))
        self.author = self._line(self.tr("Stands in the style's description; may stay empty"))
        self.start = QComboBox(self)
        self.start.setView(QListView(self))
        self.quality = QSlider(Qt.Orientation.Horizontal, self)
        self.quality.setRange(0, len(MINUTES) - 1)
        self.quality.setPageStep(1)
        self.quality.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.quality.setTickInterval(1)
        self.quality.setValue(MINUTES.index(DEFAULT_MINUTES))
        self._time = QLabel(self)
        self._remark = QLabel(self)
        self._complaint = QLabel(self)
        self.advanced_button = QPushButton(icon("arrow-right"), self.tr("Advanced"), self)
        self.advanced_button.setProperty("flat", True)
        self.advanced_button.setCheckable(True)
        self.device = QComboBox(self)
        self.device.setView(QListView(self))
        self.batch_size = self._number(QIntValidator(1, 512, self))
        self.crop = self._number(QIntValidator(32, 384, self))
        self.rate = self._number(_decimals(self))
        self.seed = self._number(QIntValidator(1, 999_999, self))
        self._numbers = QWidget(self)
        self._prepare()
        self._lay_out()

    def show_styles(self, styles: Sequence[Style]) -> None:
        """What can be grown from, and which names are taken."""
        chosen = self.start.currentData()
        self._taken = {name_key(style.info.name) for style in styles}
        self.start.clear()
        for style in styles:
            if style.info.recipe == "studio":  # the weights of others are of another shape
                self.start.addItem(printable(style.info.name), style.info.name)
        self.start.setCurrentIndex(max(0, self.start.findData(chosen)))
        self._check()

    def show_begun(self, names: Collection[str]) -> None:
        """Names of trainings that were begun and not ended."""
        self._begun = {name_key(name) for name in names}
        self._check()

    def suggest(self, folder: Path) -> None:
        """Name the style after its folder or book, as long as the artist has named nothing."""
        if self.name.text() not in ("", self._suggested):
            return
        plain = (folder.stem if is_book(folder) else folder.name)[:40].strip(" .")
        numbered = (plain if number == 1 else f"{plain} {number}" for number in count(1))
        free = next(name for name in numbered if name_key(name) not in self._taken | self._begun)
        try:
            self._suggested = checked_name(free, free)
        except ColorStudioError:
            self._suggested = ""
        self.name.setText(self._suggested)

    @property
    def complaint(self) -> str:
        """Why the order can't be given yet; "" if it can."""
        name = self.name.text().strip()
        if not name:
            return self.tr("Give the style a name.")
        try:
            checked_name(name, name)
        except ColorStudioError:
            return self.tr("A name is one line of up to 64 letters, digits and spaces.")
        if name_key(name) in self._taken:
            return self.tr("There is a style of this name already. Choose another name.")
        if name_key(name) in self._begun:
            return self.tr(
                "A training of this name was begun and not ended. Go Back to continue it, or "
                "choose another name."
            )
        if self.start.currentData() is None:
            return self.tr("There is no style to start from. Install Color Studio again.")
        bad = [f for f in self._number_fields() if f.text() and not f.hasAcceptableInput()]
        return self.tr("A number behind Advanced is out of its range.") if bad else ""

    def order(self, folder: Path) -> TrainingOrder:
        """What was asked for."""
        fields = {"batch-size": self.batch_size, "size": self.crop, "seed": self.seed}
        numbers = {name: float(field.text()) for name, field in fields.items() if field.text()}
        if self.rate.text():
            numbers["g-lr"] = QLocale.c().toDouble(self.rate.text())[0]
        return TrainingOrder(
            folder,
            self.name.text().strip(),
            author=self.author.text().strip(),
            start=self.start.currentData(),
            minutes=self.minutes,
            device=self.device.currentData(),
            numbers=numbers,
        )

    @property
    def minutes(self) -> int:
        """Where the slider stands."""
        return MINUTES[self.quality.value()]

    def _check(self) -> None:
        complaint = self.complaint
        # An empty name needs no reproach before anything was typed.
        self._complaint.setText(complaint if self.name.text() else "")
        self._complaint.setVisible(bool(self._complaint.text()))
        self.ready_changed.emit()

    def _show_minutes(self) -> None:
        minutes = self.minutes
        self._time.setText(
            self.tr("{minutes} minutes").format(minutes=minutes)
            if minutes < 60
            else self.tr("{hours} h").format(hours=minutes // 60)
        )
        if minutes <= 2:
            remark = self.tr("A first look at what comes of it.")
        elif minutes <= 10:
            remark = self.tr("Good for one book or series on most computers.")
        elif minutes <= 30:
            remark = self.tr("For many pages, or a slow computer.")
        else:
            remark = self.tr("For hundreds of pages; it ends early if more makes it worse.")
        self._remark.setText(remark)

    def _show_advanced(self, shown: bool) -> None:
        self._numbers.setVisible(shown)
        self.advanced_button.setIcon(icon("arrow-down" if shown else "arrow-right"))

    def _number_fields(self) -> tuple[QLineEdit, ...]:
        return (self.batch_size, self.crop, self.rate, self.seed)

    def _prepare(self) -> None:
        self.name.setMaxLength(64)
        self.author.setMaxLength(120)
        for field in (self.name, *self._number_fields()):
            field.textChanged.connect(self._check)
        self.start.currentIndexChanged.connect(self._check)
        self.quality.valueChanged.connect(self._show_minutes)
        self.advanced_button.toggled.connect(self._show_advanced)
        for label, value in (
            (self.tr("The fastest that works"), "auto"),
            (self.tr("Graphics card (CUDA)"), "cuda"),
            (self.tr("Processor"), "cpu"),
        ):
            self.device.addItem(label, value)
        for widget, name in (
            (self.name, self.tr("Name")),
            (self.author, self.tr("Author")),
            (self.start, self.tr("Starts from")),
            (self.quality, self.tr("Quality, in minutes")),
            (self.device, self.tr("Trains on")),
            (self.batch_size, self.tr("Pictures per step")),
            (self.crop, self.tr("Side of the crops")),
            (self.rate, self.tr("Learning rate")),
            (self.seed, self.tr("Seed")),
        ):
            widget.setAccessibleName(name)
        for line in (self._remark, self._complaint):
            line.setWordWrap(True)
            line.setTextFormat(Qt.TextFormat.PlainText)
            wide = line.sizePolicy()
            wide.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
            line.setSizePolicy(wide)
        self._remark.setProperty("tone", "muted")
        self._complaint.setProperty("tone", "bad")
        self._time.setProperty("tone", "title")
        self._show_minutes()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Name it, and say how long it may learn"), self)
        title.setProperty("tone", "large")
        form = _form()
        naming = QVBoxLayout()
        naming.setSpacing(6)
        naming.addWidget(self.name)
        naming.addWidget(self._complaint)
        form.addRow(self._caption(self.tr("Name")), naming)
        form.addRow(self._caption(self.tr("Author")), self.author)
        form.addRow(self._caption(self.tr("Starts from")), self.start)
        quality = QVBoxLayout()
        quality.setSpacing(4)
        for widget in (self._time, self.quality, self._remark):
            quality.addWidget(widget)
        form.addRow(self._caption(self.tr("Quality")), quality)
        numbers = _form()
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.addRow(self._caption(self.tr("Trains on")), self.device)
        for caption, field in (
            (self.tr("Pictures per step"), self.batch_size),
            (self.tr("Side of the crops"), self.crop),
            (self.tr("Learning rate"), self.rate),
            (self.tr("Seed"), self.seed),
        ):
            numbers.addRow(self._caption(caption), field)
        self._numbers.setLayout(numbers)
        self._numbers.hide()
        for line in (self.name, self.author, self.start, self.quality, self.device):
            line.setFixedWidth(FIELD_WIDTH)
        inner, area = QWidget(self), QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts have it, and scroll into sight
        area.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent }"
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(title)
        column.addSpacing(8)
        column.addLayout(form)
        column.addWidget(self.advanced_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._numbers)
        column.addStretch(1)

    def _caption(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("tone", "muted")
        label.setFixedWidth(LABEL_WIDTH)
        label.setMinimumHeight(theme.CONTROL_HEIGHT)
        return label

    def _line(self, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setToolTip(hint)
        line.setPlaceholderText(hint)
        line.setAcceptDrops(False)  # files are no text, and a field would take them as a move
        return line

    def _number(self, validator: QIntValidator | QDoubleValidator) -> QLineEdit:
        line = QLineEdit(self)
        line.setValidator(validator)
        line.setPlaceholderText(self.tr("the recipe's own"))
        line.setAcceptDrops(False)
        line.setFixedWidth(160)
        low, high = validator.bottom(), validator.top()
        line.setToolTip(self.tr("{low} to {high}").format(low=low, high=high))
        return line


def _decimals(parent: QWidget) -> QDoubleValidator:
    validator = QDoubleValidator(0.000001, 0.1, 7, parent)
    validator.setLocale(QLocale.c())
    return validator


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(12)
    form.setFormAlignment(Qt.AlignmentFlag.AlignTop)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    # Sentences take the room beside the fields, whose own width is fixed; wrapped at that, Qt
    # gives them the height of one line.
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form
