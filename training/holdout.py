"""Pages held back from training, to judge by how a style colours what it has not seen.

Which ones is decided by the pictures' own content and the run's seed: adding pages to a folder
moves few others, and a resumed run keeps those that it has.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from colorstudio.core.small_files import read_within
from colorstudio.core.writing import write_bytes_atomic
from training.pictures import LEVELS, PictureStore

SHARE = 0.2
IN_DOUBT = 5
"""So many are held back, of up to half the pages, where pages tell little of each other: two or
three that happen to be like the others would praise a style that fails on all the rest."""
MOST = 40
"""More pages than this make the figures hardly surer, and cost time and pages to learn from."""

_LIST = "held-back.json"


def held_back(
    store: PictureStore, seed: int, resumed: Path | None = None, *, in_doubt: bool = False
) -> list[int]:
    """Numbers of the pictures to hold back: a fifth, at least 1, none of a single picture.

    in_doubt: pages tell little of each other, so more of them must judge.

    resumed: the run folder of a run that goes on. What it held back it goes on holding back,
    and no other picture: what was once trained on must never judge.
    """
    if len(store) < 2:
        return []
    digests = [_digest(store, number, seed) for number in range(len(store))]
    earlier = set() if resumed is None else _remembered(resumed)
    kept = [number for number, digest in enumerate(digests) if digest in earlier]
    if 0 < len(kept) < len(store):
        return kept
    least = max(1, min(IN_DOUBT, len(store) // 2)) if in_doubt else 1
    count = min(MOST, max(least, round(SHARE * len(store))))
    return sorted(sorted(range(len(store)), key=lambda number: digests[number])[:count])


def remember(store: PictureStore, numbers: Sequence[int], seed: int, run_folder: Path) -> None:
    """Keep the choice for a run that is gone on with. Raises OSError."""
    digests = [_digest(store, number, seed) for number in numbers]
    write_bytes_atomic(run_folder / _LIST, json.dumps(digests).encode())


def _remembered(run_folder: Path) -> set[str]:
    try:
        return set(json.loads(read_within(run_folder / _LIST)))
    except (OSError, ValueError, TypeError):
        return set()


def _digest(store: PictureStore, number: int, seed: int) -> str:
    content = store.canvases[LEVELS[-1]][number].tobytes()
    return hashlib.sha256(f"{seed} ".encode() + content).hexdigest()
