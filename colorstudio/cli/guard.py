"""The net under every command: what goes wrong ends in a sentence, the traceback in the log."""

import logging
from collections.abc import Callable

from colorstudio.cli.console import complain, prepare_streams
from colorstudio.cli.status import INTERRUPTED, NOT_STARTED


def run(command: Callable[[], int]) -> int:
    """Run the command and return its exit status, or the status of what stopped it."""
    prepare_streams()
    try:
        return command()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:  # argparse, after --help or wrong usage
        return leaving.code if isinstance(leaving.code, int) else NOT_STARTED
    except Exception as error:
        _tell(error)
        return NOT_STARTED


def _tell(error: Exception) -> None:
    from colorstudio.core.failures import FailureKind, describe

    failure = describe(error)
    sentence = failure.sentence
    if failure.kind is FailureKind.INTERNAL:
        from colorstudio.core.log import log_to_file

        with log_to_file() as log:
            logging.getLogger(__name__).error("Stopped by the unexpected", exc_info=error)
            sentence = f"{sentence} The log is at {log}." if log else sentence
    complain(sentence)
