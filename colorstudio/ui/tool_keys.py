"""The letters of the tools, wherever in the window the keyboard is."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from colorstudio.ui.hint_canvas import TOOL_KEYS
from colorstudio.ui.region_canvas import LEAK_KEY, RegionCanvas

_KEYS = (
    *TOOL_KEYS.values(),
    LEAK_KEY,
    Qt.Key.Key_M,
    Qt.Key.Key_BracketLeft,
    Qt.Key.Key_BracketRight,
)


def give_keys(canvas: RegionCanvas) -> None:
    """Pass these keys on to the canvas from lists and buttons of its window.

    A text field takes its letters before any shortcut, and so does the canvas itself.
    """
    for key in _KEYS:
        shortcut = QShortcut(QKeySequence(key), canvas)
        shortcut.activated.connect(partial(_press, canvas, key))


def _press(canvas: RegionCanvas, key: Qt.Key) -> None:
    no_keys = Qt.KeyboardModifier.NoModifier
    canvas.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, no_keys, chr(key)))
