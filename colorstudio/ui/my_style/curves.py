"""The curves of a training: how much nearer held-back pages have come, and the losses below.

Drawn by pyqtgraph, which takes a moment to load: import this module away from the UI thread first.
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colorstudio.ui import theme
from colorstudio.ui.my_style.training_run import TrainingRun

_GREY, _LINES = theme.ACCENT_HOVER, theme.WARNING
_LOSS_COLORS = {"chroma": "#74bd7b", "paint": "#e0b052", "d": "#8f8f8f", "g": "#b58ad9"}
_OTHER = "#8f8f8f"
_LEAST_SPAN = 0.2  # dB, or share of a mean: less is noise that would fill the plot
_LEAST_STEPS = 10  # whole numbers on the axis from the first step on


class Curves(QWidget):
    """Two plots over the same steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = pg.GraphicsLayoutWidget(self)
        self._view.setBackground(theme.SURROUND)
        self._view.setFrameShape(self._view.Shape.NoFrame)
        self._view.setAccessibleName(self.tr("Curves of the training"))
        self._held = self._plot(0, self.tr("dB"))
        self._losses = self._plot(1, self.tr("loss"))
        self._held.setXLink(self._losses)
        self._losses.setLabel("bottom", self.tr("steps"), color=theme.MUTED)
        self._held.getAxis("bottom").setStyle(showValues=False)
        layout = self._view.ci.layout
        layout.setRowStretchFactor(0, 3)
        layout.setRowStretchFactor(1, 2)
        layout.setSpacing(4)
        dashed = pg.mkPen(theme.FAINT, width=1, style=Qt.PenStyle.DashLine)
        self._held.addItem(pg.InfiniteLine(pos=0, angle=0, pen=dashed))
        self._grey, self._lines = self._curve(_GREY), self._curve(_LINES)
        self._best = pg.ScatterPlotItem(size=14, pen=pg.mkPen(theme.GOOD, width=2), brush=None)
        self._held.addItem(self._best)
        self._loss_lines: dict[str, pg.PlotDataItem] = {}
        self._key = QLabel(self)
        self._key.setTextFormat(Qt.TextFormat.RichText)  # of our own words only
        self._loss_key = QLabel(self)
        self._loss_key.setTextFormat(Qt.TextFormat.RichText)
        for label in (self._key, self._loss_key):
            label.setProperty("tone", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._key)
        column.addWidget(self._view, 1)
        column.addWidget(self._loss_key)

    def show_run(self, run: TrainingRun | None) -> None:
        """Draw what is known of a run."""
        looks = [] if run is None else run.looks
        self.setVisible(bool(looks))
        if run is None or not looks:
            return
        first = run.start or looks[0]
        self._grey.setData(
            [look.step for look in looks], [look.greyscale - first.greyscale for look in looks]
        )
        painted = [look for look in looks if look.lineart is not None]
        base = next((look.lineart for look in (first, *painted) if look.lineart is not None), 0.0)
        self._lines.setData(
            [look.step for look in painted], [(look.lineart or 0.0) - base for look in painted]
        )
        if run.best is not None:
            self._best.setData([run.best.step], [run.best.greyscale - first.greyscale])
        parts = [(_GREY, "●", self.tr("from grey"))]
        parts += [(_LINES, "●", self.tr("from lines"))] if painted else []
        parts += [(theme.GOOD, "○", self.tr("best so far"))]
        title = self.tr("Held-back pages, nearer to your colours than at the start by:")
        self._key.setText(f"{title}&nbsp;&nbsp; {_key(parts)}")
        self._losses.setXRange(0, max(_LEAST_STEPS, run.step, looks[-1].step), padding=0.02)
        self._show_losses(run)

    @property
    def held_back(self) -> list[float]:
        """What is drawn for pages in grey: dB above the first look."""
        values = self._grey.getData()[1]
        return [] if values is None else [float(value) for value in values]

    def _show_losses(self, run: TrainingRun) -> None:
        """Each beside its own mean: they differ a hundredfold."""
        names = sorted({name for point in run.losses[-1:] for name in point.values})
        for name in names:
            if name not in self._loss_lines:
                pen = pg.mkPen(_LOSS_COLORS.get(name, _OTHER), width=1.5)
                self._loss_lines[name] = self._losses.plot(pen=pen)
        for name, line in self._loss_lines.items():
            points = [(p.step, p.values[name]) for p in run.losses if name in p.values]
            mean = sum(value for _, value in points) / max(1, len(points)) or 1.0
            line.setData([step for step, _ in points], [value / mean for _, value in points])
        parts = [(_LOSS_COLORS.get(n, _OTHER), "●", self._loss_name(n)) for n in names]
        title = self.tr("Losses, each beside its own mean:")
        self._loss_key.setText(f"{title}&nbsp;&nbsp; {_key(parts)}")

    def _loss_name(self, name: str) -> str:
        words = {
            "chroma": self.tr("colour"),
            "paint": self.tr("paint"),
            "d": self.tr("critic"),
            "g": self.tr("against the critic"),
        }
        return words.get(name, "")

    def _curve(self, color: str) -> pg.PlotDataItem:
        return self._held.plot(
            pen=pg.mkPen(color, width=2), symbol="o", symbolSize=6, symbolBrush=color,
            symbolPen=None,
        )  # fmt: skip

    def _plot(self, row: int, title: str) -> pg.PlotItem:
        plot = self._view.addPlot(row=row, col=0)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.showGrid(x=False, y=True, alpha=0.12)
        plot.setLabel("left", title, color=theme.MUTED)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(theme.EDGE))
            axis.setTextPen(pg.mkPen(theme.MUTED))
        left = plot.getAxis("left")
        left.setWidth(64)
        left.enableAutoSIPrefix(False)  # 0.3 dB is no 300 dB (x0.001)
        plot.setLimits(minYRange=_LEAST_SPAN)
        return plot


def _key(parts: Sequence[tuple[str, str, str]]) -> str:
    """Colour, sign and words of each curve."""
    return "&nbsp;&nbsp; ".join(
        f'<span style="color:{color}">{sign}</span> {text}' for color, sign, text in parts if text
    )
