"""How much a picture leaks, as a figure in its row of the queue."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from colorstudio.ui import theme

if TYPE_CHECKING:
    from colorstudio.core.leaks import LeakReading

_WORTH_A_LOOK = 0.03  # share of the page's colour, or of its area, that is out of place
_HEIGHT, _PADDING = 20, 7


def leak_share(reading: "LeakReading") -> str:
    """'12 %': what leaks at the worst place."""
    return f"{100 * reading.worst:.0f} %"


def leak_line(reading: "LeakReading") -> str:
    """'Leaks: 12 %, 3 open gaps': the figure with what it stands for."""
    translate, gaps = QCoreApplication.translate, len(reading.leaks)
    if not gaps:
        return translate("Leaks", "Leaks: {share}, no open gaps").format(share=leak_share(reading))
    words = translate("Leaks", "Leaks: {share}, 1 open gap")
    if gaps > 1:
        words = translate("Leaks", "Leaks: {share}, {count} open gaps")
    return words.format(share=leak_share(reading), count=gaps)


def paint_leak_badge(painter: QPainter, area: QRect, right: int, reading: "LeakReading") -> int:
    """Paint the figure into a row so that it ends at `right`; gives where it begins."""
    text = leak_share(reading)
    width = painter.fontMetrics().horizontalAdvance(text) + 2 * _PADDING
    box = QRect(right - width, area.center().y() - _HEIGHT // 2, width, _HEIGHT)
    color = theme.WARNING if reading.worst >= _WORTH_A_LOOK else theme.MUTED
    painter.save()
    painter.setPen(QColor(color))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return box.left()
