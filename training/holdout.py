"""Pages held back from training, to judge by how a style colours what it has not seen.

Which ones is decided by the pictures' own content and the run's seed: adding pages to a folder
moves few others, and a resumed run keeps those that it has. What was once learnt from never judges.
"""

import hashlib
import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.small_files import read_within
from colorstudio.core.writing import write_bytes_atomic
from training.pictures import LEVELS, MOST_INDEX_BYTES, PictureStore

SHARE = 0.2
IN_DOUBT = 5
"""So many are held back, of up to half the pages, where pages tell little of each other: two or
three that happen to be like the others would praise a style that fails on all the rest."""
MOST = 40
"""More pages than this make the figures hardly surer, and cost time and pages to learn from."""

_LIST = "held-back.json"


@dataclass(frozen=True, slots=True)
class _Roles:
    """Digests and paths of the pages that a run has held back, and of those it has learnt from.

    learnt: None where an older program did not write them down.
    """

    held: frozenset[str]
    learnt: frozenset[str] | None


def held_back(
    store: PictureStore, seed: int, resumed: Path | None = None, *, in_doubt: bool = False
) -> list[int]:
    """Numbers of the pictures to hold back: a fifth, at least 1, none of a single picture.

    in_doubt: pages tell little of each other, so more of them must judge.

    resumed: the run folder of a run that goes on. What it held back it goes on holding back,
    retouched or not, and no other picture. Where all of that has gone, pages that are new judge;
    without any, ColorStudioError is raised.
    """
    if len(store) < 2:
        return []
    candidates: Sequence[int] = range(len(store))
    earlier = None if resumed is None else _remembered(resumed)
    if earlier is not None:
        kept, new = _kept_and_new(store, seed, earlier)
        if 0 < len(kept) < len(store):
            return kept
        candidates = kept or new
        if not candidates:
            raise ColorStudioError(
                FailureKind.USAGE,
                "The pages that were held back to judge by have gone from the folder, and all "
                "others were learnt from. Put them back or add a finished page, then go on with "
                "--resume.",
            )
    least = max(1, min(IN_DOUBT, len(store) // 2)) if in_doubt else 1
    count = min(MOST, max(least, round(SHARE * len(store))))
    return sorted(sorted(candidates, key=lambda number: _place(store, number, seed))[:count])


def remember(
    store: PictureStore, numbers: Collection[int], run_folder: Path, *, resumed: bool = False
) -> None:
    """Keep the choice, and what is learnt from, for a run that is gone on with. Raises OSError.

    resumed: the run has learnt from other pages before, maybe.
    """
    earlier = _remembered(run_folder) if resumed else None
    learnt = set() if earlier is None else set(earlier.learnt or ())
    held: set[str] = set()
    for number in range(len(store)):
        marks = held if number in numbers else learnt
        marks.update((digest_of(store, number), _path_of(store, number)))
    text = json.dumps({"held": sorted(held), "learnt": sorted(learnt)})
    write_bytes_atomic(run_folder / _LIST, text.encode())


def digest_of(store: PictureStore, number: int) -> str:
    """What tells a picture, by its content, from every other."""
    return hashlib.sha256(_content(store, number)).hexdigest()


def _kept_and_new(store: PictureStore, seed: int, earlier: _Roles) -> tuple[list[int], list[int]]:
    """Numbers of the pages that judged before, and of those that the run has not seen at all."""
    kept, new = [], []
    learnt = earlier.learnt or frozenset()
    for number in range(len(store)):
        digests = {digest_of(store, number), _place(store, number, seed)}
        path = _path_of(store, number)
        if digests & learnt:
            continue
        if digests & earlier.held:
            kept.append(number)
        elif path in learnt:
            continue  # retouched since it was learnt from
        elif path in earlier.held:
            kept.append(number)
        elif earlier.learnt is not None:
            new.append(number)
    return kept, new


def _remembered(run_folder: Path) -> _Roles | None:
    try:
        found = json.loads(read_within(run_folder / _LIST, MOST_INDEX_BYTES))
        if isinstance(found, list):  # as an older program wrote it: places in its order
            return _Roles(frozenset(found), None) if found else None
        return _Roles(frozenset(found["held"]), frozenset(found["learnt"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path_of(store: PictureStore, number: int) -> str:
    return os.path.abspath(store.used[number].path)


def _place(store: PictureStore, number: int, seed: int) -> str:
    """Where a picture stands among all: at chance, but always the same for a seed."""
    return hashlib.sha256(f"{seed} ".encode() + _content(store, number)).hexdigest()


def _content(store: PictureStore, number: int) -> bytes:
    content: bytes = store.canvases[LEVELS[-1]][number].tobytes()
    return content
