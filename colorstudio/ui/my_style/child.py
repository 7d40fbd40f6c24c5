"""A training child: a process of its own, which tells by lines and ends when its input closes."""

import os
from contextlib import suppress

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from colorstudio.core import own_program
from colorstudio.core.failures import printable

_NICENESS = 5
_COMPLAINTS = 4000  # characters of its standard error that are kept, from the end
KEEP_WORD = b"keep\n"


class TrainingChild(QObject):
    """Starts `colorstudio train …` and passes on what it tells. One child at a time."""

    COMMAND: tuple[str, ...] = ()  # another program, for tests

    told = Signal(list)  # lines, str
    ended = Signal(int)  # exit status; -1 for a child that was killed or could not start

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._complaints = ""

    @property
    def running(self) -> bool:
        """Whether a child lives."""
        return self._process is not None

    @property
    def complaints(self) -> str:
        """The end of what the child wrote to its standard error, for reports."""
        return printable(self._complaints.strip().replace("\n", "  "))

    def start(self, arguments: list[str]) -> None:
        """Start a child; its predecessor has ended."""
        assert self._process is None, "one child at a time"
        self._complaints = ""
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        program, *before = self.COMMAND or own_program.command()
        process.setProgram(program)
        process.setArguments([*before, *arguments])
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_complaints)
        process.started.connect(self._stand_back)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        self._process = process
        process.start()

    def ask_to_keep(self) -> None:
        """End the training now, and make a style of the best."""
        if self._process is not None:
            self._process.write(KEEP_WORD)

    def ask_to_leave(self) -> None:
        """Save and end."""
        if self._process is not None:
            self._process.closeWriteChannel()

    def kill(self, after: int = 0) -> None:
        """End it by force, unless it ends by itself within that many milliseconds."""
        process = self._process
        if process is None:
            return
        if after:
            timer = QTimer(process)  # goes with the child
            timer.setSingleShot(True)
            timer.timeout.connect(process.kill)
            timer.start(after)
        else:
            process.kill()

    def leave(self, milliseconds: int) -> None:
        """Save and end, at the latest after that time; nothing is passed on any more."""
        process = self._process
        if process is None:
            return
        process.blockSignals(True)
        process.closeWriteChannel()
        if not process.waitForFinished(milliseconds):
            process.kill()
            process.waitForFinished(1000)
        self._process = None

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        lines = []
        while process.canReadLine():
            lines.append(bytes(process.readLine().data()).decode("utf-8", "replace"))
        if lines:
            self.told.emit(lines)

    def _read_complaints(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._complaints = (self._complaints + text)[-_COMPLAINTS:]

    def _stand_back(self) -> None:
        """The window's own threads go first; Windows shares the processor out well by itself."""
        if self._process is not None and hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.processId(), _NICENESS)

    def _finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._read()
        self._end(status if how is QProcess.ExitStatus.NormalExit else -1)

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(-1)

    def _end(self, status: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self.ended.emit(status)


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in own_program.environment().items():
        environment.insert(name, value)
    return environment
