"""What `bench` runs in processes of their own to measure the window: a start, and a batch.

    python -m colorstudio.cli.window_probe empty|window|batch

Prints one line: "shown" once a window is on the screen, or the longest block in milliseconds.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 120.0  # seconds
_COPIES = 3  # of each sample: enough pictures for a batch of some seconds


def main(what: str) -> None:
    """Measure one thing and print it."""
    if what == "empty":
        _show_empty()
    elif what == "window":
        _show_window()
    else:
        print(f"{_batch() * 1000:.1f}", flush=True)


def _show_empty() -> None:
    """The baseline: Python, Qt and a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    _say_shown(app, window)


def _show_window() -> None:
    from colorstudio.app import prepared_application, tune_python
    from colorstudio.ui.settings import SettingsStore

    tune_python()
    settings = SettingsStore()
    app = prepared_application(settings)
    from colorstudio.ui.main_window import MainWindow

    window = MainWindow(settings=settings)
    window.show()
    _say_shown(app, window)
    window.close_down()


def _say_shown(app: "QApplication", window: "QWidget") -> None:
    _work_until(app, lambda: (handle := window.windowHandle()) is not None and handle.isExposed())
    app.processEvents()  # it is painted now
    print("shown", flush=True)


def _batch() -> float:
    """The longest time, in seconds, that the window was deaf while it coloured the samples."""
    from colorstudio.app import prepared_application, tune_python
    from colorstudio.core import places
    from colorstudio.ui.heartbeat import Heartbeat
    from colorstudio.ui.settings import SettingsStore

    tune_python()
    app = prepared_application(SettingsStore())
    from colorstudio.ui.main_window import MainWindow

    with tempfile.TemporaryDirectory() as folder:
        for number in range(_COPIES):
            for sample in (places.resources() / "samples").iterdir():
                shutil.copy(sample, Path(folder) / f"{number}-{sample.name}")
        window = MainWindow()
        window.notifier.wanted = False
        window.show()
        desk = window.studio.desk
        window.open([Path(folder)])
        _work_until(app, lambda: desk.waiting > 0 and window.canvas_panel.canvas.has_colored)
        beat = Heartbeat()
        window.studio.colorize()
        _work_until(app, lambda: not desk.running)
        window.close_down()
    return beat.worst


def _work_until(app: "QApplication", condition: Callable[[], bool]) -> None:
    """Let the event loop run until then. Raises TimeoutError."""
    from PySide6.QtCore import QEventLoop

    deadline = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to that")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)


if __name__ == "__main__":
    main(sys.argv[1])
