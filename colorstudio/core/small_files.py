"""Small files from anywhere, the program's own among them: read whole, but never without end.

Whatever lies under a file's name is foreign: somebody may have put a pipe there, a device, or
ten gigabytes.
"""

import errno
import os
import stat
from pathlib import Path

from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, worded

MOST_OWN_BYTES = 8 << 20
"""Of a file that the program keeps for itself (settings, lists): they have some kilobytes."""


class TooLargeError(OSError):
    """A file has more bytes than one of its kind ever has."""


class NoFileError(OSError):
    """Under a file's name there is a pipe or a device."""


def read_within(path: Path, most: int = MOST_OWN_BYTES) -> bytes:
    """The bytes of a file that has at most so many.

    Raises OSError: what the disk says, TooLargeError, and NoFileError for what is not even opened:
    a pipe may never answer, and a device may act.
    """
    facts = os.stat(path)
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)):
        raise NoFileError(errno.ENODEV, "no ordinary file", str(path))
    data = b""
    if facts.st_size <= most:
        with path.open("rb") as file:
            data = file.read(most + 1)  # it may grow meanwhile
    if max(len(data), facts.st_size) > most:
        raise TooLargeError(errno.EFBIG, f"more than {most} bytes", str(path))
    return data


def read_small(path: Path, most: int) -> bytes | None:
    """The bytes of a file that an artist brings along, None where it has more than `most`.

    Raises ColorStudioError with what the disk says.
    """
    try:
        return read_within(path, most)
    except TooLargeError:
        return None
    except NoFileError as error:
        raise ColorStudioError(
            FailureKind.USAGE,
            worded("“{name}” is no ordinary file. Choose another one.", name=printable(path.name)),
            str(error),
        ) from error
    except OSError as error:
        if path.is_dir():
            sentence = worded(
                "“{name}” is a folder. Choose a file in it.", name=printable(path.name or str(path))
            )
            raise ColorStudioError(FailureKind.USAGE, sentence, str(error)) from error
        failure = describe(error, path)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
