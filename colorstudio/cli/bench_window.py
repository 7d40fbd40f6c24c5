"""The rows of `bench` about the window: how soon it is there, and how long it may be deaf."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from colorstudio.core import own_program
from colorstudio.core.places import HOME_VARIABLE

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class WindowTimes:
    """Seconds; empty: until a window with nothing in it is shown, the plain baseline."""

    window: list[float]
    empty: list[float]
    block: float


def measure_window() -> WindowTimes | None:
    """Measure in fresh processes, in turn; None where no window can be shown, and in a bundle.

    Without a screen Qt's own picture in memory stands for it.
    """
    if own_program.is_bundle():  # it runs no other module than its own
        return None
    with tempfile.TemporaryDirectory() as home:
        try:
            pairs = [(_until_shown("window", home), _until_shown("empty", home))
                     for _ in range(_ROUNDS + 1)][1:]  # fmt: skip
            block = float(_run("batch", home)) / 1000
        except (OSError, subprocess.CalledProcessError, ValueError):
            return None
    window, empty = (list(times) for times in zip(*pairs, strict=True))
    return WindowTimes(window, empty, block)


def _until_shown(what: str, home: str) -> float:
    started = time.perf_counter()
    with subprocess.Popen(
        _command(what), env=_environment(home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - started
    if line.strip() != b"shown":
        raise ValueError("no window was shown")
    return took


def _run(what: str, home: str) -> bytes:
    done = subprocess.run(_command(what), env=_environment(home), capture_output=True, check=True)
    return done.stdout


def _command(what: str) -> list[str]:
    return [sys.executable, "-m", "colorstudio.cli.window_probe", what]


def _environment(home: str) -> dict[str, str]:
    environment = {**os.environ, **own_program.environment(), HOME_VARIABLE: home}
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment
