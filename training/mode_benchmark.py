"""`python -m training.mode_benchmark`: how well a picture is told to be line art or greyscale.

Pictures of which it is known what they are: an artist's own line art, the same in paler ink and
on light paper, the same as if photographed (grey and toned paper, a lamp from one side, a soft
shadow, pencil, grain, JPEG), and finished pictures made grey.
"""

import argparse
import csv
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.mode import ModeReading, luma_on_white, read_mode
from colorstudio.core.modes import Mode
from colorstudio.core.reading import read_artwork
from training.openart import MANIFEST

_LINES = ".line.png"


def photographed(lines: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """Line art (H, W) as a camera might see it, by chance: never as bright as paper is."""
    height, width = lines.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    y, x = y / height - 0.5, x / width - 0.5
    from_where = chance.uniform(0, 2 * np.pi)
    slope = np.cos(from_where) * x + np.sin(from_where) * y
    light = 1 + chance.uniform(0, 0.35) * slope - chance.uniform(0, 0.4) * (x * x + y * y)
    light *= chance.uniform(0.5, 0.85)
    if chance.random() < 0.3:  # a hand or a head between the lamp and the page
        edge = (slope - chance.uniform(-0.3, 0.3)) / chance.uniform(0.03, 0.1)
        light *= 1 - chance.uniform(0.05, 0.25) / (1 + np.exp(edge))
    ink = (1 - lines.astype(np.float32) / 255) * chance.uniform(0.45, 1)
    grain = chance.normal(0, 1, lines.shape).astype(np.float32)
    if chance.random() < 0.5:
        grain = 2 * np.asarray(cv2.GaussianBlur(grain, (0, 0), 1.0), np.float32)
    seen = np.clip((1 - ink) * light + chance.uniform(0, 0.02) * grain, 0, 1)
    picture = (seen * 255).astype(np.uint8)
    if chance.random() < 0.5:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(60, 95))]
        _, packed = cv2.imencode(".jpg", picture, quality)
        picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return picture


def _greys(files: list[Path]) -> Iterator[tuple[Path, NDArray[np.uint8]]]:
    for file in files:
        yield file, luma_on_white(read_artwork(file))


def _read(grey: NDArray[np.uint8]) -> ModeReading:
    return read_mode(Artwork(grey))


def in_pale_ink(lines: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """Line art (H, W) in pencil or coloured ink of some luma from 60 to 190, with some grain."""
    pale = 255 - (255 - lines.astype(np.float32)) * (chance.uniform(65, 195) / 255)
    grain = chance.normal(0, chance.uniform(0, 3), lines.shape)
    return np.clip(pale + grain, 0, 255).astype(np.uint8)


def on_light_paper(lines: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """Line art (H, W) in ink of luma 40 to 180 on a sheet of 217 to 250, with some grain."""
    ink, paper = chance.uniform(40, 180), chance.uniform(217, 250)
    grain = chance.normal(0, chance.uniform(0, 2), lines.shape)
    return np.clip(ink + (paper - ink) * (lines / 255) + grain, 0, 255).astype(np.uint8)


def _seen_as(
    change: Callable[[NDArray[np.uint8], np.random.Generator], NDArray[np.uint8]],
    files: list[Path],
) -> Iterator[tuple[Path, NDArray[np.uint8]]]:
    for seed in range(2):
        chance = np.random.default_rng(seed)
        for file, grey in _greys(files):
            yield file, change(grey, chance)


def _print_row(name: str, pages: Iterator[tuple[Path, NDArray[np.uint8]]], truth: Mode) -> None:
    wrong, number = [], 0
    for file, grey in pages:
        number += 1
        if _read(grey).mode is not truth:
            wrong.append(file)
    right = 100 * (number - len(wrong)) / max(1, number)
    print(f"{name}: {number}, of which {right:.1f} % are taken for {truth.value}", flush=True)
    for file in wrong[:12]:
        print(f"    not {file.parent.name}/{file.name}")


def main() -> None:
    """Print the shares that are told rightly, and the first pictures that are not."""
    parser = argparse.ArgumentParser(prog="python -m training.mode_benchmark", description=__doc__)
    parser.add_argument("--art", type=Path, required=True, help=f"pictures with a {MANIFEST}")
    parser.add_argument("--lines", type=Path, help="a folder of line art beside those pairs")
    parser.add_argument("--every", type=int, default=1, help="only every n-th picture")
    options = parser.parse_args()
    with (options.art / MANIFEST).open(encoding="utf-8", newline="") as rows:
        files = [options.art / row["file"] for row in csv.DictReader(rows)]
    more = sorted(options.lines.glob("*.png")) if options.lines else []
    lines = [file for file in files if file.name.endswith(_LINES)][:: options.every]
    finished = [file for file in files if not file.name.endswith(_LINES)][:: options.every]
    drawings = list(chain(lines, more))
    _print_row("line art on white", _greys(drawings), Mode.LINEART)
    _print_row("the same in paler ink", _seen_as(in_pale_ink, drawings), Mode.LINEART)
    _print_row("the same on light paper", _seen_as(on_light_paper, drawings), Mode.LINEART)
    _print_row("the same photographed", _seen_as(photographed, drawings), Mode.LINEART)
    _print_row("finished, made grey", _greys(finished), Mode.GREYSCALE)


if __name__ == "__main__":
    main()
