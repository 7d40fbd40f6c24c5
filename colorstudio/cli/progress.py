"""The progress bar of a batch on a terminal: how far, how fast, how long still."""

import shutil
import sys
import time
from typing import Self

from tqdm import tqdm

from colorstudio.cli.console import redraw, shows_progress

_FORMAT = "{n_fmt}/{total_fmt} |{bar}| {rate_fmt}, {remaining} left"
_REDRAW_SECONDS = 0.1


class ProgressBar:
    """Counts pictures that were worked on; skipped ones are neither progress nor speed.

    The clock is monotonic, which tqdm's own bar is not: setting the computer's clock must not
    make a night's work look like minus three hours. tqdm only words the line.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._start = time.monotonic()
        self._drawn = -_REDRAW_SECONDS
        self._draw()

    @classmethod
    def on_terminal(cls, total: int) -> Self | None:
        """A bar, or None where there is nothing to count or no terminal to draw on."""
        return cls(total) if total and shows_progress() else None

    def advance(self) -> None:
        """One more picture has ended."""
        self._done += 1
        if self._done == self._total or time.monotonic() - self._drawn > _REDRAW_SECONDS:
            self._draw()

    def close(self) -> None:
        """Clear the line for what is told next."""
        redraw("")

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        redraw(self.line(self._drawn - self._start, shutil.get_terminal_size().columns - 1))

    def line(self, seconds: float, columns: int) -> str:
        """The bar as text, seconds after the start."""
        return tqdm.format_meter(
            min(self._done, self._total),
            self._total,
            seconds,
            ncols=columns,
            ascii=not _shows_blocks(),
            unit=" pictures",
            bar_format=_FORMAT,
        )


def _shows_blocks() -> bool:
    try:
        "█".encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
