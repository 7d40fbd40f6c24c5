"""The one colorizer that preview and batch share, made when it is first needed."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colorstudio.inference.colorizer import Colorizer


def load_colorizer(style: str, device: str) -> "Colorizer":
    """Load a style. Slow (it loads onnxruntime at first): never call it on the UI thread."""
    from colorstudio.inference.colorizer import Colorizer

    return Colorizer(style, device)


class ColorizerSource:
    """Keeps the colorizer of the style asked for last. Safe to use from any thread.

    device: auto, cuda or cpu; another one counts from the next time a colorizer is asked for.
    """

    def __init__(self, load: Callable[[str, str], "Colorizer"] = load_colorizer) -> None:
        self.device = "auto"
        self._load = load
        self._lock = threading.Lock()
        self._loaded = ("", "")  # style and device
        self._colorizer: Colorizer | None = None

    def get(self, style: str) -> "Colorizer":
        """The colorizer for that style; waits while another thread loads one.

        Raises ColorStudioError if the style can't be used.
        """
        with self._lock:
            wanted = (style, self.device)
            if self._colorizer is None or self._loaded != wanted:
                self._colorizer = None  # room for the next one before it is loaded
                self._colorizer = self._load(*wanted)
                self._loaded = wanted
            return self._colorizer
