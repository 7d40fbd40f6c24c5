"""The rows of `bench` about batches: pictures that overlap, beside one after the other."""

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from colorstudio.cli.bench_figures import Figure, Goal, in_turn, not_measured, timed
from colorstudio.cli.bench_memory import resident
from colorstudio.core import places
from colorstudio.core.cancel import CancelSource
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.reading import read_artwork
from colorstudio.core.request import ColorRequest
from colorstudio.core.writing import write_artwork
from colorstudio.inference.colorizer import Colorizer
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.pipeline import run_batch
from colorstudio.jobs.queue import JobQueue

_ROUNDS = 4
_SIDES = (600, 900, 1200, 1600, 2000)  # long sides of the mixed pages, in pixels
_OWN_FILES, _PLAIN_FILES = "own decode + encode alone", "Pillow's alone, no fsync"


def mixed_pages(folder: Path, count: int) -> list[Path]:
    """Grey pages and line art of several sizes, PNG and JPEG, drawn from the samples."""
    samples = sorted((places.resources() / "samples").glob("*.png"))
    folder.mkdir()
    pages = []
    for number, sample, side in zip(
        range(count), itertools.cycle(samples), itertools.cycle(_SIDES), strict=False
    ):
        picture = Image.open(sample).convert("RGBA")
        flat = Image.new("L", picture.size, 255)
        flat.paste(picture.convert("L"), mask=picture.getchannel("A"))
        scale = side / max(flat.size)
        size = (round(flat.width * scale), round(flat.height * scale))
        page = folder / f"{number:04}.{'jpg' if number % 3 == 0 else 'png'}"
        flat.resize(size, Image.Resampling.BICUBIC).save(page)
        pages.append(page)
    return pages


@dataclass
class _Watched:
    """Counts endings, and looks at the memory with each."""

    failures: list[JobUpdate] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    looks: bool = False

    def __call__(self, update: JobUpdate) -> None:
        if not update.state.ended:
            return
        if update.state is not JobState.DONE:
            self.failures.append(update)
        if self.looks:
            self.memory.append(resident() or 0.0)


def run_pipeline(
    colorizer: Colorizer, pages: Sequence[Path], target: Path, *, looks: bool = False
) -> list[float]:
    """Colour pages as a batch does, in a folder of its own; with `looks`, the memory after each.

    Raises ColorStudioError when one fails: a figure of less work would be wrong.
    """
    target.mkdir(exist_ok=True)
    queue, watched = JobQueue(), _Watched(looks=looks)
    queue.add(
        Job(number, page, target / f"{number}{page.suffix}", replaces=True)
        for number, page in enumerate(pages, start=1)
    )
    run_batch(queue, colorizer, CancelSource().token, watched)
    for update in watched.failures:
        if update.failure is not None:
            failure = update.failure
            raise ColorStudioError(failure.kind, failure.sentence, failure.detail)
    return watched.memory


def one_after_the_other(colorizer: Colorizer, pages: Sequence[Path], target: Path) -> None:
    """The plain way: read, colour and write, and only then the next."""
    target.mkdir(exist_ok=True)
    for number, page in enumerate(pages):
        artwork = read_artwork(page)
        colored = colorizer.colorize_artwork(artwork, ColorRequest()).artwork
        write_artwork(target / f"{number}{page.suffix}", colored, source=artwork)


def files_in_a_batch(colorizer: Colorizer, source: Path, name: str, count: int) -> list[Figure]:
    """Time a picture takes within a batch, over reading and writing the same files alone."""
    coloured = colorizer.colorize_artwork(read_artwork(source), ColorRequest()).artwork
    folder = source.parent / "in a batch"
    folder.mkdir(exist_ok=True)

    def batch() -> None:
        run_pipeline(colorizer, [source] * count, folder)

    def own() -> None:
        for number in range(count):
            read_artwork(source)
            write_artwork(folder / f"own {number}.png", coloured)

    def plain() -> None:
        for number in range(count):
            Image.open(source).load()
            Image.fromarray(coloured.pixels).save(folder / f"plain {number}.png")

    took, by_us, by_pillow = (
        [seconds / count for seconds in times] for times in in_turn([batch, own, plain], _ROUNDS)
    )
    what = f"{name}, file to file, each of {count} in a batch"
    goal = Goal(1.5, 1.1, of="ratio")
    return [
        timed(what, took, beside=by_us, baseline=_OWN_FILES, goal=goal),
        timed(what, took, beside=by_pillow, baseline=_PLAIN_FILES),
    ]


def mixed_batch(colorizer: Colorizer, folder: Path, count: int) -> Figure:
    """Mixed pages as a batch and one after the other, in turn."""
    pages = mixed_pages(folder / "mixed", count)
    run_pipeline(colorizer, pages[:2], folder / "batch")  # its reading process is there now
    batch, single = in_turn(
        [
            lambda: run_pipeline(colorizer, pages, folder / "batch"),
            lambda: one_after_the_other(colorizer, pages, folder / "single"),
        ],
        rounds=_ROUNDS,
        warm_up=False,
    )
    return Figure(
        f"{count} mixed pages, as a batch",
        statistics.median(batch),
        "s",
        baseline="faster than one after the other",
        ratio=statistics.median(alone / took for took, alone in zip(batch, single, strict=True)),
        goal=Goal(1.5, 1.9, of="ratio", more=True),
        note=f"one after the other {statistics.median(single):.1f} s",
    )


def soak(colorizer: Colorizer, folder: Path, count: int) -> Figure:
    """Memory after the last tenth of many pictures, over that after the second tenth."""
    what, goal = f"memory over {count:,} pictures, last tenth − second", Goal(30, 30)
    if resident() is None:
        return not_measured(what, "MiB", "this system does not tell", goal)
    pages = mixed_pages(folder / "many", min(count, 60))
    many = [page for page, _ in zip(itertools.cycle(pages), range(count), strict=False)]
    memory = run_pipeline(colorizer, many, folder / "soaked", looks=True)
    tenth = max(1, count // 10)
    early, late = memory[tenth : 2 * tenth], memory[-tenth:]
    grown = statistics.median(late) - statistics.median(early)
    note = f"median {statistics.median(late):.0f} MiB at the end"
    return Figure(what, grown, "MiB", goal=goal, note=note)
