"""Renders the window's main states to PNG files, to be looked at.

    QT_QPA_PLATFORM=offscreen python tests/screens.py FOLDER [--language zh_CN] [--scale 1.5]

Works on the samples and on a made-up unreadable page, in the bundled style where there is one.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import screens_styles  # noqa: E402
from hint_screens import take_hint_states  # noqa: E402  the path is set just above
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402
from region_screens import take_region_states  # noqa: E402

from colorstudio.ui.language import Language, speak  # noqa: E402
from colorstudio.ui.main_window import MainWindow  # noqa: E402
from colorstudio.ui.self_test import SelfTest  # noqa: E402
from colorstudio.ui.shelf import PictureState  # noqa: E402
from colorstudio.ui.theme import ThemeChoice, apply_theme  # noqa: E402

PATIENCE = 600.0  # seconds for any state to come


class Photographer:
    """Drives the real window through its states and takes a picture of each."""

    def __init__(self, folder: Path, pages: Path, language: Language) -> None:
        self._app = QApplication.instance() or QApplication([])
        assert isinstance(self._app, QApplication)
        speak(self._app, language)
        apply_theme(self._app, ThemeChoice.DARK)
        self._folder, self._pages = folder, pages
        self._window = MainWindow()
        self._window.resize(1440, 900)
        self._window.show()

    def take_all(self) -> None:
        """Every state, in the order in which an artist meets them."""
        window, desk = self._window, self._window.studio.desk
        self._wait(lambda: window.status.device.endswith(("CPU", "CUDA")))
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
        take_region_states(window, self._pages, self._wait, self._take)
        screens_styles.take_all(window, self._wait, self._take)
        window.resize(1440, 900)
        self._take_dialogs()
        self._take_light()
        window.close()

    def _take_dialogs(self) -> None:
        """What the menus open, and the filter of the browser."""
        window, habits = self._window, self._window.habits
        window.folder_panel.show_only(PictureState.DONE)
        window.folder_panel.grid.selectAll()
        self._take("7-filtered")
        window.folder_panel.show_only(None)
        for name in ("settings", "shortcuts", "about", "log", "self-test"):
            habits.menus.actions[name].trigger()
            dialog = self._dialog()
            if isinstance(dialog, SelfTest):
                self._wait(lambda dialog=dialog: not dialog.testing)
            self._take(f"8-{name}", of=dialog)
            dialog.close()
            self._settle(0.1)
        menus = habits.menus
        for name in ("file", "edit", "view", "batch", "help"):
            menu = getattr(menus, name)
            menu.popup(window.mapToGlobal(window.rect().topLeft()))
            self._take(f"9-menu-{name}", of=menu)
            menu.close()

    def _take_light(self) -> None:
        """The same window in the light look, and the empty page with folders opened before."""
        window = self._window
        window.habits.apply_look(ThemeChoice.LIGHT)
        self._take("light-1-work")
        self._choose_failed()
        self._take("light-2-failure")
        for name in ("settings", "about"):
            window.habits.menus.actions[name].trigger()
            dialog = self._dialog()
            self._take(f"light-3-{name}", of=dialog)
            dialog.close()
        again = MainWindow()
        again.resize(1440, 900)
        again.show()
        self._take("light-4-empty", of=again)
        window.habits.apply_look(ThemeChoice.DARK)
        self._take("10-empty-again", of=again)
        again.close()

    def _dialog(self) -> QDialog:
        return next(d for d in self._window.findChildren(QDialog) if d.isVisible())

    def _choose_failed(self) -> None:
        from colorstudio.jobs.job import JobState

        rows = self._window.studio.desk.rows
        failed = next(n for n, row in enumerate(rows.rows) if row.state is JobState.FAILED)
        self._window.queue_panel.list.setCurrentIndex(rows.index(-1))
        self._window.queue_panel.list.setCurrentIndex(rows.index(failed))
        panel = self._window.canvas_panel
        self._wait(lambda: panel.facts == panel.tr("Can't be shown"))

    def _wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "it never came to that"
            self._app.processEvents()
            time.sleep(0.002)

    def _take(self, name: str, settle: float = 0.7, of: QWidget | None = None) -> None:
        self._settle(settle)  # thumbnails are still arriving
        file = self._folder / f"{name}.png"
        (of or self._window).grab().save(str(file))
        print(file)

    def _settle(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        self._app.processEvents()
        while time.monotonic() < deadline:
            self._app.processEvents()
            time.sleep(0.005)


def main(folder: Path, language: Language = Language.ENGLISH) -> None:
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
        Photographer(folder, pages, language).take_all()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screens"))
    parser.add_argument("--language", type=Language, default=Language.ENGLISH)
    parser.add_argument(
        "--scale", default="1", help="pixels of the screen for each of the window's"
    )
    wished = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = wished.scale
    main(wished.folder, wished.language)
