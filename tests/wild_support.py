"""What wild hands need around them: ears for complaints, patience, dialogs that answer at once."""

import logging
import random
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

PATIENCE = 60.0  # seconds for whatever has been begun to come to its end
_HARMLESS = (
    "This plugin does not support",
    "propagateSizeHints",
    "not accepted by receiving widget",  # the test's own click fell on the bare ground of a list
)


class Complaints:
    """Collects what nobody caught, what Qt warns of and what the program logs as an error."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While inside, everything is heard."""
        before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        handler = logging.Handler(logging.ERROR)
        handler.emit = lambda record: self.heard.append(_words_of(record))  # type: ignore[method-assign]
        sys.excepthook = lambda kind, error, trace: self._hear(error)
        threading.excepthook = lambda facts: self._hear(facts.exc_value)
        sys.unraisablehook = lambda facts: self._hear(facts.exc_value)
        qInstallMessageHandler(self._hear_qt)
        logging.getLogger().addHandler(handler)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(handler)
            qInstallMessageHandler(None)
            sys.excepthook, threading.excepthook, sys.unraisablehook = before

    def _hear(self, error: BaseException | None) -> None:
        self.heard.append("".join(traceback.format_exception(error)) if error else "?")

    def _hear_qt(self, kind: QtMsgType, _: object, text: str) -> None:
        serious = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if serious and not any(words in text for words in _HARMLESS):
            self.heard.append(f"Qt: {text}")


def _words_of(record: logging.LogRecord) -> str:
    return logging.Formatter("%(name)s: %(message)s").format(record)


def wait_for(seconds: float) -> None:
    """Let the window work for so long."""
    end = time.monotonic() + seconds
    QApplication.processEvents()
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def wait_until(condition: Callable[[], bool]) -> None:
    """Let the window work until it comes to that."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "the window does not answer any more"
        QApplication.processEvents()
        time.sleep(0.002)


@contextmanager
def without_system_dialogs(place: Path, seed: int) -> Iterator[None]:
    """Dialogs that would wait for somebody answer at once; nothing is opened elsewhere."""
    chance = random.Random(seed)
    page, palette = str(place / "more" / "page 1.png"), str(place / "more" / "colours.gpl")
    before: list[tuple[Any, str, Any]] = []

    def put(owner: Any, name: str, other: Any) -> None:
        before.append((owner, name, getattr(owner, name)))
        setattr(owner, name, other)

    def answer(name: str, *answers: Any) -> None:
        put(QFileDialog, name, staticmethod(lambda *_, **__: chance.choice(answers)))

    answer("getExistingDirectory", "", str(place / "more"))
    answer("getOpenFileNames", ([], ""), ([page], ""))
    answer("getOpenFileName", ("", ""), (palette, ""), (page, ""))
    answer("getSaveFileName", ("", ""))
    put(QDialog, "exec", lambda self: 0)
    put(QDesktopServices, "openUrl", staticmethod(lambda _: True))
    try:
        yield
    finally:
        for owner, name, value in reversed(before):
            setattr(owner, name, value)
