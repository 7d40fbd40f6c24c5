"""The order an artist expects: "page 2" before "page 10", whatever the case."""

import re
from pathlib import PurePath

_Part = tuple[str | int, ...]
NaturalKey = tuple[tuple[_Part, ...], tuple[_Part, ...], str]


def natural_key(path: PurePath) -> NaturalKey:
    """Sort "page 2" before "page 10", files of a folder together and before its sub-folders."""
    folder = tuple(_natural_part(part) for part in path.parts[:-1])
    return folder, (_natural_part(path.name),), str(path)


def _natural_part(name: str) -> _Part:
    pieces = re.split(r"([0-9]+)", name.casefold())
    return tuple(
        int(piece) if piece.isdigit() and index % 2 else piece for index, piece in enumerate(pieces)
    )
