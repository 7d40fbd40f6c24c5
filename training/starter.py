"""Makes the bundled style: open art and procedural scenes, an hour or more rather than minutes.

    python -m training.starter train --art ART --scenes SCENES --run RUN --minutes M
    python -m training.starter export --art ART --run RUN [--with STYLE] resources/styles/starter
    python -m training.starter evaluate --art ART [--style STYLE] [--sheet SHEET.png] [--json]

training/README.md has the very commands behind the bundled style, SCENES (procedural pairs) too.
ART is a folder of openly licensed pictures with a manifest.csv. The run folder holds the
decoded pictures and the checkpoints; `train --resume` goes on, with other numbers if wanted.
"""

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.reading import read_artwork
from colorstudio.core.streams import write_line
from colorstudio.core.writing import write_bytes_atomic
from colorstudio.inference.colorizer import Colorizer
from colorstudio.styles.style import load_style
from training.batches import STARTER_MIX, BatchMaker
from training.checkpoints import load_checkpoint
from training.command import add_judging_arguments
from training.devices import choose_device
from training.export import (
    StyleFacts,
    export_style,
    weights_of,
    write_description,
    write_sample,
)
from training.judge import blended
from training.judging import JUDGED, figures_for_style, run_evaluate
from training.listeners import ConsoleBar, CsvLog
from training.networks import StudioGenerator
from training.openart import (
    PROCEDURAL_SHARE,
    OpenPicture,
    credits_of,
    read_manifest,
    training_pictures,
)
from training.options import TrainOptions
from training.pictures import PictureStore, TrainingPicture, find_pictures
from training.recipes import RECIPES
from training.stopping import StopRequest
from training.trainer import Trainer

SAMPLE = "lineart-village.png"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked and give the exit status: 0 done, 2 could not start, 130 interrupted."""
    namespace = _parsed(arguments)
    try:
        pictures = read_manifest(namespace.art)
        if namespace.command == "evaluate":
            run_evaluate(pictures, namespace)
        elif namespace.command == "export":
            export(pictures, namespace)
        else:
            train(pictures, namespace)
    except ColorStudioError as error:
        write_line(sys.stderr, error.failure.sentence)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train")
    training.add_argument("--scenes", type=Path, help="folder of procedural pairs")
    training.add_argument("--minutes", type=float, default=60)
    training.add_argument("--batch-size", type=int, default=24)
    training.add_argument("--size", type=int, default=96)
    training.add_argument("--g-lr", type=float, default=4e-4)
    training.add_argument("--adversarial-weight", type=float, default=0.02)
    beginning = training.add_mutually_exclusive_group()
    beginning.add_argument("--resume", action="store_true", help="go on with the run")
    beginning.add_argument("--start", type=Path, metavar="STYLE", help="begin with its weights")
    exporting = commands.add_parser("export")
    exporting.add_argument("folder", type=Path)
    exporting.add_argument(
        "--with", dest="other", type=Path, metavar="STYLE", help="take the mean of both weights"
    )
    judging = commands.add_parser("evaluate")
    add_judging_arguments(judging)
    judging.set_defaults(most=JUDGED)
    for command in (training, exporting, judging):
        command.add_argument("--art", type=Path, required=True, help="folder with manifest.csv")
    for command in (training, exporting):
        command.add_argument("--run", type=Path, required=True, help="run folder")
    return parser.parse_args(arguments)


def train(pictures: list[OpenPicture], arguments: argparse.Namespace) -> None:
    """Train on open art and scenes, in the run folder."""
    wanted = training_pictures(pictures)
    if arguments.scenes:
        wanted += scenes(arguments.scenes)
    store = PictureStore(wanted, arguments.run / "pictures")
    print(f"{len(store)} pictures, {len(store.left_out)} left out", file=sys.stderr)
    options = TrainOptions(
        batch_size=arguments.batch_size,
        size=arguments.size,
        minutes=arguments.minutes,
        g_lr=arguments.g_lr,
        adversarial_weight=arguments.adversarial_weight,
    )
    device = choose_device("auto")
    batches = BatchMaker(
        store,
        batch_size=options.batch_size,
        crop=options.size,
        seed=options.seed,
        device=device,
        mix=STARTER_MIX,
        multiple=RECIPES[options.recipe].multiple,
    )
    listeners = [ConsoleBar(), CsvLog(arguments.run / "log.csv")]
    trainer = Trainer(options, arguments.run, batches.batch, device, listeners=listeners)
    if arguments.resume:
        trainer.resume()
    elif arguments.start:
        trainer.start_from(weights_of(load_style(arguments.start)))
    trainer.run(StopRequest(watch_input=False))


def scenes(folder: Path) -> list[TrainingPicture]:
    """Procedural pairs, together as heavy as their share."""
    found = find_pictures(folder)
    weight = PROCEDURAL_SHARE / max(1, len(found))
    return [TrainingPicture(p.path, p.lines, weight) for p in found]


def export(pictures: list[OpenPicture], arguments: argparse.Namespace) -> None:
    """Write the style with credits, a sample, and figures on works it was not trained on."""
    checkpoint, folder = load_checkpoint(arguments.run), arguments.folder
    weights, steps = checkpoint.part("average"), int(checkpoint.facts["step"])
    if arguments.other:
        other = load_style(arguments.other)
        weights, steps = blended(weights_of(other), weights, 0.5), steps + other.info.steps
    generator = StudioGenerator()
    generator.load_state_dict(weights)
    folder.mkdir(parents=True, exist_ok=True)
    learned = training_pictures(pictures)
    facts = StyleFacts(
        "starter",
        "studio",
        description="An all-round style for line art and greyscale pages. It knows skies, grass, "
        "trees and skin, and follows hints and palettes.",
        author="Color Studio",
        licence="CC BY 4.0",
        credits=credits_of(pictures),
        pictures=len(learned),
        steps=steps,
    )
    difference = export_style(generator, folder, facts)
    print(f"largest difference between ONNX and torch: {difference:.2g}")
    colorizer = Colorizer(folder, "cpu")
    write_sample(folder, read_artwork(places.resources() / "samples" / SAMPLE))
    figures = figures_for_style(colorizer, pictures)
    info = dataclasses.replace(load_style(folder).info, evaluation=figures)
    write_description(folder, info)
    write_bytes_atomic(folder / "CREDITS.txt", "\n".join(facts.credits).encode() + b"\n")
    print(figures)


if __name__ == "__main__":
    sys.exit(main())
