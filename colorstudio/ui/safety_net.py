"""Whatever nobody caught ends in the log and in the message bar, and the window lives on."""

import ctypes
import faulthandler
import logging
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from colorstudio.core.failures import Failure, FailureKind, printable, worded

_log = logging.getLogger(__name__)

NO_SCREEN = (
    "Color Studio can't open a window: there is no screen it can use. Start it on a desktop, or "
    "colour without a window: python main.py colorize FOLDER -o OUTPUT."
)

NO_CURSOR_LIBRARY = (
    "Color Studio can't open a window: the system's library libxcb-cursor is missing. Install it "
    "(on Debian or Ubuntu: sudo apt install libxcb-cursor0), then start again."
)

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class SafetyNet(QObject):
    """Catches exceptions of slots, timers and threads, and Qt's own messages.

    Made before the application, because Qt tells of a missing screen while that is made.
    """

    caught = Signal(object)  # Failure, on the UI thread

    _caught_anywhere = Signal(object)

    def __init__(self, log_file: Path | None) -> None:
        super().__init__()
        self._log_file = log_file
        self._crash_file: TextIO | None = None
        self._told: set[str] = set()
        self.has_application = False
        self._caught_anywhere.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def spread(self) -> None:
        """Hang the net under everything that can fall."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._exception
        threading.excepthook = self._thread_exception
        sys.unraisablehook = self._unraisable
        qInstallMessageHandler(self._qt_message)
        self._watch_crashes()

    def take_in(self) -> None:
        """Put everything back as it was."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(None)
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None

    def _watch_crashes(self) -> None:
        """A crash of native code leaves its trace beside the log; the last one is kept."""
        if self._log_file is None:
            return
        crash = self._log_file.with_name("crash.log")
        try:
            if crash.exists() and crash.stat().st_size:
                crash.replace(crash.with_name("crash.previous.log"))
            self._crash_file = crash.open("w", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._crash_file)

    def _exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return  # Ctrl-C arrives as a signal and closes the window
        _log.error("nobody caught this", exc_info=(kind, error, trace))
        self._caught_anywhere.emit(self._failure(error))

    def _thread_exception(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            self._exception(facts.exc_type, facts.exc_value, facts.exc_traceback)

    def _unraisable(self, facts: "sys.UnraisableHookArgs") -> None:
        _log.error("ignored in %r", facts.object, exc_info=facts.exc_value)

    def _qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _log.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
        if kind is QtMsgType.QtFatalMsg and not self.has_application:
            # Qt ends the process with a crash after this; a sentence is kinder.
            print(_why_no_window(), file=sys.stderr, flush=True)
            logging.shutdown()
            os._exit(2)

    def _failure(self, error: BaseException) -> Failure:
        detail = printable(f"{type(error).__name__}: {error}")
        sentence = worded(
            "Something unexpected happened; your pictures are safe and you can go on."
        )
        if self._log_file is not None:
            sentence = worded(
                "{sentence} It is noted in {file}.",
                sentence=sentence,
                file=printable(str(self._log_file)),
            )
        return Failure(FailureKind.INTERNAL, sentence, detail)

    def _tell(self, failure: Failure) -> None:
        if failure.detail not in self._told:  # a fault in a timer would tell it for ever
            self._told.add(failure.detail)
            self.caught.emit(failure)


def _why_no_window() -> str:
    """Qt says the same of a missing screen and of the one library that Linux often lacks."""
    if sys.platform.startswith("linux") and os.environ.get("DISPLAY"):
        try:
            ctypes.CDLL("libxcb-cursor.so.0")
        except OSError:
            return NO_CURSOR_LIBRARY
    return NO_SCREEN
