"""What is to be trained, as a plain value that can be kept and gone on with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MINUTES = (2, 5, 10, 20, 30, 60, 120)
"""The stops of the quality slider."""
DEFAULT_MINUTES = 10

NUMBERS = ("batch-size", "size", "g-lr", "seed")
"""What can be set behind *Advanced*; left away, each is the recipe's own."""


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """One training of a style of one's own.

    start: name of the style it grows from. minutes: upper limit of the training time. device:
    auto, cuda or cpu. numbers: of NUMBERS, those that are not the recipe's own.
    """

    folder: Path
    name: str
    author: str = ""
    start: str = "starter"
    minutes: float = DEFAULT_MINUTES
    device: str = "auto"
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)

    def arguments(self, *, resume: bool) -> list[str]:
        """The command line that trains it. A resumed run keeps the end that it was given."""
        words = ["train", str(self.folder), f"--name={self.name}", "--json"]
        words += [f"--device={self.device}", f"--author={self.author}"]
        if resume:
            return [*words, "--resume"]
        words += [f"--from={self.start}", f"--minutes={self.minutes:g}"]
        return words + [f"--{name}={value:.12g}" for name, value in sorted(self.numbers.items())]

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self) | {"folder": str(self.folder)}

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> "TrainingOrder":
        """Read it back; raises KeyError, TypeError or ValueError where it is none."""
        numbers = {str(k): float(v) for k, v in dict(row["numbers"]).items() if k in NUMBERS}
        words = {key: str(row[key]) for key in ("name", "author", "start", "device")}
        return cls(
            folder=Path(row["folder"]), minutes=float(row["minutes"]), numbers=numbers, **words
        )


def look_arguments(folder: Path) -> list[str]:
    """The command line that looks at a folder without training."""
    return ["train", str(folder), "--look", "--json"]
