"""A look at a training folder without training: what would be used, and what to expect."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, worded
from colorstudio.core.streams import write_line
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

    Raises ColorStudioError when the folder is not there or holds no picture, or the program's
    cache takes none of them.
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
        raise _no_room(error, cache) from error
    if talk is not None:
        talk.say("pictures", **report.to_dict(), paths=paths)
        return 0
    report.print(sys.stdout)  # here it is what was asked for
    if not report.used:
        write_line(sys.stdout, "No picture to learn from: give finished, coloured ones.")
    return 0


def _no_room(error: OSError, cache: Path) -> ColorStudioError:
    failure = describe(error, cache, writing=True)
    sentence = failure.sentence
    if failure.kind is FailureKind.DISK_FULL:
        sentence = worded(
            "The disk is full, so the pictures can't be looked at. Make room, then try again."
        )
    elif failure.kind is FailureKind.CANNOT_WRITE:
        sentence = worded(
            "The pictures can't be looked at, because “{folder}” can't be written. Check its "
            "permissions, then try again.",
            folder=printable(str(cache)),
        )
    return ColorStudioError(failure.kind, sentence, failure.detail)
