"""The command line: `colorstudio COMMAND …`, and the window when no command is given."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

# Nothing heavy here: `--help` must answer at once, so each command imports what it needs.


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments (without the program's name) ask and return the exit status.

    0 all done, 1 some pictures failed, 2 could not start or wrong usage, 130 interrupted.
    Nothing is raised: whatever goes wrong ends in a sentence.
    """
    from colorstudio.cli import guard

    arguments = list(sys.argv[1:] if argv is None else argv)
    return guard.run(lambda: _dispatch(arguments))


def program() -> int:
    """What a process of its own runs: `main`, and then nothing but the way out."""
    from colorstudio.cli.interrupt import end_in_peace

    status = main()
    end_in_peace()
    return status


def _dispatch(arguments: list[str]) -> int:
    from colorstudio.cli.parser import COMMANDS, parse

    first = arguments[0] if arguments else ""
    if first in COMMANDS or first.startswith("-"):
        namespace = parse(arguments)
        _check_present_folder()
        status: int = namespace.run(namespace)
        return status
    return _window([Path(argument) for argument in arguments])


def _check_present_folder() -> None:
    """No other process starts in a folder that is gone, so no picture would be read."""
    from colorstudio.core.failures import ColorStudioError, FailureKind

    try:
        os.getcwd()
    except OSError as error:
        sentence = "The folder that you are in is gone. Change to another one, then try again."
        raise ColorStudioError(FailureKind.USAGE, sentence, str(error)) from error


def _window(paths: list[Path]) -> int:
    """Open the window with those pictures or folders."""
    from colorstudio.core.failures import ColorStudioError, FailureKind, printable

    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"“{printable(str(missing))}” is neither a picture or folder nor a command. "
            "Run with --help to see the commands.",
        )
    from colorstudio.app import main as show_window

    return show_window(paths)
