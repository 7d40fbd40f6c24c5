"""Pictures to judge a style by: each with its truth, its grey, its line art and true hints.

Whatever is left to chance (the places of the hints, the hand that draws the lines) follows
from the picture file's own bytes: it is the same for every style and on every machine, and
stays so when other pictures join the folder.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch

from colorstudio.core.artwork import Artwork
from colorstudio.core.books import page_bytes, split_page
from colorstudio.core.failures import ColorStudioError, describe
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.reading import read_artwork
from training.lines import draw_lines
from training.measures import Mask, Pixels
from training.openart import sources_in
from training.pictures import (
    TrainingPicture,
    fitted_size,
    line_art_of,
    on_white,
    resized,
    why_unusable,
)

SIDE = 256
"""Long side at which pictures are compared."""

INK = 0.75
"""Pixels of the line art darker than this are ink and do not count."""

_HINT_RADIUS = 2.0
_HANDS = 3  # that draw lines

Anything = TypeVar("Anything")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that may be judged by, and the source it is counted under."""

    picture: TrainingPicture
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One picture to judge by.

    truth (H, W, 3), its grey (H, W) and its line art (H, W), uint8; paper (H, W): the pixels
    that count in line-art mode. seed: of all that is left to chance.
    """

    name: str
    source: str
    seed: int
    truth: Pixels
    grey: Pixels
    lines: Pixels
    paper: Mask


def candidates_in(folder: Path, pictures: Sequence[TrainingPicture]) -> list[Candidate]:
    """The folder's pictures with their sources: by manifest.csv, else by top-level sub-folder."""
    sources = sources_in(folder, [picture.path for picture in pictures])
    return [Candidate(*pair) for pair in zip(pictures, sources, strict=True)]


def spread(rows: Sequence[Anything], most: int | None) -> list[Anything]:
    """At most so many of the rows, evenly spread."""
    if most is None or len(rows) <= most:
        return list(rows)
    return [rows[number * len(rows) // most] for number in range(most)]


def load_samples(
    candidates: Sequence[Candidate], left_out: dict[Path, str] | None = None
) -> Iterator[Sample]:
    """Samples of the colour pictures among the candidates; the others are passed over.

    left_out: takes the reason for each of these, in a sentence.
    """
    left_out = {} if left_out is None else left_out
    for candidate in candidates:
        picture = candidate.picture
        try:
            truth = on_white(read_artwork(picture.path))
            if reason := why_unusable(truth):
                left_out[picture.path] = reason
                continue
            truth = resized(truth, *fitted_size(truth.shape[:2], SIDE))
            real, _ = line_art_of(picture, truth)
            seed = _seed_of(picture.path)
        except (ColorStudioError, OSError) as error:  # as in training
            left_out[picture.path] = describe(error, picture.path).sentence
            continue
        lines = drawn_lines(truth, seed) if real is None else _fitted(real, truth)
        grey = Artwork(truth).luma8()
        yield Sample(picture.path.name, candidate.source, seed, truth, grey, lines, paper_of(lines))


def with_drawn_lines(sample: Sample) -> tuple[Sample, Sample]:
    """A sample that has real lines, and the same with drawn ones, judged on the same pixels."""
    drawn = drawn_lines(sample.truth, sample.seed)
    paper = paper_of(np.minimum(sample.lines, drawn))
    return replace(sample, paper=paper), replace(sample, lines=drawn, paper=paper)


def drawn_lines(truth: Pixels, seed: int) -> Pixels:
    """Line art (H, W) drawn from the picture as in training, by one of its hands."""
    chance = torch.Generator().manual_seed(seed)
    rgb = torch.from_numpy(truth).permute(2, 0, 1).float().div(255)
    drawn = draw_lines(rgb.expand(_HANDS, -1, -1, -1), chance)[seed % _HANDS, 0]
    return (drawn.numpy() * 255 + 0.5).astype(np.uint8)


def paper_of(lines: Pixels) -> Mask:
    """The pixels that are not ink; all of them where nothing else is left."""
    paper = lines > 255 * INK
    return paper if paper.any() else np.ones_like(paper)


def true_hints(truth: Pixels, count: int, seed: int) -> HintSet:
    """Hints of the true colours at chance spots; more hints add to fewer."""
    chance = np.random.default_rng(seed)
    height, width = truth.shape[:2]
    hints = []
    for _ in range(count):
        x, y = int(chance.integers(width)), int(chance.integers(height))
        red, green, blue = (int(value) for value in truth[y, x])
        hints.append(Hint(x, y, _HINT_RADIUS, f"#{red:02x}{green:02x}{blue:02x}"))
    return HintSet(tuple(hints))


def _seed_of(path: Path) -> int:
    place = split_page(path)
    if place is not None:
        return int.from_bytes(hashlib.sha256(page_bytes(*place)).digest()[:6])
    with path.open("rb") as file:
        return int.from_bytes(hashlib.file_digest(file, "sha256").digest()[:6])


def _fitted(lines: Pixels, truth: Pixels) -> Pixels:
    """Line art (H, W) at the truth's size."""
    return Artwork(resized(lines, *truth.shape[:2])).luma8()
