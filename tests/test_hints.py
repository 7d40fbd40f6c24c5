"""Hints: their file, and where their colour lands on the generator's planes."""

import json

import numpy as np
import pytest

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.hint_planes import hint_planes
from colorstudio.core.hints import Hint, HintSet, hints_path, load_hints
from colorstudio.core.yuv import chroma_of

RED = Hint(120, 80, 6, "#d04030")


def test_a_hint_file_comes_back_as_it_was_written(tmp_path):
    file = tmp_path / "page.hints.json"
    hints = HintSet((RED, Hint(0, 0, 0, "#000000")))
    file.write_text(hints.to_json())
    assert load_hints(file) == hints
    assert hints_path(tmp_path / "page.png") == file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"hints": 3}',
        "\x00\x01",
        json.dumps({"hints": [{"x": 1, "y": 2, "radius": 3}]}),
        json.dumps({"hints": [{"x": 1, "y": 2, "radius": -3, "color": "#000000"}]}),
        json.dumps({"hints": [{"x": 1, "y": 2, "radius": 3, "color": "red"}]}),
        '{"hints": [{"x": NaN, "y": 2, "radius": 3, "color": "#000000"}]}',
        "[" * 100_000,
    ],
)
def test_a_broken_hint_file_is_refused_with_a_sentence(tmp_path, text):
    file = tmp_path / "page.hints.json"
    file.write_text(text)
    with pytest.raises(ColorStudioError) as caught:
        load_hints(file)
    assert caught.value.failure.kind is FailureKind.BAD_HINTS
    assert "“page.hints.json”" in caught.value.failure.sentence
    assert caught.value.failure.sentence.endswith("Mend or remove it.")


def test_a_missing_hint_file_is_told_by_its_name(tmp_path):
    with pytest.raises(ColorStudioError) as caught:
        load_hints(tmp_path / "nowhere.json")
    assert caught.value.failure.kind is FailureKind.NOT_FOUND
    assert "“nowhere.json”" in caught.value.failure.sentence


def test_a_hint_file_saved_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "page.hints.json"
    file.write_text(HintSet((RED,)).to_json(), encoding="utf-8-sig")
    assert load_hints(file) == HintSet((RED,))


def test_a_hint_lands_where_it_was_placed_with_its_own_colour():
    planes = hint_planes(HintSet((RED,)), picture=(200, 300), plane=(100, 150))
    rows, columns = np.nonzero(planes[3])
    assert (rows.mean(), columns.mean()) == pytest.approx((40, 60), abs=0.5)
    assert len(rows) == pytest.approx(np.pi * 3**2, rel=0.15)
    wanted = chroma_of(np.array(RED.rgb, np.float32) / 255)
    assert planes[:2, 40, 60] == pytest.approx(wanted, abs=1e-6)
    assert not planes[:, planes[3] == 0].any()


def test_the_smallest_dot_in_a_corner_of_a_huge_page_still_lands():
    page = (7000, 5000)
    for x, y in ((0, 0), (4999.9, 6999.9), (2500, 3500)):
        planes = hint_planes(HintSet((Hint(x, y, 0.1, "#00ff00"),)), page, (512, 366))
        assert planes[3].sum() >= 1


def test_later_hints_lie_on_top_and_those_outside_the_picture_are_ignored():
    blue = Hint(120, 80, 3, "#2040d0")
    outside = Hint(900, 80, 30, "#ffffff")
    planes = hint_planes(HintSet((RED, blue, outside)), (200, 300), (200, 300))
    assert planes[:2, 80, 120] == pytest.approx(chroma_of(np.array(blue.rgb, np.float32) / 255))
    assert planes[:2, 85, 120] == pytest.approx(chroma_of(np.array(RED.rgb, np.float32) / 255))
    assert planes[3, 80, 250:].sum() == 0
