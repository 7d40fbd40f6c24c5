"""The net under every command: what goes wrong ends in a sentence, the traceback in the log."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from colorstudio.cli.console import complain, prepare_streams
from colorstudio.cli.status import INTERRUPTED, NOT_STARTED


def run(command: Callable[[], int]) -> int:
    """Run the command and return its exit status, or the status of what stopped it."""
    prepare_streams()
    try:
        with strays_in_the_log(), ended_by_ctrl_c():
            return command()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:  # argparse, after --help or wrong usage
        return leaving.code if isinstance(leaving.code, int) else NOT_STARTED
    except Exception as error:
        _tell(error)
        return NOT_STARTED


@contextmanager
def ended_by_ctrl_c() -> Iterator[None]:
    """In this block Ctrl-C ends the program at once, until a command listens itself.

    As an exception it would come out of the midst of loading numpy or Qt, as a failed import.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def strays_in_the_log() -> Iterator[None]:
    """What nobody catches in a thread, or when an object dies, goes into the log in this block.

    Python would print it on the terminal. The window hangs a net of its own over this one.
    """
    before = threading.excepthook, sys.unraisablehook

    def in_thread(facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None and not isinstance(facts.exc_value, SystemExit):
            where = facts.thread.name if facts.thread is not None else "a thread"
            _note(f"Nobody caught this in {where}", facts.exc_value)

    def at_the_end_of_an_object(facts: "sys.UnraisableHookArgs") -> None:
        if facts.exc_value is not None:
            _note(f"Ignored in {facts.object!r}", facts.exc_value)

    threading.excepthook, sys.unraisablehook = in_thread, at_the_end_of_an_object
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before


def _tell(error: Exception) -> None:
    from colorstudio.core.failures import FailureKind, describe

    failure = describe(error)
    sentence = failure.sentence
    if failure.kind is FailureKind.INTERNAL:
        log = _note("Stopped by the unexpected", error)
        sentence = f"{sentence} The log is at {log}." if log else sentence
    complain(sentence)


def _note(words: str, error: BaseException) -> str:
    """Put an exception into the log, opening it where it is not open; gives the log's path."""
    import logging  # not before: `--help` must answer at once

    from colorstudio.core.log import log_to_file, open_log

    note = logging.getLogger(__name__).error
    if open_log() is not None:
        note(words, exc_info=error)
        return str(open_log())
    with log_to_file() as log:
        if log is not None:
            note(words, exc_info=error)
        return str(log or "")
