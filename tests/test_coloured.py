"""Coloured pictures are recognised; tints of paper, ink and old scans are not taken for colours."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.cli import main
from colorstudio.core import places
from colorstudio.core.artwork import Artwork
from colorstudio.core.coloured import is_coloured
from training.procedural import draw_scene


def scene(seed: int) -> NDArray[np.uint8]:
    return draw_scene(seed, 256, 256).colour


def tinted(colour: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    """A scene made grey, on yellowed paper that is darker at its edges, with warm ink."""
    chance = np.random.default_rng(seed)
    grey = (colour @ np.array([0.299, 0.587, 0.114]) / 255)[..., None]
    y, x = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]] / max(grey.shape) - 0.5
    paper = [1, chance.uniform(0.88, 1), chance.uniform(0.65, 0.95)]
    paper = paper * (1 - (x**2 + y**2)[..., None] * [0.15, 0.25, 0.4])
    ink = chance.uniform(0, 0.2, 3)
    page = ink + (paper - ink) * grey + chance.normal(0, 0.02, paper.shape)
    return (page.clip(0, 1) * 255).astype(np.uint8)


@pytest.mark.parametrize("seed", [900, 901, 903, 904, 905])
def test_scenes_are_coloured_and_their_tinted_scans_are_not(seed: int) -> None:
    assert is_coloured(Artwork(scene(seed)))
    assert not is_coloured(Artwork(tinted(scene(seed), seed)))


def test_coloured_pencil_lines_are_no_colours() -> None:
    page = np.full((600, 500, 3), 250, np.uint8)
    for number in range(20, 480, 60):
        page[number : number + 3, 20:480] = (90, 130, 240)
        page[20:580, number : number + 2] = (30, 30, 30)
    assert not is_coloured(Artwork(page))


def test_odd_sizes_and_transparency_pass() -> None:
    assert not is_coloured(Artwork(np.zeros((1, 1, 3), np.uint8)))
    assert not is_coloured(Artwork(np.full((1, 3000), 9, np.uint8)))
    assert not is_coloured(Artwork(scene(900), np.zeros((256, 256), np.uint8)))


def test_the_batch_leaves_them_out_with_a_sentence_if_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "resources", lambda: tmp_path / "resources")
    make_tiny_style(tmp_path / "resources" / "styles" / "starter", name="starter")
    Image.fromarray(scene(900)).save(tmp_path / "page.png")
    command = ["colorize", str(tmp_path / "page.png"), "-o", str(tmp_path / "out")]
    assert main([*command, "--coloured", "skip", "--json"]) == 0
    event, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert event["state"] == "skipped" and "colours already" in event["warnings"][0]
    assert summary["skipped"] == 1 and not list((tmp_path / "out").iterdir())
    assert main([*command, "--coloured", "skip"]) == 0
    assert "colours already" in capsys.readouterr().out
    assert main(command) == 0
    assert (tmp_path / "out" / "page.png").is_file()
    Image.fromarray(scene(901)[..., 1]).save(tmp_path / "grey.png")
    folder = ["colorize", str(tmp_path / "grey.png"), "-o", str(tmp_path / "out"), "--json"]
    capsys.readouterr()
    assert main(folder) == 0
    assert main([*folder, "--coloured", "skip"]) == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (summary["done"], summary["skipped"]) == (0, 1), "what is there need not be made anew"
