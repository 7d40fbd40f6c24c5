"""Paints one picture of the folder in view: thumbnail on a card, name below."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from colorstudio.core.modes import Mode
from colorstudio.ui import theme
from colorstudio.ui.icons import picture_of
from colorstudio.ui.picture_list_model import MARK_ROLE, PATH_ROLE
from colorstudio.ui.shelf import Mark, PictureState
from colorstudio.ui.thumbnails import Thumbnails

CARD_WIDTH = 116  # at least; cards share the width of the grid
_GAP = 4
_NAME_HEIGHT = 24
_BADGE = 22
_MODE_SIGNS = {Mode.GREYSCALE: "mode-greyscale", Mode.LINEART: "mode-lineart"}


class PictureDelegate(QStyledItemDelegate):
    """Asks for thumbnails of the rows it paints, and so only of visible ones."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._card = _card(CARD_WIDTH)

    def share_width(self, width: int) -> bool:
        """Make cards as wide as fills that width evenly; True if their size changed."""
        card = _card(width // max(1, width // CARD_WIDTH))
        changed, self._card = card != self._card, card
        return changed

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for every picture, so that ten thousand are laid out at once."""
        return self._card

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Card, thumbnail, name."""
        card = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_ground(state))
        painter.drawRoundedRect(card, 6, 6)
        room = card.adjusted(6, 6, -6, -_NAME_HEIGHT)
        draw_thumbnail(painter, room, self._thumbnails, index.data(PATH_ROLE))
        _draw_badges(painter, card, index.data(MARK_ROLE))
        name_room = QRect(card.left() + 6, card.bottom() - _NAME_HEIGHT + 2, card.width() - 12, 22)
        painter.setPen(QColor(theme.TEXT))
        metrics = option.fontMetrics
        name = _short_name(metrics, index.data(), name_room.width())
        painter.drawText(name_room, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()


def draw_thumbnail(painter: QPainter, room: QRect, thumbnails: Thumbnails, path: object) -> None:
    """Draw a picture's thumbnail in the middle of the room, or a sign while there is none."""
    if not isinstance(path, Path):
        return
    ratio = painter.device().devicePixelRatioF()
    pixmap = thumbnails.get(path, ratio)
    if pixmap is None:
        sign = "failed" if thumbnails.unreadable(path) else "picture"
        side = min(28, room.height())
        spot = QRect(0, 0, side, side)
        spot.moveCenter(room.center())
        painter.drawPixmap(spot, picture_of(sign, side, theme.FAINT, ratio))
        return
    size = pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    spot = QRect(0, 0, size.width(), size.height())
    spot.moveCenter(room.center())
    if pixmap.hasAlphaChannel():
        painter.fillRect(spot, QColor(theme.PAPER))  # ink on transparency must be seen
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(spot, pixmap)


def _draw_badges(painter: QPainter, card: QRect, mark: Mark | None) -> None:
    """At the upper right how far the picture has come, to the left of it the mode."""
    if mark is None:
        return
    ratio = painter.device().devicePixelRatioF()
    spot = QRect(card.right() - 6 - _BADGE, card.top() + 6, _BADGE, _BADGE)
    signs = []
    if mark.state is not PictureState.NOT_YET:
        done = mark.state is PictureState.DONE
        name, color = ("badge-done", theme.GOOD) if done else ("badge-failed", theme.BAD)
        signs.append((name, color, theme.BADGE_TEXT))
    if mark.mode is not None:
        signs.append((_MODE_SIGNS[mark.mode], theme.RAISED, theme.TEXT))
    for sign, ground, ink in signs:
        painter.setPen(QPen(QColor(theme.PANEL), 2))  # parts it from any picture
        painter.setBrush(QColor(ground))
        painter.drawEllipse(spot)
        painter.drawPixmap(spot.adjusted(3, 3, -3, -3), picture_of(sign, _BADGE - 6, ink, ratio))
        spot.translate(-_BADGE - 4, 0)


def _card(width: int) -> QSize:
    return QSize(width, width + _NAME_HEIGHT - 4)


def _short_name(metrics: QFontMetrics, name: str, room: int) -> str:
    """The whole name, else without its suffix, else shortened in the middle."""
    if metrics.horizontalAdvance(name) <= room:
        return name
    return metrics.elidedText(Path(name).stem, Qt.TextElideMode.ElideMiddle, room)


def _ground(state: QStyle.StateFlag) -> QColor:
    if state & QStyle.StateFlag.State_Selected:
        return QColor(theme.SELECTION)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    return QColor(theme.RAISED if hovered else theme.PANEL)
