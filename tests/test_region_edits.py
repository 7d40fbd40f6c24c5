"""What an artist corrects about regions: saved with the hints, and honoured by the flats."""

import json

import cv2
import numpy as np
import pytest
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.edit_strokes import edits_erased, with_bucket, with_region_stroke
from colorstudio.core.edited_paint import paint_as_edited
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from colorstudio.core.region_edits import EditKind, RegionEdit
from colorstudio.core.region_map import region_map
from colorstudio.core.region_walls import places_along, with_walls
from colorstudio.core.regions import find_regions
from colorstudio.core.request import ColorRequest
from colorstudio.core.yuv import luma_of

RED, BLUE, GREEN = (200, 30, 40), (20, 60, 220), (10, 180, 60)
BUCKET = RegionEdit.bucket(60, 60, "#c81e28")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


def two_rooms(gap: int = 0) -> np.ndarray:
    page = np.full((240, 400), 255, np.uint8)
    cv2.rectangle(page, (20, 20), (380, 220), 0, 4)
    page[20:220, 198:203] = 0
    page[120 - gap // 2 : 120 + gap - gap // 2, 190:210] = 255
    return page


def flats(tiny: Colorizer, page: np.ndarray, *edits: RegionEdit, hints: tuple[Hint, ...] = ()):
    request = ColorRequest(Mode.LINEART, HintSet(hints, edits), layers=True)
    layers = tiny.colorize_artwork(Artwork(page), request).layers
    assert layers is not None and layers.parts is not None
    return layers.flats, layers.parts


def same(parts, one: tuple[int, int], other: tuple[int, int]) -> bool:
    region = parts.region_at(*one)
    return bool(region[other[1], other[0]])


def test_a_bucket_fills_the_region_at_a_place_and_beats_a_hint(tiny: Colorizer) -> None:
    pixels, _ = flats(tiny, two_rooms(), BUCKET, hints=(Hint(100, 100, 5, "#143cdc"),))
    assert tuple(pixels[200, 180]) == RED and tuple(pixels[60, 60]) == RED
    assert tuple(pixels[100, 300]) != RED


def test_a_bucket_tells_the_painter_too(tiny: Colorizer) -> None:
    plain = tiny.colorize_artwork(Artwork(two_rooms()), ColorRequest(Mode.LINEART))
    edited = ColorRequest(Mode.LINEART, HintSet(edits=(BUCKET,)))
    filled = tiny.colorize_artwork(Artwork(two_rooms()), edited)
    change = filled.artwork.pixels[60, 60].astype(int) - plain.artwork.pixels[60, 60]
    assert change[0] > change[2] + 10


def test_a_closed_gap_holds_paint_back_too(tiny: Colorizer) -> None:
    page = two_rooms(gap=120)
    close = RegionEdit.stroke(EditKind.CLOSE, [(200, 58), (200, 182)])
    red = []
    for edits in ((BUCKET,), (BUCKET, close)):
        request = ColorRequest(Mode.LINEART, HintSet(edits=edits))
        pixels = tiny.colorize_artwork(Artwork(page), request).artwork.pixels.astype(int)
        red.append(pixels[100:140, 230:300, 0].mean() - pixels[100:140, 230:300, 2].mean())
        assert pixels[120, 200].max() > 60  # the wall itself is not painted
    assert red[1] < red[0] - 10


def test_a_stroke_merges_what_lines_part(tiny: Colorizer) -> None:
    merge = RegionEdit.stroke(EditKind.MERGE, [(150, 100), (250, 110)])
    assert not same(flats(tiny, two_rooms())[1], (60, 60), (300, 60))
    pixels, parts = flats(tiny, two_rooms(), BUCKET, merge)
    assert same(parts, (60, 60), (300, 60)) and tuple(pixels[60, 300]) == RED
    assert not same(parts, (60, 60), (5, 5))


def test_a_drawn_line_closes_a_gap_also_when_it_ends_a_little_too_soon(tiny: Colorizer) -> None:
    page = two_rooms(gap=120)
    assert same(flats(tiny, page)[1], (60, 60), (300, 60))
    close = RegionEdit.stroke(EditKind.CLOSE, [(200, 63), (201, 177)])
    pixels, parts = flats(tiny, page, close, BUCKET, RegionEdit.bucket(300, 60, "#143cdc"))
    assert not same(parts, (60, 60), (300, 60))
    assert tuple(pixels[120, 150]) == RED and tuple(pixels[120, 250]) == BLUE
    assert len(np.unique(pixels[100:140, 150:250].reshape(-1, 3), axis=0)) == 2  # no line is left


@pytest.mark.parametrize("scale", [1, 6])
def test_a_line_splits_a_region_at_every_size(tiny: Colorizer, scale: int) -> None:
    page = np.kron(two_rooms(), np.ones((scale, scale), np.uint8))
    points = [(100 * scale, 24 * scale), (110 * scale, 214 * scale)]
    split = RegionEdit.stroke(EditKind.SPLIT, points)
    bucket = RegionEdit.bucket(40 * scale, 60 * scale, "#0ab43c")
    pixels, parts = flats(tiny, page, split, bucket)
    assert not same(parts, (40 * scale, 60 * scale), (160 * scale, 60 * scale))
    assert tuple(pixels[60 * scale, 40 * scale]) == GREEN
    assert tuple(pixels[60 * scale, 160 * scale]) != GREEN


# The file -----------------------------------------------------------------------------------------


def test_edits_are_saved_with_the_hints_and_old_files_still_load() -> None:
    strokes = [RegionEdit.stroke(kind, [(1, 2), (3.5, 4)]) for kind in list(EditKind)[1:]]
    hints = HintSet((Hint(1, 2, 3, "#aabbcc"),), (BUCKET, *strokes))
    assert HintSet.from_json(hints.to_json()) == hints
    old = '{"hints": [{"x": 1, "y": 2, "radius": 3, "color": "#aabbcc"}]}'
    assert HintSet.from_json(old) == HintSet(hints.hints)
    assert json.loads(HintSet(hints.hints).to_json()) == json.loads(old)
    assert HintSet.from_json('{"regions": [' + json.dumps(BUCKET.to_row()) + "]}").edits == (
        BUCKET,
    )
    assert bool(HintSet(edits=(BUCKET,))) and len(hints.told().hints) == 2


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "paint", "points": [[1, 2]]},
        {"kind": "bucket", "points": [[1, 2]]},
        {"kind": "bucket", "points": [[1, 2]], "color": 7},
        {"kind": "merge", "points": [[1, 2]]},
        {"kind": "close", "points": [[1, 2], [1e9, 2]]},
        {"kind": "split", "points": [[1, 2], [float("nan"), 2]]},
        {"kind": "split", "points": [[0, 0]] * 3000},
        {"kind": "split", "points": "ab"},
        7,
    ],
)
def test_broken_edits_are_refused_with_a_sentence(row: object) -> None:
    with pytest.raises(ColorStudioError, match="Edit 1"):
        HintSet.from_json(json.dumps({"hints": [], "regions": [row]}))


def test_strokes_far_off_the_page_or_without_length_do_no_harm(tiny: Colorizer) -> None:
    edits = [
        RegionEdit.stroke(kind, points)
        for kind in list(EditKind)[1:]
        for points in ([(-9e5, -9e5), (9e5, 9e5)], [(50, 50), (50, 50)], [(9e5, 5), (8e5, 5)])
    ]
    pixels, _ = flats(tiny, two_rooms(), *edits, RegionEdit.bucket(-5, 9e5, "#123456"))
    assert pixels.shape == (240, 400, 3)
    assert len(places_along(((-9e5, 0), (9e5, 10)), (20, 30))) < 60
    ink = np.zeros((20, 30), np.uint8)
    assert with_walls(ink, [BUCKET], 3) is ink


# Strokes of a hand --------------------------------------------------------------------------------


def test_a_region_filled_anew_loses_its_old_colour_and_others_keep_theirs(tiny: Colorizer) -> None:
    _, parts = flats(tiny, two_rooms())
    seen = region_map(parts.regions, parts.groups)
    filled = with_bucket(HintSet(), (60, 60), "#c81e28", seen.same)
    filled = with_bucket(filled, (300, 60), "#143cdc", seen.same)
    filled = with_bucket(filled, (100, 200), "#0ab43c", seen.same)
    assert [(e.points[0], e.color) for e in filled.edits] == [
        ((300, 60), "#143cdc"),
        ((100, 200), "#0ab43c"),
    ]
    pixels, _ = flats(tiny, two_rooms(), *filled.edits)
    assert tuple(pixels[60, 60]) == GREEN and tuple(pixels[60, 300]) == BLUE


def test_a_click_joins_nothing_and_a_long_stroke_fits_into_a_file() -> None:
    click = with_region_stroke(HintSet(), EditKind.MERGE, [(5, 5), (5.5, 5), (6, 5)])
    assert not click
    path = [(x / 3, 50 + (x % 7)) for x in range(90_000)]
    stroke = with_region_stroke(HintSet(), EditKind.CLOSE, path)
    assert HintSet.from_json(stroke.to_json()) == stroke
    assert stroke.edits[0].points[-1][0] == pytest.approx(path[-1][0], abs=0.1)


def test_an_eraser_takes_what_it_touches_in_the_middle_too() -> None:
    wall = RegionEdit.stroke(EditKind.CLOSE, [(10, 10), (110, 10)])
    merge = RegionEdit.stroke(EditKind.MERGE, [(10, 60), (110, 60)])
    hints = HintSet(edits=(wall, BUCKET, merge))
    assert edits_erased(hints, [(60, 16)], 4) is hints
    assert edits_erased(hints, [(60, 13)], 4).edits == (BUCKET, merge)
    assert edits_erased(hints, [(62, 60)], 4).edits == (wall,)
    assert edits_erased(hints, [(0, 0), (200, 80)], 300).edits == ()


def test_the_latest_hint_counts_where_regions_were_merged(tiny: Colorizer) -> None:
    merge = RegionEdit.stroke(EditKind.MERGE, [(150, 100), (250, 110)])
    red, blue = "#c81e28", "#143cdc"
    hints = (Hint(5, 5, 2, red), Hint(300, 100, 5, blue), Hint(100, 100, 5, red))
    pixels, _ = flats(tiny, two_rooms(), merge, hints=hints)
    assert tuple(pixels[60, 60]) == tuple(pixels[60, 300]) == RED


def test_merged_regions_are_painted_alike_and_filled_ones_evenly(tiny: Colorizer) -> None:
    page = two_rooms()
    merge = RegionEdit.stroke(EditKind.MERGE, [(150, 100), (250, 110)])
    planes = np.zeros((3, 60, 100), np.float32)
    planes[:, :, :50] = np.array([0.3, -0.2, 0.4])[:, None, None]
    planes[:, :, 50:] = np.array([-0.1, 0.2, 0.8])[:, None, None]
    planes[2] += np.linspace(-0.1, 0.1, 60, dtype=np.float32)[:, None]
    regions = find_regions(np.where(page < 128, np.uint8(255), np.uint8(0)))
    even = paint_as_edited(planes, regions, HintSet(edits=(merge,)))
    assert np.allclose(even[:, 30, 20], even[:, 30, 80], atol=0.02)
    assert even[2, 50, 20] - even[2, 10, 20] == pytest.approx(0.1356, abs=0.01)
    assert np.array_equal(even[:, :3], planes[:, :3]), "what lies round the rooms stays"
    filled = paint_as_edited(planes, regions, HintSet(edits=(merge, BUCKET)))
    red = np.array(RED) / 255
    rooms = filled[2][8:52, [8, 20, 40, 60, 80, 92]]
    assert np.allclose(rooms, luma_of(red), atol=0.01), "what was filled is an even coat"
    pixels = tiny.colorize_artwork(
        Artwork(page), ColorRequest(Mode.LINEART, HintSet(edits=(merge, BUCKET)))
    ).artwork.pixels.astype(int)
    assert abs(pixels[100, 100] - RED).max() < 12 and abs(pixels[100, 300] - RED).max() < 12
