"""The queue as Qt's views want it: one row per job, updated as the batch goes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from colorstudio.core.failures import printable
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.ui.icons import plain_tooltip
from colorstudio.ui.leak_badge import leak_line
from colorstudio.ui.namesakes import Namesakes
from colorstudio.ui.sentences import told
from colorstudio.ui.wording import job_line, name_of

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
PLACE_ROLE = ROW_ROLE + 1  # the folder of a picture, where another has its name; else ""
_NOWHERE = QModelIndex()
_DRAGGED = "application/x-colorstudio-jobs"


@dataclass(slots=True)
class JobRow:
    """A job and the latest that the window has heard of it."""

    job: Job
    update: JobUpdate

    @property
    def state(self) -> JobState:
        """Where the job stands, as far as the window knows."""
        return self.update.state


class JobListModel(QAbstractListModel):
    """Rows in the queue's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[JobRow] = []
        self._numbers: dict[int, int] = {}  # job id → row
        self._of_source: dict[Path, int] = {}
        self._namesakes = Namesakes()
        self.leaks_read = False  # for any picture so far

    @property
    def rows(self) -> Sequence[JobRow]:
        """All rows, in order."""
        return self._rows

    def add(self, jobs: Sequence[Job], done: Collection[int] = ()) -> None:
        """New jobs at the end, all of them queued but for those with ids in `done`."""
        if not jobs:
            return
        start = len(self._rows)
        self.beginInsertRows(QModelIndex(), start, start + len(jobs) - 1)
        self._rows.extend(JobRow(job, JobUpdate(job.id, _first(job.id in done))) for job in jobs)
        self._number_rows(start)
        self.endInsertRows()

    def exchange(self, jobs: Iterable[Job]) -> None:
        """Put jobs in the place of those with their ids."""
        for job in jobs:
            number = self._numbers.get(job.id)
            if number is not None:
                self._rows[number].job = job

    def keep_only(self, ids: Iterable[int]) -> None:
        """Drop every row whose job is not among these."""
        kept = set(ids)
        self.beginResetModel()
        self._rows = [row for row in self._rows if row.job.id in kept]
        self._numbers.clear()
        self._of_source.clear()
        self._namesakes.clear()
        self._number_rows(0)
        self.endResetModel()

    def arrange(self, ids: Sequence[int]) -> None:
        """Put the rows into that order, which names the job of every row once."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._rows[index.row()].job.id for index in before]
        rows = {row.job.id: row for row in self._rows}
        self._rows = [rows[job_id] for job_id in ids]
        self._number_rows(0)
        self.changePersistentIndexList(before, [self.index_of(job_id) for job_id in held])
        self.layoutChanged.emit()

    def apply(self, updates: Iterable[JobUpdate]) -> None:
        """Show what is now true of some jobs; those that are gone are passed over."""
        changed = []
        for update in updates:
            number = self._numbers.get(update.job_id)
            if number is not None:
                self._rows[number].update = update
                self.leaks_read |= update.leaks is not None
                changed.append(number)
        if changed:  # one signal: views repaint only what is visible anyway
            self.dataChanged.emit(self.index(min(changed)), self.index(max(changed)))

    def row_of(self, job_id: int) -> JobRow | None:
        """The row of a job, if it is still there."""
        number = self._numbers.get(job_id)
        return None if number is None else self._rows[number]

    def index_of(self, job_id: int) -> QModelIndex:
        """Where a job is; invalid if it is gone."""
        number = self._numbers.get(job_id)
        return QModelIndex() if number is None else self.index(number)

    def repaint(self, sources: Iterable[Path]) -> None:
        """The thumbnails of these pictures have arrived."""
        for source in sources:
            number = self._of_source.get(source)
            if number is not None:
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name, accessible text, tooltip, folder where names are alike, and the row itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(row.job.source)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            place = self._namesakes.place(row.job.source)
            name = f"{name_of(row.job.source)}, {place}" if place else name_of(row.job.source)
            words = f"{name}: {job_line(row.job, row.update)}"
            leaks = row.update.leaks
            return words if leaks is None else f"{words}. {leak_line(leaks)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(_tooltip(row))
        if role == PLACE_ROLE:
            return self._namesakes.place(row.job.source)
        return row if role == ROW_ROLE else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """What waits can be dragged to another place in the queue."""
        flags = super().flags(index)
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        waits = self._rows[index.row()].state is JobState.QUEUED
        return flags | Qt.ItemFlag.ItemIsDragEnabled if waits else flags

    def mimeTypes(self) -> list[str]:
        """Rows are dragged within their list only."""
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Says that rows are dragged; which ones, the list's selection knows."""
        data = QMimeData()
        data.setData(_DRAGGED, b"")
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def canDropMimeData(self, *_: Any) -> bool:
        """The list itself looks where the rows come from."""
        return True

    def _number_rows(self, start: int) -> None:
        for number in range(start, len(self._rows)):
            job = self._rows[number].job
            self._numbers[job.id] = number
            self._of_source[job.source] = number
        self._namesakes.add(row.job.source for row in self._rows[start:])


def _first(done: bool) -> JobState:
    return JobState.DONE if done else JobState.QUEUED


def _tooltip(row: JobRow) -> str:
    if row.update.failure is not None:
        return told(row.update.failure.sentence)
    if row.update.warnings:
        return " ".join(told(warning) for warning in row.update.warnings)
    words = printable(f"{row.job.source}  →  {row.job.place}")
    return words if row.update.leaks is None else f"{words}  ·  {leak_line(row.update.leaks)}"
