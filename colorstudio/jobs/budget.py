"""How much is in flight at once: a share of pixels that every picture takes and gives back."""

import threading

from colorstudio.core.cancel import CancelToken

MOST_IN_FLIGHT = 8
"""However small the pictures are, no more than this many are worked on at once."""

_LOOK_SECONDS = 0.05  # how often a waiting thread looks at its token


class PixelBudget:
    """Bounds memory: the pixels of all pictures between decoding and the end of writing.

    A picture larger than the whole budget takes all of it, and so passes alone.
    """

    def __init__(self, pixels: int) -> None:
        self._whole = max(pixels, MOST_IN_FLIGHT)
        self._left = self._whole
        self._changed = threading.Condition()

    def take(self, pixels: int, token: CancelToken) -> int:
        """Wait until the picture fits and take its share, which is to be given back later.

        Raises Cancelled, having taken nothing, as soon as the token says so.
        """
        share = min(max(pixels, self._whole // MOST_IN_FLIGHT), self._whole)
        with self._changed:
            while True:
                token.raise_if_cancelled()
                if share <= self._left:
                    self._left -= share
                    return share
                self._changed.wait(_LOOK_SECONDS)

    def give_back(self, share: int) -> None:
        """Return a share that take() gave."""
        with self._changed:
            self._left += share
            self._changed.notify_all()
