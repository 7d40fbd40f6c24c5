"""The rows of `bench` about single pictures, the generator, starts and training."""

import functools
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.cli.bench_batches import files_in_a_batch, mixed_batch, soak
from colorstudio.cli.bench_figures import Figure, Goal, in_turn, not_measured, timed
from colorstudio.cli.bench_hints import HintTimes, hint_to_picture
from colorstudio.cli.bench_memory import run_measured
from colorstudio.cli.bench_window import measure_window
from colorstudio.core import own_program, places
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.reading import read_artwork
from colorstudio.core.request import ColorRequest
from colorstudio.core.writing import write_artwork
from colorstudio.inference.colorizer import Colorizer

GREY, LINE_ART = "greyscale-seaside.png", "lineart-village.png"
_SMALL, _A4, _COMIC = (1080, 720), (4960, 7016), (4125, 6263)  # width, height

_HINT_GOAL = Goal(150, 50)
_PEAK_GOAL = Goal(1536, 1024)
_GENERATOR_GOAL, _TWICE = Goal(12, 12), Goal(2, 2, of="ratio", more=True)


@dataclass
class Bench:
    """What the rows share: the style, the device, and a folder to work in."""

    style: str
    device: str
    folder: Path

    @cached_property
    def colorizer(self) -> Colorizer:
        """Made when the first row needs it. Raises ColorStudioError for an unusable style."""
        return Colorizer(self.style, self.device)

    def page(self, size: tuple[int, int], sample: str) -> Path:
        """A grey PNG of that size (width, height), made from a sample picture once."""
        page = self.folder / f"{size[0]}x{size[1]} {sample}"
        if not page.exists():
            picture = Image.open(places.resources() / "samples" / sample).convert("L")
            picture.resize(size, Image.Resampling.BICUBIC).save(page)
        return page

    def run(self, *arguments: str) -> tuple[float, float | None]:
        """Run the program afresh: seconds and peak memory in MiB. Raises ColorStudioError."""
        try:
            return run_measured(own_program.command(*arguments))
        except subprocess.CalledProcessError as error:
            said = printable(error.stderr.decode(errors="replace").strip()[-200:])
            sentence = "The program, run anew to be measured, could not do its work."
            raise ColorStudioError(FailureKind.INTERNAL, sentence, said) from error

    def colorize(self, source: Path, *more: str) -> tuple[float, float | None]:
        """Colour one picture with a fresh program: seconds and peak memory in MiB."""
        chosen = ("--style", self.style, "--device", self.device, "--existing", "overwrite")
        target = str(self.folder / "fresh")
        return self.run("colorize", str(source), "-o", target, "--quiet", *chosen, *more)


def generator(bench: Bench) -> list[Figure]:
    """The generator alone, on noise: its time does not depend on the picture."""
    figures = []
    for side in (256, 512):
        luma = np.random.default_rng(1).random((side, side), dtype=np.float32)
        ours = functools.partial(bench.colorizer.paint, luma)
        what = f"generator alone, {side}×{side}"
        alone = in_turn([ours], rounds=25)  # before torch and its threads are there
        figures.append(timed(what, alone[0], goal=_GENERATOR_GOAL))
        twin = _torch_twin(bench.colorizer, luma)
        if twin:
            times = in_turn([ours, twin], rounds=25, rest=0.1)
            beside, baseline = times[1], "faster than torch eager"
            figures.append(
                timed(what, times[0], beside=beside, baseline=baseline, goal=_TWICE, faster=True)
            )
    return figures


def _torch_twin(colorizer: Colorizer, luma: NDArray[np.float32]) -> Callable[[], object] | None:
    """The same network in torch, run plainly; None for a style of another recipe."""
    import torch

    from training.export import weights_of
    from training.networks import StudioGenerator

    network = StudioGenerator()
    try:
        network.load_state_dict(weights_of(colorizer.style))
    except ColorStudioError:
        return None
    network.eval()
    plane = torch.from_numpy(luma)[None, None] - 0.5
    inputs = (plane, plane.new_zeros(1, 3, *luma.shape))
    told = (plane.new_zeros(1, network.config.palette_size), plane.new_zeros(1))

    def run() -> object:
        with torch.inference_mode():
            return network(*inputs, *told)

    return run


def cuda(bench: Bench) -> list[Figure]:
    """The generator on a graphics card, where there is one."""
    what, goal = "generator on CUDA, 256×256", Goal(3, 1)
    colorizer = Colorizer(bench.style, "cuda")
    if colorizer.provider.name != "CUDA":
        return [not_measured(what, "ms", colorizer.provider.reason, goal)]
    luma = np.random.default_rng(1).random((256, 256), dtype=np.float32)
    return [timed(what, in_turn([lambda: colorizer.paint(luma)], rounds=100)[0], goal=goal)]


def files(bench: Bench) -> list[Figure]:
    """1080×720, file to file: one alone, and each of many in a batch."""
    source = bench.page(_SMALL, GREY)
    alone = _file_to_file(bench, source, "1080×720 grey", 9, None)
    return [alone, *files_in_a_batch(bench.colorizer, source, "1080×720 grey", 12)]


def page(bench: Bench) -> list[Figure]:
    """A page at 600 dpi, file to file, and the memory of a program that colours it."""
    source = bench.page(_A4, GREY)
    took = _file_to_file(bench, source, "4960×7016 grey", 3, Goal(2, 1.25, of="ratio"))
    return [took, _peak("4960×7016 grey, peak memory", bench.colorize(source)[1])]


def _file_to_file(bench: Bench, source: Path, name: str, rounds: int, goal: Goal | None) -> Figure:
    """Reading, colouring and writing, against reading and writing the same files alone."""
    colorizer, target = bench.colorizer, bench.folder / "out.png"
    coloured = colorizer.colorize_artwork(read_artwork(source), ColorRequest()).artwork

    def whole() -> None:
        artwork = read_artwork(source)
        write_artwork(target, colorizer.colorize_artwork(artwork, ColorRequest()).artwork)

    def files_alone() -> None:
        read_artwork(source)
        write_artwork(target, coloured)

    took, alone = in_turn([whole, files_alone], rounds)
    what, baseline = f"{name}, file to file", "decode + encode alone"
    return timed(what, took, beside=alone, baseline=baseline, goal=goal)


def _peak(what: str, peak: float | None) -> Figure:
    if peak is None:
        return not_measured(what, "MiB", "this system does not tell", _PEAK_GOAL)
    return Figure(what, peak, "MiB", goal=_PEAK_GOAL)


def psd(bench: Bench) -> list[Figure]:
    """A comic page at 600 dpi to a layered PSD, by a fresh program, start included."""
    source = bench.page(_COMIC, LINE_ART)
    runs = [bench.colorize(source, "--format", "psd", "--mode", "lineart") for _ in range(3)]
    what = "4125×6263 line art to layered PSD"
    took = timed(what, [seconds for seconds, _ in runs], "s", goal=Goal(10, 5))
    peaks = [peak for _, peak in runs if peak is not None]
    return [took, _peak(f"{what}, peak memory", max(peaks, default=None))]


def batch(bench: Bench) -> list[Figure]:
    """A hundred mixed pages."""
    return [mixed_batch(bench.colorizer, bench.folder, 100)]


def many(bench: Bench) -> list[Figure]:
    """Memory over a thousand pictures."""
    return [soak(bench.colorizer, bench.folder, 1000)]


def hint(bench: Bench) -> list[Figure]:
    """From a placed hint to the new picture, as the window does it."""
    figures = []
    for kind, sample in (("grey", GREY), ("line art", LINE_ART)):
        times = hint_to_picture(bench.colorizer, bench.page(_SMALL, sample))
        figures.append(_waited(f"hint to picture, 1080×720 {kind}", times))
    times = hint_to_picture(bench.colorizer, bench.page(_COMIC, LINE_ART), rounds=3)
    first = [time.first for time in times]
    figures.append(timed("hint to preview, 4125×6263 line art", first, goal=_HINT_GOAL))
    whole = [time.whole for time in times]
    return [*figures, timed("hint to whole page, 4125×6263 line art", whole)]


def _waited(what: str, times: list[HintTimes]) -> Figure:
    return timed(what, [time.whole for time in times], goal=_HINT_GOAL)


def window(bench: Bench) -> list[Figure]:
    """The start of the window beside that of an empty one, and its longest block in a batch."""
    start, block = "start to window", "longest block of the window, batch"
    start_goal, block_goal = Goal(1500, 700), Goal(100, 30)
    times = measure_window()
    if times is None:
        why = "no window can be shown here"
        return [not_measured(start, "ms", why, start_goal), not_measured(block, "ms", why)]
    beside, baseline = times.empty, "an empty window"
    return [
        timed(start, times.window, beside=beside, baseline=baseline, goal=start_goal),
        Figure(block, times.block * 1000, "ms", goal=block_goal),
    ]


def start(bench: Bench) -> list[Figure]:
    """The command line: its help, and one small picture from start to end."""
    small = bench.page((320, 240), GREY)
    helps, pictures = in_turn(
        [lambda: bench.run("--help"), lambda: bench.colorize(small)], rounds=5
    )
    return [
        timed("--help", helps, goal=Goal(200, 200)),
        timed("colorize, one small picture, from start to end", pictures, goal=Goal(1500, 1500)),
    ]


def training(bench: Bench) -> list[Figure]:
    """Training pictures a second, beside a plain loop of the same network and size."""
    from training.devices import choose_device
    from training.throughput import OURS, measure

    rates = measure(1600, choose_device(bench.device))
    own = rates.pop(OURS)
    name = max(rates, key=lambda loop: rates[loop])
    goal = Goal(2, 5, of="ratio", more=True)
    ratio = own / rates[name]
    return [Figure("training", own, "pictures/s", baseline=f"the {name}", ratio=ratio, goal=goal)]


ROWS: dict[str, Callable[[Bench], list[Figure]]] = {
    "generator": generator,
    "cuda": cuda,
    "files": files,
    "page": page,
    "psd": psd,
    "batch": batch,
    "hint": hint,
    "window": window,
    "start": start,
    "many": many,
    "training": training,
}
"""Row by name, in the table's order."""

LONG = frozenset({"many", "training"})
"""Rows that take minutes."""
