"""The wizard: from a folder of finished pages to a style of one's own. Not modal, can be hidden."""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core import own_program
from colorstudio.core.books import is_book
from colorstudio.core.failures import Failure, FailureKind, printable
from colorstudio.styles.style import Style
from colorstudio.ui.drops import dropped_paths, take_copy
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.message_bar import MessageBar
from colorstudio.ui.my_style import words
from colorstudio.ui.my_style.absent_page import AbsentPage
from colorstudio.ui.my_style.folder_page import FolderPage
from colorstudio.ui.my_style.journal import Unfinished
from colorstudio.ui.my_style.live_page import LivePage
from colorstudio.ui.my_style.result_page import ResultPage
from colorstudio.ui.my_style.style_page import StylePage
from colorstudio.ui.my_style.training_desk import TrainingDesk
from colorstudio.ui.my_style.training_run import RunState
from colorstudio.ui.parts import open_at
from colorstudio.ui.thumbnails import Thumbnails

_CURVES = "colorstudio.ui.my_style.curves"


class TrainingWizard(QDialog):
    """Shows the training desk, page by page.

    confirm: asks a question and gives True for yes; it can be replaced, for tests.
    """

    use_wanted = Signal(str)  # name of a style

    def __init__(
        self,
        desk: TrainingDesk,
        thumbnails: Thumbnails,
        errands: ErrandThread,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.confirm: Callable[[str, str, str], bool] = self._ask
        self.desk = desk
        self.messages = MessageBar(self)
        self.folder_page = FolderPage(thumbnails, self)
        self.style_page = StylePage(self)
        self.live_page = LivePage(self)
        self.result_page = ResultPage(self)
        self._pages = QStackedWidget(self)
        self._steps: list[QLabel] = []
        self._arrows: list[QLabel] = []
        self.back_button = QPushButton(self.tr("Back"), self)
        self.next_button = QPushButton(self)
        self.next_button.setProperty("primary", True)
        self.cancel_button = QPushButton(self)
        self.setWindowTitle(self.tr("Train on my style"))
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(720, 560))
        open_at(self, 940, 780)
        self._lay_out()
        self._connect()
        self._go_to_page()
        if not own_program.can_train():
            self._show_absent()
            return
        errands.ask("curves", lambda: importlib.import_module(_CURVES), self._take_curves,
                    self.messages.tell)  # fmt: skip

    # --- what the window tells -----------------------------------------------------------------

    def show_styles(self, styles: Sequence[Style]) -> None:
        """The style library has changed."""
        self.style_page.show_styles(styles)

    def look_at(self, folder: Path) -> None:
        """Find out what a folder holds, on the first page."""
        if self.desk.run is None:
            self._pages.setCurrentWidget(self.folder_page)
            self.desk.look_at(folder)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("A folder of finished pages"))
        if chosen:
            self.look_at(Path(chosen))

    # --- events --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape hides the wizard, a training goes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A folder may be dropped while one is to be chosen."""
        if self._pages.currentWidget() is self.folder_page and event.mimeData().hasUrls():
            take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the folder or book that was dropped, or at the folder of the picture."""
        paths = dropped_paths(event.mimeData())
        take_copy(event)
        if not event.isAccepted():
            return
        if not paths:
            self._tell(self.tr("Only folders of this computer can be dropped here."))
            return
        whole = paths[0].is_dir() or is_book(paths[0])
        self.look_at(paths[0] if whole else paths[0].parent)

    # --- going through the pages ---------------------------------------------------------------

    @property
    def page(self) -> QWidget:
        """The page in view."""
        page = self._pages.currentWidget()
        assert page is not None, "there are four"
        return page

    def _next(self) -> None:
        look = self.desk.folder_look
        if self.page is self.folder_page and look is not None:
            self.style_page.suggest(look.folder)
            self._show_page(self.style_page)
            self.style_page.name.setFocus()
            self.style_page.name.selectAll()
        elif self.page is self.style_page and look is not None:
            self.messages.hide()
            self.desk.start(self.style_page.order(look.folder))
        elif self.page is self.result_page and self.desk.run is not None:
            name = self.desk.run.style.name if self.desk.run.style else ""
            self._leave_run()
            self.use_wanted.emit(name)
            self.hide()

    def _back(self) -> None:
        if self.page is self.style_page:
            self._show_page(self.folder_page)
        elif self.page is self.result_page:
            self._leave_run()
        elif self._stands_still:
            saved = self.desk.run is not None and self.desk.run.saved
            self.messages.hide()
            self.desk.close_run()
            # What was saved is listed on the first page, to be gone on with.
            self._show_page(self.folder_page if saved else self.style_page)
        else:
            self.hide()

    def _cancel(self) -> None:
        if self.page is self.live_page and self.desk.run is not None:
            self._cancel_run(self.desk.run.order.name)
        else:
            if self.page is self.result_page:
                self._leave_run()
            self.hide()

    def _cancel_run(self, name: str) -> None:
        question = self.tr("Throw away what “{name}” has learnt?").format(name=printable(name))
        if self.confirm(question, self.tr("Throw away"), self.tr("Keep on")):
            self.desk.cancel()

    def _leave_run(self) -> None:
        self.desk.close_run()
        self.style_page.name.clear()
        self._show_page(self.folder_page)

    def _throw_away(self, entry: Unfinished) -> None:
        name = printable(entry.order.name)
        question = self.tr("Throw away what “{name}” has learnt?").format(name=name)
        if self.confirm(question, self.tr("Throw away"), self.tr("Keep it")):
            self.desk.throw_away(entry)

    # --- what the desk tells -------------------------------------------------------------------

    def _looked(self) -> None:
        look = self.desk.folder_look
        self.folder_page.show_look(look)
        if look is not None and look.failure is not None:
            detail = look.failure.detail
            self._tell(words.in_window_words(look.failure), detail)
        elif look is not None and look.ended and not look.usable:
            nothing = Failure(FailureKind.NOTHING_TO_DO, "")
            self._tell(words.in_window_words(nothing))
        else:
            self.messages.hide()
        self._show_buttons()

    def _state_changed(self) -> None:
        run = self.desk.run
        if run is None:
            self._show_buttons()
            return
        sentence = words.failure_sentence(run)
        if sentence:
            detail = run.failure.detail if run.failure is not None else self.desk.complaints
            self._tell(sentence, detail)
        else:
            self.messages.hide()
        if run.state is RunState.DONE:
            self.result_page.show_run(run)
        elif run.state is RunState.CANCELLED:
            self._leave_run()
            return
        self.live_page.show_run(run)
        self._go_to_page()

    def _unfinished_changed(self) -> None:
        run = self.desk.run
        own = "" if run is None else run.order.name
        entries = [entry for entry in self.desk.unfinished if entry.order.name != own]
        self.folder_page.show_unfinished(entries)
        self.style_page.show_begun([entry.order.name for entry in entries])

    def _go_to_page(self) -> None:
        run = self.desk.run
        if run is None:
            self._show_page(self.folder_page)
        elif run.state is RunState.DONE:
            self._show_page(self.result_page)
            self.next_button.setFocus()  # or Return is for the button that slid into its place
        else:
            self._show_page(self.live_page)

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        current = self._pages.currentIndex()
        for number, label in enumerate(self._steps):
            label.setProperty("tone", "title" if number == current else "muted")
            label.style().polish(label)
        if page in (self.folder_page, self.style_page):
            self._unfinished_changed()
        self._show_buttons()

    def _show_absent(self) -> None:
        """This edition only colours: say so, and nothing else."""
        absent = AbsentPage(self)
        self._pages.addWidget(absent)
        self._pages.setCurrentWidget(absent)
        self.setAcceptDrops(False)
        for widget in (*self._steps, *self._arrows, self.back_button, self.next_button):
            widget.hide()

    def _show_buttons(self) -> None:
        if isinstance(self.page, AbsentPage):
            return
        page, run, look = self.page, self.desk.run, self.desk.folder_look
        training = page is self.live_page
        self.back_button.setVisible(page is not self.folder_page)
        back = self.tr("Train another") if page is self.result_page else self.tr("Back")
        self.back_button.setText(self.tr("Hide") if training and not self._stands_still else back)
        self.next_button.setVisible(page is not self.live_page)
        self.next_button.setText(self._next_words())
        ready = look is not None and look.ended and look.usable
        if page is self.style_page:
            ready = ready and not self.style_page.complaint
        self.next_button.setEnabled(ready or page is self.result_page)
        running = run is not None and run.running
        cancelling = self.tr("Cancel training") if running else self.tr("Throw away…")
        self.cancel_button.setText(cancelling if training else self.tr("Close"))
        self.cancel_button.setEnabled(run is None or run.state is not RunState.CANCELLING)
        if self.next_button.isVisibleTo(self):
            self.next_button.setDefault(True)

    @property
    def _stands_still(self) -> bool:
        """Whether the training in view has stopped before its end."""
        return self.desk.run is not None and self.desk.run.can_go_on

    def _next_words(self) -> str:
        if self.page is self.style_page:
            return self.tr("Train")
        return self.tr("Use this style") if self.page is self.result_page else self.tr("Next")

    # --- putting together ----------------------------------------------------------------------

    def _take_curves(self, module: Any) -> None:
        self.live_page.take_curves(module.Curves(self.live_page))

    def _tell(self, sentence: str, detail: str = "") -> None:
        self.messages.tell(Failure(FailureKind.USAGE, sentence, detail))

    def _ask(self, question: str, yes: str, no: str) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(question)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is accept

    def _connect(self) -> None:
        desk, live = self.desk, self.live_page
        self.folder_page.folder_wanted.connect(self.choose_folder)
        self.folder_page.go_on_wanted.connect(desk.go_on)
        self.folder_page.throwing_wanted.connect(self._throw_away)
        self.style_page.ready_changed.connect(self._show_buttons)
        live.pause_wanted.connect(desk.pause)
        live.going_on_wanted.connect(desk.go_on)
        live.keep_wanted.connect(desk.keep)
        self.next_button.clicked.connect(self._next)
        self.back_button.clicked.connect(self._back)
        self.cancel_button.clicked.connect(self._cancel)
        desk.looked.connect(self._looked)
        desk.changed.connect(live.refresh_soon)
        desk.state_changed.connect(self._state_changed)
        desk.unfinished_changed.connect(self._unfinished_changed)
        desk.told.connect(self.messages.tell)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 12)
        head.setSpacing(10)
        names = (self.tr("Pictures"), self.tr("Style"), self.tr("Training"), self.tr("Result"))
        for number, name in enumerate(names, 1):
            if number > 1:
                arrow = QLabel("›", self)
                arrow.setProperty("tone", "muted")
                self._arrows.append(arrow)
                head.addWidget(arrow)
            label = QLabel(f"{number}  {name}", self)
            self._steps.append(label)
            head.addWidget(label)
        head.addStretch(1)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 16, 20, 16)
        middle.addWidget(self._pages)
        for page in (self.folder_page, self.style_page, self.live_page, self.result_page):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(8)
        foot.addWidget(self.cancel_button)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        self.next_button.setMinimumWidth(140)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(_rule(self))
        column.addWidget(self.messages)
        column.addLayout(middle, 1)
        column.addWidget(_rule(self))
        column.addLayout(foot)


def _rule(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFixedHeight(1)
    line.setProperty("rule", True)
    return line
