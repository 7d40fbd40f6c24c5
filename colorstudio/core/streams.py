"""Writing lines to where somebody may have stopped reading (`… | head`)."""

import contextlib
import os
from typing import TextIO


def write_line(stream: TextIO | None, line: str) -> None:
    """Write a line at once. A reader who has gone away must not cost the rest of the work."""
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
