"""Snapshots: what the generator makes of a few pictures, drawn again and again during a run."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from colorstudio.core.writing import atomic_path
from training.batches import Batch, BatchMaker, rgb_of
from training.recipes import RECIPES

_FIXED_STEP = 10**9  # a batch that no run reaches: the same pictures at every snapshot
_MOST = 8


class SnapshotPainter:
    """Draws rows of truth | input | painted into the run folder's `snapshots`."""

    def __init__(self, batches: BatchMaker, recipe: str) -> None:
        self._batches, self._recipe = batches, recipe

    def paint(self, network: nn.Module, run_folder: Path, step: int) -> list[Path]:
        """Write `snapshots/<step>.png` and give its path."""
        batch = self._batches.batch(_FIXED_STEP)
        with torch.no_grad():
            chroma, paint_luma = RECIPES[self._recipe].paint(network, batch)
        sheet = contact_sheet(batch, chroma, paint_luma)
        target = run_folder / "snapshots" / f"{step:07}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        with atomic_path(target) as beside:
            Image.fromarray(sheet).save(beside)
        return [target]


def contact_sheet(batch: Batch, chroma: Tensor, paint_luma: Tensor) -> NDArray[np.uint8]:
    """Rows of truth | input | painted, uint8 RGB."""
    lines = batch.mode[:, None, None, None] > 0
    shown = torch.where(lines, batch.line_layer * (paint_luma + 0.5), batch.luma + 0.5)
    columns = [
        rgb_of(batch.paint_luma + 0.5, batch.chroma),
        (batch.luma + 0.5).expand(-1, 3, -1, -1),
        rgb_of(shown, chroma),
    ]
    # Spread over the batch: its first samples are line art, the others greyscale.
    chosen = torch.linspace(0, len(lines) - 1, min(len(lines), _MOST)).long()
    rows = torch.cat([column[chosen] for column in columns], dim=3)
    stacked = rows.permute(0, 2, 3, 1).flatten(0, 1).clamp(0, 1)
    return (stacked.cpu().numpy() * 255 + 0.5).astype(np.uint8)
