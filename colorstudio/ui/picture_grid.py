"""Thumbnails in a grid, and what can be done with those that are selected."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu, QWidget

from colorstudio.ui.icons import icon
from colorstudio.ui.picture_delegate import PictureDelegate
from colorstudio.ui.picture_list_model import PictureListModel
from colorstudio.ui.selection import only_selected_row, selected_rows
from colorstudio.ui.steady_list import SteadyListView
from colorstudio.ui.thumbnails import Thumbnails
from colorstudio.ui.wording import pictures

if TYPE_CHECKING:
    from colorstudio.core.hints import HintSet


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
        self.setAccessibleName(self.tr("Pictures"))

    @property
    def chosen(self) -> list[Path]:
        """The selected pictures, in the order of the list."""
        return [self._pictures.path_at(row) for row in selected_rows(self)]

    @property
    def chosen_one(self) -> Path | None:
        """The selected picture if exactly one is."""
        row = only_selected_row(self)
        return None if row is None else self._pictures.path_at(row)

    def set_hints_to_give(self, hints: "HintSet") -> None:
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
        only = QAction(
            icon("brush"), self.tr("Queue only {pictures}").format(pictures=number), menu
        )
        only.triggered.connect(lambda: self.only_wanted.emit(chosen))
        words = self.tr("Add {pictures} to the queue").format(pictures=number)
        add = QAction(icon("picture-add"), words, menu)
        add.triggered.connect(lambda: self.adding_wanted.emit(chosen))
        words = self.tr("Copy the hints in view to {pictures}").format(pictures=number)
        copy = QAction(icon("tool-dot"), words, menu)
        copy.setEnabled(self._hints_to_give)
        copy.triggered.connect(lambda: self.hints_wanted.emit(chosen))
        menu.addActions([only, add, copy])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
        return menu
