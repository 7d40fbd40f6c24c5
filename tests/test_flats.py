"""Flats: one exact colour a region, hints first, and layers that add up to the picture."""

import cv2
import numpy as np
import pytest
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.flats import blended, flats_of
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from colorstudio.core.oklab import nearest, oklab_of, rgb_of
from colorstudio.core.regions import find_regions
from colorstudio.core.request import ColorRequest
from colorstudio.inference.colorizer import NO_FLATS

RED, BLUE, GREY = (200, 30, 40), (20, 60, 220), (120, 120, 120)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


def two_rooms() -> np.ndarray:
    page = np.full((120, 200), 255, np.uint8)
    cv2.rectangle(page, (10, 10), (190, 110), 0, 3)
    page[10:110, 99:102] = 0
    return page


def ink_of(page: np.ndarray) -> np.ndarray:
    return np.where(page < 128, np.uint8(255), np.uint8(0))


def colors_in(pixels: np.ndarray) -> set[tuple[int, ...]]:
    return {tuple(color) for color in np.unique(pixels.reshape(-1, 3), axis=0).tolist()}


def painted() -> np.ndarray:
    """Noisy paint: red in the left room, blue in the right one, grey outside, some leaked."""
    paint = np.full((120, 200, 3), GREY, np.uint8)
    paint[10:110, 10:100], paint[10:110, 100:190] = RED, BLUE
    paint[20:40, 80:100] = BLUE
    noise = np.random.default_rng(1).integers(-9, 10, paint.shape)
    return np.clip(paint + noise, 0, 255).astype(np.uint8)


def test_a_region_has_the_colour_of_most_of_its_paint_and_no_other():
    flats = flats_of(find_regions(ink_of(two_rooms())), painted(), HintSet()).picture()
    assert len(colors_in(flats)) == 3
    for place, color in (((60, 50), RED), ((60, 150), BLUE), ((3, 3), GREY)):
        assert np.abs(flats[place].astype(int) - color).max() <= 4


def test_a_hint_in_a_region_wins_also_when_it_lies_on_a_line():
    hints = HintSet((Hint(11, 60, 5, "#20c030"), Hint(150, 60, 2, "#f0e010")))
    flats = flats_of(find_regions(ink_of(two_rooms())), painted(), hints).picture()
    assert tuple(flats[60, 50]) == (0x20, 0xC0, 0x30)
    assert tuple(flats[60, 150]) == (0xF0, 0xE0, 0x10)


def test_with_an_exact_palette_there_is_nothing_but_its_values():
    palette = np.array([(250, 0, 0), (0, 0, 250), (1, 2, 3), (99, 99, 99)], np.uint8)
    hints = HintSet((Hint(50, 60, 5, "#0a0b0c"),))
    flats = flats_of(find_regions(ink_of(two_rooms())), painted(), hints, palette).picture()
    assert colors_in(flats) == {(1, 2, 3), (0, 0, 250), (99, 99, 99)}


def test_the_mix_goes_from_paint_to_the_very_flats():
    paint, flats = painted(), np.full((120, 200, 3), 77, np.uint8)
    assert blended(paint, flats, 1.0) is flats
    np.testing.assert_array_equal(blended(paint, flats, 0.0), paint)
    half = blended(paint, flats, 0.5).astype(int)
    assert np.abs(half - (paint.astype(int) + 77) / 2).max() <= 1


def test_oklab_there_and_back_is_the_same_byte():
    cube = np.stack(np.meshgrid(*[np.arange(0, 256, 15)] * 3), axis=-1).astype(np.uint8)
    np.testing.assert_array_equal(rgb_of(oklab_of(cube)), cube)
    # White, and red, from Ottosson's own table of sRGB colours.
    np.testing.assert_allclose(oklab_of(np.uint8([255, 255, 255])), [1, 0, 0], atol=1e-3)
    np.testing.assert_allclose(oklab_of(np.uint8([255, 0, 0])), [0.628, 0.225, 0.126], atol=1e-3)
    assert nearest(np.uint8([[250, 10, 10]]), np.uint8([[0, 0, 255], [255, 0, 0]])).tolist() == [1]


# Through the colorizer ----------------------------------------------------------------------------


def test_flat_pictures_have_one_colour_a_region_under_untouched_lines(tiny):
    page = two_rooms()
    flat = tiny.colorize(page, mode="lineart", flat=1.0, hints=[
        {"x": 50, "y": 60, "radius": 4, "color": "#c83020"},
        {"x": 150, "y": 60, "radius": 4, "color": "#2030c8"},
    ])  # fmt: skip
    assert colors_in(flat[20:100, 20:90]) == {(0xC8, 0x30, 0x20)}
    assert colors_in(flat[20:100, 110:180]) == {(0x20, 0x30, 0xC8)}
    assert flat[page == 0].max() == 0


def test_layers_add_up_to_the_picture_and_the_picture_is_the_flattened_one(tiny):
    page = two_rooms()
    layers = tiny.layers(page, mode="lineart")
    assert layers.mode is Mode.LINEART and layers.size == (200, 120)
    np.testing.assert_array_equal(layers.lines, page)
    np.testing.assert_array_equal(layers.merged.pixels, tiny.colorize(page, mode="lineart"))
    product = layers.color * (page[..., None] / 255)
    assert np.abs(product - layers.merged.pixels).max() <= 1


def test_a_greyscale_page_has_its_layers_and_no_flats(tiny):
    page = np.tile(np.linspace(20, 230, 200).astype(np.uint8), (120, 1))
    layers = tiny.layers(page)
    assert layers.mode is Mode.GREYSCALE and layers.flats is None
    np.testing.assert_array_equal(layers.lines, page)
    colored = tiny.colorize_artwork(Artwork(page), ColorRequest(flat=0.5))
    assert colored.artwork.warnings == (NO_FLATS,) and colored.layers is None


def test_a_palette_may_be_a_file_a_picture_or_an_array(tiny, tmp_path):
    (tmp_path / "two.hex").write_text("ff8000\n0080ff\n")
    flats = tiny.layers(
        two_rooms(), mode="lineart", palette=tmp_path / "two.hex", palette_only=True
    ).flats
    assert colors_in(flats) <= {(255, 128, 0), (0, 128, 255)}
    picture = Image.new("RGB", (30, 30), (10, 200, 30))
    flats = tiny.layers(two_rooms(), mode="lineart", palette=picture, palette_only=True).flats
    assert colors_in(flats) == {(10, 200, 30)}


@pytest.mark.parametrize("wish", [{"flat": 1.5}, {"flat": float("nan")}, {"palette_only": True}])
def test_impossible_wishes_are_refused_with_a_sentence(tiny, wish):
    with pytest.raises(ColorStudioError, match=r"\.$"):
        tiny.colorize(two_rooms(), **wish)
