"""What the tests of training share: small settings, batches, a listener, and the command."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import torch
from PIL import Image

from training.batches import BatchMaker
from training.options import CLASSIC_DEFAULTS, TrainOptions
from training.pictures import PictureStore
from training.procedural import draw_scene
from training.recipes import RECIPES
from training.trainer import StepNews

Network = TypeVar("Network", bound=torch.nn.Module)

CPU = torch.device("cpu")


def batches(store: PictureStore, recipe: str = "studio", crop: int = 32) -> BatchMaker:
    kind = RECIPES[recipe]
    return BatchMaker(
        store,
        batch_size=4,
        crop=crop,
        seed=3,
        device=CPU,
        mix=kind.mix,
        multiple=kind.multiple,
    )


def options(recipe: str, steps: int) -> TrainOptions:
    row = CLASSIC_DEFAULTS.to_dict() | {"recipe": recipe, "batch_size": 4, "size": 32}
    return TrainOptions.from_dict(row | {"steps": steps, "snapshot_every": 3})


class Ear:
    """Hears of a run and remembers."""

    def __init__(self) -> None:
        self.news: list[StepNews] = []
        self.saves: list[int] = []

    def stepped(self, news: StepNews) -> None:
        self.news.append(news)

    def saved(self, checkpoint: Path, step: int) -> None:
        self.saves.append(step)

    def snapshots(self, pictures: object, step: int) -> None: ...


def shaken(generator: Network) -> Network:
    """The generator with every weight moved a little, as training would."""
    torch.manual_seed(1)
    for parameter in generator.parameters():
        parameter.data += 0.02 * torch.randn_like(parameter)
    return generator


def run_train(home: Path, *arguments: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "colorstudio", "train", *arguments]
    return subprocess.run(
        command,
        env=os.environ | {"COLORSTUDIO_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **kwargs,
    )


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A disk that takes no more than so many bytes a file; the error is as real as a full one."""
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def draw_pages(place: Path, count: int = 6, height: int = 160, width: int = 128) -> Path:
    """A folder (made if missing) of so many drawn pages, no two of them alike."""
    place.mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        scene = draw_scene(seed, height - 10 * (seed % 2), width)
        Image.fromarray(scene.colour).save(place / f"page {seed}.png")
    return place
