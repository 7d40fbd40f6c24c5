"""A look at a training folder without training: what would be used, and what to expect."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind, describe
from training.folder_report import look_at
from training.holdout import held_back
from training.pictures import PictureStore, scan_folder
from training.stopping import INTERRUPTED, Stopped, StopRequest
from training.talk import Talk

_PAUSE = 0.1


class Decoding:
    """Tells how far the decoding is; given to a PictureStore, which asks it between pictures."""

    def __init__(self, total: int, should_stop: Callable[[], bool], talk: Talk | None) -> None:
        self._total, self._should_stop, self._talk = total, should_stop, talk
        self._done, self._told = 0, 0.0

    def __call__(self) -> bool:
        if self._talk is not None and time.monotonic() - self._told > _PAUSE:
            self._told = time.monotonic()
            self._talk.say("decoding", done=self._done, total=self._total)
        self._done += 1
        return self._should_stop()


def look(folder: Path, *, json_lines: bool, seed: int = 1) -> int:
    """Report on a folder; gives the exit status. Torch is not imported.

    Raises ColorStudioError when the folder is not there or holds no picture, or the disk is full.
    """
    stop, talk = StopRequest(watch_input=json_lines), Talk() if json_lines else None
    pictures, unread = scan_folder(folder)
    cache = places.cache_folder()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="look-", dir=cache) as room:
            # On the disk, as in training: thousands of pictures would not fit into memory.
            store = PictureStore(pictures, Path(room), Decoding(len(pictures), stop, talk))
            report = look_at(store, held_back(store, seed), unread)
            paths = [str(picture.path) for picture in store.used]
            store.canvases.clear()  # some systems delete no file that is mapped
    except Stopped:
        return INTERRUPTED
    except OSError as error:
        failure = describe(error, cache, writing=True)
        full = failure.kind is FailureKind.DISK_FULL
        sentence = (
            "The disk is full, so the pictures can't be looked at. Make room, then try again."
            if full
            else failure.sentence
        )
        raise ColorStudioError(failure.kind, sentence, failure.detail) from error
    if talk is None:
        report.print()
    else:
        talk.say("pictures", **report.to_dict(), paths=paths)
    return 0
