"""How much a style of one's own gains: books that the bundled style never saw, a few minutes each.

    python -m training.books --art ART [--minutes 5] [--book TITLE …] [--json]

For each book its first pages become a training folder and `train` runs on it, as an artist
would run it, with a home of its own. Both styles then colour the book's last pages, which
neither has seen, from grey: whole pages, as an artist has them, compared at a long side of 256.
ART is a folder of openly licensed pictures with a manifest.csv.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from colorstudio.core.artwork import Artwork, as_rgb
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.mode import Mode
from colorstudio.core.reading import read_artwork
from colorstudio.core.request import ColorRequest
from colorstudio.core.streams import write_line
from colorstudio.inference.colorizer import Colorizer
from training.measures import Pixels, psnr
from training.openart import OpenPicture, read_manifest
from training.pictures import fitted_size, on_white, resized, why_unusable
from training.samples import SIDE

BOOKS = (
    "rabbit under the",
    "what if",
    "pepper carrot episode episode 13",
    "bad moon rising 0",
    "gcompris family",
    "campaign under the",
)
"""Books and series of one hand, each from another collection, that the starter never saw."""

MOST_TRAINED = 20
LEAST_UNSEEN = 5

_NAME = "own"


@dataclass(frozen=True, slots=True)
class Row:
    """One book: pages trained on and unseen, PSNR of the unseen ones in dB each way."""

    book: str
    trained: int
    unseen: int
    grey: float
    starter: float
    own: float

    @property
    def gain(self) -> float:
        """Of the book's own style over the starter, in dB."""
        return self.own - self.starter


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on each book and print the table; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--art", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--book", action="append", help="title as `training.openart` plains it")
    parser.add_argument("--json", action="store_true", help="one object a book")
    asked = parser.parse_args(arguments)
    try:
        pictures = read_manifest(asked.art)
        rows, starter = [], Colorizer("starter", "cpu")
        for book in asked.book or BOOKS:
            rows.append(try_book(book, pages_of(book, pictures), asked.minutes, starter))
            write_line(sys.stdout, json.dumps(asdict(rows[-1])) if asked.json else _line(rows[-1]))
    except ColorStudioError as error:
        write_line(sys.stderr, error.failure.sentence)
        return 2
    except subprocess.CalledProcessError as error:  # it has said why
        return error.returncode
    if not asked.json:
        gain = statistics.median(row.gain for row in rows)
        write_line(sys.stdout, f"median gain over the starter: {gain:+.2f} dB")
    return 0


def pages_of(book: str, pictures: Sequence[OpenPicture]) -> list[OpenPicture]:
    """The pages of a book in their order.

    Raises ColorStudioError (NOT_FOUND) where there is none, or the starter learns from it.
    """
    pages = [p for p in pictures if p.work == book and (p.judged or not p.usable)]
    if len(pages) <= LEAST_UNSEEN:
        raise ColorStudioError(
            FailureKind.NOT_FOUND,
            f"There is no book “{printable(book)}” of more than {LEAST_UNSEEN} pages that the "
            "starter has not learnt from. Choose another --book.",
        )
    return [page for page in pages if page.source == pages[0].source]


def try_book(book: str, pages: Sequence[OpenPicture], minutes: float, starter: Colorizer) -> Row:
    """Train on the first two thirds of the pages and compare on the rest."""
    count = min(MOST_TRAINED, len(pages) - max(LEAST_UNSEEN, len(pages) // 3))
    truths = [on_white(read_artwork(page.path)) for page in pages[count:]]
    truths = [truth for truth in truths if not why_unusable(truth)]
    with tempfile.TemporaryDirectory() as place:
        own = Colorizer(_trained([p.path for p in pages[:count]], Path(place), minutes), "cpu")
        grey = statistics.fmean(_closeness(as_rgb(_grey(truth)), truth) for truth in truths)
        before, after = _mean_psnr(starter, truths), _mean_psnr(own, truths)
        return Row(book, count, len(truths), grey, before, after)


def _trained(pages: Sequence[Path], place: Path, minutes: float) -> Path:
    """The folder of the style that the command `train` makes of the pages."""
    folder, home = place / "pages", place / "home"
    folder.mkdir()
    for page in pages:
        shutil.copy(page, folder)
    command = [sys.executable, "-m", "colorstudio", "train", str(folder), "--name", _NAME]
    command += ["--minutes", str(minutes), "--device", "cpu"]
    subprocess.run(command, check=True, env={**os.environ, "COLORSTUDIO_HOME": str(home)})
    return home / "styles" / _NAME


def _mean_psnr(colorizer: Colorizer, truths: Sequence[Pixels]) -> float:
    request = ColorRequest(Mode.GREYSCALE)
    return statistics.fmean(
        _closeness(colorizer.colorize_artwork(Artwork(_grey(truth)), request).artwork.pixels, truth)
        for truth in truths
    )


def _grey(page: Pixels) -> Pixels:
    return Artwork(page).luma8()


def _closeness(painted: Pixels, truth: Pixels) -> float:
    """PSNR of RGB in dB, both made small."""
    size = fitted_size(truth.shape[:2], SIDE)
    return psnr(resized(painted, *size), resized(truth, *size))


def _line(row: Row) -> str:
    return (
        f"{row.book:34}{row.trained:3} trained {row.unseen:3} unseen   grey {row.grey:5.2f}   "
        f"starter {row.starter:5.2f}   own {row.own:5.2f}   gain {row.gain:+.2f} dB"
    )


if __name__ == "__main__":
    sys.exit(main())
