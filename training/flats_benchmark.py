"""`python -m training.flats_benchmark`: how well the flats engine finds regions and colours.

Pairs of line art and flat colours (`<name>.line.png` + `<name>.color.png`) tell the truth: a
true region is what has one colour and is cut off by lines. Gaps are cut into the lines, each
true region gets one hint in its colour, and the regions and flats found are compared with the
truth, beside other methods on the same pages and hints: connected components of the paper, a
flood fill from each hint, LazyBrush's minimum cuts (where PyMaxflow is installed), and G'MIC's
filter "Colorize Lineart" (where gmic is).
"""

import argparse
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core.artwork import Artwork, as_rgb
from colorstudio.core.flats import Flats, flats_of
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.ink import ink_mask
from colorstudio.core.mode import Mode, luma_on_white
from colorstudio.core.reading import read_artwork
from colorstudio.core.regions import find_regions
from colorstudio.core.request import ColorRequest
from colorstudio.inference.colorizer import Colorizer
from training.lazybrush import lazybrush

GAPS = (0, 4, 8, 16)
_CUTS = 6  # in each picture
_LEAST_SHARE = 1e-3  # of the page: smaller true regions are shine and dirt
_SAME_REGION, _SAME_COLOR = 0.8, 10.0  # IoU, and CIEDE2000
_NOTHING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """line (H, W), 0 ink … 255 paper; truth (H, W): numbers of true regions, −1 where there is
    ink or dirt; colors (R, 3): their true colours; hints: one in each; enclosed (R,): which
    are cut off by lines all round, and so can be found without knowing the colours."""

    line: NDArray[np.uint8]
    truth: NDArray[np.int64]
    colors: NDArray[np.uint8]
    hints: HintSet
    enclosed: NDArray[np.bool_]


@dataclass(slots=True)
class Figures:
    """Sums over pages: true regions, those recovered, split and merged, those of right colour."""

    regions: int = 0
    recovered: int = 0
    split: int = 0
    merged: int = 0
    right: int = 0

    def row(self, name: str, gap: int) -> str:
        shares = (self.recovered, self.split, self.merged, self.right)
        cells = " | ".join(f"{100 * share / max(1, self.regions):.1f} %" for share in shares)
        return f"| {gap} px | {name} | {cells} |"


@dataclass(slots=True)
class _Tally:
    figures: dict[tuple[str, int], Figures] = field(default_factory=dict)

    def of(self, name: str, gap: int) -> Figures:
        return self.figures.setdefault((name, gap), Figures())


Method = Callable[[Page], tuple[NDArray[np.int64], NDArray[np.uint8]]]
"""From a page to the regions found (H, W) and the flat colours (H, W, 3)."""


# Truth --------------------------------------------------------------------------------------------


def read_page(line_file: Path) -> Page | None:
    """A page from its pair; None where it has no two true regions."""
    line = luma_on_white(read_artwork(line_file))
    pixels = _on_white(read_artwork(line_file.with_name(_color_name(line_file))))
    if pixels.shape[:2] != line.shape:
        return None
    truth, colors = _true_regions(line, pixels)
    enclosed = _enclosed(truth, ink_mask(255 - line) > 0, len(colors))
    if enclosed.sum() < 2:
        return None
    return Page(line, truth, colors, _hints(truth, colors), enclosed)


def _color_name(line_file: Path) -> str:
    return line_file.name.removesuffix(".line.png") + ".color.png"


def _on_white(artwork: Artwork) -> NDArray[np.uint8]:
    from colorstudio.core.encoding import flattened

    pixels = as_rgb(artwork.pixels)
    return pixels if artwork.alpha is None else flattened(pixels, artwork.alpha)


def _true_regions(
    line: NDArray[np.uint8], pixels: NDArray[np.uint8]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Areas of one colour, cut off by ink; soft rims of colours belong to none."""
    values = pixels.astype(np.int64) @ [1 << 16, 1 << 8, 1]
    paper = cv2.erode((ink_mask(255 - line) == 0).astype(np.uint8), _SQUARES[3]) > 0
    truth = np.full(line.shape, _NOTHING, np.int64)
    colors: list[list[int]] = []
    least = _LEAST_SHARE * line.size
    found, counts = np.unique(values[paper], return_counts=True)
    for value in found[counts >= least]:
        area = ((values == value) & paper).astype(np.uint8)
        parts, numbers, figures, _ = cv2.connectedComponentsWithStats(area, connectivity=4)
        for part in range(1, parts):
            if figures[part, cv2.CC_STAT_AREA] >= least:
                truth[numbers == part] = len(colors)
                colors.append([value >> 16, value >> 8 & 255, value & 255])
    return truth, np.array(colors, np.uint8).reshape(-1, 3)


def _enclosed(truth: NDArray[np.int64], ink: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Which true regions (count,) have ink or the page's edge on 85 % of their rims."""
    enclosed = np.zeros(count, bool)
    for number in range(count):
        y, x, mask = _cut_out(truth, number)
        rim = cv2.dilate(mask, _SQUARES[5]) > cv2.dilate(mask, _SQUARES[3])
        rows, columns = np.nonzero(rim)
        rows, columns = rows + y, columns + x
        inside = (rows >= 0) & (rows < ink.shape[0]) & (columns >= 0) & (columns < ink.shape[1])
        inked = ink[rows[inside], columns[inside]]
        enclosed[number] = inked.size == 0 or inked.mean() > _ENCLOSED
    return enclosed


_ENCLOSED = 0.85  # paper shows in corners too
_SQUARES = {side: np.ones((side, side), np.uint8) for side in (3, 5)}
_MARGIN = 4


def _cut_out(truth: NDArray[np.int64], number: int) -> tuple[int, int, NDArray[np.uint8]]:
    """A true region's mask, 1 inside, with a margin, and where its first row and column lie."""
    mask = (truth == number).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    small = np.pad(mask[y : y + height, x : x + width], _MARGIN)
    return y - _MARGIN, x - _MARGIN, small


def _hints(truth: NDArray[np.int64], colors: NDArray[np.uint8]) -> HintSet:
    """One hint in each true region, where it is widest."""
    hints = []
    for number, color in enumerate(colors):
        top, left, mask = _cut_out(truth, number)
        room = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
        y, x = np.unravel_index(int(room.argmax()), room.shape)
        radius = min(4.0, float(room[y, x]) / 2)
        hints.append(Hint(float(left + x), float(top + y), radius, "#" + bytes(color).hex()))
    return HintSet(tuple(hints))


def with_gaps(page: Page, gap: int, seed: int) -> Page:
    """Cut gaps of so many pixels across the lines, where they part two true regions."""
    if gap == 0:
        return page
    chance = np.random.default_rng(seed)
    ink = ink_mask(255 - page.line) > 0
    places = _parting_places(page, ink)
    line = page.line.copy()
    cut: list[NDArray[np.int64]] = []
    for place in chance.permutation(places):
        if len(cut) < _CUTS and all(np.abs(place - other).max() > 4 * gap for other in cut):
            _cut(line, ink, place, gap)
            cut.append(place)
    return replace(page, line=line)


def _parting_places(page: Page, ink: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Middles (N, 2) of lines that have one true region here and another one there."""
    outside = (page.truth == _NOTHING).astype(np.uint8)
    distance, nearest = cv2.distanceTransformWithLabels(
        outside, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros(int(nearest.max()) + 1, np.int64)
    known = outside == 0
    table[nearest[known]] = page.truth[known]
    owner = table[nearest]
    middle = np.zeros(ink.shape, bool)
    middle[:, 1:] |= owner[:, 1:] != owner[:, :-1]
    middle[1:] |= owner[1:] != owner[:-1]
    thin = distance < 0.03 * min(ink.shape)
    return np.argwhere(middle & ink & thin)


def _cut(
    line: NDArray[np.uint8], ink: NDArray[np.bool_], place: NDArray[np.int64], gap: int
) -> None:
    """Make paper of a strip across the line at a place, as wide as the gap."""
    y, x = (int(value) for value in place)
    top, left = max(0, y - _CUT_REACH), max(0, x - _CUT_REACH)
    window = slice(top, y + _CUT_REACH + 1), slice(left, x + _CUT_REACH + 1)
    offsets = np.argwhere(ink[window]) + np.array([top - y, left - x])
    near = offsets[(offsets**2).sum(axis=1) <= _SEEN**2]
    _, axes = np.linalg.eigh(near.T @ near)  # the line runs along the last axis
    strip = line[window]
    rows, columns = np.indices(strip.shape)
    places = np.dstack([rows + top - y, columns + left - x])
    along, across = np.abs(places @ axes[:, 1]), np.abs(places @ axes[:, 0])
    strip[(along <= gap / 2) & (across <= _THICKEST)] = 255


_CUT_REACH, _SEEN, _THICKEST = 24, 14, 16  # pixels: of the strip, of the line's direction


# Methods ------------------------------------------------------------------------------------------


def engine(colorizer: Colorizer) -> Method:
    """Ours: the regions, and the flats from the generator's paint and the hints."""

    def method(page: Page) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        request = ColorRequest(Mode.LINEART, page.hints, layers=True, keep_text=False)
        layers = colorizer.colorize_artwork(Artwork(page.line), request).layers
        assert layers is not None
        flats: Flats = flats_of(find_regions(ink_mask(255 - page.line)), layers.color, page.hints)
        return flats.groups[flats.regions.cells], flats.picture()

    return method


def components(page: Page) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Connected components of the paper, each with the first hint's colour in it."""
    _, numbers = cv2.connectedComponents((page.line > 127).astype(np.uint8), connectivity=4)
    colors = np.full((int(numbers.max()) + 1, 3), 255, np.uint8)
    for hint in reversed(page.hints.hints):
        colors[numbers[round(hint.y), round(hint.x)]] = hint.rgb
    return numbers.astype(np.int64), colors[numbers]


def flood_fill(page: Page) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """A bucket tool with tolerance, used at each hint in turn: later ones lie on top."""
    height, width = page.line.shape
    colors = np.full((height, width, 3), 255, np.uint8)
    numbers = np.full((height, width), _NOTHING, np.int64)
    for number, hint in enumerate(page.hints.hints):
        mask = np.zeros((height + 2, width + 2), np.uint8)
        how = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
        seed = (round(hint.x), round(hint.y))
        cv2.floodFill(page.line.copy(), mask, seed, 0, 127, 127, how)
        filled = mask[1:-1, 1:-1] > 0
        colors[filled], numbers[filled] = hint.rgb, number
    return numbers, colors


def minimum_cuts(page: Page) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """LazyBrush with the same hints."""
    numbers = lazybrush(page.line, page.hints)
    return numbers, np.array([hint.rgb for hint in page.hints.hints], np.uint8)[numbers]


def gmic_colorize(page: Page) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """G'MIC's "Colorize Lineart": its filter spreads the hints' spots up to the lines."""
    height, width = page.line.shape
    spots = np.zeros((height, width, 4), np.uint8)
    codes = _distinct_colors(len(page.hints.hints))
    rows, columns = np.indices((height, width))
    for hint, code in zip(page.hints.hints, codes, strict=True):
        disc = (rows - hint.y) ** 2 + (columns - hint.x) ** 2 <= max(hint.radius, 1.0) ** 2
        spots[disc] = (*code, 255)
    with tempfile.TemporaryDirectory() as folder:
        lines, hints, out = (str(Path(folder, name)) for name in ("l.png", "h.png", "o.png"))
        Image.fromarray(page.line).save(lines)
        Image.fromarray(spots).save(hints)
        command = ["gmic", lines, hints, "fx_colorize_lineart", _GMIC_CHOICES, "output", out]
        subprocess.run(command, capture_output=True, timeout=300, check=True)
        with Image.open(out) as image:
            filled = np.asarray(image.convert("RGB")).astype(np.int64)
    steps = np.stack([np.abs(filled - code).sum(axis=2) for code in codes])
    numbers = steps.argmin(axis=0)
    return numbers, np.array([hint.rgb for hint in page.hints.hints], np.uint8)[numbers]


_GMIC_CHOICES = "1,0,0.05,0"  # lines and spots in, one picture out, its usual smoothness


def _distinct_colors(count: int) -> NDArray[np.int64]:
    """As many colours (count, 3) that are far from each other, and from black."""
    numbers = np.arange(count)
    return np.stack([55 + 40 * (numbers // power % 6) for power in (1, 6, 36)], axis=1)


# Figures ------------------------------------------------------------------------------------------


def judge(page: Page, found: NDArray[np.int64], colors: NDArray[np.uint8], into: Figures) -> None:
    """Count which true regions were recovered, split, merged, and have the right colour.

    Recovered: one region found has an IoU above 0.8 with it (both without ink and dirt).
    Split: no region found covers 80 % of it. Merged: the region found that covers most of it
    also covers more than a fifth of another true region.
    """
    known = page.truth >= 0
    truth, answer = page.truth[known], found[known]
    _, answer = np.unique(answer, return_inverse=True)
    counts = np.zeros((len(page.colors), int(answer.max()) + 1), np.int64)
    np.add.at(counts, (truth, answer), 1)
    true_sizes, found_sizes = counts.sum(axis=1), counts.sum(axis=0)
    best = counts.argmax(axis=1)
    rows = np.arange(len(counts))
    shared = counts[rows, best]
    iou = shared / (true_sizes + found_sizes[best] - shared)
    others = counts[:, best] / true_sizes[:, None]  # [other region, region]
    others[rows, rows] = 0
    into.regions += int(page.enclosed.sum())
    into.recovered += int((iou > _SAME_REGION)[page.enclosed].sum())
    into.split += int((shared < 0.8 * true_sizes)[page.enclosed].sum())
    into.merged += int((others.max(axis=0) > 0.2)[page.enclosed].sum())
    into.right += _right_colors(page, colors[known], truth)


def _right_colors(page: Page, colors: NDArray[np.uint8], truth: NDArray[np.int64]) -> int:
    """How many true regions have their colour, to CIEDE2000 < 10, on more than 80 % of them."""
    from skimage.color import deltaE_ciede2000, rgb2lab

    keys, places = np.unique(
        (colors.astype(np.int64) << [16, 8, 0]).sum(axis=1), return_inverse=True
    )
    values = np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1)
    right = 0
    for number in np.flatnonzero(page.enclosed):
        color = page.colors[number]
        mine = places[truth == number]
        steps = deltaE_ciede2000(rgb2lab(values / 255), rgb2lab(color[None] / 255))
        right += int((steps[mine] < _SAME_COLOR).mean() > 0.8)
    return right


# The command --------------------------------------------------------------------------------------


def pages_in(folders: Sequence[Path], most: int) -> Iterator[tuple[int, Page]]:
    """At most so many pages of each folder, spread over its names, with a number for chance."""
    for folder in folders:
        files = sorted(folder.glob("*.line.png"))
        step = max(1, len(files) // most) if most else 1
        for number, file in enumerate(files[::step][: most or None]):
            page = read_page(file)
            if page is not None:
                yield number, page


def main() -> int:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=60, help="pages of each folder; 0: all")
    parser.add_argument("--style", default="starter")
    namespace = parser.parse_args()
    methods: dict[str, Method] = {
        "Color Studio": engine(Colorizer(namespace.style, "cpu")),
        "connected components": components,
        "flood fill from hints": flood_fill,
    }
    if importlib.util.find_spec("maxflow"):
        methods["LazyBrush"] = minimum_cuts
    else:
        print("LazyBrush is left out: it needs PyMaxflow.")
    if shutil.which("gmic"):
        methods["G'MIC Colorize Lineart"] = gmic_colorize
    else:
        print("G'MIC is left out: it is not installed.")
    tally, pages = _Tally(), 0
    for number, page in pages_in(namespace.folders, namespace.most):
        pages += 1
        for gap in GAPS:
            cut = with_gaps(page, gap, seed=number)
            for name, method in methods.items():
                judge(cut, *method(cut), tally.of(name, gap))
    print(f"{pages} pages\n")
    print("| gaps | method | recovered | split | merged | colour right |")
    print("|---|---|---|---|---|---|")
    for gap in GAPS:
        for name in methods:
            print(tally.of(name, gap).row(name, gap))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
