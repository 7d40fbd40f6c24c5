"""The pictures of the folder in view, as Qt's views want them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from colorstudio.core.failures import printable
from colorstudio.ui.icons import plain_tooltip
from colorstudio.ui.wording import name_of

PATH_ROLE = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()


class PictureListModel(QAbstractListModel):
    """One row per picture, in the order of the scan."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
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
        """The thumbnails of these pictures have arrived."""
        for path in paths:
            row = self._rows.get(path)
            if row is not None:
                self.dataChanged.emit(
                    self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole]
                )

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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return name_of(path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(printable(str(path)))
        return path if role == PATH_ROLE else None
