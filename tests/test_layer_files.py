"""Layered files, opened by programs that are not ours, show the very picture we flatten."""

import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from files_support import swapped_primaries
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode, Resource
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.layer_files import write_layers
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.reading import read_artwork
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


# Profiles, split flats, and a folder of layers ----------------------------------------------------


@pytest.mark.parametrize("name", ["page.psd", "page.ora"])
def test_a_profile_of_the_source_is_the_documents_profile(tiny, tmp_path: Path, name: str) -> None:
    page = np.repeat(lines()[..., None], 3, axis=2)
    page[2:6, 2:6] = (250, 120, 90)  # some colour, so that it is no grey page
    Image.fromarray(page).save(tmp_path / "in.png", icc_profile=swapped_primaries(), dpi=(240, 240))
    source = read_artwork(tmp_path / "in.png")
    assert source.profile is not None
    layers = tiny.colorize_artwork(source, ColorRequest(Mode.LINEART, layers=True)).layers
    write_layers(tmp_path / name, layers)
    if name == "page.psd":
        document = PSDImage.open(tmp_path / name)
        assert bytes(document.image_resources.get_data(Resource.ICC_PROFILE)) == source.profile
        merged = np.asarray(document.topil(apply_icc=False))
    else:
        with zipfile.ZipFile(tmp_path / name) as archive:
            with Image.open(archive.open("data/layer1.png")) as layer:
                assert layer.info["icc_profile"] == source.profile
            with Image.open(archive.open("mergedimage.png")) as whole:
                assert round(whole.info["dpi"][0]) == 240
                merged = np.asarray(whole)[..., :3]
    # Red and blue have changed places; their light is what it was.
    assert np.abs(merged[..., ::-1].astype(int) - layers.merged.pixels).mean() < 1
    assert np.abs(merged.astype(int) - layers.merged.pixels).mean() > 5


@pytest.mark.parametrize("name", ["page.psd", "page.ora"])
def test_flats_may_come_as_one_named_layer_for_each_colour(tiny, tmp_path: Path, name: str) -> None:
    palette = np.array([(250, 240, 10), (10, 60, 200)], np.uint8)
    hints = HintSet((Hint(40, 45, 4, "#faf00a"), Hint(5, 5, 3, "#0a3cc8")))
    request = ColorRequest(
        Mode.LINEART, hints, flat=1.0, only=palette, layers=True, split_flats=True,
        names={(250, 240, 10): "Sun"},
    )  # fmt: skip
    layers = tiny.colorize_artwork(Artwork(lines()), request).layers
    write_layers(tmp_path / name, layers)
    if name == "page.psd":
        stack = [(each.name, each.topil()) for each in PSDImage.open(tmp_path / name)]
    else:
        with zipfile.ZipFile(tmp_path / name) as archive:
            rows = ElementTree.fromstring(archive.read("stack.xml")).iter("layer")
            files = [(row.get("name"), io.BytesIO(archive.read(row.get("src")))) for row in rows]
        stack = [(title, Image.open(file)) for title, file in reversed(files)]
    assert [title for title, _ in stack] == ["Flat #0a3cc8", "Flat Sun", "Colour", "Lines"]
    planes = [np.asarray(image.convert("RGBA")) for _, image in stack[:2]]
    masks = [plane[..., 3] for plane in planes]
    assert set(np.unique(masks[0])) == {0, 255}
    np.testing.assert_array_equal(masks[0], 255 - masks[1])  # each pixel has one of them
    assert planes[1][45, 40].tolist() == [250, 240, 10, 255]


def test_layers_may_come_as_a_folder_of_png_files(tiny, tmp_path: Path) -> None:
    layers = layers_of(tiny, "black on white")
    target = tmp_path / "page.layers"
    for _ in range(2):
        write_layers(target, layers)
        names = ["01 Flats.png", "02 Colour.png", "03 Lines.png", "merged.png"]
        assert sorted(os.listdir(target)) == names
    with Image.open(target / "merged.png") as merged, Image.open(target / "03 Lines.png") as ink:
        np.testing.assert_array_equal(np.asarray(merged), layers.merged.pixels)
        np.testing.assert_array_equal(np.asarray(ink), lines())
        assert round(ink.info["dpi"][0]) == 600
    split = replace(layers, split=True)
    write_layers(target, split)
    assert not (target / "01 Flats.png").exists() and (target / "merged.png").is_file()


def test_what_an_artist_adds_to_a_folder_of_layers_stays(tiny, tmp_path: Path) -> None:
    layers = layers_of(tiny, "black on white")
    target = tmp_path / "page.layers"
    write_layers(target, layers)
    done = (target / "merged.png").stat().st_mtime_ns
    minutes = 60 * 10**9
    # One painted since, one brought along from before, and a layer that was worked on.
    times = {"04 Shadows.png": minutes, "05 Sketch.png": -minutes, "03 Lines.png": minutes}
    for name, later in times.items():
        (target / name).write_bytes(b"hours of work")
        os.utime(target / name, ns=(done + later, done + later))
    write_layers(target, replace(layers, split=True))
    assert times.keys() <= set(os.listdir(target))
    assert not (target / "01 Flats.png").exists()
