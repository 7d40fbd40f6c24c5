"""What is dropped on the window or named to it, sorted away from the UI thread."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from colorstudio.core.failures import Failure, describe
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.session import Drop, sort_drop
from colorstudio.ui.studio_errands import not_usable, picture_suffixes


class Intake(QObject):
    """Takes paths in; what comes while others are being sorted is taken along with them.

    So nothing is lost where the system brings one file after the other.
    """

    sorted = Signal(object)  # Drop with something in it that can be used
    told = Signal(object)  # Failure

    def __init__(self, errands: ErrandThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = errands
        self._coming: dict[Path, None] = {}  # not sorted yet, in the order in which they came

    def take(self, paths: Sequence[Path]) -> None:
        """Find out what these are; `sorted` tells."""
        self._coming |= dict.fromkeys(paths)
        coming = tuple(self._coming)
        self._errands.ask(
            "drop",
            lambda: sort_drop([path.absolute() for path in coming], picture_suffixes()),
            self._pass_on,
            self._fail,
        )

    def _pass_on(self, drop: Drop) -> None:
        self._coming.clear()
        found = len(drop.folders) + len(drop.pictures)
        if drop.missing:
            error = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self.told.emit(describe(error, drop.missing[0]))
        if drop.others:
            self.told.emit(not_usable(drop.others, nothing_else=not found))
        if found:
            self.sorted.emit(drop)

    def _fail(self, failure: Failure) -> None:
        self._coming.clear()
        self.told.emit(failure)
