"""Where the hints of a picture are found: beside it, or at home where its folder takes no files."""

import contextlib
import hashlib
import os
from pathlib import Path

from colorstudio.core import places
from colorstudio.core.hints import SUFFIX, HintSet, hints_beside, load_hints
from colorstudio.core.writing import write_bytes_atomic


def hints_of(picture: Path) -> Path | None:
    """The hint file that holds for a picture; None where there is none.

    That is the newer one of two: hints are kept at home only where none can be written beside.
    """
    beside, kept = hints_beside(picture), kept_path(picture)
    if beside is None:
        return kept if kept.is_file() else None
    with contextlib.suppress(OSError):
        return kept if kept.stat().st_mtime_ns > beside.stat().st_mtime_ns else beside
    return beside


def read_hints(picture: Path) -> HintSet:
    """The hints that hold for a picture, if it has any. Raises ColorStudioError."""
    file = hints_of(picture)
    return HintSet() if file is None else load_hints(file)


def kept_path(picture: Path) -> Path:
    """Where hints are kept that can't lie beside their picture."""
    name = hashlib.sha256(os.fsencode(picture.absolute())).hexdigest()[:32]
    return places.home() / "hints" / (name + SUFFIX)


def keep_at_home(picture: Path, hints: HintSet) -> None:
    """Write them there, also that a picture has none any more. Raises OSError."""
    kept = kept_path(picture)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_bytes_atomic(kept, hints.to_json().encode())


def forget_kept(picture: Path) -> None:
    """They lie beside their picture now."""
    with contextlib.suppress(OSError):
        kept_path(picture).unlink()
