"""Recurrences by doubling, as on a graphics card, give what a walk line by line gives."""

import numpy as np
import pytest
import torch

from colorstudio.core import recurrences
from colorstudio.core.spreading import EdgeAwareSmoother, geodesic_distance, spread_hints


@pytest.fixture
def luma() -> torch.Tensor:
    """Flat fields, edges and noise (2, 90, 133): strengths from 1e-40 to 1e4."""
    chance = torch.Generator().manual_seed(3)
    page = torch.rand(2, 9, 19, generator=chance).repeat_interleave(10, 1).repeat_interleave(7, 2)
    page[1] += 0.01 * torch.randn(90, 133, generator=chance)
    return page.clamp(0, 1)


@pytest.fixture
def hinted(luma: torch.Tensor) -> torch.Tensor:
    chance = torch.Generator().manual_seed(4)
    mask = (torch.rand(2, 1, 90, 133, generator=chance) < 0.001).float()
    assert (mask.sum(dim=(1, 2, 3)) > 3).all()
    return torch.cat([(torch.rand(2, 2, 90, 133, generator=chance) - 0.5) * mask, mask], dim=1)


def by_doubling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurrences, "on_processor", lambda array: False)


def test_hints_spread_alike(luma, hinted, monkeypatch):
    walked = spread_hints(torch, luma, hinted, EdgeAwareSmoother(torch, luma))
    by_doubling(monkeypatch)
    doubled = spread_hints(torch, luma, hinted, EdgeAwareSmoother(torch, luma))
    for one, other in zip(walked, doubled, strict=True):
        torch.testing.assert_close(other, one, atol=2e-4, rtol=0)


def test_smoothing_is_alike_and_keeps_the_mean(luma, monkeypatch):
    planes = torch.rand(2, 3, 90, 133, generator=torch.Generator().manual_seed(5))
    walked = EdgeAwareSmoother(torch, luma)(planes)
    by_doubling(monkeypatch)
    doubled = EdgeAwareSmoother(torch, luma)(planes)
    torch.testing.assert_close(doubled, walked, atol=3e-4, rtol=0)
    torch.testing.assert_close(doubled.mean(dim=(2, 3)), planes.mean(dim=(2, 3)), atol=1e-4, rtol=0)


def test_distances_are_alike(luma, hinted, monkeypatch):
    walked = geodesic_distance(torch, luma, hinted[:, -1])
    by_doubling(monkeypatch)
    doubled = geodesic_distance(torch, luma, hinted[:, -1])
    torch.testing.assert_close(doubled, walked, atol=1e-4, rtol=0)
    assert walked.max() > 0.1


def test_the_walk_itself_is_the_recurrence():
    lines, factors = np.ones((4, 1), np.float32), np.full((4, 1), 0.5, np.float32)
    np.testing.assert_allclose(
        recurrences.recur(lines.copy(), factors)[:, 0], [1, 1.5, 1.75, 1.875]
    )
    back = recurrences.recur(lines.copy(), factors, backwards=True)
    np.testing.assert_allclose(back[:, 0], [1.875, 1.75, 1.5, 1])
