"""Layered files, opened by programs that are not ours, show the very picture we flatten."""

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode, Resource
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.layer_files import write_layers
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.request import ColorRequest

NORMAL, MULTIPLY, COLOR = BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.COLOR
MAGICK = shutil.which("magick") or shutil.which("convert")


def has_image_magick() -> bool:
    if MAGICK is None:
        return False
    told = subprocess.run([MAGICK, "-version"], capture_output=True, text=True, check=False)
    return "Version: ImageMagick" in told.stdout


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


def lines() -> np.ndarray:
    page = np.full((90, 130), 255, np.uint8)
    cv2.circle(page, (40, 45), 30, 0, 3, cv2.LINE_AA)
    cv2.rectangle(page, (80, 20), (120, 70), 60, 2, cv2.LINE_AA)
    return page


def tones() -> np.ndarray:
    across = np.linspace(10, 245, 130).astype(np.uint8)
    return np.tile(across, (90, 1))


def soft_sticker() -> Artwork:
    alpha = np.zeros((90, 130), np.uint8)
    cv2.rectangle(alpha, (5, 5), (125, 85), 255, -1)
    alpha[40:50, 60:64] = 100
    return Artwork(lines(), alpha)


SOURCES = {
    "black on white": lambda: Artwork(lines(), dpi=(600.0, 600.0)),
    "white on black": lambda: Artwork(255 - lines()),
    "black on transparency": lambda: Artwork(np.zeros((90, 130), np.uint8), 255 - lines()),
    "a sticker": soft_sticker,
    "greyscale": lambda: Artwork(tones(), dpi=(300.0, 300.0)),
}
LINE_ART = [("Flats", NORMAL), ("Colour", NORMAL), ("Lines", MULTIPLY)]
STACKS = dict.fromkeys(SOURCES, LINE_ART) | {
    "white on black": [("Flats", NORMAL), ("Colour", NORMAL), ("Lines", NORMAL)],
    "greyscale": [("Page", NORMAL), ("Colour", COLOR)],
}


def layers_of(tiny: Colorizer, what: str, flat: float = 0.0) -> Layers:
    mode = None if what in ("greyscale", "black on transparency") else Mode.LINEART
    request = ColorRequest(mode, flat=flat, layers=True)
    layers = tiny.colorize_artwork(SOURCES[what](), request).layers
    assert layers is not None
    return layers


def on_white(pixels: np.ndarray) -> np.ndarray:
    """RGB or RGBA bytes as floats on white paper."""
    pixels = pixels.astype(float)
    if pixels.shape[-1] == 3:
        return pixels
    cover = pixels[..., 3:] / 255
    return pixels[..., :3] * cover + 255 * (1 - cover)


def merged_on_white(layers: Layers) -> np.ndarray:
    merged = layers.merged
    if merged.alpha is None:
        return merged.pixels.astype(float)
    return on_white(np.dstack([merged.pixels, merged.alpha]))


@pytest.mark.parametrize("flat", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("what", SOURCES)
def test_psd_tools_finds_the_layers_and_renders_our_picture(tiny, tmp_path, what, flat):
    layers = layers_of(tiny, what, flat)
    write_layers(tmp_path / "page.psd", layers)
    psd = PSDImage.open(tmp_path / "page.psd")
    assert [(layer.name, layer.blend_mode) for layer in psd] == STACKS[what]
    assert psd.size == (130, 90) and {layer.size for layer in psd} == {(130, 90)}
    visible = {layer.name: layer.visible for layer in psd}
    if what != "greyscale":
        shown, hidden = ("Flats", "Colour") if flat == 1 else ("Colour", "Flats")
        assert visible[shown] and not visible[hidden] and visible["Lines"]
    stored = on_white(np.asarray(psd.topil()))
    assert np.abs(stored - merged_on_white(layers)).max() <= 1
    rendered = on_white(np.asarray(psd.composite(ignore_preview=True)))
    assert np.abs(rendered - merged_on_white(layers)).mean() < 1


@pytest.mark.parametrize("flat", [0.0, 1.0])
@pytest.mark.parametrize("what", SOURCES)
def test_openraster_is_as_its_specification_says(tiny, tmp_path, what, flat):
    layers = layers_of(tiny, what, flat)
    write_layers(tmp_path / "page.ora", layers)
    with zipfile.ZipFile(tmp_path / "page.ora") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"image/openraster"
        image = ElementTree.fromstring(archive.read("stack.xml"))
        assert (image.get("w"), image.get("h")) == ("130", "90")
        rows = image.findall("stack/layer")
        pictures = [_picture(archive, row.get("src")) for row in rows]
        whole = _picture(archive, "mergedimage.png")
        assert max(_picture(archive, "Thumbnails/thumbnail.png").shape) <= 256
    svg = {NORMAL: "svg:src-over", MULTIPLY: "svg:multiply", COLOR: "svg:color"}
    told = [(row.get("name"), row.get("composite-op")) for row in reversed(rows)]
    assert told == [(name, svg[blend]) for name, blend in STACKS[what]]
    assert {picture.shape for picture in [*pictures, whole]} == {(90, 130, 4)}
    assert np.abs(on_white(whole) - merged_on_white(layers)).max() <= 1
    if what == "black on white":
        assert image.get("xres") == "600"
        shown = {row.get("name"): p for row, p in zip(rows, pictures, strict=True)
                 if row.get("visibility") == "visible"}  # fmt: skip
        assert set(shown) == {"Lines", "Flats" if flat == 1 else "Colour"}
        below = shown["Flats" if flat == 1 else "Colour"]
        product = below[..., :3] * (shown["Lines"][..., :3] / 255)
        assert np.abs(product - whole[..., :3]).max() <= 1


def _picture(archive: zipfile.ZipFile, name: str | None) -> np.ndarray:
    assert name is not None
    return np.asarray(Image.open(io.BytesIO(archive.read(name))))


@pytest.mark.skipif(not has_image_magick(), reason="ImageMagick is not installed")
@pytest.mark.parametrize("what", ["black on white", "white on black", "black on transparency"])
def test_image_magick_sees_the_same(tiny, tmp_path, what):
    layers = layers_of(tiny, what)
    write_layers(tmp_path / "page.psd", layers)

    def render(*how: str) -> np.ndarray:
        to_png = [MAGICK, *how, "-depth", "8", "png:-"]
        done = subprocess.run(to_png, capture_output=True, check=True, cwd=tmp_path)
        return np.asarray(Image.open(io.BytesIO(done.stdout)).convert("RGB")).astype(float)

    assert np.abs(render("page.psd[0]") - layers.merged.pixels).max() <= 1
    # [0] is the merged picture, [1] the hidden flats: the others laid on each other anew.
    laid = render("page.psd[2]", "page.psd[3]", "-background", "white", "-flatten")
    assert np.abs(laid - layers.merged.pixels).mean() < 1


def test_dots_per_inch_and_srgb_are_told_to_photoshop(tiny, tmp_path):
    write_layers(tmp_path / "page.psd", layers_of(tiny, "black on white"))
    resources = PSDImage.open(tmp_path / "page.psd").image_resources
    resolution = resources.get_data(Resource.RESOLUTION_INFO)
    assert resolution.horizontal / 65536 == resolution.vertical / 65536 == 600
    assert "sRGB".encode("utf-16-be") in bytes(resources.get_data(Resource.ICC_PROFILE))


def test_the_flats_in_the_file_are_hard_edged(tiny, tmp_path):
    write_layers(tmp_path / "page.psd", layers_of(tiny, "black on white"))
    flats = next(iter(PSDImage.open(tmp_path / "page.psd"))).topil().convert("RGB")
    assert len(flats.getcolors()) <= 3  # ground, circle, rectangle


def test_a_failure_leaves_nothing_and_a_wrong_name_is_refused(tiny, tmp_path):
    layers = layers_of(tiny, "black on white")
    with pytest.raises(ColorStudioError, match="no format with layers"):
        write_layers(tmp_path / "page.kra", layers)
    with pytest.raises(ColorStudioError, match="output folder is gone"):
        write_layers(tmp_path / "gone" / "page.psd", layers)
    assert os.listdir(tmp_path) == []


def test_a_page_too_long_for_photoshop_is_refused(tmp_path: Path):
    strip = np.zeros((1, 30_001), np.uint8)
    merged = Artwork(np.zeros((1, 30_001, 3), np.uint8))
    layers = Layers(Mode.GREYSCALE, Ink.BLACK_ON_WHITE, merged, strip, None, merged.pixels)
    with pytest.raises(ColorStudioError, match="Choose ORA") as caught:
        write_layers(tmp_path / "long.psd", layers)
    assert caught.value.failure.kind is FailureKind.TOO_LARGE
    write_layers(tmp_path / "long.ora", layers)
