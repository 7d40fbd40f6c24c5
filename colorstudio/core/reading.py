"""Reading artworks: any picture file in, one upright 8-bit sRGB artwork out, or a sentence."""

import math
import struct
from pathlib import Path
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image
from PIL.JpegImagePlugin import JpegImageFile

from colorstudio.core.artwork import Artwork
from colorstudio.core.decoding import Decoded, load, open_header, opened_file
from colorstudio.core.documents import (
    DOCUMENT_SUFFIXES,
    document_kind,
    document_size,
    load_document,
)
from colorstudio.core.failures import worded
from colorstudio.core.tones import Plane, Planes, planes_of

SUFFIXES: Final = DOCUMENT_SUFFIXES | {
    ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif"
}  # fmt: skip
"""Suffixes, in lower case, of the files that are looked for in folders."""

_MOST_PAGES_COUNTED: Final = 10_000


def read_size(path: Path) -> tuple[int, int]:
    """Give (width, height) of the upright picture from its header. Raises ColorStudioError."""
    with opened_file(path) as file:
        kind = document_kind(file)
        if kind is not None:
            return document_size(file, kind)
        image = open_header(file)
        width, height = image.size
        # Pillow swaps the sides of sideways TIFF pages by itself.
        sideways = image.format != "TIFF" and _orientation(image) >= 5
        return (height, width) if sideways else (width, height)


def read_artwork(path: Path) -> Artwork:
    """Read the first frame of a picture as 8-bit sRGB or grey, upright.

    Of a layered file the line art is read if a layer is called so, else its merged picture.
    Damaged files give what is left of them, with a sentence in `warnings`. Raises only
    ColorStudioError, with a sentence that says what is wrong and what to do.
    """
    with opened_file(path) as file:
        decoded = _load(file)
        image = decoded.image
        planes = planes_of(decoded)
        turn = _orientation(image)
        frames = _count_frames(image, file)
        return Artwork(
            pixels=_upright(planes.pixels, turn),
            alpha=None if planes.alpha is None else _upright(planes.alpha, turn),
            format="JPEG" if image.format == "MPO" else image.format or "PNG",
            dpi=_dpi(image, sideways=turn >= 5),
            frames=frames,
            warnings=decoded.warnings + planes.warnings + _frames_warning(frames),
            jpeg_luma_table=_jpeg_luma_table(image, planes, turn),
            profile=_document_profile(image, planes),
        )


def read_thumbnail(path: Path, side: int) -> NDArray[np.uint8]:
    """Give a small upright picture as (h, w, 4) RGBA, straight, its longer side at most `side`.

    Pictures smaller than that keep their size. Raises ColorStudioError.
    """
    with opened_file(path) as file:
        decoded = _load(file, thumbnail=side)
        planes = planes_of(_reduced(decoded, side))
        turn = _orientation(decoded.image)
        small = Image.fromarray(_rgba(planes))
        small.thumbnail((side, side), Image.Resampling.BOX)
        return _upright(np.asarray(small), turn)


def _load(file: IO[bytes], thumbnail: int | None = None) -> Decoded:
    kind = document_kind(file)
    if kind is None:
        return load(file, thumbnail)
    return load_document(file, kind, thumbnail=thumbnail)


# Orientation --------------------------------------------------------------------------------


def _orientation(image: Image.Image) -> int:
    """Give the EXIF orientation 1..8; 1 where there is none or the metadata is unreadable."""
    try:
        # PNG's own getexif would decode all pixels to find EXIF behind them.
        value = Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1)
        return value if isinstance(value, int) and 1 <= value <= 8 else 1
    except Exception:  # metadata is no reason to refuse a picture
        return 1


def _upright(plane: Plane, orientation: int) -> Plane:
    """Turn (H, W, …) as EXIF's orientation 1..8 (CIPA DC-008, tag 274) asks."""
    if orientation in (2, 4, 5, 7):  # mirrored: undo the mirror, then turn like 1, 3, 6, 8
        plane = plane[:, ::-1]
    quarter_turns = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    return np.ascontiguousarray(np.rot90(plane, quarter_turns))


# What else the file says ----------------------------------------------------------------------


def _dpi(image: Image.Image, *, sideways: bool) -> tuple[float, float] | None:
    try:
        across, down = (float(value) for value in image.info.get("dpi") or _exif_dpi(image))
    except Exception:  # metadata is no reason to refuse a picture
        return None
    # Pillow gives 1 where a TIFF says nothing.
    if not all(math.isfinite(value) and 1 < value <= 65535 for value in (across, down)):
        return None
    return (down, across) if sideways else (across, down)


def _exif_dpi(image: Image.Image) -> tuple[float, float]:
    """WebP has no other place for it. Raises KeyError where EXIF does not say."""
    exif = Image.Image.getexif(image)
    per_inch = 2.54 if exif.get(ExifTags.Base.ResolutionUnit) == 3 else 1.0
    return (
        float(exif[ExifTags.Base.XResolution]) * per_inch,
        float(exif[ExifTags.Base.YResolution]) * per_inch,
    )


def _count_frames(image: Image.Image, file: IO[bytes]) -> int:
    try:
        if image.format == "TIFF":
            return _count_pages(file)
        return max(1, int(getattr(image, "n_frames", 1)))
    except Exception:  # the first frame is there, whatever follows it
        return 1


def _count_pages(file: IO[bytes]) -> int:
    """Follow a TIFF's chain of page directories (TIFF 6.0, and BigTIFF's wider numbers).

    Pillow reads every tag of every page to count them; the chain alone is enough.
    """
    file.seek(0)
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    big = struct.unpack(order + "H", head[2:4])[0] == 43
    count_format, offset_format, entry = ("Q", "Q", 20) if big else ("H", "I", 12)
    (place,) = struct.unpack_from(order + offset_format, head, 8 if big else 4)
    seen: set[int] = set()
    while place and place not in seen and len(seen) < _MOST_PAGES_COUNTED:
        seen.add(place)
        file.seek(place)
        (entries,) = _unpack(file, order + count_format)
        file.seek(entries * entry, 1)
        (place,) = _unpack(file, order + offset_format)
    return max(1, len(seen))


def _unpack(file: IO[bytes], layout: str) -> tuple[int, ...]:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _frames_warning(frames: int) -> tuple[str, ...]:
    if frames == 1:
        return ()
    return (
        worded(
            "The file holds {frames} pages or frames: only the first (1 of {frames}) is used.",
            frames=frames,
        ),
    )


def _document_profile(image: Image.Image, planes: Planes) -> bytes | None:
    """The profile that a layered document of this picture keeps: an RGB one other than sRGB."""
    if not planes.converted or image.mode not in ("RGB", "RGBA", "RGBa", "P"):
        return None
    return bytes(image.info["icc_profile"])


def _jpeg_luma_table(image: Image.Image, planes: Planes, turn: int) -> tuple[int, ...] | None:
    """Find the luma steps of a JPEG whose pixels still lie as they were stored."""
    if not isinstance(image, JpegImageFile) or image.mode not in ("L", "RGB"):
        return None
    stored_as_rgb = image.mode == "RGB" and image.info.get("adobe_transform") == 0
    if turn != 1 or planes.converted or stored_as_rgb:
        return None
    try:
        table = tuple(int(step) for step in image.quantization[image.layer[0][3]])
    except (KeyError, IndexError):
        return None
    return table if len(table) == 64 and min(table) >= 1 and max(table) <= 255 else None


# Thumbnails -----------------------------------------------------------------------------------


def _reduced(decoded: Decoded, side: int) -> Decoded:
    """Make a decoded picture smaller, cheaply, before its colours are looked at."""
    image = decoded.image
    factor = max(image.size) // (2 * side)
    if factor < 2:
        return decoded
    if image.mode == "1":
        image = image.convert("L")
    if image.mode in ("L", "RGB", "RGBA", "LA", "CMYK") and "transparency" not in image.info:
        small = image.reduce(factor)
    else:  # indices and transparent colours must not be averaged
        dense = max(1, factor // 4)
        size = (max(1, image.width // dense), max(1, image.height // dense))
        small = image.resize(size, Image.Resampling.NEAREST)
    small.info = image.info
    return Decoded(small, decoded.rawmode, decoded.warnings)


def _rgba(planes: Planes) -> Plane:
    rgba = np.empty((*planes.pixels.shape[:2], 4), np.uint8)
    rgba[..., :3] = planes.pixels if planes.pixels.ndim == 3 else planes.pixels[..., None]
    rgba[..., 3] = 255 if planes.alpha is None else planes.alpha
    return rgba
