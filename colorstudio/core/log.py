"""The log file: bounded in size, one line an event, for bug reports."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from colorstudio.core.failures import printable
from colorstudio.core.places import log_folder

FILE_NAME = "colorstudio.log"
MAX_BYTES = 2_000_000
KEPT_FILES = 3
MOST_CHARACTERS = 20_000
"""Of one event: an exception may hold a whole file, and one event alone must not fill the log."""

LINE_BREAK = " ⏎ "
"""Stands in an event for the line breaks of its traceback: one event is one line."""


class _OneLine(logging.Formatter):
    """One line an event; names of files may hold line breaks and escape codes."""

    def format(self, record: logging.LogRecord) -> str:
        line = LINE_BREAK.join(printable(line) for line in super().format(record).splitlines())
        if len(line) <= MOST_CHARACTERS:
            return line
        half = MOST_CHARACTERS // 2  # the end of a traceback says most
        return f"{line[:half]} … {line[-half:]}"


@contextmanager
def log_to_file() -> Iterator[Path | None]:
    """Keep what is logged inside the block, Python's warnings too; gives the file's path.

    Where the log can't be written, None is given and the program goes on without.
    """
    file = _handler()
    handler = file or logging.NullHandler()  # with none at all, Python would log on the terminal
    root, own = logging.getLogger(), logging.getLogger("colorstudio")
    logging.raiseExceptions = False  # a full disk must not print tracebacks on the terminal
    logging.captureWarnings(True)
    own.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield None if file is None else Path(file.baseFilename)
    finally:
        root.removeHandler(handler)
        logging.captureWarnings(False)
        with suppress(OSError):  # a full disk does not take the last lines
            handler.close()


def open_log() -> Path | None:
    """The log that is being written; None where there is none."""
    kept = (h for h in logging.getLogger().handlers if isinstance(h, RotatingFileHandler))
    return next((Path(handler.baseFilename) for handler in kept), None)


def _handler() -> RotatingFileHandler | None:
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / FILE_NAME,
            maxBytes=MAX_BYTES,
            backupCount=KEPT_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        return None
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler
