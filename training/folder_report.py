"""What can be said of a training folder before the training: what is used, and what to expect."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from colorstudio.core.failures import printable, wording_of
from colorstudio.core.palette import chroma_shares
from colorstudio.core.streams import write_line
from colorstudio.core.yuv import chroma_of, luma_of
from training.pictures import LEVELS, LeftOut, PictureStore

FEWEST = 8
"""Fewer usable pictures than this are few for a style."""

MIXED = 0.4
"""Bar of `mixedness`: 59 of 63 single works lie below it, 8 of 10 mixtures of eight works above."""

_MOST_LOOKED_AT = 150
_LUMA_STEPS = 12


@dataclass(frozen=True, slots=True)
class FolderReport:
    """Pictures used (those held back among them), those left out, and what it all means."""

    used: int
    held_back: int
    left_out: tuple[LeftOut, ...]
    mixed: bool

    @property
    def small(self) -> bool:
        """Whether there are few pictures for a style."""
        return self.used < FEWEST

    @property
    def notes(self) -> list[str]:
        """Plain sentences about the folder, for the artist."""
        notes = []
        if self.used == 1:
            notes.append(
                "One picture can't be held back to judge by: nobody will know how the style "
                "does on other pages. Add pictures to find out."
            )
        elif self.small and self.used:
            notes.append(
                f"{self.used} pictures are few: a style learns best from 10 to 30 finished pages."
            )
        if self.mixed:
            notes.append(
                "The colours of these pictures differ much from one to the next, so that one tells "
                "little about another. A style learns best from one book, series or palette."
            )
        return notes

    def to_dict(self) -> dict[str, Any]:
        """The report for programs."""
        rows = [
            {"path": str(row.path), "reason": row.reason, "wording": wording_of(row.reason)}
            for row in self.left_out
        ]
        return {
            "used": self.used,
            "held_back": self.held_back,
            "left_out": rows,
            "small": self.small,
            "mixed": self.mixed,
            "notes": self.notes,
        }

    def print(self, stream: TextIO | None) -> None:
        """The report for people."""
        for row in self.left_out:
            write_line(stream, f"left out: {printable(row.path.name)}: {row.reason}")
        if self.used:
            rest = f"; {self.held_back} of them held back to judge by" if self.held_back else ""
            pictures = "1 picture" if self.used == 1 else f"{self.used} pictures"
            write_line(stream, f"{pictures} to learn from{rest}")
        for note in self.notes:
            write_line(stream, note)


@dataclass(frozen=True, slots=True)
class TrainingFolder:
    """A decoded training folder: its pictures, numbers of those held back, and the report."""

    store: PictureStore
    held: Sequence[int]
    report: FolderReport

    @property
    def to_learn_from(self) -> PictureStore:
        """The store without the pictures that are held back."""
        return self.store.without(self.held)


def look_at(
    store: PictureStore, held: Sequence[int], unread: Sequence[LeftOut] = ()
) -> FolderReport:
    """Report on a folder; unread: what could not even be looked at."""
    mixed = len(store) > 2 and mixedness(store) > MIXED
    return FolderReport(len(store), len(held), (*unread, *store.left_out), mixed)


def mixedness(store: PictureStore) -> float:
    """How little the colours of some pictures tell about those of another, 0 to about 1.

    The product of two figures: 1 − the mean overlap of two pictures' palettes (Bhattacharyya's
    coefficient), and the error that remains when a picture's chroma is guessed from its luma as
    the other pictures pair the two, as a share of the error of guessing grey (median).
    """
    step = max(1, len(store) // _MOST_LOOKED_AT)
    small = store.canvases[LEVELS[-1]][: len(store) : step, :3, ::4, ::4]
    rgb = small.reshape(len(small), 3, -1).transpose(0, 2, 1).astype(np.float32) / 255
    chroma, luma = chroma_of(rgb), luma_of(rgb)  # (N, K, 2) and (N, K)
    return _palette_distance(chroma) * _left_unexplained(chroma, luma)


def _palette_distance(chroma: NDArray[np.float32]) -> float:
    # Palettes are square roots of shares, so their product is Bhattacharyya's coefficient.
    palettes = chroma_shares(np, chroma)
    overlap = palettes @ palettes.T
    count = len(palettes)
    return 1 - float(overlap.sum() - np.trace(overlap)) / (count * (count - 1))


def _left_unexplained(chroma: NDArray[np.float32], luma: NDArray[np.float32]) -> float:
    steps = np.minimum((luma * _LUMA_STEPS).astype(np.int64), _LUMA_STEPS - 1)
    sums = np.stack([_sums_by_step(c, s) for c, s in zip(chroma, steps, strict=True)])
    ratios = []
    for own, of_picture, step in zip(sums, chroma, steps, strict=True):
        others = sums.sum(axis=0) - own
        guess = others[:, :2] / np.maximum(others[:, 2:], 1)
        error = ((of_picture - guess[step]) ** 2).sum()
        ratios.append(error / max(float((of_picture**2).sum()), 1e-9))
    return float(np.median(ratios))


def _sums_by_step(chroma: NDArray[np.float32], step: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum of U, sum of V and number of pixels for each step of luma, (steps, 3)."""
    columns = (chroma[:, 0], chroma[:, 1], np.ones(len(chroma)))
    return np.stack([np.bincount(step, c, minlength=_LUMA_STEPS) for c in columns], axis=1)
