"""The real windowed program in a process of its own, with somebody at work in it.

    python tests/program_at_work.py FOLDER colorize|go-on SECONDS

Opens the folder and presses Colorize, or answers the offer of an interrupted batch with Go on.
Each picture takes SECONDS longer than it would. Once the batch has ended, the window is closed.
"""

import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from PySide6.QtCore import QTimer  # noqa: E402  the path is set just above

from colorstudio.app import main  # noqa: E402
from colorstudio.inference.colorizer import Colorizer  # noqa: E402
from colorstudio.ui.main_window import MainWindow  # noqa: E402

_LOOK = 10  # milliseconds


def slow_down(seconds: float) -> None:
    """Let every picture take that much longer; a cancelled one is left at once."""
    color = Colorizer.colorize_artwork

    def slowly(self: Colorizer, artwork: Any, request: Any, token: Any = None, *more: Any) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if token is not None:
                token.raise_if_cancelled()
            time.sleep(0.005)
        return color(self, artwork, request, token, *more)

    Colorizer.colorize_artwork = slowly  # type: ignore[method-assign]


class Hand:
    """Presses the button as soon as it can be pressed, and closes the window at the end."""

    def __init__(self, window: MainWindow, deed: str) -> None:
        self._window, self._deed = window, deed
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK)

    def _look(self) -> None:
        window, desk = self._window, self._window.studio.desk
        going_on = self._deed == "go-on"
        button = window.taking_up.bar.accept_button if going_on else window.tools.colorize_button
        styled = window.status.device.startswith("Device: C")
        if not (styled and button.isVisible() and button.isEnabled()):
            return
        self._timer.stop()
        desk.ended.connect(lambda _: QTimer.singleShot(0, window.close))
        button.click()


def main_with_hand(folder: Path, deed: str, seconds: float) -> int:
    """Run the program; its exit status."""
    slow_down(seconds)
    opened = MainWindow.open

    def open_and_work(self: MainWindow, paths: list[Path]) -> None:
        opened(self, paths if deed == "colorize" else [])
        self.hand = Hand(self, deed)  # type: ignore[attr-defined]

    MainWindow.open = open_and_work  # type: ignore[method-assign]
    return main([folder])


if __name__ == "__main__":
    sys.exit(main_with_hand(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
