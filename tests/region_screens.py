"""States of the window with regions at work: tools, edits on the picture, leaks, the queue."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hint_screens import Hand

from colorstudio.core.modes import Mode
from colorstudio.ui.wording import mode_words

if TYPE_CHECKING:
    from colorstudio.ui.main_window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
Take = Callable[[str], None]

_FILLS = (("#c0503c", 0.60, 0.42), ("#3f7d54", 0.60, 0.85), ("#e8c98f", 0.30, 0.55))


def take_region_states(window: "MainWindow", pages: Path, wait: Wait, take: Take) -> None:
    """Fills, a merge, walls; a greyscale page; leaks with the button that closes one."""
    from PySide6.QtTest import QTest

    from colorstudio.ui.hint_hand import Tool
    from colorstudio.ui.region_marks import spot_of

    window.resize(1440, 900)
    hand, canvas = Hand(window, wait), window.canvas_panel.canvas
    hand.show(pages / "lineart-village.png", mode_words(Mode.LINEART))
    canvas.set_tool(Tool.BUCKET)
    wait(lambda: canvas.hand.regions is not None)
    for color, x, y in _FILLS:
        hand.draw(color, ((x, y),))
    canvas.set_tool(Tool.MERGE)
    hand.draw("#c0503c", ((0.42, 0.30), (0.50, 0.34), (0.56, 0.32)))
    canvas.set_tool(Tool.SPLIT)
    hand.draw("#c0503c", ((0.10, 0.10), (0.22, 0.16), (0.34, 0.12)))
    canvas.set_tool(Tool.CLOSE)
    hand.draw("#c0503c", ((0.72, 0.62), (0.80, 0.66)))
    canvas.set_tool(Tool.BUCKET)
    wait(lambda: canvas.hand.regions is not None)
    QTest.mouseMove(canvas, hand.spot(0.62, 0.12))
    take("12-regions")
    canvas.set_shows_leaks(True)
    hand.show(pages / "lineart-page-one-bit.png", mode_words(Mode.LINEART))
    wait(lambda: bool(canvas.leaks))
    view = canvas.viewport_now
    assert view is not None
    QTest.mouseMove(canvas, spot_of(canvas.leaks[0], view, canvas.devicePixelRatioF()).toPoint())
    take("13-leaks")
    hand.show(pages / "greyscale-seaside.png", mode_words(Mode.GREYSCALE))
    wait(lambda: bool(canvas.note))
    take("14-no-regions")
    window.resize(1000, 640)
    hand.show(pages / "lineart-room.png", mode_words(Mode.LINEART))
    wait(lambda: canvas.hand.regions is not None)
    QTest.mouseMove(canvas, hand.spot(0.5, 0.5))
    take("15-regions-small")
    window.resize(1440, 900)
    window.tools.colorize_button.click()
    wait(lambda: not window.studio.desk.running)
    window.queue_panel.worst_button.click()
    take("16-worst-first")
