"""Paint on line art: even within a region, and no line crossed."""

import numpy as np
import pytest

from colorstudio.core.hint_field import HintGround
from colorstudio.core.paint_smoothing import enlivened, smoothed_paint


def two_rooms() -> tuple[np.ndarray, np.ndarray]:
    """Lines with an ink wall in the middle, and paint: red left, blue right, in blots."""
    chance = np.random.default_rng(5)
    lines = np.ones((64, 96), np.float32)
    lines[:, 46:50] = 0
    paint = np.zeros((3, 64, 96), np.float32)
    paint[0, :, 48:], paint[1, :, :48], paint[2] = 0.6, 0.5, 0.4
    blots = np.kron(chance.normal(0, 0.15, (3, 8, 12)), np.ones((8, 8)))
    return lines, (paint + blots).astype(np.float32)


def test_blots_go_and_colours_stay_in_their_rooms():
    lines, paint = two_rooms()
    smooth = smoothed_paint(paint, HintGround(lines))
    for room in (slice(0, 44), slice(52, 96)):
        before, after = paint[:, :, room], smooth[:, :, room]
        assert after.std(axis=(1, 2)).max() < 0.4 * before.std(axis=(1, 2)).min()
        assert after.mean(axis=(1, 2)) == pytest.approx(before.mean(axis=(1, 2)), abs=0.05)


def test_what_was_painted_under_a_line_does_not_show_beside_it():
    lines, paint = np.ones((64, 96), np.float32), np.full((3, 64, 96), 0.7, np.float32)
    lines[:, 47:50] = 0  # every second cell of half the size is half ink
    paint[:, :, 46:51] = 0  # nothing is known under ink
    smooth = smoothed_paint(paint, HintGround(lines))
    beside = smooth[:, :, [45, 46, 50, 51]]
    assert beside.min() > 0.6, "no dark rim"


def test_a_wide_gradient_stays_one():
    sky = np.broadcast_to(np.linspace(0, 1, 200, dtype=np.float32)[:, None], (200, 120))
    smooth = smoothed_paint(np.stack([sky] * 3), HintGround(np.ones((200, 120), np.float32)))
    assert smooth[0, -1].mean() - smooth[0, 0].mean() > 0.5


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (33, 2)])
@pytest.mark.parametrize("ink", [0.0, 1.0])
def test_no_size_and_no_page_full_of_ink_breaks_it(size, ink):
    chance = np.random.default_rng(1)
    paint = chance.random((3, *size), dtype=np.float32)
    smooth = smoothed_paint(paint, HintGround(np.full(size, ink, np.float32)))
    assert smooth.shape == paint.shape and smooth.dtype == np.float32
    assert smooth.min() >= paint.min() - 1e-5 and smooth.max() <= paint.max() + 1e-5


def test_a_pale_guess_gets_more_colour_and_more_light_and_keeps_its_hues():
    paint = np.full((3, 20, 30), 0.1, np.float32)
    paint[1], paint[2, :, :20], paint[2, :, 20:] = -0.2, 0.7, 0.3
    fresh = enlivened(paint)
    assert fresh[0, 0, 0] == pytest.approx(0.15) and fresh[1, 0, 0] == pytest.approx(-0.3)
    assert 0.8 < fresh[2, 0, 0] < 0.92, "nearer to paper"
    assert fresh[2, 0, 0] / fresh[2, 0, 25] == pytest.approx(0.7 / 0.3, rel=1e-3)


def test_where_a_page_differs_from_its_veil_it_gets_the_most_colour():
    paint = np.full((3, 20, 30), 0.1, np.float32)
    paint[0, :, 15:] = 0.14  # a little redder than the rest
    red = enlivened(paint)[0]
    assert red[0, 20] - red[0, 5] == pytest.approx(0.1)
    assert red.mean() == pytest.approx(1.5 * paint[0].mean())


def test_what_hints_tell_stays_as_it_is():
    paint = np.full((3, 20, 30), 0.1, np.float32)
    paint[0, :, 15:] = 0.14
    known = np.zeros((20, 30), np.float32)
    known[:, 15:] = 1
    fresh = enlivened(paint, known)
    np.testing.assert_allclose(fresh[:2, :, 15:], paint[:2, :, 15:], atol=1e-6)
    np.testing.assert_array_equal(fresh[:2, :, :15], enlivened(paint)[:2, :, :15])


def test_light_paper_stays_as_it_is_and_a_night_page_dark():
    paper = np.zeros((3, 8, 8), np.float32)
    paper[2] = 0.97
    np.testing.assert_allclose(enlivened(paper), paper, atol=1e-6)
    paper[2] = 0.1
    assert enlivened(paper)[2].max() < 0.2
    vivid = np.full((3, 8, 8), 0.9, np.float32)
    assert enlivened(vivid).max() == 1.0
