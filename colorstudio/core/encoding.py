"""How finished artworks are put into files of each format."""

import io
from collections.abc import Callable
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from colorstudio.core.artwork import Artwork, bands
from colorstudio.core.failures import ColorStudioError, FailureKind, worded

FORMAT_OF_SUFFIX: Final = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WEBP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
}
"""Suffixes, in lower case, that can be written, with Pillow's names of their formats."""

LOSSY_FORMATS: Final = frozenset({"JPEG"})
"""Formats whose files do not give back the very pixels that were put in."""

_LONGEST_SIDE: Final = {"JPEG": 65_500, "WEBP": 16_383}
_WITH_ALPHA: Final = ("PNG", "WEBP", "TIFF")

# Table K.2 of ITU-T T.81 for chroma, at the quality that libjpeg calls 95.
_K2_CHROMA: Final = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *(((99,) * 8,) * 4),
)
_CHROMA_STEPS: Final = [(10 * step + 50) // 100 for row in _K2_CHROMA for step in row]

_MOST_LUMA_DIFFERENCE: Final = 1
_TIFF_PREDICTOR: Final = 317


def encode(
    artwork: Artwork,
    format_name: str,
    file: IO[bytes],
    source: Artwork | None,
    *,
    profile: bytes | None = None,
) -> None:
    """Write the artwork into an open file.

    profile: the ICC profile to put into it; without one the pixels are sRGB.

    PNG, WebP and TIFF are lossless and keep alpha; JPEG (4:4:4, quality 95) and BMP are
    flattened on white. Where `source` came from a JPEG and has the same luma, its own luma
    steps are used, so that its luma is stored almost exactly. Raises ColorStudioError for a
    picture too large for the format, OSError from the disk.
    """
    _check_size(artwork, format_name)
    image = _image_of(artwork, format_name)
    options: dict[str, Any] = {"dpi": artwork.dpi} if artwork.dpi else {}
    if profile is not None:
        options["icc_profile"] = profile
    image.save(file, format_name, **options, **_OPTIONS[format_name](image, artwork, source))


def _check_size(artwork: Artwork, format_name: str) -> None:
    longest = _LONGEST_SIDE.get(format_name)
    if longest is not None and max(artwork.width, artwork.height) > longest:
        raise ColorStudioError(
            FailureKind.TOO_LARGE,
            worded(
                "{format} holds at most {longest:,} pixels a side; this picture has {width:,} x "
                "{height:,}. Choose PNG or TIFF.",
                format=format_name,
                longest=longest,
                width=artwork.width,
                height=artwork.height,
            ),
        )


def _image_of(artwork: Artwork, format_name: str) -> Image.Image:
    if artwork.alpha is None:
        return Image.fromarray(artwork.pixels)
    if format_name not in _WITH_ALPHA:
        return Image.fromarray(flattened(artwork.pixels, artwork.alpha))
    image = Image.fromarray(artwork.pixels)
    image.putalpha(Image.fromarray(artwork.alpha))
    return image


def flattened(pixels: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Lay pixels, (H, W) or (H, W, 3), over white paper, as much as alpha (H, W) says."""
    flat = np.empty_like(pixels)
    for rows in bands(*alpha.shape):
        cover = alpha[rows].astype(np.uint32)
        if pixels.ndim == 3:
            cover = cover[..., None]
        flat[rows] = (pixels[rows] * cover + 255 * (255 - cover) + 127) // 255
    return flat


# Options of each format ----------------------------------------------------------------------


def _png_options(image: Image.Image, artwork: Artwork, source: Artwork | None) -> dict[str, Any]:
    """Choose between zlib's run-length search and its full one.

    On painted pages runs give the same size in a quarter of the time; on screentone, whose
    dots repeat, they give many times the size. A sixteenth of the rows tells which it is.
    """
    sample = _sample_rows(image)
    full = _png_bytes(sample, {})
    if full < sample.width * sample.height * _LITTLE_BYTES_A_PIXEL:
        return {}  # mostly flat colour: the full search is quick there, and a sample says little
    return _RUNS if _png_bytes(sample, _RUNS) <= _RUNS_MAY_COST * full else {}


_RUNS: Final[dict[str, Any]] = {"compress_type": 3}  # zlib's Z_RLE
_RUNS_MAY_COST: Final = 1.08
_LITTLE_BYTES_A_PIXEL: Final = 0.25
_MOST_BANDS: Final = 8
_BAND_ROWS: Final = 8
_SAMPLED: Final = 16


def _sample_rows(image: Image.Image) -> Image.Image:
    """Join bands of rows, spread over the picture: 1/16 of it, in four to eight bands.

    A band has eight rows at least: dots of screentone repeat within that many.
    """
    width, height = image.size
    count = min(_MOST_BANDS, max(_MOST_BANDS // 2, height // (_SAMPLED * _BAND_ROWS)))
    rows = max(_BAND_ROWS, height // (_SAMPLED * count))
    if height <= rows * count:
        return image
    sample = Image.new(image.mode, (width, rows * count))
    for index in range(count):
        top = index * (height - rows) // (count - 1)
        sample.paste(image.crop((0, top, width, top + rows)), (0, index * rows))
    return sample


def _png_bytes(image: Image.Image, options: dict[str, Any]) -> int:
    memory = io.BytesIO()
    image.save(memory, "PNG", **options)
    return memory.tell()


def _jpeg_options(image: Image.Image, artwork: Artwork, source: Artwork | None) -> dict[str, Any]:
    steps = source.jpeg_luma_table if source is not None else None
    if steps is None or source is None or not same_luma(artwork, source):
        return {"quality": 95, "subsampling": 0}
    tables = [list(steps)] if image.mode == "L" else [list(steps), _CHROMA_STEPS]
    return {"qtables": tables, "subsampling": 0}


def same_luma(artwork: Artwork, source: Artwork) -> bool:
    """True if both have the same luma, to 1/255, in a sample of about a million pixels."""
    if (artwork.width, artwork.height) != (source.width, source.height):
        return False
    step = max(1, artwork.height * artwork.width >> 20)
    ours = Artwork(artwork.pixels[::step]).luma8().astype(np.int16)
    theirs = Artwork(source.pixels[::step]).luma8()
    return bool(np.abs(ours - theirs).max() <= _MOST_LUMA_DIFFERENCE)


def _webp_options(image: Image.Image, artwork: Artwork, source: Artwork | None) -> dict[str, Any]:
    """Lossless, since lossy WebP halves the chroma's resolution and softens lines."""
    options: dict[str, Any] = {"lossless": True, "method": 1, "quality": 20, "exact": True}
    if artwork.dpi:
        exif = Image.Exif()
        exif[ExifTags.Base.XResolution], exif[ExifTags.Base.YResolution] = artwork.dpi
        exif[ExifTags.Base.ResolutionUnit] = 2
        options["exif"] = exif
    return options


def _tiff_options(image: Image.Image, artwork: Artwork, source: Artwork | None) -> dict[str, Any]:
    """LZW with differences of neighbours: every program reads it, and it is fast and small."""
    return {"compression": "tiff_lzw", "tiffinfo": {_TIFF_PREDICTOR: 2}}


def _bmp_options(image: Image.Image, artwork: Artwork, source: Artwork | None) -> dict[str, Any]:
    return {}


_OPTIONS: Final[dict[str, Callable[[Image.Image, Artwork, Artwork | None], dict[str, Any]]]] = {
    "PNG": _png_options,
    "JPEG": _jpeg_options,
    "WEBP": _webp_options,
    "TIFF": _tiff_options,
    "BMP": _bmp_options,
}
