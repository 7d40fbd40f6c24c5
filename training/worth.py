"""Whether a folder's pages tell anything about each other's colours, before anything is trained."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from training.batches import Batch
from training.memory import remembered
from training.networks import StudioGenerator
from training.pictures import PictureStore
from training.recipes import StudioRecipe
from training.samples import spread
from training.stopping import Stopped
from training.validation import Paint, ValidationSet

CLOSENESS = (0.0, 0.5, 1.0, 2.0)
"""How much more than the others the pages most alike in tones may have to say; 0: not at all."""

LEAST_GAIN = 0.25
"""dB that a page must gain on average by what the others remember …"""
SURELY = 0.5
"""… and so many times the standard error of that average: a few pages agree by chance."""

_MOST_PAGES = 24


def best_closeness(
    store: PictureStore,
    weights: dict[str, Tensor],
    device: torch.device,
    should_stop: Callable[[], bool] = lambda: False,
) -> float | None:
    """Which of CLOSENESS serves this folder best; None where pages had better not be remembered.

    Each page is coloured with what all the others remember, and without, by the weights of a
    style: every page judges, for none is told its own palette. Raises Stopped when told to stop.
    """
    if (store.weights > 0).sum() < 2:
        return None
    pages = [remembered(store, closeness) for closeness in CLOSENESS]
    numbers = pages[0].numbers.tolist()
    network = StudioGenerator().to(device).eval()
    network.load_state_dict(weights)
    told = [some.of_others(len(store), line_art=False).to(device) for some in pages]

    def gains_of(number: int) -> list[float]:
        page = ValidationSet(store, [number], multiple=32, paints_lines=False, device=device)
        ways: list[Paint] = [partial(_paint_told, each[[number]]) for each in told]
        figures = [
            page.figures(network, paint, should_stop) for paint in (StudioRecipe.paint, *ways)
        ]
        if None in figures:
            raise Stopped
        plain, *helped = (each.greyscale for each in figures if each is not None)
        return [one - plain for one in helped]

    gains = np.array([gains_of(number) for number in spread(numbers, _MOST_PAGES)])
    means, best = gains.mean(axis=0), int(gains.mean(axis=0).argmax())
    error = gains[:, best].std(ddof=1) / np.sqrt(len(gains))
    return CLOSENESS[best] if means[best] > max(LEAST_GAIN, SURELY * error) else None


def _paint_told(palette: Tensor, network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
    return StudioRecipe.paint(network, replace(batch, palette=palette))
