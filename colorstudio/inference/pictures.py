"""Pictures as the Python API takes and gives them: PIL images and uint8 arrays."""

from typing import Any

import numpy as np
from PIL import Image

from colorstudio.core.artwork import Artwork
from colorstudio.core.decoding import CANNOT_DECODE, Decoded
from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.tones import planes_of


def artwork_of(picture: Any) -> Artwork:
    """An artwork of a PIL.Image of any mode, or of a uint8 array (H, W), (H, W, 3 or 4).

    Raises ColorStudioError: NOT_A_PICTURE for anything else, and for one without pixels; DAMAGED
    for an image whose file can't be decoded, which Pillow tries only now.
    """
    if isinstance(picture, Image.Image):
        if 0 in picture.size:
            raise _no_picture(f"{picture.width} x {picture.height} pixels")
        _load(picture)
        planes = planes_of(Decoded(picture, rawmode=picture.mode))
        return Artwork(planes.pixels, planes.alpha, warnings=planes.warnings)
    if not isinstance(picture, np.ndarray) or picture.dtype != np.uint8 or not picture.size:
        raise _no_picture(f"{type(picture).__name__} {getattr(picture, 'dtype', '')}")
    picture = np.asarray(picture)  # OpenCV takes no masked array
    if picture.ndim == 2:
        return Artwork(picture)
    if picture.ndim == 3 and picture.shape[2] == 3:
        return Artwork(picture)
    if picture.ndim == 3 and picture.shape[2] == 4:
        return Artwork(picture[:, :, :3], picture[:, :, 3])
    raise _no_picture(f"shape {picture.shape}")


def like(picture: Any, artwork: Artwork) -> Any:
    """A coloured artwork as what the picture came as: image or array, RGB or RGBA."""
    pixels = artwork.pixels
    if artwork.alpha is not None:
        pixels = np.dstack([pixels, artwork.alpha])
    return Image.fromarray(pixels) if isinstance(picture, Image.Image) else pixels


def _load(picture: Image.Image) -> None:
    try:
        picture.load()
    except MemoryError:
        raise
    except Exception as error:  # decoders raise nearly everything on damaged files
        detail = printable(f"{type(error).__name__}: {error}")
        raise ColorStudioError(FailureKind.DAMAGED, CANNOT_DECODE, detail) from error


def _no_picture(detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.NOT_A_PICTURE,
        worded(
            "This is no picture: give a PIL image, or a uint8 array of (H, W), (H, W, 3) or "
            "(H, W, 4)."
        ),
        detail,
    )
