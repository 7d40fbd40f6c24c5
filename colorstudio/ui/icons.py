"""Icons drawn as SVG in one ink, coloured to fit where they are shown."""

import html
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from colorstudio.core.places import resources
from colorstudio.ui import theme

_INK: Final = "#000"  # what the files are drawn in
_SIZES: Final = (16, 20, 24, 32, 48, 64)


@cache
def icon(name: str, color: str = theme.TEXT) -> QIcon:
    """The icon of that name in a colour; paler where its button is disabled."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(picture_of(name, size, color))
        made.addPixmap(picture_of(name, size, theme.FAINT), QIcon.Mode.Disabled)
    return made


@cache
def picture_of(name: str, size: int, color: str = theme.TEXT, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of size × size logical pixels, for a screen of that pixel ratio."""
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace(f'"{_INK}"', f'"{color}"').encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def application_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(picture_of("colorstudio", size))
    return made


def plain_tooltip(text: str) -> str:
    """A tooltip that shows the text as it is: Qt would take a name like <b>.png for markup."""
    return f"<span>{html.escape(text)}</span>"
