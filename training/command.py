"""The commands `train` and `evaluate`. Arguments are plain; torch is imported when they run."""

import argparse
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path

from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, wording_of
from training.options import Order, TrainOptions, defaults_for
from training.stopping import StopRequest
from training.talk import Talk

DEFAULT_MINUTES = 10.0


def add_train_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything that `train` understands."""
    parser.add_argument("folder", type=Path, help="your finished pictures; sub-folders count")
    parser.add_argument("--name", default="", help="what the new style is called (needed)")
    parser.add_argument(
        "--look", action="store_true", help="only say what of the folder would be used, and why"
    )
    parser.add_argument("--recipe", choices=("studio", "classic"), help="default: studio")
    parser.add_argument(
        "--from",
        dest="start",
        metavar="STYLE",
        help="style to start from, or scratch (default: starter; classic starts from scratch)",
    )
    end = parser.add_mutually_exclusive_group()
    end.add_argument(
        "--minutes", type=_positive, help=f"how long to train (default {DEFAULT_MINUTES:g})"
    )
    end.add_argument("--steps", type=_count, help="train for so many steps instead")
    # With --resume both count from where the run stands.
    parser.add_argument("--resume", action="store_true", help="go on with the run of this name")
    parser.add_argument("--device", choices=("auto", "cuda", "cpu"), default="auto")
    parser.add_argument("--author", default="", help="stands in the style's description")
    parser.add_argument(
        "--credits",
        action="append",
        default=[],
        metavar="TEXT",
        help="whose pictures these are, under which licence; more than once for more lines",
    )
    parser.add_argument("--json", action="store_true", help="one object a line, for programs")
    numbers = parser.add_argument_group("numbers (the recipe's own if not given)")
    numbers.add_argument("--batch-size", type=_count)
    numbers.add_argument("--size", type=_count, help="side of the crops in pixels")
    numbers.add_argument("--g-lr", type=_positive, help="generator's learning rate")
    numbers.add_argument("--d-lr", type=_positive, help="discriminator's learning rate")
    numbers.add_argument("--g-every", type=_count, help="generator steps at every n-th batch")
    numbers.add_argument("--pixel-loss-weight", type=_positive)
    numbers.add_argument(
        "--snapshot-every", type=_count, help="steps between checkpoints and snapshots (300)"
    )
    numbers.add_argument("--seed", type=_count)


def run_train(arguments: argparse.Namespace) -> int:
    """Train as asked; gives the exit status. Raises ColorStudioError, told as JSON too."""
    try:
        if arguments.look:
            from training.look import look

            return look(arguments.folder, json_lines=arguments.json, seed=arguments.seed or 1)
        return _train(arguments)
    except Exception as error:
        if arguments.json:
            failure = describe(error, arguments.folder)
            wording = wording_of(failure.sentence)
            Talk().say("failed", failure={**asdict(failure), "wording": wording})
        raise


def _train(arguments: argparse.Namespace) -> int:
    if not arguments.name:
        raise ColorStudioError(FailureKind.USAGE, "Give the new style a name with --name.")
    stop = StopRequest(watch_input=arguments.json, at_once=True)
    from training.run import resumed_options, train  # torch takes its time

    known = {field.name for field in fields(TrainOptions)}
    typed = {k: v for k, v in vars(arguments).items() if k in known and v is not None}
    if arguments.resume:
        options = resumed_options(arguments.name, typed)
    else:
        options = replace(defaults_for(typed.get("recipe"), arguments.start), **typed)
        if options.minutes is None and options.steps is None:
            options = replace(options, minutes=DEFAULT_MINUTES)
    return train(
        Order(
            arguments.folder,
            arguments.name,
            options,
            start=arguments.start,
            device=arguments.device,
            # Bytes that are no text could not be written into the description in the end.
            author=printable(arguments.author),
            credits=tuple(printable(line) for line in arguments.credits),
            resume=arguments.resume,
            json_lines=arguments.json,
        ),
        stop,
    )


def add_evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything that `evaluate` understands."""
    parser.add_argument("folder", type=Path, help="finished colour pictures; sub-folders count")
    add_judging_arguments(parser)


def add_judging_arguments(parser: argparse.ArgumentParser) -> None:
    """How a style is judged, whatever the pictures are."""
    parser.add_argument("--style", default="starter", metavar="NAME|PATH")
    parser.add_argument(
        "--hints", type=_counts, default=(0, 1, 5, 10, 50), metavar="0,1,5", help="how many"
    )
    parser.add_argument("--palette", choices=("own", "none"), default="own")
    parser.add_argument("--most", type=_count, help="look at this many pictures at most")
    parser.add_argument("--device", choices=("auto", "cuda", "cpu"), default="auto")
    parser.add_argument("--sheet", type=Path, metavar="PICTURE", help="write a contact sheet")
    parser.add_argument("--json", action="store_true", help="as one object")


def run_evaluate(arguments: argparse.Namespace) -> int:
    """Evaluate as asked; gives the exit status. Raises ColorStudioError."""
    from training.evaluation import run

    return run(arguments)


# argparse would tell of a ValueError by the function's own name.


def _positive(text: str) -> float:
    with suppress(ValueError):
        value = float(text)
        if 0 < value < 1e9:
            return value
    raise argparse.ArgumentTypeError("a number above 0 is needed")


def _count(text: str) -> int:
    with suppress(ValueError):
        value = int(text)
        if 0 < value < 10**9:
            return value
    raise argparse.ArgumentTypeError("a whole number above 0 is needed")


def _counts(text: str) -> tuple[int, ...]:
    with suppress(ValueError):
        values = tuple(int(part) for part in text.split(","))
        if all(0 <= value <= 10_000 for value in values):
            return values
    raise argparse.ArgumentTypeError("whole numbers from 0 to 10000, with commas, are needed")
