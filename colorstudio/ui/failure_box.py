"""What is known of the chosen job that failed or warned, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from colorstudio.core.failures import printable
from colorstudio.jobs.job import JobState
from colorstudio.ui.icons import icon
from colorstudio.ui.job_list_model import JobRow
from colorstudio.ui.wording import name_of


class FailureBox(QWidget):
    """Below the queue: sentence, technical detail, and buttons, for one job."""

    retry_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._job_id = 0
        self._report = ""
        self._title = self._label("title")
        self._sentence = self._label("")
        self._detail = self._label("muted")
        self.retry_button = QPushButton(icon("retry"), "Try again", self)
        self.copy_button = QPushButton(icon("copy"), "Copy", self)
        self.copy_button.setToolTip("Copy name, reason and technical detail")
        self.retry_button.clicked.connect(lambda: self.retry_wanted.emit(self._job_id))
        self.copy_button.clicked.connect(self._copy)
        self._lay_out()
        self.hide()

    def show_row(self, row: JobRow | None) -> None:
        """Tell about that job; one without failure and warnings hides the box."""
        sentences = _sentences(row)
        self.setVisible(bool(sentences))
        if row is None or not sentences:
            return
        self._job_id = row.job.id
        failure = row.update.failure
        detail = printable(failure.detail) if failure else ""
        self._title.setText(name_of(row.job.source))
        self._sentence.setText("\n".join(sentences))
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.retry_button.setVisible(row.state in (JobState.FAILED, JobState.CANCELLED))
        self._report = "\n".join(filter(None, (printable(str(row.job.source)), *sentences, detail)))

    @property
    def sentence(self) -> str:
        """What is shown; "" while nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    def _label(self, tone: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("tone", tone)
        return label

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.retry_button, self.copy_button):
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


def _sentences(row: JobRow | None) -> list[str]:
    if row is None:
        return []
    failure = row.update.failure
    told = [failure.sentence] if failure else []
    return [printable(sentence) for sentence in (*told, *row.update.warnings)]
