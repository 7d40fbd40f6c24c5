"""What a training run is asked to do: one row per setting, with its meaning and default."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """Everything that fixes a run; stored in each checkpoint.

    minutes and steps are ends of the run: whichever is set and comes first.
    """

    recipe: str = "studio"
    batch_size: int = 16
    size: int = 128
    g_lr: float = 4e-4
    d_lr: float = 4e-4
    g_every: int = 1
    pixel_loss_weight: float = 1.0
    adversarial_weight: float = 0.02
    steps: int | None = None
    minutes: float | None = None
    snapshot_every: int = 300
    seed: int = 1

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> "TrainOptions":
        """Read options back; unknown rows of a newer program are left away."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in row.items() if name in known})


CLASSIC_DEFAULTS = TrainOptions(
    recipe="classic", batch_size=8, g_lr=2e-4, d_lr=2e-4, pixel_loss_weight=100.0
)
STUDIO_DEFAULTS = TrainOptions(batch_size=8, size=192)
"""Large crops: how far a hint reaches and what a sky agrees with shows on whole pages only."""
OWN_STYLE_DEFAULTS = TrainOptions(batch_size=4, size=256, g_lr=2e-4, adversarial_weight=0.0)
"""For a studio run that starts from a style, on a few pages and for minutes: steps that are small
and many, on nearly whole pages. A discriminator that knows nothing yet would only cost time."""


def defaults_for(recipe: str | None, start: str | None) -> TrainOptions:
    """What is not asked for otherwise. start: name of a style, "scratch", or None for starter."""
    if recipe == CLASSIC_DEFAULTS.recipe:
        return CLASSIC_DEFAULTS
    return STUDIO_DEFAULTS if start == "scratch" else OWN_STYLE_DEFAULTS


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: a folder of pictures, the style's name, and how to go about it."""

    folder: Path
    name: str
    options: TrainOptions
    start: str | None = None
    device: str = "auto"
    author: str = ""
    credits: tuple[str, ...] = ()
    resume: bool = False
    json_lines: bool = False
