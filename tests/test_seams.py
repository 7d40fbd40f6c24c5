"""Seams between cells on open paper: drawn taut, without moving a line or losing a cell."""

import cv2
import numpy as np

from colorstudio.core.regions import find_regions
from colorstudio.core.seams import drawn_taut


def two_cells(seam: np.ndarray, *, gap: tuple[int, int] = (30, 70)) -> np.ndarray:
    """Cells 1 and 2 of (100, 100), parted by a line with a gap in it, where `seam` parts them."""
    rows, columns = np.mgrid[:100, :100]
    beside_gap = (rows < gap[0]) | (rows >= gap[1])
    cells = np.where(columns < np.where(beside_gap, 50, seam[:, None]), 1, 2).astype(np.uint16)
    cells[beside_gap & (np.abs(columns - 50) < 2)] = 0
    return cells


def roughness(cells: np.ndarray) -> int:
    """How many pixels the seam steps aside within the gap."""
    seam = (cells[32:68] == 1).sum(axis=1)
    return int(np.abs(np.diff(seam)).sum())


def test_a_jagged_seam_becomes_smooth_and_the_lines_stay() -> None:
    jags = 50 + 5 * (np.arange(100) // 4 % 2)
    cells = two_cells(jags)
    taut = drawn_taut(cells)
    assert roughness(cells) >= 40 and roughness(taut) <= 4
    np.testing.assert_array_equal(taut == 0, cells == 0)
    far = np.abs(np.arange(100) - 52) > 12
    np.testing.assert_array_equal(taut[:, far], cells[:, far])


def test_a_straight_seam_stays_and_cells_that_touch_nowhere_too() -> None:
    straight = two_cells(np.full(100, 50))
    np.testing.assert_array_equal(drawn_taut(straight), straight)
    apart = two_cells(np.full(100, 50), gap=(50, 50))
    assert drawn_taut(apart) is apart


def test_no_cell_vanishes() -> None:
    for side in range(2, 30):
        cells = np.ones((60, 60), np.uint16)
        cells[20 : 20 + side, 20 : 20 + side] = 2
        assert set(np.unique(drawn_taut(cells))) == {1, 2}


def test_noise_is_left_alone() -> None:
    noise = np.random.default_rng(0).integers(1, 9, (400, 400)).astype(np.uint16)
    assert drawn_taut(noise) is noise


def test_the_seam_in_a_gap_of_a_slanted_line_keeps_to_the_line() -> None:
    ink = np.zeros((600, 600), np.uint8)
    cv2.line(ink, (0, 100), (292, 295), 255, 2)
    cv2.line(ink, (308, 305), (599, 499), 255, 2)
    regions = find_regions(ink)
    groups = regions.grouped().of_cells()[regions.cells]
    above, below = groups[20, 300], groups[580, 300]
    assert above != below
    upper = (groups[:, 290:311] == above).sum(axis=0)
    expected = 300 + (np.arange(290, 311) - 300) * 2 / 3
    assert np.abs(upper - expected).max() <= 1.5
