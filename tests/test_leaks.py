"""The leak meter: what crosses lines, where regions flow together, and lines that stay."""

import cv2
import numpy as np
import pytest
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.flats import Flats, flats_of
from colorstudio.core.hints import HintSet
from colorstudio.core.leaks import read_leaks
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.recompose import count_changed_lines
from colorstudio.core.region_edits import EditKind, RegionEdit
from colorstudio.core.regions import find_regions
from colorstudio.core.request import ColorRequest

RED, BLUE = (200, 30, 40), (20, 60, 220)


def room(gap: int) -> np.ndarray:
    """A room of 240 x 200 on a ground, its right wall open in the middle."""
    page = np.full((300, 500), 255, np.uint8)
    cv2.rectangle(page, (60, 50), (300, 250), 0, 4)
    page[150 - gap // 2 : 150 + gap - gap // 2, 290:310] = 255
    return page


def paint(crossing: int = 0) -> np.ndarray:
    """Red in the room, blue outside, the red running on for some pixels past the wall."""
    painted = np.full((300, 500, 3), BLUE, np.uint8)
    painted[50:250, 60 : 300 + crossing] = RED
    return painted


def flats(page: np.ndarray, painted: np.ndarray) -> Flats:
    ink = np.where(page < 128, np.uint8(255), np.uint8(0))
    return flats_of(find_regions(ink), painted, HintSet())


def test_colour_that_keeps_to_its_lines_does_not_cross_and_what_does_is_measured() -> None:
    readings = []
    for crossing in (0, 10, 40):
        painted = paint(crossing)
        reading = read_leaks(flats(room(0), painted), painted)
        assert reading.leaks == ()
        readings.append(reading.crossing)
    assert readings[0] is not None and readings[0] < 0.002
    assert readings[0] < readings[1] < readings[2] and readings[1] > 0.005
    assert read_leaks(flats(room(0), paint()), None).crossing is None


def test_a_place_where_the_ground_flows_in_is_told_with_the_stroke_that_closes_it() -> None:
    page = room(70)
    reading = read_leaks(flats(page, paint()), None)
    assert len(reading.leaks) == 1
    leak = reading.leaks[0]
    assert abs(leak.x - 300) < 30 and abs(leak.y - 150) < 25 and leak.background
    assert 40 < leak.width < 110 and reading.worst >= leak.share > 0.1
    ink = np.where(page < 128, np.uint8(255), np.uint8(0))
    cv2.line(ink, *[tuple(map(round, end)) for end in leak.ends], 255, 3)
    closed = flats_of(find_regions(ink), paint(), HintSet())
    assert read_leaks(closed, None).leaks == ()
    assert RegionEdit.stroke(EditKind.CLOSE, leak.ends).to_row()["kind"] == "close"
    assert reading.to_row()["places"][0]["background"] is True


def test_ends_of_lines_and_narrow_passages_are_no_gaps() -> None:
    page = room(0)
    cv2.circle(page, (420, 150), 60, 0, 4)
    cv2.line(page, (100, 100), (100, 200), 0, 4)  # loose in the room
    cv2.line(page, (120, 100), (120, 200), 0, 4)
    cv2.putText(page, "Hm", (150, 180), cv2.FONT_HERSHEY_DUPLEX, 2, 0, 4)
    assert read_leaks(flats(page, paint()), None).leaks == ()


@pytest.mark.parametrize("kind", ["white", "black", "noise"])
def test_pages_without_regions_have_no_leaks_and_end_soon(kind: str) -> None:
    pages = {
        "white": np.full((700, 700), 255, np.uint8),
        "black": np.zeros((700, 700), np.uint8),
        "noise": np.random.default_rng(1).integers(0, 2, (700, 700), np.uint8) * np.uint8(255),
    }
    painted = np.random.default_rng(2).integers(0, 255, (700, 700, 3), np.uint8)
    reading = read_leaks(flats(pages[kind], painted), painted)
    assert reading.crossing is not None and 0 <= reading.crossing <= 1
    assert len(reading.leaks) <= 40


# Lines --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


@pytest.mark.parametrize("flat", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("white_ink", [False, True])
def test_no_line_pixel_is_changed_and_that_is_checked(tiny, flat: float, white_ink: bool) -> None:
    page = cv2.GaussianBlur(room(0), (3, 3), 0)
    page = 255 - page if white_ink else page
    colored = tiny.colorize_artwork(Artwork(page), ColorRequest(Mode.LINEART, flat=flat))
    assert colored.changed_lines == 0
    ink = Ink.WHITE_ON_BLACK if white_ink else Ink.BLACK_ON_WHITE
    spoilt = colored.artwork.pixels.copy()
    spoilt[50, 100:120] = 128  # on the line
    assert count_changed_lines(page, spoilt, ink) == 20


def test_coloured_lines_take_a_darker_tone_of_what_lies_beside_them(tiny: Colorizer) -> None:
    page, request = room(0), ColorRequest(Mode.LINEART, colored_lines=True, layers=True)
    colored = tiny.colorize_artwork(Artwork(page), request)
    assert colored.changed_lines is None and colored.layers is not None
    line, beside = colored.artwork.pixels[50, 150].astype(int), colored.artwork.pixels[60, 150]
    assert 0 < line.max() < beside.max() / 2
    assert np.argmax(line) == np.argmax(beside)
    product = colored.layers.color * (colored.layers.lines[..., None] / 255)
    assert np.abs(product - colored.artwork.pixels).max() <= 1
