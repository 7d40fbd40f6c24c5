"""Third page: the training as it goes."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.failures import printable
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.icons import icon
from colorstudio.ui.my_style import words
from colorstudio.ui.my_style.page_strip import PageStrip
from colorstudio.ui.my_style.training_run import RunState, TrainingRun
from colorstudio.ui.wording import duration, rate

if TYPE_CHECKING:
    from colorstudio.ui.my_style.curves import Curves

_REFRESH = 250  # milliseconds: news come faster than eyes


class LivePage(QWidget):
    """Shows a TrainingRun; the buttons say what the artist wishes."""

    pause_wanted = Signal()
    going_on_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: TrainingRun | None = None
        self.curves: Curves | None = None
        self._title = ElidedLabel(self)
        self._title.setProperty("tone", "large")
        self._line = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.strip = PageStrip((self.tr("Last look"), self.tr("Now"), self.tr("Yours")), self)
        self._place = QVBoxLayout()  # of the curves, which come when pyqtgraph is loaded
        self.pause_button = QPushButton(icon("pause"), self.tr("Pause"), self)
        self.pause_button.setToolTip(self.tr("Save, and give memory and processor free"))
        self.keep_button = QPushButton(icon("done"), self.tr("Stop and keep"), self)
        self.keep_button.setToolTip(self.tr("End the training now and keep the best as a style"))
        self.pause_button.clicked.connect(self._pause_or_go_on)
        self.keep_button.clicked.connect(self.keep_wanted)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()

    def take_curves(self, curves: "Curves") -> None:
        """The curves can be drawn now."""
        self.curves = curves
        self._place.addWidget(curves)
        curves.show_run(self._run)

    def show_run(self, run: TrainingRun | None) -> None:
        """Show this run from now on."""
        self._run = run
        self.refresh()

    def refresh_soon(self) -> None:
        """There is news."""
        if not self._timer.isActive():
            self._timer.start(_REFRESH)

    def refresh(self) -> None:
        """Show everything as it is now."""
        run = self._run
        if run is None:
            return
        self._title.show_text(printable(run.order.name))
        parts = (words.state_line(run), self._figures(run))
        self._line.show_text("  ·  ".join(part for part in parts if part))
        known = run.state is not RunState.READING and (run.share > 0 or not run.running)
        self._bar.setRange(0, 1000 if known or run.step else 0)
        self._bar.setValue(round(run.share * 1000))
        self._show_buttons(run)
        texts = self.tr("At step {step}"), self.tr("Now, at step {step}")
        left, now = (
            text.format(step=step)
            for text, step in zip(texts, (run.last_pages_step, run.pages_step), strict=True)
        )
        first = not run.last_pages_step  # of a run that goes on, too: its start is drawn already
        self.strip.set_titles(self.tr("Before") if first else left, now)
        self.strip.show_pages(run.last_pages, run.pages, before=first)
        if self.curves is not None:
            self.curves.show_run(run)

    @property
    def line(self) -> str:
        """Where the training stands, and its figures."""
        return self._line.whole_text

    def _figures(self, run: TrainingRun) -> str:
        if run.state is not RunState.TRAINING or not run.step:
            return self._device(run)
        parts = [self.tr("step {step:,}").format(step=run.step), rate(run.pictures_per_second)]
        if run.seconds_left is not None:
            end = datetime.now() + timedelta(seconds=run.seconds_left)
            left = self.tr("about {time} left, done at {clock}")
            parts.append(left.format(time=duration(run.seconds_left), clock=f"{end:%H:%M}"))
        parts.append(self._device(run))
        return "  ·  ".join(part for part in parts if part)

    def _device(self, run: TrainingRun) -> str:
        if not run.device:
            return ""
        on_card = self.tr("on the graphics card")
        return self.tr("on the processor") if run.device == "cpu" else on_card

    def _show_buttons(self, run: TrainingRun) -> None:
        going_on = run.can_go_on
        again = self.tr("Continue") if run.saved else self.tr("Start again")
        self.pause_button.setText(again if going_on else self.tr("Pause"))
        self.pause_button.setIcon(icon("arrow-right" if going_on else "pause"))
        self.pause_button.setEnabled(going_on or run.can_pause)
        self.keep_button.setEnabled(run.can_keep)

    def _pause_or_go_on(self) -> None:
        if self._run is not None and self._run.can_go_on:
            self.going_on_wanted.emit()
        else:
            self.pause_wanted.emit()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.pause_button)
        head.addWidget(self.keep_button)
        lower = QWidget(self)
        lower.setLayout(self._place)
        self._place.setContentsMargins(0, 8, 0, 0)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.strip)
        split.addWidget(lower)
        split.setSizes([310, 320])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._line)
        column.addWidget(split, 1)
