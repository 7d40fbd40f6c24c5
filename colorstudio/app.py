"""The windowed program: from a start without arguments to the exit status."""

import gc
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from colorstudio.core.failures import printable
from colorstudio.core.log import log_to_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from colorstudio.ui.front_door import FrontDoor
    from colorstudio.ui.safety_net import SafetyNet
    from colorstudio.ui.settings import SettingsStore

SWITCH_INTERVAL = 0.0005
"""Seconds after which a busy thread hands Python over.

At the usual 5 ms, five busy threads make the window wait for its turn several times longer, at
every single call that Qt makes into Python.
"""

GARBAGE_THRESHOLDS = (20_000, 20, 100)
"""Objects and rounds after which Python looks for rings of garbage.

With its own numbers it looks through all there is again and again while ten thousand pictures are
queued, a tenth of a second each time, and everything waits.
"""

NO_LIBRARY = (
    "Color Studio can't open a window: a library of the system is missing ({reason}). On Debian "
    "or Ubuntu install libegl1, libgl1, libxkbcommon0 and libxcb-cursor0; or colour without a "
    "window: python main.py colorize FOLDER -o OUTPUT."
)

_CLEAN, _NO_WINDOW = 0, 2

_log = logging.getLogger(__name__)


def main(paths: Sequence[Path]) -> int:
    """Open the window with these pictures or folders; returns the exit status.

    0 once the window is closed; 2, after a sentence on standard error, where none can be shown.
    """
    if sys.platform == "win32":
        import colorstudio.inference.colorizer  # noqa: F401  its libraries must come before Qt's
    try:
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        print(NO_LIBRARY.format(reason=printable(str(error))), file=sys.stderr)
        return _NO_WINDOW
    from colorstudio.ui.safety_net import NO_SCREEN

    if not _may_have_screen():
        print(NO_SCREEN, file=sys.stderr)
        return _NO_WINDOW
    with log_to_file() as log_file:
        return _run(paths, log_file)


def tune_python() -> None:
    """Let Python's own ways not keep the window waiting."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.set_threshold(*GARBAGE_THRESHOLDS)


def prepared_application(settings: "SettingsStore") -> "QApplication":
    """Qt's application with name, language and look; the process ends where there is no screen."""
    from PySide6.QtWidgets import QApplication

    from colorstudio.ui.language import Language, speak
    from colorstudio.ui.theme import ThemeChoice, apply_theme

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Color Studio")
    app.setDesktopFileName("org.colorstudio.ColorStudio")
    speak(app, Language(settings.value.language))
    apply_theme(app, ThemeChoice(settings.value.theme))
    return app


def _may_have_screen() -> bool:
    """False where it is plain that no window can be shown; Qt tells about the other cases."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _run(paths: Sequence[Path], log_file: Path | None) -> int:
    from colorstudio.ui.front_door import enter
    from colorstudio.ui.safety_net import SafetyNet
    from colorstudio.ui.settings import SettingsStore

    tune_python()
    net = SafetyNet(log_file)
    net.spread()
    settings = SettingsStore()
    app = prepared_application(settings)
    net.has_application = True
    try:
        door = enter(paths)
        if door is None:
            _log.info("the window that is open already took over")
            return _CLEAN
        if not _show_until_closed(app, net, settings, paths, door):
            # A thread hangs in foreign code. Every file is whole at any moment, so just go.
            os._exit(_CLEAN)
    finally:
        net.take_in()
    return _CLEAN


def _show_until_closed(
    app: "QApplication",
    net: "SafetyNet",
    settings: "SettingsStore",
    paths: Sequence[Path],
    door: "FrontDoor",
) -> bool:
    """Run the window; False if a thread of it did not end in time."""
    from colorstudio.ui.main_window import MainWindow
    from colorstudio.ui.quit_signals import QuitSignals

    window = MainWindow(settings=settings)
    net.caught.connect(window.tell)

    def quit_unasked() -> None:
        """The batch under way is offered at the next start, so there is nothing to ask."""
        window.close_down()
        app.quit()

    signals = QuitSignals(quit_unasked)
    app.commitDataRequest.connect(window.close_unasked)  # the session ends
    door.came.connect(window.receive)
    if sys.platform == "darwin":
        door.hear_system(app)
    window.show()
    _log.info("the window is open")
    window.open([Path(path) for path in paths])
    app.exec()
    door.close()
    window.close_down()
    signals.forget()
    return window.left_in_time
