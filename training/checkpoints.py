"""Checkpoints: one safetensors file with everything that a run needs to go on.

Networks, their running averages and both optimisers are tensors; step, options and
losses are JSON in the file's header. Nothing is ever unpickled. The file before the last
is kept, so that a damaged one costs one interval and not the run.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.optim import Optimizer

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.writing import atomic_path

LAST, BEFORE = "last.safetensors", "before.safetensors"
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
    """Write the newest checkpoint of a run; the one it replaces becomes the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    last = folder / LAST
    tensors = {name: t.detach().cpu().contiguous() for name, t in checkpoint.tensors.items()}
    with atomic_path(folder / _NEXT) as beside:
        save_file(tensors, beside, metadata={_HEADER: json.dumps(checkpoint.facts)})
    if last.exists():
        last.replace(folder / BEFORE)
    (folder / _NEXT).replace(last)
    return last


def has_checkpoint(folder: Path) -> bool:
    """Whether a run lies here that could be gone on with."""
    return any((folder / name).is_file() for name in (_NEXT, LAST, BEFORE))


def load_checkpoint(folder: Path) -> Checkpoint:
    """The newest whole checkpoint of a run; raises ColorStudioError when there is none."""
    reasons = []
    # A run killed between the renames leaves the newest under the name of the next.
    for name in (_NEXT, LAST, BEFORE):
        path = folder / name
        if not path.is_file():
            continue
        try:
            return _read(path)
        except (SafetensorError, ValueError, KeyError, OSError) as error:
            reasons.append(f"{name}: {error}")
    raise ColorStudioError(
        FailureKind.NOT_FOUND,
        "There is no training run to go on with here. Start it without --resume.",
        "; ".join(reasons),
    )


def _read(path: Path) -> Checkpoint:
    with safe_open(path, framework="pt") as file:
        facts = json.loads(file.metadata()[_HEADER])
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
