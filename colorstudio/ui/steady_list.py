"""A list view whose rows keep their places when their contents change."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QListView, QWidget

MANY = 500  # rows that change their selection at once


class SteadyListView(QListView):
    """Repaints changed rows without laying all rows out again.

    Qt's own answer to a changed row is a new layout, which asks the model some ten thousand
    questions where it has ten thousand rows; ours are all of one size.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Paint what is visible."""
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Qt works out the region of every row concerned: too much where all of them are."""
        if _extent(selected) + _extent(deselected) > MANY:
            self.viewport().update()
        else:
            super().selectionChanged(selected, deselected)


def _extent(selection: QItemSelection) -> int:
    return sum(selection.at(number).height() for number in range(selection.count()))
