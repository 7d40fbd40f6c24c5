"""Hints spread over a picture: along flat luma, up to its edges, and obeyed by what is painted."""

import cv2
import numpy as np
import pytest
import torch

from colorstudio.core.hint_field import HintField, HintGround
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.spreading import (
    EdgeAwareSmoother,
    Scales,
    corrected,
    geodesic_distance,
    spread_hints,
)
from colorstudio.core.yuv import chroma_of, luma_of

HEIGHT, WIDTH = 48, 64


@pytest.fixture
def boxed() -> np.ndarray:
    """A white page (1, H, W) with a closed box of ink in its left half."""
    page = np.ones((1, HEIGHT, WIDTH), np.float32)
    page[0, 8:40, [6, 30]] = 0
    page[0, [8, 40], 6:31] = 0
    return page


def hinted(*dots: tuple[int, int, float, float]) -> np.ndarray:
    """Planes (1, 3, H, W): U, V and mask of dots of one pixel, as (row, column, U, V)."""
    planes = np.zeros((1, 3, HEIGHT, WIDTH), np.float32)
    for row, column, u, v in dots:
        planes[0, :, row, column] = u, v, 1
    return planes


def spread(luma: np.ndarray, planes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return spread_hints(np, luma, planes, EdgeAwareSmoother(np, luma))


def test_each_side_of_a_line_takes_its_own_hint(boxed):
    values, confidence = spread(boxed, hinted((20, 12, 0.5, -0.2), (20, 50, -0.4, 0.3)))
    inside, outside = values[0, :, 12:36, 10:27], values[0, :, 4:44, 36:60]
    # A little of the other's comes across the line: it is a guess, which the network weighs.
    assert np.abs(inside - np.array([0.5, -0.2])[:, None, None]).max() < 0.06
    assert np.abs(outside - np.array([-0.4, 0.3])[:, None, None]).max() < 0.06
    assert confidence[0, 20, 12] == 1 and confidence[0, 12:36, 10:27].min() > 0.5


def test_a_region_without_a_hint_is_told_so(boxed):
    confidence = spread(boxed, hinted((20, 50, -0.4, 0.3)))[1]
    assert confidence[0, 12:36, 10:27].max() < 0.01 < 0.5 < confidence[0, 4:44, 36:60].min()


def test_a_colour_also_reaches_where_luma_is_alike_behind_an_edge():
    stripes = np.where(np.arange(WIDTH) // 8 % 2 == 0, 0.3, 0.8).astype(np.float32)
    luma = np.broadcast_to(stripes, (1, HEIGHT, WIDTH)).copy()
    values = spread(luma, hinted((20, 4, 0.5, 0.0), (20, 12, -0.5, 0.0)))[0][0, 0]
    assert values[:, 48:56].min() > 0.1 and values[:, 56:64].max() < -0.1


def test_without_hints_nothing_is_spread(boxed):
    values, confidence = spread(boxed, hinted())
    assert not values.any() and confidence.max() < 1e-6


def test_values_stay_within_the_range_of_the_hints():
    luma = np.random.default_rng(5).random((1, HEIGHT, WIDTH)).astype(np.float32)
    values = spread(luma, hinted((3, 3, 0.25, -0.5), (40, 60, -0.125, 0.75)))[0][0]
    assert values[0].min() >= -0.125 - 1e-5 and values[0].max() <= 0.25 + 1e-5
    assert values[1].min() >= -0.5 - 1e-5 and values[1].max() <= 0.75 + 1e-5


def test_program_and_training_spread_alike():
    chance = np.random.default_rng(7)
    luma = chance.random((3, HEIGHT, WIDTH)).astype(np.float32)
    planes = np.concatenate([hinted((5, 9, 0.5, 0.1), (30, 40, -0.5, 0.2))] * 3)
    planes[1] = 0
    as_tensors = torch.from_numpy(luma), torch.from_numpy(planes)
    by_torch = spread_hints(torch, *as_tensors, EdgeAwareSmoother(torch, as_tensors[0]))
    for ours, theirs in zip(spread(luma, planes), by_torch, strict=True):
        assert theirs.numpy() == pytest.approx(ours, abs=1e-4)


def test_the_way_round_a_wall_is_longer_than_its_length(boxed):
    distance = geodesic_distance(np, boxed, hinted((20, 12, 0, 0))[:, -1])[0]
    assert distance[20, 26] == pytest.approx(14 * 0.001, abs=1e-5)
    assert distance[20, 40] > 2  # into the ink and out again


def test_what_was_painted_bends_to_the_hints_within_their_region(boxed):
    planes = hinted((20, 12, 0.5, -0.2))
    painted = np.full((1, 2, HEIGHT, WIDTH), 0.1, np.float32)
    bent = corrected(np, painted, planes, Scales(np, boxed))[0]
    assert bent[:, 20, 12] == pytest.approx([0.5, -0.2], abs=0.03)
    assert bent[0, 12:36, 10:27].min() > 0.35, "the whole closed region follows"
    assert np.abs(bent[:, 4:44, 36:60] - 0.1).max() < 0.02, "the other side of the line does not"


def test_what_gets_through_a_gap_is_no_beam():
    """One long step along columns carried the colour straight on, over the whole page."""
    page = np.ones((1, 120, 96), np.float32)
    page[0, 10:41, 30:32] = page[0, 10:41, 64:66] = page[0, 10:12, 30:66] = 0
    page[0, 39:41, 30:46] = page[0, 39:41, 50:66] = 0  # a box with a gap at its lower edge
    planes = np.zeros((1, 2, 120, 96), np.float32)
    planes[0, :, 24:27, 46:49] = np.array([0.8, 1])[:, None, None]
    planes[0, 1, 90:93, 20:23] = 1  # the page round it is to stay as it is
    bent = corrected(np, np.zeros((1, 1, 120, 96), np.float32), planes, Scales(np, page))[0, 0]
    assert bent[14:37, 34:62].min() > 0.6
    assert bent[80, 48] < 0.15
    assert bent[90:93, 20:23].max() < 0.02


@pytest.mark.parametrize("size", [(48, 64), (47, 63), (1, 1), (2, 31)])
def test_a_picture_of_any_size_obeys_its_hint(size):
    red = Hint(size[1] / 2, size[0] / 2, 4, "#d04030")
    field = HintField(HintSet((red,)), size, HintGround(np.full(size, 0.5, np.float32)))
    rgb = np.array(red.rgb, np.float32) / 255
    chroma, paint = field.obeyed(np.zeros((2, *size), np.float32), np.ones(size, np.float32))
    row, column = size[0] // 2, size[1] // 2
    assert chroma[:, row, column] == pytest.approx(chroma_of(rgb), abs=0.02)
    assert paint[row, column] == pytest.approx(float(luma_of(rgb)), abs=0.02)
    told = field.spread()
    assert told.shape == field.dots().shape == (3, *size)
    assert told[2, row, column] == pytest.approx(1)


def test_hints_that_differ_within_one_region_are_obeyed_each():
    size = 96, 128
    hints = HintSet(tuple(Hint(16 + 32 * n, 48, 3, color) for n, color in enumerate(FOUR)))
    field = HintField(hints, size, HintGround(np.ones(size, np.float32)))
    chroma, paint = field.obeyed(np.zeros((2, *size), np.float32), np.ones(size, np.float32))
    for hint in hints.hints:
        rgb, there = np.array(hint.rgb, np.float32) / 255, (int(hint.y), int(hint.x))
        assert chroma[:, *there] == pytest.approx(chroma_of(rgb), abs=0.05), hint.color
        assert paint[there] == pytest.approx(float(luma_of(rgb)), abs=0.05), hint.color


FOUR = ("#d04030", "#2060d0", "#ffffff", "#101010")


def test_a_dot_among_strokes_of_another_colour_is_obeyed():
    """Blush on a cheek: the skin is all round it, and a few pixels away."""
    size = 96, 128
    skin = tuple(Hint(x, 40, 8, "#f6d2b0") for x in range(16, 112, 8))
    blush = Hint(64, 58, 6, "#e86a6a")
    field = HintField(HintSet((*skin, blush)), size, HintGround(np.ones(size, np.float32)))
    chroma, paint = field.obeyed(np.zeros((2, *size), np.float32), np.ones(size, np.float32))
    for hint in (*skin, blush):
        rgb, there = np.array(hint.rgb, np.float32) / 255, (int(hint.y), int(hint.x))
        assert chroma[:, *there] == pytest.approx(chroma_of(rgb), abs=0.03), hint
        assert paint[there] == pytest.approx(float(luma_of(rgb)), abs=0.03), hint


def test_the_place_of_a_hint_among_others_is_round():
    """Spread along rows and columns alone it came out as a diamond with hard edges."""
    size, middle, apart = (200, 200), 100, 80
    turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ring = [(middle + apart * np.cos(turn), middle + apart * np.sin(turn)) for turn in turns]
    hints = (*(Hint(x, y, 4, "#3050d0") for x, y in ring), Hint(middle, middle, 4, "#d04030"))
    field = HintField(HintSet(hints), size, HintGround(np.ones(size, np.float32)))
    u = field.obeyed(np.zeros((2, *size), np.float32), np.ones(size, np.float32))[0][0]
    inside, outside = u[middle, middle], u[middle, middle + apart]
    for far in (20, 30, 40, 50):
        aslant = round(far / np.sqrt(2))
        straight = (u[middle, middle + far] - outside) / (inside - outside)
        slanting = (u[middle + aslant, middle + aslant] - outside) / (inside - outside)
        assert slanting == pytest.approx(straight, abs=0.12), far


def test_a_hinted_region_has_its_colour_up_to_its_line():
    """No rim of the paint from before: cells of half the size that a line crosses hold both."""
    luma = np.ones((96, 128), np.float32)
    luma[:, 61:64] = 0  # the cells of columns 60 and 61 are half ink
    field = HintField(HintSet((Hint(24, 48, 6, "#20c040"),)), luma.shape, HintGround(luma))
    chroma, paint = field.obeyed(np.zeros((2, *luma.shape), np.float32), np.ones_like(luma))
    rgb = np.array((0x20, 0xC0, 0x40), np.float32) / 255
    assert np.abs(chroma[:, 30:66, 50:61] - chroma_of(rgb)[:, None, None]).max() < 0.05
    assert np.abs(paint[30:66, 50:61] - luma_of(rgb)).max() < 0.05
    assert np.abs(chroma[:, :, 64:]).max() < 0.02, "the other side of the line keeps its paint"


def told_beside_a_line(x: float, radius: float, times: int) -> np.ndarray:
    """How much of each cell's column a hint marks, on a page with a line at cells 31 and 32."""
    page = np.full((96 * times, 128 * times), 255, np.uint8)
    page[:, 61 * times : 64 * times] = 0
    luma = cv2.resize(page, (128, 96), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    hints = HintSet((Hint(x * times, 48 * times, radius * times, "#d04030"),))
    field = HintField(hints, page.shape, HintGround(luma, page), line_art=True)
    chroma, _ = field.obeyed(np.zeros((2, 96, 128), np.float32), np.ones((96, 128), np.float32))
    return np.abs(chroma).max(axis=0)[40:56].mean(axis=0)


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize(("x", "radius"), [(59.5, 12), (55, 24), (60.4, 0.2), (60.4, 2)])
def test_a_dot_beside_a_line_colours_its_own_side_only_and_more_than_a_rim(x, radius, times):
    told = told_beside_a_line(x, radius, times)
    assert told[52:60].min() > 0.4, "the paper beside the line, not only the line's own cells"
    assert told[66:].max() < 0.02, "what the dot overhangs is another region"


@pytest.mark.parametrize("side", [0, 127.9, 128])
def test_a_dot_at_the_rim_of_a_page_of_lines_lands(side):
    assert told_beside_a_line(side, 1, 4)[min(int(side), 127)] > 0.4


def test_no_paint_luma_is_made_up():
    hints = HintSet((Hint(5, 5, 2, "#d04030"),))
    field = HintField(hints, (32, 32), HintGround(np.full((32, 32), 0.5, np.float32)))
    assert field.obeyed(np.zeros((2, 32, 32), np.float32), None)[1] is None
