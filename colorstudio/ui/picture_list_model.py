"""The pictures of the folder in view, as Qt's views want them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from colorstudio.core.failures import printable
from colorstudio.ui.icons import plain_tooltip
from colorstudio.ui.shelf import Shelf
from colorstudio.ui.wording import mark_line, name_of

PATH_ROLE = int(Qt.ItemDataRole.UserRole)
MARK_ROLE = PATH_ROLE + 1
MOST_STEPS = 48  # each makes the view lay its rows out again
_NOWHERE = QModelIndex()


class PictureListModel(QAbstractListModel):
    """One row per picture that is shown; what is known of each stands on the shelf."""

    def __init__(self, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._paths: list[Path] = []
        self._rows: dict[Path, int] = {}

    def show_pictures(self, paths: Sequence[Path]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._paths = list(paths)
        self._rows = {path: row for row, path in enumerate(self._paths)}
        self.endResetModel()

    def append(self, paths: Sequence[Path]) -> None:
        """Add rows at the end; pictures that are there already stay where they are."""
        fresh = [path for path in dict.fromkeys(paths) if path not in self._rows]
        if not fresh:
            return
        start = len(self._paths)
        self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
        self._paths.extend(fresh)
        self._rows.update({path: start + offset for offset, path in enumerate(fresh)})
        self.endInsertRows()

    def follow(self, paths: Sequence[Path]) -> bool:
        """Come to these rows by taking out, moving and putting in; selections stay.

        False, with nothing changed, where so much differs that starting anew is quicker.
        """
        if paths == self._paths:
            return True
        wanted = set(paths)
        if len(paths) > MOST_STEPS and wanted.isdisjoint(self._rows):
            return False
        gone = _runs([row for row, path in enumerate(self._paths) if path not in wanted])
        fresh = _runs([row for row, path in enumerate(paths) if path not in self._rows])
        if len(gone) + len(fresh) > MOST_STEPS:
            return False
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._paths[first : last + 1]
            self._number()
            self.endRemoveRows()
        self._arrange([path for path in paths if path in self._rows])
        for first, last in fresh:
            self.beginInsertRows(QModelIndex(), first, last)
            self._paths[first:first] = paths[first : last + 1]
            self._number()
            self.endInsertRows()
        return True

    @property
    def paths(self) -> tuple[Path, ...]:
        """All pictures, in order."""
        return tuple(self._paths)

    def path_at(self, row: int) -> Path:
        """The picture of a row."""
        return self._paths[row]

    def index_of(self, path: Path) -> QModelIndex:
        """Where a picture is; invalid if it is not listed."""
        row = self._rows.get(path)
        return QModelIndex() if row is None else self.index(row)

    def repaint(self, paths: Iterable[Path]) -> None:
        """The thumbnails of these pictures have arrived, or more is known of them."""
        rows = [self._rows[path] for path in paths if path in self._rows]
        if rows:  # one signal: the view repaints only what is visible anyway
            first, last = self.index(min(rows)), self.index(max(rows))
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.DecorationRole])

    def repaint_all(self) -> None:
        """Something may be new about any picture."""
        if self._paths:
            self.dataChanged.emit(self.index(0), self.index(len(self._paths) - 1))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._paths)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name, tooltip and path of a row."""
        if not index.isValid() or index.row() >= len(self._paths):
            return None
        path = self._paths[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(path)
        if role == PATH_ROLE:
            return path
        mark = self._shelf.mark_of(path)
        if role == MARK_ROLE:
            return mark
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name_of(path)}: {mark_line(mark)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{printable(str(path))}  ·  {mark_line(mark)}")
        return None

    def _arrange(self, paths: list[Path]) -> None:
        if paths == self._paths:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._paths[index.row()] for index in before]
        self._paths = paths
        self._number()
        self.changePersistentIndexList(before, [self.index_of(path) for path in held])
        self.layoutChanged.emit()

    def _number(self) -> None:
        self._rows = {path: row for row, path in enumerate(self._paths)}


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow each other, joined: first and last of each run."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
