"""Line art whose ink has a colour of its own keeps it."""

import numpy as np
import pytest
from numpy.typing import NDArray
from paper_support import drawing, in_lamp_light
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.hints import HintSet
from colorstudio.core.line_colour import lines_in_colour
from colorstudio.core.mode import Ink, Mode, luma_on_white, read_mode
from colorstudio.core.request import ColorRequest

SEPIA = (112, 60, 20)
INK, PAPER = drawing() == 0, drawing() == 255


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


def inked(color: tuple[int, int, int], paper: tuple[int, int, int] = (255, 255, 255)) -> Artwork:
    share = drawing()[..., None] / 255
    return Artwork(np.rint(share * paper + (1 - share) * color).astype(np.uint8))


def in_colour(artwork: Artwork) -> NDArray[np.uint8] | None:
    return lines_in_colour(artwork, luma_on_white(artwork), over_white=False)


def test_the_lines_are_multiplied_in_their_own_colour(tiny):
    sepia, black = inked(SEPIA), inked((0, 0, 0))
    colored = tiny.colorize_artwork(sepia, ColorRequest())
    paint = tiny.layers(sepia.pixels).color
    expected = sepia.pixels.astype(float) * paint / 255
    assert colored.mode is Mode.LINEART
    assert np.abs(colored.artwork.pixels - expected).max() <= 1
    assert colored.changed_lines == 0
    plain = tiny.colorize_artwork(black, ColorRequest()).artwork.pixels
    assert plain[INK].max() == 0


@pytest.mark.parametrize("flat", [0.5, 1.0])
def test_flats_lie_under_the_same_lines(tiny, flat):
    layers = tiny.layers(inked(SEPIA).pixels, flat=flat)
    assert np.array_equal(layers.lines, inked(SEPIA).pixels)
    under = layers.flats if flat == 1 else layers.color
    product = layers.lines.astype(float) * under / 255
    assert np.abs(layers.merged.pixels - product).max() <= 1


def test_coloured_ink_on_transparency_stays_so_in_its_layer(tiny):
    drawn = np.broadcast_to(np.uint8(SEPIA), (*drawing().shape, 3)).copy()
    layers = tiny.layers(np.dstack([drawn, 255 - drawing()]))
    assert np.array_equal(layers.lines, drawn)
    assert np.array_equal(layers.lines_alpha, 255 - drawing())
    red, _, blue = layers.merged.pixels[INK].mean(axis=0)
    assert red > 2 * blue


def test_white_lines_on_transparency_lie_on_paint(tiny):
    """On white paper they can't be seen, and so were coloured as an empty page."""
    white = np.full((*drawing().shape, 3), 255, np.uint8)
    layers = tiny.layers(np.dstack([white, 255 - drawing()]))
    assert (layers.mode, layers.ink) == (Mode.LINEART, Ink.WHITE_ON_BLACK)
    assert np.all(layers.merged.pixels[INK] == 255)
    assert layers.merged.pixels[PAPER].mean() < 250


def test_the_tint_of_the_paper_does_not_reach_the_paint():
    lines = in_colour(inked((30, 60, 170), paper=(250, 240, 220)))
    assert lines is not None
    assert np.ptp(lines[PAPER], axis=1).max() <= 1
    assert np.ptp(lines[INK], axis=1).min() > 100


def test_black_ink_has_no_colour_of_its_own():
    """Not on cream paper, nor with the colour noise of a scan."""
    noise = np.random.default_rng(2).normal(0, 5, (*drawing().shape, 3))
    scan = inked((12, 10, 14), paper=(250, 240, 220)).pixels + noise
    assert in_colour(Artwork(np.clip(scan, 0, 255).astype(np.uint8))) is None
    assert in_colour(Artwork(drawing())) is None


def test_a_picture_that_has_colours_already_is_coloured_anew():
    picture = inked((0, 0, 0)).pixels
    picture[120:320, 50:190], picture[150:250, 220:380] = (230, 60, 40), (60, 120, 230)
    assert in_colour(Artwork(picture)) is None


@pytest.mark.parametrize("color", [(170, 30, 60), (150, 150, 150), (90, 140, 220)])
def test_pale_and_coloured_ink_is_line_art(color):
    """Ink of mid tone is flat in the middle of its lines, and was taken for a page of tones."""
    assert read_mode(inked(color)).mode is Mode.LINEART


def test_a_photo_of_coloured_ink_keeps_its_colour_on_white(tiny):
    photo = np.dstack(
        [in_lamp_light(channel, 0.5, 0.8) for channel in np.moveaxis(inked(SEPIA).pixels, 2, 0)]
    )
    layers = tiny.layers(photo, hints=HintSet())
    assert np.mean(layers.lines[PAPER] == 255) > 0.95
    assert np.abs(np.median(layers.lines[INK], axis=0) - SEPIA).max() < 12
