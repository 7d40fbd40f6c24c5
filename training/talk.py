"""JSON lines: one object for each event, as the window and scripts read them."""

import json
import sys
from typing import Any, TextIO


class Talk:
    """Prints events."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    def say(self, event: str, **rest: Any) -> None:
        """Print one event."""
        # In one piece: another process may share the stream.
        self._stream.write(json.dumps({"event": event, **rest}) + "\n")
        self._stream.flush()
