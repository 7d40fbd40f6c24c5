"""Colours suggested for a spot: there, around, in the palette; never the same twice."""

import numpy as np

from colorstudio.core.oklab import oklab_of
from colorstudio.core.suggestions import MOST, suggested_colors

RED, BLUE, GOLD = (200, 60, 50), (50, 70, 190), (230, 190, 60)


def picture() -> np.ndarray:
    """Red on the left, blue on the right, a little gold in a corner, a black line between."""
    made = np.zeros((120, 200, 3), np.uint8)
    made[:, :100], made[:, 100:], made[100:, 180:] = RED, BLUE, GOLD
    made[:, 98:102] = 0
    return made


def test_first_what_is_there_then_what_lies_around_then_the_rest():
    found = [tuple(color) for color in suggested_colors(picture(), (90, 40)).tolist()]
    assert found == [RED, BLUE, GOLD], "the line is nothing to paint with"


def test_with_a_palette_its_colours_from_the_most_alike_on():
    palette = np.array([BLUE, (205, 70, 60), (20, 200, 30)], np.uint8)
    found = suggested_colors(picture(), (10, 10), palette).tolist()
    assert found[0] == list(RED)
    assert found[1:] == [[20, 200, 30], list(BLUE)] or found[1:] == [list(BLUE), [20, 200, 30]]


def test_colours_are_few_and_plainly_different_even_in_noise():
    noise = np.random.default_rng(3).integers(0, 256, (90, 130, 3), np.uint8)
    found = suggested_colors(noise, (0, 89))
    assert 1 <= len(found) <= MOST
    lab = oklab_of(found)
    apart = np.linalg.norm(lab[:, None] - lab, axis=2)[np.triu_indices(len(lab), 1)]
    assert apart.min() > 0.03


def test_one_pixel_is_a_picture_too():
    assert suggested_colors(np.full((1, 1, 3), 9, np.uint8), (0, 0)).tolist() == [[9, 9, 9]]
