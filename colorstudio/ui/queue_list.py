"""The rows of the queue: choosing among them, and dragging those that wait to another place."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.job_delegate import JobDelegate
from colorstudio.ui.job_list_model import JobRow
from colorstudio.ui.selection import only_selected_row, selected_rows
from colorstudio.ui.steady_list import SteadyListView
from colorstudio.ui.thumbnails import Thumbnails


class QueueList(SteadyListView):
    """Shows the desk's rows; waiting ones can be dragged to where they shall start."""

    def __init__(self, desk: BatchDesk, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setModel(desk.rows)
        self.delegate = JobDelegate(thumbnails, self)
        self.setItemDelegate(self.delegate)
        self.verticalScrollBar().setSingleStep(30)
        self.setAccessibleName(self.tr("Queue"))
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)

    @property
    def chosen(self) -> list[JobRow]:
        """The selected rows, in order."""
        return [self._desk.rows.rows[row] for row in selected_rows(self)]

    @property
    def chosen_one(self) -> JobRow | None:
        """The selected row if exactly one is."""
        row = only_selected_row(self)
        return None if row is None else self._desk.rows.rows[row]

    @property
    def chosen_ids(self) -> list[int]:
        """The jobs of the selected rows, in order."""
        return [row.job.id for row in self.chosen]

    def follow(self) -> None:
        """Keep the job that started last in sight, unless the artist is busy with the list."""
        if not self.underMouse() and not self.selectionModel().hasSelection():
            self.scrollTo(self._desk.rows.index_of(self._desk.started_last))

    def move_chosen(self, steps: int) -> None:
        """Move the selected rows that wait, up (negative) or down by that many places."""
        self._desk.move_by(self.chosen_ids, steps)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the selected rows."""
        steps = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}.get(event.key())
        if steps is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_chosen(steps)
        else:
            super().keyPressEvent(event)

    # --- dragging ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Rows of this list are moved; pictures from elsewhere are the window's business."""
        self._take_own(event)
        if event.isAccepted():
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would go."""
        self._take_own(event)
        if event.isAccepted():
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged rows there; the view itself is not to move anything."""
        self._take_own(event)
        if event.isAccepted():
            self._desk.move(self.chosen_ids, self.job_below(event.position().toPoint()))
            event.setDropAction(Qt.DropAction.CopyAction)  # a move ends with removing the rows
            self.setState(QListView.State.NoState)
            self.viewport().update()

    def job_below(self, place: QPoint) -> int | None:
        """The job that what is dropped at a place of the viewport goes before; None: the end."""
        index: QModelIndex = self.indexAt(place)
        if not index.isValid():
            return None
        row = index.row() + (place.y() > self.visualRect(index).center().y())
        rows = self._desk.rows.rows
        return rows[row].job.id if row < len(rows) else None

    def _take_own(self, event: QDropEvent) -> None:
        event.setAccepted(event.source() is self)
