"""Palettes as paint programs write them, and files that only claim to be one."""

import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.palette import PALETTE_SIZE
from colorstudio.core.palette_files import read_palette

RED, TEAL = (208, 64, 48), (0, 128, 128)


def ase(*blocks: bytes) -> bytes:
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def ase_color(name: str, space: bytes, *parts: float) -> bytes:
    letters = (name + "\0").encode("utf-16-be")
    body = struct.pack(">H", len(letters) // 2) + letters + space
    body += struct.pack(f">{len(parts)}fH", *parts, 0)
    return struct.pack(">HI", 1, len(body)) + body


def aco(*rows: tuple[int, ...], names: list[str] | None = None) -> bytes:
    data = struct.pack(">HH", 2 if names else 1, len(rows))
    for number, row in enumerate(rows):
        data += struct.pack(">5H", *row)
        if names:
            letters = (names[number] + "\0").encode("utf-16-be")
            data += struct.pack(">I", len(letters) // 2) + letters
    return data


def read(folder: Path, name: str, data: bytes | str) -> tuple[list[tuple[int, ...]], list[str]]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    palette = read_palette(path)
    assert palette.vector.shape == (PALETTE_SIZE,) and palette.vector[-1] == 1
    return [tuple(color) for color in palette.colors.tolist()], list(palette.names)


def test_gimp_palettes(tmp_path):
    text = (
        "GIMP Palette\nName: Two\nColumns: 2\n#\n208  64  48\tRust\n  0 128 128\n208 64 48 again\n"
    )
    assert read(tmp_path, "two.gpl", text) == ([RED, TEAL], ["Rust", ""])


@pytest.mark.parametrize("name", ["two.hex", "two.TXT"])
def test_hex_lists(tmp_path, name):
    text = "\ufeff; from a site\n#d04030\nFF008080 teal\n\n// end\n"
    assert read(tmp_path, name, text) == ([RED, TEAL], ["", "teal"])


def test_swatch_exchange_in_all_its_colour_spaces(tmp_path):
    group = struct.pack(">HI", 0xC001, 2) + b"\0\0"
    colors, names = read(
        tmp_path,
        "many.ase",
        ase(
            group,
            ase_color("Röt", b"RGB ", 208 / 255, 64 / 255, 48 / 255),
            ase_color("grey", b"Gray", 0.5),
            ase_color("cyan", b"CMYK", 1, 0, 0, 0),
            ase_color("red", b"LAB ", 0.5429, 80.81, 69.89),  # sRGB's red, relative to D50
        ),
    )
    assert colors[:3] == [RED, (128, 128, 128), (0, 255, 255)]
    assert np.abs(np.subtract(colors[3], (255, 0, 0))).max() <= 2
    assert names == ["Röt", "grey", "cyan", "red"]


def test_photoshop_swatches_with_and_without_names(tmp_path):
    rgb = (0, 208 * 257, 64 * 257, 48 * 257, 0)
    teal = (0, 0, 128 * 257, 128 * 257, 0)
    grey, hsb, cmyk = (8, 0, 0, 0, 0), (1, 0, 65535, 65535, 0), (2, 0, 65535, 65535, 65535)
    assert read(tmp_path, "a.aco", aco(rgb, teal)) == ([RED, TEAL], ["", ""])
    both = aco(rgb, teal) + aco(rgb, teal, names=["Rust", "Teal"])
    assert read(tmp_path, "b.aco", both) == ([RED, TEAL], ["Rust", "Teal"])
    colors, _ = read(tmp_path, "c.aco", aco(grey, hsb, cmyk))
    assert colors == [(255, 255, 255), (255, 0, 0), (0, 255, 255)]


def test_colour_tables(tmp_path):
    table = bytes(RED) + bytes(TEAL) + bytes(3 * 254)
    assert read(tmp_path, "a.act", table)[0] == [RED, TEAL, (0, 0, 0)]
    assert read(tmp_path, "b.act", table + struct.pack(">HH", 2, 0xFFFF))[0] == [RED, TEAL]


def test_a_flat_picture_gives_its_very_colours(tmp_path):
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[:32], pixels[32:], pixels[:6, :6] = RED, TEAL, (250, 240, 10)
    Image.fromarray(pixels).save(tmp_path / "page.png")
    palette = read_palette(tmp_path / "page.png")
    assert {tuple(color) for color in palette.colors.tolist()} == {RED, TEAL, (250, 240, 10)}


def test_a_busy_picture_gives_few_colours_and_always_the_same(tmp_path):
    noise = np.random.default_rng(1).integers(0, 256, (200, 300, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "page.png")
    first, second = (read_palette(tmp_path / "page.png").colors for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert 8 <= len(first) <= 16


BROKEN: dict[str, bytes] = {
    "empty.gpl": b"",
    "other.gpl": b"JASC-PAL\n0100\n",
    "none.gpl": b"GIMP Palette\n# nothing\n",
    "loud.gpl": b"GIMP Palette\n300 0 0 no\n",
    "milk.txt": b"milk\nbread\n",
    "empty.hex": b"",
    "binary.hex": bytes(range(256)),
    "cut.ase": ase(ase_color("a", b"RGB ", 1, 0, 0))[:-9],
    "many.ase": b"ASEF" + struct.pack(">HHI", 1, 0, 0xFFFFFFFF),
    "nan.ase": ase(ase_color("a", b"RGB ", float("nan"), 0, 0)),
    "odd.ase": ase(ase_color("a", b"XYZ ", 1, 0, 0)),
    "text.ase": b"hello",
    "cut.aco": aco((0, 1, 2, 3, 4))[:-2],
    "odd.aco": aco((77, 1, 2, 3, 4)),
    "long name.aco": struct.pack(">HH5HI", 2, 1, 0, 1, 2, 3, 0, 0xFFFFFFF0),
    "short.act": bytes(700),
    "huge.hex": b"ff0000\n" * 700_000,
    "thousands.hex": b"".join(b"%06x\n" % n for n in range(5000)),
    "page.png": b"no picture",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_palette_is_refused_by_its_name(tmp_path, name):
    (tmp_path / name).write_bytes(BROKEN[name])
    with pytest.raises(ColorStudioError) as caught:
        read_palette(tmp_path / name)
    sentence = caught.value.failure.sentence
    assert f"“{name}”" in sentence and sentence.endswith(".")


def test_a_missing_palette_is_told(tmp_path):
    with pytest.raises(ColorStudioError, match=r"“gone\.gpl”"):
        read_palette(tmp_path / "gone.gpl")


def test_another_programs_palette_is_not_called_a_picture(tmp_path):
    file = tmp_path / "two.pal"
    file.write_text("JASC-PAL\n0100\n2\n208 64 48\n0 128 128\n")
    with pytest.raises(ColorStudioError) as caught:
        read_palette(file)
    assert caught.value.failure.kind is FailureKind.BAD_PALETTE
    sentence = caught.value.failure.sentence
    assert "“two.pal”" in sentence and ".gpl" in sentence and "PNG" not in sentence


def test_a_folder_with_a_palettes_name_is_told_as_one(tmp_path):
    (tmp_path / "two.gpl").mkdir()
    with pytest.raises(ColorStudioError) as caught:
        read_palette(tmp_path / "two.gpl")
    sentence = caught.value.failure.sentence
    assert "is a folder" in sentence and "picture" not in sentence
