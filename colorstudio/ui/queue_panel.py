"""The queue: where results go, how far the batch is, every job with what can be done to it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.jobs.job import JobState
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.batch_progress import ProgressView
from colorstudio.ui.failure_box import FailureBox, report_of, tells_of
from colorstudio.ui.icons import icon
from colorstudio.ui.job_list_model import JobRow
from colorstudio.ui.leak_order import worst_first_button
from colorstudio.ui.output_box import OutputBox
from colorstudio.ui.queue_list import QueueList
from colorstudio.ui.session import Wishes
from colorstudio.ui.thumbnails import Thumbnails
from colorstudio.ui.wording import end_line, pictures, running_line, waiting_line

_Offer = tuple[str, str, list[int], Callable[[list[int]], None]]  # icon, words, job ids, act
_ENDINGS = (JobState.DONE, JobState.FAILED, JobState.SKIPPED, JobState.CANCELLED)
_RETRIED = (JobState.FAILED, JobState.CANCELLED)
_RESTING = tuple(state for state in JobState if state is not JobState.RUNNING)
_BAR = 1000  # steps of the overall bar
_ROOM_FOR_ALL = 560  # logical pixels of height
_LEAST_LIST = 40
_TRIED = 3  # pictures that are coloured to see if all is as wished


class QueuePanel(QWidget):
    """Shows the desk and hands the artist's wishes on."""

    picture_chosen = Signal(object)  # Path
    trial_wanted = Signal(int)  # how many pictures
    folder_wanted = Signal(object)  # Path that is to be shown in the file manager
    retry_wanted = Signal(object)  # list of job ids
    retry_failed_wanted = Signal()
    removal_wanted = Signal(object)  # list of job ids

    def __init__(
        self, desk: BatchDesk, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.list = QueueList(desk, thumbnails, self)
        self.list.setMinimumHeight(_LEAST_LIST)
        self.failure_box = FailureBox(self)
        self.output = OutputBox(self)
        self.trial_button = QPushButton(self.tr("Try {count} first").format(count=_TRIED), self)
        self.trial_button.setToolTip(
            self.tr("Colour the first {count} pictures, look at them, then go on").format(
                count=_TRIED
            )
        )
        self.worst_button = worst_first_button(desk, self)
        self._count = QLabel(self)
        self._count.setProperty("tone", "large")
        self._pace = QLabel(self)
        self._pace.setProperty("tone", "muted")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _BAR)
        self.bar.setTextVisible(False)
        keeping = self.bar.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # nothing jumps when a batch starts
        self.bar.setSizePolicy(keeping)
        self.cancel_button = QPushButton(self.tr("Cancel all"), self)
        self.retry_button = QPushButton(self.tr("Retry failed"), self)
        self.clear_button = QPushButton(self.tr("Clear finished"), self)
        self.clear_button.setToolTip(self.tr("Take pictures that have ended off the list"))
        self._nothing = QLabel(self.tr("Pictures to colour are listed here."), self)
        self._nothing.setProperty("tone", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._connect(thumbnails)
        self.refresh()

    # --- what is shown -------------------------------------------------------------------------

    def show_wishes(self, wishes: Wishes) -> None:
        """Where results go, their names, and what happens to those that are there."""
        self.output.show_wishes(wishes)

    def refresh(self) -> None:
        """Show the numbers as they are now."""
        desk, view = self._desk, self._desk.view()
        total = desk.rows.rowCount()
        self._nothing.setVisible(total == 0)
        self.list.setVisible(total > 0)
        if desk.running:
            words = self.tr("{done} of {total}")
            self._count.setText(words.format(done=f"{view.ended:,}", total=f"{view.total:,}"))
            self._pace.setText(self._pace_words(view))
            self.list.follow()
        else:
            self._show_rest(total)
        self.bar.setVisible(desk.running or (view.total > 0 and view.ended > 0 and total > 0))
        self.bar.setValue(int(view.fraction * _BAR))
        self._color_bar()
        self._enable_buttons()
        self.output.show_page(self._desk.first_original)
        self.worst_button.setVisible(desk.rows.leaks_read and total > 1)
        self._show_chosen()

    @property
    def headline(self) -> str:
        """The large line, such as "3 of 12"."""
        return self._count.text()

    @property
    def pace(self) -> str:
        """The line below: pace and time left, or how the batch ended."""
        return self._pace.text()

    @property
    def output_text(self) -> str:
        """The output folder as shown."""
        return self.output.output_text

    # --- the artist's hand ---------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is told gives way, or comes back."""
        super().resizeEvent(event)
        self._make_room(told=not self.failure_box.isHidden())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the selected rows."""
        if self.list.chosen and self.list.geometry().contains(event.pos()):
            self.offer_menu(event.globalPos())

    def offer_menu(self, place: QPoint) -> QMenu:
        """Open the menu for the selected rows at a place of the screen."""
        menu = QMenu(self)
        for number, (icon_name, words, ids, act) in enumerate(self._offers(self.list.chosen)):
            if number in (3, 5):
                menu.addSeparator()
            action = QAction(icon(icon_name), words, menu)
            action.setEnabled(bool(ids))
            action.triggered.connect(lambda _=False, act=act, ids=ids: act(ids))
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the selected rows out."""
        if event.key() == Qt.Key.Key_Delete:
            self._remove_chosen()
        else:
            super().keyPressEvent(event)

    def _offers(self, rows: list[JobRow]) -> list[_Offer]:
        def ids(fits: Callable[[JobState], bool]) -> list[int]:
            return [row.job.id for row in rows if fits(row.state)]

        return [
            ("close", self.tr("Cancel"), ids(lambda state: not state.ended), self._desk.cancel),
            ("retry", self.tr("Try again"), ids(_RETRIED.__contains__), self.retry_wanted.emit),
            ("clear", self.tr("Remove"), ids(_RESTING.__contains__), self.removal_wanted.emit),
            ("move-up", self.tr("Start first"), ids(_waits), self._start_first),
            ("move-down", self.tr("Start last"), ids(_waits), self._start_last),
            ("copy", self.tr("Copy details"), ids(bool), self._copy_details),
            ("folder-open", self.tr("Open its folder"), ids(bool)[:1], self._show_folder),
        ]

    def _start_first(self, ids: list[int]) -> None:
        first = next((r.job.id for r in self._desk.rows.rows if r.state is JobState.QUEUED), None)
        if first is None:
            return  # the last of them started while the menu was open
        if first not in ids:
            self._desk.move(ids, first)
        else:
            after = [r.job.id for r in self._desk.rows.rows if r.job.id not in ids]
            place = [r.job.id for r in self._desk.rows.rows].index(first)
            self._desk.move(ids, after[place] if place < len(after) else None)

    def _start_last(self, ids: list[int]) -> None:
        self._desk.move(ids, None)

    def _copy_details(self, ids: list[int]) -> None:
        rows = [row for row in map(self._desk.rows.row_of, ids) if row is not None]
        QGuiApplication.clipboard().setText("\n\n".join(report_of(row) for row in rows))

    def _show_folder(self, ids: list[int]) -> None:
        row = self._desk.rows.row_of(ids[0])
        if row is not None:
            self.folder_wanted.emit(row.job.original.parent)

    def _pace_words(self, view: ProgressView) -> str:
        desk = self._desk
        if desk.paused:
            return self.tr("Paused") if desk.resting else self.tr("Pausing after this picture…")
        return self.tr("Stopping…") if desk.stopping else running_line(view, time.time())

    def _remove_chosen(self) -> None:
        self.removal_wanted.emit([row.job.id for row in self.list.chosen])

    def _act_on(self, job_id: int) -> None:
        row = self._desk.rows.row_of(job_id)
        if row is None:
            return
        if not row.state.ended:
            self._desk.cancel([job_id])
        elif row.state in _RETRIED:
            self.retry_wanted.emit([job_id])

    def _row_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self.picture_chosen.emit(self._desk.rows.rows[current.row()].job.source)
        self._show_chosen()

    # --- inner workings ------------------------------------------------------------------------

    def _show_chosen(self) -> None:
        row = self.list.chosen_one
        if tells_of(row):
            self._make_room(told=True)  # first: the window would grow, and stay so
        self.failure_box.show_row(row)
        self._make_room(told=tells_of(row))

    def _make_room(self, *, told: bool) -> None:
        """In a low window a failure is told where else it is said where results go."""
        self.output.setVisible(not told or self.height() >= _ROOM_FOR_ALL)

    def _failed(self) -> int:
        """Pictures that failed in the last batch, or stand in the queue as failed since before."""
        return max(self._desk.progress.ended(JobState.FAILED), self._desk.count(JobState.FAILED))

    def _show_rest(self, total: int) -> None:
        ended = self._desk.progress.ended
        counts = [self._failed() if s is JobState.FAILED else ended(s) for s in _ENDINGS]
        self._count.setText(pictures(total) if total else self.tr("Queue"))
        if total and any(counts) and not self._desk.outlook.to_color:
            self._pace.setText(end_line(*counts))
        else:
            outlook, nothing = self._desk.outlook, self.tr("Nothing to do yet")
            waiting = waiting_line(outlook.to_color, outlook.to_skip)
            self._pace.setText(waiting if total else nothing)

    def _color_bar(self) -> None:
        finished = not self._desk.running and self._desk.view().fraction == 1.0
        bad = self._failed() > 0
        state = ("bad" if bad else "good") if finished else "plain"
        if self.bar.property("state") != state:
            self.bar.setProperty("state", state)
            self.bar.style().polish(self.bar)

    def _enable_buttons(self) -> None:
        desk = self._desk
        failed = desk.count(JobState.FAILED)
        over = sum(desk.count(state) for state in JobState if state.ended)
        self.output.results_button.setEnabled(desk.count(JobState.DONE) > 0)
        self.cancel_button.setEnabled(desk.waiting + desk.count(JobState.RUNNING) > 0)
        self.retry_button.setEnabled(failed > 0)
        retry = self.tr("Retry {count} failed").format(count=f"{failed:,}")
        self.retry_button.setText(retry if failed else self.tr("Retry failed"))
        self.clear_button.setEnabled(over > 0)
        self.output.lock(desk.running or desk.awaited)
        idle = not (desk.running or desk.awaited)
        self.trial_button.setVisible(idle and desk.outlook.to_color > _TRIED)

    def _connect(self, thumbnails: Thumbnails) -> None:
        self._desk.changed.connect(self.refresh)
        thumbnails.arrived.connect(self._desk.rows.repaint)
        self.list.delegate.pressed.connect(self._act_on)
        self.list.selectionModel().currentChanged.connect(self._row_changed)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.failure_box.retry_wanted.connect(lambda job_id: self.retry_wanted.emit([job_id]))
        self.failure_box.folder_wanted.connect(self.folder_wanted)
        self.trial_button.clicked.connect(lambda: self.trial_wanted.emit(_TRIED))
        self.worst_button.clicked.connect(self.list.scrollToTop)
        self.cancel_button.clicked.connect(self._desk.cancel_all)
        self.retry_button.clicked.connect(self.retry_failed_wanted)
        self.clear_button.clicked.connect(self._desk.clear_finished)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.failure_box)
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = _panel(self)
        grid = QGridLayout(head)
        grid.setContentsMargins(12, 10, 12, 12)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._count, 0, 0)
        grid.addWidget(self.worst_button, 0, 1)
        grid.addWidget(self.trial_button, 0, 2)
        for row, widget in enumerate((self._pace, self.bar, self.output), start=1):
            grid.addWidget(widget, row, 0, 1, 3)
        grid.setRowMinimumHeight(0, self.trial_button.sizeHint().height())  # nothing jumps
        self.trial_button.setProperty("small", True)
        return head

    def _foot(self) -> QWidget:
        foot = _panel(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        for button in (self.cancel_button, self.retry_button, self.clear_button):
            button.setProperty("small", True)
            row.addWidget(button, 1)
        return foot


def _panel(parent: QWidget) -> QWidget:
    panel = QWidget(parent)
    panel.setProperty("panel", True)
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return panel


def _waits(state: JobState) -> bool:
    return state is JobState.QUEUED
