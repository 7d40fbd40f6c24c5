"""What is dragged in from elsewhere: files and folders of this computer, always as copies."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent


def take_copy(event: QDropEvent) -> None:
    """Take what is dragged, but never as a move: its source would then delete the originals."""
    event.setDropAction(Qt.DropAction.CopyAction)  # has no effect where only a move is offered
    event.setAccepted(event.dropAction() != Qt.DropAction.MoveAction)


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders of a drop; addresses of other places are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
