"""What the clipboard holds that can be coloured: files, their names as text, or a picture."""

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.output_options import alternatives

_MOST_LINES = 2000  # of text that might be names of files


@dataclass(frozen=True, slots=True)
class Pasted:
    """Files or names, or else a picture; both empty: nothing of use."""

    paths: tuple[Path, ...] = ()
    picture: QImage | None = None


def pasted(data: QMimeData | None) -> Pasted:
    """Look at what is in the clipboard; nothing on the disk is looked at."""
    if data is None:
        return Pasted()
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Pasted(paths)
    if data.hasImage():
        picture = QImage(data.imageData())
        if not picture.isNull():
            return Pasted(picture=picture)
    lines = data.text().splitlines()[:_MOST_LINES] if data.hasText() else []
    return Pasted(tuple(filter(None, map(_path_of, lines))))


def store_pasted(picture: QImage) -> Path:
    """Write a pasted picture to a file of its own, where it can be coloured like any other.

    Raises ColorStudioError. Takes a moment: never call it on the UI thread.
    """
    from colorstudio.core.failures import describe
    from colorstudio.core.writing import write_bytes_atomic

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, "PNG"):  # type: ignore[call-overload]
        sentence = QCoreApplication.translate(
            "Pasting",
            "The picture in the clipboard can't be used. Save it to a file and open that.",
        )
        raise ColorStudioError(FailureKind.NOT_A_PICTURE, sentence)
    folder = places.home() / "pasted"
    target = _free(folder / time.strftime("Pasted %Y-%m-%d %H.%M.%S.png"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes_atomic(target, bytes(buffer.data().data()))
    except OSError as error:
        failure = describe(error, target, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    return target


def _free(target: Path) -> Path:
    """That name, or with a number where another picture was pasted within the same second."""
    return next(path for path in alternatives(target) if not path.exists())


def _path_of(line: str) -> Path | None:
    line = line.strip().strip('"')
    if line.startswith("file:"):
        line = QUrl(line).toLocalFile()
    path = places.expanded(line) if line else None
    return path if path is not None and path.is_absolute() else None
