"""Paints one row of the queue: thumbnail, name, how it goes, and a button for what can be done."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from colorstudio.jobs.job import JobState
from colorstudio.ui import theme
from colorstudio.ui.icons import picture_of
from colorstudio.ui.job_list_model import PLACE_ROLE, ROW_ROLE, JobRow
from colorstudio.ui.leak_badge import paint_leak_badge
from colorstudio.ui.picture_delegate import draw_thumbnail
from colorstudio.ui.thumbnails import Thumbnails
from colorstudio.ui.wording import job_line, name_of

ROW_HEIGHT = 60
_THUMB = 44
_BUTTON = 28


class JobDelegate(QStyledItemDelegate):
    """Rows of one height; the button at the right end acts on its job."""

    pressed = Signal(int)  # job id whose button was clicked

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for every row."""
        return QSize(200, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground, thumbnail, two lines of text, progress, sign or button."""
        row: JobRow = index.data(ROW_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state, row)
        room = QRect(area.left() + 10, area.top() + (ROW_HEIGHT - _THUMB) // 2, _THUMB, _THUMB)
        draw_thumbnail(painter, room, self._thumbnails, row.job.source)
        self._paint_words(painter, area, option, row, index.data(PLACE_ROLE))
        self._paint_sign(painter, area, state, row)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on the button is not a click on the row."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            area: QRect = option.rect
            if button_area(area).contains(event.position().toPoint()):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.pressed.emit(index.data(ROW_ROLE).job.id)
                return True
        return super().editorEvent(event, model, option, index)

    def _paint_ground(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, row: JobRow
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.SELECTION))
        elif row.state is JobState.FAILED:
            painter.fillRect(area, QColor(theme.BAD_GROUND))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.PANEL))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(theme.WINDOW))

    def _paint_words(
        self,
        painter: QPainter,
        area: QRect,
        option: QStyleOptionViewItem,
        row: JobRow,
        place: str,
    ) -> None:
        metrics = option.fontMetrics
        left = area.left() + 10 + _THUMB + 10
        right = button_area(area).left() - 6
        if row.update.leaks is not None:
            right = paint_leak_badge(painter, area, right, row.update.leaks) - 6
        width = right - left
        running = row.state is JobState.RUNNING
        top = area.top() + (ROW_HEIGHT - 2 * metrics.height() - (8 if running else 2)) // 2
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        name, place = _fitted(name_of(row.job.source), place, metrics, width)
        painter.setPen(QColor(theme.TEXT if chosen else theme.MUTED))
        beside = left + width - metrics.horizontalAdvance(place)
        painter.drawText(beside, top + metrics.ascent(), place)
        painter.setPen(QColor(theme.TEXT))
        painter.drawText(left, top + metrics.ascent(), name)
        line = metrics.elidedText(job_line(row.job, row.update), Qt.TextElideMode.ElideRight, width)
        painter.setPen(QColor(theme.TEXT) if chosen else _line_color(row))
        painter.drawText(left, top + metrics.height() + 2 + metrics.ascent(), line)
        if running:
            bar = QRect(left, top + 2 * metrics.height() + 6, width, 4)
            self._paint_progress(painter, bar, row.update.progress)

    def _paint_progress(self, painter: QPainter, bar: QRect, progress: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.RAISED))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(theme.ACCENT_HOVER))
        done = QRect(bar)
        done.setWidth(max(4, round(bar.width() * min(max(progress, 0.0), 1.0))))
        painter.drawRoundedRect(done, 2, 2)

    def _paint_sign(
        self, painter: QPainter, area: QRect, state: QStyle.StateFlag, row: JobRow
    ) -> None:
        box = button_area(area)
        active = state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected)
        sign, color = _sign_of(row.state)
        if active and (action := action_of(row.state)):
            painter.setPen(QColor(theme.EDGE))
            painter.setBrush(QColor(theme.RAISED))
            painter.drawRoundedRect(box, 6, 6)
            sign, color = action, theme.TEXT
        elif row.state is JobState.DONE and row.update.warnings:
            sign, color = "failed", theme.WARNING
        elif row.state is JobState.QUEUED and row.job.skip:
            sign, color = "skipped", theme.FAINT
        spot = QRect(0, 0, 18, 18)
        spot.moveCenter(box.center())
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(spot, picture_of(sign, 18, color, ratio))


def _sign_of(state: JobState) -> tuple[str, str]:
    """Icon and colour, as the theme has it now."""
    return {
        JobState.QUEUED: ("waiting", theme.FAINT),
        JobState.RUNNING: ("brush", theme.ACCENT_HOVER),
        JobState.DONE: ("done", theme.GOOD),
        JobState.FAILED: ("failed", theme.BAD),
        JobState.SKIPPED: ("skipped", theme.MUTED),
        JobState.CANCELLED: ("cancelled", theme.FAINT),
    }[state]


def button_area(area: QRect) -> QRect:
    """Where in a row the button is."""
    box = QRect(0, 0, _BUTTON, _BUTTON)
    box.moveCenter(area.center())
    box.moveRight(area.right() - 10)
    return box


def action_of(state: JobState) -> str:
    """The icon of what a row's button does in that state; "" where there is nothing to do."""
    if state in (JobState.QUEUED, JobState.RUNNING):
        return "close"
    if state in (JobState.FAILED, JobState.CANCELLED):
        return "retry"
    return ""


def _fitted(name: str, place: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Name and folder as they fit side by side; the folder gives way, down to two fifths."""
    room = width
    if place:
        gap = metrics.horizontalAdvance("  ")
        longest = max(width - gap - metrics.horizontalAdvance(name), width * 2 // 5)
        place = metrics.elidedText(place, Qt.TextElideMode.ElideLeft, longest)
        room = width - gap - metrics.horizontalAdvance(place)
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room), place


def _line_color(row: JobRow) -> QColor:
    if row.update.failure is not None:
        return QColor(theme.BAD)
    return QColor(theme.WARNING if row.update.warnings else theme.MUTED)
