"""Line art out of Krita files: tiles of all sorts, whatever is exotic, and what is broken."""

import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from files_support import encoded, painting
from PIL import Image

from colorstudio.core.kra_tiles import TileError, unpack_lzf
from colorstudio.core.mode import Ink, read_mode
from colorstudio.core.reading import read_artwork, read_size

SIZE = WIDTH, HEIGHT = 150, 100
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<!DOCTYPE DOC PUBLIC '-//KDE//DTD krita 2.0//EN' 'http://www.calligra.org/DTD/krita-2.0.dtd'>"
    '<DOC xmlns="http://www.calligra.org/DTD/krita"><IMAGE name="Page" width="150" height="100" '
    'x-res="300" y-res="300"><layers>{}</layers></IMAGE></DOC>'
)
GROUND = '<layer name="Painting" nodetype="paintlayer" filename="layer9" colorspacename="RGBA"/>'


def layer(name: str = "Lines", space: str = "RGBA", **more: object) -> str:
    words = {"nodetype": "paintlayer", "filename": "layer1", "opacity": 255, "visible": 1} | more
    written = " ".join(f'{word}="{value}"' for word, value in words.items())
    return f'<layer name="{name}" colorspacename="{space}" {written}/>'


def ink(width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """Dark blue lines on transparency: RGBA, with soft borders."""
    out = np.zeros((height, width, 4), np.uint8)
    cv2.circle(out, (70, 50), 30, (20, 30, 90, 255), 3, cv2.LINE_AA)
    out[out[..., 3] > 0, :3] = 20, 30, 90
    return out


def lzf(data: bytes) -> bytes:
    """Pack with runs only: enough to have all three kinds of codes in a page of lines."""
    out, position = bytearray(), 0
    while position < len(data):
        run = len(data) - position - len(data[position:].lstrip(data[position : position + 1]))
        out += bytes([0, data[position]])
        position += 1
        run = min(run - 1, 264)
        if run >= 9:
            out += bytes([0xE0, run - 9, 0])
        elif run >= 3:
            out += bytes([(run - 2) << 5, 0])
        position += run if run >= 3 else 0
    return bytes(out)


def tiles(pixels: np.ndarray, *, packed: bool = True, left: int = 0, top: int = 0) -> bytes:
    """A layer's data: pixels (h, w, bytes of a pixel), whose corner lies at a whole tile."""
    height, width, size = pixels.shape
    parts = []
    for y in range(0, height, 64):
        for x in range(0, width, 64):
            whole = np.zeros((64, 64, size), np.uint8)
            part = pixels[y : y + 64, x : x + 64]
            whole[: part.shape[0], : part.shape[1]] = part
            planes = b"\1" + lzf(np.moveaxis(whole, 2, 0).tobytes())
            data = planes if packed else b"\0" + whole.tobytes()
            parts.append(f"{left + x},{top + y},LZF,{len(data)}\n".encode() + data)
    head = f"VERSION 2\nTILEWIDTH 64\nTILEHEIGHT 64\nPIXELSIZE {size}\nDATA {len(parts)}\n"
    return head.encode() + b"".join(parts)


def kra(
    folder: Path, layers: str, data: bytes = b"", default: bytes = bytes(4), **more: bytes
) -> Path:
    path = folder / "page.kra"
    merged = cv2.resize(painting(), SIZE)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/x-krita")
        archive.writestr("maindoc.xml", layers if "<DOC" in layers else HEAD.format(layers))
        archive.writestr("Page/layers/layer1", data)
        archive.writestr("Page/layers/layer1.defaultpixel", default)
        for name, content in more.items():
            archive.writestr(f"Page/layers/{name}", content)
        archive.writestr("mergedimage.png", encoded(Image.fromarray(merged), "PNG"))
    return path


def is_merged(path: Path) -> tuple[str, ...]:
    """Assert that the merged picture comes, soon, and give the warnings."""
    start = time.monotonic()
    artwork = read_artwork(path)
    assert time.monotonic() - start < 5
    np.testing.assert_array_equal(artwork.pixels, cv2.resize(painting(), SIZE))
    return artwork.warnings


def bgra(rgba: np.ndarray) -> np.ndarray:
    return rgba[..., [2, 1, 0, 3]]


# Line art that is there ---------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False])
def test_a_layer_called_lines_is_taken_to_the_last_bit(tmp_path: Path, packed: bool) -> None:
    path = kra(tmp_path, layer("Line art 2") + GROUND, tiles(bgra(ink()), packed=packed))
    artwork = read_artwork(path)
    np.testing.assert_array_equal(artwork.alpha, ink()[..., 3])
    shown = ink()[..., 3] > 0
    np.testing.assert_array_equal(artwork.pixels[shown], ink()[shown, :3])
    assert artwork.warnings == ("The layer “Line art 2” was taken as the line art.",)
    assert artwork.dpi == (300.0, 300.0) and artwork.format == "KRA"
    assert read_size(path) == SIZE and read_mode(artwork).ink is Ink.BLACK_ON_TRANSPARENCY


def test_a_group_called_ink_is_taken_with_the_layers_in_it_that_are_shown(tmp_path: Path) -> None:
    inside = layer("pen") + layer("draft", visible=0, filename="layer2")
    group = f'<layer name="INK" nodetype="grouplayer"><layers>{inside}</layers></layer>'
    draft = tiles(np.full((HEIGHT, WIDTH, 4), 255, np.uint8))
    artwork = read_artwork(kra(tmp_path, GROUND + group, tiles(bgra(ink())), layer2=draft))
    np.testing.assert_array_equal(artwork.alpha, ink()[..., 3])
    assert "“INK”" in artwork.warnings[0]


@pytest.mark.parametrize("space", ["GRAYA", "GRAYA16", "RGBA16"])
def test_grey_layers_and_those_of_16_bits_keep_their_tones(tmp_path: Path, space: str) -> None:
    pixels = ink()
    grey = "GRAY" in space
    source = pixels[..., [0, 3]] if grey else bgra(pixels)
    if space.endswith("16"):
        source = np.ascontiguousarray(source.astype("<u2") * 257).view(np.uint8)
    default = bytes(source.shape[2])
    artwork = read_artwork(kra(tmp_path, layer(space=space), tiles(source), default))
    np.testing.assert_array_equal(artwork.alpha, pixels[..., 3])
    shown = pixels[..., 3] > 0
    values = artwork.pixels[shown].reshape(shown.sum(), -1)
    assert (values == ([20] if grey else [20, 30, 90])).all()


def test_a_layer_that_was_moved_and_lies_half_beside_the_page(tmp_path: Path) -> None:
    large = ink(320, 256)
    data = tiles(bgra(large), left=-64, top=-128)
    artwork = read_artwork(kra(tmp_path, layer(x=31, y=111), data))
    # The data's corner lies at (-64 + 31, -128 + 111).
    np.testing.assert_array_equal(artwork.alpha, large[17 : 17 + HEIGHT, 33 : 33 + WIDTH, 3])


def test_where_no_tile_lies_the_layer_has_its_default_pixel(tmp_path: Path) -> None:
    data = tiles(np.zeros((64, 64, 4), np.uint8) + np.uint8([0, 0, 0, 255]))
    pixels = read_artwork(kra(tmp_path, layer(), data, bytes([255] * 4))).pixels
    assert pixels[:64, :64].max() == 0 and pixels[:, 64:].min() == 255


def test_codes_that_repeat_are_unpacked() -> None:
    far = bytes(range(256)) * 32
    literal = b"".join(bytes([31]) + far[at : at + 32] for at in range(0, len(far), 32))
    assert unpack_lzf(literal + bytes([0xFF, 0, 0xFF]), len(far) + 9) == far + far[:9]
    assert unpack_lzf(bytes([1, 65, 66, 0x60, 1]), 7) == b"ABABABA"
    assert unpack_lzf(lzf(bytes(5000)), 5000) == bytes(5000)


# The merged picture instead -----------------------------------------------------------------------


def test_without_a_layer_of_that_name_the_merged_picture_comes(tmp_path: Path) -> None:
    assert is_merged(kra(tmp_path, GROUND)) == ()


def test_a_layer_of_that_name_that_was_left_empty_is_not_taken(tmp_path: Path) -> None:
    assert is_merged(kra(tmp_path, layer() + GROUND, tiles(np.zeros((0, 0, 4), np.uint8)))) == ()


@pytest.mark.parametrize(
    "exotic",
    [
        layer(nodetype="shapelayer"),
        layer(space="RGBAF16"),
        layer(channelflags="1110"),
        layer(keyframes="layer1.keyframes.xml"),
        layer(compositeop="erase"),
        layer().replace("/>", '><masks><mask nodetype="transparencymask"/></masks></layer>'),
        layer(filename="layer7"),
        layer(filename="../../layer1"),
        layer(opacity="much"),
        layer() * 201,
    ],
)
def test_of_exotic_layers_the_artist_is_told(tmp_path: Path, exotic: str) -> None:
    (warning,) = is_merged(kra(tmp_path, exotic, tiles(bgra(ink()))))
    assert "“Lines”" in warning and "merged picture was taken" in warning


WHOLE = tiles(bgra(ink()))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        WHOLE[:30],
        WHOLE[:-1],
        WHOLE[: len(WHOLE) // 2],
        WHOLE.replace(b"VERSION 2", b"VERSION 1"),
        WHOLE.replace(b"TILEWIDTH 64", b"TILEWIDTH 99999"),
        WHOLE.replace(b"PIXELSIZE 4", b"PIXELSIZE 1"),
        WHOLE.replace(b"DATA 6", b"DATA -6"),
        WHOLE.replace(b"DATA 6", b"DATA " + b"9" * 50),
        WHOLE.replace(b"0,0,LZF,", b"0,0,LZF,-"),
        WHOLE.replace(b"0,0,LZF,", b"0,0,LZF,9999999"),
        WHOLE.replace(b"0,0,LZF", b"0,0,ZIP"),
        WHOLE.replace(b"0,0,LZF", b"0,O,LZF"),
        WHOLE.replace(b"DATA 6", b"DATA 99") + WHOLE.split(b"DATA 6\n")[1] * 12,
        *(WHOLE.split(b"0,0,LZF")[0].replace(b"DATA 6", b"DATA 1") + tile for tile in [
            b"0,0,LZF,1\n\1", b"0,0,LZF,1\n\0", b"0,0,LZF,4\n\1\x20\0\0", b"0,0,LZF,3\n\1\0A",
            b"0,0,LZF,2\n\7A", b"0,0,LZF,3\n\1\xe0\xff",
            b"0,0,LZF,16385\n\1\0A" + b"\xe0\xff\0" * 5460 + b"AA",
        ]),
    ],
)  # fmt: skip
def test_broken_tiles_end_in_the_merged_picture(tmp_path: Path, data: bytes) -> None:
    assert "merged picture was taken" in is_merged(kra(tmp_path, layer(), data))[0]


@pytest.mark.parametrize(
    "text",
    [
        HEAD[:100] + "<DOC",
        HEAD.format(layer()).replace("<DOC", '<!DOCTYPE x [<!ENTITY a "a">]><DOC'),
        HEAD.format(layer()).replace('width="150"', 'width="99999"'),
        HEAD.format("<layers>" * 900 + "</layers>" * 900),
        HEAD.format('<layer nodetype="grouplayer"><layers>' * 99 + "</layers></layer>" * 99),
        "<DOC><NOTHING/></DOC>",
    ],
)
def test_a_broken_list_of_layers_ends_in_the_merged_picture(tmp_path: Path, text: str) -> None:
    is_merged(kra(tmp_path, text, WHOLE))


def test_a_bomb_among_the_layers_ends_in_the_merged_picture(tmp_path: Path) -> None:
    bomb = WHOLE + bytes(130 << 20)
    assert "merged picture was taken" in is_merged(kra(tmp_path, layer(), bomb))[0]


def test_random_bytes_are_unpacked_or_refused_and_never_more() -> None:
    rng = np.random.default_rng(0)
    refused = 0
    for _ in range(300):
        data = struct.pack("B", 3) + rng.integers(0, 256, 400).astype(np.uint8).tobytes()
        refused += _refuses(lambda data=data: unpack_lzf(data, 500))
    assert refused > 250


def _refuses(call: Callable[[], bytes]) -> bool:
    try:
        return len(call()) != 500
    except TileError:
        return True
