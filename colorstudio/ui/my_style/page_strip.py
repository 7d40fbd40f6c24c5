"""A held-back page as three pictures side by side, with a switch for its mode and the page."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from colorstudio.ui.icons import icon
from colorstudio.ui.my_style.news import HeldPage
from colorstudio.ui.picture_view import Lens, PictureView
from colorstudio.ui.segmented import Choice, SegmentedSwitch


class PageStrip(QWidget):
    """Rows of (mode, page, three pictures); files are read when they are first shown."""

    def __init__(self, titles: tuple[str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[tuple[str, int], tuple[QImage, QImage, QImage]] = {}
        self._wanted: tuple[object, ...] = ()
        self._page = 0
        self._lens = Lens(self)
        self.views = tuple(PictureView(title, self._lens, self) for title in titles)
        choices = (
            Choice("greyscale", self.tr("From grey"), self.tr("The page made grey, then coloured")),
            Choice("lineart", self.tr("From lines"), self.tr("The page's line art, painted")),
        )
        self.modes = SegmentedSwitch(self.tr("What is coloured"), choices, self)
        self.modes.chosen.connect(self._show)
        self._number = QLabel(self)
        self._number.setProperty("tone", "muted")
        self.previous = self._turner(self.tr("Page before"), -1)
        self.next = self._turner(self.tr("Next page"), 1)
        self._lay_out()
        self._show()

    def show_pages(
        self, left: Sequence[HeldPage], middle: Sequence[HeldPage], *, before: bool = False
    ) -> None:
        """Show the pages: painted (or, with before, as before the training) | painted | truth."""
        wanted = (tuple(left), tuple(middle), before)
        if wanted == self._wanted:
            return  # read already
        self._wanted = wanted
        first = {(page.mode, page.page): page.before if before else page.painted for page in left}
        rows = {}
        for page in middle:
            key = (page.mode, page.page)
            files = (first.get(key, page.painted), page.painted, page.truth)
            rows[key] = (_image(files[0]), _image(files[1]), _image(files[2]))
        self._rows = rows
        self._show()

    def set_titles(self, left: str, middle: str) -> None:
        """The words below the first two."""
        self.views[0].set_title(left)
        self.views[1].set_title(middle)

    def _turn(self, by: int) -> None:
        self._page += by
        self._show()

    def _show(self, _: object = None) -> None:
        modes = {mode for mode, _ in self._rows}
        self.modes.setVisible(len(modes) > 1)
        if modes and self.modes.value not in modes:
            self.modes.set_value(next(iter(modes)))
        pages = sorted(page for mode, page in self._rows if mode == self.modes.value)
        self._page = min(max(self._page, 0), max(0, len(pages) - 1))
        for widget in (self.previous, self.next, self._number):
            widget.setVisible(len(pages) > 1)
        self.previous.setEnabled(self._page > 0)
        self.next.setEnabled(self._page + 1 < len(pages))
        text = self.tr("Page {page} of {pages}")
        self._number.setText(text.format(page=self._page + 1, pages=len(pages)))
        if not pages:
            for view in self.views:
                view.show_image(None, "")
            self.views[1].show_image(None, self.tr("Pages that are held back appear here."))
            return
        for view, image in zip(self.views, self._rows[self.modes.value, pages[self._page]],
                               strict=True):  # fmt: skip
            view.show_image(None if image.isNull() else image)

    def _turner(self, name: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("arrow-right" if by > 0 else "arrow-left"))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setProperty("flat", True)
        button.setProperty("small", True)
        button.clicked.connect(lambda: self._turn(by))
        return button

    def _lay_out(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(12)
        for view in self.views:
            pictures.addWidget(view, 1)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.modes)
        bar.addStretch(1)
        for widget in (self.previous, self._number, self.next):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addLayout(pictures, 1)


def _image(path: Path) -> QImage:
    """A picture of a run, 256 pixels long: read at once. A null image where it has gone."""
    return QImage(str(path))
