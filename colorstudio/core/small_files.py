"""Small files that artists bring along (hints, palettes): read whole, but never without end."""

from pathlib import Path

from colorstudio.core.failures import ColorStudioError, describe


def read_small(path: Path, most: int) -> bytes | None:
    """The bytes of a file, None where it has more than `most`.

    Raises ColorStudioError with what the disk says.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        failure = describe(error, path)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    return data if len(data) <= most else None
