"""Drawings on paper that is not white: toned, photographed, badly lit."""

import numpy as np
import pytest
from paper_support import drawing, in_lamp_light
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.mode import Ink, Mode, read_mode
from colorstudio.core.paper import find_paper, on_white_paper
from colorstudio.core.request import ColorRequest


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


@pytest.mark.parametrize(("least", "most"), [(0.78, 0.78), (0.55, 0.85), (0.3, 0.45), (0.7, 1.0)])
def test_a_photographed_drawing_is_line_art_and_its_paper_becomes_white(least, most):
    photo = in_lamp_light(drawing(), least, most)
    reading = read_mode(Artwork(photo))
    assert (reading.mode, reading.ink) == (Mode.LINEART, Ink.BLACK_ON_WHITE)
    white = on_white_paper(photo, reading.paper).astype(int)
    paper, ink = drawing() == 255, drawing() == 0
    assert np.mean(white[paper] == 255) > 0.97  # all but the deepest grain
    assert white[ink].max() < 30  # also in the middle of the solid black


def test_pencil_keeps_its_tone_beside_the_paper():
    pencil = (255 - (255 - drawing()) * 0.3).astype(np.uint8)
    photo = in_lamp_light(pencil, 0.6, 0.8)
    reading = read_mode(Artwork(photo))
    assert reading.mode is Mode.LINEART
    drawn = on_white_paper(photo, reading.paper)[drawing() == 0]
    assert np.median(drawn) == pytest.approx(pencil.min(), abs=15)


def test_a_colour_photo_on_cream_paper_with_opaque_alpha_is_line_art_too():
    photo = in_lamp_light(drawing(), 0.5, 0.8)
    cream = np.stack([photo, photo * 0.96, photo * 0.82], axis=-1).astype(np.uint8)
    opaque = np.full(photo.shape, 255, np.uint8)
    assert read_mode(Artwork(cream, opaque)).mode is Mode.LINEART


def test_white_paper_stays_as_it_is():
    assert read_mode(Artwork(drawing())).paper is None
    off_white = (drawing() * 0.97).astype(np.uint8)
    assert read_mode(Artwork(off_white)).paper is None


@pytest.mark.parametrize("light", [0.86, 0.9, 0.95])
def test_light_paper_does_not_dull_the_paint_either(tiny, light):
    """A scan a little lighter than a photo was painted duller than it: its paper stayed."""
    page = (drawing() * light).astype(np.uint8)
    reading = read_mode(Artwork(page))
    assert reading.mode is Mode.LINEART
    assert np.all(on_white_paper(page, reading.paper)[drawing() == 255] == 255)
    off = tiny.colorize(page).astype(int) - tiny.colorize(drawing())
    assert np.abs(off[drawing() == 255]).max() <= 3


@pytest.mark.parametrize("luma", [60, 110, 160])
@pytest.mark.parametrize("paper", [220, 232])
def test_grey_ink_on_light_paper_is_line_art(luma, paper):
    """Seen from white, such paper is a pale tone once the ink is taken for black."""
    page = (paper - (paper - luma) * (1 - drawing() / 255)).astype(np.uint8)
    assert read_mode(Artwork(page)).mode is Mode.LINEART


@pytest.mark.parametrize("what", ["grey figure", "shades", "lights", "deep ramp"])
def test_pages_of_tones_are_greyscale_however_even_their_ground(what):
    page = (drawing() * 0.75).astype(np.uint8)
    if what == "grey figure":
        page[110:280, 60:180] = 110
    elif what == "shades":
        page[:200] = np.linspace(120, 191, 200).astype(np.uint8)[:, None]
        page[200:230] = 150
    elif what == "lights":
        page[110:280, 60:180] = 240
    else:
        fall = np.linspace(0.1, 1, page.shape[0])[:, None]
        page = (drawing() * fall).astype(np.uint8)
    assert read_mode(Artwork(page)).mode is Mode.GREYSCALE


def test_an_empty_grey_sheet_is_no_line_art():
    sheet = in_lamp_light(np.full((300, 200), 255, np.uint8), 0.6, 0.8)
    assert read_mode(Artwork(sheet)).mode is Mode.GREYSCALE


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (3, 2), (40, 3000)])
def test_pages_of_any_shape_can_be_looked_at(shape):
    page = np.full(shape, 150, np.uint8)
    paper = find_paper(page)
    assert paper is not None
    assert on_white_paper(page, paper).min() == 255


def test_the_paint_of_a_photographed_drawing_is_as_clean_as_on_white(tiny):
    photo = in_lamp_light(drawing(), 0.55, 0.8)
    colored = tiny.colorize_artwork(Artwork(photo), ColorRequest())
    scanned = tiny.colorize_artwork(Artwork(drawing()), ColorRequest())
    assert (colored.mode, colored.whitened, scanned.whitened) == (Mode.LINEART, True, False)
    paper, ink = drawing() == 255, drawing() == 0
    off = np.abs(colored.artwork.pixels.astype(int) - scanned.artwork.pixels)
    assert off[paper].mean() < 3
    assert colored.artwork.pixels[ink].max() < 40
    assert colored.changed_lines == 0


def test_greyscale_mode_keeps_the_paper(tiny):
    photo = in_lamp_light(drawing(), 0.55, 0.8)
    colored = tiny.colorize_artwork(Artwork(photo), ColorRequest(Mode.GREYSCALE))
    assert (colored.changed_luma, colored.whitened) == (0, False)


def test_ruled_paper_becomes_white_and_keeps_its_rules():
    ruled = (drawing() * 0.7).astype(np.uint8)
    ruled[10::14] = np.minimum(ruled[10::14], 130)
    reading = read_mode(Artwork(ruled))
    assert reading.mode is Mode.LINEART
    white = on_white_paper(ruled, reading.paper)
    assert white[5, 5] == 255
    assert white[10, 5] < 200


def test_line_art_that_is_asked_for_under_a_hard_shadow_keeps_its_dark_lines(tiny):
    """Paper of mid tone beside black lines was taken for white ink on black, and went white."""
    shaded = (drawing() * 0.7).astype(np.uint8)
    shaded[:, 250:] //= 2
    assert read_mode(Artwork(shaded)).mode is Mode.GREYSCALE
    colored = tiny.colorize_artwork(Artwork(shaded), ColorRequest(Mode.LINEART))
    luma = colored.artwork.pixels.mean(axis=2)
    assert luma[drawing() == 0].max() < 40
    assert luma[drawing() == 255].mean() > luma[drawing() == 0].mean() + 40


def test_a_night_page_that_is_forced_to_be_line_art_stays_dark(tiny):
    """It was taken for white ink on black, and came out pale, without its lines."""
    night = np.minimum(drawing(), 90)
    night[300:] = np.minimum(drawing()[300:], 150)
    night[:40, :30] = 240
    colored = tiny.colorize_artwork(Artwork(night), ColorRequest(Mode.LINEART))
    luma = colored.artwork.pixels.mean(axis=2)
    assert luma[drawing() == 0].max() < 20
    assert luma[200:400, 250:].mean() < 110


def test_chalk_on_a_grey_board_does_not_vanish(tiny):
    board = (80 + (255 - drawing()) * 0.6).astype(np.uint8)
    colored = tiny.colorize_artwork(Artwork(board), ColorRequest(Mode.LINEART))
    luma = colored.artwork.pixels.mean(axis=2)
    assert luma[drawing() == 0].mean() - luma[drawing() == 255].mean() > 40


def test_layers_of_a_photographed_drawing_hold_its_lines_on_white(tiny):
    photo = in_lamp_light(drawing(), 0.55, 0.8)
    layers = tiny.layers(photo)
    assert np.mean(layers.lines[drawing() == 255] == 255) > 0.97
