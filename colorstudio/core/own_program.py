"""How Color Studio starts itself once more, as a process of its own.

From a checkout, from an installed package and from a bundle alike: a bundle has no Python that
could be asked for a module, its program takes the arguments of the command line itself.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from colorstudio.core.failures import worded

CONSOLE_PROGRAM = "colorstudio.exe"
"""The bundle's program for Windows whose output can be read; the window's own has none."""

NO_TRAINING = worded(
    "This edition of Color Studio colours only. Training needs the edition “Colour + Train”: get "
    "it where you got this one and use it instead. Your styles and settings stay as they are."
)
NO_TORCH = worded("Training needs the package torch. Install it with: python -m pip install torch")


def is_bundle() -> bool:
    """Whether this runs from a bundle, which brings its Python along."""
    return bool(getattr(sys, "frozen", False))


def can_train() -> bool:
    """Whether the trainer and torch are here; the smaller edition only colours."""
    return all(find_spec(name) is not None for name in ("training", "torch"))


def command(*arguments: str) -> list[str]:
    """The program and arguments that run `colorstudio ARGUMENTS` as the same Color Studio."""
    if not is_bundle():
        # -P: a module of the same name in the folder where it is started must not be taken.
        return [sys.executable, "-P", "-m", "colorstudio", *arguments]
    beside = Path(sys.executable).with_name(CONSOLE_PROGRAM)
    program = beside if sys.platform == "win32" and beside.is_file() else Path(sys.executable)
    return [str(program), *arguments]


def environment() -> dict[str, str]:
    """What such a process needs to know besides its arguments: it speaks UTF-8, without delay."""
    ours = str(Path(__file__).resolve().parents[2])  # as it is when started from a checkout
    paths = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH", ""))))
    return {
        **({} if is_bundle() else {"PYTHONPATH": paths}),
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
    }
