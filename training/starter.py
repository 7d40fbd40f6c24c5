"""Trains the bundled style: open art and procedural scenes, hours rather than minutes.

    python -m training.starter --art FOLDER --run FOLDER [--scenes FOLDER] --minutes M

The run folder holds the decoded pictures and the checkpoints; the same command with
`--resume` goes on. `python -m training.starter --export` writes the style.
"""

import argparse
import signal
import sys
from pathlib import Path

import torch

from training.batches import BatchMaker
from training.listeners import ConsoleBar, CsvLog
from training.openart import PROCEDURAL_SHARE, read_manifest, training_pictures
from training.options import TrainOptions
from training.pictures import PictureStore, TrainingPicture, find_pictures
from training.trainer import Trainer


def main() -> int:
    """Train until the minutes are over or Ctrl-C; both save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--art", type=Path, required=True, help="folder with manifest.csv")
    parser.add_argument("--scenes", type=Path, help="folder of procedural pairs")
    parser.add_argument("--run", type=Path, required=True, help="run folder")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--size", type=int, default=96)
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()

    pictures = training_pictures(read_manifest(arguments.art))
    if arguments.scenes:
        pictures += scenes(arguments.scenes)
    store = PictureStore(pictures, arguments.run / "pictures")
    print(f"{len(store)} pictures, {len(store.left_out)} left out", file=sys.stderr)
    options = TrainOptions(
        batch_size=arguments.batch_size, size=arguments.size, minutes=arguments.minutes
    )
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    batches = BatchMaker(
        store, batch_size=options.batch_size, crop=options.size, seed=options.seed, device=device
    )
    trainer = Trainer(
        options,
        arguments.run,
        batches.batch,
        device,
        listeners=[ConsoleBar(), CsvLog(arguments.run / "log.csv")],
    )
    if arguments.resume:
        trainer.resume()
    stop: list[bool] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.append(True))
    trainer.run(lambda: bool(stop))
    return 0


def scenes(folder: Path) -> list[TrainingPicture]:
    """Procedural pairs, together as heavy as their share."""
    found = find_pictures(folder)
    weight = PROCEDURAL_SHARE / max(1, len(found))
    return [TrainingPicture(p.path, p.lines, weight) for p in found]


if __name__ == "__main__":
    sys.exit(main())
