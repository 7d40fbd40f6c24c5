"""OpenRaster files (baseline specification 0.0.5), which GIMP, Krita and MyPaint open."""

import io
import zipfile
from collections.abc import Sequence
from typing import IO, Final
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core.artwork import Artwork
from colorstudio.core.colour_management import srgb_profile
from colorstudio.core.encoding import encode
from colorstudio.core.layer_files import Blend, Sheet

_OPERATORS: Final = {
    Blend.NORMAL: "svg:src-over",
    Blend.MULTIPLY: "svg:multiply",
    Blend.COLOR: "svg:color",
}
_THUMBNAIL_SIDE: Final = 256  # the specification's largest


def write_openraster(file: IO[bytes], sheets: Sequence[Sheet], merged: Artwork) -> None:
    """Write sheets, the lowest first, and what they look like together."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        # First and not compressed: so the kind of file is told without a ZIP reader.
        archive.writestr("mimetype", "image/openraster")
        sources = [f"data/layer{number}.png" for number in range(len(sheets))]
        archive.writestr("stack.xml", _stack(sheets, sources, merged), zipfile.ZIP_DEFLATED)
        profile = merged.profile or srgb_profile()
        for source, sheet in zip(sources, sheets, strict=True):
            layer = Artwork(_rgb(sheet.pixels), _alpha(sheet.pixels, sheet.alpha), dpi=merged.dpi)
            _put(archive, source, layer, profile)
        full = Artwork(_rgb(merged.pixels), _alpha(merged.pixels, merged.alpha), dpi=merged.dpi)
        _put(archive, "mergedimage.png", full, profile)
        archive.writestr("Thumbnails/thumbnail.png", _thumbnail(full))


def _put(archive: zipfile.ZipFile, name: str, picture: Artwork, profile: bytes) -> None:
    with archive.open(name, "w") as entry:
        encode(picture, "PNG", entry, None, profile=profile)


def _rgb(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.broadcast_to(pixels[..., None], (*pixels.shape, 3)) if pixels.ndim == 2 else pixels


def _alpha(pixels: NDArray[np.uint8], alpha: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """The specification wants an alpha channel in every picture."""
    return np.full(pixels.shape[:2], 255, np.uint8) if alpha is None else alpha


def _stack(sheets: Sequence[Sheet], sources: Sequence[str], merged: Artwork) -> bytes:
    size = {"w": str(merged.width), "h": str(merged.height)}
    if merged.dpi:
        size |= {"xres": str(round(merged.dpi[0])), "yres": str(round(merged.dpi[1]))}
    image = ElementTree.Element("image", {"version": "0.0.5", **size})
    stack = ElementTree.SubElement(image, "stack")
    for sheet, source in reversed(list(zip(sheets, sources, strict=True))):  # the topmost first
        ElementTree.SubElement(
            stack,
            "layer",
            {
                "name": sheet.name,
                "src": source,
                "x": "0",
                "y": "0",
                "opacity": "1.0",
                "visibility": "visible" if sheet.visible else "hidden",
                "composite-op": _OPERATORS[sheet.blend],
            },
        )
    return bytes(ElementTree.tostring(image, encoding="UTF-8", xml_declaration=True))


def _thumbnail(merged: Artwork) -> bytes:
    step = max(1, max(merged.width, merged.height) // (4 * _THUMBNAIL_SIDE))
    assert merged.alpha is not None
    small = Image.fromarray(np.dstack([merged.pixels, merged.alpha])[::step, ::step])
    small.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE), Image.Resampling.BOX)
    memory = io.BytesIO()
    small.save(memory, "PNG")
    return memory.getvalue()
