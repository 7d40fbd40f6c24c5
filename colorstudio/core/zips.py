"""ZIP files from anywhere: opened within limits, entries read within limits, or a sentence."""

import os
import struct
import zipfile
from typing import IO, Final

from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded

MOST_ENTRIES: Final = 20_000
MOST_ENTRY_BYTES: Final = 256 << 20
"""Largest single file that is unpacked: 256 MiB, a 35-megapixel page of incompressible RGBA."""

BOUNDED_KINDS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Ways of packing that zipfile unpacks no further than it is told. Of bzip2 and LZMA it unpacks
all that it has read at once, which a few kilobytes can make more than any memory holds."""

_MOST_DIRECTORY_BYTES: Final = 8 << 20  # of the list of entries, which is read at once
_END, _END_64, _LOCATOR_64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
_LONGEST_COMMENT: Final = 0xFFFF
_BEYOND_32_BITS: Final = 0xFFFFFFFF


def is_zip(head: bytes) -> bool:
    """True if a file that starts with these bytes calls itself a ZIP."""
    return head.startswith((b"PK\3\4", _END))


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """Open an archive whose list of entries is short enough to be read.

    Raises ColorStudioError (TOO_LARGE, DAMAGED).
    """
    directory = _directory_bytes(file)
    if directory is None:
        raise _damaged()
    if directory > _MOST_DIRECTORY_BYTES:
        raise _too_many("too many")
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise _damaged(str(error)) from error
    if len(archive.infolist()) > MOST_ENTRIES:
        raise _too_many(f"{len(archive.infolist()):,}")
    if not all(archive.namelist()):  # ZipInfo.is_dir fails on an empty name
        raise _damaged("an entry without a name")
    return archive


def read_entry(archive: zipfile.ZipFile, name: str, most: int = MOST_ENTRY_BYTES) -> bytes:
    """Unpack one entry of at most so many bytes.

    Raises ColorStudioError (TOO_LARGE, NO_PERMISSION for a password, DAMAGED); KeyError where
    there is no such entry.
    """
    entry = archive.getinfo(name)
    check_entry(entry, most)
    if entry.compress_type not in BOUNDED_KINDS:
        raise _damaged(f"{printable(entry.filename[-80:])}: compression {entry.compress_type}")
    try:
        with archive.open(entry) as file:
            data = file.read(most + 1)
    except MemoryError:
        raise
    except Exception as error:  # zlib.error, BadZipFile, RuntimeError: all mean the same
        raise _damaged(f"{type(error).__name__}: {error}") from error
    if len(data) > most:  # the list of entries lied
        raise _too_large(entry.filename, most)
    return data


def check_entry(entry: zipfile.ZipInfo, most: int = MOST_ENTRY_BYTES) -> None:
    """Raise ColorStudioError for an entry that is locked, or that claims to be too large."""
    if entry.flag_bits & 1:
        raise ColorStudioError(
            FailureKind.NO_PERMISSION,
            worded(
                "The archive is locked with a password. Unpack it with your archive program, "
                "then colour the folder."
            ),
        )
    if entry.file_size > most:
        raise _too_large(entry.filename, most)


def _directory_bytes(file: IO[bytes]) -> int | None:
    """How long the list of entries is (APPNOTE 4.3.14 to 4.3.16); None where there is no end."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _LONGEST_COMMENT - 22)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < 22:
        return None
    length = int(struct.unpack_from("<I", tail, place + 12)[0])
    locator = place - 20
    if length != _BEYOND_32_BITS and tail[max(0, locator) : place][:4] != _LOCATOR_64:
        return length
    if locator < 0 or tail[locator : locator + 4] != _LOCATOR_64:
        return None
    file.seek(struct.unpack_from("<Q", tail, locator + 8)[0])
    record = file.read(56)
    if len(record) < 56 or record[:4] != _END_64:
        return None
    return int(struct.unpack_from("<Q", record, 40)[0])


def _damaged(detail: str = "") -> ColorStudioError:
    return ColorStudioError(
        FailureKind.DAMAGED,
        worded("The archive is damaged or of a kind that can't be unpacked. Pack it again as ZIP."),
        detail,
    )


def _too_large(name: str, most: int) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.TOO_LARGE,
        worded(
            "“{name}” in the archive is larger than {most} MiB unpacked, the most that is "
            "read. Save it smaller or with compression of its own.",
            name=printable(name[-80:]),
            most=most >> 20,
        ),
    )


def _too_many(number: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.TOO_LARGE,
        worded(
            "The archive lists {number} files; at most {most:,} are read. Split it.",
            number=number,
            most=MOST_ENTRIES,
        ),
    )
