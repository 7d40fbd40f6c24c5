"""How near a style comes to the truth: pictures made grey and made line art, coloured again.

Everything runs through the program's own colorizer, so what is measured is what an artist
gets. In line-art mode only pixels that are not ink count. Beside the style stand plain
baselines on the same pictures: nothing at all, the mean colour, and the colour propagation of
Levin et al. (2004) from the very same hints.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from colorstudio.core.artwork import Artwork, as_rgb
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.hint_planes import hint_planes
from colorstudio.core.mode import Mode
from colorstudio.core.palette import palette_of
from colorstudio.core.recompose import rgb_planes
from colorstudio.core.request import ColorRequest
from colorstudio.core.streams import write_line
from colorstudio.core.yuv import chroma_of
from colorstudio.inference.colorizer import Colorizer
from training.levin import propagate
from training.measures import Closeness, Mask, Pixels, Truth, mean, psnr
from training.pictures import files_of, scan_folder
from training.samples import (
    SIDE,
    Candidate,
    Sample,
    candidates_in,
    load_samples,
    spread,
    true_hints,
)
from training.sheet import Tile, check_target, write_sheet
from training.tables import figures_table, left_out_lines, sources_table

GREY_ALONE = "grey alone"
LINES_ALONE = "lines alone"
_MEAN_COLOUR = "mean colour (oracle)"
_PALETTE_HINTS = (0, 10)  # numbers of hints at which the palette is tried too
_SHEET_HINTS = (0, 10, 50)
_SHEET_ROWS = 16


@dataclass(frozen=True, slots=True)
class Way:
    """One way of colouring: mode, number of hints, with the picture's own palette or without.

    levin: by colour propagation instead of the style.
    """

    mode: Mode
    hints: int = 0
    palette: bool = False
    levin: bool = False

    @property
    def label(self) -> str:
        """What the way is told beyond the mode."""
        told = ["Levin 2004"] if self.levin else []
        told += [f"{self.hints} hint{'s' * (self.hints != 1)}"] if self.hints else []
        told += ["own palette"] if self.palette else []
        return " + ".join(told) or "auto"

    @property
    def name(self) -> str:
        return f"{self.mode.value}: {self.label}"


def run(arguments: argparse.Namespace) -> int:
    """The command `evaluate`; raises ColorStudioError."""
    pictures, unread = scan_folder(arguments.folder)
    if arguments.sheet:
        check_target(arguments.sheet, files_of(pictures))
    colorizer = Colorizer(arguments.style, arguments.device)
    candidates = candidates_in(arguments.folder, pictures)
    left_out = {each.path: each.reason for each in unread}
    chosen = spread(candidates, arguments.most)
    samples = samples_or_refusal(chosen, arguments.folder, left_out)
    figures = evaluate_as_asked(colorizer, samples, arguments)
    figures["left_out"] = [{"file": str(p), "reason": told} for p, told in left_out.items()]
    table = [*figures_table(figures), *sources_table(figures), *left_out_lines(figures)]
    show(figures, table, as_json=arguments.json)
    return 0


def samples_or_refusal(
    candidates: Sequence[Candidate], folder: Path, left_out: dict[Path, str] | None = None
) -> list[Sample]:
    """Samples of the candidates, which lie in the folder; ColorStudioError if there is none.

    left_out: takes those that give none, as `load_samples` tells.
    """
    samples = list(load_samples(candidates, left_out))
    if samples:
        return samples
    raise ColorStudioError(
        FailureKind.NOTHING_TO_DO,
        f"There is no colour picture to compare with in “{printable(str(folder))}”. "
        "Choose a folder with finished, coloured pictures.",
    )


def show(figures: dict[str, Any], table: Sequence[str], *, as_json: bool) -> None:
    """Print the figures for programs or for people; a reader may leave early."""
    for line in [json.dumps(figures)] if as_json else table:
        write_line(sys.stdout, printable(line))


def evaluate_as_asked(
    colorizer: Colorizer, samples: Sequence[Sample], arguments: argparse.Namespace
) -> dict[str, Any]:
    """All figures with the style's name, and the contact sheet written, as on the command line."""
    ways = ways_of(arguments.hints, arguments.palette == "own", colorizer.supports)
    figures = {"style": colorizer.style.info.name} | evaluate(colorizer, samples, ways)
    if arguments.sheet:
        draw_sheet(arguments.sheet, colorizer, samples)
    return figures


def ways_of(hints: Sequence[int], palette: bool, supports: frozenset[str]) -> list[Way]:
    """Every way of colouring that was asked for and that the style knows, and Levin's beside."""
    ways = []
    for mode in (Mode.GREYSCALE, Mode.LINEART):
        if mode is Mode.LINEART and "lineart" not in supports:
            continue
        for count in sorted(set(hints) if "hints" in supports else {0, *hints}):
            if count == 0 or "hints" in supports:
                ways.append(Way(mode, count))
            if palette and "palette" in supports and count in _PALETTE_HINTS:
                ways.append(Way(mode, count, palette=True))
            if count and mode is Mode.GREYSCALE:
                ways.append(Way(mode, count, levin=True))
    return ways


def evaluate(
    colorizer: Colorizer, samples: Sequence[Sample], ways: Sequence[Way]
) -> dict[str, Any]:
    """Means over the samples by way and baseline, and by source; what `--json` prints.

    psnr and gain (over grey alone or lines alone) in dB; ciede2000; colourfulness as a share of
    the truth's.
    """
    rows = [measured(colorizer, sample, ways) for sample in with_bar(samples, "pictures")]
    by_source: dict[str, list[dict[str, Closeness]]] = defaultdict(list)
    for sample, row in zip(samples, rows, strict=True):
        by_source[sample.source].append(row)
    return {
        "pictures": len(samples),
        **summary(rows),
        "by_source": {source: _brief(by_source[source]) for source in sorted(by_source)},
    }


def with_bar(samples: Sequence[Sample], name: str) -> Iterable[Sample]:
    """The samples, with a bar that tells how far one is; only on a terminal."""
    never = sys.stderr is None  # started without a console
    return tqdm(samples, desc=name, leave=False, disable=True if never else None)


def measured(colorizer: Colorizer, sample: Sample, ways: Sequence[Way]) -> dict[str, Closeness]:
    """How near each way and each baseline comes on one sample, by name."""
    row = {}
    grey_ways = [way for way in ways if way.mode is Mode.GREYSCALE]
    line_ways = [way for way in ways if way.mode is Mode.LINEART]
    if grey_ways:
        truth = Truth(sample.truth, np.ones_like(sample.paper))
        row[GREY_ALONE] = truth.closeness(sample.grey)
        row[_MEAN_COLOUR] = truth.closeness(_mean_colour(sample))
        row |= {way.name: truth.closeness(colour(colorizer, sample, way)) for way in grey_ways}
    if line_ways:
        truth = Truth(sample.truth, sample.paper)
        row[LINES_ALONE] = truth.closeness(sample.lines)
        row[f"{Mode.LINEART.value}: {_MEAN_COLOUR}"] = truth.closeness(_mean_paint(sample))
        row |= {way.name: truth.closeness(colour(colorizer, sample, way)) for way in line_ways}
    return row


def summary(rows: Sequence[dict[str, Closeness]]) -> dict[str, dict[str, float]]:
    """Mean figures by name, rounded, of the measured samples."""
    means = {name: mean([row[name] for row in rows]) for name in rows[0]}
    psnr = {name: round(value.psnr, 2) for name, value in means.items()}
    return {
        "psnr": psnr,
        "gain": {name: round(value - psnr[_base_of(name)], 2) for name, value in psnr.items()},
        "ciede2000": {name: round(value.ciede2000, 2) for name, value in means.items()},
        "colourfulness": {
            name: round(value.colourfulness_ratio, 3) for name, value in means.items()
        },
    }


def colour(colorizer: Colorizer, sample: Sample, way: Way) -> Pixels:
    """One sample coloured one way, RGB (H, W, 3)."""
    hints = true_hints(sample.truth, way.hints, sample.seed)
    if way.levin:
        size = sample.grey.shape
        return _on_grey(sample, propagate(_luma(sample), hint_planes(hints, size, size)))
    source = sample.lines if way.mode is Mode.LINEART else sample.grey
    palette = palette_of(sample.truth) if way.palette else None
    request = ColorRequest(way.mode, hints, palette)
    return colorizer.colorize_artwork(Artwork(source), request).artwork.pixels


def draw_sheet(target: Path, colorizer: Colorizer, samples: Sequence[Sample]) -> None:
    """The contact sheet: truth, grey and what each way makes of it, then line art likewise."""
    ways = [
        way
        for way in ways_of(_SHEET_HINTS, True, colorizer.supports)
        if not (way.hints and way.palette)
    ]
    # The style's own pictures first, Levin's at the end: neighbours are what one compares.
    grey_ways = sorted((w for w in ways if w.mode is Mode.GREYSCALE), key=_place_on_sheet)
    line_ways = sorted((w for w in ways if w.mode is Mode.LINEART), key=_place_on_sheet)
    labels = ["truth", "greyscale: input", *(way.name for way in grey_ways)]
    if line_ways:
        labels += ["lineart: input", *(way.name for way in line_ways)]
    rows = []
    for sample in spread(samples, _SHEET_ROWS):
        whole = np.ones_like(sample.paper)
        tiles = [Tile(sample.truth, sample.name), _tile(sample, sample.grey, whole)]
        tiles += [_tile(sample, colour(colorizer, sample, way), whole) for way in grey_ways]
        if line_ways:
            tiles.append(_tile(sample, sample.lines, sample.paper))
            tiles += [
                _tile(sample, colour(colorizer, sample, way), sample.paper) for way in line_ways
            ]
        rows.append(tiles)
    write_sheet(target, labels, rows, SIDE)


def _place_on_sheet(way: Way) -> tuple[bool, int, bool]:
    return way.levin, way.hints, way.palette


def _tile(sample: Sample, painted: Pixels, judged: Mask) -> Tile:
    """A picture with its own figure above it."""
    painted = as_rgb(painted)
    return Tile(painted, f"{psnr(painted[judged], sample.truth[judged]):.1f} dB")


def _base_of(name: str) -> str:
    """What a figure's gain is counted from."""
    of_lines = name == LINES_ALONE or name.startswith(Mode.LINEART.value)
    return LINES_ALONE if of_lines else GREY_ALONE


def _brief(rows: Sequence[dict[str, Closeness]]) -> dict[str, Any]:
    """One source's figures."""
    figures = summary(rows)
    return {"pictures": len(rows), "psnr": figures["psnr"], "ciede2000": figures["ciede2000"]}


def _luma(sample: Sample) -> NDArray[np.float32]:
    return sample.grey.astype(np.float32) / np.float32(255)


def _mean_colour(sample: Sample) -> Pixels:
    """The true luma with the picture's mean chroma everywhere: the best single guess."""
    chroma = chroma_of(sample.truth.astype(np.float32) / 255).mean(axis=(0, 1))
    return _on_grey(sample, np.broadcast_to(chroma[:, None, None], (2, *sample.grey.shape)))


def _mean_paint(sample: Sample) -> Pixels:
    """The lines on one coat of the mean colour of what is not ink."""
    paint = sample.truth[sample.paper].mean(axis=0)
    return _as_bytes(sample.lines[:, :, None] / 255 * paint / 255)


def _on_grey(sample: Sample, chroma: NDArray[np.float32]) -> Pixels:
    """Chroma (2, H, W) on the sample's grey, its luma kept as the program keeps it."""
    return _as_bytes(np.stack(rgb_planes(_luma(sample), *chroma), axis=-1))


def _as_bytes(rgb: NDArray[np.floating]) -> Pixels:
    return (rgb * 255 + 0.5).clip(0, 255).astype(np.uint8)
