"""The bar at the top has room for all that it holds, however wide the window and the words."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from window_support import LONG

from colorstudio.ui.theme import ThemeChoice, apply_theme


@pytest.fixture(autouse=True)
def in_its_look(qapp: QApplication) -> Iterator[None]:
    """Buttons are as wide as in the program, whose look the other tests do without."""
    style, font, sheet = qapp.style().name(), qapp.font(), qapp.styleSheet()
    apply_theme(qapp, ThemeChoice.DARK)
    yield
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setStyle(style)


@pytest.mark.parametrize("width", [960, 1100, 1200, 1300, 1340, 1440])
def test_the_button_that_starts_is_in_sight_at_any_width(window, qtbot, width):
    """Between two widths it was moved into an overflow menu."""
    window.resize(width, 700)
    tools = window.tools
    qtbot.waitUntil(lambda: tools.width() == width)
    buttons = (tools.colorize_button, tools.stop_button, tools.modes)
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons), timeout=LONG)
    for button in buttons:
        assert tools.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()


def test_words_come_back_when_there_is_room_again(window, qtbot):
    tools = window.tools
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: tools.stop_button.text() == "")
    window.resize(1500, 700)
    qtbot.waitUntil(lambda: tools.stop_button.text() == "Stop")


def test_a_longer_word_on_the_button_pushes_nothing_out(window, qtbot):
    tools = window.tools
    window.resize(1600, 700)
    qtbot.waitUntil(lambda: tools.stop_button.text() == "Stop")
    window.resize(tools.sizeHint().width(), 700)
    qtbot.waitUntil(lambda: tools.width() == window.width())
    tools.styles.setMinimumWidth(tools.styles.width() + 60)
    tools.show_desk(window.studio.desk)
    qtbot.waitUntil(lambda: tools.rect().contains(tools.colorize_button.geometry()))
    assert tools.colorize_button.isVisible()
    assert tools.stop_button.text() == ""
