"""A training folder, decoded once into plain arrays.

Every picture is stored in a few sizes ("levels") on square uint8 canvases, so that a
batch is one indexing operation and no picture is decoded twice. Large sets live in a
memory-mapped file.
"""

import copy
import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork, as_rgb
from colorstudio.core.books import file_of, is_book, pages_of
from colorstudio.core.failures import describe, printable, worded
from colorstudio.core.output_options import OUTPUT_NAME, is_result
from colorstudio.core.reading import SUFFIXES, read_artwork
from colorstudio.core.scan import Found, find_artworks
from colorstudio.core.small_files import read_within
from colorstudio.core.writing import write_bytes_atomic
from colorstudio.core.yuv import chroma_of
from training.pairs import paired
from training.stopping import Stopped
from training.twins import TwinFinder

LEVELS = (384, 256, 176)
"""Long sides, in pixels, in which each picture is kept: far, near and whole view."""

_INDEX = "index.json"
_A_RESULT = worded(
    "Lies in a folder of results (“{name}”). To train on those, choose that folder itself.",
    name=OUTPUT_NAME,
)
MOST_INDEX_BYTES = 256 << 20  # a few hundred bytes for each of a million pictures

MISFIT = 8
"""Pixels, at the largest level, by which line art may differ from its page: a scan's margin."""

SMALLEST_SIDE = 48
GREYEST = 0.02
"""Pictures whose mean chroma (normalised length) is below this teach no colour."""


@dataclass(frozen=True, slots=True)
class TrainingPicture:
    """Where one picture comes from; `lines` is its real line art, if it has a partner."""

    path: Path
    lines: Path | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A picture that is not used, and why, in a sentence."""

    path: Path
    reason: str


class PictureStore:
    """M pictures as (M, 4, S, S) uint8 canvases per level: R, G, B and line art.

    `sizes[level]` (M, 2) holds each picture's height and width on its canvas; the rest is
    mirrored picture. `has_lines` (M,) tells where channel 3 is an artist's own line art.
    With a folder the canvases are memory-mapped files there, and a second store of the same
    unchanged pictures takes them over instead of decoding again.
    follows: another process of the same run has decoded them just now, and uses these files.
    Raises Stopped when `should_stop` says so between two pictures, and OSError.
    """

    def __init__(
        self,
        pictures: Sequence[TrainingPicture],
        folder: Path | None = None,
        should_stop: Callable[[], bool] = lambda: False,
        *,
        follows: bool = False,
    ) -> None:
        self.left_out: list[LeftOut] = []
        self.used: list[TrainingPicture] = []
        self._twins = TwinFinder()
        count = len(pictures)
        self.sizes = {level: np.zeros((count, 2), np.int64) for level in LEVELS}
        self.has_lines = np.zeros(count, bool)
        # From before they are decoded: one that is saved anew meanwhile is decoded again next time.
        seen = "" if folder is None else _fingerprint(pictures)
        if folder is None or not self._take_over(pictures, folder, seen, follows=follows):
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
                # Gone before the canvases change: what is half decoded is never taken over.
                (folder / _INDEX).unlink(missing_ok=True)
            self.canvases = {level: _canvas(count, level, folder) for level in LEVELS}
            for picture in pictures:
                if should_stop():
                    raise Stopped
                self._take(picture)
            if folder is not None:
                self._leave_index(pictures, folder, seen)
        kept = len(self.used)
        self.canvases = {level: canvas[:kept] for level, canvas in self.canvases.items()}
        self.sizes = {level: sizes[:kept] for level, sizes in self.sizes.items()}
        self.has_lines = self.has_lines[:kept]
        self.weights = np.array([picture.weight for picture in self.used])

    def _take_over(
        self, pictures: Sequence[TrainingPicture], folder: Path, seen: str, *, follows: bool
    ) -> bool:
        """Use what an earlier store left in the folder, if it is of these very pictures."""
        try:
            index = json.loads(read_within(folder / _INDEX, MOST_INDEX_BYTES))
            if index["fingerprint"] != seen and not follows:
                return False
            self.canvases = {
                level: np.load(folder / f"level-{level}.npy", mmap_mode="r+", allow_pickle=False)
                for level in LEVELS
            }
            self.used = [pictures[number] for number in index["used"]]
            self.left_out = [LeftOut(Path(path), reason) for path, reason in index["left_out"]]
            self.has_lines = np.array(index["has_lines"], bool)
            self.sizes = {level: np.array(index["sizes"][str(level)]) for level in LEVELS}
        except (OSError, ValueError, KeyError, IndexError, TypeError):
            return False  # none there, or a damaged one: decode again
        return True

    def _leave_index(self, pictures: Sequence[TrainingPicture], folder: Path, seen: str) -> None:
        numbers = {picture.path: number for number, picture in enumerate(pictures)}
        index = {
            "fingerprint": seen,
            "used": [numbers[picture.path] for picture in self.used],
            "left_out": [[str(row.path), row.reason] for row in self.left_out],
            "has_lines": self.has_lines.tolist(),
            "sizes": {level: sizes.tolist() for level, sizes in self.sizes.items()},
        }
        write_bytes_atomic(folder / _INDEX, json.dumps(index).encode())

    def __len__(self) -> int:
        return len(self.used)

    def _take(self, picture: TrainingPicture) -> None:
        try:
            colour = on_white(read_artwork(picture.path))
            reason = why_unusable(colour) or self._why_repeated(colour)
        except Exception as error:  # one picture, whatever it is, must not end the training
            self.left_out.append(LeftOut(picture.path, describe(error, picture.path).sentence))
            return
        if reason:
            self.left_out.append(LeftOut(picture.path, reason))
            return
        self._twins.remember(picture.path, colour)
        lines, reason = line_art_of(picture, colour)
        if picture.lines is not None and lines is None:  # the page itself is used all the same
            self.left_out.append(LeftOut(picture.lines, reason))
        slot = len(self.used)
        for level in LEVELS:
            self._store(slot, level, colour, lines)
        self.has_lines[slot] = lines is not None
        self.used.append(picture)

    def _why_repeated(self, colour: NDArray[np.uint8]) -> str:
        twin = self._twins.twin_of(colour)
        if twin is None:
            return ""
        return worded("Nearly the same picture as “{name}”.", name=printable(twin.name))

    def whole_page(self, number: int, multiple: int) -> NDArray[np.uint8]:
        """One picture (4, H, W) at the working size, its edges repeated to whole multiples of
        its sides, as the program pads it for a generator."""
        level = LEVELS[0]
        height, width = (int(side) for side in self.sizes[level][number])
        grow = ((0, 0), (0, -height % multiple), (0, -width % multiple))
        return np.pad(self.canvases[level][number, :, :height, :width], grow, mode="edge")

    def without(self, numbers: Sequence[int]) -> "PictureStore":
        """The same pictures, of which those of these numbers are never drawn into a batch."""
        fewer = copy.copy(self)
        fewer.weights, fewer.has_lines = self.weights.copy(), self.has_lines.copy()
        fewer.weights[list(numbers)] = 0
        fewer.has_lines[list(numbers)] = False
        return fewer

    def _store(
        self, slot: int, level: int, colour: NDArray[np.uint8], lines: NDArray[np.uint8] | None
    ) -> None:
        height, width = fitted_size(colour.shape[:2], level)
        plane = np.full((height, width), 255, np.uint8)
        if lines is not None:
            plane = Artwork(resized(lines, height, width)).luma8()
        four = np.dstack([resized(colour, height, width), plane])
        padded = np.pad(four, ((0, level - height), (0, level - width), (0, 0)), mode="symmetric")
        self.canvases[level][slot] = padded.transpose(2, 0, 1)
        self.sizes[level][slot] = height, width


def on_white(artwork: Artwork) -> NDArray[np.uint8]:
    """The picture as uint8 RGB (H, W, 3), its transparency laid on white paper."""
    pixels = as_rgb(artwork.pixels)
    if artwork.alpha is None:
        return pixels
    alpha = artwork.alpha[:, :, None].astype(np.float32) / 255
    return np.round(255 + (pixels.astype(np.float32) - 255) * alpha).astype(np.uint8)


def line_art_of(
    picture: TrainingPicture, colour: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8] | None, str]:
    """The artist's own line art of a page as RGB, in whatever size; None where there is none.

    Also, in a sentence, why it can't be used: lines are drawn then, as for any other page.
    """
    if picture.lines is None:
        return None, ""
    try:
        lines = on_white(read_artwork(picture.lines))
        reason = "" if _of_one_shape(lines, colour) else worded("Its page has another shape.")
    except Exception as error:  # one picture, whatever it is, must not end the training
        reason = describe(error, picture.lines).sentence
    if reason:
        return None, worded("Not used as line art. {reason}", reason=reason)
    return lines, ""


def _of_one_shape(lines: NDArray[np.uint8], colour: NDArray[np.uint8]) -> bool:
    """Whether one lies on the other; where it had to be squeezed or turned, no line would fit."""
    sizes = [fitted_size(pixels.shape[:2], LEVELS[0]) for pixels in (lines, colour)]
    return all(abs(one - other) <= MISFIT for one, other in zip(*sizes, strict=True))


def why_unusable(colour: NDArray[np.uint8]) -> str:
    """Why a picture (H, W, 3) teaches nothing, in a sentence; empty when it is fine."""
    if min(colour.shape[:2]) < SMALLEST_SIDE:
        return worded("Smaller than {least} pixels.", least=SMALLEST_SIDE)
    small = cv2.resize(colour, (64, 64), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    if float(np.linalg.norm(chroma_of(small), axis=-1).mean()) < GREYEST:
        return worded("Without colour.")
    return ""


def fitted_size(size: Sequence[int], side: int) -> tuple[int, int]:
    """Height and width with the long side at `side`, each at least 1."""
    scale = side / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def find_pictures(folder: Path) -> list[TrainingPicture]:
    """All pictures below a folder, coloured pages with their line art where it is there.

    A book (CBZ, ZIP, PDF) counts as a folder of its pages. Raises ColorStudioError when the
    folder is not there or holds no picture.
    """
    return scan_folder(folder)[0]


def scan_folder(folder: Path) -> tuple[list[TrainingPicture], list[LeftOut]]:
    """`find_pictures`, and what is not even looked at, with the reason.

    What the program coloured itself is no example, and might judge a style by its own colours.
    """
    scan = find_artworks([folder], recursive=True, exclude=None)
    not_looked_at = [LeftOut(path, failure.sentence) for path, failure in scan.failures]
    results = {found.path for found in scan.found if is_result(found.path, [folder])}
    not_looked_at += [LeftOut(path, _A_RESULT) for path in sorted(results)]
    found: list[Found] = []
    for entry in scan.found:
        if entry.path in results:
            continue
        try:
            found += _opened(entry)
        except Exception as error:  # one book, whatever it is, must not end the training
            not_looked_at.append(LeftOut(entry.path, describe(error, entry.path).sentence))
    return [TrainingPicture(path, lines) for path, lines in paired(found)], not_looked_at


def _opened(entry: Found) -> list[Found]:
    """A book's pages; any other file as it is. Raises ColorStudioError and OSError."""
    if not is_book(entry.path):
        return [entry]
    pages = pages_of(entry.path, SUFFIXES)
    return [Found(entry.path / page, entry.relative / page) for page in pages]


def files_of(pictures: Sequence[TrainingPicture]) -> Iterator[Path]:
    """Every file of the pictures: the coloured page, then its line art if it has any."""
    return (p for picture in pictures for p in (picture.path, picture.lines) if p)


def _fingerprint(pictures: Sequence[TrainingPicture]) -> str:
    """Changes with any picture's name, size or time, and with the levels."""
    rows: list[object] = [LEVELS]
    for path in files_of(pictures):
        try:
            status = file_of(path).stat()
        except OSError:  # gone, or out of reach: left out as a picture, but no end of the run
            status = None
        rows.append((str(path), status and (status.st_size, status.st_mtime_ns)))
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogateescape")).hexdigest()


def _canvas(count: int, level: int, folder: Path | None) -> NDArray[np.uint8]:
    shape = (count, 4, level, level)
    if folder is None or count == 0:
        return np.zeros(shape, np.uint8)
    path = folder / f"level-{level}.npy"
    canvas = np.lib.format.open_memmap(path, "w+", np.uint8, shape)
    if hasattr(os, "posix_fallocate"):
        # Its room on the disk is taken now: a full disk is an error here, but kills the process
        # when it shows at the first touch of mapped memory.
        with path.open("r+b") as file:
            _reserve(file.fileno(), path.stat().st_size)
    return canvas


def _reserve(descriptor: int, size: int) -> None:
    try:
        os.posix_fallocate(descriptor, 0, size)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        # some disks can't reserve, which is no harm as long as they have room


def resized(pixels: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """Pixels at another size: averaged where they shrink, smooth where they grow."""
    shrinking = height < pixels.shape[0]
    method = cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC
    return cv2.resize(pixels, (width, height), interpolation=method).astype(np.uint8, copy=False)
