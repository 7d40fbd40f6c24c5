"""One device or several: processes started by torchrun train together on the same batches.

Plain torch.distributed: each process computes its slice of the batch that one process would
have drawn, and gradients are averaged before each step. All processes read the same folders;
the first of them (the leader) validates, saves and speaks.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from colorstudio.core.failures import ColorStudioError, FailureKind
from training.batches import Batch

_LONGEST_WAIT = timedelta(hours=6)
"""The others wait while the leader decodes a large folder."""

_MEMORY_SIGNS = (
    "can't allocate memory",  # Linux and macOS
    "not enough memory",  # Windows
    "out of memory",  # the card's driver
    "_ALLOC_FAILED",  # the card's libraries
)


class CrewLeftError(RuntimeError):
    """What all processes do together can't be done: another one has ended."""


def memory_ran_out(error: BaseException) -> bool:
    """Whether there was too little memory, the card's or the machine's.

    For the machine's torch has no exception of its own, so its words are looked at.
    """
    words = str(error)
    return isinstance(error, (MemoryError, torch.OutOfMemoryError)) or (
        isinstance(error, RuntimeError) and any(sign in words for sign in _MEMORY_SIGNS)
    )


@contextmanager
def _together() -> Iterator[None]:
    """Around what all processes do at once: it fails where another one is gone, and torch says
    that as a plain RuntimeError, like its errors of this process."""
    try:
        yield
    except RuntimeError as error:
        if memory_ran_out(error):
            raise
        raise CrewLeftError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Crew:
    """The processes of one run: how many, which one this is, and its device."""

    device: torch.device
    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this is the process that validates, saves and speaks."""
        return self.rank == 0

    def part(self, batch: Batch) -> Batch:
        """This process's slice of the batch of all."""
        return batch if self.size == 1 else batch.part(self.rank, self.size)

    def agree(self, stop: bool, seconds: float) -> tuple[bool, float]:
        """Whether anybody wants to stop, and the time on the leader's clock: the same for all."""
        if self.size == 1:
            return stop, seconds
        told = torch.tensor(
            [float(stop), seconds if self.leads else 0.0], dtype=torch.float64, device=self.device
        )
        with _together():
            dist.all_reduce(told, dist.ReduceOp.MAX)
        return bool(told[0] > 0), float(told[1])

    def mean(self, losses: dict[str, Tensor]) -> dict[str, float]:
        """Losses of the slices to those of the whole batch."""
        if self.size == 1:
            return {name: float(value) for name, value in losses.items()}
        told = torch.stack([value.detach().float() for value in losses.values()])
        with _together():
            dist.all_reduce(told)
        return dict(zip(losses, (told / self.size).tolist(), strict=True))

    def align(self, networks: Iterable[nn.Module]) -> None:
        """Give every process the leader's weights, and batch norms the statistics of all."""
        if self.size == 1:
            return
        for network in networks:
            for module in network.modules():
                if type(module) is nn.BatchNorm2d:
                    module.__class__ = SharedBatchNorm
            for tensor in chain(network.parameters(), network.buffers()):
                with _together():
                    dist.broadcast(tensor.data, 0)

    def wait(self) -> None:
        """Go on when all have come here."""
        if self.size > 1:
            with _together():
                dist.barrier()

    def leave(self) -> None:
        """End the connection between the processes."""
        if self.size > 1:
            dist.destroy_process_group()


def join(device: str) -> Crew:
    """The crew of this run: of as many processes as torchrun started, or of this one alone.

    Raises ColorStudioError (DEVICE) when CUDA was asked in vain.
    """
    chosen = choose_device(device)
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1 or not dist.is_available():
        return Crew(chosen)
    if chosen.type == "cuda":
        chosen = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(chosen)
    dist.init_process_group("nccl" if chosen.type == "cuda" else "gloo", timeout=_LONGEST_WAIT)
    return Crew(chosen, dist.get_rank(), size)


def choose_device(device: str) -> torch.device:
    """The device to train on; raises ColorStudioError (DEVICE) when CUDA was asked in vain."""
    if device == "cpu" or (device == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise ColorStudioError(
            FailureKind.DEVICE,
            "This computer has no graphics card that torch can train on. Use --device cpu.",
        )
    return torch.device("cuda")


def refuse_uneven(batch_size: int, crew: Crew) -> None:
    """Raises ColorStudioError (USAGE) for batches that can't be shared out evenly.

    Losses are means over a batch, and only means of equal slices average to it.
    """
    if batch_size % crew.size:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"A batch of {batch_size} can't be shared out evenly among {crew.size} processes. "
            f"Give a --batch-size that {crew.size} divides.",
        )


def average_gradients(gradients: Sequence[Tensor]) -> None:
    """Replace gradients of slices by those of the whole batch, where several processes train."""
    if not (dist.is_available() and dist.is_initialized()):
        return
    whole = torch.cat([gradient.reshape(-1) for gradient in gradients])
    with _together():
        dist.all_reduce(whole)
    whole /= dist.get_world_size()
    parts = whole.split([gradient.numel() for gradient in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.reshape(gradient.shape))


class _SumOverCrew(torch.autograd.Function):
    """The sum of all processes' tensors; its gradient is the sum of all their gradients."""

    @staticmethod
    def forward(_context: Any, own: Tensor) -> Tensor:
        total = own.clone()
        with _together():
            dist.all_reduce(total)
        return total

    @staticmethod
    def backward(_context: Any, gradient: Tensor) -> Tensor:
        total = gradient.clone()
        with _together():
            dist.all_reduce(total)
        return total


class SharedBatchNorm(nn.BatchNorm2d):
    """Batch norm with the statistics of all processes' slices, on any device.

    torch's own SyncBatchNorm needs CUDA. A plain batch norm in training becomes one by taking
    this class: its weights stay where the optimizer knows them.
    """

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        size = dist.get_world_size()
        both = torch.cat([x.mean(dim=(0, 2, 3)), (x**2).mean(dim=(0, 2, 3))])
        mean, square = (_SumOverCrew.apply(both) / size).chunk(2)
        variance = (square - mean**2).clamp(min=0)
        self._remember(mean.detach(), variance.detach(), size * x.numel() // x.shape[1])
        scale = self.weight * torch.rsqrt(variance + self.eps)
        return x * scale[:, None, None] + (self.bias - mean * scale)[:, None, None]

    @torch.no_grad()
    def _remember(self, mean: Tensor, variance: Tensor, count: int) -> None:
        assert self.running_mean is not None and self.running_var is not None
        assert self.num_batches_tracked is not None and self.momentum is not None
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(variance * count / max(1, count - 1), self.momentum)
        self.num_batches_tracked += 1
