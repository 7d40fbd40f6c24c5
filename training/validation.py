"""How near a generator comes to pages it has not seen, measured on the training device.

Whole pages at the working size, made grey and (where the recipe paints line art) made line
art, coloured without hints and palette, and compared as the artist would see them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from colorstudio.core.palette import PALETTE_SIZE
from colorstudio.core.yuv import chroma_of, luma_of
from training.batches import Batch, rgb_of
from training.holdout import digest_of
from training.lines import draw_lines
from training.pictures import LEVELS, PictureStore

Pixels = NDArray[np.uint8]

SIDE = LEVELS[0]
"""The long side at which the program will paint them. At another one a style may look better or
worse by two decibels."""
LINE_ART_SHARE = 0.25
"""How much a dB in line art counts beside a dB in greyscale: paint on bare lines is mostly
guessed, and its figures move with the guess."""
INK = 0.75
"""Pixels of line art darker than this are ink, which the paint does not change."""

_MOST_PAGES = 4  # at once: bounds memory, and how long a stop request waits
_HIGHEST = 60.0

Paint = Callable[[nn.Module, Batch], tuple[Tensor, Tensor]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Mean PSNR of RGB in dB over pages: coloured from grey, and from line art (None: can't)."""

    greyscale: float
    lineart: float | None = None

    @property
    def score(self) -> float:
        """The one figure that decides which weights are better."""
        return self.greyscale + LINE_ART_SHARE * (self.lineart or 0.0)

    def to_dict(self) -> dict[str, float]:
        """By name, rounded; what `from_dict` reads and JSON shows."""
        rows = {"greyscale": self.greyscale, "lineart": self.lineart}
        return {name: round(value, 3) for name, value in rows.items() if value is not None}

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> "Figures":
        """Raises KeyError, TypeError or ValueError where a figure is none."""
        lineart = row.get("lineart")
        return cls(float(row["greyscale"]), None if lineart is None else float(lineart))


@dataclass(frozen=True, slots=True)
class _Pages:
    """Pages of one padded size: truth (N,3,H,W) in 0..1 and what the generator is given."""

    rgb: Tensor
    inside: Tensor  # (N,1,H,W), False on the padding
    batch: Batch

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the first page, without its padding."""
        inside = self.inside[0, 0]
        return int(inside.any(dim=1).sum()), int(inside.any(dim=0).sum())

    def single(self, most: int) -> "list[_Pages]":
        """The first so many pages, each alone."""
        count = len(self.rgb)
        return [
            _Pages(self.rgb[k : k + 1], self.inside[k : k + 1], self.batch.part(k, count))
            for k in range(min(most, count))
        ]


@dataclass(frozen=True, slots=True)
class Shown:
    """One held-back page to look at, uint8 RGB (H, W, 3): the truth, and what the generator
    paints. mode: greyscale or lineart, what it was painted from."""

    number: int
    mode: str
    truth: Pixels
    painted: Pixels


class ValidationSet:
    """Held-back pages, ready on the device.

    mark: the same for the same pages only; figures of others can't be compared.
    """

    def __init__(
        self,
        store: PictureStore,
        numbers: Sequence[int],
        *,
        multiple: int,
        paints_lines: bool,
        device: torch.device,
    ) -> None:
        """multiple: sides of what the generator sees are whole multiples of this."""
        self.count = len(numbers)
        digests = sorted(digest_of(store, number) for number in numbers)
        self.mark = hashlib.sha256("".join(digests).encode()).hexdigest()
        self._multiple, self._device = multiple, device
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number in numbers:
            height, width = (int(side) for side in store.sizes[SIDE][number])
            groups[height + -height % multiple, width + -width % multiple].append(number)
        chunks = [
            (size, group[start : start + _MOST_PAGES])
            for size, group in sorted(groups.items())
            for start in range(0, len(group), _MOST_PAGES)
        ]
        self._grey = [self._pages(store, group, size, lines=False) for size, group in chunks]
        self._lines = [
            self._pages(store, group, size, lines=True) for size, group in chunks if paints_lines
        ]

    def figures(
        self, network: nn.Module, paint: Paint, should_stop: Callable[[], bool] = lambda: False
    ) -> Figures | None:
        """Colour all pages and compare; None when told to stop in the middle.

        The network is one in evaluation mode; no chance is drawn, so a run is not changed.
        """
        means = []
        for chunks in (self._grey, self._lines):
            values: list[float] = []
            for pages in chunks:
                if should_stop():
                    return None
                values += _psnr_of(network, paint, pages)
            means.append(float(np.mean(values)) if values else None)
        grey, lines = means
        assert grey is not None  # a set without pages is never made
        return Figures(grey, lines)

    def shown(self, network: nn.Module, paint: Paint, most: int) -> list[Shown]:
        """The first so many pages in each mode, as the network colours them."""
        rows = []
        for mode, chunks in (("greyscale", self._grey), ("lineart", self._lines)):
            pages = [page for chunk in chunks for page in chunk.single(most)][:most]
            for number, page in enumerate(pages):
                height, width = (int(side) for side in page.size)
                planes = (page.rgb, _painted(network, paint, page))
                pictures = [_picture(plane[0, :, :height, :width]) for plane in planes]
                rows.append(Shown(number, mode, *pictures))
        return rows

    def grey_alone(self) -> float:
        """PSNR in dB of the grey pages themselves: what not colouring at all reaches."""
        values: list[float] = []
        for pages in self._grey:
            values += _psnr((pages.batch.luma + 0.5).expand_as(pages.rgb), pages.rgb, pages.inside)
        return float(np.mean(values))

    def _pages(
        self, store: PictureStore, numbers: Sequence[int], size: tuple[int, int], *, lines: bool
    ) -> _Pages:
        sizes = store.sizes[SIDE][list(numbers)]
        whole = np.stack([store.whole_page(number, self._multiple) for number in numbers])
        four = torch.from_numpy(whole).to(self._device)
        rgb = four[:, :3].float() / 255
        rows = torch.arange(size[0], device=self._device)[None, :, None] < _column(sizes, 0, rgb)
        columns = torch.arange(size[1], device=self._device)[None, None] < _column(sizes, 1, rgb)
        layer = None
        if lines:
            layer = four[:, 3:].float() / 255
            drawn = [k for k, number in enumerate(numbers) if not store.has_lines[number]]
            if drawn:
                layer[drawn] = _drawn(rgb[drawn])
        return _Pages(rgb, (rows & columns).unsqueeze(1), _batch(rgb, layer))


def _psnr_of(network: nn.Module, paint: Paint, pages: _Pages) -> list[float]:
    as_lines = bool(pages.batch.mode[0] > 0)
    counted = pages.inside & (pages.batch.line_layer > INK) if as_lines else pages.inside
    return _psnr(_painted(network, paint, pages), pages.rgb, counted)


def _painted(network: nn.Module, paint: Paint, pages: _Pages) -> Tensor:
    """RGB (N,3,H,W) as the artist would see it."""
    batch = pages.batch
    with torch.no_grad():
        chroma, paint_luma = paint(network, batch)
    as_lines = bool(batch.mode[0] > 0)
    luma = batch.line_layer * (paint_luma + 0.5) if as_lines else batch.luma + 0.5
    return rgb_of(luma.clamp(0, 1), chroma)


def _picture(rgb: Tensor) -> Pixels:
    """(3,H,W) in 0..1 as uint8 (H,W,3)."""
    whole: Pixels = (rgb.clamp(0, 1) * 255 + 0.5).to(torch.uint8).movedim(0, 2).cpu().numpy()
    return whole


def _psnr(painted: Tensor, truth: Tensor, counted: Tensor) -> list[float]:
    error = ((painted - truth) ** 2).mean(dim=1, keepdim=True) * counted
    pixels = counted.sum(dim=(1, 2, 3)).clamp(min=1)
    mean = error.sum(dim=(1, 2, 3)) / pixels
    return [float(v) for v in (-10 * torch.log10(mean.clamp(min=1e-9))).clamp(max=_HIGHEST)]


def _column(sizes: Any, side: int, like: Tensor) -> Tensor:
    return torch.as_tensor(sizes[:, side], device=like.device)[:, None, None]


def _drawn(rgb: Tensor) -> Tensor:
    """Line art drawn from the colours, the same at every validation."""
    return draw_lines(rgb, torch.Generator(rgb.device).manual_seed(1))


def _batch(rgb: Tensor, lines: Tensor | None) -> Batch:
    """The pages as the networks see them, without hints and palette."""
    luma = luma_of(rgb.movedim(1, -1)).unsqueeze(1)
    layer = torch.ones_like(luma) if lines is None else lines
    return Batch(
        luma=(luma if lines is None else layer) - 0.5,
        hints=torch.zeros_like(rgb),
        palette=rgb.new_zeros(len(rgb), PALETTE_SIZE),
        mode=rgb.new_full((len(rgb),), 0.0 if lines is None else 1.0),
        chroma=chroma_of(rgb.movedim(1, -1)).movedim(-1, 1),
        paint_luma=luma - 0.5,
        line_layer=layer,
        weight=torch.ones_like(luma),
    )
