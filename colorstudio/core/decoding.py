"""Opening picture files that may be anything: fences first, then Pillow, strict before tolerant."""

import io
import logging
import os
import re
import stat
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from PIL import Image, ImageFile, UnidentifiedImageError

from colorstudio.core.books import page_bytes, split_page
from colorstudio.core.failures import ColorStudioError, FailureKind, describe, worded

# Every other decoder of Pillow stays out: a few hundred bytes make some of them take gigabytes.
FORMATS: Final = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")

MAX_PIXELS: Final = 150_000_000
"""Largest picture that is decoded; an A4 page at 1200 dpi has 139 million pixels.

It lies below the limit at which Pillow itself refuses (178,956,970 pixels), so pictures that
Pillow measures only while decoding are fenced in as well.
"""

MAX_FILE_BYTES: Final = 1 << 30
"""Largest file that is opened: 1 GiB, more than MAX_PIXELS of 16-bit RGB ever need packed."""

SETTLE_SECONDS: Final = 0.02
_MOST_WAITS = 3
"""How long a file must have been left alone before it is read, and how often that is waited for."""

_SIGNATURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"II*\0", b"MM\0*", b"BM", b"GIF8")

# Pillow speaks of odd metadata on standard error; what matters reaches Artwork.warnings.
logging.getLogger("PIL").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", module=r"PIL\..*")
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

_DAMAGED = worded(
    "Part of the file is damaged or missing, so part of the picture may be wrong or empty."
)
CANNOT_DECODE = worded(
    "The picture is damaged, or of a kind that cannot be read. Open it in a paint "
    "program and save it again as PNG."
)
_CHANGED = worded(
    "The file changed while it was being read. Start again when the other program has saved it."
)


class _StrictnessGate:
    """Many strict decoders at a time, or one tolerant one.

    Pillow's tolerance for cut-off files is one switch for the whole process; a strict decoder
    running beside a tolerant one would take a cut-off picture for a good one.
    """

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._strict = 0
        self._tolerant = False

    @contextmanager
    def strict(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: not self._tolerant)
            self._strict += 1
        try:
            yield
        finally:
            with self._turn:
                self._strict -= 1
                self._turn.notify_all()

    @contextmanager
    def tolerant(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: not self._tolerant)
            self._tolerant = True
            self._turn.wait_for(lambda: self._strict == 0)
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            with self._turn:
                self._tolerant = False
                self._turn.notify_all()


_GATE = _StrictnessGate()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A loaded Pillow picture; `rawmode` names how its pixels were stored in the file."""

    image: Image.Image
    rawmode: str
    warnings: tuple[str, ...] = ()


@contextmanager
def opened_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a regular file for reading, and check that it did not change meanwhile.

    A path into a book (see `books`) opens that page of it. Raises ColorStudioError for pipes,
    devices, folders, empty and overlarge files, for files that change before the block ends, and
    in place of every other exception.
    """
    try:
        place = split_page(path)
        if place is not None:
            yield io.BytesIO(page_bytes(*place))
            return
        with os.fdopen(_descriptor(path), "rb") as file:
            before = _settled(file)
            _check_kind(before)
            try:
                yield file
            finally:
                after = os.fstat(file.fileno())
                if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                    raise ColorStudioError(FailureKind.DAMAGED, _CHANGED)
    except ColorStudioError:
        raise
    except Exception as error:  # decoders raise nearly everything on damaged files
        failure = describe(error, path)
        if failure.kind is FailureKind.INTERNAL:
            raise ColorStudioError(FailureKind.DAMAGED, CANNOT_DECODE, failure.detail) from error
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error


def _settled(file: IO[bytes]) -> os.stat_result:
    """The status of an open file that nobody has written to for a moment.

    Two writes within one tick of the system's clock (4 to 10 ms) leave the same time, so that a
    change right after the first would not be seen; and who saves in place writes in pieces.
    """
    for _ in range(_MOST_WAITS):
        status = os.fstat(file.fileno())
        age = time.time() - status.st_mtime
        if not 0 <= age < SETTLE_SECONDS:
            break
        time.sleep(SETTLE_SECONDS - age)
    return status  # of one that is written all the time the end of the reading will tell


def _descriptor(path: Path) -> int:
    """Open without waiting: opening a pipe nobody writes to would otherwise never return."""
    # A device may react to being opened at all, so what the name leads to is looked at first.
    _check_kind(os.stat(path))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    return os.open(path, flags | getattr(os, "O_BINARY", 0))


def _check_kind(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ColorStudioError(
            FailureKind.NOT_A_PICTURE,
            worded("This is a folder, not a picture. Choose a picture in it."),
        )
    if not stat.S_ISREG(status.st_mode):
        raise ColorStudioError(
            FailureKind.NOT_A_PICTURE,
            worded("This is a pipe, a socket or a device, not a picture file. Leave it out."),
        )
    if status.st_size == 0:
        raise ColorStudioError(
            FailureKind.NOT_A_PICTURE,
            worded("The file is empty. Export or copy the picture again."),
        )
    if status.st_size > MAX_FILE_BYTES:
        raise ColorStudioError(
            FailureKind.TOO_LARGE,
            worded(
                "The file has {size:,} bytes; at most {most:,} are read. Save it with "
                "compression, or smaller.",
                size=status.st_size,
                most=MAX_FILE_BYTES,
            ),
        )


def open_header(file: IO[bytes]) -> ImageFile.ImageFile:
    """Read the header only, and refuse what is no picture or has too many pixels."""
    try:
        image = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(_pixels_named_in(str(error))) from error
    except UnidentifiedImageError as error:
        raise _unidentified(file) from error
    check_pixels(*image.size)
    return image


def check_pixels(width: int, height: int) -> None:
    """Raise ColorStudioError (TOO_LARGE) for a size with more pixels than are decoded."""
    pixels = width * height
    if pixels > MAX_PIXELS:
        size = worded(
            "{width:,} x {height:,} = {pixels:,} pixels", width=width, height=height, pixels=pixels
        )
        raise _too_many_pixels(size)


def _pixels_named_in(message: str) -> str:
    found = re.search(r"\d+", message)
    if found is None:
        return worded("too many pixels")
    return worded("{pixels:,} pixels", pixels=int(found[0]))


def _too_many_pixels(size: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.TOO_LARGE,
        worded(
            "The picture claims {size}; at most {most:,} pixels are coloured. Scale it down "
            "or cut it into parts.",
            size=size,
            most=MAX_PIXELS,
        ),
    )


def _unidentified(file: IO[bytes]) -> ColorStudioError:
    file.seek(0)
    if file.read(4).startswith(_SIGNATURES):
        return ColorStudioError(FailureKind.DAMAGED, CANNOT_DECODE)
    return ColorStudioError(
        FailureKind.NOT_A_PICTURE,
        worded(
            "This is not a picture of a kind that can be read (PNG, JPEG, WebP, TIFF, BMP, "
            "GIF, PSD, ORA, KRA). Save it again as PNG."
        ),
    )


def load(file: IO[bytes], thumbnail: int | None = None) -> Decoded:
    """Decode the first frame; a damaged file gives what is left of it, with a warning.

    With `thumbnail`, a JPEG may come smaller, but at least twice that many pixels long.
    Raises ColorStudioError, and whatever Pillow raises where nothing can be read.
    """
    try:
        with _GATE.strict():
            return _load(open_header(file), thumbnail)
    except (ColorStudioError, MemoryError, Image.DecompressionBombError):
        raise
    except Exception as error:
        if _is_lack_of_memory(error):
            raise MemoryError(str(error)) from error
        # Its frames hold the half-decoded picture, which the second attempt needs the room of.
        error.__traceback__ = None
        reason = error
    return _load_what_is_left(file, thumbnail, reason)


def _is_lack_of_memory(error: Exception) -> bool:
    """Recognise Pillow's decoder status -9, which comes as an OSError like damage does."""
    return isinstance(error, OSError) and bool(re.search("memory|error -9", str(error)))


def _load(image: ImageFile.ImageFile, thumbnail: int | None) -> Decoded:
    if thumbnail is not None:
        image.draft(None, (2 * thumbnail, 2 * thumbnail))
    rawmode = _rawmode(image)
    image.load()
    return Decoded(image, rawmode, _grey_end_warning(image))


def _load_what_is_left(file: IO[bytes], thumbnail: int | None, reason: Exception) -> Decoded:
    with _GATE.tolerant():
        decoded = _load(open_header(file), thumbnail)
    if _is_blank(decoded.image):
        raise ColorStudioError(FailureKind.DAMAGED, CANNOT_DECODE, str(reason)) from reason
    return Decoded(decoded.image, decoded.rawmode, (_DAMAGED,))


def _rawmode(image: ImageFile.ImageFile) -> str:
    """Name Pillow's unpacker, for instance "RGB;16B"; "" where the decoder has none."""
    arguments = image.tile[0][3] if image.tile else ""
    if isinstance(arguments, tuple):
        arguments = next((part for part in arguments if isinstance(part, str)), "")
    return arguments or ""


def _is_blank(image: Image.Image) -> bool:
    """True if all pixels are equal: nothing was decoded before the damage."""
    extremes = image.getextrema()
    pairs = extremes if isinstance(extremes[0], tuple) else (extremes,)
    return all(low == high for low, high in pairs)


def _grey_end_warning(image: Image.Image) -> tuple[str, ...]:
    """Warn of a JPEG whose data ended early: its decoder fills the rest with mid-grey, silently."""
    if image.format not in ("JPEG", "MPO") or image.mode not in ("L", "RGB"):
        return ()
    width, height = image.size
    corner = image.crop((max(0, width - 8), max(0, height - 8), width, height))
    extremes = corner.getextrema()
    pairs = extremes if isinstance(extremes[0], tuple) else (extremes,)
    grey_end = width > 8 and height > 8 and all(pair == (128, 128) for pair in pairs)
    return (_DAMAGED,) if grey_end and not _is_blank(image) else ()
