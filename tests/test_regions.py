"""What the lines enclose is a region: through gaps, at every size, and for pages without any."""

import time

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from colorstudio.core.artwork import Artwork
from colorstudio.core.ink import darkness, ink_mask
from colorstudio.core.mode import Ink, luma_on_white
from colorstudio.core.regions import Regions, find_regions

Page = NDArray[np.uint8]


def blank(height: int = 300, width: int = 400) -> Page:
    return np.full((height, width), 255, np.uint8)


def room_with_a_gap(gap: int) -> Page:
    """A box of 200 x 200 whose right wall has a gap in the middle."""
    page = blank()
    cv2.rectangle(page, (50, 50), (250, 250), 0, 4)
    page[150 - gap // 2 : 150 + gap - gap // 2, 240:260] = 255
    return page


def regions_of(page: Page, ink: Ink = Ink.BLACK_ON_WHITE) -> Regions:
    artwork = Artwork(page)
    return find_regions(ink_mask(darkness(artwork, luma_on_white(artwork), ink)))


def numbers(page: Page, ink: Ink = Ink.BLACK_ON_WHITE) -> NDArray[np.int64]:
    """The region of each pixel."""
    regions = regions_of(page, ink)
    return regions.grouped().of_cells()[regions.cells]


@pytest.mark.parametrize("gap", [0, 2, 5, 9])
def test_a_gap_in_a_line_lets_nothing_out(gap):
    found = numbers(room_with_a_gap(gap))
    assert len(np.unique(found)) == 2
    assert found[150, 150] != found[150, 300]
    inside = found[54:246, 54:236] == found[150, 150]
    assert inside.mean() > 0.999


def test_a_wide_opening_is_no_gap():
    found = numbers(room_with_a_gap(90))
    assert found[150, 150] == found[150, 300]


def test_the_neck_of_a_vase_does_not_cut_it_in_two():
    page = blank()
    cv2.circle(page, (120, 150), 70, 0, 4)
    cv2.circle(page, (280, 150), 70, 0, 4)
    cv2.rectangle(page, (180, 138), (220, 162), 0, 4)
    cv2.rectangle(page, (175, 141), (225, 159), 255, -1)
    found = numbers(page)
    assert found[150, 120] == found[150, 280] != found[5, 5]


def test_fill_reaches_under_the_lines_from_both_sides():
    page = room_with_a_gap(0)
    found = numbers(page)
    left_line = found[150, 45:60]
    assert set(left_line) == {found[150, 20], found[150, 150]}
    steps = np.flatnonzero(np.diff(left_line))
    assert len(steps) == 1 and 2 <= steps[0] <= 9  # they meet once, under the line


def test_pale_coloured_and_soft_lines_on_tinted_paper_are_lines_too():
    page = np.full((300, 400, 3), (250, 240, 215), np.uint8)
    cv2.circle(page, (120, 150), 60, (250, 235, 120), 3, cv2.LINE_AA)  # yellow: luma of paper
    cv2.circle(page, (280, 150), 60, (190, 185, 170), 2, cv2.LINE_AA)  # pencil
    found = numbers(page)
    assert len({found[150, 120], found[150, 280], found[5, 5]}) == 3


def test_white_lines_on_black_are_the_same_regions():
    page = room_with_a_gap(5)
    np.testing.assert_array_equal(numbers(255 - page, Ink.WHITE_ON_BLACK), numbers(page))


def test_hatching_is_not_shattered():
    page = room_with_a_gap(0)
    for place in range(60, 240, 7):
        page[60:240, place] = page[place, 60:240] = 0
    assert len(np.unique(numbers(page))) < 10


def test_an_eye_in_a_face_stays_a_region():
    page = room_with_a_gap(0)
    cv2.circle(page, (120, 120), 6, 0, 1)
    found = numbers(page)
    assert found[120, 120] not in (found[200, 200], found[5, 5])


def test_a_large_page_has_the_regions_of_a_small_one():
    page = room_with_a_gap(6)
    large = cv2.resize(page, None, fx=8, fy=8, interpolation=cv2.INTER_LINEAR)
    assert large.size > 7_000_000  # worked on at less than full size
    small, found = numbers(page), numbers(large)
    assert len(np.unique(found)) == 2
    same = (found[::8, ::8] == found[1200, 1200]) == (small == small[150, 150])
    assert same[page > 200].mean() > 0.999
    # No paper between fill and line, and no fill beyond it.
    row = found[1200, : 50 * 8 + 60] == found[1200, 1200]
    assert not row[: 50 * 8 - 16].any() and row[50 * 8 + 20 :].all()


PAGES = {
    "white": lambda: np.full((900, 1200), 255, np.uint8),
    "black": lambda: np.zeros((900, 1200), np.uint8),
    "noise": lambda: np.random.default_rng(1).integers(0, 256, (900, 1200), np.uint8),
    "specks": lambda: np.where(np.random.default_rng(1).random((900, 1200)) < 0.04, 0, 255).astype(
        np.uint8
    ),
    "one pixel": lambda: np.zeros((1, 1), np.uint8),
    "one row": lambda: np.full((1, 5000), 255, np.uint8),
}


@pytest.mark.parametrize("what", PAGES)
def test_pages_without_any_region_give_few_and_soon(what):
    start = time.process_time()
    regions = regions_of(PAGES[what]())
    groups = regions.grouped().of_cells()
    assert 1 <= len(np.unique(groups)) <= 1000
    assert regions.cells.max() < regions.count
    assert time.process_time() - start < 10
