"""The current picture in two styles, side by side."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from colorstudio.core.failures import Failure, printable
from colorstudio.core.modes import Mode
from colorstudio.styles.style import Style
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.parts import open_at
from colorstudio.ui.picture_view import Lens, PictureView
from colorstudio.ui.sentences import told
from colorstudio.ui.style_manager.library_errands import Compared, compare
from colorstudio.ui.wording import name_of


class Comparison(QDialog):
    """Two choices of a style with the picture below each; both are zoomed together."""

    def __init__(self, errands: ErrandThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errands = errands
        self._picture: Path | None = None
        self._mode: Mode | None = None
        self._styles: list[Style] = []
        self._lens = Lens(self)
        self.views = (PictureView("", self._lens, self), PictureView("", self._lens, self))
        self.choices = (QComboBox(self), QComboBox(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 12)
        row.setSpacing(16)
        for view, choice in zip(self.views, self.choices, strict=True):
            choice.setView(QListView(self))
            choice.setAccessibleName(self.tr("Style"))
            choice.activated.connect(self._colour)
            column = QVBoxLayout()
            column.setSpacing(10)
            column.addWidget(choice)
            column.addWidget(view, 1)
            row.addLayout(column, 1)
        self.setWindowTitle(self.tr("Compare styles"))
        self.setMinimumSize(QSize(560, 400))
        open_at(self, 1180, 720)

    def show_picture(
        self, picture: Path, styles: Sequence[Style], first: str, second: str, mode: Mode | None
    ) -> None:
        """Compare these two styles on that picture."""
        if picture != self._picture:
            self._lens.reset()
        self._picture, self._mode, self._styles = picture, mode, list(styles)
        for choice, name in zip(self.choices, (first, second), strict=True):
            choice.clear()
            for style in styles:
                choice.addItem(printable(style.info.name), style.info.name)
            choice.setCurrentIndex(max(0, choice.findData(name)))
        self.setWindowTitle(self.tr("Compare styles on {picture}").format(picture=name_of(picture)))
        self._colour()

    def _colour(self) -> None:
        picture, mode = self._picture, self._mode
        left, right = (self._styles[max(0, choice.currentIndex())] for choice in self.choices)
        if picture is None:
            return
        for view in self.views:
            view.show_image(view.image, "")
            view.set_title(self.tr("Colouring…"))
        self._errands.ask(
            "compare", lambda: compare(picture, (left, right), mode), self._show, self._fail
        )

    def _show(self, compared: Compared) -> None:
        parts = zip(self.views, self.choices, compared.pictures, compared.failures, strict=True)
        for view, choice, image, failure in parts:
            view.show_image(image, "" if failure is None else told(failure.sentence))
            view.set_title(choice.currentText())

    def _fail(self, failure: Failure) -> None:
        for view, choice in zip(self.views, self.choices, strict=True):
            view.show_image(None, told(failure.sentence))
            view.set_title(choice.currentText())
