"""Small real picture files for the tests, some of them as odd as what artists have on disk."""

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from colorstudio.core.artwork import Artwork
from colorstudio.core.reading import read_artwork

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "odd"
ODD_FOLDER = Path(os.environ.get("COLORSTUDIO_ODD_PICTURES") or _BESIDE)
"""A folder of hostile pictures with a MANIFEST.csv; it may lie beside the repository."""


def ramp(height: int = 40, width: int = 60) -> NDArray[np.uint8]:
    """A grey picture (H, W) whose corners all differ, so that every turn of it is another."""
    across = np.linspace(0, 120, width)[None]
    down = np.linspace(0, 90, height)[:, None]
    return np.rint(across + down + 20).astype(np.uint8)


def painting(height: int = 40, width: int = 60) -> NDArray[np.uint8]:
    """A colourful RGB picture (H, W, 3) without fine detail."""
    grey = ramp(height, width)
    return np.stack([grey, grey[::-1], 255 - grey], axis=-1)


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    """Save a Pillow picture and give its path."""
    image.save(path, **options)
    return path


def encoded(image: Image.Image, format_name: str, **options: object) -> bytes:
    """Give the bytes of a picture file."""
    memory = io.BytesIO()
    image.save(memory, format_name, **options)
    return memory.getvalue()


def read_bytes(folder: Path, data: bytes, name: str = "picture") -> Artwork:
    """Put bytes into a file and read that as an artwork."""
    path = folder / name
    path.write_bytes(data)
    return read_artwork(path)


def png(
    width: int, height: int, depth: int, colour_type: int, rows: bytes, *extra: tuple[bytes, bytes]
) -> bytes:
    """Build a PNG by hand: `rows` are raw scan lines without filter bytes, `extra` chunks."""
    size = max(1, len(rows) // height)
    lines = b"".join(b"\0" + rows[top : top + size] for top in range(0, len(rows), size))
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0)
    chunks = [(b"IHDR", header), *extra, (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds almost nothing."""
    return png(width, height, 8, 0, bytes(10))


def swapped_primaries() -> bytes:
    """An RGB profile whose red is sRGB's blue and the reverse, though it calls itself sRGB."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    places = {bytes(profile[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


def grey_profile(gamma: float) -> bytes:
    """A minimal ICC v2 grey profile with a pure power curve (ICC.1:2001-04, 6.3.1.1)."""
    white = b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061)
    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(gamma * 256), 0)
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"grey\0" + bytes(67 + 3 + 8)
    parts = [(b"wtpt", white), (b"kTRC", curve), (b"desc", text), (b"cprt", b"text\0\0\0\0-\0\0\0")]
    table, body, place = b"", b"", 132 + 12 * len(parts)
    for name, data in parts:
        data += bytes(-len(data) % 4)
        table += name + struct.pack(">II", place + len(body), len(data))
        body += data
    size = place + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"GRAY", b"XYZ ")
    head += struct.pack(">6H4s", 2020, 1, 1, 0, 0, 0, b"acsp")
    head += bytes(68 - len(head)) + struct.pack(">iii", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + struct.pack(">I", len(parts)) + table + body
