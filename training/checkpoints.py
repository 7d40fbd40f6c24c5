"""Checkpoints: one safetensors file with everything that a run needs to go on.

Networks, their running averages and both optimisers are tensors; step, options and
losses are JSON in the file's header. Nothing is ever unpickled. The file before the last
is kept, so that a damaged one costs one interval and not the run. Beside them lie the weights
the run started from and the best ones so far.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor
from torch.optim import Optimizer

from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable
from colorstudio.core.writing import write_bytes_atomic

LAST, BEFORE = "last.safetensors", "before.safetensors"
BEST, START = "best.safetensors", "start.safetensors"
_NEXT = "next.safetensors"
_HEADER = "color_studio_run"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Tensors by name and what is known of the run."""

    tensors: dict[str, Tensor]
    facts: dict[str, Any]

    def part(self, prefix: str) -> dict[str, Tensor]:
        """The tensors below `prefix.`, without it."""
        start = prefix + "."
        return {k[len(start) :]: v for k, v in self.tensors.items() if k.startswith(start)}


def save_checkpoint(folder: Path, checkpoint: Checkpoint) -> Path:
    """Write the newest checkpoint of a run; the one it replaces becomes the one before.

    Raises ColorStudioError when the disk refuses; the earlier checkpoints are then untouched.
    """
    last = folder / LAST
    save_tensors(folder / _NEXT, checkpoint)
    try:
        if last.exists():
            last.replace(folder / BEFORE)
        (folder / _NEXT).replace(last)
    except OSError as error:
        raise not_saved(error, folder) from error
    return last


def save_tensors(path: Path, checkpoint: Checkpoint) -> None:
    """Write tensors and facts as one safetensors file, whole or not at all.

    Raises ColorStudioError when the disk refuses.
    """
    tensors = {name: t.detach().cpu().contiguous() for name, t in checkpoint.tensors.items()}
    data = save(tensors, metadata={_HEADER: json.dumps(checkpoint.facts)})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes_atomic(path, data)
    except OSError as error:
        raise not_saved(error, path.parent) from error


def not_saved(error: OSError, folder: Path) -> ColorStudioError:
    """The failure of a run whose folder the disk does not take, with what to do."""
    failure = describe(error, folder, writing=True)
    if failure.kind is FailureKind.DISK_FULL:
        sentence = "The disk is full, so the training was stopped. Make room"
    else:
        sentence = (
            f"The training could not be saved in “{printable(str(folder))}” and was stopped. "
            "Check that folder"
        )
    if has_checkpoint(folder):
        sentence += ", then go on with --resume: what was saved is kept."
    else:
        sentence += ", then start it again: nothing was saved yet."
    return ColorStudioError(failure.kind, sentence, str(error))


def has_checkpoint(folder: Path) -> bool:
    """Whether a run lies here that could be gone on with."""
    return any(os.path.isfile(folder / name) for name in (_NEXT, LAST, BEFORE))  # never raises


def load_checkpoint(
    folder: Path, accept: Callable[[Checkpoint], object] = lambda checkpoint: None
) -> Checkpoint:
    """The newest whole checkpoint of a run; raises ColorStudioError when there is none.

    accept: takes the checkpoint over; one that it can't use (KeyError, TypeError, ValueError,
    RuntimeError) counts as damaged.
    """
    reasons = []
    # A run killed between the renames leaves the newest under the name of the next.
    for name in (_NEXT, LAST, BEFORE):
        path = folder / name
        if not path.is_file():
            continue
        try:
            checkpoint = load_tensors(path)
            accept(checkpoint)
            return checkpoint
        except (*UNREADABLE, RuntimeError) as error:
            reasons.append(f"{name}: {error}")
    if reasons:
        raise ColorStudioError(
            FailureKind.DAMAGED,
            "The saved training run is damaged and can't be gone on with. Delete its folder "
            f"and start again without --resume: {printable(str(folder))}",
            "; ".join(reasons),
        )
    raise ColorStudioError(
        FailureKind.NOT_FOUND,
        "There is no training run to go on with here. Start it without --resume.",
    )


UNREADABLE = (SafetensorError, ValueError, KeyError, TypeError, AttributeError, OSError)
"""What reading a file raises that is damaged, or no checkpoint at all."""


def load_tensors(path: Path) -> Checkpoint:
    """Read what `save_tensors` wrote; raises one of UNREADABLE for anything else."""
    with safe_open(path, framework="pt") as file:
        facts = json.loads(file.metadata()[_HEADER])
        if not isinstance(facts, dict):
            raise ValueError("the header holds no facts")
        return Checkpoint({name: file.get_tensor(name) for name in file.keys()}, facts)  # noqa: SIM118


def optimizer_tensors(optimizer: Optimizer, prefix: str) -> dict[str, Tensor]:
    """Adam's moments and step counts by parameter number."""
    state = optimizer.state_dict()["state"]
    return {
        f"{prefix}.{index}.{name}": torch.as_tensor(value)
        for index, row in state.items()
        for name, value in row.items()
    }


def load_optimizer(optimizer: Optimizer, tensors: dict[str, Tensor]) -> None:
    """Put back what `optimizer_tensors` took (its prefix removed)."""
    whole = optimizer.state_dict()
    rows: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        index, _, field = name.partition(".")
        rows.setdefault(int(index), {})[field] = tensor
    optimizer.load_state_dict({**whole, "state": rows})
