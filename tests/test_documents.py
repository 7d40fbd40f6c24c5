"""Layered files as input: PSD, PSB, OpenRaster and Krita, good, exotic and hostile ones."""

import io
import struct
import time
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from files_support import encoded, painting, png_header, ramp
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode

from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.layer_files import write_layers
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode, read_mode
from colorstudio.core.reading import read_artwork, read_size, read_thumbnail
from colorstudio.core.stacking import names_lines

HEIGHT, WIDTH = 40, 60
STACK = '<image version="0.0.5" w="60" h="40" xres="300" yres="300"><stack>{}</stack></image>'


def raw_psd(planes: list[np.ndarray], mode: int, *, version: int = 1, extra: bytes = b"") -> bytes:
    """A PSD of merged planes only: mode 1 grey, 3 RGB, 4 CMYK; their type says the depth."""
    height, width = planes[0].shape
    depth = planes[0].dtype.itemsize * 8
    head = struct.pack(">4sH6xHIIHH", b"8BPS", version, len(planes), height, width, depth, mode)
    layers = bytes(8 if version == 2 else 4)
    body = b"".join(plane.tobytes() for plane in planes)
    return head + bytes(4) + struct.pack(">I", len(extra)) + extra + layers + b"\0\0" + body


def ink_on_transparency() -> Image.Image:
    alpha = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(alpha, (30, 20), 14, 255, 2)
    return Image.fromarray(np.dstack([np.zeros((HEIGHT, WIDTH, 3), np.uint8), alpha]))


def ora(folder: Path, layers: str, merged: bool = True, **entries: bytes) -> Path:
    path = folder / "page.ora"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", STACK.format(layers) if "<image" not in layers else layers)
        for name, data in entries.items():
            archive.writestr(f"data/{name}.png", data)
        if merged:
            archive.writestr("mergedimage.png", encoded(Image.fromarray(painting()), "PNG"))
    return path


# Good ones ----------------------------------------------------------------------------------------


def test_the_merged_picture_of_a_psd_is_read_to_the_last_bit(tmp_path: Path) -> None:
    document = PSDImage.new("RGB", (WIDTH, HEIGHT))
    document.create_pixel_layer(Image.fromarray(painting()), name="Sketch")
    document.save(tmp_path / "page.psd")
    artwork = read_artwork(tmp_path / "page.psd")
    np.testing.assert_array_equal(artwork.pixels, painting())
    assert artwork.format == "PSD" and artwork.warnings == ()
    assert read_size(tmp_path / "page.psd") == (WIDTH, HEIGHT)
    assert read_thumbnail(tmp_path / "page.psd", 30).shape == (20, 30, 4)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("kind", [np.dtype("u1"), np.dtype(">u2")])
def test_grey_rgb_and_cmyk_of_8_and_16_bits_keep_their_tones(tmp_path, version, kind):
    scale = 257 if kind.itemsize == 2 else 1

    def planes(*source: np.ndarray) -> list[np.ndarray]:
        return [(plane.astype(np.uint32) * scale).astype(kind) for plane in source]

    def read(data: bytes) -> np.ndarray:
        (tmp_path / "page.psb").write_bytes(data)
        return read_artwork(tmp_path / "page.psb").pixels

    np.testing.assert_array_equal(read(raw_psd(planes(ramp()), 1, version=version)), ramp())
    colors = list(np.moveaxis(painting(), -1, 0))
    np.testing.assert_array_equal(read(raw_psd(planes(*colors), 3, version=version)), painting())
    no_black = np.full((HEIGHT, WIDTH), 255, np.uint8)
    inks = planes(*colors, no_black)
    # Stored as light: without black, cyan's light is red.
    assert np.abs(read(raw_psd(inks, 4, version=version)).astype(int) - painting()).max() <= 2


def test_a_layer_or_group_called_lines_is_taken_as_the_line_art(tmp_path: Path) -> None:
    for grouped in (False, True):
        document = PSDImage.new("RGB", (WIDTH, HEIGHT))
        document.create_pixel_layer(Image.fromarray(painting()), name="Painting")
        parent = document.create_group(name="LINE ART") if grouped else document
        name = "pen" if grouped else "Ink 2"
        lines = PSDImage.create_pixel_layer(document, ink_on_transparency(), name=name)
        if grouped:
            lines.move_to_group(parent)
        document.save(tmp_path / "page.psd")
        artwork = read_artwork(tmp_path / "page.psd")
        expected = np.asarray(ink_on_transparency())
        np.testing.assert_array_equal(artwork.alpha, expected[..., 3])
        assert artwork.pixels.max() == 0 and "taken as the line art" in artwork.warnings[0]
        assert read_mode(artwork).ink is Ink.BLACK_ON_TRANSPARENCY


def test_a_layer_for_lines_that_was_left_empty_is_not_taken(tmp_path: Path) -> None:
    empty = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    layers = '<layer name="Lines" src="data/empty.png"/>'
    artwork = read_artwork(ora(tmp_path, layers, empty=encoded(empty, "PNG")))
    np.testing.assert_array_equal(artwork.pixels, painting())
    assert artwork.warnings == ()
    document = PSDImage.new("RGB", (WIDTH, HEIGHT))
    document.create_pixel_layer(Image.fromarray(painting()), name="Painting")
    document.create_pixel_layer(empty, name="Lines")
    document.save(tmp_path / "page.psd")
    assert not any("line art" in each for each in read_artwork(tmp_path / "page.psd").warnings)


def test_an_opacity_that_is_no_number_shows_nothing_and_says_nothing(tmp_path: Path) -> None:
    ground = encoded(Image.fromarray(painting()), "PNG")
    layers = '<layer name="x" src="data/ground.png" opacity="nan"/>'
    artwork = read_artwork(ora(tmp_path, layers, merged=False, ground=ground))
    assert artwork.alpha is not None and artwork.alpha.max() == 0


def test_what_we_wrote_comes_back_as_its_lines(tmp_path: Path) -> None:
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    cv2.rectangle(page, (8, 8), (50, 30), 0, 2)
    paint = np.full((HEIGHT, WIDTH, 3), (200, 90, 40), np.uint8)
    merged = Artwork(paint * (page[..., None] // 255), dpi=(300.0, 300.0))
    layers = Layers(Mode.LINEART, Ink.BLACK_ON_WHITE, merged, page, None, paint, paint)
    for name in ("page.psd", "page.psb", "page.ora"):
        write_layers(tmp_path / name, layers)
        artwork = read_artwork(tmp_path / name)
        np.testing.assert_array_equal(artwork.pixels, page)
        assert artwork.dpi == (300.0, 300.0)


@pytest.mark.parametrize("kind", ["image/openraster", "application/x-krita"])
def test_the_merged_picture_of_a_zipped_document_is_read(tmp_path: Path, kind: str) -> None:
    with zipfile.ZipFile(tmp_path / "page", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("mergedimage.png", encoded(Image.fromarray(painting()), "PNG"))
    artwork = read_artwork(tmp_path / "page")
    np.testing.assert_array_equal(artwork.pixels, painting())
    assert artwork.format in ("ORA", "KRA")
    assert read_size(tmp_path / "page") == (WIDTH, HEIGHT)
    assert read_thumbnail(tmp_path / "page", 30).shape == (20, 30, 4)


def test_openraster_without_merged_picture_is_put_together_from_its_layers(tmp_path: Path) -> None:
    ground = encoded(Image.new("RGB", (WIDTH, HEIGHT), (200, 100, 50)), "PNG")
    dot = encoded(Image.new("RGB", (10, 10), (128, 128, 255)), "PNG")
    layers = (
        '<layer name="hidden" src="data/dot.png" visibility="hidden"/>'
        '<layer name="dot" src="data/dot.png" x="5" y="6" composite-op="svg:multiply"/>'
        '<layer name="ground" src="data/ground.png"/>'
    )
    artwork = read_artwork(ora(tmp_path, layers, merged=False, ground=ground, dot=dot))
    assert artwork.pixels[10, 10].tolist() == [100, 50, 50]
    assert artwork.pixels[2, 2].tolist() == [200, 100, 50]
    assert artwork.dpi == (300.0, 300.0) and "without its merged picture" in artwork.warnings[0]


@pytest.mark.parametrize(
    ("name", "is_line"),
    [("Lines", True), ("INK copy 3", True), ("line art", True), ("Line-Work", True), ("線画", True),
     ("Inked face", False), ("Outline glow", False), ("underline", False), ("", False)],
)  # fmt: skip
def test_which_names_are_lines(name: str, is_line: bool) -> None:
    assert names_lines(name) is is_line


# Bad and hostile ones -----------------------------------------------------------------------------


def refused(path: Path) -> ColorStudioError:
    start = time.monotonic()
    with pytest.raises(ColorStudioError) as caught:
        read_artwork(path)
    assert time.monotonic() - start < 5
    assert caught.value.failure.sentence.endswith(".")
    return caught.value


def test_a_cut_off_psd_and_one_of_an_unknown_mode_are_refused(tmp_path: Path) -> None:
    whole = raw_psd([ramp()] * 3, 3)
    for length in (3, 20, 40, 200):
        (tmp_path / "page.psd").write_bytes(whole[:length])
        refused(tmp_path / "page.psd")
    (tmp_path / "page.psd").write_bytes(raw_psd([ramp()] * 3, 7))
    assert "multichannel" in refused(tmp_path / "page.psd").failure.sentence


def test_a_psd_that_claims_a_huge_size_is_refused_from_its_header(tmp_path: Path) -> None:
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 2, 3, 290_000, 290_000, 8, 3)
    (tmp_path / "page.psb").write_bytes(head + bytes(40))
    assert refused(tmp_path / "page.psb").failure.kind is FailureKind.TOO_LARGE


def test_a_layer_that_claims_a_huge_size_is_refused(tmp_path: Path) -> None:
    stack = '<layer name="Lines" src="data/big.png"/>'
    path = ora(tmp_path, stack, big=png_header(60_000, 60_000))
    assert refused(path).failure.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize(
    "stack",
    [
        "<image w='60' h='40'><stack></image>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><image w='1' h='1'><stack>&a;</stack></image>",
        "<image w='60' h='40'>" + "<stack>" * 900 + "</stack>" * 900 + "</image>",
        "<image w='99999' h='99999'><stack/></image>",
    ],
)
def test_a_broken_or_hostile_list_of_layers_is_refused(tmp_path: Path, stack: str) -> None:
    assert refused(ora(tmp_path, stack, merged=False)).failure.kind is FailureKind.DAMAGED


def test_a_bomb_in_a_document_is_refused_by_what_it_claims_and_by_what_comes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "page.ora"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "image/openraster")
        with archive.open("mergedimage.png", "w", force_zip64=True) as entry:
            for _ in range(300):
                entry.write(bytes(1 << 20))
    assert "256 MiB" in refused(path).failure.sentence


def test_any_other_archive_is_told_what_to_do_with_it(tmp_path: Path) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("page.png", b"x")
    (tmp_path / "book.zip").write_bytes(memory.getvalue())
    assert "archive" in refused(tmp_path / "book.zip").failure.sentence
    (tmp_path / "cut.zip").write_bytes(memory.getvalue()[:20])
    assert refused(tmp_path / "cut.zip").failure.kind is FailureKind.DAMAGED


def test_a_multiply_layer_over_paper_darkens_it(tmp_path: Path) -> None:
    document = PSDImage.new("RGB", (WIDTH, HEIGHT))
    lower = document.create_pixel_layer(Image.new("RGBA", (WIDTH, HEIGHT), "#808080"), name="line")
    upper = document.create_pixel_layer(Image.new("RGBA", (20, 20), "#808080"), name="lines")
    upper.blend_mode = BlendMode.MULTIPLY
    assert lower.name == "line"
    document.save(tmp_path / "page.psd")
    pixels = read_artwork(tmp_path / "page.psd").pixels
    assert pixels[5, 5] == 64 and pixels[30, 40] == 128
