"""Which pictures of a folder are shown, in which order, and what to do with selected ones."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from colorstudio.ui.shelf import PictureState, Sorting


class BrowseBar(QWidget):
    """A filter by state and an order."""

    wanted_changed = Signal(object)  # PictureState, or None for all
    sorting_changed = Signal(object)  # Sorting

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = _choice(self)
        self.wanted.addItem(self.tr("All"), None)
        self.wanted.addItem(self.tr("Not yet"), PictureState.NOT_YET)
        self.wanted.addItem(self.tr("Done"), PictureState.DONE)
        self.wanted.addItem(self.tr("Failed"), PictureState.FAILED)
        self.wanted.setToolTip(self.tr("Show all pictures, or those that have come so far"))
        self.wanted.setAccessibleName(self.tr("Which pictures are shown"))
        self.sorting = _choice(self)
        self.sorting.addItem(self.tr("By name"), Sorting.NAME)
        self.sorting.addItem(self.tr("Newest first"), Sorting.DATE)
        self.sorting.addItem(self.tr("Largest first"), Sorting.SIZE)
        self.sorting.setToolTip(self.tr("The order of the pictures"))
        self.sorting.setAccessibleName(self.tr("Order of the pictures"))
        self.wanted.activated.connect(self._tell_wanted)
        self.sorting.activated.connect(
            lambda row: self.sorting_changed.emit(Sorting(self.sorting.itemData(row)))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.wanted, 2)
        row.addWidget(self.sorting, 3)

    def _tell_wanted(self, row: int) -> None:
        state = self.wanted.itemData(row)  # Qt gives plain text back
        self.wanted_changed.emit(PictureState(state) if state else None)


class SelectionBar(QWidget):
    """Appears below the pictures while several are selected."""

    only_wanted = Signal()
    adding_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = QLabel(self)
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.only_button = QPushButton(self.tr("Only these"), self)
        self.only_button.setToolTip(self.tr("Colour the selected pictures and no others"))
        self.add_button = QPushButton(self.tr("Queue"), self)
        self.add_button.setToolTip(self.tr("Add the selected pictures to the queue"))
        self.only_button.clicked.connect(self.only_wanted)
        self.add_button.clicked.connect(self.adding_wanted)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 6, 8, 8)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._count, 0, 0, 1, 2)
        for column, button in enumerate((self.only_button, self.add_button)):
            button.setProperty("small", True)
            grid.addWidget(button, 1, column)
        self.hide()

    def show_number(self, number: int) -> None:
        """So many pictures are selected; a single one is no selection to speak of."""
        self._count.setText(self.tr("{count} selected").format(count=f"{number:,}"))
        self.setVisible(number > 1)


def _choice(parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setView(QListView(box))  # a plain list, which takes the theme
    box.setProperty("small", True)
    box.setMinimumContentsLength(1)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
