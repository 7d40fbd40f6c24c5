"""Undo and redo, without limit, for each picture: one list of changes a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

T = TypeVar("T")


class Change(QUndoCommand, Generic[T]):
    """From one value to another and back; `apply` makes a value hold.

    flowing: "" for a change of its own; changes in a row of the same flowing name, such as those
    of a slider on its way, are one.
    """

    def __init__(
        self, words: str, apply: Callable[[T], None], before: T, after: T, *, flowing: str = ""
    ) -> None:
        super().__init__(words)
        self._apply, self._before, self._after = apply, before, after
        self._flowing = flowing

    def redo(self) -> None:
        """Make the change, for the first time or again."""
        self._apply(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._apply(self._before)

    def id(self) -> int:
        """Qt asks only changes of one id to join; -1 never joins."""
        return 1 if self._flowing else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the next change of the same flow in."""
        if not isinstance(other, Change) or other._flowing != self._flowing:
            return False
        self._after = other._after
        return True


class History(QObject):
    """The lists of changes; the one of the picture in view is undone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.group = QUndoGroup(self)
        self._stacks: dict[Path | None, QUndoStack] = {}

    def look_at(self, picture: Path | None) -> None:
        """Undo and redo concern that picture from now on."""
        self.group.setActiveStack(self._stack(picture))

    def do(self, change: Change[T], picture: Path | None) -> None:
        """Make a change, and remember it with that picture."""
        self._stack(picture).push(change)

    def undo(self) -> None:
        """Take the latest change to the picture in view back."""
        self.group.undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self.group.redo()

    def _stack(self, picture: Path | None) -> QUndoStack:
        if picture not in self._stacks:
            self._stacks[picture] = QUndoStack(self.group)
        return self._stacks[picture]
