"""Photoshop files (Adobe Photoshop File Formats Specification 2019), put together by psd-tools.

Its building blocks are used rather than its document class, which would blend the layers anew
for the merged picture; we have that picture already, to the last bit.
"""

from collections.abc import Iterable, Iterator
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray
from psd_tools.constants import BlendMode, ChannelID, ColorMode, Compression, Resource, Tag
from psd_tools.psd import PSD
from psd_tools.psd.header import FileHeader
from psd_tools.psd.image_data import ImageData
from psd_tools.psd.image_resources import ImageResource, ImageResources, ResoulutionInfo
from psd_tools.psd.layer_and_mask import (
    ChannelData,
    ChannelDataList,
    ChannelImageData,
    ChannelInfo,
    GlobalLayerMaskInfo,
    LayerAndMaskInformation,
    LayerInfo,
    LayerRecord,
    LayerRecords,
)
from psd_tools.psd.tagged_blocks import TaggedBlocks

from colorstudio.core.artwork import Artwork
from colorstudio.core.colour_management import srgb_profile
from colorstudio.core.encoding import flattened
from colorstudio.core.failures import ColorStudioError, FailureKind, worded
from colorstudio.core.layer_files import Blend, Sheet

_BLEND_MODES: Final = {
    Blend.NORMAL: BlendMode.NORMAL,
    Blend.MULTIPLY: BlendMode.MULTIPLY,
    Blend.COLOR: BlendMode.COLOR,
}
_PSD, _PSB = 1, 2  # versions of the format; PSB is the one for large documents
_LONGEST_SIDE: Final = {_PSD: 30_000, _PSB: 300_000}
_COLORS: Final = (ChannelID.CHANNEL_0, ChannelID.CHANNEL_1, ChannelID.CHANNEL_2)
_PER_INCH, _INCHES = 1, 1  # units of the resolution resource
_WHOLE: Final = 1 << 16  # its numbers are 16.16 fixed point


def write_psd(
    file: IO[bytes], sheets: Iterable[Sheet], merged: Artwork, *, large: bool = False
) -> None:
    """Write sheets, the lowest first, and what they look like together.

    The document is RGB, 8 bits, and says which colour space it is in. large: as PSB. Raises
    ColorStudioError for a picture that is too large for the format.
    """
    version = _PSB if large else _PSD
    longest = _LONGEST_SIDE[version]
    if max(merged.width, merged.height) > longest:
        raise ColorStudioError(
            FailureKind.TOO_LARGE,
            worded(
                "PSD holds at most {longest:,} pixels a side; this picture has {width:,} x "
                "{height:,}. Choose ORA, PNG or TIFF.",
                longest=longest,
                width=merged.width,
                height=merged.height,
            ),
        )
    header = FileHeader(
        version=version,
        width=merged.width,
        height=merged.height,
        channels=3 if merged.alpha is None else 4,
        depth=8,
        color_mode=ColorMode.RGB,
    )
    preview = ImageData(compression=Compression.RLE)
    preview.set_data([*_planes(_on_white(merged)), *_opacity(merged.alpha)], header)
    PSD(
        header=header,
        image_resources=_resources(merged),
        layer_and_mask_information=_layers(sheets, version, transparent=merged.alpha is not None),
        image_data=preview,
    ).write(file)


def _layers(sheets: Iterable[Sheet], version: int, *, transparent: bool) -> LayerAndMaskInformation:
    records, channels = LayerRecords(), ChannelImageData()
    for sheet in sheets:
        record, data = _layer(sheet, version)
        records.append(record)
        channels.append(data)
    # A count below zero says that the merged picture's fourth channel is its transparency.
    count = -len(records) if transparent else len(records)
    return LayerAndMaskInformation(
        LayerInfo(layer_count=count, layer_records=records, channel_image_data=channels),
        GlobalLayerMaskInfo(),
        TaggedBlocks(),
    )


def _layer(sheet: Sheet, version: int) -> tuple[LayerRecord, ChannelDataList]:
    height, width = sheet.pixels.shape[:2]
    record = LayerRecord(
        top=0,
        left=0,
        bottom=height,
        right=width,
        channel_info=[],
        blend_mode=_BLEND_MODES[sheet.blend],
    )
    record.name = sheet.name
    record.tagged_blocks.set_data(Tag.UNICODE_LAYER_NAME, sheet.name)
    record.flags.visible = sheet.visible
    alpha = np.full((height, width), 255, np.uint8) if sheet.alpha is None else sheet.alpha
    data = ChannelDataList()
    planes = zip(
        (ChannelID.TRANSPARENCY_MASK, *_COLORS), _and_then(alpha, sheet.pixels), strict=True
    )
    for channel, plane in planes:
        packed = ChannelData(Compression.RLE)
        packed.set_data(plane, width, height, 8, version)
        record.channel_info.append(ChannelInfo(channel, len(packed.data) + 2))
        data.append(packed)
    return record, data


def _and_then(alpha: NDArray[np.uint8], pixels: NDArray[np.uint8]) -> Iterator[bytes]:
    yield alpha.tobytes()
    yield from _planes(pixels)


def _planes(pixels: NDArray[np.uint8]) -> Iterator[bytes]:
    """Red, green and blue of pixels, (H, W) or (H, W, 3), one after the other."""
    for number in range(3):
        yield (pixels if pixels.ndim == 2 else pixels[..., number]).tobytes()


def _on_white(merged: Artwork) -> NDArray[np.uint8]:
    """The merged picture's colours are laid on white in the file; readers undo it by its alpha."""
    return merged.pixels if merged.alpha is None else flattened(merged.pixels, merged.alpha)


def _opacity(alpha: NDArray[np.uint8] | None) -> Iterator[bytes]:
    if alpha is not None:
        yield alpha.tobytes()


def _resources(merged: Artwork) -> ImageResources:
    resources = ImageResources.new()
    profile = Resource.ICC_PROFILE
    resources[profile] = ImageResource(key=profile, data=merged.profile or srgb_profile())
    if merged.dpi:
        across, down = (round(value * _WHOLE) for value in merged.dpi)
        resolution = Resource.RESOLUTION_INFO
        info = ResoulutionInfo(across, _PER_INCH, _INCHES, down, _PER_INCH, _INCHES)
        resources[resolution] = ImageResource(key=resolution, data=info.tobytes())
    return resources
