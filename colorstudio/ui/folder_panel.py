"""The folder browser: where one is, the folders below, the pictures in the one chosen."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.books import is_book
from colorstudio.core.failures import printable
from colorstudio.ui.browse_bar import BrowseBar, SelectionBar
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.folder_tree_model import FolderTreeModel
from colorstudio.ui.icons import icon, plain_tooltip
from colorstudio.ui.picture_grid import PictureGrid
from colorstudio.ui.picture_list_model import PictureListModel
from colorstudio.ui.selection import only_selected_row
from colorstudio.ui.shelf import FileFacts, Mark, PictureState, Shelf, Sorting
from colorstudio.ui.thumbnails import Thumbnails
from colorstudio.ui.wording import pictures

PORTION = 2000  # pictures that are handed to the list at once
_REFILTER = 250  # milliseconds


class FolderPanel(QWidget):
    """Shows a folder's tree and pictures and says what the artist picks; it opens nothing."""

    folder_chosen = Signal(object)  # Path
    picture_chosen = Signal(object)  # Path
    recursive_changed = Signal(bool)

    def __init__(
        self, thumbnails: Thumbnails, errands: ErrandThread, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.shelf = Shelf()
        self.pictures = PictureListModel(self.shelf, self)
        self.bar = BrowseBar(self)
        self.selection = SelectionBar(self)
        self.folders = FolderTreeModel(errands, self)
        self.grid = PictureGrid(self.pictures, thumbnails, self)
        self.tree = self._make_tree()
        self._rest: list[Path] = []
        self._folder: Path | None = None  # in view
        self._quiet = False  # the selection is being changed by the window, not by the artist
        self._portions = QTimer(self)
        self._portions.setInterval(0)
        self._portions.timeout.connect(self._add_portion)
        self._refilter = QTimer(self)  # a batch ends many pictures one after the other
        self._refilter.setSingleShot(True)
        self._refilter.setInterval(_REFILTER)
        self._refilter.timeout.connect(self._present)
        self._place = ElidedLabel(self, Qt.TextElideMode.ElideLeft)
        self._place.setProperty("tone", "muted")
        self._count = QLabel(self)
        self._count.setProperty("tone", "title")
        self.up_button = self._make_up_button()
        self.recursive = QCheckBox(self.tr("Sub-folders"), self)
        self.recursive.setToolTip(self.tr("Show and colour the pictures in folders below as well"))
        self._lay_out()
        self._connect()
        thumbnails.arrived.connect(self.pictures.repaint)

    # --- what is shown -------------------------------------------------------------------------

    def show_place(self, folder: Path | None, *, new_root: bool) -> None:
        """That folder is being opened; pictures follow. None: pictures from several places."""
        self._folder = folder
        self._place.show_text("" if folder is None else printable(str(folder)))
        self._place.setToolTip("" if folder is None else plain_tooltip(printable(str(folder))))
        self.up_button.setEnabled(folder is not None and folder.parent != folder)
        self._count.setText(self.tr("Looking…"))
        self.tree.setVisible(folder is not None)
        if folder is not None and (new_root or self.folders.root is None):
            self.folders.open_root(folder.parent if is_book(folder) else folder)
            self.tree.expand(self.folders.index(0, 0))
        self._mark(folder)

    def show_pictures(
        self,
        paths: Sequence[Path],
        facts: Mapping[Path, FileFacts] | None = None,
        done: Collection[Path] = frozenset(),
        stale: frozenset[Path] = frozenset(),
    ) -> None:
        """List these, in natural order; done: those that have results on the disk, stale: those
        whose results are out of date.

        Rows that are there already stay where they are, selected or not.
        """
        self.shelf.put(paths, facts, done, stale)
        self._present()
        self.pictures.repaint_all()

    def mark(self, marks: Mapping[Path, Mark]) -> None:
        """The queue says how far these have come."""
        self.shelf.tell(marks)
        self.pictures.repaint(marks)
        if self.shelf.wanted is not None and not self._refilter.isActive():
            self._refilter.start()

    def show_only(self, state: PictureState | None) -> None:
        """Show the pictures that have come so far; None: all."""
        self.shelf.wanted = state
        self.bar.wanted.setCurrentIndex(self.bar.wanted.findData(state))
        self._present()

    def sort_by(self, sorting: Sorting) -> None:
        """Show the pictures in that order."""
        self.shelf.sorting = sorting
        self.bar.sorting.setCurrentIndex(self.bar.sorting.findData(sorting))
        self._present()

    def show_nothing(self, reason: str) -> None:
        """No pictures here, and why."""
        self.show_pictures([])
        self._count.setText(reason)

    @property
    def shown(self) -> tuple[Path, ...]:
        """Every picture that is listed or about to be."""
        return (*self.pictures.paths, *self._rest)

    @property
    def place(self) -> str:
        """The folder in view, as shown."""
        return self._place.whole_text

    def select(self, path: Path) -> None:
        """Mark a picture and scroll to it, without telling anyone."""
        index = self.pictures.index_of(path)
        if index.isValid() and not self.grid.selectionModel().isSelected(index):
            self._quiet = True
            self.grid.setCurrentIndex(index)
            self._quiet = False

    # --- inner workings ------------------------------------------------------------------------

    def _present(self) -> None:
        visible = self.shelf.visible()
        if self._rest or not self.pictures.follow(visible):
            chosen = self.grid.chosen_one
            self.pictures.show_pictures(visible[:PORTION])
            self._rest = visible[PORTION:]
            if self._rest:
                self._portions.start()
            if chosen is not None:
                self.select(chosen)
        self._show_count(len(visible))

    def _show_count(self, visible: int) -> None:
        total = self.shelf.total
        if visible == total:
            self._count.setText(pictures(total))
        else:
            words = self.tr("{shown} of {total}")
            self._count.setText(words.format(shown=f"{visible:,}", total=f"{total:,}"))

    def _add_portion(self) -> None:
        portion, self._rest = self._rest[:PORTION], self._rest[PORTION:]
        self.pictures.append(portion)
        if not self._rest:
            self._portions.stop()

    def _mark(self, folder: Path | None) -> None:
        index = QModelIndex() if folder is None else self.folders.index_of(folder)
        if index.isValid() and self.tree.currentIndex() != index:
            self.tree.setCurrentIndex(index)

    def _folder_clicked(self, index: QModelIndex) -> None:
        self.folder_chosen.emit(self.folders.path_of(index))

    def _selection_changed(self, selected: QItemSelection, _: QItemSelection) -> None:
        self._count_selected()
        row = only_selected_row(self.grid)
        if row is not None and not selected.isEmpty() and not self._quiet:
            self.picture_chosen.emit(self.pictures.path_at(row))

    def _count_selected(self) -> None:
        selection = self.grid.selectionModel().selection()
        self.selection.show_number(sum(selection.at(n).height() for n in range(selection.count())))

    def _go_up(self) -> None:
        if self._folder is None:
            return
        above = self._folder.parent
        if not self.folders.index_of(above).isValid():
            self.folders.open_root(above)
            self.tree.expand(self.folders.index(0, 0))
        self.folder_chosen.emit(above)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self.folders)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIconSize(QSize(18, 18))
        tree.setIndentation(16)
        tree.setMinimumHeight(64)
        tree.setAccessibleName(self.tr("Folders"))
        return tree

    def _make_up_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("folder-up"))
        button.setIconSize(QSize(18, 18))
        button.setToolTip(self.tr("Open the folder above"))
        button.setAccessibleName(self.tr("Open the folder above"))
        button.setProperty("flat", True)
        button.setProperty("small", True)
        return button

    def _connect(self) -> None:
        self.tree.clicked.connect(self._folder_clicked)
        self.tree.activated.connect(self._folder_clicked)
        self.folders.listed.connect(lambda _: self._mark(self._folder))
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        self.up_button.clicked.connect(self._go_up)
        self.recursive.toggled.connect(self.recursive_changed)
        self.bar.wanted_changed.connect(self.show_only)
        self.bar.sorting_changed.connect(self.sort_by)
        self.pictures.modelReset.connect(self._count_selected)
        self.selection.only_wanted.connect(lambda: self.grid.only_wanted.emit(self.grid.chosen))
        self.selection.adding_wanted.connect(lambda: self.grid.adding_wanted.emit(self.grid.chosen))

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setContentsMargins(12, 8, 8, 8)
        place.addWidget(self._place, 1)
        place.addWidget(self.up_button)
        counts = QWidget(self)
        counts.setProperty("panel", True)
        counts.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(counts)
        grid.setContentsMargins(12, 4, 8, 8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._count, 0, 0)
        grid.addWidget(self.recursive, 0, 1)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(counts)
        below.addWidget(self.grid, 1)
        below.addWidget(self.selection)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.tree)
        splitter.addWidget(lower)
        splitter.setSizes([130, 600])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(place)
        column.addWidget(splitter, 1)
