"""Writing to the terminal, or to wherever the output goes instead."""

import contextlib
import json
import os
import sys
from typing import Any, TextIO

from colorstudio.core.failures import printable


def prepare_streams() -> None:
    """Let any name be shown on any terminal: what it can't show is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """One line of text on standard output."""
    _write(sys.stdout, printable(line))


def say_json(**values: Any) -> None:
    """One object on a line of its own on standard output; ASCII only."""
    _write(sys.stdout, json.dumps(values))


def complain(line: str) -> None:
    """One line on standard error."""
    _write(sys.stderr, printable(line))


def shows_progress() -> bool:
    """True if standard error is a terminal, on which a line can be redrawn."""
    return sys.stderr is not None and sys.stderr.isatty()


def redraw(text: str) -> None:
    """Replace the terminal's present line (on standard error) by the text; "" clears it."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def _write(stream: TextIO | None, line: str) -> None:
    """Write a line at once. A reader who has gone away must not cost the rest of the batch."""
    if stream is None:  # started without a console
        return
    try:
        stream.write(line + "\n")
        stream.flush()
    except (OSError, ValueError):
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """From now on the stream's output goes nowhere, also what Python flushes at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
