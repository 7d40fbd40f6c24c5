"""Whether a folder's pages tell anything about each other's colours, before anything is trained."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from training.batches import Batch
from training.memory import RememberedPages
from training.networks import StudioGenerator
from training.pictures import PictureStore
from training.recipes import StudioRecipe
from training.samples import spread
from training.stopping import Stopped
from training.validation import ValidationSet

LEAST_GAIN = 0.25
"""dB that a page must gain on average by what the others remember."""

_MOST_PAGES = 24


def worth_remembering(
    pages: RememberedPages,
    store: PictureStore,
    weights: dict[str, Tensor],
    device: torch.device,
    should_stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Colour each page with the palettes of the others, and without, by the weights of a style.

    Every page judges, for none is told its own: two held-back ones alone may be an exception.
    Raises Stopped when should_stop says so.
    """
    if len(pages.numbers) < 2:
        return False
    network = StudioGenerator().to(device).eval()
    network.load_state_dict(weights)
    told = pages.of_others(len(store), line_art=False).to(device)
    gains = []
    for number in spread(pages.numbers.tolist(), _MOST_PAGES):
        page = ValidationSet(store, [number], multiple=32, paints_lines=False, device=device)
        plain = page.figures(network, StudioRecipe.paint, should_stop)
        helped = page.figures(network, partial(_paint_told, told[[number]]), should_stop)
        if plain is None or helped is None:
            raise Stopped
        gains.append(helped.greyscale - plain.greyscale)
    return float(np.mean(gains)) > LEAST_GAIN


def _paint_told(palette: Tensor, network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
    return StudioRecipe.paint(network, replace(batch, palette=palette))
