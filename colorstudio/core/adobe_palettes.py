"""Adobe's three kinds of palette files, big-endian all of them.

Adobe Photoshop File Formats Specification (2019) for .aco and .act; .ase has no published
specification, its blocks are as Adobe's programs write them. The readers raise ValueError or
struct.error for what is broken.
"""

import colorsys
import math
import struct
from typing import Final

import numpy as np

from colorstudio.core.oklab import stored_of_light

Named = list[tuple[tuple[int, int, int], str]]

_ASE_COLOR = 0x0001
_ASE_PARTS: Final = {b"RGB ": 3, b"CMYK": 4, b"Gray": 1, b"LAB ": 3}
_RGB, _HSB, _CMYK, _LAB, _GREY = 0, 1, 2, 7, 8  # colour spaces of .aco

# CIE Lab is relative to D50; sRGB's matrix for D50 (Bradford-adapted, as in sRGB's ICC profiles).
_D50 = np.array([0.96422, 1.0, 0.82521])
_LIGHT_FROM_XYZ = np.array(
    [
        [3.1338561, -1.6168667, -0.4906146],
        [-0.9787684, 1.9161415, 0.0334540],
        [0.0719453, -0.2289914, 1.4052427],
    ]
)


def swatch_exchange(data: bytes) -> Named:
    """Adobe Swatch Exchange (.ase): blocks, of which the colours are read, groups are not."""
    if data[:4] != b"ASEF":
        raise ValueError("no ASEF at the start")
    (blocks,) = struct.unpack_from(">I", data, 8)
    named, place = Named(), 12
    for _ in range(blocks):
        kind, length = struct.unpack_from(">HI", data, place)
        block = data[place + 6 : place + 6 + length]
        if len(block) < length:
            raise ValueError("ends within a block")
        if kind == _ASE_COLOR:
            named.append(_ase_color(block))
        place += 6 + length
    return named


def _ase_color(block: bytes) -> tuple[tuple[int, int, int], str]:
    (letters,) = struct.unpack_from(">H", block)
    name = block[2 : 2 + 2 * letters].decode("utf-16-be", errors="replace").rstrip("\0")
    space = block[2 + 2 * letters : 6 + 2 * letters]
    if space not in _ASE_PARTS:
        raise ValueError(f"colour space {space!r}")
    parts = struct.unpack_from(f">{_ASE_PARTS[space]}f", block, 6 + 2 * letters)
    if space == b"RGB ":
        return _bytes(*parts), name
    if space == b"CMYK":
        return _from_cmyk(*parts), name
    if space == b"Gray":
        return _bytes(*parts * 3), name
    lightness, a, b = parts
    return _from_lab(100 * lightness, a, b), name


def swatches(data: bytes) -> Named:
    """Photoshop swatches (.aco): version 1, and version 2 behind it, which has the names too."""
    version, count = struct.unpack_from(">HH", data)
    if version == 1:
        behind = data[4 + 10 * count :]
        if len(behind) >= 4 and struct.unpack_from(">H", behind)[0] == 2:
            return swatches(behind)
    if version not in (1, 2):
        raise ValueError(f"version {version}")
    named, place = Named(), 4
    for _ in range(count):
        space, *parts = struct.unpack_from(">5H", data, place)
        place += 10
        name = ""
        if version == 2:
            (letters,) = struct.unpack_from(">I", data, place)
            raw = data[place + 4 : place + 4 + 2 * letters]
            if len(raw) < 2 * letters:
                raise ValueError("ends within a name")
            name = raw.decode("utf-16-be", errors="replace").rstrip("\0")
            place += 4 + 2 * letters
        named.append((_aco_color(space, parts), name))
    return named


def _aco_color(space: int, parts: list[int]) -> tuple[int, int, int]:
    shares = [part / 65535 for part in parts]
    if space == _RGB:
        return _bytes(*shares[:3])
    if space == _HSB:
        return _bytes(*colorsys.hsv_to_rgb(*shares[:3]))
    if space == _CMYK:
        return _from_cmyk(*(1 - share for share in shares))  # 0 is all ink there
    if space == _LAB:
        a, b = (part - 65536 if part > 32767 else part for part in parts[1:3])
        return _from_lab(parts[0] / 100, a / 100, b / 100)
    if space == _GREY:
        grey = 1 - parts[0] / 10_000  # 0 white … 10000 black
        return _bytes(grey, grey, grey)
    raise ValueError(f"colour space {space}")


def color_table(data: bytes) -> Named:
    """Photoshop colour table (.act): 256 colours, and sometimes how many of them are meant."""
    if len(data) not in (768, 772):
        raise ValueError(f"{len(data)} bytes instead of 768 or 772")
    count = struct.unpack_from(">H", data, 768)[0] if len(data) == 772 else 256
    triples = [data[3 * number : 3 * number + 3] for number in range(min(count, 256))]
    return [((triple[0], triple[1], triple[2]), "") for triple in triples]


def _bytes(*shares: float) -> tuple[int, int, int]:
    if not all(math.isfinite(share) for share in shares):
        raise ValueError("a colour is no number")
    red, green, blue = (round(255 * min(max(share, 0.0), 1.0)) for share in shares)
    return red, green, blue


def _from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> tuple[int, int, int]:
    """Without the press's profile this is only near to what it prints."""
    return _bytes(*((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)))


def _from_lab(lightness: float, a: float, b: float) -> tuple[int, int, int]:
    """CIE 1976 L*a*b*: L 0..100, a and b about ±128."""
    middle = (lightness + 16) / 116
    roots = np.array([middle + a / 500, middle, middle - b / 200])
    steep = roots > 6 / 29
    xyz = _D50 * np.where(steep, roots**3, 3 * (6 / 29) ** 2 * (roots - 4 / 29))
    light = np.clip(_LIGHT_FROM_XYZ @ xyz, 0, 1)
    return _bytes(*stored_of_light(light).tolist())
