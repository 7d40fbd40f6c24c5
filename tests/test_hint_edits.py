"""What an artist's hand does to a hint set, without any window."""

import itertools
import json
import math

from colorstudio.core.hint_edits import (
    chosen_at,
    erased,
    moved,
    recolored,
    resized,
    scaled,
    spaced,
    with_dot,
    with_stroke,
    without,
)
from colorstudio.core.hints import MOST_HINTS, Hint, HintSet

RED, BLUE = "#d04030", "#2040d0"
EMPTY = HintSet()
LINE = [(10.0, 10.0), (110.0, 10.0)]


def test_a_dot_lies_on_top():
    hints = with_dot(with_dot(EMPTY, (5, 6), 4, RED), (5, 6), 4, BLUE)
    assert [hint.color for hint in hints.hints] == [RED, BLUE]
    assert hints.hints[max(chosen_at(hints, (6, 6), 2, whole=False))].color == BLUE


def test_a_stroke_leaves_no_gap_and_belongs_together():
    hints = with_stroke(with_dot(EMPTY, (200, 200), 4, RED), LINE, 8, BLUE)
    stroke = [hint for hint in hints.hints if hint.stroke]
    assert (stroke[0].x, stroke[-1].x) == (10, 110)
    steps = [b.x - a.x for a, b in itertools.pairwise(stroke)]
    assert max(steps) <= 8
    assert chosen_at(hints, (60, 12), 5, whole=False) == frozenset(range(1, len(hints.hints)))


def test_a_stroke_without_any_way_is_a_dot_and_strokes_have_numbers_of_their_own():
    assert with_stroke(EMPTY, [(3, 3)], 8, RED).hints == (Hint(3, 3, 8, RED),)
    both = with_stroke(with_stroke(EMPTY, LINE, 8, RED), LINE, 8, BLUE)
    assert {hint.stroke for hint in both.hints} == {1, 2}


def test_strokes_come_back_from_their_file_and_strange_numbers_are_no_reason_to_refuse_it():
    hints = with_stroke(with_dot(EMPTY, (1, 2), 3, RED), LINE, 8, BLUE)
    assert HintSet.from_json(hints.to_json()) == hints
    assert "stroke" not in json.loads(hints.to_json())["hints"][0]
    for strange in ("a", -1, 1.5, True, None, 1 << 40):
        row = {"x": 1, "y": 2, "radius": 3, "color": RED, "stroke": strange}
        assert HintSet.from_rows([row]).hints[0].stroke == 0


def test_the_whole_disc_is_taken_hold_of_only_where_that_is_wished_for():
    hints = with_dot(EMPTY, (50, 50), 30, RED)
    assert chosen_at(hints, (70, 50), 5, whole=True) == {0}
    assert not chosen_at(hints, (70, 50), 5, whole=False)


def test_a_moved_stroke_keeps_its_form_and_stays_on_the_picture():
    hints = with_stroke(EMPTY, LINE, 8, RED)
    there = moved(hints, range(len(hints.hints)), (1000, -3), (200, 100))
    assert max(hint.x for hint in there.hints) == 200
    assert {round(hint.y, 6) for hint in there.hints} == {7}
    ways = {round(b.x - a.x, 6) for a, b in zip(hints.hints, there.hints, strict=True)}
    assert len(ways) == 1
    assert moved(hints, (), (5, 5), (200, 100)) is hints


def test_colour_and_size_change_only_what_is_chosen():
    hints = with_dot(with_dot(EMPTY, (5, 5), 4, RED), (50, 50), 4, RED)
    changed = resized(recolored(hints, {1}, BLUE), {1}, 9)
    assert changed.hints == (hints.hints[0], Hint(50, 50, 9, BLUE))


def test_an_eraser_cuts_a_stroke_in_two():
    hints = with_stroke(EMPTY, LINE, 8, RED)
    cut = erased(hints, [(60.0, 0.0), (60.0, 30.0)], 9)
    assert len(cut.hints) < len(hints.hints)
    assert all(abs(hint.x - 60) > 8 for hint in cut.hints)
    left, right = (chosen_at(cut, (x, 10.0), 5, whole=False) for x in (10.0, 110.0))
    assert left and right and not left & right
    assert erased(hints, [(500.0, 500.0)], 9) is hints


def test_what_is_left_of_a_stroke_as_one_dot_is_a_dot():
    hints = with_stroke(EMPTY, [(0.0, 0.0), (16.0, 0.0)], 8, RED)
    assert [hint.stroke for hint in without(hints, {0, 1}).hints] == [0]


def test_dots_alone_are_never_renumbered():
    hints = with_dot(with_dot(with_dot(EMPTY, (1, 1), 4, RED), (5, 5), 4, RED), (9, 9), 4, RED)
    assert [hint.stroke for hint in without(hints, {1}).hints] == [0, 0]


def test_hints_for_a_picture_of_another_size():
    hints = HintSet((Hint(10, 20, 4, RED),))
    assert scaled(hints, (100, 100), (200, 200)).hints == (Hint(20, 40, 8, RED),)


def test_a_full_set_takes_no_more_so_that_its_file_can_be_read():
    full = HintSet((Hint(1, 1, 1, RED),) * MOST_HINTS)
    assert with_dot(full, (5, 5), 4, BLUE) == full
    assert len(HintSet.from_json(full.to_json()).hints) == MOST_HINTS


def test_places_along_a_path_are_evenly_spaced():
    spots = spaced([(0, 0), (0, 3), (4, 3), (4, 50)], 5)
    assert spots[0] == (0, 0) and spots[-1] == (4, 50)
    assert all(math.dist(a, b) <= 5.000001 for a, b in itertools.pairwise(spots))
    assert spaced([], 5) == []
