"""The bundled style on the bundled samples: what a newcomer sees in the first ten seconds."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core import places
from colorstudio.core.artwork import Artwork
from colorstudio.core.mode import luma_on_white
from colorstudio.core.reading import read_artwork
from colorstudio.core.yuv import luma_of
from colorstudio.styles.library import StyleLibrary

SAMPLES = sorted((places.resources() / "samples").glob("*.png"))


@pytest.fixture(scope="module")
def colored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    """The folder of results and the report of one run of the command."""
    out = tmp_path_factory.mktemp("out")
    samples = str(places.resources() / "samples")
    command = [sys.executable, "-m", "colorstudio", "colorize", samples, "-o", str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out, [json.loads(line) for line in done.stdout.splitlines()]


def test_every_sample_is_coloured_in_the_mode_its_name_tells(colored):
    _, report = colored
    pictures = [row for row in report if row["event"] == "picture"]
    assert {Path(str(row["source"])).name for row in pictures} == {p.name for p in SAMPLES}
    assert len(SAMPLES) >= 12
    for row in pictures:
        assert row["state"] == "done"
        assert Path(str(row["source"])).name.startswith(str(row["mode"]))
    assert (report[-1]["done"], report[-1]["failed"]) == (len(SAMPLES), 0)


@pytest.mark.parametrize("sample", [p for p in SAMPLES if p.name.startswith("greyscale")])
def test_greyscale_samples_keep_the_luma_of_every_pixel(colored, sample):
    before = read_artwork(sample)
    after = np.asarray(Image.open(colored[0] / sample.name).convert("RGB"))
    assert np.abs(luma_of(after.astype(np.float64)) - before.pixels).max() <= 1
    assert np.ptp(after, axis=2).mean() > 8


@pytest.mark.parametrize("sample", [p for p in SAMPLES if p.name.startswith("lineart")])
def test_line_art_samples_get_paint_and_keep_their_lines(colored, sample):
    page = luma_on_white(read_artwork(sample)).astype(np.float64)
    after = np.asarray(Image.open(colored[0] / sample.name).convert("RGB"))
    white_ink = (page < 64).mean() > 0.5
    paper, ink = (page < 3, page > 252) if white_ink else (page > 252, page < 3)
    # A figure alone on its page rightly gets a pale ground: see the mean over all samples below.
    assert saturation(after)[paper].mean() > 0.04
    luma = luma_of(after.astype(np.float64))
    assert (luma[ink] >= page[ink] - 1).all() if white_ink else (luma[ink] <= page[ink] + 1).all()


def test_line_art_samples_are_coloured_clearly(colored):
    means = []
    for sample in SAMPLES:
        if sample.name.startswith("lineart"):
            after = np.asarray(Image.open(colored[0] / sample.name).convert("RGB"))
            means.append(saturation(after).mean())
    assert np.mean(means) > 0.12


def saturation(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Saturation (HSV) of RGB pixels (H, W, 3), 0..1."""
    return np.ptp(pixels, axis=2) / np.maximum(pixels.max(axis=2), 1)


def test_the_bundled_style_tells_where_it_comes_from():
    style = StyleLibrary().find("starter")
    assert style.bundled
    assert style.info.licence and style.info.author
    assert all("SA" not in line and "GPL" not in line for line in style.info.credits)
    assert sum(int(line.split(": ")[1].split()[0]) for line in style.info.credits) == (
        style.info.pictures
    )
    assert (
        style.info.evaluation["psnr"]["greyscale: auto"]
        > (style.info.evaluation["psnr"]["grey alone"])
    )
    assert style.generator.stat().st_size <= 16 << 20
    assert style.sample is not None and Artwork(np.asarray(Image.open(style.sample))).width > 200
