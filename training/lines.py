"""Line art drawn from colour pictures, in bulk on the training device.

Three hands, mixed at random so that a style does not depend on one kind of line:
extended differences of Gaussians (XDoG, Winnemöller et al. 2012), thresholded colour
edges, and borders between flat regions. Each is then varied as scans vary: thickness,
gaps, grey lines, paper tint and noise.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from colorstudio.core.yuv import luma_of


def draw_lines(rgb: Tensor, generator: torch.Generator) -> Tensor:
    """Line art (N,1,H,W) in 0..1, white paper 1, of colour pictures (N,3,H,W) in 0..1.

    Each third of the pictures is drawn by another hand: shuffle them before.
    """
    hands = (_difference_of_gaussians, _colour_edges, _region_borders)
    thirds = rgb.tensor_split(len(hands))
    drawn = [hand(part, generator) for hand, part in zip(hands, thirds, strict=True) if len(part)]
    return _as_scanned(_thickened(torch.cat(drawn), generator), generator)


def vary_lines(lines: Tensor, generator: torch.Generator) -> Tensor:
    """An artist's own lines (N,1,H,W), thickened and scanned as drawn ones are."""
    return _as_scanned(_thickened(lines, generator), generator)


def _uniform(generator: torch.Generator, count: int, low: float, high: float) -> Tensor:
    draw = torch.rand(count, generator=generator, device=generator.device)
    return low + (high - low) * draw


def _per_picture(generator: torch.Generator, count: int, low: float, high: float) -> Tensor:
    return _uniform(generator, count, low, high)[:, None, None, None]


def _blur(planes: Tensor, sigma: float) -> Tensor:
    """Gaussian blur of (N,C,H,W), separable, edges replicated."""
    radius = max(1, round(3 * sigma))
    steps = torch.arange(-radius, radius + 1, device=planes.device, dtype=planes.dtype)
    kernel = torch.exp(-(steps**2) / (2 * sigma**2))
    kernel = kernel / kernel.sum()
    channels = planes.shape[1]
    padded = F.pad(planes, (radius, radius, radius, radius), mode="replicate")
    across = kernel.view(1, 1, 1, -1).expand(channels, 1, 1, -1)
    down = kernel.view(1, 1, -1, 1).expand(channels, 1, -1, 1)
    return F.conv2d(F.conv2d(padded, across, groups=channels), down, groups=channels)


def _difference_of_gaussians(rgb: Tensor, generator: torch.Generator) -> Tensor:
    count = rgb.shape[0]
    luma = luma_of(rgb.movedim(1, -1)).unsqueeze(1)
    sigma = float(_uniform(generator, 1, 0.5, 1.3))
    weight = _per_picture(generator, count, 0.93, 0.99)
    bar = _per_picture(generator, count, -0.02, 0.012)
    steepness = _per_picture(generator, count, 25, 90)
    difference = _blur(luma, sigma) - weight * _blur(luma, 1.6 * sigma)
    # XDoG leaves paper white where the difference is above the bar, and falls off softly.
    return (1 + torch.tanh(steepness * (difference - bar).clamp(max=0))).clamp(0, 1)


def _edges(planes: Tensor) -> Tensor:
    """Length of the colour gradient (N,1,H,W) by forward differences: one pixel wide."""
    padded = F.pad(planes, (0, 1, 0, 1), mode="replicate")
    across = padded[:, :, :-1, 1:] - planes
    down = padded[:, :, 1:, :-1] - planes
    return (across**2 + down**2).sum(dim=1, keepdim=True).sqrt()


def _colour_edges(rgb: Tensor, generator: torch.Generator) -> Tensor:
    count = rgb.shape[0]
    bar = _per_picture(generator, count, 0.07, 0.22)
    width = _per_picture(generator, count, 0.04, 0.15)
    strength = _edges(_blur(rgb, float(_uniform(generator, 1, 0.4, 1.0))))
    return 1 - ((strength - bar) / width).clamp(0, 1)


def _region_borders(rgb: Tensor, generator: torch.Generator) -> Tensor:
    count = rgb.shape[0]
    steps = _per_picture(generator, count, 3, 7)
    flats = (_blur(rgb, 1.2) * steps).round()
    return 1 - (_edges(flats) > 0).to(rgb.dtype)


def _thickened(lines: Tensor, generator: torch.Generator) -> Tensor:
    count = lines.shape[0]
    thick = -F.max_pool2d(-lines, 3, stride=1, padding=1)
    soft = _blur(lines, 0.6)
    choice = _per_picture(generator, count, 0, 1)
    return torch.where(choice < 0.2, thick, torch.where(choice < 0.45, soft, lines))


def _as_scanned(lines: Tensor, generator: torch.Generator) -> Tensor:
    """Gaps, grey lines, paper tint and scan noise; half of the pictures stay clean."""
    count, _, height, width = lines.shape
    device = lines.device
    patches = torch.rand(
        (count, 1, height // 8 + 1, width // 8 + 1), generator=generator, device=device
    )
    patches = F.interpolate(patches, size=(height, width), mode="bilinear", align_corners=False)
    gap_share = _per_picture(generator, count, -0.3, 0.25)
    lines = torch.where(patches < gap_share, 1.0, lines)
    clean = _per_picture(generator, count, 0, 1) < 0.5
    ink = torch.where(clean, 0.0, _per_picture(generator, count, 0.0, 0.45))
    paper = torch.where(clean, 1.0, _per_picture(generator, count, 0.9, 1.0))
    noise = torch.randn(lines.shape, generator=generator, device=device)
    grain = torch.where(clean, 0.0, _per_picture(generator, count, 0.0, 0.02))
    return (ink + (paper - ink) * lines + grain * noise).clamp(0, 1)
