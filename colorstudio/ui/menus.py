"""The menu bar, built from rows: everything the window can do has a place and, mostly, a key."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from colorstudio.core.failures import printable
from colorstudio.ui.icons import icon


@dataclass(frozen=True, slots=True)
class MenuRow:
    """One entry. key: a shortcut; shown_key: one that another part of the window listens to."""

    name: str
    words: str
    act: Callable[[], object]
    key: str = ""
    shown_key: str = ""
    icon: str = ""
    group: bool = False  # a line parts it from those above


class Menus(QObject):
    """The menus by name, and every action by name; others may add their own."""

    recent_wanted = Signal(object)  # Path

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        bar = window.menuBar()
        self.file = bar.addMenu(self.tr("&File"))
        self.edit = bar.addMenu(self.tr("&Edit"))
        self.view = bar.addMenu(self.tr("&View"))
        self.batch = bar.addMenu(self.tr("&Batch"))
        self.styles = bar.addMenu(self.tr("&Styles"))
        self.help = bar.addMenu(self.tr("&Help"))
        self.recent = QMenu(self.tr("Open recent"), window)
        self.actions: dict[str, QAction] = {}

    def fill(self, menu: QMenu, rows: Sequence[MenuRow]) -> None:
        """Add these rows at the end of a menu."""
        for row in rows:
            if row.group:
                menu.addSeparator()
            action = menu.addAction(row.words)
            if row.icon:
                action.setIcon(icon(row.icon))
            if row.key:
                action.setShortcut(QKeySequence(row.key))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            elif row.shown_key:
                action.setText(f"{row.words}\t{row.shown_key}")
            action.triggered.connect(lambda _=False, act=row.act: act())
            self.actions[row.name] = action

    def choose(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        act: Callable[[str], object],
        menu: QMenu,
    ) -> QActionGroup:
        """Add a sub-menu of which one entry is on; choices: value and words."""
        inner = menu.addMenu(title)
        group = QActionGroup(inner)
        for value, words in choices:
            action = inner.addAction(words)
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
        group.actions()[0].setChecked(True)
        group.triggered.connect(lambda action: act(action.data()))
        return group

    def show_recent(self, folders: Sequence[str]) -> None:
        """List the folders that were opened last."""
        self.recent.clear()
        self.recent.setEnabled(bool(folders))
        for name in folders:
            words = printable(name).replace("&", "&&")
            action = self.recent.addAction(words)
            action.triggered.connect(lambda _=False, name=name: self.recent_wanted.emit(Path(name)))

    def shortcuts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each menu's title with its entries that have keys: key and words."""
        found = []
        for menu in (self.file, self.edit, self.view, self.batch, self.styles, self.help):
            rows = [pair for action in menu.actions() if (pair := key_of(action))[0]]
            found.append((_plain(menu.title()), rows))
        return found


def key_of(action: QAction) -> tuple[str, str]:
    """The key of an entry, "" for none, and its words without what is for menus only."""
    words, _, shown = action.text().partition("\t")
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) or shown
    return key, _plain(words).rstrip("…")


def _plain(words: str) -> str:
    """Words without the letter to press, which stands behind them in some languages: `(&F)`."""
    return re.sub(r"\(&\w\)|&", "", words)
