"""The hand's tools, told where it goes down and lifts, as the canvas tells it."""

import pytest

from colorstudio.core.hints import Hint, HintSet
from colorstudio.ui.hint_hand import Deed, HintHand, Tool

RED = "#d04030"


@pytest.fixture
def hand():
    made = HintHand()
    made.take_picture((300, 200), HintSet((Hint(100, 100, 20, RED),)))
    return made


def stroke(hand, *spots, slack=4.0):
    taken = hand.press(spots[0], slack)
    for spot in spots[1:]:
        hand.move(spot)
    return hand.release() if taken else None


def test_a_click_with_the_dot_places_one_in_the_colour_of_the_brush(hand):
    hand.tool, hand.color = Tool.DOT, "#20c050"
    edit = stroke(hand, (30, 40))
    assert edit.deed is Deed.DOT
    assert edit.hints.hints[-1] == Hint(30, 40, hand.radius, "#20c050")
    assert hand.set_color("#000000") is None, "the next colour is for the next dot"


def test_a_dot_can_be_placed_on_the_rim_of_a_large_one_and_its_middle_moves_it(hand):
    hand.tool = Tool.DOT
    assert stroke(hand, (112, 100)).deed is Deed.DOT
    assert stroke(hand, (100, 101), (150, 101)).deed is Deed.MOVE
    assert hand.hints.hints[0].x == 150


def test_the_hand_takes_hold_of_a_hint_anywhere_and_of_nothing_else(hand):
    assert stroke(hand, (10, 10)) is None and not hand.chosen
    assert stroke(hand, (115, 100)) is None, "a click alone changes nothing"
    assert hand.chosen == {0}
    edit = stroke(hand, (115, 100), (116, 130), (120, 110))
    assert edit.deed is Deed.MOVE and edit.hints.hints == (Hint(105, 110, 20, RED),)


def test_a_brush_stroke_stays_on_the_picture(hand):
    hand.tool = Tool.BRUSH
    edit = stroke(hand, (250, 190), (290, 190), (900, 190))
    assert edit.deed is Deed.STROKE
    assert all(0 <= hint.x < 300 and 0 <= hint.y < 200 for hint in edit.hints.hints)


def test_what_begins_far_outside_the_picture_is_no_hint(hand):
    hand.tool = Tool.DOT
    assert stroke(hand, (-40, 10)) is None


def test_the_eraser_shows_what_goes_while_it_moves_and_may_find_nothing(hand):
    hand.tool = Tool.ERASER
    assert stroke(hand, (10, 10), (20, 10)) is None
    hand.press((90, 100), 4.0)
    hand.move((100, 100))
    assert not hand.shown.hints and hand.hints.hints
    assert hand.release().deed is Deed.ERASE


def test_colour_size_and_delete_act_on_what_is_chosen(hand):
    assert hand.set_color("#000000") is None
    stroke(hand, (100, 100))
    assert hand.set_color("#112233").hints.hints[0].color == "#112233"
    assert hand.resize(+1).hints.hints[0].radius == 25
    assert hand.delete().hints == HintSet()
    assert hand.delete() is None


def test_brush_sizes_have_limits(hand):
    for _ in range(99):
        hand.resize(-1)
    assert hand.radius == 1
    for _ in range(99):
        hand.resize(+1)
    assert hand.radius == 400


def test_the_brush_keeps_its_share_of_pictures_of_another_size(hand):
    hand.set_radius(10)
    hand.take_picture((3000, 2000), HintSet())
    assert hand.radius == 100


def test_giving_up_changes_nothing(hand):
    hand.tool = Tool.BRUSH
    before = hand.hints
    hand.press((10, 10), 4.0)
    hand.move((60, 60))
    assert hand.give_up() and not hand.busy
    assert hand.release() is None and hand.hints is before
