"""Drawn scenes: the same seed draws the same pair, and line art and colour belong together."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from training.procedural import KINDS, Scene, draw_scene
from training.procedural.__main__ import main
from training.procedural.look import Inking, choose_look
from training.procedural.samples import SAMPLES, Form, stored

SIZE = 160


def luma(colour: NDArray[np.uint8]) -> NDArray[np.float64]:
    return colour @ np.array([0.299, 0.587, 0.114])


def inked_seeds(count: int) -> list[int]:
    """Seeds whose colour picture shows its ink."""
    looks = ((seed, choose_look(np.random.default_rng(seed))) for seed in range(200))
    return [seed for seed, look in looks if look.finish.inking is not Inking.NONE][:count]


def test_the_same_seed_draws_the_same_bytes() -> None:
    for seed in range(6):
        first, again = draw_scene(seed, SIZE, SIZE), draw_scene(seed, SIZE, SIZE)
        assert first.kind == again.kind
        assert first.colour.tobytes() == again.colour.tobytes()
        assert first.lines.tobytes() == again.lines.tobytes()


def test_different_seeds_draw_different_scenes() -> None:
    seen = {draw_scene(seed, SIZE, SIZE).lines.tobytes() for seed in range(25)}
    assert len(seen) == 25


def test_chance_draws_many_kinds() -> None:
    assert len({draw_scene(seed, 64, 64).kind for seed in range(60)}) >= 12


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(257, 191), (96, 230)])
def test_every_kind_can_be_drawn_at_odd_sizes(kind: str, width: int, height: int) -> None:
    scene = draw_scene(3, width, height, kind)
    assert scene.kind == kind
    assert scene.colour.shape == (height, width, 3) and scene.colour.dtype == np.uint8
    assert scene.lines.shape == (height, width) and scene.lines.dtype == np.uint8


@pytest.mark.parametrize("kind", KINDS)
def test_line_art_is_mostly_paper_with_some_ink(kind: str) -> None:
    lines = np.concatenate([draw_scene(seed, 320, 320, kind).lines for seed in range(3)])
    assert (lines > 240).mean() > 0.6
    assert 0.004 < (lines < 128).mean() < 0.3


def test_pictures_are_colourful() -> None:
    spans = []
    for seed in range(20):
        colour = draw_scene(seed, SIZE, SIZE).colour.astype(int)
        spans.append(np.ptp(colour, axis=2).mean())
    assert np.mean(spans) > 35


def test_ink_lies_where_the_colour_picture_is_darker() -> None:
    for seed in inked_seeds(12):
        scene = draw_scene(seed, 320, 320, "meadow")
        ink = scene.lines < 100
        around = cv2.dilate(ink.astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
        beside = around & (scene.lines > 235)
        assert luma(scene.colour)[ink].mean() < 0.8 * luma(scene.colour)[beside].mean()


def mean_colour(kind: str, part: slice) -> NDArray[np.float64]:
    pictures = [draw_scene(seed, SIZE, SIZE, kind).colour[part] for seed in range(14)]
    return np.mean([picture.reshape(-1, 3).mean(axis=0) for picture in pictures], axis=0)


def test_skies_are_blue_and_meadows_green_on_the_whole() -> None:
    red, _, blue = mean_colour("meadow", slice(0, SIZE // 5))
    assert blue > red + 15
    red, green, blue = mean_colour("meadow", slice(-SIZE // 5, None))
    assert green > red + 10 and green > blue + 25


def test_folder_command_writes_aligned_pairs(tmp_path: Path) -> None:
    folder = tmp_path / "pairs"
    assert main(["--folder", str(folder), "--count", "3", "--seed", "40", "--size", "128"]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{k:06d}.{part}.png" for k in (40, 41, 42) for part in ("color", "line")]
    scene = draw_scene(41, 128, 128)
    assert np.array_equal(np.asarray(Image.open(folder / "000041.line.png")), scene.lines)
    assert np.array_equal(np.asarray(Image.open(folder / "000041.color.png")), scene.colour)


def test_folder_command_adds_pairs_of_one_kind(tmp_path: Path) -> None:
    common = ["--folder", str(tmp_path), "--count", "1", "--size", "96"]
    assert main([*common, "--seed", "7"]) == 0
    assert main([*common, "--seed", "9", "--kind", "sprites"]) == 0
    assert len(list(tmp_path.iterdir())) == 4
    written = np.asarray(Image.open(tmp_path / "000009.color.png"))
    assert np.array_equal(written, draw_scene(9, 96, 96, "sprites").colour)


def test_a_folder_that_cannot_be_written_ends_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert main(["--folder", str(tmp_path / "file"), "--count", "1"]) == 1
    assert "Choose another folder." in capsys.readouterr().err


def small_scene() -> Scene:
    return draw_scene(8, 96, 120, "couple")


def test_stored_forms_keep_the_ink() -> None:
    scene = small_scene()
    clear = np.asarray(stored(scene, Form.BLACK_ON_NOTHING))
    assert clear[..., :3].max() == 0 and np.array_equal(255 - clear[..., 3], scene.lines)
    assert np.array_equal(255 - np.asarray(stored(scene, Form.WHITE_ON_BLACK)), scene.lines)
    one_bit = stored(scene, Form.ONE_BIT)
    assert one_bit.mode == "1" and np.array_equal(np.asarray(one_bit), scene.lines > 127)
    grey = np.asarray(stored(scene, Form.GREYSCALE))
    assert np.abs(grey - luma(scene.colour)).max() <= 0.5


def test_the_samples_that_come_along_are_complete_and_small() -> None:
    folder = Path(__file__).parent.parent / "resources" / "samples"
    files = {path.stem: path for path in folder.glob("*.png")}
    assert set(files) == {sample.name for sample in SAMPLES}
    assert max(path.stat().st_size for path in files.values()) <= 250_000
    for sample in SAMPLES:
        with Image.open(files[sample.name]) as picture:
            assert picture.size == (sample.width, sample.height)
            expected = {Form.BLACK_ON_NOTHING: "RGBA", Form.ONE_BIT: "1"}.get(sample.form, "L")
            assert picture.mode == expected
