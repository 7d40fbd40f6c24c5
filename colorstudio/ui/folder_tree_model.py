"""The tree of folders below the one that was opened, listed lazily away from the UI thread."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.failures import Failure, printable
from colorstudio.core.hints import FOLDER_SUFFIX
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.icons import icon, plain_tooltip
from colorstudio.ui.wording import name_of

_LOOKED_AT = 300  # entries of a folder that are looked at to find out if it has folders
_NOWHERE = QModelIndex()


@dataclass(slots=True, eq=False)
class _Node:
    path: Path
    parent: "_Node | None"
    row: int
    has_folders: bool = True
    children: "list[_Node] | None" = field(default=None)  # None: not listed yet
    asked: bool = False


class FolderTreeModel(QAbstractItemModel):
    """One root, the opened folder; below it only folders, and books, which are folders of pages."""

    listed = Signal(object)  # Path whose folders have arrived

    def __init__(self, errands: ErrandThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = errands
        self._root: _Node | None = None
        self._nodes: dict[int, _Node] = {}

    def open_root(self, path: Path) -> None:
        """Show that folder as the only root and list what is in it."""
        self.beginResetModel()
        self._nodes = {}
        self._root = self._remember(_Node(path, None, 0))
        self.endResetModel()
        self.fetchMore(self.index(0, 0))

    @property
    def root(self) -> Path | None:
        """The opened folder."""
        return self._root.path if self._root else None

    def path_of(self, index: QModelIndex | QPersistentModelIndex) -> Path:
        """The folder of a row."""
        return self._nodes[index.internalId()].path

    def index_of(self, path: Path) -> QModelIndex:
        """Where a folder is; invalid if it is not (yet) listed."""
        node = next((node for node in self._nodes.values() if node.path == path), None)
        return QModelIndex() if node is None else self._index(node)

    # --- as Qt asks ----------------------------------------------------------------------------

    def index(
        self, row: int, column: int, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> QModelIndex:
        """The index of a child."""
        rows = self._children(parent)
        return self._index(rows[row]) if column == 0 and 0 <= row < len(rows) else QModelIndex()

    def parent(self, index: QModelIndex | QPersistentModelIndex = _NOWHERE) -> Any:
        """The index of the folder above; without an index, the object that owns the model."""
        node = self._nodes.get(index.internalId()) if index.isValid() else None
        if node is None or node.parent is None:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many folders are listed below."""
        return len(self._children(parent))

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Names only."""
        return 1

    def hasChildren(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> bool:
        """Known before the folder is opened, so that the arrow tells the truth."""
        if not parent.isValid():
            return self._root is not None
        node = self._nodes[parent.internalId()]
        return node.has_folders if node.children is None else bool(node.children)

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """True for a folder that was never listed."""
        return parent.isValid() and not self._nodes[parent.internalId()].asked

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:
        """List a folder; its rows come later."""
        node = self._nodes[parent.internalId()]
        node.asked = True
        self._errands.ask(
            f"folders in {node.path}",
            lambda: list_folders(node.path),
            lambda found: self._take_in(node, found),
            lambda failure: self._take_in_failure(node, failure),
        )

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name, icon, tooltip."""
        if not index.isValid() or index.internalId() not in self._nodes:
            return None
        path = self._nodes[index.internalId()].path
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(path)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon("book" if path.suffix.lower() in BOOK_SUFFIXES else "folder")
        return plain_tooltip(printable(str(path))) if role == Qt.ItemDataRole.ToolTipRole else None

    # --- nodes ---------------------------------------------------------------------------------

    def _remember(self, node: _Node) -> _Node:
        self._nodes[id(node)] = node
        return node

    def _index(self, node: _Node) -> QModelIndex:
        return self.createIndex(node.row, 0, id(node))

    def _children(self, parent: QModelIndex | QPersistentModelIndex) -> list[_Node]:
        if not parent.isValid():
            return [self._root] if self._root else []
        return self._nodes[parent.internalId()].children or []

    def _take_in(self, node: _Node, found: list[tuple[Path, bool]]) -> None:
        if id(node) not in self._nodes:
            return  # another folder was opened meanwhile
        if found:
            self.beginInsertRows(self._index(node), 0, len(found) - 1)
        node.children = [
            self._remember(_Node(path, node, row, has_folders))
            for row, (path, has_folders) in enumerate(found)
        ]
        if found:
            self.endInsertRows()
        else:  # the arrow goes
            self.dataChanged.emit(self._index(node), self._index(node))
        self.listed.emit(node.path)

    def _take_in_failure(self, node: _Node, failure: Failure) -> None:
        self._take_in(node, [])  # opening the folder itself tells why nothing is in it


def list_folders(folder: Path) -> list[tuple[Path, bool]]:
    """The folders and books in a folder, in natural order, each with whether it seems to have
    some too.

    Hidden ones, and those of hints, are left out. Raises OSError.
    """
    with os.scandir(folder) as entries:
        found = [Path(entry.path) for entry in entries if _is_shown(entry)]
    found.sort(key=lambda path: _natural(path.name))
    return [(path, _has_folders(path)) for path in found]


def _has_folders(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if _is_shown(entry) or number >= _LOOKED_AT:
                    return True
    except OSError:
        pass
    return False


def _is_shown(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith(".") or _holds_hints(entry.name):
        return False
    try:
        return entry.is_dir() or _names_book(entry.name)
    except OSError:
        return False


def _names_book(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in BOOK_SUFFIXES


def _holds_hints(name: str) -> bool:
    """True for the folder beside a book that holds its pages' hints: there are no pictures."""
    return name.endswith(FOLDER_SUFFIX) and _names_book(name.removesuffix(FOLDER_SUFFIX))


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Numbers in names sort by value: page 2 before page 10."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
