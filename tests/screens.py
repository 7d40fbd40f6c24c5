"""Renders the window's main states to PNG files, to be looked at.

    QT_QPA_PLATFORM=offscreen python tests/screens.py FOLDER

Works on the samples and on a made-up unreadable page, in the bundled style where there is one.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import screens_styles  # noqa: E402
from hint_screens import take_hint_states  # noqa: E402  the path is set just above

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PATIENCE = 600.0  # seconds for any state to come


class Photographer:
    """Drives the real window through its states and takes a picture of each."""

    def __init__(self, folder: Path, pages: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from colorstudio.ui.main_window import MainWindow
        from colorstudio.ui.theme import apply_theme

        self._app = QApplication.instance() or QApplication([])
        assert isinstance(self._app, QApplication)
        apply_theme(self._app)
        self._folder, self._pages = folder, pages
        self._window = MainWindow()
        self._window.resize(1440, 900)
        self._window.show()

    def take_all(self) -> None:
        """Every state, in the order in which an artist meets them."""
        window, desk = self._window, self._window.studio.desk
        self._wait(lambda: window.status.device.startswith("Device: C"))
        self._take("1-empty")
        window.open([self._pages])
        self._wait(lambda: window.canvas_panel.canvas.has_colored and desk.waiting > 0)
        self._take("2-folder")
        window.tools.colorize_button.click()
        self._wait(lambda: desk.view().ended >= 4)
        self._take("3-batch", settle=0.0)
        self._wait(lambda: not desk.running)
        self._take("4-done")
        self._choose_failed()
        self._take("5-failure")
        window.resize(1000, 640)
        window.studio.show_picture(self._pages / "lineart-portrait.png")
        self._wait(lambda: window.canvas_panel.canvas.has_colored)
        self._take("6-small")
        take_hint_states(window, self._pages, self._wait, self._take)
        screens_styles.take_all(window, self._wait, self._take)
        window.close()

    def _choose_failed(self) -> None:
        from colorstudio.jobs.job import JobState

        rows = self._window.studio.desk.rows
        failed = next(n for n, row in enumerate(rows.rows) if row.state is JobState.FAILED)
        self._window.queue_panel.list.setCurrentIndex(rows.index(failed))
        self._wait(lambda: self._window.canvas_panel.facts == "Can't be shown")

    def _wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "it never came to that"
            self._app.processEvents()
            time.sleep(0.002)

    def _take(self, name: str, settle: float = 0.7, widget: "QWidget | None" = None) -> None:
        deadline = time.monotonic() + settle  # thumbnails are still arriving
        self._app.processEvents()
        while time.monotonic() < deadline:
            self._app.processEvents()
            time.sleep(0.005)
        file = self._folder / f"{name}.png"
        (widget or self._window).grab().save(str(file))
        print(file)


def main(folder: Path) -> None:
    """Render everything into folder, which is made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made_up:
        home, pages = Path(made_up) / "home", Path(made_up) / "Moonlit Pages"
        os.environ["COLORSTUDIO_HOME"] = str(home)
        shutil.copytree(ROOT / "resources" / "samples", pages)
        (pages / "lineart-lost-page.png").write_bytes(b"This page was lost on the way.")
        (pages / "Chapter 2").mkdir()
        if not (ROOT / "resources" / "styles" / "starter").is_dir():
            from tiny_style import make_tiny_style

            make_tiny_style(home / "styles" / "tiny", name="Tiny")
        Photographer(folder, pages).take_all()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screens"))
