"""Openly licensed art with a manifest: what the bundled style learns from, and what judges it.

A manifest is a CSV file with the columns file, source, work, artist, licence. `x.line.png`
is the artist's own line art of `x.color.png`. Pictures are
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

from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable
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

PAIR_SOURCES = ("openmoji", "pprunner")
"""Real line/colour pairs that nothing is trained on: they judge line art."""

PROCEDURAL_SHARE = 0.2
JUDGED_SHARE = 0.06

MANIFEST = "manifest.csv"
_COLUMNS = ("file", "source", "work", "artist", "licence")
_COLOUR, _LINES = ".color.png", ".line.png"

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
    lines: Path | None = None  # the artist's own line art of it

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
    """All colour pictures of the folder's manifest, with the line drawings that belong to them.

    Raises ColorStudioError when there is no manifest, or none of this form.
    """
    rows = _rows(folder / MANIFEST)
    drawings = {row["file"] for row in rows if row["file"].endswith(_LINES)}
    rows = [row for row in rows if row["file"] not in drawings]
    counts = Counter((row["source"], row["work"]) for row in rows)
    seen: Counter[tuple[str, str]] = Counter()
    pictures = []
    for row in rows:
        key = (row["source"], row["work"])
        work = plain_title(row["work"])
        if len([k for k in counts if k[0] == row["source"]]) == 1:
            work = f"{work} {seen[key] // _SINGLE_WORK}"
        seen[key] += 1
        partner = row["file"].removesuffix(_COLOUR) + _LINES
        pictures.append(
            OpenPicture(
                folder / row["file"],
                row["source"],
                work,
                row["artist"],
                row["licence"],
                folder / partner if partner in drawings else None,
            )
        )
    return pictures


def sources_in(folder: Path, pictures: Sequence[Path]) -> list[str]:
    """The source of each picture in a folder.

    It stands in the manifest beside or above the picture, at most one level above the folder;
    for all others it is the name of the top-level sub-folder.
    """
    folder = folder.absolute()
    listed: dict[Path, dict[Path, str]] = {}
    sources = []
    for picture in (path.absolute() for path in pictures):
        depth = len(picture.relative_to(folder.parent).parts)
        places = picture.parents[:depth]
        for place in places:
            if place not in listed:
                listed[place] = _listed_sources(place)
        told = [listed[place][picture] for place in places if picture in listed[place]]
        inside = picture.relative_to(folder).parts[:-1]
        sources.append(told[0] if told else inside[0] if inside else folder.name)
    return sources


def _listed_sources(place: Path) -> dict[Path, str]:
    """What a folder's manifest says; nothing where it has none, or another kind of file."""
    try:
        return {place / row["file"]: row["source"] for row in _rows(place / MANIFEST)}
    except ColorStudioError:
        return {}


def _rows(manifest: Path) -> list[dict[str, str]]:
    try:
        with manifest.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        failure = describe(error, manifest)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    except (ValueError, csv.Error) as error:
        raise _no_manifest(manifest, str(error)) from error
    if not all(row.get(column) is not None for row in rows for column in _COLUMNS):
        raise _no_manifest(manifest, f"a row without one of {_COLUMNS}")
    return rows


def _no_manifest(manifest: Path, detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.USAGE,
        f"“{printable(str(manifest))}” is not a list of pictures. It needs the columns "
        f"{', '.join(_COLUMNS)} in every row.",
        detail,
    )


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


def real_pairs(pictures: Sequence[OpenPicture]) -> list[OpenPicture]:
    """Pictures with the artist's own line art, of the sources that are kept to judge it."""
    return [p for p in pictures if p.lines is not None and p.source in PAIR_SOURCES]


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
