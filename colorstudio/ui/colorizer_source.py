"""The one colorizer that preview and batch share, made when it is first needed."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colorstudio.inference.colorizer import Colorizer


def load_colorizer(style: str) -> "Colorizer":
    """Load a style. Slow (it loads onnxruntime at first): never call it on the UI thread."""
    from colorstudio.inference.colorizer import Colorizer

    return Colorizer(style)


class ColorizerSource:
    """Keeps the colorizer of the style asked for last. Safe to use from any thread."""

    def __init__(self, load: Callable[[str], "Colorizer"] = load_colorizer) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._style = ""
        self._colorizer: Colorizer | None = None

    def get(self, style: str) -> "Colorizer":
        """The colorizer for that style; waits while another thread loads one.

        Raises ColorStudioError if the style can't be used.
        """
        with self._lock:
            if self._colorizer is None or self._style != style:
                self._colorizer = None  # room for the next one before it is loaded
                self._colorizer = self._load(style)
                self._style = style
            return self._colorizer
