"""How near a style comes to the truth: pictures made grey and made line art, coloured again.

Everything runs through the program's own colorizer, so what is measured is what an artist
gets. Figures are PSNR of RGB in dB, means over pictures; in line-art mode only pixels that
are not ink count. Beside them stand plain baselines on the same pictures.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core.artwork import Artwork, as_rgb
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from colorstudio.core.palette import palette_of
from colorstudio.core.reading import read_artwork
from colorstudio.core.recompose import rgb_planes
from colorstudio.core.request import ColorRequest
from colorstudio.core.writing import atomic_path
from colorstudio.core.yuv import chroma_of
from colorstudio.inference.colorizer import Colorizer
from training.lines import draw_lines
from training.pictures import (
    TrainingPicture,
    find_pictures,
    fitted_size,
    on_white,
    resized,
    why_unusable,
)

SIDE = 256
"""Long side at which pictures are compared."""

HINT_RADIUS = 2.0
INK = 0.75
"""Pixels of the line art darker than this are ink and do not count."""
_SHEET_ROWS = 16

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture to judge by: the truth (H, W, 3), its grey (H, W) and its line art (H, W)."""

    truth: Pixels
    grey: Pixels
    lines: Pixels


@dataclass(frozen=True, slots=True)
class Way:
    """One way of colouring: mode, number of hints, with the picture's own palette or without."""

    mode: Mode
    hints: int
    palette: bool

    @property
    def name(self) -> str:
        told = [f"{self.hints} hints"] if self.hints else []
        told += ["own palette"] if self.palette else []
        return f"{self.mode.value}: {' + '.join(told) or 'auto'}"


def run(arguments: argparse.Namespace) -> int:
    """The command `evaluate`; raises ColorStudioError."""
    samples = list(load_samples(find_pictures(arguments.folder), arguments.most))
    if not samples:
        raise ColorStudioError(
            FailureKind.NOTHING_TO_DO,
            f"There is no colour picture to compare with in “{printable(str(arguments.folder))}”. "
            "Choose a folder with finished, coloured pictures.",
        )
    colorizer = Colorizer(arguments.style, arguments.device)
    ways = ways_of(arguments.hints, arguments.palette == "own", colorizer.supports)
    figures = evaluate(colorizer, samples, ways)
    if arguments.sheet:
        write_sheet(arguments.sheet, colorizer, samples)
    if arguments.json:
        print(json.dumps({"style": colorizer.style.info.name, "pictures": len(samples)} | figures))
    else:
        print_table(figures, len(samples))
    return 0


def ways_of(hints: Sequence[int], palette: bool, supports: frozenset[str]) -> list[Way]:
    """Every way of colouring that was asked for and that the style knows."""
    modes = [Mode.GREYSCALE] + ([Mode.LINEART] if "lineart" in supports else [])
    counts = sorted(set(hints)) if "hints" in supports else [0]
    ways = []
    for mode in modes:
        ways += [Way(mode, count, palette=False) for count in counts]
        if palette and "palette" in supports:
            ways += [Way(mode, count, palette=True) for count in (0, 10) if count in counts]
    return ways


def load_samples(pictures: Sequence[TrainingPicture], most: int | None = None) -> Iterator[Sample]:
    """Samples of a folder's colour pictures; `most`: so many, spread over the folder."""
    if most is not None and len(pictures) > most:
        pictures = [pictures[i * len(pictures) // most] for i in range(most)]
    for number, picture in enumerate(pictures):
        try:
            truth = on_white(read_artwork(picture.path))
            if why_unusable(truth):
                continue
            height, width = fitted_size(truth.shape[:2], SIDE)
            truth = resized(truth, height, width)
            lines = _real_lines(picture, height, width)
        except ColorStudioError:
            continue
        grey = Artwork(truth).luma8()
        yield Sample(truth, grey, _drawn_lines(truth, number) if lines is None else lines)


def evaluate(
    colorizer: Colorizer, samples: Sequence[Sample], ways: Sequence[Way]
) -> dict[str, Any]:
    """Mean PSNR (dB) by way, and of the baselines grey alone and mean colour."""
    figures = {
        "grey alone": _mean(psnr(as_rgb(s.grey), s.truth) for s in samples),
        "mean colour (oracle)": _mean(psnr(_mean_colour(s), s.truth) for s in samples),
        "lines alone": _mean(psnr(as_rgb(s.lines), s.truth, s.lines) for s in samples),
    }
    for way in ways:
        values = []
        for number, sample in enumerate(samples):
            painted = colour(colorizer, sample, way, seed=number)
            weighed = sample.lines if way.mode is Mode.LINEART else None
            values.append(psnr(painted, sample.truth, weighed))
        figures[way.name] = float(np.mean(values))
    return {"psnr": {name: round(value, 2) for name, value in figures.items()}}


def colour(colorizer: Colorizer, sample: Sample, way: Way, seed: int) -> Pixels:
    """One sample coloured one way, RGB (H, W, 3). The same seed places the same hints."""
    source = sample.lines if way.mode is Mode.LINEART else sample.grey
    request = ColorRequest(
        way.mode,
        true_hints(sample.truth, way.hints, seed),
        palette_of(sample.truth) if way.palette else None,
    )
    return colorizer.colorize_artwork(Artwork(source), request).artwork.pixels


def true_hints(truth: Pixels, count: int, seed: int) -> HintSet:
    """Hints of the true colours at chance spots."""
    chance = np.random.default_rng(seed)
    height, width = truth.shape[:2]
    hints = []
    for _ in range(count):
        x, y = int(chance.integers(width)), int(chance.integers(height))
        red, green, blue = (int(value) for value in truth[y, x])
        hints.append(Hint(x, y, HINT_RADIUS, f"#{red:02x}{green:02x}{blue:02x}"))
    return HintSet(tuple(hints))


def psnr(painted: Pixels, truth: Pixels, lines: Pixels | None = None) -> float:
    """PSNR of RGB in dB, over the pixels that are not ink where line art is given; at most 60."""
    error = (painted.astype(np.float32) - truth.astype(np.float32)) ** 2
    if lines is not None and (lines > 255 * INK).any():
        error = error[lines > 255 * INK]
    return float(min(60.0, 10 * np.log10(255**2 / max(float(error.mean()), 1e-9))))


def write_sheet(target: Path, colorizer: Colorizer, samples: Sequence[Sample]) -> None:
    """A contact sheet to look at: truth, grey, grey coloured each way, lines, lines painted."""
    ways = ways_of((0, 10), True, colorizer.supports)
    step = max(1, len(samples) // _SHEET_ROWS)
    rows = []
    for number, sample in list(enumerate(samples))[::step][:_SHEET_ROWS]:
        cells = [sample.truth, as_rgb(sample.grey)]
        lines_shown = False
        for way in ways:
            if way.mode is Mode.LINEART and not lines_shown:
                cells.append(as_rgb(sample.lines))
                lines_shown = True
            cells.append(colour(colorizer, sample, way, number))
        rows.append(np.hstack([_on_tile(cell) for cell in cells]))
    with atomic_path(target) as beside:
        Image.fromarray(np.vstack(rows)).save(beside)


def print_table(figures: dict[str, Any], pictures: int) -> None:
    """The figures for people: dB, and the gain over grey or lines alone."""
    rows = figures["psnr"]
    print(f"{pictures} pictures, long side {SIDE}; PSNR of RGB in dB and gain")
    for name, value in rows.items():
        base = rows["lines alone" if name.startswith(Mode.LINEART.value) else "grey alone"]
        print(f"{name:32}{value:7.2f}{value - base:+8.2f}")


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def _mean_colour(sample: Sample) -> Pixels:
    """The true luma with the picture's mean chroma everywhere: the best single guess."""
    chroma = chroma_of(sample.truth.astype(np.float32) / 255).mean(axis=(0, 1))
    luma = sample.grey.astype(np.float32) / np.float32(255)
    planes = rgb_planes(luma, *(np.full_like(luma, value) for value in chroma))
    return (np.stack(planes, axis=-1) * 255 + 0.5).clip(0, 255).astype(np.uint8)


def _real_lines(picture: TrainingPicture, height: int, width: int) -> Pixels | None:
    if picture.lines is None:
        return None
    return Artwork(resized(on_white(read_artwork(picture.lines)), height, width)).luma8()


def _drawn_lines(truth: Pixels, seed: int) -> Pixels:
    """Line art drawn from the picture as in training, by one of its hands."""
    chance = torch.Generator().manual_seed(seed)
    rgb = torch.from_numpy(truth).permute(2, 0, 1).float().div(255)
    drawn = draw_lines(rgb.expand(3, -1, -1, -1), chance)[seed % 3, 0]
    return (drawn.numpy() * 255 + 0.5).astype(np.uint8)


def _on_tile(pixels: Pixels) -> Pixels:
    tile = np.full((SIDE, SIDE, 3), 255, np.uint8)
    tile[: pixels.shape[0], : pixels.shape[1]] = pixels
    return tile
