"""How fast training runs, beside the plain loop that it replaces: `python -m training.throughput`.

The plain loop reads, shrinks and converts each picture each time it is drawn, one by one in a
torch DataLoader, and makes neither lines nor hints nor palettes. Ours decodes once and makes
all of these in bulk. Both train the same generator on the same pictures at the same size;
they are measured in turn, because machines are noisy and ratios are not.
"""

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from colorstudio.core.palette import PALETTE_SIZE
from colorstudio.core.streams import write_line
from colorstudio.core.yuv import chroma_of, luma_of
from training.batches import Batch, BatchMaker
from training.devices import choose_device
from training.options import STUDIO_DEFAULTS, TrainOptions
from training.pictures import PictureStore, find_pictures, fitted_size, resized
from training.procedural.scenes import draw_scene
from training.recipes import StudioRecipe

PLAIN, OURS = "plain loop", "this program"

_PICTURES = 16
_STEPS, _ROUNDS = 6, 3
_SEED = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both loops and print their rates and ratio; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=1600, help="of the pictures, in pixels")
    parser.add_argument("--device", choices=("auto", "cuda", "cpu"), default="auto")
    asked = parser.parse_args(arguments)
    device = choose_device(asked.device)
    rates = measure(asked.side, device)
    write_line(sys.stdout, f"{device.type}, {_PICTURES} pictures of {asked.side}×{asked.side}")
    best = max(rate for name, rate in rates.items() if name.startswith(PLAIN))
    for name, rate in rates.items():
        write_line(sys.stdout, f"{name:26}{rate:8.1f} pictures/s{rate / best:8.2f} ×")
    return 0


def measure(side: int, device: torch.device) -> dict[str, float]:
    """Pictures per second, by loop: OURS, and one or two whose names start with PLAIN.

    side: of the square pictures, drawn for this, in pixels.
    """
    options = replace(STUDIO_DEFAULTS, adversarial_weight=0.0)
    with tempfile.TemporaryDirectory() as place:
        folder = _pictures(Path(place), side)
        ours = _bulk(folder, options, device)
        loops = {PLAIN: _plain(folder, options, device, 0), OURS: ours}
        if device.type == "cpu":
            loops[f"{PLAIN}, two readers"] = _plain(folder, options, device, 2)
        return _rates(loops, StudioRecipe(options, device), options.batch_size)


def _rates(
    loops: dict[str, Iterator[Batch]], recipe: StudioRecipe, batch_size: int
) -> dict[str, float]:
    """Pictures per second of each loop: the median of rounds taken in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in loops}
    for turn in range(_ROUNDS + 1):
        for name, batches in loops.items():
            began = time.perf_counter()
            for number in range(_STEPS):
                losses = recipe.step(next(batches), number)
                float(losses["chroma"])  # a device has done its work only when asked
            if turn:  # the first round warms up
                seconds[name].append(time.perf_counter() - began)
    return {n: _STEPS * batch_size / statistics.median(times) for n, times in seconds.items()}


def _pictures(folder: Path, side: int) -> Path:
    for number in range(_PICTURES):
        picture = Image.fromarray(draw_scene(_SEED + number, side, side).colour)
        picture.save(folder / f"{number}.png", compress_level=1)
    return folder


def _bulk(folder: Path, options: TrainOptions, device: torch.device) -> Iterator[Batch]:
    maker = BatchMaker(
        PictureStore(find_pictures(folder)),
        batch_size=options.batch_size,
        crop=options.size,
        seed=_SEED,
        device=device,
    )
    return map(maker.batch, itertools.count())


def _plain(
    folder: Path, options: TrainOptions, device: torch.device, readers: int
) -> Iterator[Batch]:
    pictures = _PlainPictures(sorted(folder.glob("*.png")), options.size)
    loader = DataLoader(
        pictures,
        options.batch_size,
        shuffle=True,
        num_workers=readers,
        persistent_workers=readers > 0,
        # A forked reader could wait for ever for threads that only its parent has.
        multiprocessing_context="spawn" if readers else None,
    )
    while True:
        for luma, chroma in loader:
            yield _plain_batch(luma.to(device), chroma.to(device))


class _PlainPictures(Dataset[tuple[Tensor, Tensor]]):
    """One picture at a time: read, shrunk to a training size, cropped by chance, converted."""

    def __init__(self, paths: Sequence[Path], crop: int) -> None:
        self._paths, self._crop = paths, crop

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        """Luma (1, S, S) − 0.5 and chroma (2, S, S)."""
        pixels = np.asarray(Image.open(self._paths[number]).convert("RGB"))
        pixels = resized(pixels, *fitted_size(pixels.shape[:2], 2 * self._crop))
        top, left = (int(torch.randint(side - self._crop + 1, ())) for side in pixels.shape[:2])
        rgb = pixels[top : top + self._crop, left : left + self._crop].astype(np.float32) / 255
        luma, chroma = luma_of(rgb), chroma_of(rgb)
        return torch.from_numpy(luma)[None] - 0.5, torch.from_numpy(chroma).movedim(-1, 0)


def _plain_batch(luma: Tensor, chroma: Tensor) -> Batch:
    whole = torch.ones_like(luma)
    return Batch(
        luma=luma,
        hints=torch.zeros_like(luma).expand(-1, 3, -1, -1),
        palette=luma.new_zeros(len(luma), PALETTE_SIZE),
        mode=luma.new_zeros(len(luma)),
        chroma=chroma,
        paint_luma=luma,
        line_layer=whole,
        weight=whole,
    )


if __name__ == "__main__":
    sys.exit(main())
