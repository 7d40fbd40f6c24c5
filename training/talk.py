"""JSON lines: one object for each event, as the window and scripts read them."""

import json
import sys
from typing import Any, TextIO

from colorstudio.core.streams import write_line


class Talk:
    """Prints events."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    def say(self, event: str, **rest: Any) -> None:
        """Print one event; a reader who has gone away costs no training."""
        # In one piece: another process may share the stream.
        write_line(self._stream, json.dumps({"event": event, **rest}))
