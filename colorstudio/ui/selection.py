"""Questions about what is selected that stay cheap where ten thousand rows are."""

from PySide6.QtWidgets import QAbstractItemView


def only_selected_row(view: QAbstractItemView) -> int | None:
    """The selected row if exactly one is."""
    selection = view.selectionModel().selection()
    if selection.count() != 1:
        return None
    rows = selection.at(0)
    return rows.top() if rows.top() == rows.bottom() else None


def selected_rows(view: QAbstractItemView) -> list[int]:
    """All selected rows, from top to bottom."""
    return sorted(index.row() for index in view.selectionModel().selectedIndexes())
