"""Writing to the terminal, or to wherever the output goes instead."""

import contextlib
import json
import sys
from typing import Any

from colorstudio.core.failures import printable
from colorstudio.core.streams import write_line


def prepare_streams() -> None:
    """Let any name be shown on any terminal: what it can't show is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """One line of text on standard output."""
    write_line(sys.stdout, printable(line))


def say_json(**values: Any) -> None:
    """One object on a line of its own on standard output; ASCII only."""
    write_line(sys.stdout, json.dumps(values))


def complain(line: str) -> None:
    """One line on standard error."""
    write_line(sys.stderr, printable(line))


def shows_progress() -> bool:
    """True if standard error is a terminal, on which a line can be redrawn."""
    return sys.stderr is not None and sys.stderr.isatty()


def redraw(text: str) -> None:
    """Replace the terminal's present line (on standard error) by the text; "" clears it."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
