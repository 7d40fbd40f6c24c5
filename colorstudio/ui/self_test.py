"""The self-test: what pictures are coloured on, why not on something faster, and a full report."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QProcess, QProcessEnvironment, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from colorstudio.core import own_program
from colorstudio.ui.icons import icon
from colorstudio.ui.sentences import told
from colorstudio.ui.text_dialog import TextDialog
from colorstudio.ui.worker_thread import Equipment


class SelfTest(TextDialog):
    """Runs `doctor` in a process of its own, so that not even a crashing driver harms the window.

    What it prints is the report; the device in use is also what the window's own style runs on.
    command: what is run instead, for tests.
    """

    finished_testing = Signal()

    def __init__(
        self,
        equipment: Callable[[], Equipment | None],
        parent: QWidget | None = None,
        command: Sequence[str] = (),
    ) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Self-test"))
        self.text.setAccessibleName(self.windowTitle())
        self._equipment = equipment
        self._command = command or own_program.command("doctor")
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in own_program.environment().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._ended)
        self.copy_button.setText(self.tr("Copy report"))
        self.again_button = QPushButton(icon("retry"), self.tr("Test again"), self)
        self.again_button.clicked.connect(self.test)
        self.buttons.insertWidget(1, self.again_button)
        self.test()

    @property
    def testing(self) -> bool:
        """True while the report is being made."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def test(self) -> None:
        """Find everything out anew."""
        if self.testing:
            return
        self.copy_button.setEnabled(False)
        self.again_button.setEnabled(False)
        self._tell(self.tr("Testing… this takes a few seconds."))
        self._process.start(self._command[0], list(self._command[1:]))

    def done(self, result: int) -> None:
        """The dialog closes; a test under way ends with it."""
        if self.testing:
            self._process.kill()
            self._process.waitForFinished(2000)
        super().done(result)

    def _tell(self, text: str) -> None:
        equipment = self._equipment()
        if equipment is None:
            self.show_text(self.tr("No style is loaded"), "", text)
            return
        heading = self.tr("Pictures are coloured on the {device}")
        good = self.tr("That is the fastest device that works here.")
        words = heading.format(device=equipment.provider)
        self.show_text(words, told(equipment.reason) or good, text)

    def _ended(self) -> None:
        if self.testing:
            return
        report = bytes(self._process.readAll().data()).decode("utf-8", "replace")
        if not report.strip():
            report = self.tr("The test could not be run: {reason}").format(
                reason=self._process.errorString()
            )
        self._tell(report)
        self.copy_button.setEnabled(True)
        self.again_button.setEnabled(True)
        self.finished_testing.emit()
