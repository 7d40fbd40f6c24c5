"""Style files, told by their names."""

from collections.abc import Sequence
from pathlib import Path

SUFFIX = ".colorstyle"  # as styles/package.py has it, which loads too much for a start


def style_files(paths: Sequence[Path]) -> list[Path]:
    """Those of the paths that are style files."""
    return [path for path in paths if path.suffix.lower() == SUFFIX]
