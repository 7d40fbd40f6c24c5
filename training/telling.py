"""What a training sample is told of its colours, as an artist would tell it: hints, a palette."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.core.hint_planes import rasterise
from colorstudio.core.palette import palettes
from colorstudio.core.spreading import EdgeAwareSmoother, spread_hints
from colorstudio.core.yuv import chroma_of, luma_of
from training.pictures import LEVELS, PictureStore

MOST_HINTS = 64
MOST_COLOURS = 24

_SMALLEST, _RADII = 0.75, 1.75  # at half resolution: a dot covers its pixel, and at most this more


def simulated_hints(
    shown: Tensor, chroma: Tensor, told: Tensor, dots: float, chance: torch.Generator
) -> Tensor:
    """Hint planes (N,3,H,W) as the program makes them, of dots of the true colour.

    shown (N,1,H,W) is the input's luma 0..1, chroma (N,2,H,W) the truth, told (N,) says which
    samples get hints at all; this share of them keeps its dots, unspread.
    """
    planes = chroma.new_zeros(len(chroma), 3, *chroma.shape[2:])
    if told.any():
        half = _dots(F.avg_pool2d(chroma[told], 2), chance)
        luma = F.avg_pool2d(shown[told], 2)[:, 0]
        values, confidence = spread_hints(torch, luma, half, EdgeAwareSmoother(torch, luma))
        spread = torch.cat([values, confidence.unsqueeze(1)], dim=1)
        kept = torch.rand(len(half), generator=chance, device=chance.device) < dots
        half = torch.where(kept[:, None, None, None], half, spread)
        planes[told] = F.interpolate(half, scale_factor=2.0, mode="nearest")
    return planes


def _dots(chroma: Tensor, chance: torch.Generator) -> Tensor:
    """Planes (N,3,h,w) of 1 to 64 dots of the chroma (N,2,h,w), few more often than many."""
    count, _, height, width = chroma.shape
    device = chance.device

    def rand(*shape: int) -> Tensor:
        return torch.rand(shape, generator=chance, device=device)

    most = int(2 ** float(rand(1) * np.log2(MOST_HINTS)))
    given = (rand(count, 1) * most).long() + 1
    radii = _SMALLEST + _RADII * rand(count, most) ** 3
    radii = torch.where(torch.arange(most, device=device) < given, radii, -1.0)
    across = (rand(count, most) * width).long()
    down = (rand(count, most) * height).long()
    spots = (down * width + across)[:, None].expand(-1, 2, -1)
    colours = chroma.flatten(2).gather(2, spots).transpose(1, 2)
    marked = torch.cat([colours, torch.ones_like(colours[:, :, :1])], dim=2)
    centres = torch.stack([across, down], dim=-1).to(chroma.dtype)
    rows, columns = torch.arange(height, device=device), torch.arange(width, device=device)
    return rasterise(torch, centres, radii, marked, rows, columns).permute(0, 3, 1, 2)


def simulated_palettes(
    luma: Tensor, chroma: Tensor, told: Tensor, few: float, chance: torch.Generator
) -> Tensor:
    """Palettes (N, P) of pictures of K pixels, zeros where nothing is told.

    luma (N, K), chroma (N, K, 2), told (N,). This share of the palettes knows but a few pixels,
    as a file of colours does.
    """
    count, pixels = luma.shape
    device = chance.device
    known = (torch.rand(count, MOST_COLOURS, generator=chance, device=device) * pixels).long()
    most = torch.rand(count, 1, generator=chance, device=device) * (MOST_COLOURS - 4) + 4
    pick = (torch.rand(count, pixels, generator=chance, device=device) * most).long()
    everything = torch.arange(pixels, device=device).expand(count, -1)
    only_few = torch.rand(count, 1, generator=chance, device=device) < few
    index = torch.where(only_few, known.gather(1, pick), everything)
    told_of = palettes(
        torch, luma.gather(1, index), chroma.gather(1, index[:, :, None].expand(-1, -1, 2))
    )
    return told_of * told[:, None]


def palette_of_pictures(store: PictureStore, numbers: Tensor) -> Tensor:
    """The palettes (K, P) of whole pictures of a store, seen sparsely."""
    small = torch.from_numpy(store.canvases[LEVELS[-1]][numbers.numpy(), :3, ::4, ::4].copy())
    rgb = small.float().div(255).flatten(2).transpose(1, 2)
    return palettes(torch, luma_of(rgb), chroma_of(rgb))
