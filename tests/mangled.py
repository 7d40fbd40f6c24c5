"""Small files of every kind that is read, and ways to spoil them that get past the first look."""

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
from files_support import ODD_FOLDER, encoded, painting, ramp
from PIL import Image

from colorstudio.core.artwork import Artwork
from colorstudio.core.layer_files import write_layers
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode

_TELLING = (0, 1, 0x7F, 0x80, 0xFF)
_NUMBERS = (0, 1, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_LONGEST = 40_000  # bytes of a file of the odd folder that is worth spoiling


def whole_files(folder: Path) -> dict[str, bytes]:
    """Good files of all kinds, by a name with their suffix; with the odd folder where it is."""
    files = {**_pictures(), **_documents(folder), **_books()}
    if ODD_FOLDER.is_dir():
        for path in sorted(ODD_FOLDER.iterdir()):
            if path.suffix.lower() not in (".csv", ".md") and 0 < path.stat().st_size < _LONGEST:
                files[f"odd {path.name}"] = path.read_bytes()
    return files


def _pictures() -> dict[str, bytes]:
    colours, greys = Image.fromarray(painting()), Image.fromarray(ramp())
    exif = Image.Exif()
    exif[0x0112] = 6
    files = {
        "rgb.png": encoded(colours, "PNG", dpi=(300, 300)),
        "palette.png": encoded(colours.quantize(16), "PNG", transparency=3),
        "deep.png": encoded(Image.fromarray(ramp().astype(np.uint16) * 257), "PNG"),
        "turned.jpg": encoded(colours, "JPEG", exif=exif, dpi=(300, 300)),
        "stepwise.jpg": encoded(greys, "JPEG", progressive=True),
        "cmyk.jpg": encoded(colours.convert("CMYK"), "JPEG"),
        "lossy.webp": encoded(colours, "WEBP", exif=exif),
        "lossless.webp": encoded(greys, "WEBP", lossless=True),
        "plain.bmp": encoded(colours, "BMP"),
        "palette.bmp": encoded(colours.quantize(16), "BMP"),
        "frames.gif": encoded(greys, "GIF", save_all=True, append_images=[greys.rotate(90)] * 3),
        "frames.webp": encoded(greys, "WEBP", save_all=True, append_images=[greys.rotate(90)]),
        "floats.tif": encoded(Image.fromarray(ramp().astype(np.float32)), "TIFF"),
    }
    for compression in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        files[f"{compression}.tif"] = encoded(colours, "TIFF", compression=compression)
    files["fax.tif"] = encoded(greys.convert("1"), "TIFF", compression="group4")
    return files


def _documents(folder: Path) -> dict[str, bytes]:
    layers = Layers(
        Mode.LINEART,
        Ink.BLACK_ON_WHITE,
        merged=Artwork(painting()),
        lines=ramp(),
        lines_alpha=None,
        color=painting(),
        flats=painting(),
    )
    files = {}
    for name in ("layers.psd", "layers.ora"):
        write_layers(folder / name, layers)
        files[name] = (folder / name).read_bytes()
    return files


def _books() -> dict[str, bytes]:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page 1.png", encoded(Image.fromarray(ramp()), "PNG"))
        archive.writestr("page 2.jpg", encoded(Image.fromarray(ramp()), "JPEG"))
    return {"book.cbz": memory.getvalue(), "book.pdf": encoded(Image.fromarray(ramp()), "PDF")}


def mangled(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The file with one to six things wrong; checksums of a PNG often fit again afterwards."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if spoilt:
            chance.choice(_WAYS)(spoilt, chance, others)
    if spoilt.startswith(b"\x89PNG") and chance.random() < 0.8:
        _mend_checksums(spoilt)
    return bytes(spoilt)


def _set_bytes(data: bytearray, chance: random.Random, _others: list[bytes]) -> None:
    for _ in range(chance.choice((1, 2, 8))):
        data[_place(data, chance)] = chance.choice((*_TELLING, chance.randrange(256)))


def _set_number(data: bytearray, chance: random.Random, _others: list[bytes]) -> None:
    layout = chance.choice("<>") + chance.choice("HIq")
    size = struct.calcsize(layout)
    if len(data) > size:
        place = min(_place(data, chance), len(data) - size)
        most = 1 << (8 * size - (layout[1] == "q"))
        struct.pack_into(layout, data, place, chance.choice(_NUMBERS) % most)


def _cut(data: bytearray, chance: random.Random, _others: list[bytes]) -> None:
    del data[_place(data, chance) :]


def _leave_out(data: bytearray, chance: random.Random, _others: list[bytes]) -> None:
    place = _place(data, chance)
    del data[place : place + chance.choice((1, 4, 12, 200))]


def _say_twice(data: bytearray, chance: random.Random, _others: list[bytes]) -> None:
    place = _place(data, chance)
    piece = data[place : place + chance.choice((1, 4, 12, 200))]
    data[place:place] = piece * chance.choice((1, 1, 50))


def _put_in(data: bytearray, chance: random.Random, others: list[bytes]) -> None:
    other = chance.choice(others)
    start = chance.randrange(len(other))
    place = _place(data, chance)
    data[place : place + 64] = other[start : start + chance.choice((16, 64, 1000))]


_WAYS = (_set_bytes, _set_bytes, _set_number, _set_number, _cut, _leave_out, _say_twice, _put_in)


def _place(data: bytearray, chance: random.Random) -> int:
    """Headers and ends hold what matters: half of the spoiling happens there."""
    edge = min(len(data), 256)
    where = chance.random()
    if where < 0.4:
        return chance.randrange(edge)
    return chance.randrange(len(data) - edge, len(data)) if where < 0.5 else _any(data, chance)


def _any(data: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(data))


def _mend_checksums(png: bytearray) -> None:
    place = 8
    while place + 12 <= len(png):
        (length,) = struct.unpack_from(">I", png, place)
        end = place + 8 + length
        if end + 4 > len(png):
            return
        struct.pack_into(">I", png, end, zlib.crc32(png[place + 4 : end]))
        place = end + 4
