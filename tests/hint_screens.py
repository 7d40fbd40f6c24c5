"""States of the window with the artist's hand at work: hints, the menu at the cursor, a palette."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from colorstudio.core.modes import Mode
from colorstudio.ui.wording import mode_words

if TYPE_CHECKING:
    from colorstudio.ui.main_window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
Take = Callable[[str], None]

_DOTS = (("#e0a060", 0.20, 0.90), ("#2060d0", 0.70, 0.30), ("#f0c040", 0.80, 0.75),
         ("#d04030", 0.66, 0.45))  # fmt: skip
_FLAT_DOTS = (("#c0503c", 0.60, 0.42), ("#3f7d54", 0.60, 0.85))
_PAINTS = (
    ("#e8c98f", (0, 300, 600, 400)), ("#c0503c", (60, 120, 220, 300)),
    ("#f4ead2", (300, 40, 420, 120)), ("#3f7d54", (380, 200, 560, 330)),
    ("#2b3f63", (250, 180, 360, 320)), ("#8a5a44", (90, 200, 130, 300)),
    ("#e39a6f", (200, 20, 250, 70)), ("#b78ec2", (450, 120, 520, 190)),
)  # fmt: skip


def take_hint_states(window: "MainWindow", pages: Path, wait: Wait, take: Take) -> None:
    """Hints on a greyscale page, the colours of a spot, a palette, flats of line art."""
    window.resize(1440, 900)
    finished = pages.parent / "finished page.png"
    _paint(finished)
    hand = Hand(window, wait)
    hand.show(pages / "greyscale-seaside.png", mode_words(Mode.GREYSCALE))
    hand.place(_DOTS)
    hand.stroke("#308090", ((0.06, 0.60), (0.20, 0.62), (0.30, 0.60)))
    take("7-hints")
    hand.open_menu(0.6, 0.6)
    take("8-colours")
    hand.close_menu()
    window.palette_wiring.take([finished])
    wait(lambda: bool(window.palette_panel.swatches.colors))
    hand.show(pages / "lineart-village.png", mode_words(Mode.LINEART))
    window.palette_panel.only.click()
    hand.place(_FLAT_DOTS)
    take("9-flats")


class Hand:
    """An artist's hand on the window's canvas; places are shares of the picture."""

    def __init__(self, window: "MainWindow", wait: Wait) -> None:
        self._window, self._wait, self._canvas = window, wait, window.canvas_panel.canvas
        self._done: list[Path] = []  # pictures whose colours have come
        window.studio.preview.replied.connect(
            lambda reply: self._done.append(reply.path) if reply.last else None
        )

    def show(self, page: Path, mode: str) -> None:
        self._done.clear()
        self._window.studio.show_picture(page)
        self._wait(lambda: self._done == [page] and mode in self._window.canvas_panel.facts)

    def place(self, dots: tuple[tuple[str, float, float], ...]) -> None:
        from colorstudio.ui.hint_hand import Tool

        self._canvas.set_tool(Tool.DOT)
        for color, x, y in dots:
            self.draw(color, ((x, y),))

    def stroke(self, color: str, path: tuple[tuple[float, float], ...]) -> None:
        from colorstudio.ui.hint_hand import Tool

        self._canvas.set_tool(Tool.BRUSH)
        self.draw(color, path)

    def open_menu(self, x: float, y: float) -> None:
        from PySide6.QtCore import QPointF

        place = self.spot(x, y)
        pointed = self._canvas.color_at(QPointF(place))
        assert pointed is not None
        self._menu = self._window.hint_wiring.open_colors(pointed, self._canvas.mapToGlobal(place))
        # A popup is a window of its own: shown over this one, as it would be on a screen.
        self._over = _laid_over(self._window, self._menu)

    def close_menu(self) -> None:
        self._over.hide()
        self._over.deleteLater()
        self._menu.close()

    def draw(self, color: str, path: tuple[tuple[float, float], ...]) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self._window.easel.set_color(color)
        self._done.clear()
        spots, left = [self.spot(*share) for share in path], Qt.MouseButton.LeftButton
        QTest.mousePress(self._canvas, left, pos=spots[0])
        for spot in spots[1:]:
            QTest.mouseMove(self._canvas, spot)
        QTest.mouseRelease(self._canvas, left, pos=spots[-1])
        self._wait(lambda: bool(self._done))

    def spot(self, x: float, y: float):  # type: ignore[no-untyped-def]
        from PySide6.QtCore import QPoint

        view = self._canvas.viewport_now
        assert view is not None
        place = view.to_canvas(x * view.width, y * view.height)
        return QPoint(*(round(part / self._canvas.devicePixelRatioF()) for part in place))


def _laid_over(window, menu):  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QLabel

    label = QLabel(window)
    label.setPixmap(menu.grab())
    label.adjustSize()
    label.move(window.mapFromGlobal(menu.pos()))
    label.show()
    return label


def _paint(page: Path) -> None:
    """A page that looks finished enough to take a palette from."""
    picture = Image.new("RGB", (600, 400), "#7fb2d8")
    pen = ImageDraw.Draw(picture)
    for color, box in _PAINTS:
        pen.rectangle(box, fill=color)
    picture.save(page)
