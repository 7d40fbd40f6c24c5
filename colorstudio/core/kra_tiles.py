"""The pixels of one layer in a Krita file: tiles of 64 × 64, most of them packed with LZF.

What a tile's bytes mean was seen in files of Krita 5: one byte says whether the tile is packed; a
packed one holds all first bytes of its pixels, then all second ones …, an unpacked one holds pixel
after pixel. Channels lie as blue, green, red, alpha or grey, alpha; 16 bits are little-endian.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

PIXEL_BYTES: Final = {"RGBA": 4, "RGBA16": 8, "GRAYA": 2, "GRAYA16": 4}
"""Bytes of a pixel in the colour spaces that are read, by Krita's name for them."""

_TILE: Final = 64
_LONGEST_LINE: Final = 64  # of the text before each tile


class TileError(ValueError):
    """The layer's data are cut off, contradict themselves, or are of another version."""


def read_tiles(
    data: bytes, space: str, default: bytes, size: tuple[int, int], place: tuple[int, int]
) -> NDArray[np.uint8]:
    """One layer on a canvas of size (width, height): straight RGBA (height, width, 4).

    space: a key of PIXEL_BYTES; default: the pixel where no tile lies; place: the (x, y) of the
    layer's origin on the canvas. Tiles beside the canvas are not unpacked. Raises TileError.
    """
    width, height = size
    pixel = PIXEL_BYTES[space]
    if len(default) != pixel:
        raise TileError(f"a default pixel of {len(default)} bytes")
    canvas = np.empty((height, width, 4), np.uint8)
    canvas[:] = _rgba(np.frombuffer(default, np.uint8)[None], space)
    tile_bytes = _TILE * _TILE * pixel
    # No layer needs more, so the work ends however many tiles are claimed.
    left_over = (width // _TILE + 2) * (height // _TILE + 2)
    count, position = _header(data, pixel)
    for _ in range(count):
        line, position = _line(data, position)
        x, y, length = _tile_line(line, tile_bytes)
        packed = data[position : position + length]
        position += length
        if len(packed) < length:
            raise TileError("cut off within a tile")
        x, y = x + place[0], y + place[1]
        if not (-_TILE < x < width and -_TILE < y < height):
            continue
        left_over -= 1
        if left_over < 0:
            raise TileError("more tiles than the canvas has room for")
        tile = _rgba(_unpacked(packed, pixel), space).reshape(_TILE, _TILE, 4)
        rows, columns = slice(max(y, 0), y + _TILE), slice(max(x, 0), x + _TILE)
        shown = canvas[rows, columns]
        top, left = max(-y, 0), max(-x, 0)
        shown[:] = tile[top : top + shown.shape[0], left : left + shown.shape[1]]
    return canvas


def _header(data: bytes, pixel: int) -> tuple[int, int]:
    """How many tiles follow, and where."""
    position = 0
    for known in ("VERSION 2", f"TILEWIDTH {_TILE}", f"TILEHEIGHT {_TILE}", f"PIXELSIZE {pixel}"):
        line, position = _line(data, position)
        if line != known.encode():
            raise TileError(f"{known} was expected")
    line, position = _line(data, position)
    word, _, number = line.partition(b" ")
    if word != b"DATA" or not number.isdigit():
        raise TileError("no number of tiles")
    return int(number), position


def _line(data: bytes, position: int) -> tuple[bytes, int]:
    end = data.find(b"\n", position, position + _LONGEST_LINE)
    if end < 0:
        raise TileError("cut off, or a line that is too long")
    return data[position:end], end + 1


def _tile_line(line: bytes, tile_bytes: int) -> tuple[int, int, int]:
    """Left, top and length of a tile, from "left,top,LZF,length"."""
    parts = line.split(b",")
    if len(parts) != 4 or parts[2] != b"LZF":
        raise TileError("a tile of another kind")
    try:
        left, top, length = int(parts[0]), int(parts[1]), int(parts[3])
    except ValueError as error:
        raise TileError("a tile without its place") from error
    if not 1 <= length <= 1 + tile_bytes:
        raise TileError(f"a tile of {length} bytes")
    return left, top, length


def _unpacked(packed: bytes, pixel: int) -> NDArray[np.uint8]:
    """The bytes of a tile's pixels: (4096, pixel)."""
    size = _TILE * _TILE * pixel
    if packed[0] == 1:
        planes = np.frombuffer(unpack_lzf(packed[1:], size), np.uint8)
        return planes.reshape(pixel, -1).T
    if packed[0] != 0 or len(packed) != 1 + size:
        raise TileError("an unpacked tile of the wrong length")
    return np.frombuffer(packed, np.uint8, offset=1).reshape(-1, pixel)


def _rgba(pixels: NDArray[np.uint8], space: str) -> NDArray[np.uint8]:
    """Pixels (n, bytes) of a colour space as straight 8-bit RGBA (n, 4)."""
    if space.endswith("16"):
        wide = np.ascontiguousarray(pixels).view("<u2").astype(np.uint32)
        pixels = ((wide + 128) // 257).astype(np.uint8)
    return pixels[:, [2, 1, 0, 3] if space.startswith("RGBA") else [0, 0, 0, 1]]


def unpack_lzf(packed: bytes, size: int) -> bytes:
    """Unpack LZF (as in Marc Lehmann's LibLZF) into exactly `size` bytes. Raises TileError.

    A control byte under 32 is followed by one byte more than it says; another one is the length
    (3 bits; 7: plus the next byte) and the distance back (13 bits) of what is repeated.
    """
    out = bytearray()
    position, end = 0, len(packed)
    while position < end and len(out) <= size:
        control = packed[position]
        position += 1
        if control < 32:
            out += packed[position : position + control + 1]
            position += control + 1
            continue
        length = (control >> 5) + 2
        more = 1 if length == 9 else 0
        if position + more >= end:
            raise TileError("packed data are cut off")
        if more:
            length += packed[position]
        start = len(out) - 1 - ((control & 31) << 8 | packed[position + more])
        position += 1 + more
        if start < 0:
            raise TileError("packed data point before their start")
        chunk = out[start : start + length]
        if len(chunk) < length:  # it repeats what it has just written
            chunk = (chunk * (length // len(chunk) + 1))[:length]
        out += chunk
    if len(out) != size or position > end:
        raise TileError("packed data of the wrong length")
    return bytes(out)
