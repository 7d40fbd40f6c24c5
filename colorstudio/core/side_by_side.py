"""Parts of a picture worked on by several processors at once."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

MOST_THREADS: Final = 4


def do_each(work: Callable[[T], None], parts: Sequence[T]) -> None:
    """Do something for every part, which must not touch another's; raises what that raises."""
    threads = min(MOST_THREADS, os.cpu_count() or 1, len(parts))
    if threads < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, parts):
            pass
