"""The training desk: the one training that runs, its child, and what is kept of it. No widgets."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Signal

from colorstudio.core import places
from colorstudio.core.failures import Failure, FailureKind
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.my_style import journal
from colorstudio.ui.my_style.child import TrainingChild
from colorstudio.ui.my_style.journal import Unfinished
from colorstudio.ui.my_style.order import TrainingOrder, look_arguments
from colorstudio.ui.my_style.training_run import FolderLook, RunState, TrainingRun

CANCEL_PATIENCE = 2000  # milliseconds that a cancelled child is given to end by itself


class TrainingDesk(QObject):
    """Looks at folders and trains, one at a time; what comes of it arrives by signal."""

    looked = Signal()  # `folder_look` has changed
    changed = Signal()  # `run` has changed
    state_changed = Signal()  # its state has
    style_made = Signal(str)  # name of a style that is in the library now
    unfinished_changed = Signal()
    told = Signal(object)  # Failure

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder_look: FolderLook | None = None
        self.run: TrainingRun | None = None
        self.unfinished: list[Unfinished] = []
        self._looker = TrainingChild(self)
        self._trainer = TrainingChild(self)
        self._errands = ErrandThread(self)
        self._next_look: Path | None = None
        self._errand_number = 0
        self._looker.told.connect(self._look_told)
        self._looker.ended.connect(self._look_ended)
        self._trainer.told.connect(self._told)
        self._trainer.ended.connect(self._ended)

    def prepare(self) -> None:
        """Find out what was begun and not ended."""
        self._errands.ask("journal", journal.read_unfinished, self._take_unfinished, _ignore)

    # --- looking -------------------------------------------------------------------------------

    def look_at(self, folder: Path) -> None:
        """Find out what a folder holds; a look under way is dropped."""
        self.folder_look = FolderLook(folder)
        self.looked.emit()
        if self._looker.running:
            self._next_look = folder
            self._looker.kill()
        else:
            self._looker.start(look_arguments(folder))

    def _look_told(self, lines: list[str]) -> None:
        look = self.folder_look
        if look is not None and self._next_look is None:
            for line in lines:
                look.take_line(line)
            self.looked.emit()

    def _look_ended(self, status: int) -> None:
        folder, self._next_look = self._next_look, None
        look = self.folder_look
        if folder is not None:
            self._looker.start(look_arguments(folder))
        elif look is not None:
            look.ended = True
            if look.news is None and look.failure is None:
                look.failure = Failure(
                    FailureKind.INTERNAL, "", f"exit status {status}  {self._looker.complaints}"
                )
            self.looked.emit()

    # --- training ------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a child is training."""
        return self._trainer.running

    @property
    def complaints(self) -> str:
        """What the latest training child complained of, for reports."""
        return self._trainer.complaints

    def start(self, order: TrainingOrder) -> None:
        """Train; nothing happens while another training runs."""
        if not self.busy:
            self._start(TrainingRun(order), resume=False)

    def go_on(self, entry: Unfinished | None = None) -> None:
        """Go on with a training that stands still: the present one, or one from earlier."""
        run = self.run if entry is None else entry.run()
        if run is None or self.busy:
            return
        run.go_on()
        self._start(run, resume=run.saved)

    def pause(self) -> None:
        """Save and end the child; its memory and the processor are free then."""
        if self.run is not None and self.run.can_pause:
            self.run.pause()
            self._trainer.ask_to_leave()
            self.state_changed.emit()

    def keep(self) -> None:
        """End the training now and make a style of the best."""
        if self.run is not None and self.run.can_keep:
            self.run.keep()
            self._trainer.ask_to_keep()
            self.state_changed.emit()

    def cancel(self) -> None:
        """Throw the present training away, whether it runs or stands still."""
        run = self.run
        if run is None or run.state in (RunState.DONE, RunState.CANCELLED):
            return
        run.cancel()
        if self._trainer.running:
            self._trainer.ask_to_leave()
            self._trainer.kill(after=CANCEL_PATIENCE)
        else:
            self._throw_away(run.order.name, run.run_folder)
        self.state_changed.emit()

    def throw_away(self, entry: Unfinished) -> None:
        """Delete a training from earlier."""
        self._throw_away(entry.order.name, entry.run_folder)

    def close_run(self) -> None:
        """The present training has ended and was seen."""
        if not self.busy:
            self.run = None
            self.state_changed.emit()

    def leave(self, deadline: QDeadlineTimer) -> bool:
        """End children and threads by then; True if they did. A training is saved first."""
        self._looker.kill()
        self._looker.leave(500)
        self._errands.leave()
        self._trainer.leave(max(0, deadline.remainingTime() - 1000))
        return bool(self._errands.wait(deadline))

    # --- inner workings ------------------------------------------------------------------------

    def _start(self, run: TrainingRun, *, resume: bool) -> None:
        self.run = run
        self._trainer.start(run.order.arguments(resume=resume))
        self.state_changed.emit()

    def _told(self, lines: list[str]) -> None:
        run = self.run
        if run is None:
            return
        before = (run.state, run.saved, run.run_folder)
        for line in lines:
            run.take_line(line)
        if (run.saved, run.run_folder) != before[1:]:
            entry = journal.unfinished_of(run)
            self._note(lambda: journal.remember(entry))
        if run.state is not before[0]:
            self.state_changed.emit()
        self.changed.emit()

    def _ended(self, status: int) -> None:
        run = self.run
        if run is None:
            return
        run.ended(status=status)
        self.state_changed.emit()  # before the run folder goes: its last pages are shown
        if run.can_go_on and (run.saved or run.state is not RunState.FAILED):
            entry = journal.unfinished_of(run)
            self._note(lambda: journal.remember(entry))
        else:
            self._throw_away(run.order.name, run.run_folder)
        if run.style is not None and run.state is RunState.DONE:
            self.style_made.emit(run.style.name)

    def _throw_away(self, name: str, run_folder: Path | None) -> None:
        def work() -> list[Unfinished]:
            if run_folder is not None and run_folder.parent == places.home() / "runs":
                shutil.rmtree(run_folder, ignore_errors=True)
            return journal.forget(name)

        self._note(work)

    def _note(self, work: Callable[[], list[Unfinished]]) -> None:
        """Change the list on the disk, in the order of asking."""
        self._errand_number += 1
        key = f"journal {self._errand_number}"
        self._errands.ask(key, work, self._take_unfinished, self.told.emit)

    def _take_unfinished(self, entries: list[Unfinished]) -> None:
        self.unfinished = entries
        self.unfinished_changed.emit()


def _ignore(failure: Failure) -> None:
    """A list that can't be read is an empty one."""
