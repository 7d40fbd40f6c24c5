"""`colorstudio bench`: how fast this computer is, each figure beside its plain baseline.

Times are medians; a file-to-file time stands beside decode + encode alone, measured in turn
with it, because machines are noisy and ratios are not.
"""

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from colorstudio.cli.bench_hints import hint_to_picture
from colorstudio.cli.bench_window import measure_window
from colorstudio.cli.console import say, say_json
from colorstudio.core import own_program, places
from colorstudio.core.reading import read_artwork
from colorstudio.core.request import ColorRequest
from colorstudio.core.writing import write_artwork
from colorstudio.inference.colorizer import Colorizer

_SIDES = (256, 512)
_PAGES = {"1080×720": (720, 1080), "4960×7016": (7016, 4960)}
_SAMPLE, _LINE_ART = "greyscale-seaside.png", "lineart-village.png"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: milliseconds or MiB, and how many times the baseline that is."""

    what: str
    value: float
    unit: str
    baseline: str = ""
    ratio: float | None = None


def run(namespace: argparse.Namespace) -> int:
    """Measure and tell; gives the exit status. Raises ColorStudioError for an unusable style."""
    colorizer = Colorizer(namespace.style, namespace.device)
    figures = [_generator(colorizer, side) for side in _SIDES]
    with tempfile.TemporaryDirectory() as folder:
        for name, size in _PAGES.items():
            source = _page(Path(folder), name, size, _SAMPLE)
            figures.append(_file_to_file(colorizer, source, name))
        for kind, sample in (("grey", _SAMPLE), ("line art", _LINE_ART)):
            figures.append(_hint(colorizer, Path(folder), kind, sample))
        figures += _peak_memory(source, namespace.style, namespace.device)
    figures += _window()
    machine = f"{platform.machine()}, {colorizer.provider.name}, style {colorizer.style.info.name}"
    if namespace.json:
        say_json(event="bench", machine=machine, figures=[asdict(figure) for figure in figures])
        return 0
    say(machine)
    for figure in figures:
        ratio = "" if figure.ratio is None else f"  {figure.ratio:.2f} × {figure.baseline}"
        say(f"{figure.what:34}{figure.value:9.1f} {figure.unit}{ratio}")
    return 0


def _generator(colorizer: Colorizer, side: int) -> Figure:
    """The generator alone, on noise: its time does not depend on the picture."""
    luma = np.random.default_rng(1).random((side, side), dtype=np.float32)
    took = _median([lambda: colorizer.paint(luma)], rounds=40)[0]
    return Figure(f"generator alone, {side}×{side}", took * 1000, "ms")


def _hint(colorizer: Colorizer, folder: Path, kind: str, sample: str) -> Figure:
    """From a placed hint to the new picture, as the window does it."""
    size = _PAGES["1080×720"]
    took = hint_to_picture(colorizer, _page(folder, f"hinted {kind}", size, sample))
    return Figure(f"hint to picture, 1080×720 {kind}", took * 1000, "ms")


def _page(folder: Path, name: str, size: tuple[int, int], sample: str) -> Path:
    """A grey page of that size (height, width), from a sample picture."""
    picture = Image.open(places.resources() / "samples" / sample).convert("L")
    page = folder / f"{name}.png"
    picture.resize((size[1], size[0]), Image.Resampling.BICUBIC).save(page)
    return page


def _file_to_file(colorizer: Colorizer, source: Path, name: str) -> Figure:
    """Reading, colouring and writing, against reading and writing the same files alone."""
    target = source.with_name("out.png")
    coloured = colorizer.colorize_artwork(read_artwork(source), ColorRequest()).artwork

    def whole() -> None:
        page = read_artwork(source)
        write_artwork(target, colorizer.colorize_artwork(page, ColorRequest()).artwork)

    def files_alone() -> None:
        read_artwork(source)
        write_artwork(target, coloured)

    rounds = 9 if coloured.pixels.size < 10_000_000 else 3
    took, alone = _median([whole, files_alone], rounds)
    return Figure(
        f"{name} grey, file to file", took * 1000, "ms", "decode + encode alone", took / alone
    )


def _window() -> list[Figure]:
    """The start of the window beside that of an empty one, and its longest block in a batch."""
    times = measure_window()
    if times is None:
        return []
    ratio = times.window / times.empty
    return [
        Figure("start to window", times.window * 1000, "ms", "an empty window", ratio),
        Figure("longest block of the window, batch", times.block * 1000, "ms"),
    ]


def _median(actions: list[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each action, taken in turn; the first round only warms up."""
    times: list[list[float]] = [[] for _ in actions]
    for number in range(rounds + 1):
        for kept, action in zip(times, actions, strict=True):
            started = time.perf_counter()
            action()
            if number:
                kept.append(time.perf_counter() - started)
    return [statistics.median(kept) for kept in times]


def _peak_memory(source: Path, style: str, device: str) -> list[Figure]:
    """Peak memory of a fresh process that colours the large page; POSIX only."""
    if sys.platform == "win32":
        return []
    import resource

    command = own_program.command("colorize", str(source), "--quiet")
    places_and_ways = ["-o", str(source.with_name("child")), "--style", style, "--device", device]
    subprocess.run([*command, *places_and_ways], check=True)
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if sys.platform == "darwin":
        kilobytes //= 1024  # there the system counts bytes
    return [Figure("4960×7016 grey, peak memory", kilobytes / 1024, "MiB")]
