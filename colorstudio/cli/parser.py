"""What can be typed: the commands and their options."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from colorstudio import __version__
from colorstudio.cli.console import complain
from colorstudio.cli.status import NOT_STARTED

PROGRAM = "colorstudio"
COMMANDS = {
    "colorize": "colour pictures and folders",
    "train": "make a style from a folder of finished pictures",
    "evaluate": "compare a style's colours with those of finished pictures",
    "styles": "list, show, import, export and remove styles",
    "bench": "measure how fast this computer colours",
    "doctor": "say what works on this computer: send it with a bug report",
}
"""Command and what it does, in the order of the help text."""

MODES = ("auto", "greyscale", "lineart")
FORMATS = ("keep", "png", "jpeg", "webp", "tiff", "psd", "ora", "png-layers")
DEVICES = ("auto", "cuda", "cpu")
EXISTING = ("skip", "overwrite", "rename")


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told in one sentence, not with a page of usage."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message[:1].upper()}{message[1:]}. Run “{self.prog} --help” to see how.")
        raise SystemExit(NOT_STARTED)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse arguments that start with a command or an option.

    The namespace's `run` takes the namespace and returns the exit status. Leaves by SystemExit
    after --help (0) and after wrong usage (2).
    """
    command = arguments[0] if arguments[0] in COMMANDS else ""
    return _parser(command).parse_args(arguments)


def _parser(command: str) -> _Parser:
    """Only the command at hand gets its options: others may need imports."""
    parser = _Parser(
        prog=PROGRAM,
        description="Colour comic pages, manga and illustrations, all on this computer.",
        epilog=f"“{PROGRAM}” alone opens the window; “{PROGRAM} PATH…” opens it with a picture "
        f"or folder. “{PROGRAM} COMMAND --help” tells a command's options.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, purpose in COMMANDS.items():
        added = commands.add_parser(name, help=purpose, description=f"{PROGRAM} {name}: {purpose}.")
        if name == command:
            _ADD[name](added)
    return parser


def _add_colorize(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "inputs",
        metavar="INPUT",
        nargs="+",
        type=_named,
        help="a picture, a CBZ, ZIP or PDF of pages, or a folder of them",
    )
    add("-o", "--output", metavar="FOLDER", type=_named, required=True, help="where results go")
    add("-r", "--recursive", action="store_true", help="folders with all their sub-folders")
    add("--style", default="starter", metavar="NAME|PATH", help="default: %(default)s")
    add("--mode", choices=MODES, default="auto", help="default: found out from each picture")
    add(
        "--palette",
        metavar="PICTURE|FILE",
        type=_named,
        help="colours to use: a finished picture, or a palette file (.gpl, .ase, .aco, .act, "
        ".hex, .txt)",
    )
    add(
        "--flat",
        metavar="0..1",
        type=float,
        default=0.0,
        help="line art from painted (0, default) to one colour for each region (1)",
    )
    add("--palette-only", action="store_true", help="flats have only the palette's colours")
    add(
        "--hints",
        metavar="FILE.json",
        type=_named,
        help="hints for every picture given here, in "
        "place of the “<name>.hints.json” beside each picture",
    )
    add(
        "--format",
        choices=FORMATS,
        default="keep",
        help="default: as the source; psd and ora hold layers, png-layers makes a folder of them",
    )
    add(
        "--names",
        metavar="PATTERN",
        default="{name}",
        help="names of the results, from {name}, {number} and {folder}; default: the picture's",
    )
    add("--device", choices=DEVICES, default="auto", help="default: the fastest that works")
    add(
        "--existing",
        choices=EXISTING,
        default="skip",
        help="what to do where the result is there already; default: %(default)s",
    )
    _add_line_art_options(parser)
    add(
        "--coloured",
        choices=("skip", "colorize"),
        default="colorize",
        help="what to do with pictures that have colours already and neither hints nor a --mode; "
        "default: %(default)s",
    )
    _add_output_options(parser)
    parser.set_defaults(run=_run_colorize)


def _named(text: str) -> Path:
    """A path that was typed. An empty one would mean the present folder: a slip of a script."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def _add_line_art_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("line art").add_argument
    add(
        "--text",
        choices=("keep", "paint"),
        default="keep",
        help="whether speech bubbles and captions stay white; default: %(default)s",
    )
    add(
        "--lines",
        choices=("untouched", "coloured"),
        default="untouched",
        help="whether lines take a darker tone of what lies beside them; default: %(default)s",
    )
    add("--leaks", action="store_true", help="tell where colour crosses lines or flows out")
    add(
        "--split-flats",
        action="store_true",
        help="one layer for each colour of the flats, named as in the palette",
    )


def _add_styles(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=_Parser)
    listing = actions.add_parser("list", help="every style, and what is wrong with broken ones")
    listing.set_defaults(action="list")
    showing = actions.add_parser("show", help="all that is known of a style")
    showing.add_argument("style", metavar="NAME|PATH")
    showing.set_defaults(action="show")
    for action in (listing, showing):
        action.add_argument("--json", action="store_true", help="one object a line")
    taking = actions.add_parser("import", help="take a .colorstyle file into the library")
    taking.add_argument("file", metavar="FILE.colorstyle", type=Path)
    taking.add_argument("--name", help="call it so in the library")
    taking.set_defaults(action="import")
    giving = actions.add_parser("export", help="write a style as one .colorstyle file")
    giving.add_argument("style", metavar="NAME|PATH")
    giving.add_argument(
        "file",
        metavar="FILE.colorstyle",
        type=Path,
        nargs="?",
        help="default: the style's name, in this folder",
    )
    giving.set_defaults(action="export")
    removing = actions.add_parser("remove", help="delete one of your own styles")
    removing.add_argument("style", metavar="NAME")
    removing.set_defaults(action="remove")
    parser.set_defaults(run=_run_styles)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as one object")
    parser.set_defaults(run=_run_doctor)


def _add_bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="starter", metavar="NAME|PATH", help="default: starter")
    parser.add_argument("--device", choices=DEVICES, default="auto")
    parser.add_argument(
        "--json",
        nargs="?",
        const="-",
        metavar="FILE",
        help="as one object, in place of the table, or beside it in a file",
    )
    parser.add_argument(
        "--only", action="append", metavar="ROW", help="measure this row alone; may be repeated"
    )
    parser.add_argument(
        "--full", action="store_true", help="with the rows that take minutes: many, training"
    )
    parser.set_defaults(run=_run_bench)


def _add_train(parser: argparse.ArgumentParser) -> None:
    _need_training()
    from training.command import add_train_arguments, run_train

    add_train_arguments(parser)
    parser.set_defaults(run=run_train)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    _need_training()
    from training.command import add_evaluate_arguments, run_evaluate

    add_evaluate_arguments(parser)
    parser.set_defaults(run=run_evaluate)


def _need_training() -> None:
    """Raises ColorStudioError where this edition only colours."""
    from colorstudio.core import own_program
    from colorstudio.core.failures import ColorStudioError, FailureKind

    if not own_program.can_train():
        why = own_program.NO_TRAINING if own_program.is_bundle() else own_program.NO_TORCH
        raise ColorStudioError(FailureKind.USAGE, why)


def _add_output_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one object a line, for scripts")
    parser.add_argument("--quiet", action="store_true", help="say only what went wrong")


def _run_colorize(namespace: argparse.Namespace) -> int:
    from colorstudio.cli import colorize

    return colorize.run(namespace)


def _run_styles(namespace: argparse.Namespace) -> int:
    from colorstudio.cli import styles

    return styles.run(namespace)


def _run_bench(namespace: argparse.Namespace) -> int:
    from colorstudio.cli import bench

    return bench.run(namespace)


def _run_doctor(namespace: argparse.Namespace) -> int:
    from colorstudio.cli import doctor

    return doctor.run(namespace)


_ADD = {
    "colorize": _add_colorize,
    "train": _add_train,
    "evaluate": _add_evaluate,
    "styles": _add_styles,
    "bench": _add_bench,
    "doctor": _add_doctor,
}
