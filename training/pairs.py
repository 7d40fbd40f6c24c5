"""Which pictures of a folder belong together: coloured page and its line art.

Either by name, `x.color.png` and `x.line.png`, or by folder, `color/x.png` and `line/x.png`,
at any depth; the formats of the two may differ. British spelling and plurals count too.
"""

from collections.abc import Sequence
from pathlib import Path

from colorstudio.core.scan import Found

_LINES = frozenset({"line", "lines"})
_COLOURS = frozenset({"color", "colors", "colour", "colours"})


def paired(found: Sequence[Found]) -> list[tuple[Path, Path | None]]:
    """Each picture with its line art or None, in the order of the finds.

    Line art that belongs to a coloured picture doesn't stand for itself.
    """
    lines = {key: f.path for f in found if (key := _key(f.relative, _LINES)) is not None}
    pairs: list[tuple[Path, Path | None]] = []
    for picture in found:
        key = _key(picture.relative, _COLOURS)
        pairs.append((picture.path, None if key is None else lines.get(key)))
    partners = {partner for _, partner in pairs}
    return [(path, partner) for path, partner in pairs if path not in partners]


def _key(relative: Path, role: frozenset[str]) -> Path | None:
    """What a picture of this role is called without the role; None if it has another one."""
    name, _, mark = relative.stem.rpartition(".")
    if name and mark.lower() in role:
        return relative.with_name(name)
    folders = relative.parts[:-1]
    for place in reversed(range(len(folders))):
        if folders[place].lower() in role:
            return Path(*folders[:place], *folders[place + 1 :], relative.stem)
    return None
