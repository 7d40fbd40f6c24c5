"""What is known of the chosen job that failed or warned, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from colorstudio.core.failures import printable
from colorstudio.jobs.job import JobState
from colorstudio.ui.icons import icon
from colorstudio.ui.job_list_model import JobRow
from colorstudio.ui.parts import told_label
from colorstudio.ui.sentences import told
from colorstudio.ui.wording import job_line, name_of


class FailureBox(QWidget):
    """Below the queue: sentence, technical detail, and buttons, for one job."""

    retry_wanted = Signal(int)
    folder_wanted = Signal(object)  # Path of the folder that the job's picture lies in

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._job_id = 0
        self._row: JobRow | None = None
        self._title = told_label("title", self)
        self._sentence = told_label("", self)
        self._detail = told_label("muted", self)
        self.retry_button = QPushButton(icon("retry"), self.tr("Try again"), self)
        self.copy_button = QPushButton(icon("copy"), self.tr("Copy details"), self)
        self.copy_button.setToolTip(self.tr("Copy name, reason and technical detail"))
        self.folder_button = QPushButton(icon("folder-open"), "", self)
        self.folder_button.setToolTip(self.tr("Show the folder that the picture lies in"))
        self.folder_button.setAccessibleName(self.tr("Open its folder"))
        self.retry_button.clicked.connect(lambda: self.retry_wanted.emit(self._job_id))
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self._show_folder)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # never cut
        self.hide()

    def show_row(self, row: JobRow | None) -> None:
        """Tell about that job; one without failure and warnings hides the box."""
        sentences = _sentences(row)
        self.setVisible(bool(sentences))
        if row is None or not sentences:
            return
        self._job_id, self._row = row.job.id, row
        failure = row.update.failure
        detail = printable(failure.detail) if failure else ""
        self._title.setText(name_of(row.job.source))
        self._sentence.setText("\n".join(sentences))
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.retry_button.setVisible(row.state in (JobState.FAILED, JobState.CANCELLED))

    @property
    def sentence(self) -> str:
        """What is shown; "" while nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    def _copy(self) -> None:
        if self._row is not None:
            QGuiApplication.clipboard().setText(report_of(self._row))

    def _show_folder(self) -> None:
        if self._row is not None:
            self.folder_wanted.emit(self._row.job.original.parent)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.retry_button, self.copy_button, self.folder_button):
            button.setProperty("small", True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        for label in (self._title, self._sentence, self._detail):
            column.addWidget(label)
        column.addSpacing(6)
        column.addLayout(buttons)


def report_of(row: JobRow) -> str:
    """All that is known of a job, for a report: file, state or reason, technical detail."""
    failure = row.update.failure
    lines = _sentences(row) or [job_line(row.job, row.update)]
    detail = printable(failure.detail) if failure else ""
    return "\n".join(filter(None, (printable(str(row.job.source)), *lines, detail)))


def tells_of(row: JobRow | None) -> bool:
    """True if there is a failure or a warning of that job to tell."""
    return bool(_sentences(row))


def _sentences(row: JobRow | None) -> list[str]:
    if row is None:
        return []
    failure = row.update.failure
    sentences = [failure.sentence] if failure else []
    return [told(sentence) for sentence in (*sentences, *row.update.warnings)]
