"""Two pictures in one sample, as panels of a page: CutMix (Yun et al. 2019) for colour.

A network that sees the same few thousand pages again and again learns them by heart, by what
lies where on the whole page. Beside a part of another page that tells it nothing any more; and
pages of several scenes are what comics are made of.
"""

import torch
from torch import Tensor

_LEAST_PART, _MOST_PART = 0.25, 0.75
_WIDEST_GUTTER = 6  # pixels to either side
_NO_GUTTER = 0.25  # share of the seams where one panel touches the other
_WHITE = 0.6  # share of the gutters that are white; the others are black


def in_panels(pages: Tensor, may: Tensor, share: float, chance: torch.Generator) -> Tensor:
    """Some crops (N,C,S,S) in 0..1 with a part of the next one in them.

    may (N,): whether a crop may have a second panel at all; share: of these that get one.
    """
    count, _, side, _ = pages.shape
    device = pages.device

    def rand(*shape: int) -> Tensor:
        return torch.rand(shape, generator=chance, device=device)

    chosen = may & (rand(count) < share)
    place = side * (_LEAST_PART + (_MOST_PART - _LEAST_PART) * rand(count, 1))
    gutter = _WIDEST_GUTTER * ((rand(count, 1) - _NO_GUTTER) / (1 - _NO_GUTTER)).clamp(min=0)
    beyond = torch.arange(side, device=device) - place
    beyond = torch.where(rand(count, 1) < 0.5, beyond, -beyond)[:, None, None]
    beyond = beyond.expand(count, 1, side, side)
    beyond = torch.where(_each(rand(count) < 0.5), beyond, beyond.transpose(2, 3))
    ground = _each((rand(count) < _WHITE).to(pages.dtype))
    both = torch.where(beyond > 0, pages.roll(-1, 0), pages)
    both = torch.where(beyond.abs() <= gutter[:, :, None, None], ground, both)
    return torch.where(_each(chosen), both, pages)


def _each(values: Tensor) -> Tensor:
    """(N,) beside planes (N,C,H,W)."""
    return values[:, None, None, None]
