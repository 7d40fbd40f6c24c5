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


class _OneLine(logging.Formatter):
    """Names of files may hold line breaks and escape codes; a traceback keeps its own lines."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(printable(line) for line in super().format(record).splitlines())


@contextmanager
def log_to_file() -> Iterator[Path | None]:
    """Keep what is logged inside the block, Python's warnings too; gives the file's path.

    Where the log can't be written, None is given and the program goes on without.
    """
    handler = _handler()
    if handler is None:
        yield None
        return
    root, own = logging.getLogger(), logging.getLogger("colorstudio")
    logging.raiseExceptions = False  # a full disk must not print tracebacks on the terminal
    logging.captureWarnings(True)
    own.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield Path(handler.baseFilename)
    finally:
        root.removeHandler(handler)
        logging.captureWarnings(False)
        with suppress(OSError):  # a full disk does not take the last lines
            handler.close()


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
