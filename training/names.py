"""What the name of a run stands for: where it lies, and which style of that name is its own."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.small_files import read_within
from colorstudio.core.writing import write_bytes_atomic
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import checked_name, name_key
from training.checkpoints import has_checkpoint
from training.options import Order

MADE = "made.json"
_LOCK = "in-use.lock"


def run_folder_of(name: str) -> Path:
    """Where the run of a style lies: decoded pictures, checkpoints, snapshots, log."""
    plain = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", name)).strip("_")[:40] or "style"
    key = name_key(name).encode(errors="surrogatepass")  # bytes that are no text are refused later
    own = hashlib.sha256(key).hexdigest()[:8]  # "My hand" is not "My_hand"
    return places.home() / "runs" / f"{plain}-{own}"


def refuse_name(order: Order, library: StyleLibrary, run_folder: Path) -> None:
    """Raises ColorStudioError for a name under which no style could be added in the end."""
    try:
        checked_name(order.name, order.name)
    except ColorStudioError as error:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"“{printable(order.name)}” can't be the name of a style. Use one line of letters, "
            "digits and spaces.",
            error.failure.sentence,
        ) from error
    named = printable(order.name)
    taken = library.holder_of(order.name)
    if taken is not None and (taken.bundled or not order.resume):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"There is a style called “{named}” already. Choose another name"
            + ("." if taken.bundled else ", or go on training it with --resume."),
        )
    if taken is not None and taken.info.sha256 not in made_by(run_folder):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"The style “{printable(taken.info.name)}” is not the one that this training made, so "
            "it is not replaced. Rename or remove that style, then go on with --resume.",
        )
    if not order.resume and has_checkpoint(run_folder):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"There is an earlier run called “{named}”. Go on with it by --resume, choose another "
            f"name, or delete its folder: {printable(str(run_folder))}",
        )


@contextmanager
def alone_in(run_folder: Path, name: str) -> Iterator[None]:
    """In this block no other process trains the run: two would draw from each other's pictures,
    and lose each other's checkpoints.

    A process that was killed holds nothing back. Raises ColorStudioError, and OSError.
    """
    run_folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(run_folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise ColorStudioError(
            FailureKind.USAGE,
            worded(
                "“{name}” is being trained by another Color Studio at this moment. Wait until it "
                "has ended, or choose another name.",
                name=printable(name),
            ),
        ) from None
    try:
        yield
    finally:
        with suppress(OSError):  # Windows deletes no file that is in use
            (run_folder / _LOCK).unlink()
            run_folder.rmdir()  # where nothing came of it
        lock.release()


def made_by(run_folder: Path) -> set[str]:
    """The sha256 of every style that came out of a run; only these may it replace."""
    try:
        return {str(sha256) for sha256 in json.loads(read_within(run_folder / MADE))}
    except (OSError, ValueError, TypeError):
        return set()


def note_made(run_folder: Path, sha256: str) -> None:
    """Keep which style comes out of a run, before it stands in the library. Raises OSError."""
    made = sorted({*made_by(run_folder), sha256})
    write_bytes_atomic(run_folder / MADE, json.dumps(made).encode())
