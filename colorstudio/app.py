"""The windowed program: from a start without arguments to the exit status."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from colorstudio.core.log import log_to_file

_CLEAN, _NO_WINDOW = 0, 2

_log = logging.getLogger(__name__)


def main(paths: Sequence[Path]) -> int:
    """Open the window with these pictures or folders; returns the exit status.

    0 once the window is closed; 2, after a sentence on standard error, where there is no screen.
    """
    if sys.platform == "win32":
        import colorstudio.inference.colorizer  # noqa: F401  its libraries must come before Qt's
    from colorstudio.ui.safety_net import NO_SCREEN

    if not _may_have_screen():
        print(NO_SCREEN, file=sys.stderr)
        return _NO_WINDOW
    with log_to_file() as log_file:
        return _run(paths, log_file)


def _may_have_screen() -> bool:
    """False where it is plain that no window can be shown; Qt tells about the other cases."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _run(paths: Sequence[Path], log_file: Path | None) -> int:
    from PySide6.QtWidgets import QApplication

    from colorstudio.ui.safety_net import SafetyNet

    net = SafetyNet(log_file)
    net.spread()
    app = QApplication(sys.argv[:1])
    net.has_application = True

    from colorstudio.ui.main_window import MainWindow
    from colorstudio.ui.quit_signals import QuitSignals
    from colorstudio.ui.theme import apply_theme

    app.setApplicationName("Color Studio")
    app.setDesktopFileName("colorstudio")
    apply_theme(app)
    window = MainWindow()
    net.caught.connect(window.tell)
    signals = QuitSignals(app.quit)
    window.show()
    _log.info("the window is open")
    window.open([Path(path) for path in paths])
    app.exec()
    window.close_down()
    signals.forget()
    net.take_in()
    if not window.left_in_time:
        # A thread hangs in foreign code. Every file is whole at any moment, so just go.
        os._exit(_CLEAN)
    return _CLEAN
