"""Whatever way a file stores its tones, its colours and its transparency, they come out true."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from files_support import (
    encoded,
    grey_profile,
    painting,
    png,
    ramp,
    read_bytes,
    saved,
    swapped_primaries,
)
from PIL import Image, ImageCms

from colorstudio.core.artwork import Artwork
from colorstudio.core.reading import read_artwork, read_thumbnail

# Tones ----------------------------------------------------------------------------------------


@pytest.mark.reliability("R07")
def test_16_bit_grey_is_scaled_and_not_clipped(tmp_path: Path) -> None:
    deep = ramp().astype(np.uint16) * 257
    path = saved(tmp_path / "deep.png", Image.fromarray(deep))
    np.testing.assert_array_equal(read_artwork(path).pixels, ramp())


@pytest.mark.reliability("R07")
@pytest.mark.parametrize("order", ["<u2", ">u2"])
def test_dark_16_bit_tones_stay_dark(tmp_path: Path, order: str) -> None:
    values = np.linspace(291, 694, 64 * 64).reshape(64, 64).astype(order)
    artwork = read_bytes(tmp_path, encoded(Image.fromarray(values), "TIFF"))
    np.testing.assert_allclose(artwork.pixels, values.astype(float) / 257, atol=0.5)


@pytest.mark.reliability("R07")
def test_16_bit_colour_keeps_its_tones(tmp_path: Path) -> None:
    deep = (painting().astype(">u2") * 257).tobytes()
    artwork = read_bytes(tmp_path, png(60, 40, 16, 2, deep))
    np.testing.assert_allclose(artwork.pixels, painting(), atol=1)


@pytest.mark.reliability("R07")
@pytest.mark.parametrize("top", [1.0, 255.0, 65_535.0])
def test_float_pictures_are_taken_by_their_range(tmp_path: Path, top: float) -> None:
    values = (ramp() / 255 * top).astype(np.float32)
    values[0, 0] = np.nan
    artwork = read_bytes(tmp_path, encoded(Image.fromarray(values), "TIFF"))
    np.testing.assert_allclose(artwork.pixels[1:], ramp()[1:], atol=1)


@pytest.mark.reliability("R07")
def test_floats_of_any_other_range_are_stretched(tmp_path: Path) -> None:
    values = np.linspace(-3, 7, 256, dtype=np.float32).reshape(16, 16)
    artwork = read_bytes(tmp_path, encoded(Image.fromarray(values), "TIFF"))
    np.testing.assert_allclose(artwork.pixels.ravel(), np.arange(256), atol=1)


@pytest.mark.reliability("R07")
def test_one_bit_pages_stay_black_and_white(tmp_path: Path) -> None:
    page = ramp() > 128
    for data in (
        encoded(Image.fromarray(page), "TIFF", compression="group4"),
        encoded(Image.fromarray(page), "PNG"),
    ):
        np.testing.assert_array_equal(read_bytes(tmp_path, data).pixels, page * np.uint8(255))


@pytest.mark.reliability("R07")
def test_cmyk_is_turned_into_the_colours_it_prints(tmp_path: Path) -> None:
    inks = np.zeros((8, 8, 4), np.uint8)
    inks[:, 4:, 1:3] = 255  # magenta and yellow make red
    picture = Image.fromarray(inks, "CMYK")
    for data in (encoded(picture, "TIFF"), encoded(picture, "JPEG", quality=100)):
        artwork = read_bytes(tmp_path, data)
        np.testing.assert_allclose(artwork.pixels[4, 1], [255, 255, 255], atol=2)
        np.testing.assert_allclose(artwork.pixels[4, 6], [255, 0, 0], atol=2)


@pytest.mark.reliability("R07")
def test_lab_is_turned_into_rgb(tmp_path: Path) -> None:
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    lab = ImageCms.applyTransform(Image.fromarray(painting()), to_lab)
    assert lab is not None
    artwork = read_bytes(tmp_path, encoded(lab, "TIFF"))
    assert np.abs(artwork.pixels.astype(int) - painting()).mean() < 1.5


def test_grey_stored_as_rgb_becomes_one_plane(tmp_path: Path) -> None:
    path = saved(tmp_path / "scan.png", Image.fromarray(ramp()).convert("RGB"))
    np.testing.assert_array_equal(read_artwork(path).pixels, ramp())


def test_a_palette_of_greys_becomes_one_plane(tmp_path: Path) -> None:
    path = saved(tmp_path / "grey.gif", Image.fromarray(ramp()))
    assert read_artwork(path).pixels.shape == (40, 60)


# Colour profiles ------------------------------------------------------------------------------


@pytest.mark.reliability("R08")
def test_a_profile_is_obeyed_even_if_it_calls_itself_srgb(tmp_path: Path) -> None:
    profile = swapped_primaries()
    path = saved(tmp_path / "swapped.png", Image.fromarray(painting()), icc_profile=profile)
    expected = ImageCms.profileToProfile(
        Image.fromarray(painting()),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
    )
    assert np.abs(np.asarray(expected).astype(int) - painting()).mean() > 20
    np.testing.assert_array_equal(read_artwork(path).pixels, np.asarray(expected))


@pytest.mark.reliability("R08")
def test_srgb_itself_changes_nothing(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for pixels in (painting(), ramp()):
        path = saved(tmp_path / "same.png", Image.fromarray(pixels), icc_profile=profile)
        np.testing.assert_array_equal(read_artwork(path).pixels, pixels)


@pytest.mark.reliability("R08")
def test_a_grey_profile_moves_the_tones(tmp_path: Path) -> None:
    path = saved(tmp_path / "grey.png", Image.fromarray(ramp()), icc_profile=grey_profile(1.0))
    artwork = read_artwork(path)
    linear = ramp() / 255
    expected = np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
    assert not artwork.warnings
    np.testing.assert_allclose(artwork.pixels, 255 * expected, atol=2)


@pytest.mark.reliability("R08")
@pytest.mark.parametrize("profile", [b"no profile at all", grey_profile(2.2)])
def test_a_broken_or_unfitting_profile_is_a_warning(tmp_path: Path, profile: bytes) -> None:
    path = saved(tmp_path / "broken.tif", Image.fromarray(painting()), icc_profile=profile)
    artwork = read_artwork(path)
    np.testing.assert_array_equal(artwork.pixels, painting())
    assert len(artwork.warnings) == 1 and "profile" in artwork.warnings[0]


# Transparency ---------------------------------------------------------------------------------


@pytest.mark.reliability("R06")
@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("colour", [True, False])
def test_alpha_is_kept_to_the_last_bit(tmp_path: Path, format_name: str, colour: bool) -> None:
    pixels, alpha = painting() if colour else ramp(), ramp()[::-1]
    picture = Image.fromarray(pixels)
    picture.putalpha(Image.fromarray(alpha))
    options = {"lossless": True, "exact": True} if format_name == "WEBP" else {}
    artwork = read_bytes(tmp_path, encoded(picture, format_name, **options))
    np.testing.assert_array_equal(artwork.pixels, pixels)
    np.testing.assert_array_equal(artwork.alpha, alpha)


@pytest.mark.reliability("R06")
def test_a_palette_may_hold_transparency(tmp_path: Path) -> None:
    picture = Image.fromarray(np.array([[0, 1, 2]], np.uint8), "P")
    picture.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    artwork = read_bytes(tmp_path, encoded(picture, "PNG", transparency=b"\x00\x80"))
    np.testing.assert_array_equal(artwork.pixels[0], [[10, 20, 30], [40, 50, 60], [70, 80, 90]])
    np.testing.assert_array_equal(artwork.alpha, [[0, 128, 255]])


@pytest.mark.reliability("R06")
@pytest.mark.parametrize(
    ("depth", "rows", "key", "greys"),
    [
        (1, b"\x40", 1, [0, 255]),
        (2, b"\xb0", 2, [170, 255]),
        (4, b"\x5f", 5, [85, 255]),
        (8, b"\x55\xff", 0x55, [85, 255]),
        (16, b"\x55\x55\xff\xff", 0x5555, [85, 255]),
    ],
)
def test_one_grey_may_be_transparent_at_any_depth(
    tmp_path: Path, depth: int, rows: bytes, key: int, greys: list[int]
) -> None:
    data = png(2, 1, depth, 0, rows, (b"tRNS", struct.pack(">H", key)))
    artwork = read_bytes(tmp_path, data)
    np.testing.assert_array_equal(artwork.pixels, [greys])
    np.testing.assert_array_equal(artwork.alpha, [[255, 0] if depth == 1 else [0, 255]])


@pytest.mark.reliability("R06")
@pytest.mark.parametrize(("depth", "code"), [(8, ">6B"), (16, ">6H")])
def test_one_colour_may_be_transparent(tmp_path: Path, depth: int, code: str) -> None:
    scale = 1 if depth == 8 else 257
    rows = struct.pack(code, *(part * scale for part in (9, 8, 7, 200, 100, 50)))
    key = struct.pack(">3H", *(part * scale for part in (9, 8, 7)))
    artwork = read_bytes(tmp_path, png(2, 1, depth, 2, rows, (b"tRNS", key)))
    np.testing.assert_array_equal(artwork.pixels, [[[9, 8, 7], [200, 100, 50]]])
    np.testing.assert_array_equal(artwork.alpha, [[0, 255]])


# Thumbnails and luma --------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P", "I;16", "CMYK"])
def test_thumbnails_look_like_the_picture(tmp_path: Path, mode: str) -> None:
    large = Image.fromarray(painting(400, 600))
    deep = ramp(400, 600).astype(np.uint16) * 257
    picture = Image.fromarray(deep) if mode == "I;16" else large.convert(mode)
    path = saved(tmp_path / "large", picture, format="TIFF" if mode == "CMYK" else "PNG")
    small = read_thumbnail(path, 60)
    assert small.shape == (40, 60, 4) and (small[..., 3] == 255).all()
    whole = read_artwork(path)
    coarse = whole.luma8().reshape(40, 10, 60, 10).mean(axis=(1, 3))
    rough = mode in ("1", "P")  # dithered pictures are sampled, not averaged
    difference = np.abs(Artwork(small[..., :3]).luma8() - coarse).mean()
    assert difference < (25 if rough else 3)


def test_luma_is_rounded_to_nearest() -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (50, 50, 3), np.uint8)
    exact = pixels @ np.array([0.299, 0.587, 0.114])
    assert np.abs(Artwork(pixels).luma8() - exact).max() <= 0.5 + 1e-9
    grey = ramp()
    assert Artwork(grey).luma8() is grey
