"""The folder browser: where one is, the folders below, the pictures in the one chosen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.failures import printable
from colorstudio.core.hints import HintSet
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.folder_tree_model import FolderTreeModel
from colorstudio.ui.icons import icon, plain_tooltip
from colorstudio.ui.picture_delegate import PictureDelegate
from colorstudio.ui.picture_list_model import PictureListModel
from colorstudio.ui.selection import only_selected_row, selected_rows
from colorstudio.ui.steady_list import SteadyListView
from colorstudio.ui.thumbnails import Thumbnails
from colorstudio.ui.wording import pictures

PORTION = 2000  # pictures that are handed to the list at once


class PictureGrid(SteadyListView):
    """Thumbnails in a grid that costs the same for ten pictures and ten thousand."""

    only_wanted = Signal(object)  # list of Path
    adding_wanted = Signal(object)  # list of Path
    hints_wanted = Signal(object)  # list of Path: they are to get those of the picture in view

    def __init__(self, model: PictureListModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._pictures = model
        self._hints_to_give = False
        self._delegate = PictureDelegate(thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # The list mode with wrapping lays out by arithmetic; the icon mode keeps a search tree.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(40)
        self.setAccessibleName("Pictures")

    @property
    def chosen(self) -> list[Path]:
        """The selected pictures, in the order of the list."""
        return [self._pictures.path_at(row) for row in selected_rows(self)]

    def set_hints_to_give(self, hints: HintSet) -> None:
        """The picture in view has these hints."""
        self._hints_to_give = bool(hints)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards fill the new width."""
        if self._delegate.share_width(self.viewport().width() - 1):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected pictures."""
        if self.selectionModel().hasSelection():
            self.offer_menu(event.globalPos())

    def offer_menu(self, place: QPoint) -> QMenu:
        """Open the menu for the selected pictures at a place of the screen."""
        chosen = self.chosen
        menu = QMenu(self)
        number = pictures(len(chosen))
        only = QAction(icon("brush"), f"Queue only {number}", menu)
        only.triggered.connect(lambda: self.only_wanted.emit(chosen))
        add = QAction(icon("picture-add"), f"Add {number} to the queue", menu)
        add.triggered.connect(lambda: self.adding_wanted.emit(chosen))
        words = self.tr("Copy the hints in view to {pictures}").format(pictures=number)
        copy = QAction(icon("tool-dot"), words, menu)
        copy.setEnabled(self._hints_to_give)
        copy.triggered.connect(lambda: self.hints_wanted.emit(chosen))
        menu.addActions([only, add, copy])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
        return menu


class FolderPanel(QWidget):
    """Shows a folder's tree and pictures and says what the artist picks; it opens nothing."""

    folder_chosen = Signal(object)  # Path
    picture_chosen = Signal(object)  # Path
    recursive_changed = Signal(bool)

    def __init__(
        self, thumbnails: Thumbnails, errands: ErrandThread, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pictures = PictureListModel(self)
        self.folders = FolderTreeModel(errands, self)
        self.grid = PictureGrid(self.pictures, thumbnails, self)
        self.tree = self._make_tree()
        self._rest: list[Path] = []
        self._quiet = False  # the selection is being changed by the window, not by the artist
        self._portions = QTimer(self)
        self._portions.setInterval(0)
        self._portions.timeout.connect(self._add_portion)
        self._place = ElidedLabel(self, Qt.TextElideMode.ElideLeft)
        self._place.setProperty("tone", "muted")
        self._count = QLabel(self)
        self._count.setProperty("tone", "title")
        self.up_button = self._make_up_button()
        self.recursive = QCheckBox("Sub-folders", self)
        self.recursive.setToolTip("Show and colour the pictures in folders below as well")
        self._lay_out()
        self._connect()
        thumbnails.arrived.connect(self.pictures.repaint)

    # --- what is shown -------------------------------------------------------------------------

    def show_place(self, folder: Path | None, *, new_root: bool) -> None:
        """That folder is being opened; pictures follow. None: pictures from several places."""
        self._place.show_text("" if folder is None else printable(str(folder)))
        self._place.setToolTip("" if folder is None else plain_tooltip(printable(str(folder))))
        self.up_button.setEnabled(folder is not None and folder.parent != folder)
        self._count.setText("Looking…")
        self.tree.setVisible(folder is not None)
        if folder is not None and (new_root or self.folders.root is None):
            self.folders.open_root(folder)
            self.tree.expand(self.folders.index(0, 0))
        self._mark(folder)

    def show_pictures(self, paths: Sequence[Path]) -> None:
        """List these, in portions, so that the window stays free."""
        self.pictures.show_pictures(paths[:PORTION])
        self._rest = list(paths[PORTION:])
        self._count.setText(pictures(len(paths)))
        if self._rest:
            self._portions.start()

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
        row = only_selected_row(self.grid)
        if row is not None and not selected.isEmpty() and not self._quiet:
            self.picture_chosen.emit(self.pictures.path_at(row))

    def _go_up(self) -> None:
        root = self.folders.root
        if root is not None:
            self.folders.open_root(root.parent)
            self.tree.expand(self.folders.index(0, 0))
            self.folder_chosen.emit(root.parent)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self.folders)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIconSize(QSize(18, 18))
        tree.setIndentation(16)
        tree.setMinimumHeight(64)
        tree.setAccessibleName("Folders")
        return tree

    def _make_up_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon("folder-up"))
        button.setIconSize(QSize(18, 18))
        button.setToolTip("Open the folder above")
        button.setAccessibleName("Open the folder above")
        button.setProperty("flat", True)
        button.setProperty("small", True)
        return button

    def _connect(self) -> None:
        self.tree.clicked.connect(self._folder_clicked)
        self.tree.activated.connect(self._folder_clicked)
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        self.up_button.clicked.connect(self._go_up)
        self.recursive.toggled.connect(self.recursive_changed)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setContentsMargins(12, 8, 8, 8)
        place.addWidget(self._place, 1)
        place.addWidget(self.up_button)
        counts = QWidget(self)
        counts.setProperty("panel", True)
        counts.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(counts)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._count, 1)
        row.addWidget(self.recursive)
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(counts)
        below.addWidget(self.grid, 1)
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
