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


_made: dict[int, tuple[str, str]] = {}  # an icon's key → its name and the name of its colour


def icon(name: str, color: str = "") -> QIcon:
    """The icon of that name in a colour of the theme (its text's); paler where it is disabled."""
    return _icon(name, color or theme.TEXT, theme.FAINT)


@cache
def _icon(name: str, color: str, disabled: str) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(picture_of(name, size, color))
        made.addPixmap(picture_of(name, size, disabled), QIcon.Mode.Disabled)
    scheme = theme.LIGHT if theme.is_light() else theme.DARK
    role = next((role for role, value in scheme.items() if value == color), "TEXT")
    _made[made.cacheKey()] = name, role
    return made


def recolored(old: QIcon) -> QIcon | None:
    """The same icon in the colours that the theme has now; None for one not made here."""
    name, role = _made.get(old.cacheKey(), ("", ""))
    return icon(name, getattr(theme, role)) if name else None


def picture_of(name: str, size: int, color: str = "", ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of size × size logical pixels, for a screen of that pixel ratio."""
    return _picture_of(name, size, color or theme.TEXT, ratio)


@cache
def _picture_of(name: str, size: int, color: str, ratio: float) -> QPixmap:
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
