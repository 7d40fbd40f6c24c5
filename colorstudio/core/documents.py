"""Files that hold layers, read as pictures: PSD, PSB, OpenRaster and Krita's own.

What comes is the merged picture, or, where a layer or group is called "Lines" (or alike, see
`stacking.LINE_NAMES`), that line art alone.
"""

from enum import StrEnum
from typing import IO, Final

from colorstudio.core.decoding import Decoded
from colorstudio.core.failures import ColorStudioError, FailureKind, worded
from colorstudio.core.zips import is_zip

DOCUMENT_SUFFIXES: Final = frozenset({".psd", ".psb", ".ora", ".kra"})
"""Suffixes, in lower case, of layered files that are read."""


class DocumentKind(StrEnum):
    """The kinds of layered files, told by their first bytes."""

    PHOTOSHOP = "PSD"
    OPENRASTER = "ORA"
    KRITA = "KRA"


def document_kind(file: IO[bytes]) -> DocumentKind | None:
    """What kind of layered file this is; None for a plain picture. The file is rewound.

    Raises ColorStudioError for a ZIP that is none of them.
    """
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    if head == b"8BPS":
        return DocumentKind.PHOTOSHOP
    if not is_zip(head):
        return None
    from colorstudio.core.zipped_documents import zipped_kind

    kind = zipped_kind(file)
    if kind is not None:
        return DocumentKind(kind)
    raise ColorStudioError(
        FailureKind.NOT_A_PICTURE,
        worded(
            "This is an archive, not a picture. Name it .cbz or .zip to have its pages coloured, "
            "or unpack it and choose its folder."
        ),
    )


def document_size(file: IO[bytes], kind: DocumentKind) -> tuple[int, int]:
    """(width, height) from the header alone. Raises ColorStudioError."""
    if kind is DocumentKind.PHOTOSHOP:
        from colorstudio.core.psd_reading import psd_size

        return psd_size(file)
    from colorstudio.core.zipped_documents import zipped_size

    return zipped_size(file, kind)


def load_document(file: IO[bytes], kind: DocumentKind, *, thumbnail: int | None) -> Decoded:
    """Decode the line art or the merged picture; with `thumbnail` always the merged one.

    Raises ColorStudioError, and whatever the libraries raise on damaged files.
    """
    if kind is DocumentKind.PHOTOSHOP:
        from colorstudio.core.psd_reading import load_psd

        return load_psd(file, merged_only=thumbnail is not None)
    from colorstudio.core.zipped_documents import load_zipped

    return load_zipped(file, kind, thumbnail)
