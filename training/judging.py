"""How good the bundled style is: on works it never saw, and on artists' own line art.

The first are the judged works of the sources that it learns from, figures by source. The
second are real line/colour pairs, each coloured twice: over the real lines and over lines
drawn from the picture. How much worse the real ones come out tells how far drawn lines,
which a style mostly learns from, are from real ones.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from colorstudio.core.mode import Mode
from colorstudio.inference.colorizer import Colorizer
from training.evaluation import (
    Way,
    evaluate,
    evaluate_as_asked,
    measured,
    samples_or_refusal,
    show,
    summary,
    ways_of,
    with_bar,
)
from training.measures import Closeness
from training.openart import OpenPicture, judged_pictures, real_pairs
from training.pictures import TrainingPicture, files_of
from training.samples import Candidate, Sample, load_samples, spread, with_drawn_lines
from training.sheet import check_target
from training.tables import figures_table, pairs_table, sources_table

JUDGED = 60
"""Pictures: enough for some tenths of a dB, in some minutes."""

_PAIRS_PER_SOURCE = 10
_STYLE_HINTS = (0, 10, 50)
_TOLD_BY_SOURCE = ("grey alone", "greyscale: auto", "greyscale: own palette", "greyscale: 10 hints")
_ALL = "all pairs"


def run_evaluate(pictures: Sequence[OpenPicture], arguments: argparse.Namespace) -> None:
    """Judge a style on the open art's judged works and pairs; raises ColorStudioError."""
    if arguments.sheet:
        check_target(arguments.sheet, files_of([_candidate(p).picture for p in pictures]))
    colorizer = Colorizer(arguments.style, arguments.device)
    samples = samples_or_refusal(_judged(pictures, arguments.most), arguments.art)
    figures = evaluate_as_asked(colorizer, samples, arguments)
    table = [*figures_table(figures), *sources_table(figures)]
    line_ways = _line_ways(arguments.hints, arguments.palette == "own", colorizer)
    pairs = judge_pairs(colorizer, load_pairs(pictures, arguments.most), line_ways)
    if pairs:
        figures["real_pairs"] = pairs
        table += pairs_table(pairs)
    show(figures, table, as_json=arguments.json)


def figures_for_style(colorizer: Colorizer, pictures: Sequence[OpenPicture]) -> dict[str, Any]:
    """The figures that the style carries in its description: none without judged works.

    By source only the main ones.
    """
    samples = list(load_samples(_judged(pictures, JUDGED)))
    if not samples:
        return {}
    figures = evaluate(colorizer, samples, ways_of(_STYLE_HINTS, True, colorizer.supports))
    for part in figures["by_source"].values():
        for figure in ("psnr", "ciede2000"):
            part[figure] = {name: part[figure][name] for name in _TOLD_BY_SOURCE}
    line_ways = _line_ways((0, 10), True, colorizer)
    pairs = judge_pairs(colorizer, load_pairs(pictures, JUDGED), line_ways)
    return figures | ({"real_pairs": pairs} if pairs else {})


def load_pairs(pictures: Sequence[OpenPicture], most: int) -> list[Sample]:
    """Samples with real line art, of each source `most` or _PAIRS_PER_SOURCE, whichever is less."""
    by_source: dict[str, list[OpenPicture]] = defaultdict(list)
    for picture in real_pairs(pictures):
        by_source[picture.source].append(picture)
    chosen: list[OpenPicture] = []
    for rows in by_source.values():
        chosen += spread(rows, min(most, _PAIRS_PER_SOURCE))
    return list(load_samples([_candidate(picture) for picture in chosen]))


def judge_pairs(
    colorizer: Colorizer, samples: Sequence[Sample], ways: Sequence[Way]
) -> dict[str, Any]:
    """By source, and for all pairs: mean PSNR over real and over drawn lines, by way.

    Empty without pairs, or for a style that paints no line art.
    """
    if not samples or not ways:
        return {}
    rows: dict[str, list[tuple[dict[str, Closeness], ...]]] = defaultdict(list)
    for sample in with_bar(samples, "pairs"):
        both = tuple(measured(colorizer, part, ways) for part in with_drawn_lines(sample))
        for group in (sample.source, _ALL):
            rows[group].append(both)
    figures = {}
    for group in sorted(rows, key=lambda name: (name == _ALL, name)):
        real, drawn = (summary(part)["psnr"] for part in zip(*rows[group], strict=True))
        figures[group] = {"pictures": len(rows[group]), "real": real, "drawn": drawn}
    return figures


def _line_ways(hints: Sequence[int], palette: bool, colorizer: Colorizer) -> list[Way]:
    ways = ways_of(hints, palette, colorizer.supports)
    return [way for way in ways if way.mode is Mode.LINEART]


def _judged(pictures: Sequence[OpenPicture], most: int) -> list[Candidate]:
    return [_candidate(picture) for picture in spread(judged_pictures(pictures), most)]


def _candidate(picture: OpenPicture) -> Candidate:
    return Candidate(TrainingPicture(picture.path, picture.lines), picture.source)
