"""Openly licensed art with a manifest: what the bundled style learns from, and what judges it.

A manifest is a CSV file with the columns file, source, work, artist, licence. Pictures are
chosen by source and licence, weighted by source, and parted by *work* (book, episode, series): no
picture of a judged work is ever trained on, in whichever source it lies.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.pictures import TrainingPicture

SOURCE_SHARES = {
    "asp": 0.36,
    "bookdash": 0.11,
    "peppercarrot": 0.17,
    "peppercarrot_pages": 0.04,
    "mikanixonable": 0.17,
    "noto_emoji": 0.05,
    "renpy": 0.01,
}
"""Share of the batches per source: uneven collections must not drown the small ones. Only
sources under attribution-type licences; real line/colour pairs (`pprunner`) are kept to judge."""

PROCEDURAL_SHARE = 0.2
JUDGED_SHARE = 0.06

_SALT = 9
"""Chosen so that most sources have a judged work."""

_SINGLE_WORK = 60
"""A source that is one "work" of many pictures (a sketchbook, an icon set) is parted in runs
of this many neighbouring files, so that near-alike neighbours stay on one side."""


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """One row of the manifest."""

    path: Path
    source: str
    work: str
    artist: str
    licence: str

    @property
    def usable(self) -> bool:
        """Whether a style may learn from it and be given away: attribution asked, no more."""
        words = self.licence.upper().replace("-", " ").split()
        asks_more = any(word in ("SA", "NC", "ND") or "GPL" in word for word in words)
        return self.source in SOURCE_SHARES and not asks_more

    @property
    def judged(self) -> bool:
        """Whether the picture's work is held back to judge by; the same on every machine."""
        digest = hashlib.sha256(f"{_SALT} {self.work}".encode()).digest()
        return int.from_bytes(digest[:4]) / 2**32 < JUDGED_SHARE


def read_manifest(folder: Path) -> list[OpenPicture]:
    """All colour pictures of the manifest; line drawings are left away."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["file"].endswith(".line.png")]
    counts = Counter((row["source"], row["work"]) for row in rows)
    seen: Counter[tuple[str, str]] = Counter()
    pictures = []
    for row in rows:
        key = (row["source"], row["work"])
        work = plain_title(row["work"])
        if len([k for k in counts if k[0] == row["source"]]) == 1:
            work = f"{work} {seen[key] // _SINGLE_WORK}"
        seen[key] += 1
        pictures.append(
            OpenPicture(folder / row["file"], row["source"], work, row["artist"], row["licence"])
        )
    return pictures


def plain_title(work: str) -> str:
    """The first three words of a title and its episode: one book has one name everywhere.

    Collections number titles, and add or leave away the subtitle.
    """
    words = re.findall(r"[a-z]+", work.lower())
    return " ".join(words[:3] + re.findall(r"episode \d+", work.lower()))


def training_pictures(pictures: Sequence[OpenPicture]) -> list[TrainingPicture]:
    """What may be trained on, each weighted so that its source gets its share."""
    chosen = [p for p in pictures if p.usable and not p.judged]
    per_source = Counter(p.source for p in chosen)
    return [
        TrainingPicture(p.path, weight=SOURCE_SHARES[p.source] / per_source[p.source])
        for p in chosen
    ]


def judged_pictures(pictures: Sequence[OpenPicture]) -> list[OpenPicture]:
    """Pictures of works never trained on, of the sources that are trained on."""
    return [p for p in pictures if p.usable and p.judged]


def credits_of(pictures: Sequence[OpenPicture]) -> tuple[str, ...]:
    """One line per source: how many pictures, by whom, under which licence."""
    lines = []
    for source in SOURCE_SHARES:
        rows = [p for p in pictures if p.source == source and p.usable and not p.judged]
        if not rows:
            continue
        artists = Counter(p.artist for p in rows if p.artist)
        licences = ", ".join(sorted({p.licence for p in rows}))
        names = ", ".join(name for name, _ in artists.most_common())
        lines.append(f"{source}: {len(rows)} pictures ({licences}) by {names}")
    return tuple(lines)
