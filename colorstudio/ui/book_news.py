"""What becomes of books in a batch, told where there is something to tell."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from colorstudio.core.failures import Failure, FailureKind, worded
from colorstudio.jobs.job import JobState
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.planner import Planner
from colorstudio.ui.wording import name_of, named

if TYPE_CHECKING:
    from colorstudio.jobs.books import Book
    from colorstudio.jobs.packing import BookUpdate


class BookNews(QObject):
    """Tells of books that could not be made, and has their pages wait to be packed again."""

    told = Signal(object)  # Failure
    settled = Signal(object)  # Failure that was told, and is true no more

    def __init__(self, desk: BatchDesk, planner: Planner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._planner = planner
        self._not_made: dict[Book, Failure] = {}
        self.failure: Failure | None = None  # why a book of this batch is still to be made
        desk.book_ended.connect(self._take)
        desk.ended.connect(self._batch_ended, Qt.ConnectionType.QueuedConnection)

    def _take(self, update: "BookUpdate") -> None:
        if (settled := self._not_made.pop(update.book, None)) is not None:
            self.settled.emit(settled)
        failure = failure_of(update)
        if update.state is JobState.FAILED and failure is not None:
            self._not_made[update.book] = failure
            self.failure = self.failure or failure
        if failure is not None:
            self.told.emit(failure)

    def _batch_ended(self) -> None:
        if self.failure is not None:
            self.failure = None
            self._planner.plan_anew()


def failure_of(update: "BookUpdate") -> Failure | None:
    """What an artist has to know of the end of a book; None where all is well."""
    if update.failure is not None:
        return named(update.book.source, update.failure)
    if update.lost:
        sentence = worded(
            "“{name}” is damaged: the new book lacks {count} of its files, which could not be got "
            "out.",
            name=name_of(update.book.source),
            count=update.lost,
        )
        return Failure(FailureKind.DAMAGED, sentence)
    return None
