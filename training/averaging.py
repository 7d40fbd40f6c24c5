"""A running average of the generator's weights: what is exported and shown."""

import copy

import torch
from torch import Tensor, nn

MOST_MEMORY = 0.999


class RunningAverage:
    """Exponential average of the weights (Polyak & Juditsky 1992), young averages learn faster.

    After n updates the memory is min(0.999, (1 + n) / (10 + n)): a run of a hundred steps
    must not still show the weights it started from.
    """

    def __init__(self, network: nn.Module) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.updates = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Take one step toward the weights of a network of the same shape."""
        self.updates += 1
        memory = min(MOST_MEMORY, (1 + self.updates) / (10 + self.updates))
        old: list[Tensor] = list(self.network.parameters())
        new: list[Tensor] = list(network.parameters())
        torch._foreach_lerp_(old, new, 1 - memory)
        for kept, current in zip(self.network.buffers(), network.buffers(), strict=True):
            kept.copy_(current)  # statistics of the norms are averages already
