"""What the program is, where its colours come from, and what was noted in the log."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from colorstudio import __version__
from colorstudio.core.log import FILE_NAME
from colorstudio.core.places import log_folder
from colorstudio.styles.style import Style

_TAIL = 200_000  # bytes of the log that are shown


def about_sentence() -> str:
    """The program in a few words."""
    return QCoreApplication.translate(
        "About",
        "Colours line art and greyscale pages on your own computer. Nothing is uploaded, and your "
        "originals are never changed. Licence: Apache 2.0.",
    )


def about_heading() -> str:
    """Name and version."""
    return f"Color Studio {__version__}"


def origin_of(styles: Sequence[Style]) -> str:
    """Of each style: who made it, under which licence, and from whose pictures."""
    translate = QCoreApplication.translate
    parts = []
    for style in styles:
        info = style.info
        pictures = translate("About", "Trained on {count} pictures.").format(
            count=f"{info.pictures:,}"
        )
        head = translate("About", "Style “{name}”").format(name=info.name)
        lines = [head, info.description, pictures if info.pictures else "", *info.credits]
        lines.insert(2, translate("About", "By {author}. Licence: {licence}.").format(
            author=info.author or "?", licence=info.licence or "?"))  # fmt: skip
        parts.append("\n".join(filter(None, lines)))
    return "\n\n".join(parts)


def log_file() -> Path:
    """The log that is being written."""
    return log_folder() / FILE_NAME


def log_text() -> str:
    """The end of the log; "" if there is none. Raises OSError where it can't be read."""
    try:
        with log_file().open("rb") as file:
            file.seek(0, os.SEEK_END)
            size = file.tell()
            file.seek(max(0, size - _TAIL))
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return text if size <= _TAIL else text.partition("\n")[2]
