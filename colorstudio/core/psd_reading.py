"""Photoshop files read as pictures: 8, 16 and 32 bits, grey, RGB, CMYK and indexed; PSD and PSB.

psd-tools takes the file apart; the merged picture's planes become a Pillow picture, so that
colour profiles and transparency are treated as everywhere else.
"""

from collections.abc import Iterator
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from psd_tools import ParseLimits, PSDImage
from psd_tools.constants import BlendMode, ColorMode, Resource
from psd_tools.psd import PSD
from psd_tools.psd.color_mode_data import ColorModeData
from psd_tools.psd.header import FileHeader
from psd_tools.psd.image_data import ImageData
from psd_tools.psd.image_resources import ImageResources

from colorstudio.core.artwork import bands
from colorstudio.core.decoding import MAX_FILE_BYTES, Decoded, check_pixels
from colorstudio.core.failures import ColorStudioError, FailureKind, worded
from colorstudio.core.stacking import (
    MOST_DEPTH,
    Layer,
    is_clear,
    names_lines,
    stacked,
    too_many_layer_pixels,
)
from colorstudio.core.zipped_documents import PUT_TOGETHER, lines_taken

_LIMITS: Final = ParseLimits(
    max_read_bytes=MAX_FILE_BYTES, max_total_bytes=2 * MAX_FILE_BYTES, max_objects=200_000
)
_MOST_LAYERS: Final = 2_000
_PLANES: Final = {
    ColorMode.BITMAP: 1,
    ColorMode.GRAYSCALE: 1,
    ColorMode.DUOTONE: 1,
    ColorMode.INDEXED: 1,
    ColorMode.RGB: 3,
    ColorMode.CMYK: 4,
    ColorMode.LAB: 3,
}
_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
_MULTIPLY: Final = BlendMode.MULTIPLY


def psd_size(file: IO[bytes]) -> tuple[int, int]:
    """(width, height) from the header. Raises ColorStudioError."""
    header = FileHeader.read(file)
    check_pixels(header.width, header.height)
    return header.width, header.height


def load_psd(file: IO[bytes], *, merged_only: bool) -> Decoded:
    """Decode the line layer if there is one and it is wanted, else the merged picture.

    Raises ColorStudioError, and whatever psd-tools raises on damaged files.
    """
    psd_size(file)
    file.seek(0)
    if merged_only:
        header, palette, resources, data = _without_layers(file)
        return _labelled(_merged(header, palette, data, transparent=header.channels > 3), resources)
    psd = PSD.read(file, parse_limits=_LIMITS)
    layers = _flattened_tree(PSDImage(psd))
    lines = [layer for layer, named, _ in layers if named]
    if lines:
        seen = [layer for layer, named, shown in layers if named and shown] or lines
        name = next(named for _, named, _ in layers if named)
        image = stacked(_pixels_of(seen), (psd.header.width, psd.header.height))
        if not is_clear(image):
            return _labelled(image, psd.image_resources, lines_taken(name))
    if layers and not _holds_merged(psd.image_resources):
        shown_layers = [layer for layer, _, shown in layers if shown]
        image = stacked(_pixels_of(shown_layers), (psd.header.width, psd.header.height))
        return _labelled(image, psd.image_resources, PUT_TOGETHER)
    info = psd.layer_and_mask_information.layer_info
    transparent = info is not None and info.layer_count < 0
    image = _merged(psd.header, psd.color_mode_data, psd.image_data, transparent=transparent)
    return _labelled(image, psd.image_resources)


def _without_layers(
    file: IO[bytes],
) -> tuple[FileHeader, ColorModeData, ImageResources, ImageData]:
    """The parts of the file that the merged picture needs."""
    header = FileHeader.read(file)
    palette = ColorModeData.read(file)
    resources = ImageResources.read(file)
    width = 8 if header.version == 2 else 4
    file.seek(int.from_bytes(file.read(width), "big"), 1)
    return header, palette, resources, ImageData.read(file)


def _labelled(image: Image.Image, resources: ImageResources, *warnings: str) -> Decoded:
    """Give the picture its resolution and profile, and say how it came about."""
    image.format = "PSD"
    try:
        info = resources.get_data(Resource.RESOLUTION_INFO)
        if info is not None:  # 16.16 fixed point, per inch whatever unit is shown
            image.info["dpi"] = (info.horizontal / 65536, info.vertical / 65536)
    except Exception:  # metadata is no reason to refuse a picture
        image.info.pop("dpi", None)
    profile = resources.get_data(Resource.ICC_PROFILE)
    # Layers come converted from psd-tools; only the merged picture is as it was stored.
    if profile and not warnings:
        image.info["icc_profile"] = bytes(profile)
    return Decoded(image, "", warnings)


def _holds_merged(resources: ImageResources) -> bool:
    info = resources.get_data(Resource.VERSION_INFO)
    return info is None or bool(info.has_composite)


# The merged picture -------------------------------------------------------------------------------


def _merged(
    header: FileHeader, palette: ColorModeData, data: ImageData, *, transparent: bool
) -> Image.Image:
    colors = _PLANES.get(header.color_mode)
    if colors is None or header.channels < colors:
        raise ColorStudioError(
            FailureKind.NOT_A_PICTURE,
            worded(
                "The file is in a colour mode that can't be read (multichannel). Change it to "
                "RGB, CMYK or greyscale in your paint program."
            ),
            f"{header.color_mode.name}, {header.channels} channels",
        )
    pixels = header.width * header.height
    most = max(1, header.depth // 8) * header.channels * pixels
    stored = data.get_data(header, max_output_bytes=most)
    assert isinstance(stored, list), "one after the other, as asked"
    planes = [_plane(plane, header) for plane in stored[: colors + 1]]
    size = header.width, header.height
    alpha = planes[colors] if transparent and len(planes) > colors and colors != 4 else None
    if header.color_mode is ColorMode.INDEXED:
        image = Image.frombytes("P", size, planes[0].tobytes())
        image.putpalette(bytes(np.frombuffer(palette.value[:768], np.uint8).reshape(3, -1).T))
        return image
    if header.color_mode is ColorMode.CMYK:
        planes = [255 - plane for plane in planes[:4]]  # stored as light, read as ink
    elif alpha is not None:
        planes = [_off_white(plane, alpha) for plane in planes[:colors]]
    parts = [Image.fromarray(plane) for plane in planes[:colors]]
    mode = "LAB" if header.color_mode is ColorMode.LAB else _MODES[colors]
    if mode == "LAB":  # stored around 128, read as signed bytes
        parts[1:] = [Image.fromarray(plane ^ 128) for plane in planes[1:3]]
    image = Image.merge(mode, parts) if colors > 1 else parts[0]
    if alpha is not None and mode in ("L", "RGB"):
        image.putalpha(Image.fromarray(alpha))
    return image


def _plane(data: bytes, header: FileHeader) -> NDArray[np.uint8]:
    """One channel as bytes (H, W), from 1, 8, 16 or 32 bits a value."""
    shape = header.height, header.width
    if header.depth == 1:
        bits = np.unpackbits(np.frombuffer(data, np.uint8).reshape(header.height, -1), axis=1)
        return (1 - bits[:, : header.width]) * np.uint8(255)  # a set bit is ink
    if header.depth == 8:
        return np.frombuffer(data, np.uint8).reshape(shape)
    values = np.frombuffer(data, ">u2" if header.depth == 16 else ">f4").reshape(shape)
    out = np.empty(shape, np.uint8)
    for rows in bands(*shape):
        if header.depth == 16:
            out[rows] = (values[rows].astype(np.uint32) + 128) // 257
        else:  # linear light, as Photoshop keeps 32-bit documents
            light = np.nan_to_num(values[rows]).clip(0, 1) ** (1 / 2.2)
            out[rows] = np.rint(light * 255)
    return out


def _off_white(plane: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Undo the white paper on which a merged picture with transparency is stored."""
    out = np.empty_like(plane)
    for rows in bands(*plane.shape):
        cover = np.maximum(alpha[rows].astype(np.float32), 1)
        straight = (plane[rows] - (255 - cover)) * (255 / cover)
        out[rows] = np.rint(straight.clip(0, 255))
    return out


# Layers -------------------------------------------------------------------------------------------


def _flattened_tree(document: PSDImage) -> list[tuple[Any, str, bool]]:
    """Layers with pixels, the lowest first: each with the name that makes it line art (its own
    or a group's round it, else ""), and whether it is shown."""
    found: list[tuple[Any, str, bool]] = []

    def walk(parent: Any, named: str, shown: bool, depth: int) -> None:
        if depth > MOST_DEPTH or len(found) > _MOST_LAYERS:
            raise too_many_layer_pixels()
        for layer in parent:
            lines = named or (layer.name if names_lines(layer.name) else "")
            visible = shown and layer.visible
            if layer.is_group():
                walk(layer, lines, visible, depth + 1)
            elif layer.has_pixels():
                found.append((layer, lines, visible))

    walk(document, "", True, 0)
    return found


def _pixels_of(layers: list[Any]) -> Iterator[Layer]:
    """Decode layers one by one, their masks applied."""
    for layer in layers:
        check_pixels(layer.width, layer.height)
        image = layer.topil()
        if image is None:
            continue
        rgba = np.array(image.convert("RGBA"))
        if layer.has_mask() and not layer.mask.disabled:
            rgba[..., 3] = _masked(rgba[..., 3], layer)
        multiply = layer.blend_mode is _MULTIPLY
        yield Layer(rgba, layer.left, layer.top, layer.opacity / 255, multiply)


def _masked(alpha: NDArray[np.uint8], layer: Any) -> NDArray[np.uint8]:
    """The alpha (h, w) of a layer under its mask, which may lie elsewhere on the canvas."""
    mask = layer.mask
    cover = np.full(alpha.shape, mask.background_color, np.uint8)
    image = mask.topil()
    if image is not None:
        check_pixels(mask.width, mask.height)
        plane = np.asarray(image.convert("L"))
        top, left = mask.top - layer.top, mask.left - layer.left
        rows = slice(max(0, top), max(0, min(alpha.shape[0], top + plane.shape[0])))
        columns = slice(max(0, left), max(0, min(alpha.shape[1], left + plane.shape[1])))
        cover[rows, columns] = plane[
            rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
        ]
    return ((alpha.astype(np.uint16) * cover + 127) // 255).astype(np.uint8)
