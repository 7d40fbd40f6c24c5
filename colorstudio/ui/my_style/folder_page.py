"""First page: which pictures to learn from, and whether they are enough."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.failures import printable
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.icons import icon, plain_tooltip
from colorstudio.ui.my_style import words
from colorstudio.ui.my_style.journal import Unfinished
from colorstudio.ui.my_style.news import FolderNews
from colorstudio.ui.my_style.training_run import FolderLook
from colorstudio.ui.thumbnails import Thumbnails
from colorstudio.ui.wording import name_of

MOST_SHOWN = 60  # thumbnails: enough to see what kind of folder it is
_SIDE = 104
_ROW, _MOST_HEIGHT = 24, 128
_PATH = int(Qt.ItemDataRole.UserRole)


class FolderPage(QWidget):
    """Shows a FolderLook; `folder_wanted` asks for another folder."""

    folder_wanted = Signal()
    go_on_wanted = Signal(object)  # Unfinished
    throwing_wanted = Signal(object)  # Unfinished

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._shown: FolderNews | None = None
        self.choose_button = QPushButton(icon("folder-open"), self.tr("Choose folder…"), self)
        self.choose_button.clicked.connect(self.folder_wanted)
        self._path = ElidedLabel(self)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._title = _label("large", self)
        self._enough = _label("", self)
        self._mixed = _label("warning", self)
        self._left_out = _label("muted", self)
        self.pictures = QListWidget(self)
        self.left_out_list = QListWidget(self)
        self._drop_place = QLabel(self.tr("… or drop the folder here"), self)
        self._drop_place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop_place.setProperty("drop", True)
        self._unfinished = QVBoxLayout()
        self._prepare_lists()
        self._lay_out()
        thumbnails.arrived.connect(self._thumbnails_arrived)
        self.show_look(None)

    def show_look(self, look: FolderLook | None) -> None:
        """Show what is known of a folder so far."""
        news = None if look is None else look.news
        self._path.show_text("" if look is None else printable(str(look.folder)))
        done, total = (0, 0) if look is None else look.decoded
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setVisible(look is not None and not look.ended)
        self._title.setText(self._headline(look))
        known = news is not None and news.used > 0
        self._enough.setText(words.enough_line(news) if news and known else "")
        self._enough.setProperty("tone", "warning" if news and news.small else "")
        self._enough.style().polish(self._enough)
        self._mixed.setVisible(news is not None and news.mixed)
        self._mixed.setText(words.mixed_line())
        self._drop_place.setVisible(not known)  # another one, where this is of no use
        if news is not self._shown or news is None:
            self._shown = news
            self._fill(news)
        if look is None:
            self._enough.setText(
                self.tr(
                    "Finished, coloured pages of one book, series or palette: 10 to 30 are best. "
                    "Sub-folders count. Your pictures stay on this computer and are never changed."
                )
            )

    def show_unfinished(self, entries: Sequence[Unfinished]) -> None:
        """Offer trainings that were begun and not ended."""
        while (row := self._unfinished.takeAt(0)) is not None:
            if (widget := row.widget()) is not None:
                widget.deleteLater()
        for entry in reversed(entries):
            self._unfinished.addWidget(self._unfinished_row(entry))

    def _headline(self, look: FolderLook | None) -> str:
        if look is None:
            return self.tr("Which pictures shall it learn from?")
        if look.failure is not None:
            return self.tr("This folder can't be used")
        if look.news is None:
            done, total = look.decoded
            if not total:
                return self.tr("Looking at the folder…")
            text = self.tr("Looking at picture {done} of {total}…")
            return text.format(done=min(done + 1, total), total=total)
        if not look.news.used:
            return self.tr("No picture here can be used")
        return words.used_line(look.news)

    def _fill(self, news: FolderNews | None) -> None:
        self.pictures.clear()
        self.left_out_list.clear()
        self.pictures.setVisible(news is not None and news.used > 0)
        left = () if news is None else news.left_out
        self.left_out_list.setVisible(bool(left))
        self._left_out.setVisible(bool(left))
        if news is None:
            return
        self._left_out.setText(words.left_out_line(news))
        for path in _spread(news.paths, MOST_SHOWN):
            self._add_picture(path)
        self.left_out_list.setFixedHeight(min(len(left) * _ROW + 8, _MOST_HEIGHT))
        for row in left:
            text = words.left_out_reason(name_of(row.path), row.reason)
            entry = QListWidgetItem(text, self.left_out_list)
            entry.setToolTip(plain_tooltip(printable(str(row.path))))
            entry.setSizeHint(QSize(100, _ROW))

    def _add_picture(self, path: Path) -> None:
        entry = QListWidgetItem(self.pictures)
        entry.setData(_PATH, path)
        entry.setToolTip(plain_tooltip(printable(str(path))))
        entry.setSizeHint(QSize(_SIDE + 12, _SIDE + 12))
        entry.setData(int(Qt.ItemDataRole.AccessibleTextRole), name_of(path))
        self._take_thumbnail(entry, path)

    def _take_thumbnail(self, entry: QListWidgetItem, path: Path) -> None:
        pixmap = self._thumbnails.get(path, self.devicePixelRatioF())
        if pixmap is not None:
            entry.setIcon(QIcon(pixmap))

    def _thumbnails_arrived(self, paths: set[Path]) -> None:
        for row in range(self.pictures.count()):
            entry = self.pictures.item(row)
            path = entry.data(_PATH)
            if path in paths:
                self._take_thumbnail(entry, path)

    def _unfinished_row(self, entry: Unfinished) -> QWidget:
        box = QFrame(self)
        box.setProperty("panel", True)
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 6, 8, 6)
        text = QLabel(words.unfinished_line(entry.order.name, entry.share), box)
        text.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(text, 1)
        going = QPushButton(self.tr("Continue"), box)
        going.clicked.connect(lambda: self.go_on_wanted.emit(entry))
        throwing = QPushButton(self.tr("Throw away"), box)
        throwing.setProperty("flat", True)
        throwing.clicked.connect(lambda: self.throwing_wanted.emit(entry))
        for button in (throwing, going):
            button.setProperty("small", True)
            row.addWidget(button)
        return box

    def _prepare_lists(self) -> None:
        self.pictures.setViewMode(QListView.ViewMode.IconMode)
        self.pictures.setIconSize(QSize(_SIDE, _SIDE))
        self.pictures.setResizeMode(QListView.ResizeMode.Adjust)
        self.pictures.setMovement(QListView.Movement.Static)
        self.pictures.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.pictures.setUniformItemSizes(True)
        self.pictures.setGridSize(QSize(_SIDE + 16, _SIDE + 16))
        self.pictures.setAccessibleName(self.tr("Pictures that are used"))
        self.left_out_list.setAccessibleName(self.tr("Pictures that are left out"))
        self.left_out_list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.left_out_list.setUniformItemSizes(True)

    def _lay_out(self) -> None:
        choosing = QHBoxLayout()
        choosing.setSpacing(12)
        choosing.addWidget(self.choose_button)
        choosing.addWidget(self._path, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._unfinished.setSpacing(6)
        column.addLayout(self._unfinished)
        column.addWidget(self._title)
        column.addWidget(self._enough)
        column.addWidget(self._mixed)
        column.addSpacing(4)
        column.addLayout(choosing)
        column.addWidget(self._progress)
        column.addWidget(self._drop_place, 1)
        column.addWidget(self.pictures, 1)
        column.addWidget(self._left_out)
        column.addWidget(self.left_out_list)


def _spread(paths: Sequence[Path], most: int) -> list[Path]:
    """At most so many, from everywhere in the folder."""
    if len(paths) <= most:
        return list(paths)
    return [paths[number * len(paths) // most] for number in range(most)]


def _label(tone: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    return label
