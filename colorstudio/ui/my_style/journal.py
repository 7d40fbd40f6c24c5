"""Trainings that were begun and not ended, so that a killed or paused one can be gone on with."""

import json
from dataclasses import dataclass
from pathlib import Path

from colorstudio.core import places
from colorstudio.core.small_files import read_within
from colorstudio.styles.style import name_key
from colorstudio.ui.my_style.order import TrainingOrder
from colorstudio.ui.my_style.training_run import TrainingRun


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A training that stands still. saved: whether there is something to go on from."""

    order: TrainingOrder
    share: float
    saved: bool
    run_folder: Path | None

    def run(self) -> TrainingRun:
        """The run to go on with."""

        return TrainingRun(
            self.order, saved=self.saved, share=self.share, run_folder=self.run_folder
        )


def journal_file() -> Path:
    """Where the list lies."""
    return places.home() / "runs" / "unfinished.json"


def unfinished_of(run: TrainingRun) -> Unfinished:
    """A run as it would have to be gone on with."""
    return Unfinished(run.order, run.share, run.saved, run.run_folder)


def read_unfinished() -> list[Unfinished]:
    """The list, newest last; what can't be read counts as nothing."""
    try:
        rows = json.loads(read_within(journal_file()))
        return [_entry(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def remember(entry: Unfinished) -> list[Unfinished]:
    """Put a training on the list, in place of one of the same name. Raises OSError."""
    return _write([*_without(entry.order.name), entry])


def forget(name: str) -> list[Unfinished]:
    """Take a training off the list. Raises OSError."""
    return _write(_without(name))


def _without(name: str) -> list[Unfinished]:
    return [e for e in read_unfinished() if name_key(e.order.name) != name_key(name)]


def _write(entries: list[Unfinished]) -> list[Unfinished]:
    from colorstudio.core.writing import write_bytes_atomic  # pillow comes with it

    file = journal_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    write_bytes_atomic(file, json.dumps([_row(entry) for entry in entries], indent=1).encode())
    return entries


def _row(entry: Unfinished) -> dict[str, object]:
    folder = None if entry.run_folder is None else str(entry.run_folder)
    return {
        "order": entry.order.to_dict(),
        "share": entry.share,
        "saved": entry.saved,
        "run_folder": folder,
    }


def _entry(row: dict[str, object]) -> Unfinished:
    order = row["order"]
    if not isinstance(order, dict):
        raise TypeError("no order")
    folder = row["run_folder"]
    share = float(str(row["share"]))
    return Unfinished(
        TrainingOrder.from_dict(order),
        share if 0 <= share <= 1 else 0.0,
        row["saved"] is True,
        None if folder is None else Path(str(folder)),
    )
