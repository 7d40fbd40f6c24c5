"""How results are named and stored, as far as it can be chosen; needs no picture library."""

import itertools
import os
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Final, TypeVar

from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded

AnyPath = TypeVar("AnyPath", bound=PurePath)


class OutputFormat(StrEnum):
    """The format to write; KEEP writes each picture's own, or the nearest where we cannot."""

    KEEP = "keep"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    TIFF = "tiff"
    PSD = "psd"
    ORA = "ora"
    PNG_LAYERS = "png-layers"


LAYERED_FORMATS: Final = (OutputFormat.PSD, OutputFormat.ORA, OutputFormat.PNG_LAYERS)
"""Formats that hold lines, colour and flats apart."""

MERGED_NAME: Final = "merged.png"
"""The finished picture in a folder of layers (PNG_LAYERS); it is written last."""


class Existing(StrEnum):
    """What to do where an output exists already."""

    SKIP = "skip"
    OVERWRITE = "overwrite"
    RENAME = "rename"


OUTPUT_NAME: Final = "colorized"
"""The usual output folder lies under this name in the folder of the pictures."""

PLAIN_NAMES: Final = "{name}"
"""The pattern that gives every result the name of its picture."""

NAME_FIELDS: Final = ("name", "number", "folder")
"""What a pattern can hold in braces: the picture's name without suffix, its place in the batch
from 001 on, and the name of the folder it lies in."""

_FIELD: Final = re.compile(r"\{(\w*)\}")
_NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f{}]')  # on some disk or other
_LEAST_DIGITS: Final = 3  # so that names sort, and stay when a few pages are added


def checked_pattern(pattern: str) -> str:
    """Give a pattern of names back without spaces round it.

    Raises ColorStudioError (USAGE) for one that names no files, or the same for all pictures.
    """
    pattern = pattern.strip()
    fields = _FIELD.findall(pattern)
    unknown = next((field for field in fields if field not in NAME_FIELDS), None)
    if unknown is not None:
        known = ", ".join(f"{{{field}}}" for field in NAME_FIELDS)
        raise _refused(
            worded(
                "{{{field}}} is not known in a name. Use {known}.",
                field=printable(unknown),
                known=known,
            )
        )
    stranger = _NOT_IN_NAMES.search(_FIELD.sub("", pattern))
    if stranger is not None:
        raise _refused(
            worded("A name can't hold “{sign}”. Leave it out.", sign=printable(stranger[0]))
        )
    if not {"name", "number"} & set(fields):
        raise _refused(
            worded("Put {{name}} or {{number}} into the name, to tell the pictures apart.")
        )
    if pattern.startswith("."):
        raise _refused(worded("Names that start with a dot are hidden. Leave the dot out."))
    return pattern


def patterned(pattern: str, picture: Path, stem: str, number: int, total: int) -> str:
    """The stem that a checked pattern gives to the number-th (from 1) of `total` pictures.

    stem: the picture's name without suffix, as far as the result is to carry it.
    """
    digits = max(_LEAST_DIGITS, len(str(total)))
    # The path of one that is named from within its folder does not tell what that is called.
    folder = os.path.basename(os.path.dirname(os.path.abspath(picture)))
    values = {"name": stem, "number": f"{number:0{digits}}", "folder": folder}
    return _FIELD.sub(lambda field: values[field[1]], pattern)


def _refused(sentence: str) -> ColorStudioError:
    return ColorStudioError(FailureKind.USAGE, sentence)


def is_result(picture: Path, folders: Iterable[Path]) -> bool:
    """True for a picture in a `colorized` folder somewhere below one of the folders."""
    return any(
        OUTPUT_NAME in picture.relative_to(folder).parts[:-1]
        for folder in folders
        if picture.is_relative_to(folder)
    )


def alternatives(path: AnyPath) -> Iterator[AnyPath]:
    """The path itself, then "name (2)", "name (3)" …, without end."""
    yield path
    for number in itertools.count(2):
        yield path.with_stem(f"{path.stem} ({number})")
